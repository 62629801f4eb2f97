/** The pure decisions of delivery: what follows from a verdict, and how receipts merge. */
import type { SendVerdict } from '../../kernel/index.ts'
import type { ReceiptKind } from './ports.ts'
import type { MessageState } from './types.ts'

export type NextStep =
  | { state: 'sent'; providerMessageId: string; dueAt: Temporal.Instant }
  | { state: 'queued'; dueAt: Temporal.Instant; retryStep: number; reason: string }
  | { state: 'unknown'; dueAt: Temporal.Instant; reason: string }
  | { state: 'dead'; reason: string; suppress: string | null; page: boolean }

/**
 * How long a receipt is awaited before the provider is asked what became of a message. Most receipts come within
 * seconds; Twilio brings each once, and those that find our door closed never come again (reference/providers.md §1).
 */
export const receiptExpected = { minutes: 15 }

/** How soon after an ambiguous call the provider is asked; Twilio's list shows a message only after some seconds. */
const firstQuestion = { seconds: 4 }

/**
 * @param retryStep how much of the schedule is used
 * @param schedule waits before each retry, e.g. 1, 5 and 30 minutes (safety.md, goal 5)
 * @returns where the message goes after this verdict
 */
export function afterVerdict(
  verdict: SendVerdict,
  retryStep: number,
  schedule: readonly Temporal.Duration[],
  now: Temporal.Instant,
): NextStep {
  switch (verdict.kind) {
    case 'accepted':
      return {
        state: 'sent',
        providerMessageId: verdict.providerMessageId,
        dueAt: now.add(receiptExpected),
      }
    case 'ambiguous':
      return { state: 'unknown', dueAt: now.add(firstQuestion), reason: verdict.detail }
    case 'refused':
      return {
        state: 'dead',
        reason: verdict.code,
        suppress: verdict.suppress ?? null,
        page: verdict.page ?? false,
      }
    case 'retry':
      return retry(verdict.code, retryStep, schedule, now, verdict.after)
  }
}

/**
 * The next try, or the end of the budget.
 * @param after seconds the provider asked us to wait: never sooner than that, even where our schedule is shorter
 */
export function retry(
  code: string,
  retryStep: number,
  schedule: readonly Temporal.Duration[],
  now: Temporal.Instant,
  after = 0,
): NextStep {
  const wait = schedule[retryStep]
  if (wait === undefined) return { state: 'dead', reason: code, suppress: null, page: false }
  const ours = now.add(wait)
  const theirs = now.add({ seconds: Math.ceil(after) })
  return {
    state: 'queued',
    dueAt: Temporal.Instant.compare(ours, theirs) >= 0 ? ours : theirs,
    retryStep: retryStep + 1,
    reason: code,
  }
}

/** How often a message may be under way when its process dies, before that costs it a try like any failure. */
const crashesForgiven = 5

/**
 * What follows when the provider has not seen a message. Where our own process died in the call, that is not the
 * message's fault and costs it no try, until it looks as if it were this message that kills us. It still waits: a
 * process that was only frozen may come back with the provider's answer.
 *
 * @param crashes how many of its attempts ended so, this one included; 0: it was the provider that fell silent
 */
export function afterAbsence(
  crashes: number,
  retryStep: number,
  schedule: readonly Temporal.Duration[],
  now: Temporal.Instant,
): NextStep {
  if (crashes === 0 || crashes > crashesForgiven) return retry('absent', retryStep, schedule, now)
  return { state: 'queued', dueAt: now.add(schedule[0] ?? { minutes: 1 }), retryStep, reason: 'absent' }
}

/** The furthest that receipts told of one attempt. Higher never becomes lower. */
export type Reported = 'sent' | 'undelivered' | 'delivered' | null
const rank = { sent: 1, undelivered: 2, delivered: 3 } as const

const meaning: Readonly<Record<ReceiptKind, Reported>> = {
  queued: 'sent',
  sent: 'sent',
  deferred: 'sent',
  delivered: 'delivered',
  undelivered: 'undelivered',
  failed: 'undelivered',
  bounced: 'undelivered',
  dropped: 'undelivered',
  opened: 'delivered',
  machine_opened: 'delivered',
  clicked: 'delivered',
  unsubscribed: null,
  resubscribed: null,
  spam_report: 'delivered',
}

/** @returns what this attempt is known to have come to, after one more receipt */
export function furthest(reported: Reported, kind: ReceiptKind): Reported {
  const told = meaning[kind]
  if (told === null) return reported
  return reported === null || rank[told] > rank[reported] ? told : reported
}

export interface MessageView {
  state: MessageState
  retryStep: number
  attemptCount: number
}

/**
 * What a message becomes when its attempt `number` is known to have come to `reported`.
 * Only the newest attempt moves a message backwards into the queue; any attempt may prove that it arrived.
 *
 * @param retryable the carrier says "try again" (Twilio 30001, 30003, 30008)
 * @returns null when nothing changes
 */
export function afterReceipt(
  message: MessageView,
  attempt: { number: number; before: Reported; after: Reported },
  receipt: { code: string; retryable: boolean },
  schedule: readonly Temporal.Duration[],
  now: Temporal.Instant,
): { state: 'sent'; dueAt: Temporal.Instant } | { state: 'delivered' | 'undelivered' } | NextStep | null {
  if (attempt.after === null || attempt.after === attempt.before) return null
  const open = message.state === 'sending' || message.state === 'unknown'
  const waiting = message.state === 'queued' || message.state === 'held'
  switch (attempt.after) {
    case 'delivered':
      // Also of what was cancelled since, before its next try: the client has it, whatever we meant to do.
      return message.state === 'delivered' ? null : { state: 'delivered' }
    case 'sent':
      // A message that we thought had never left, and that waits to be tried again, has left after all.
      return open || message.state === 'dead' || (waiting && message.attemptCount > 0)
        ? { state: 'sent', dueAt: now.add(receiptExpected) }
        : null
    case 'undelivered': {
      if (attempt.number !== message.attemptCount || !(open || message.state === 'sent')) return null
      if (!receipt.retryable) return { state: 'undelivered' }
      return retry(receipt.code, message.retryStep, schedule, now)
    }
  }
}
