/** Nobody has two mailboxes that differ in case: who opted out as Maria@ is not written to as maria@. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordConsent } from '../../src/modules/consent/index.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const mails = async () => (await world.messages({ channel: 'email' })).length
const consent = (granted: boolean, address: string) =>
  world.runtime.db.forFirm(world.firmId, (tx) =>
    recordConsent(tx, {
      channel: 'email',
      address,
      purpose: '*',
      granted,
      how: 'test',
      by: 'client',
      at: world.clock.now(),
    }),
  )

it('keeps an opt-out when the case of the address changes, before and after it was queued', async () => {
  await world.changeStage(21001, 'Mediation')
  await world.settled()
  expect(await mails()).toBe(1)
  await consent(false, 'Maria.Santos@example.com')
  await world.changeStage(21001, 'Settlement Offer')
  await world.settled()
  expect(await mails()).toBe(1)
  await consent(true, 'MARIA.SANTOS@example.com')
  await world.fault([{ provider: 'sendgrid', kind: 'status', status: 500, count: 1 }])
  await world.control('POST', '/_sandbox/cms/calendar_entries', {
    summary: 'Motion hearing',
    start_at: '2030-11-20T15:00:00Z',
    end_at: '2030-11-20T16:00:00Z',
    matter: { id: 21001 },
    calendar_entry_event_type: { name: 'Hearing' },
  })
  await world.settled()
  await consent(false, 'Maria.SANTOS@example.com')
  await world.advance({ minutes: 2 })
  expect(await mails()).toBe(1)
  expect(
    await world.rows(
      "select state, reason from messages where channel = 'email' and template_key = 'hearing-scheduled'",
    ),
  ).toEqual([{ state: 'cancelled', reason: 'opted_out' }])
})
