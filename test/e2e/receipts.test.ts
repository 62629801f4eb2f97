/** What providers report, in any order, early or late, and what it makes of a message. */
import fc from 'fast-check'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trace } from '../../src/modules/console/index.ts'
import { afterReceipt, furthest, type MessageView, type Reported } from '../../src/modules/delivery/policy.ts'
import { type ReceiptKind, receiptKinds } from '../../src/modules/delivery/ports.ts'
import { startWorld, type World } from '../support/world.ts'

describe('the receipts of one message, merged', () => {
  const schedule = [Temporal.Duration.from({ minutes: 1 })]
  const now = Temporal.Instant.from('2030-01-01T00:00:00Z')
  const merge = (kinds: readonly ReceiptKind[], state: MessageView['state'], retryable: boolean) => {
    let reported: Reported = null
    const message: MessageView = { state, retryStep: 0, attemptCount: 1 }
    const seen: string[] = []
    for (const kind of kinds) {
      const after = furthest(reported, kind)
      const next = afterReceipt(
        message,
        { number: 1, before: reported, after },
        { code: kind, retryable },
        schedule,
        now,
      )
      if (next) message.state = next.state
      reported = after
      seen.push(message.state)
    }
    return { state: message.state, seen }
  }

  it('end the same in every order, with any of them doubled', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...receiptKinds), { maxLength: 6 }),
        fc.constantFrom('sending' as const, 'unknown' as const, 'sent' as const, 'cancelled' as const),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (kinds, state, retryable, order) => {
          const random = order[Symbol.iterator]()
          const shuffled = [...kinds, ...kinds]
            .map((kind) => [random.next().value as number, kind] as const)
            .toSorted((a, b) => a[0] - b[0])
            .map(([, kind]) => kind)
          expect(merge(shuffled, state, retryable).state).toBe(merge(kinds, state, retryable).state)
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('never take back that it was delivered', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...receiptKinds), { maxLength: 8 }),
        fc.boolean(),
        (kinds, retryable) => {
          const { seen } = merge(kinds, 'sending', retryable)
          const first = seen.indexOf('delivered')
          if (first >= 0) expect(new Set(seen.slice(first))).toEqual(new Set(['delivered']))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const stages = [
  'Investigation',
  'Demand Sent',
  'Complaint Filed',
  'Mediation',
  'Trial Prep',
  'Trial',
  'Settlement Offer',
  'Trial',
  'Settlement Offer',
  'Trial',
  'Settlement Offer',
]
interface Message extends Record<string, unknown> {
  id: string
  state: string
  reason: string | null
  attempt_count: number
  opened_at: unknown
  machine_opened_at: unknown
  clicked_at: unknown
}
const lastTo = async (address: string) =>
  (
    await world.rows<Message>(
      `select id, state, reason, attempt_count, opened_at, machine_opened_at, clicked_at from messages
       where address = $1 order by created_at desc, id desc limit 1`,
      [address],
    )
  )[0]!
/** James gets this number, and something to hear there. */
const textTo = async (number: string) => {
  await world.changePhone(11002, number)
  await world.changeStage(21002, stages.shift()!)
  await world.settled()
  return lastTo(number)
}
/** Denise gets this address, and something to read there. */
const mailStages = [
  'Trial',
  'Settlement Offer',
  'Trial',
  'Settlement Offer',
  'Trial',
  'Settlement Offer',
  'Trial',
  'Settlement Offer',
]
const mailTo = async (address: string) => {
  await world.control('PATCH', '/_sandbox/cms/contacts/11011', { primary_email_address: address })
  await world.settled()
  await world.changeStage(21011, mailStages.shift()!)
  await world.settled()
  return lastTo(address)
}
const callBack = async (params: Record<string, string>, attempt: string) => {
  const url = `${world.appUrl}/receipts/harbor-pike-twilio?attempt=${attempt}`
  const mark = getExpectedTwilioSignature('sandbox-twilio-auth-token', url, params)
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'x-twilio-signature': mark },
    body: new URLSearchParams(params),
  })
  return answer.status
}

describe('texts', () => {
  it.each([
    ['out of order', '+15005559002'],
    ['doubled', '+15005559003'],
    ['before the answer to our call', '+15005559004'],
  ])('receipts %s: delivered, on one attempt', async (_how, number) => {
    expect(await textTo(number)).toMatchObject({ state: 'delivered', attempt_count: 1 })
    const keys = await world.rows(
      'select r.key from receipts r join messages m on m.id = r.message_id where m.address = $1',
      [number],
    )
    expect(keys).toHaveLength(2)
  })

  it('30003 goes back into the queue within the budget, and arrives', async () => {
    expect(await textTo('+15005559008')).toMatchObject({ state: 'queued', reason: '30003', attempt_count: 1 })
    await world.advance({ minutes: 1 })
    expect(await lastTo('+15005559008')).toMatchObject({ state: 'delivered', attempt_count: 2 })
  })

  it('30003 each time is a dead letter when the budget is used up', async () => {
    await textTo('+15005553003')
    for (const minutes of [1, 5, 30, 60]) await world.advance({ minutes })
    const message = await lastTo('+15005553003')
    expect(message).toMatchObject({ state: 'dead', attempt_count: 4 })
    expect(
      await world.rows('select cause, code from dead_letters where message_id = $1', [message.id]),
    ).toEqual([{ cause: 'retries_used_up', code: '30003' }])
  })

  it('a landline is not used again; without another number it is a dead letter, with one that is tried', async () => {
    const message = await textTo('+15005553006')
    expect(message.state).toBe('undelivered')
    expect(
      await world.rows('select cause, code from dead_letters where message_id = $1', [message.id]),
    ).toEqual([{ cause: 'undelivered', code: '30006' }])
    await world.control('PATCH', '/_sandbox/cms/contacts/11002', {
      phone_numbers: [
        { name: 'Mobile', number: '+15005553005', primary: true },
        { name: 'Mobile', number: '+13105550777' },
      ],
    })
    await world.settled()
    await world.changeStage(21002, stages.shift()!)
    await world.settled()
    expect((await lastTo('+15005553005')).state).toBe('undelivered')
    expect(await lastTo('+13105550777')).toMatchObject({ state: 'delivered', attempt_count: 1 })
    expect(
      await world.rows(
        'select suppressed_reason from contact_points where suppressed_at is not null order by 1',
      ),
    ).toEqual([{ suppressed_reason: 'landline' }, { suppressed_reason: 'unknown_handset' }])
  })

  it('are told by the provider’s own id where ours is not known', async () => {
    const number = '+15005559001'
    const message = await textTo(number)
    expect(message.state).toBe('sent')
    const [sent] = await world.messages({ to: number })
    const params = { MessageSid: sent!.providerMessageId, MessageStatus: 'delivered', To: number }
    expect(await callBack(params, '01890000-0000-7000-8000-000000000000')).toBe(204)
    expect((await lastTo(number)).state).toBe('delivered')
    expect(await callBack({ ...params, MessageStatus: 'undelivered', ErrorCode: '30003' }, message.id)).toBe(
      204,
    )
    expect((await lastTo(number)).state).toBe('delivered')
  })

  it('say of what was cancelled before its next try that it arrived after all, and nothing takes that back', async () => {
    const number = '+15005553003'
    const { id } = await textTo(number)
    expect(await lastTo(number)).toMatchObject({ id, state: 'queued', reason: '30003' })
    await world.text(number, 'STOP')
    await world.settled()
    await world.advance({ minutes: 1 })
    expect(await lastTo(number)).toMatchObject({ id, state: 'cancelled', reason: 'opted_out' })
    const [attempt] = await world.rows<{ id: string; sid: string }>(
      'select id, provider_message_id as sid from attempts where message_id = $1',
      [id],
    )
    const says = (status: string, code = {}) =>
      callBack({ MessageSid: attempt!.sid, MessageStatus: status, To: number, ...code }, attempt!.id)
    for (const status of ['queued', 'sent']) await says(status)
    await says('undelivered', { ErrorCode: '30008' })
    expect(await lastTo(number)).toMatchObject({ id, state: 'cancelled', reason: 'opted_out' })
    await says('delivered')
    await says('failed', { ErrorCode: '30001' })
    expect(await lastTo(number)).toMatchObject({ id, state: 'delivered', attempt_count: 1 })
    const found = await world.runtime.db.forFirm(world.firmId, (tx) =>
      trace(tx, { value: id }, { zone: 'America/New_York', now: world.clock.now() }),
    )
    expect(found.kind === 'found' && found.trace.answers.map((a) => a.text)).toEqual([
      expect.stringMatching(/^Yes: delivered to …3003 by SMS/),
    ])
  })

  it('that name neither are kept, and matched when the message is known', async () => {
    const sid = `SM${'9'.repeat(32)}`
    expect(
      await callBack({ MessageSid: sid, MessageStatus: 'delivered', To: '+12125550100' }, 'nonsense'),
    ).toBe(204)
    expect(await world.rows('select message_id from receipts where provider_message_id = $1', [sid])).toEqual(
      [{ message_id: null }],
    )
    const message = await textTo('+15005559001')
    await world.rows('update attempts set provider_message_id = $1 where message_id = $2 returning id', [
      sid,
      message.id,
    ])
    await world.settled()
    expect((await lastTo('+15005559001')).state).toBe('delivered')
  })
})

describe('mails', () => {
  it('opened by a person and by a machine are told apart; a click counts', async () => {
    expect(await mailTo('open@example.com')).toMatchObject({ state: 'delivered', machine_opened_at: null })
    expect((await lastTo('open@example.com')).opened_at).not.toBeNull()
    const machine = await mailTo('machineopen@example.com')
    expect(machine.opened_at).toBeNull()
    expect(machine.machine_opened_at).not.toBeNull()
    expect((await mailTo('click@example.com')).clicked_at).not.toBeNull()
  })

  it('that bounce end undelivered, with a dead letter, and the address is not used again', async () => {
    const message = await mailTo('bounce@example.com')
    expect(message.state).toBe('undelivered')
    expect(await world.rows('select state from dead_letters where message_id = $1', [message.id])).toEqual([
      { state: 'open' },
    ])
    expect(
      await world.rows(
        "select suppressed_reason is not null as gone from contact_points where address = 'bounce@example.com'",
      ),
    ).toEqual([{ gone: true }])
  })

  it('reported as spam end all mail to the address; unsubscribed, that purpose', async () => {
    await mailTo('spamreport@example.com')
    await mailTo('unsubscribe@example.com')
    expect(
      await world.rows(
        "select address, channel, purpose, granted from consents where channel = 'email' order by address",
      ),
    ).toEqual([
      { address: 'spamreport@example.com', channel: 'email', purpose: '*', granted: false },
      { address: 'unsubscribe@example.com', channel: 'email', purpose: 'status', granted: false },
    ])
  })

  it('carry a link that ends them by POST, and not by GET', async () => {
    await mailTo('link@example.com')
    const [mail] = (await world.messages({ to: 'link@example.com' })) as unknown as {
      headers: Record<string, string>
    }[]
    expect(mail!.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    const link = /<(http[^>]+)>/.exec(mail!.headers['List-Unsubscribe']!)![1]!
    const consents = () =>
      world.rows("select granted, purpose from consents where address = 'link@example.com'")
    const looked = await fetch(link)
    expect([looked.status, await consents()]).toEqual([200, []])
    expect(await looked.text()).toContain('<form')
    expect((await fetch(`${link}x`, { method: 'POST' })).status).toBe(404)
    expect(await consents()).toEqual([])
    const posted = await fetch(link, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    })
    expect([posted.status, await consents()]).toEqual([200, [{ granted: false, purpose: 'status' }]])
  })
})
