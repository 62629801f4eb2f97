/** What comes out of quarantine late, what was said before, and facts that turn out to be others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/kernel/index.ts'
import { applyChanged, note, track } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ webhooksOnly: true })
})
afterAll(() => world.close())

const texts = async (to: string) => (await world.messages({ to })).map((m) => m.text)
const james = '+13105550112'
const keola = '+18085550114'
const stateOf = async (id: number) =>
  (await world.rows<{ state: string }>('select state from matters where external_id = $1', [String(id)]))[0]
    ?.state

it('a status that another system reports is news though the CMS has had its own for years', async () => {
  // Kenji, mail only: never seen before, and his stage in the CMS is old.
  await track(world, 21006, 'Settlement Offer')
  await world.settled()
  expect(await stateOf(21006)).toBe('settlement_offer')
  const [told] = await world.rows(
    `select outcome from events e join matters m on m.id = e.matter_id where m.external_id = '21006'`,
  )
  expect(told).toEqual({ outcome: 'decided' })
})

describe('a replay', () => {
  it('does not undo what came later from a system that tells no time', async () => {
    await world.changeStage(21002, 'Investigation')
    await world.settled()
    await track(world, 21002, 'Mediation (virtual)')
    await world.advance({ minutes: 5 })
    await track(world, 21002, 'Settlement Offer')
    await world.settled()
    const before = (await texts(james)).length
    await applyChanged(world, {
      'statuses.yaml': [['[Mediation, Mediation set]', '[Mediation, Mediation set, Mediation (virtual)]']],
    })
    expect(await stateOf(21002)).toBe('settlement_offer')
    expect((await texts(james)).slice(before)).toEqual([])
    const [late] = await world.rows(`select outcome from events where data ->> 'raw' = 'Mediation (virtual)'`)
    expect(late).toEqual({ outcome: 'stale' })
  })

  it('of what is days old tells nobody but staff, once for a matter', async () => {
    await applyChanged(world, {
      'firm.yaml': [["when: body.type == 'note.created'", "when: body.type == 'note.made'"]],
    })
    for (const id of [1, 2])
      await note(world, { matter: 21002, id, subject: 'Client update', detail: 'Call before noon' })
    await world.settled()
    await world.advance({ hours: 24 * 5 })
    const before = (await texts(james)).length
    await applyChanged(world, {})
    await world.settled()
    expect((await texts(james)).slice(before)).toEqual([])
    expect(await world.tasks('late_replay')).toHaveLength(1)
    expect(await world.rows(`select outcome from events where type = 'comment.added'`)).toEqual([
      { outcome: 'stale' },
      { outcome: 'stale' },
    ])
  })
})

it('what was said of a bill is not said once more because the client has another number', async () => {
  const { data: bill } = (await world.control('POST', '/_sandbox/cms/bills', {
    matters: [{ id: 21004 }],
    total: 100,
  })) as { data: { id: number } }
  await world.settled()
  await world.control('PATCH', `/_sandbox/cms/bills/${bill.id}`, { state: 'paid' })
  await world.settled()
  const before = (await world.messages()).length
  await world.changePhone(11004, '+18085550199')
  await world.control('PATCH', `/_sandbox/cms/bills/${bill.id}`, { subject: 'archived' })
  await world.settled()
  expect(await world.messages()).toHaveLength(before)
  await world.changePhone(11004, keola)
})

it('the client is told whom the CMS names now, though our facts are fresh', async () => {
  await world.changeStage(21002, 'Trial Prep')
  await world.settled()
  await world.advance({ minutes: 5 })
  const [formerly, now] = [(await texts(james)).length, (await texts(keola)).length]
  await world.control('PATCH', '/_sandbox/cms/matters/21002', { client: { id: 11004 } })
  await world.settled()
  await world.advance({ minutes: 5 })
  await world.changeStage(21002, 'Trial')
  await world.settled()
  expect((await texts(james)).slice(formerly)).toEqual([])
  expect((await texts(keola)).slice(now)).toHaveLength(1)
})

it('what was held for longer than facts may be old goes with those of now', async () => {
  // 22:30 in Honolulu, where Keola lives.
  const until = Temporal.Instant.from('2030-10-25T08:30:00Z')
  await world.advance({
    milliseconds: Math.max(0, until.epochMilliseconds - world.clock.now().epochMilliseconds),
  })
  await world.changeStage(21004, 'Complaint Filed')
  await world.settled()
  const reads = async () =>
    (await world.calls('clio')).filter((c) => c.path.includes('/matters/21004')).length
  const before = await reads()
  const told = (await texts(keola)).length
  await world.advance({ hours: 12 })
  expect(await reads()).toBe(before + 1)
  expect((await texts(keola)).slice(told)).toHaveLength(1)
})

it('a pause that the CMS lifts is lifted for all matters of the client, whichever is read', async () => {
  const made = (await world.control('POST', '/_sandbox/cms/matters', {
    client: { id: 11004 },
    description: 'Second',
    matter_stage: { name: 'Investigation' },
  })) as { data: { id: number } }
  await world.settled()
  await world.changeField(11004, 'Pause automation', 'true')
  await world.settled()
  await world.changeStage(made.data.id, 'Discovery')
  await world.settled()
  const held = () => world.rows(`select reason from messages where state = 'held'`)
  expect(new Set((await held()).map((m) => m.reason))).toEqual(new Set(['paused in the CMS']))
  // The webhook of the contact is lost: only a read of the other matter shows that the pause is over.
  const [connection] = await world.rows<{ id: ConnectionId }>(
    "select id from connections where key = 'harbor-pike-clio'",
  )
  await world.rows("update hook_subscriptions set state = 'ended' where model = 'contact'")
  await world.runtime.firms.hooks(world.firmId, connection!.id, true)
  await world.changeField(11004, 'Pause automation', 'false')
  expect(await held()).not.toEqual([])
  await world.advance({ hours: 2 })
  expect(await held()).not.toEqual([])
  await world.changeStage(21004, 'Mediation')
  await world.settled()
  expect(await held()).toEqual([])
})
