/** Reports: what reminders came to, and who came. */
import { z } from 'zod'
import { id, instant, pageOf } from './common.ts'

const count = z.number().int()
const date = z.iso.date()

const attendance = {
  /** Of appointments that are over. `unknown`: nobody said, which is not the same as kept. */
  kept: count,
  missed: count,
  unknown: count,
  /** Missed of those that are known, 0 to 1; null: of none is it known. */
  missedShare: z.number().nullable(),
}

export const reminderReportType = z.strictObject({
  /** As the case management system names it; null: it names none. */
  type: z.string().nullable(),
  appointments: count,
  toCome: count,
  /** Of how many appointments the client was reminded, and by how many reminders that left. */
  reminded: count,
  reminders: count,
  confirmed: count,
  anotherDate: count,
  ...attendance,
})
export type ReminderReportType = z.infer<typeof reminderReportType>

/** What the client said, or did not, before appointments that are over. */
export const reminderReportAnswer = z.strictObject({
  answer: z.enum(['confirmed', 'another_date', 'none', 'not_reminded']),
  appointments: count,
  ...attendance,
})
export type ReminderReportAnswer = z.infer<typeof reminderReportAnswer>

export const reminderReportStep = z.strictObject({
  plan: z.string(),
  step: z.string(),
  template: z.string(),
  /** Reminders that left, also of dates that have moved since. */
  reminders: count,
  /** By an answer to this very reminder, which still counts. */
  confirmed: count,
  anotherDate: count,
  ...attendance,
})
export type ReminderReportStep = z.infer<typeof reminderReportStep>

export const reminderReport = z
  .strictObject({
    /** Days on which the appointments begin, both included, as the firm's calendar shows them. */
    from: date,
    to: date,
    zone: z.string(),
    at: instant,
    total: reminderReportType.omit({ type: true }),
    types: z.array(reminderReportType),
    answers: z.array(reminderReportAnswer),
    steps: z.array(reminderReportStep),
  })
  .meta({ id: 'ReminderReport' })
export type ReminderReport = z.infer<typeof reminderReport>

export const attendanceOutcome = z.enum(['kept', 'missed', 'unknown'])
export type AttendanceOutcome = z.infer<typeof attendanceOutcome>

/** An appointment of a reminder plan that is over. */
export const pastAppointment = z
  .strictObject({
    id,
    externalId: z.string(),
    connection: z.string(),
    matterId: id,
    matter: z.string().nullable(),
    client: z.string().nullable(),
    summary: z.string().nullable(),
    type: z.string().nullable(),
    startsAt: instant,
    answer: z.enum(['confirmed', 'another_date']).nullable(),
    outcome: attendanceOutcome,
    /** `cms`, or who said it; null: nobody did. */
    saidBy: z.string().nullable(),
  })
  .meta({ id: 'PastAppointment' })
export type PastAppointment = z.infer<typeof pastAppointment>
export const pastAppointments = pageOf(pastAppointment, 'PastAppointments')

export const attendanceRequest = z
  .strictObject({
    /** `unknown` takes back what a person said. */
    outcome: attendanceOutcome,
  })
  .meta({ id: 'AttendanceRequest' })
export const attendanceResult = z
  .strictObject({ id, startsAt: instant, outcome: attendanceOutcome })
  .meta({ id: 'AttendanceResult' })
