/** The last look at a reminder before it is decided: is it still true, and do we know that? Pure. */
import { timeOf } from '../facts/index.ts'
import type { CompiledPlan } from './compile.ts'
import type { DueReminder } from './store.ts'
import { cancellation, correction } from './types.ts'

export interface Asking {
  now: Temporal.Instant
  firmZone: string
  plan: CompiledPlan | undefined
  /** Whether the appointment's system can be asked; what can't be is as its last webhook said. */
  readable: boolean
  /** Whether who it is for still has to do with the appointment. */
  takesPart: boolean
  /** A rule of the firm's own says it already. */
  toldByRule: boolean
}

export type ReminderVerdict =
  | { kind: 'say' }
  | { kind: 'end'; state: 'skipped' | 'superseded'; reason: string }
  /** Not looked at for too long: its system is asked first. */
  | { kind: 'ask' | 'wait'; dueAt: Temporal.Instant; reason: string }
  /** The system does not answer, and the plan says to wait: the operators hear of it. */
  | { kind: 'hold'; dueAt: Temporal.Instant; reason: string }

/** What was read so lately need not be read again. */
const freshFor = { seconds: 60 }
/** How long the answer is waited for before the plan's `unreadable` counts. */
const patience = { minutes: 5 }
const lookAgain = { seconds: 5 }
const holdFor = { minutes: 5 }

export function judgeReminder(reminder: DueReminder, asking: Asking): ReminderVerdict {
  const { now, plan } = asking
  const end = (state: 'skipped' | 'superseded', reason: string): ReminderVerdict => ({
    kind: 'end',
    state,
    reason,
  })
  if (reminder.fact_edition !== reminder.edition) {
    return end('superseded', reminder.removed ? 'the appointment is off' : 'the appointment has moved')
  }
  if (plan === undefined) return end('superseded', 'the plan is gone')
  const isCorrection = reminder.step_key === correction || reminder.step_key === cancellation
  if (!isCorrection && !plan.steps.some((s) => s.key === reminder.step_key))
    return end('superseded', 'the plan has changed')
  if (reminder.removed !== (reminder.step_key === cancellation))
    return end('superseded', 'the appointment is off')
  if (!asking.takesPart && reminder.step_key !== cancellation)
    return end('skipped', 'they have no part in it any more')
  if (reminder.confirmed && plan.steps.some((s) => s.key === reminder.step_key && s.whenConfirmed === 'skip'))
    return end('skipped', 'the client has confirmed')
  if (asking.toldByRule && isCorrection) return end('skipped', 'a rule told of the change')
  const time = reminder.removed ? null : timeOf(reminder.data, asking.firmZone)
  if (!reminder.removed && time === null) return end('skipped', 'its time can not be read')
  // A day's entry is over with its day; what is said then helps nobody.
  const starts = time?.allDayOn ? time.startsAt.add({ hours: 24 }) : reminder.starts_at
  if (Temporal.Instant.compare(starts, now) <= 0) return end('skipped', 'the appointment has begun')
  // What is gone is not listed any more, so there is nothing to ask.
  if (!asking.readable || reminder.removed || isSince(reminder.observed_at, now.subtract(freshFor)))
    return { kind: 'say' }
  const waits = { dueAt: now.add(lookAgain), reason: 'its system is asked whether it is still true' }
  // An answer that has grown old before anybody looked is none.
  if (reminder.asked_at === null || isSince(reminder.observed_at, reminder.asked_at))
    return { kind: 'ask', ...waits }
  if (isSince(reminder.asked_at, now.subtract(patience))) return { kind: 'wait', ...waits }
  return plan.unreadable === 'send'
    ? { kind: 'say' }
    : { kind: 'hold', dueAt: now.add(holdFor), reason: 'its system does not answer whether it is still true' }
}

const isSince = (moment: Temporal.Instant, since: Temporal.Instant): boolean =>
  Temporal.Instant.compare(moment, since) >= 0
