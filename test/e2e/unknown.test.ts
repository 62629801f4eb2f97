/** When a provider goes silent in the middle of a call: `unknown`, and how each of them ends. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { beat, doorUpSince } from '../../src/main/door.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())
beforeEach(() => world.clearFaults())

const phone = '+13105550112'
const stages = [
  'Investigation',
  'Demand Sent',
  'Complaint Filed',
  'Mediation',
  'Trial Prep',
  'Trial',
  'Settled',
]
const lastOf = async (address: string) => {
  const [row] = await world.rows<{ id: string; state: string; reason: string | null; attempt_count: number }>(
    'select id, state, reason, attempt_count from messages where address = $1 order by created_at desc, id desc limit 1',
    [address],
  )
  return row!
}
const verdicts = (id: string) =>
  world
    .rows<{ verdict: string }>('select verdict from attempts where message_id = $1 order by number', [id])
    .then((rows) => rows.map((r) => r.verdict))
/** Someone moves James Whitfield's matter on, to the next step of the usual way. */
const step = async () => {
  await world.changeStage(21002, stages.shift()!)
  await world.settled()
}

describe('Twilio accepts and hangs up', () => {
  it('leaves the message unknown, which is found in the list of the provider and ends delivered; the phone shows it once', async () => {
    await world.control('PUT', '/_sandbox/settings', {
      twilio: { listLagMs: 3_000, sentAfterMs: 20_000, deliveredAfterMs: 20_000 },
    })
    await world.fault([{ provider: 'twilio', kind: 'reset_after_accept', count: 1 }])
    await step()
    const unknown = await lastOf(phone)
    expect(unknown.state).toBe('unknown')
    expect(await world.messages({ to: phone })).toHaveLength(1)

    await world.advance({ seconds: 2 })
    expect((await lastOf(phone)).state).toBe('unknown')
    await world.advance({ seconds: 3 })
    expect(await lastOf(phone)).toMatchObject({
      state: 'sent',
      reason: 'found at the provider',
      attempt_count: 1,
    })
    await world.advance({ seconds: 20 })
    expect((await lastOf(phone)).state).toBe('delivered')
    await world.advance({ hours: 1 })
    expect(await world.messages({ to: phone })).toHaveLength(1)
    expect(await verdicts(unknown.id)).toEqual(['accepted'])
  })

  it('needs no search where a receipt says it first', async () => {
    await world.control('PUT', '/_sandbox/settings', { twilio: { sentAfterMs: 0, deliveredAfterMs: 0 } })
    await world.fault([{ provider: 'twilio', kind: 'reset_after_accept', count: 1 }])
    await step()
    expect(await lastOf(phone)).toMatchObject({ state: 'delivered', attempt_count: 1 })
    const lists = (await world.calls('twilio')).filter((c) => c.method === 'GET').length
    await world.advance({ minutes: 5 })
    expect((await world.calls('twilio')).filter((c) => c.method === 'GET')).toHaveLength(lists)
  })
})

describe('Twilio takes the connection and never answers', () => {
  it('is asked until it was absent twice, a minute apart; then the message goes again, and arrives once', async () => {
    const before = (await world.messages({ to: phone })).length
    await world.fault([
      { provider: 'twilio', kind: 'timeout', delayMs: 20, count: 1, match: { method: 'POST' } },
    ])
    await step()
    const { id, state } = await lastOf(phone)
    expect(state).toBe('unknown')
    const [attempt] = await world.rows<{ started_at: Temporal.Instant }>(
      'select started_at from attempts where message_id = $1',
      [id],
    )
    for (let seconds = 0; seconds < 55; seconds += 5) await world.advance({ seconds: 5 })
    expect((await lastOf(phone)).state).toBe('unknown')
    expect(await world.messages({ to: phone })).toHaveLength(before)
    for (let seconds = 0; seconds < 30; seconds += 5) await world.advance({ seconds: 5 })
    expect(await verdicts(id)).toEqual(['absent'])
    expect(world.clock.now().since(attempt!.started_at).total('seconds')).toBeGreaterThanOrEqual(60)
    await world.advance({ seconds: 90 })
    expect(await lastOf(phone)).toMatchObject({ id, state: 'delivered', attempt_count: 2 })
    expect(await verdicts(id)).toEqual(['absent', 'accepted'])
    expect(await world.messages({ to: phone })).toHaveLength(before + 1)
  })

  it('is not taken for absent while the provider can’t be asked', async () => {
    await world.fault([{ provider: 'twilio', kind: 'timeout', delayMs: 20 }])
    await step()
    const { id } = await lastOf(phone)
    for (let minutes = 0; minutes < 5; minutes++) await world.advance({ minutes: 1 })
    expect(await lastOf(phone)).toMatchObject({ id, state: 'unknown', attempt_count: 1 })
    await world.clearFaults()
    for (let minutes = 0; minutes < 5; minutes++) await world.advance({ minutes: 1 })
    expect(await lastOf(phone)).toMatchObject({ id, state: 'delivered', attempt_count: 2 })
  })
})

describe('SendGrid, which can’t be asked', () => {
  const mailbox = 'denise.okafor@example.com'
  const matter = 21011

  it('is believed by its receipt', async () => {
    await world.fault([{ provider: 'sendgrid', kind: 'reset_after_accept', count: 1 }])
    await world.changeStage(matter, 'Trial')
    await world.settled()
    expect(await lastOf(mailbox)).toMatchObject({ state: 'delivered', attempt_count: 1 })
    expect(await world.messages({ to: mailbox })).toHaveLength(1)
  })

  it('without a receipt for 15 minutes, a status goes to a human and is not said twice', async () => {
    await world.fault([{ provider: 'sendgrid', kind: 'timeout', delayMs: 20, count: 1 }])
    await world.changeStage(matter, 'Settlement Offer')
    await world.settled()
    await world.advance({ minutes: 14 })
    expect((await lastOf(mailbox)).state).toBe('unknown')
    await world.advance({ minutes: 2 })
    const { id, state } = await lastOf(mailbox)
    expect(state).toBe('dead')
    expect(await world.rows('select cause, state from dead_letters where message_id = $1', [id])).toEqual([
      { cause: 'never_confirmed', state: 'open' },
    ])
    await world.advance({ hours: 1 })
    expect(await world.messages({ to: mailbox })).toHaveLength(1)
  })

  it('a court date rather goes twice than never', async () => {
    await world.fault([{ provider: 'sendgrid', kind: 'timeout', delayMs: 20, count: 1 }])
    await world.control('POST', '/_sandbox/cms/calendar_entries', {
      summary: 'Hearing',
      start_at: '2030-11-05T15:00:00Z',
      end_at: '2030-11-05T16:00:00Z',
      matter_id: matter,
      calendar_entry_event_type: { name: 'Hearing' },
    })
    await world.settled()
    expect((await lastOf(mailbox)).state).toBe('unknown')
    await world.advance({ minutes: 15 })
    await world.advance({ minutes: 1 })
    expect(await lastOf(mailbox)).toMatchObject({ state: 'delivered', attempt_count: 2 })
    expect(await world.messages({ to: mailbox })).toHaveLength(2)
  })

  it('a receipt after the human was called closes the dead letter', async () => {
    // Its receipts are kept back past the 15 minutes.
    await world.control('PUT', '/_sandbox/settings', {
      sendgrid: { processedAfterMs: 1_800_000, deliveredAfterMs: 1_800_000 },
    })
    await world.fault([{ provider: 'sendgrid', kind: 'reset_after_accept', count: 1 }])
    await world.changeStage(matter, 'Settled')
    await world.settled()
    await world.advance({ minutes: 16 })
    const { id, state } = await lastOf(mailbox)
    expect(state).toBe('dead')
    await world.advance({ minutes: 20 })
    expect((await lastOf(mailbox)).state).toBe('delivered')
    expect(
      await world.rows('select state, resolution from dead_letters where message_id = $1', [id]),
    ).toEqual([{ state: 'closed', resolution: 'delivered after all' }])
  })
})

describe('Twilio lists what it could not deliver', () => {
  it('is not taken for sent: it is undelivered, and a person is asked', async () => {
    const listing = await startWorld({
      adapters: (given) => ({
        ...given,
        providers: given.providers.map((provider) => ({
          ...provider,
          open(settings: unknown) {
            const { sender, reader } = provider.open(settings)
            if (!sender.find) return { sender, reader }
            const find = sender.find.bind(sender)
            const failed = async (query: Parameters<typeof find>[0]) =>
              (await find(query)).map((m) => ({ ...m, status: 'failed' }))
            return {
              sender: {
                ...sender,
                send: sender.send.bind(sender),
                check: sender.check.bind(sender),
                find: failed,
              },
              reader,
            }
          },
        })),
      }),
    })
    try {
      await listing.fault([{ provider: 'twilio', kind: 'reset_after_accept', count: 1 }])
      await listing.control('PUT', '/_sandbox/settings', {
        twilio: { sentAfterMs: 600_000, deliveredAfterMs: 600_000 },
      })
      await listing.changeStage(21002, 'Investigation')
      await listing.settled()
      await listing.advance({ seconds: 5 })
      expect(await listing.rows('select state from messages')).toEqual([{ state: 'undelivered' }])
      expect(await listing.rows('select cause, code from dead_letters')).toEqual([
        { cause: 'undelivered', code: 'failed' },
      ])
    } finally {
      await listing.close()
    }
  })
})

describe('the door for receipts', () => {
  const since = () => doorUpSince(world.runtime.db, world.clock.now())

  it('is known from the database, whichever process has it; a break of more than a minute begins anew', async () => {
    const { db } = world.runtime
    await beat(db, world.clock.now())
    const began = await since()
    world.clock.advance({ seconds: 50 })
    await beat(db, world.clock.now())
    world.clock.advance({ seconds: 50 })
    expect((await since()).equals(began)).toBe(true)
    await beat(db, world.clock.now())
    world.clock.advance({ seconds: 61 })
    // No door: receipts are not awaited in vain, and a worker that starts now does not say otherwise.
    expect((await since()).equals(world.clock.now())).toBe(true)
    await beat(db, world.clock.now())
    world.clock.advance({ seconds: 30 })
    expect((await since()).equals(world.clock.now().subtract({ seconds: 30 }))).toBe(true)
  })
})
