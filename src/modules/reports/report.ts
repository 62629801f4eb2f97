/** The report on reminders: groups added up, in the words of the contract. Pure but for `reminderReport`. */
import type {
  ReminderReport,
  ReminderReportAnswer,
  ReminderReportStep,
  ReminderReportType,
} from '../../../contracts/reports.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type AppointmentGroup, type Range, reportGroups, type StepGroup } from './store.ts'

export interface ReportDays {
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

/** Where nobody says: the last 30 days, today among them. */
const usualDays = 30

/**
 * @param zone the firm's
 * @returns both days included; a message where they are no days, or in the wrong order
 */
export function reportDays(
  given: { from?: string | undefined; to?: string | undefined },
  now: Temporal.Instant,
  zone: string,
): { ok: true; days: ReportDays } | { ok: false; path: 'from' | 'to'; message: string } {
  const read = (text: string | undefined) => {
    if (text === undefined) return null
    try {
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text) : undefined
    } catch {
      return undefined
    }
  }
  const wrong = (path: 'from' | 'to') =>
    ({ ok: false, path, message: `${given[path]} is not a day, such as 2030-10-15` }) as const
  const [first, last] = [read(given.from), read(given.to)]
  if (first === undefined) return wrong('from')
  if (last === undefined) return wrong('to')
  const to = last ?? now.toZonedDateTimeISO(zone).toPlainDate()
  const from = first ?? to.subtract({ days: usualDays - 1 })
  if (Temporal.PlainDate.compare(from, to) > 0)
    return { ok: false, path: 'from', message: `${from} is after ${to}` }
  return { ok: true, days: { from, to } }
}

/** @returns the moments between which the days lie */
export const rangeOf = ({ from, to }: ReportDays, now: Temporal.Instant, zone: string): Range => ({
  from: from.toZonedDateTime({ timeZone: zone }).toInstant(),
  until: to.add({ days: 1 }).toZonedDateTime({ timeZone: zone }).toInstant(),
  now,
})

/** @param zone the firm's: its calendar's days */
export async function reminderReport(
  tx: FirmTx,
  days: ReportDays,
  { now, zone }: { now: Temporal.Instant; zone: string },
): Promise<ReminderReport> {
  const range = rangeOf(days, now, zone)
  const { appointments, steps } = await reportGroups(tx, range)
  return {
    from: days.from.toString(),
    to: days.to.toString(),
    zone,
    at: now.toString(),
    ...addUp(appointments),
    steps: steps.toSorted(inOrder).map(stepOf),
  }
}

/** Plan by plan, as their steps come; those of one moment by name. */
const inOrder = (a: StepGroup, b: StepGroup): number =>
  a.plan.localeCompare(b.plan) ||
  (b.lead ?? 0) - (a.lead ?? 0) ||
  a.step.localeCompare(b.step) ||
  a.template.localeCompare(b.template)

const stepOf = (step: StepGroup): ReminderReportStep => ({
  plan: step.plan,
  step: step.step,
  template: step.template,
  reminders: step.reminders,
  confirmed: step.confirmed,
  anotherDate: step.anotherDate,
  ...attendance(step),
})

const attendance = ({ kept, missed, unknown }: { kept: number; missed: number; unknown: number }) => ({
  kept,
  missed,
  unknown,
  missedShare: kept + missed === 0 ? null : missed / (kept + missed),
})

const answers = ['confirmed', 'another_date', 'none', 'not_reminded'] as const

export function addUp(
  groups: readonly AppointmentGroup[],
): Pick<ReminderReport, 'total' | 'types' | 'answers'> {
  const byType = [...Map.groupBy(groups, (g) => g.type)].map(
    ([type, those]): ReminderReportType => ({ type, ...sumOf(those) }),
  )
  const over = groups.filter((g) => g.over)
  return {
    total: sumOf(groups),
    types: byType.toSorted(
      (a, b) => b.appointments - a.appointments || (a.type ?? '').localeCompare(b.type ?? ''),
    ),
    answers: answers.map((answer): ReminderReportAnswer => {
      const those = over.filter((g) => g.answer === answer)
      return { answer, appointments: count(those), ...attendance(outcomes(those)) }
    }),
  }
}

const count = (groups: readonly AppointmentGroup[]): number =>
  groups.reduce((sum, g) => sum + g.appointments, 0)

const outcomes = (groups: readonly AppointmentGroup[]) => {
  const of = (outcome: AppointmentGroup['outcome']) =>
    count(groups.filter((g) => g.over && g.outcome === outcome))
  return { kept: of('kept'), missed: of('missed'), unknown: of(null) }
}

function sumOf(groups: readonly AppointmentGroup[]): Omit<ReminderReportType, 'type'> {
  const answered = (answer: AppointmentGroup['answer']) => count(groups.filter((g) => g.answer === answer))
  return {
    appointments: count(groups),
    toCome: count(groups.filter((g) => !g.over)),
    // An answer is given to a reminder.
    reminded: count(groups) - answered('not_reminded'),
    reminders: groups.reduce((sum, g) => sum + g.reminders, 0),
    confirmed: answered('confirmed'),
    anotherDate: answered('another_date'),
    ...attendance(outcomes(groups)),
  }
}
