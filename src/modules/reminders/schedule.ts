/**
 * When each reminder of an appointment is due. Pure: the clock, the client's zone, quiet hours and holidays are passed
 * in. Elapsed steps count on the time line, wall-clock steps on the client's calendar; both then give way to quiet hours
 * and days off, and none ever comes when the appointment has begun.
 */
import type { AppointmentTime } from '../facts/index.ts'
import type { StepConfig } from './types.ts'

/** Whether somebody may be written to at a moment; if not, since when and until when. Null: it is never anything else. */
export type Quiet =
  | { quiet: false }
  | { quiet: true; since: Temporal.Instant | null; until: Temporal.Instant | null }

export interface Surroundings {
  now: Temporal.Instant
  /** The client's zone, else the firm's: IANA. */
  zone: string
  quietAt(moment: Temporal.Instant): Quiet
  /** Null: every day is as good as another. */
  isWorkday: ((date: Temporal.PlainDate) => boolean) | null
  /** The plan has changed, not the appointment: what has passed by then is not made up for. */
  replanned: boolean
}

export interface PlannedStep {
  step: string
  /** Null: it is not said, for the reason given. */
  dueAt: Temporal.Instant | null
  /** Why it is not at the moment that the plan names, or not at all. */
  reason: string | null
}

/** Nobody is helped by a reminder on the doorstep. */
const leastAhead = { minutes: 15 }
/** Before quiet hours begin, with room for a queue that is not empty. */
const beforeQuiet = { minutes: 30 }
/** Minutes. One that waited for the end of quiet hours and one whose moment that is would come one after the other. */
const leastApart = 15
/** What stands for the beginning of an appointment that has no time of day. */
const morning = Temporal.PlainTime.from('09:00')
/** Two weeks of days off in a row are a mistake in the calendar. */
const mostDaysOff = 14

export const reasons = {
  tooLate: 'its moment is after the appointment has begun',
  passed: 'its moment had passed when we learned of the appointment',
  passedAtOnce: 'its moment had passed: at once',
  quiet: 'moved out of quiet hours',
  dayOff: 'moved to the working day before',
  noRoom: 'quiet hours leave no moment before the appointment',
  same: 'another step falls on the same quarter of an hour',
} as const

/** @returns one for each step, in the order of the plan: planned, or left out with the reason */
export function schedule(
  steps: readonly (Pick<StepConfig, 'key' | 'before' | 'at' | 'daysBefore'> & { past: 'send' | 'skip' })[],
  appointment: AppointmentTime,
  around: Surroundings,
): PlannedStep[] {
  const starts = beginning(appointment, around.zone)
  const last = starts.subtract(leastAhead)
  const wanted = steps.map((step) => ({ step, ...momentOf(step, starts, last, around) }))
  // Of several that have passed, one makes up for all: the one nearest to the appointment.
  const passed = wanted.filter((w) => w.at !== null && isBefore(w.at, around.now))
  const nearest = passed.toSorted((a, b) => Temporal.Instant.compare(b.at!, a.at!))[0]
  const planned = wanted.map(({ step, at, reason }): PlannedStep => {
    if (at === null) return { step: step.key, dueAt: null, reason }
    if (!isBefore(at, around.now)) return { step: step.key, dueAt: at, reason }
    if (step.past === 'skip' || around.replanned || step !== nearest?.step)
      return { step: step.key, dueAt: null, reason: reasons.passed }
    const now = outOfQuiet(around.now, last, around)
    return now === null || isBefore(now.at, around.now)
      ? { step: step.key, dueAt: null, reason: reasons.noRoom }
      : { step: step.key, dueAt: now.at, reason: reasons.passedAtOnce }
  })
  return withoutDoubles(planned)
}

/** The later one in the plan says more: "tomorrow" after "in 24 hours" is one reminder too many. */
function withoutDoubles(planned: readonly PlannedStep[]): PlannedStep[] {
  const seen: Temporal.Instant[] = []
  return planned
    .toReversed()
    .map((one) => {
      if (one.dueAt === null) return one
      const { dueAt } = one
      const apart = (other: Temporal.Instant) =>
        Math.abs(dueAt.epochMilliseconds - other.epochMilliseconds) / 60_000
      if (seen.some((other) => apart(other) < leastApart))
        return { ...one, dueAt: null, reason: reasons.same }
      seen.push(dueAt)
      return one
    })
    .toReversed()
}

type Moment = { at: Temporal.Instant | null; reason: string | null }

function momentOf(
  step: Pick<StepConfig, 'before' | 'at' | 'daysBefore'>,
  starts: Temporal.Instant,
  last: Temporal.Instant,
  around: Surroundings,
): Moment {
  const named =
    step.before !== undefined
      ? starts.subtract({
          seconds: Temporal.Duration.from(step.before).total({ unit: 'seconds', relativeTo }),
        })
      : onTheClock(starts, step.at!, step.daysBefore ?? 0, around.zone)
  if (isBefore(last, named)) return { at: null, reason: reasons.tooLate }
  const worked = onWorkday(named, around)
  const open = outOfQuiet(worked.at, last, around)
  if (open === null) return { at: null, reason: reasons.noRoom }
  return { at: open.at, reason: open.moved ? reasons.quiet : worked.moved ? reasons.dayOff : null }
}

/** Days of a duration are days of 24 hours here. */
const relativeTo = Temporal.PlainDateTime.from('2026-01-01T00:00')

/**
 * A time of day that a change of clocks leaves out is an hour later, one that comes twice is the first of them
 * ("compatible", RFC 5545 §3.3.5).
 */
const onTheClock = (starts: Temporal.Instant, at: string, daysBefore: number, zone: string) =>
  starts
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .subtract({ days: daysBefore })
    .toZonedDateTime({ timeZone: zone, plainTime: at })
    .toInstant()

const beginning = ({ startsAt, allDayOn }: AppointmentTime, zone: string): Temporal.Instant =>
  allDayOn?.toZonedDateTime({ timeZone: zone, plainTime: morning }).toInstant() ?? startsAt

function onWorkday(moment: Temporal.Instant, { zone, isWorkday }: Surroundings) {
  if (isWorkday === null) return { at: moment, moved: false }
  const wall = moment.toZonedDateTimeISO(zone)
  for (let back = 0; back <= mostDaysOff; back++) {
    const date = wall.toPlainDate().subtract({ days: back })
    if (!isWorkday(date)) continue
    if (back === 0) break
    const at = date.toZonedDateTime({ timeZone: zone, plainTime: wall.toPlainTime() }).toInstant()
    return { at, moved: true }
  }
  return { at: moment, moved: false }
}

/** The next moment that is not quiet, if that is early enough and no day off; else the last one before it got quiet. */
function outOfQuiet(moment: Temporal.Instant, last: Temporal.Instant, around: Surroundings) {
  const quiet = around.quietAt(moment)
  if (!quiet.quiet) return { at: moment, moved: false }
  const { since, until } = quiet
  if (since === null || until === null) return null
  const isFree = (at: Temporal.Instant) => !around.quietAt(at).quiet
  const works = (at: Temporal.Instant) =>
    around.isWorkday === null || around.isWorkday(at.toZonedDateTimeISO(around.zone).toPlainDate())
  if (!isBefore(last, until) && works(until)) return { at: until, moved: true }
  const earlier = [since.subtract(beforeQuiet), since.subtract({ minutes: 1 })].find(isFree)
  if (earlier !== undefined) return { at: earlier, moved: true }
  // No room before it either: a day off is better than nothing.
  return isBefore(last, until) ? null : { at: until, moved: true }
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0
