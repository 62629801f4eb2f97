/** A line that takes one text a second: what would leave in the client's night waits, and the estimate says so before. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { queueOf } from '../../src/main/queue.ts'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })

/** James Whitfield, Los Angeles, texts only. The world begins at 11:00 there. */
const james = '+13105550112'
let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.settled()
})
afterAll(() => world.close())

const count = 75

it('holds what is left when quiet hours begin, and is through when it said', async () => {
  await applyChanged(world, {
    'reminders.yaml': [
      ['    - { key: two-days, before: PT48H }\n', ''],
      ["{ key: morning-of, at: '08:30', whenConfirmed: skip }", "{ key: late, at: '20:59', daysBefore: 1 }"],
    ],
    'firm.yaml': [
      ['      perSecond: 100\n      burst: 200\n', '      perSecond: 1\n      burst: 5\n'],
      // All go to one client, whose moment after the night would be that of all.
      ["  until: '08:00'\n", "  until: '08:00'\n  spread: PT0S\n"],
    ],
  })
  for (let i = 0; i < count; i++)
    await world.control('POST', '/_sandbox/cms/calendar_entries', {
      summary: `Meeting no. ${i}`,
      start_at: Temporal.Instant.from('2030-10-17T18:00:00Z').add({ minutes: i }).toString(),
      end_at: '2030-10-17T23:00:00Z',
      matter: { id: 21002 },
      calendar_entry_event_type: { name: 'Meeting' },
    })
  await world.settled()
  const until = async (moment: string) => {
    const left = world.clock.now().until(Temporal.Instant.from(moment)).total('seconds')
    await world.advance({ seconds: Math.ceil(left) })
  }
  const said = async () => (await world.messages({ to: james })).filter((m) => m.text.includes('Meeting no.'))
  // 20:59 in Los Angeles, and the look before sending.
  await until('2030-10-17T03:59:00Z')
  await world.advance({ seconds: 6 })
  const { estimates } = await queueOf(world.runtime, world.firmId)
  const [estimate] = estimates
  const late = estimate!.afterQuietHours
  expect(estimate).toMatchObject({ connection: 'harbor-pike-twilio', channel: 'sms' })
  expect(estimate!.queued).toBeGreaterThan(count - 10)
  expect(late).toBeGreaterThan(10)
  expect(estimate!.throughBy).toMatch(/^2030-10-17T15:00:/)

  for (let i = 0; i < 12; i++) await world.advance({ seconds: 5 })
  const before = await said()
  expect(before.every((m) => m.acceptedAt < '2030-10-17T04:00:00')).toBe(true)
  expect(Math.abs(count - before.length - late)).toBeLessThanOrEqual(6)
  const held = await world.rows<{ state: string; n: number }>(
    `select state, count(*)::int as n from messages where body like '%Meeting no.%' and state <> 'delivered' group by 1`,
  )
  expect(held).toEqual([{ state: 'held', n: count - before.length }])

  await until('2030-10-17T15:00:00Z')
  const through = Temporal.Instant.from(estimate!.throughBy!).add({ seconds: 10 })
  while (Temporal.Instant.compare(world.clock.now(), through) < 0) await world.advance({ seconds: 5 })
  const all = await said()
  expect(new Set(all.map((m) => m.text)).size).toBe(count)
  expect(all).toHaveLength(count)
})
