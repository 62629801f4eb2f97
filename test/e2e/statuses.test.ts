/** Dirty statuses, forbidden steps, slips of the hand, late news: what is said, and what is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replayQuarantine } from '../../src/modules/ingest/index.ts'
import { applyChanged, note, post, signed, track } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ webhooksOnly: true })
})
afterAll(() => world.close())

const told = async (to: string) => (await world.messages({ to })).map((m) => m.text)
const quarantine = () =>
  world.rows<{ kind: string; raw_status: string | null; detail: Record<string, never>; state: string }>(
    'select kind, raw_status, detail, state from quarantine order by at, id',
  )
const matter = async (id: number) =>
  (
    await world.rows<{ state: string | null; raw_status: string }>(
      'select state, raw_status from matters where external_id = $1',
      [String(id)],
    )
  )[0]!
const lastEvent = async (id: number) =>
  (
    await world.rows<{ outcome: string }>(
      `select e.outcome from events e join matters m on m.id = e.matter_id
       where m.external_id = $1 order by e.recorded_at desc, e.id desc limit 1`,
      [String(id)],
    )
  )[0]?.outcome
const open = async () => (await quarantine()).filter((q) => q.state === 'open')

describe('a status that nobody mapped', () => {
  it('says nothing and waits in quarantine, with what it looks like', async () => {
    await world.changeStage(21002, 'Investigaton ongoing')
    await world.settled()
    expect(await told('+13105550112')).toEqual([])
    expect(await quarantine()).toMatchObject([
      {
        kind: 'unknown_status',
        raw_status: 'Investigaton ongoing',
        state: 'open',
        detail: { suggestions: [{ state: 'investigation' }, ...[]] },
      },
    ])
    expect(await matter(21002)).toEqual({ state: null, raw_status: 'Investigaton ongoing' })
  })

  it('is said, exactly, once somebody mapped it', async () => {
    await applyChanged(world, {
      'statuses.yaml': [
        ['[Investigation, Investigating]', '[Investigation, Investigating, Investigaton ongoing]'],
      ],
    })
    await world.settled()
    expect(await told('+13105550112')).toEqual([
      'James, Harbor & Pike here: your matter is now under investigation. Questions? Reply or call (212) 555-0100.',
    ])
    expect(await quarantine()).toMatchObject([{ state: 'replayed' }])
    expect((await matter(21002)).state).toBe('investigation')
  })

  it('is one entry in quarantine however often the tracker repeats it', async () => {
    for (let n = 0; n < 5; n++) await track(world, 21002, 'zzz')
    await world.settled()
    expect((await open()).map((q) => q.raw_status)).toEqual(['zzz'])
    await track(world, 21002, 'Investigating')
    await world.settled()
    await world.runtime.db.forFirm(world.firmId, (tx) =>
      replayQuarantine(tx, {}, 'test', world.clock.now(), async () => false),
    )
    world.runtime.nudge('decide', world.firmId)
    await world.settled()
    expect((await open()).map((q) => q.raw_status)).toEqual(['zzz'])
    expect(await told('+13105550112')).toHaveLength(1)
  })
})

describe('what is signed but not understood', () => {
  it('is kept with the reason, and replayed after a fix', async () => {
    const flat = (payload: unknown) => post(world, 'harbor-pike-flat', signed(payload, world.clock.now()))
    expect(await flat('{"caseId": ')).toBe(202)
    expect(await flat({ caseNumber: '21011', status: 'Trial' })).toBe(202)
    expect(await flat({ caseId: { no: 1 }, newStatus: 'Trial' })).toBe(202)
    await world.settled()
    const kinds = (await open())
      .filter((q) => q.kind !== 'unknown_status')
      .map((q) => [q.kind, JSON.stringify(q.detail)])
    expect(kinds.map(([kind]) => kind).toSorted()).toEqual(['mapping_error', 'unmapped', 'unreadable'])
    expect(kinds.every(([, detail]) => detail!.length > 20)).toBe(true)

    await applyChanged(world, {
      'firm.yaml': [
        [
          '        - when: has(body.caseId) && has(body.newStatus)\n',
          '        - when: has(body.caseNumber)\n          type: matter.status_changed\n          matter: body.caseNumber\n          mattersOf: harbor-pike-clio\n          status: body.status\n        - when: has(body.caseId) && has(body.newStatus)\n',
        ],
      ],
    })
    await world.settled()
    expect(await told('denise.okafor@example.com')).toHaveLength(1)
    expect((await open()).map((q) => q.kind).toSorted()).toEqual([
      'mapping_error',
      'unknown_status',
      'unreadable',
    ])
  })
})

describe('a step that statuses.yaml does not allow', () => {
  it('says nothing, tells staff, and the state follows the CMS', async () => {
    await world.changeStage(21005, 'Trial Prep')
    await world.settled()
    const before = await world.messages({ to: '+12065550115' })
    await world.changeStage(21005, 'Intake')
    await world.settled()
    expect(await world.messages({ to: '+12065550115' })).toHaveLength(before.length)
    expect(await lastEvent(21005)).toBe('flagged')
    expect((await matter(21005)).state).toBe('intake')
    expect(await world.tasks('forbidden_transition')).toMatchObject([
      {
        title: expect.stringContaining('"Intake" does not follow'),
        detail: expect.stringContaining('The client was not told'),
      },
    ])
  })
})

describe('the settle window of "closed", ten minutes', () => {
  it('A → B → A within it says nothing', async () => {
    await track(world, 21011, 'Closed')
    await world.settled()
    await world.advance({ minutes: 3 })
    await track(world, 21011, 'Trial')
    await world.settled()
    expect(await lastEvent(21011)).toBe('flip_flop')
    await world.advance({ hours: 1 })
    expect(await told('denise.okafor@example.com')).toHaveLength(1)
    expect(
      await world.rows("select state, reason from notices where rule_key = 'matter-closed'"),
    ).toMatchObject([{ state: 'superseded' }])
  })

  it('B that stays is said when the window is over, not before', async () => {
    await track(world, 21011, 'Closed')
    await world.settled()
    await world.advance({ minutes: 9 })
    expect(await told('denise.okafor@example.com')).toHaveLength(1)
    await world.advance({ minutes: 2 })
    const mails = await world.messages({ to: 'denise.okafor@example.com' })
    expect(mails).toHaveLength(2)
    expect(mails[1]!.text).toContain('closed')
  })
})

describe('no news', () => {
  it('the same status in other words is recorded, and nothing is said', async () => {
    await track(world, 21002, 'Investigation')
    await world.settled()
    const before = await told('+13105550112')
    await track(world, 21002, 'INVESTIGATION_FINAL_v2')
    await world.settled()
    expect(await lastEvent(21002)).toBe('unchanged')
    expect(await matter(21002)).toEqual({ state: 'investigation', raw_status: 'INVESTIGATION_FINAL_v2' })
    expect(await told('+13105550112')).toEqual(before)
  })

  it('an older change that comes late is recorded as stale', async () => {
    const { data } = (await world.control('GET', '/_sandbox/cms/matters/21004')) as { data: { id: number } }
    expect(data.id).toBe(21004)
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 1 })
    await world.changeStage(21004, 'Demand Sent')
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 0 })
    await world.advance({ minutes: 1 })
    await world.changeStage(21004, 'Complaint Filed')
    await world.settled()
    expect(await told('+18085550114')).toHaveLength(1)
    const late = {
      id: 21004,
      etag: '"late"',
      updated_at: world.clock.now().subtract({ seconds: 60 }).toString(),
      status: 'Open',
      client: { id: 11004 },
    }
    await clio(world, { ...late, matter_stage: { id: 1, name: 'Demand Sent' } })
    await world.settled()
    expect(await lastEvent(21004)).toBe('stale')
    expect((await matter(21004)).state).toBe('complaint_filed')
    expect(await told('+18085550114')).toHaveLength(1)
  })

  it('an event that no rule handles is recorded as unhandled', async () => {
    await note(world, { matter: 21002, id: 1, subject: 'x', detail: 'y' })
    await world.control('PATCH', '/_sandbox/cms/bills/51002', { state: 'void' })
    await world.settled()
    expect(
      await world.rows("select type from events where outcome = 'unhandled' and type = 'invoice.voided'"),
    ).toHaveLength(1)
  })
})

/** A change of a matter with our own words in it, signed as Clio signs. */
async function clio(world: World, data: object): Promise<void> {
  const { createHmac } = await import('node:crypto')
  const answer = await fetch(`${world.sandboxUrl}/api/v4/webhooks.json?fields=id,model,shared_secret`, {
    headers: { authorization: 'Bearer sandbox-clio-token' },
  })
  const hooks = ((await answer.json()) as { data: { id: number; model: string; shared_secret: string }[] })
    .data
  const hook = hooks.find((h) => h.model === 'matter')!
  const body = JSON.stringify({ data, meta: { event: 'updated', webhook_id: hook.id } })
  const mark = createHmac('sha256', hook.shared_secret).update(body).digest('hex')
  expect(
    await post(world, 'harbor-pike-clio?model=matter', { body, headers: { 'x-hook-signature': mark } }),
  ).toBe(202)
}
