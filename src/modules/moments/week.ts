/**
 * Hours of the week in which somebody may be written to, on a wall clock. Pure. By the wall clock: where clocks are set
 * past an end, quiet ends at the change; where they are set back into quiet hours, it is quiet once more.
 */
import { type Day, days } from './types.ts'

const dayMinutes = 24 * 60
const weekMinutes = 7 * dayMinutes

/** Open stretches in minutes from Monday 00:00, in order, none touching another; `to` is the first minute that is not. */
export type Week = readonly { from: number; to: number }[]

export const always: Week = [{ from: 0, to: weekMinutes }]

/** `HH:MM`, up to 24:00. @throws RangeError for any other text */
export function minutesOf(wallTime: string): number {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(wallTime)
  const minutes = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2])
  if (!(minutes <= dayMinutes)) throw new RangeError('not a time of day, such as 21:00')
  return minutes
}

interface Hours {
  /** Absent: every day. */
  days?: readonly Day[] | undefined
  from: string
  until: string
}

const startOf = (day: Day) => days.indexOf(day) * dayMinutes

/** @param allowed hours, each within one day */
export const weekOf = (allowed: readonly Hours[]): Week =>
  merged(
    allowed.flatMap(({ days: on = days, from, until }) =>
      on.map((day) => ({ from: startOf(day) + minutesOf(from), to: startOf(day) + minutesOf(until) })),
    ),
  )

/** @param quiet hours, over midnight where `from` is not before `until`; the same twice is a whole day */
export const weekWithout = (quiet: readonly Hours[]): Week =>
  complement(
    merged(
      quiet.flatMap(({ days: on = days, from, until }) =>
        on.flatMap((day) => {
          const begins = startOf(day) + minutesOf(from)
          const length = (minutesOf(until) - minutesOf(from) + dayMinutes) % dayMinutes || dayMinutes
          const ends = begins + length
          // Sunday night goes on into Monday, where the week begins anew.
          return ends <= weekMinutes
            ? [{ from: begins, to: ends }]
            : [
                { from: begins, to: weekMinutes },
                { from: 0, to: ends - weekMinutes },
              ]
        }),
      ),
    ),
  )

/** Open where both are. */
export function both(a: Week, b: Week): Week {
  const found: { from: number; to: number }[] = []
  for (const x of a)
    for (const y of b) {
      const from = Math.max(x.from, y.from)
      const to = Math.min(x.to, y.to)
      if (from < to) found.push({ from, to })
    }
  return merged(found)
}

function merged(stretches: readonly { from: number; to: number }[]): Week {
  const found: { from: number; to: number }[] = []
  for (const one of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1)
    if (last !== undefined && one.from <= last.to) last.to = Math.max(last.to, one.to)
    else if (one.from < one.to) found.push({ ...one })
  }
  return found
}

function complement(week: Week): Week {
  const edges = [0, ...week.flatMap(({ from, to }) => [from, to]), weekMinutes]
  return merged(edges.flatMap((from, i) => (i % 2 === 0 ? [{ from, to: edges[i + 1]! }] : [])))
}

/** Whether it is quiet; since and until when, as far as that has an end. */
export type QuietSpan =
  | { quiet: false }
  /** `until`: the first moment that is not quiet; null: no hour of the week is open. `open`: for how many minutes then. */
  | { quiet: true; until: Temporal.Instant | null; open: number }

/**
 * @param moment looked at
 * @param zone IANA name; throws RangeError for any other text
 */
export function lookAt(week: Week, moment: Temporal.Instant, zone: string): QuietSpan {
  let wall = moment.toZonedDateTimeISO(zone)
  if (isOpen(week, minuteOf(wall))) return { quiet: false }
  if (week.length === 0) return { quiet: true, until: null, open: 0 }
  for (;;) {
    // Where it would end if no clock were set, unless one is set before that.
    const minutes = untilOpen(week, minuteOf(wall))
    const end = floor(wall.toInstant()).add({ minutes })
    const change = wall.getTimeZoneTransition('next')?.toInstant()
    const next = change !== undefined && Temporal.Instant.compare(change, end) < 0 ? change : end
    wall = next.toZonedDateTimeISO(zone)
    const minute = minuteOf(wall)
    if (isOpen(week, minute)) return { quiet: true, until: next, open: openFor(week, minute) }
  }
}

/**
 * When the quiet began in which a moment lies; null where every hour of the week is quiet.
 *
 * @param moment one that is quiet
 */
export function quietSince(week: Week, moment: Temporal.Instant, zone: string): Temporal.Instant | null {
  if (week.length === 0) return null
  let since = floor(moment)
  for (;;) {
    const before = since.subtract({ minutes: 1 })
    const wall = before.toZonedDateTimeISO(zone)
    const minute = minuteOf(wall)
    if (isOpen(week, minute)) return since
    // Back to the last minute that is open if no clock was set, unless one was.
    const began = before.subtract({ minutes: sinceOpen(week, minute) - 1 })
    const change = wall.add({ seconds: 1 }).getTimeZoneTransition('previous')?.toInstant()
    since = change !== undefined && Temporal.Instant.compare(change, began) > 0 ? change : began
  }
}

/**
 * When it becomes quiet next; null where it never does.
 *
 * @param moment one that is not quiet
 */
export function quietNext(week: Week, moment: Temporal.Instant, zone: string): Temporal.Instant | null {
  let wall = moment.toZonedDateTimeISO(zone)
  // Open till the end of the week and from its beginning is open for good, unless a clock is set.
  for (let looks = 0; looks < 16; looks++) {
    const end = floor(wall.toInstant()).add({ minutes: openFor(week, minuteOf(wall)) })
    const change = wall.getTimeZoneTransition('next')?.toInstant()
    const next = change !== undefined && Temporal.Instant.compare(change, end) < 0 ? change : end
    wall = next.toZonedDateTimeISO(zone)
    if (!isOpen(week, minuteOf(wall))) return next
  }
  return null
}

const floor = (moment: Temporal.Instant): Temporal.Instant =>
  moment.round({ smallestUnit: 'minute', roundingMode: 'floor' })

const minuteOf = (wall: Temporal.ZonedDateTime): number =>
  (wall.dayOfWeek - 1) * dayMinutes + wall.hour * 60 + wall.minute

const isOpen = (week: Week, minute: number): boolean =>
  week.some(({ from, to }) => minute >= from && minute < to)

/** From a quiet minute to the next open one. */
const untilOpen = (week: Week, minute: number): number =>
  (week.find(({ from }) => from > minute)?.from ?? week[0]!.from + weekMinutes) - minute

/** From a quiet minute back to the last open one. */
const sinceOpen = (week: Week, minute: number): number =>
  minute - (week.findLast(({ to }) => to <= minute)?.to ?? week.at(-1)!.to - weekMinutes) + 1

/** From an open minute on; a stretch that ends with Sunday goes on where Monday begins with one. */
function openFor(week: Week, minute: number): number {
  const { to } = week.find((one) => minute >= one.from && minute < one.to)!
  const monday = week[0]!
  return to - minute + (to === weekMinutes && monday.from === 0 ? monday.to : 0)
}
