/** A payload loses a field that rules need: one alert, nothing said, and exactly what was due once it is back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replayQuarantined } from '../../src/modules/console/index.ts'
import { firmCopy, followed } from '../support/firm-copy.ts'
import { post, signed, track } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
const firm = firmCopy(followed)
beforeAll(async () => {
  world = await startWorld({ firm: firm.dir })
  await world.settled()
})
afterAll(async () => {
  await world.close()
  firm.remove()
})

const omit = (fields: string[]) => world.control('PUT', '/_sandbox/cms/omit', fields)
const replay = () =>
  world.runtime.db.forFirm(world.firmId, (tx) =>
    replayQuarantined(
      tx,
      { all: true },
      { by: 'test', now: world.clock.now(), newId: world.runtime.newId, nudge: world.runtime.nudge },
    ),
  )
const alerts = () =>
  world.rows<{ title: string; open: boolean; count: number; rules: string[]; connection: string }>(
    `select title, resolved_at is null as open, count, detail -> 'rules' as rules, detail ->> 'connection' as connection
     from alerts where kind = 'schema_drift' order by raised_at`,
  )
const quarantined = () => world.rows("select from quarantine where state = 'open' and kind = 'drift'")

describe('Clio without matter_stage', () => {
  it('says nothing, keeps everything, and tells the operators once: field, connection and rules', async () => {
    await omit(['matter.matter_stage'])
    await world.changeStage(21002, 'Investigation')
    await world.changeStage(21005, 'Investigation')
    await world.settled()
    await world.changeStage(21002, 'Demand Sent')
    await world.settled()
    expect(await world.messages()).toEqual([])
    expect(await quarantined()).toHaveLength(3)
    const [alert, ...more] = await alerts()
    expect(more).toEqual([])
    expect(alert).toMatchObject({ open: true, connection: 'harbor-pike-clio' })
    expect(alert!.title).toContain('data.matter_stage')
    expect(alert!.rules).toContain('status-update')
  })

  it('does not take what polls bring for a status either', async () => {
    await world.advance({ minutes: 16 })
    expect(await world.messages()).toEqual([])
    expect(await world.rows("select from events where type = 'matter.status_changed'")).toEqual([])
  })

  it('put back and replayed: exactly the messages that were due', async () => {
    await omit([])
    await replay()
    await world.settled()
    await world.advance({ minutes: 16 })
    const told = await world.rows<{ matter: string; to: string }>(
      `select m.external_id as matter, e.data ->> 'to' as to from events e join matters m on m.id = e.matter_id
       where e.type = 'matter.status_changed' and e.outcome in ('decided', 'flagged') order by 1`,
    )
    // Of two changes of one matter the last is what can still be seen.
    expect(told).toEqual([
      { matter: '21002', to: 'demand_sent' },
      { matter: '21005', to: 'investigation' },
    ])
    expect(await world.messages({ to: '+13105550112' })).toHaveLength(1)
    expect(await quarantined()).toEqual([])
    expect((await alerts()).map((a) => a.open)).toEqual([false])
  })
})

describe('a system whose payloads nobody has described', () => {
  it('is learned: after twenty payloads one of another kind waits', async () => {
    for (let i = 0; i < 21; i++) {
      await track(world, 21002, i % 2 === 0 ? 'Investigation' : 'Demand Sent')
      await world.settled()
    }
    const learned = await world.rows<{ field: string; seen: number; kind: string }>(
      `select s.field, s.seen, s.kind from payload_shapes s join connections c on c.id = s.connection_id
       where c.key = 'harbor-pike-flat' order by field`,
    )
    expect(learned.length).toBeGreaterThan(0)
    expect(learned.every((l) => l.seen === 20 && l.kind !== null)).toBe(true)
    const events = (await world.rows('select from events')).length
    await post(
      world,
      'harbor-pike-flat',
      signed({ caseId: '21002', newStatus: { name: 'Investigation' } }, world.clock.now()),
    )
    await world.settled()
    expect((await world.rows('select from events')).length).toBe(events)
    expect(await quarantined()).toHaveLength(1)
    expect((await alerts()).at(-1)!.title).toMatch(/newStatus \(was text, is record\)/)
  })
})
