/** Facts that are too old when something is to leave: they are read anew first, and a matter that is gone has an end. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pauseTarget, resumeTarget } from '../../src/modules/console/index.ts'
import { replayDeadLetters } from '../../src/modules/delivery/index.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
/** Matters that the CMS says it does not know, though no webhook told of it. */
const gone = new Set<string>()
/** What the CMS has of the clients of these matters, without a webhook that told so. */
const preferences = new Map<string, string>()

beforeAll(async () => {
  world = await startWorld({
    webhooksOnly: true,
    adapters: (given) => ({
      ...given,
      cms: given.cms.map((kind) => ({
        ...kind,
        open(settings: unknown) {
          const reader = kind.open(settings)
          const readMatter: typeof reader.readMatter = async (id, onCall) => {
            if (gone.has(id)) return { ok: false, kind: 'not_found', detail: 'no such matter' }
            const read = await reader.readMatter(id, onCall)
            const preference = preferences.get(id)
            if (!read.ok || !read.value.client || preference === undefined) return read
            return { ok: true, value: { ...read.value, client: { ...read.value.client, preference } } }
          }
          return { ...reader, readMatter, check: reader.check.bind(reader) }
        },
      })),
    }),
  })
})
afterAll(() => world.close())
beforeEach(async () => {
  gone.clear()
  preferences.clear()
  await world.clearFaults()
  // Noon in New York, the next day: nobody sleeps.
  const today = world.clock.now().toZonedDateTimeISO('America/New_York')
  await world.advance(today.until(today.add({ days: 1 }).startOfDay().add({ hours: 12 })))
})

const james = '+13105550112'
const lastTo = async (address: string) =>
  (
    await world.rows<{ id: string; state: string; reason: string | null; attempt_count: number }>(
      `select id, state, reason, attempt_count from messages where address = $1
       order by created_at desc, id desc limit 1`,
      [address],
    )
  )[0]!
const reads = async () =>
  (
    await world.rows<{ n: number }>(
      `select count(*)::int as n from cms_calls where path like '%/matters/21002%'`,
    )
  )[0]!.n
const acting = () => ({
  by: 'test',
  now: world.clock.now(),
  newId: world.runtime.newId,
  nudge: (lane: string) => world.runtime.nudge(lane, world.firmId),
})
const pause = (matter: string) => {
  const target = { scope: 'matter' as const, id: matter }
  return world.runtime.db.forFirm(world.firmId, (tx) =>
    pauseTarget(tx, { target, name: 'it', reason: 'the attorney calls', endsAt: null }, acting()),
  )
}
const resume = (matter: string) => {
  const target = { scope: 'matter' as const, id: matter }
  return world.runtime.db.forFirm(world.firmId, (tx) => resumeTarget(tx, { target, name: 'it' }, acting()))
}
/** James's matter moves on; each try is refused for now, so that it waits for its retries, 36 minutes in all. */
const failing = async (stage: string) => {
  await world.fault([{ provider: 'twilio', kind: 'status', status: 503, match: { method: 'POST' } }])
  await world.changeStage(21002, stage)
  await world.settled()
  for (const minutes of [1, 5, 30]) await world.advance({ minutes })
  const message = await lastTo(james)
  expect(message).toMatchObject({ state: 'dead', attempt_count: 4 })
  await world.clearFaults()
  return message.id
}
const replay = (id: string) =>
  world.runtime.db.forFirm(world.firmId, async (tx) => {
    const letters = await tx.rows<{ id: string }>(
      `select id from dead_letters where message_id = $1 and state = 'open'`,
      [id],
    )
    const ids = letters.map((l) => l.id)
    await replayDeadLetters(tx, ids, 'test', world.clock.now())
  })

describe('a try after the first', () => {
  it('within the age that is allowed asks nobody', async () => {
    const id = await failing('Investigation')
    const before = await reads()
    await replay(id)
    await world.settled()
    expect(await lastTo(james)).toMatchObject({ id, state: 'delivered' })
    expect(await reads()).toBe(before)
  })

  it('with older facts reads them anew, and then goes with the words of today', async () => {
    const id = await failing('Demand Sent')
    await world.advance({ hours: 2 })
    const before = await reads()
    await replay(id)
    await world.settled()
    expect(await lastTo(james)).toMatchObject({ id, state: 'delivered', attempt_count: 5 })
    expect(await reads()).toBeGreaterThan(before)
  })

  it('waits while the CMS can’t be reached, and goes once when it can', async () => {
    const id = await failing('Complaint Filed')
    const told = (await world.messages({ to: james })).length
    await world.advance({ hours: 2 })
    await world.fault([{ provider: 'clio', kind: 'status', status: 503 }])
    await replay(id)
    await world.settled()
    expect(await lastTo(james)).toMatchObject({ id, state: 'held', reason: 'facts are older than allowed' })
    for (let hour = 0; hour < 3; hour++) await world.advance({ hours: 1 })
    expect(await lastTo(james)).toMatchObject({ id, state: 'held', attempt_count: 4 })
    expect(await world.messages({ to: james })).toHaveLength(told)
    await world.clearFaults()
    await world.advance({ hours: 1 })
    expect(await lastTo(james)).toMatchObject({ id, state: 'delivered', attempt_count: 5 })
    expect(await world.messages({ to: james })).toHaveLength(told + 1)
  })

  it('is not made when the client has said meanwhile, in the CMS, that they want no texts', async () => {
    const id = await failing('Mediation')
    await world.advance({ hours: 2 })
    preferences.set('21002', 'None')
    await replay(id)
    await world.settled()
    expect(await lastTo(james)).toMatchObject({ id, state: 'cancelled' })
  })
})

describe('what is held for a matter that the CMS no longer knows', () => {
  const held = () =>
    world.rows<{ state: string; reason: string | null }>(
      `select n.state, n.reason from notices n join matters m on m.id = n.matter_id
       where m.external_id = '21004' and n.state <> 'messaged'
       union all select m.state, m.reason from messages m join matters t on t.id = m.matter_id
       where t.external_id = '21004' and m.state not in ('delivered', 'sent')`,
    )

  it('makes a task at once, is asked about for a day, and then ends', async () => {
    await world.changeStage(21004, 'Deposition Scheduled')
    await world.settled()
    const target = (
      await world.rows<{ id: string }>(`select id from matters where external_id = '21004'`)
    )[0]!
    await pause(target.id)
    await world.changeStage(21004, 'Settlement Offer')
    await world.settled()
    expect((await held()).map((h) => h.state)).toContain('held')
    await world.advance({ hours: 2 })
    gone.add('21004')
    await resume(target.id)
    await world.settled()
    expect((await world.tasks('matter_gone')).map((t) => [t.title, t.state])).toEqual([
      [expect.stringContaining('is not in the CMS any more'), 'open'],
    ])
    expect((await held()).map((h) => h.state)).toContain('held')
    for (let hour = 0; hour < 26; hour++) await world.advance({ hours: 1 })
    const now = await held()
    expect(now.map((h) => h.state)).not.toContain('held')
    expect(now.at(-1)?.reason).toBe('the CMS no longer knows the matter')
    expect(await world.tasks('matter_gone')).toHaveLength(1)
    const asked = await world.rows('select * from fact_requests')
    expect(asked).toEqual([])
    const before = (await world.rows(`select from events`)).length
    await world.advance({ hours: 10 })
    expect(await world.rows(`select from events`)).toHaveLength(before)
  })

  it('goes after all when the CMS knows it again within the day', async () => {
    const target = (
      await world.rows<{ id: string }>(`select id from matters where external_id = '21004'`)
    )[0]!
    await pause(target.id)
    await world.changeStage(21004, 'Trial')
    await world.settled()
    await world.changeStage(21004, 'Settlement Offer')
    await world.settled()
    await world.advance({ hours: 2 })
    gone.add('21004')
    await resume(target.id)
    await world.advance({ hours: 3 })
    expect((await held()).map((h) => h.state)).toContain('held')
    gone.clear()
    const before = (await world.messages()).length
    await world.advance({ hours: 1 })
    expect((await held()).map((h) => h.state)).not.toContain('held')
    expect((await world.messages()).length).toBeGreaterThan(before)
  })
})
