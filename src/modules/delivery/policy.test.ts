import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterAbsence,
  afterReceipt,
  afterVerdict,
  furthest,
  type MessageView,
  type Reported,
  retry,
} from './policy.ts'
import type { ReceiptKind } from './ports.ts'
import { messageStates, messageTransitions } from './types.ts'

const now = Temporal.Instant.from('2030-01-15T18:00:00Z')
const schedule = ['PT1M', 'PT5M', 'PT30M'].map((d) => Temporal.Duration.from(d))
const kinds: ReceiptKind[] = [
  'queued',
  'sent',
  'delivered',
  'deferred',
  'undelivered',
  'failed',
  'bounced',
  'dropped',
  'opened',
  'machine_opened',
  'clicked',
  'unsubscribed',
  'spam_report',
  'resubscribed',
]

describe('what follows from a verdict', () => {
  it('accepted is sent, ambiguous is unknown and soon looked into', () => {
    expect(afterVerdict({ kind: 'accepted', providerMessageId: 'SM1' }, 0, schedule, now)).toEqual({
      state: 'sent',
      providerMessageId: 'SM1',
      dueAt: now.add({ minutes: 15 }),
    })
    const unknown = afterVerdict({ kind: 'ambiguous', detail: 'reset' }, 0, schedule, now)
    expect(unknown).toEqual({ state: 'unknown', dueAt: now.add({ seconds: 4 }), reason: 'reset' })
  })

  it('refused is dead at once, with what follows for the address and the operator', () => {
    expect(afterVerdict({ kind: 'refused', code: '21211', detail: '' }, 0, schedule, now)).toEqual({
      state: 'dead',
      reason: '21211',
      suppress: null,
      page: false,
    })
    const bad = afterVerdict(
      { kind: 'refused', code: '20003', detail: '', suppress: 'x', page: true },
      0,
      schedule,
      now,
    )
    expect(bad).toMatchObject({ suppress: 'x', page: true })
  })

  it('retries at +1, +5 and +30 minutes, then it is over', () => {
    const waits = [0, 1, 2, 3].map((step) => retry('500', step, schedule, now))
    expect(
      waits.map((w) => (w.state === 'queued' ? [now.until(w.dueAt).total('minutes'), w.retryStep] : w.state)),
    ).toEqual([[1, 1], [5, 2], [30, 3], 'dead'])
  })

  it('never comes back sooner than the provider asked, nor than our own schedule', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 }), fc.double({ min: 0, max: 86_400, noNaN: true }), (step, after) => {
        const next = afterVerdict({ kind: 'retry', code: '429', detail: '', after }, step, schedule, now)
        if (next.state !== 'queued') throw new Error(next.state)
        const waited = now.until(next.dueAt).total('seconds')
        expect(waited).toBeGreaterThanOrEqual(Math.max(after, schedule[step]!.total('seconds')))
      }),
    )
  })
})

describe('a message that the provider has not seen', () => {
  const waits = [Temporal.Duration.from({ minutes: 1 })]
  it('uses its budget when the provider fell silent', () => {
    expect(afterAbsence(0, 0, waits, now)).toMatchObject({ state: 'queued', retryStep: 1 })
    expect(afterAbsence(0, 1, waits, now)).toMatchObject({ state: 'dead' })
  })

  it('goes after the shortest wait when our own process died in the call, five times', () => {
    const again = { state: 'queued', dueAt: now.add({ minutes: 1 }), retryStep: 1, reason: 'absent' }
    for (let crashes = 1; crashes <= 5; crashes++) expect(afterAbsence(crashes, 1, waits, now)).toEqual(again)
    expect(afterAbsence(6, 0, waits, now)).toMatchObject({ state: 'queued', retryStep: 1 })
    expect(afterAbsence(6, 1, waits, now)).toMatchObject({ state: 'dead' })
  })
})

describe('receipts', () => {
  const anyKind = fc.constantFrom(...kinds)

  it('any order of the same receipts tells the same of an attempt, and delivered never goes back', () => {
    fc.assert(
      fc.property(fc.array(anyKind, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (list, random) => {
        const end = (order: readonly ReceiptKind[]) => order.reduce<Reported>(furthest, null)
        const shuffled = list.map((kind) => ({ kind, at: random.next().value })).sort((a, b) => a.at - b.at)
        expect(end(shuffled.map((s) => s.kind))).toBe(end(list))
        if (list.includes('delivered')) expect(end(list)).toBe('delivered')
      }),
    )
  })

  const view = fc.record({
    state: fc.constantFrom(...messageStates),
    retryStep: fc.nat({ max: 3 }),
    attemptCount: fc.nat({ max: 4 }),
  })
  const seen = fc.record({
    number: fc.integer({ min: 1, max: 4 }),
    before: fc.constantFrom<Reported>(null, 'sent', 'undelivered', 'delivered'),
    kind: anyKind,
    retryable: fc.boolean(),
  })
  const step = (
    message: MessageView,
    { number, before, kind, retryable }: typeof seen extends fc.Arbitrary<infer S> ? S : never,
  ) =>
    afterReceipt(
      message,
      { number, before, after: furthest(before, kind) },
      { code: '30003', retryable },
      schedule,
      now,
    )

  it('move a message only along the arrows that are drawn', () => {
    fc.assert(
      fc.property(view, seen, (message, receipt) => {
        const next = step(message, receipt)
        if (next) expect(messageTransitions[message.state]).toContain(next.state)
      }),
      { numRuns: 5_000 },
    )
  })

  it('never move what was delivered, nor what was cancelled but to delivered, and never bring an older attempt back into the queue', () => {
    fc.assert(
      fc.property(view, seen, (message, receipt) => {
        const next = step(message, receipt)
        if (message.state === 'delivered') expect(next).toBeNull()
        if (message.state === 'cancelled' && next) expect(next).toEqual({ state: 'delivered' })
        if (receipt.number !== message.attemptCount)
          expect(next?.state === 'queued' || next?.state === 'dead').toBe(false)
      }),
      { numRuns: 5_000 },
    )
  })

  it('say that a message has left which waits to be tried again, in the queue or held', () => {
    const sent = { number: 1, before: null, after: 'sent' as const }
    for (const state of ['queued', 'held'] as const) {
      const message = { state, retryStep: 1, attemptCount: 1 }
      expect(afterReceipt(message, sent, { code: '', retryable: false }, schedule, now)).toEqual({
        state: 'sent',
        dueAt: now.add({ minutes: 15 }),
      })
      const fresh = { ...message, attemptCount: 0 }
      expect(afterReceipt(fresh, sent, { code: '', retryable: false }, schedule, now)).toBeNull()
    }
  })

  it('bring back what the carrier says to try again, within the same budget', () => {
    const undelivered = { number: 1, before: 'sent' as const, after: 'undelivered' as const }
    const message = (retryStep: number) => ({ state: 'sent' as const, retryStep, attemptCount: 1 })
    const told = (retryStep: number, retryable: boolean) =>
      afterReceipt(message(retryStep), undelivered, { code: '30003', retryable }, schedule, now)
    expect(told(1, true)).toMatchObject({ state: 'queued', dueAt: now.add({ minutes: 5 }), retryStep: 2 })
    expect(told(3, true)).toMatchObject({ state: 'dead' })
    expect(told(1, false)).toEqual({ state: 'undelivered' })
  })
})
