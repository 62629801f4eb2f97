/**
 * What clients should have heard of their appointments, by arithmetic of its own: nothing of src is imported here. The
 * firm is that of firm-of-reminders.ts.
 */

/** Something that the firm's people did in their diary; `start` null: it is off. */
export interface Act {
  at: Temporal.Instant
  start: Temporal.Instant | null
}

export interface Story {
  summary: string
  phone: string
  zone: string
  /** In order, the first of which books it. */
  acts: readonly Act[]
}

export interface Expected {
  phone: string
  text: string
  at: Temporal.Instant
}

type Step = 'day-before' | 'evening-before' | 'two-hours' | 'moved' | 'cancelled'

interface Said {
  step: Step
  /** The appointment's beginning, as it was believed to be. */
  start: Temporal.Instant
  at: Temporal.Instant
}

const home = 'America/New_York'
const is = (a: Temporal.Instant, sign: '<' | '<=' | '>', b: Temporal.Instant): boolean => {
  const order = Temporal.Instant.compare(a, b)
  return sign === '<' ? order < 0 : sign === '<=' ? order <= 0 : order > 0
}

export function expectedOf(story: Story): Expected[] {
  const said: Said[] = []
  for (const [index, { at: from, start }] of story.acts.entries()) {
    const next = story.acts[index + 1]?.at ?? null
    const mayStill = (moment: Temporal.Instant) => next === null || is(moment, '<', next)
    const last = said.at(-1)
    const before = said.length
    if (start !== null && is(start, '>', from))
      for (const [step, at] of stepsOf(start, story.zone, from))
        if (mayStill(at)) said.push({ step, start, at })
    // Somebody was told of a date that is not true any more and that has not been yet.
    if (last === undefined || !is(last.start, '>', from)) continue
    const settled = from.add({ minutes: 2 })
    // A reminder that was made up for at once has told the new date by then.
    if (said.slice(before).some((one) => is(one.at, '<=', settled))) continue
    const at = awake(settled, story.zone)
    const correction: Said | null =
      start === null
        ? { step: 'cancelled', start: story.acts[index - 1]!.start!, at }
        : is(start, '>', from) && Temporal.Instant.compare(start, last.start) !== 0
          ? { step: 'moved', start, at }
          : null
    if (correction !== null && mayStill(at)) said.splice(before, 0, correction)
  }
  return said.map(({ step, start, at }) => ({
    phone: story.phone,
    text: `${step}: ${story.summary} on ${wordsOf(start, story.zone)}.`,
    at,
  }))
}

/** When each step is said that is, for an appointment that is known from this moment on. */
function stepsOf(start: Temporal.Instant, zone: string, from: Temporal.Instant): [Step, Temporal.Instant][] {
  const latest = start.subtract({ minutes: 15 })
  const day = start.toZonedDateTimeISO(zone).toPlainDate()
  const evening = day
    .subtract({ days: 1 })
    .toZonedDateTime({ timeZone: zone, plainTime: '18:00' })
    .toInstant()
  const named: [Step, Temporal.Instant][] = [
    ['day-before', start.subtract({ hours: 24 })],
    ['evening-before', evening],
    ['two-hours', start.subtract({ hours: 2 })],
  ]
  const wanted = named.flatMap(([step, moment]): [Step, Temporal.Instant][] => {
    const at = aroundSleep(moment, latest, zone)
    return at === null || is(latest, '<', moment) ? [] : [[step, at]]
  })
  const passed = wanted.filter(([, at]) => is(at, '<', from))
  const newest = passed.reduce<Temporal.Instant | null>(
    (best, [, at]) => (best === null || is(best, '<', at) ? at : best),
    null,
  )
  const kept = wanted.flatMap(([step, at]): [Step, Temporal.Instant][] => {
    if (!is(at, '<', from)) return [[step, at]]
    // Of those that have passed the nearest makes up for all, if it is the one that may.
    const first = passed.find(([, other]) => Temporal.Instant.compare(other, newest!) === 0)![0]
    if (step !== 'evening-before' || first !== step) return []
    const now = aroundSleep(from, latest, zone)
    return now === null || is(now, '<', from) ? [] : [[step, now]]
  })
  // Two of one quarter of an hour are one: the later of the plan.
  const said: [Step, Temporal.Instant][] = []
  for (const one of kept.toReversed())
    if (!said.some(([, other]) => Math.abs(one[1].until(other).total('minutes')) < 15)) said.unshift(one)
  return said
}

const asleep = (moment: Temporal.Instant, zone: string): boolean => {
  const { hour } = moment.toZonedDateTimeISO(zone)
  return hour >= 21 || hour < 8
}

/** The morning after, or the moment itself of who is awake. */
function awake(moment: Temporal.Instant, zone: string): Temporal.Instant {
  if (!asleep(moment, zone)) return moment
  const wall = moment.toZonedDateTimeISO(zone)
  const morning = wall.hour >= 21 ? wall.toPlainDate().add({ days: 1 }) : wall.toPlainDate()
  return morning.toZonedDateTime({ timeZone: zone, plainTime: '08:00' }).toInstant()
}

/** In the morning where that is early enough, else half an hour before they go to bed. */
function aroundSleep(
  moment: Temporal.Instant,
  latest: Temporal.Instant,
  zone: string,
): Temporal.Instant | null {
  if (!asleep(moment, zone)) return moment
  const morning = awake(moment, zone)
  if (is(morning, '<=', latest)) return morning
  return morning
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .subtract({ days: 1 })
    .toZonedDateTime({ timeZone: zone, plainTime: '20:30' })
    .toInstant()
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = { 10: 'October', 11: 'November' } as Record<number, string>

/** `Friday, November 1, 2030 at 2:00 PM`, and whose time it is where the firm's clock shows another. */
function wordsOf(start: Temporal.Instant, zone: string): string {
  const wall = start.toZonedDateTimeISO(zone)
  const minute = String(wall.minute).padStart(2, '0')
  const clock = `${wall.hour % 12 || 12}:${minute} ${wall.hour < 12 ? 'AM' : 'PM'}`
  const own = wall.offset === start.toZonedDateTimeISO(home).offset ? '' : ` ${nameOf(start, zone)}`
  return `${weekdays[wall.dayOfWeek - 1]}, ${months[wall.month]} ${wall.day}, ${wall.year} at ${clock}${own}`
}

const nameOf = (start: Temporal.Instant, zone: string): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(start.epochMilliseconds)
    .find((part) => part.type === 'timeZoneName')!.value

/** @returns whether a client would be woken by it */
export const wakes = (at: Temporal.Instant, zone: string): boolean => asleep(at, zone)
