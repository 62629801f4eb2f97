/** Reminder plans: which appointments a client is reminded of, when, and by what words. `reminders.yaml`. */
import { z } from 'zod'
import { type Audience, audiences, channels, urgencies } from '../../kernel/index.ts'
import { duration } from '../firms/index.ts'

const key = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'is not a key: small letters, digits and dashes')
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day, such as 18:00')
const whenPast = z.enum(['send', 'skip'])

const audience = z.enum(audiences)
/** What is said of a change, to the client and to whoever else was reminded. */
const change = z.strictObject({
  template: z.string(),
  participants: z.string().optional(),
  attorney: z.string().optional(),
})

/** One reminder of a plan: so long before, or at a time of day in the client's zone. */
const step = z
  .strictObject({
    key,
    /** Elapsed time: `PT48H` is 48 hours on every clock, also over a change of clocks. */
    before: duration.optional(),
    /** Wall time in the client's zone, on the day of the appointment or so many days before. */
    at: wallTime.optional(),
    daysBefore: z.int().min(0).max(120).optional(),
    /** Where its moment has passed already when we learn of the appointment; else as the plan says. */
    past: whenPast.optional(),
    /** Other words than the plan's. */
    template: z.string().optional(),
    channels: z.array(z.enum(channels)).min(1).optional(),
    /** Whom it is for; else as the plan says. */
    audience: audience.optional(),
    /** Whether it is said to who has confirmed the appointment already. */
    whenConfirmed: z.enum(['send', 'skip']).default('send'),
  })
  .refine((s) => (s.before === undefined) !== (s.at === undefined), {
    error: 'needs either before (such as PT48H) or at (such as 18:00, with daysBefore)',
  })
  .refine((s) => s.at !== undefined || s.daysBefore === undefined, {
    path: ['daysBefore'],
    error: 'goes with at, not with before',
  })

export const planConfig = z
  .strictObject({
    key,
    describe: z.string().optional(),
    /** CEL over appointment, matter and client. */
    when: z.string(),
    /** Where several plans hold, the one with the lowest is the appointment's; of equals the first by its key. */
    order: z.int().min(0).max(1000).default(100),
    template: z.string(),
    channels: z.array(z.enum(channels)).min(1).default(['sms', 'email']),
    audience: audience.default('client'),
    urgency: z.enum(urgencies).default('normal'),
    /** Its mails carry an invitation for the client's calendar, those of `moved` and `cancelled` too. */
    calendar: z.boolean().default(false),
    steps: z
      .array(step)
      .min(1)
      .max(12)
      .refine((steps) => new Set(steps.map((s) => s.key)).size === steps.length, {
        error: 'has two steps of one key',
      }),
    past: whenPast.default('skip'),
    /** Reminders that would fall on a weekend or holiday go on the working day before. */
    businessDays: z
      .strictObject({
        /** ISO 3166-1, and a state or region of it as the holiday calendar names it (`NY`). */
        country: z.string().regex(/^[A-Z]{2}$/, 'is not a country code, such as US'),
        state: z.string().optional(),
      })
      .optional(),
    /** The CMS can't be asked whether it is still true: send what is known, or hold it and alert. */
    unreadable: z.enum(['send', 'hold']).default('hold'),
    /** Said when a date moves of which someone was reminded; absent: a rule does it, or nobody. */
    moved: change.optional(),
    cancelled: change.optional(),
    /** CEL over appointment, matter and client, as in `when`: the CMS says that the client did not come, or that they did. */
    missed: z.string().optional(),
    kept: z.string().optional(),
    /** Who is given the task when a client asks for another date, and how soon it is due. */
    reschedule: z
      .strictObject({
        assign: z.enum(['attorney', 'paralegal', 'staff']).default('staff'),
        due: duration.default('PT4H'),
      })
      .prefault({}),
  })
  .refine(
    ({ calendar, channels, steps, moved, cancelled }) =>
      !calendar ||
      steps.some((s) => (s.channels ?? channels).includes('email')) ||
      ((moved ?? cancelled) !== undefined && channels.includes('email')),
    { path: ['calendar'], error: 'goes with mails, and email is not among the channels of any step' },
  )
export type PlanConfig = z.infer<typeof planConfig>

export const audienceOf = (plan: PlanConfig, step: StepConfig): Audience => step.audience ?? plan.audience

export type StepConfig = PlanConfig['steps'][number]

export const reminderStates = ['planned', 'checking', 'said', 'skipped', 'superseded'] as const
export type ReminderState = (typeof reminderStates)[number]

/** What may follow what; drawn in docs/state-machines.md. */
export const reminderTransitions: Readonly<Record<ReminderState, readonly ReminderState[]>> = {
  planned: ['planned', 'checking', 'said', 'skipped', 'superseded'],
  checking: ['planned', 'checking', 'said', 'skipped', 'superseded'],
  said: [],
  // A changed plan may give it a moment again.
  skipped: ['planned', 'skipped', 'superseded'],
  superseded: [],
}

/** What a client says of an appointment: the last answer counts, for the edition that they were asked about. */
export type AppointmentAnswer = 'confirmed' | 'another_date'

/** Whether a client came; no such word: nobody said. */
export type Attendance = 'kept' | 'missed'

/** Steps that no plan lists: what must be said when a date changes of which someone was reminded. */
export const correction = 'moved' as const
export const cancellation = 'cancelled' as const
