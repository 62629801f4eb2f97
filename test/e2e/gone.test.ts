/** What is gone from the CMS, whoever notices first. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { firmCopy } from '../support/firm-copy.ts'
import { clioHook } from '../support/overtaking.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
const firm = firmCopy((yaml) =>
  yaml.replace('      every: PT5M\n', '      every: PT5M\n      reconcile: PT6H\n'),
)
beforeAll(async () => {
  world = await startWorld({ firm: firm.dir })
  await world.settled()
})
afterAll(async () => {
  await world.close()
  firm.remove()
})

const webhooks = (dropShare: number) => world.control('PUT', '/_sandbox/cms/settings', { dropShare, seed: 7 })
const cancelled = async () =>
  (await world.rows<{ outcome: string }>("select outcome from events where type = 'hearing.cancelled'")).map(
    ({ outcome }) => outcome,
  )

it('a hearing whose deletion a read of its matter saw first, and no webhook told, is cancelled to the client, once', async () => {
  const made = (await world.control('POST', '/_sandbox/cms/calendar_entries', {
    summary: 'Motion hearing',
    start_at: '2030-11-20T18:00:00Z',
    end_at: '2030-11-20T19:00:00Z',
    matter: { id: 21002 },
    calendar_entry_event_type: { name: 'Hearing' },
  })) as { data: { id: string } }
  await world.settled()
  await webhooks(1)
  await world.control('DELETE', `/_sandbox/cms/calendar_entries/${made.data.id}`)
  await webhooks(0)
  // Its facts are too old to be believed, so the matter is read before this is said.
  await world.advance({ hours: 2 })
  await world.changeStage(21002, 'Investigation')
  await world.settled()
  expect(
    await world.rows('select removed_at is not null as gone, announced from facts where external_id = $1', [
      made.data.id,
    ]),
  ).toEqual([{ gone: true, announced: false }])
  await world.advance({ hours: 7 })
  await world.advance({ minutes: 2 })
  expect(await cancelled()).toEqual(['decided'])
  await world.advance({ hours: 7 })
  await world.advance({ minutes: 2 })
  expect(await cancelled()).toEqual(['decided'])
})

it('a hearing that came back into the CMS and is gone once more is cancelled to the client once more', async () => {
  // The sandbox lists nothing of it, so that each time it is gone as soon as it was told.
  const entry = (updated_at: string) => ({
    id: 'came-back',
    etag: `"${updated_at}"`,
    summary: 'Hearing',
    description: null,
    location: null,
    all_day: false,
    start_at: '2030-11-27T18:00:00Z',
    end_at: '2030-11-27T19:00:00Z',
    updated_at,
    matter: { id: 21002 },
    calendar_entry_event_type: { name: 'Hearing' },
  })
  const offs = async () =>
    (await world.messages({ to: '+13105550112' })).filter(({ text }) => text.includes('November 27')).length
  const goes = async () => {
    await clioHook(world, 'calendar_entry', 'created', entry(world.clock.now().toString()))
    const before = await offs()
    for (let i = 0; i < 2; i++) {
      await world.advance({ hours: 7 })
      await world.advance({ minutes: 2 })
    }
    // Into the day, should it have become night.
    await world.advance({ hours: 10 })
    return (await offs()) - before
  }
  const counted = (await cancelled()).length
  expect(await goes()).toBe(1)
  expect(await goes()).toBe(1)
  expect((await cancelled()).slice(counted)).toEqual(['decided', 'decided'])
})
