/** When what need not be said at once is said: the end of a digest's window. Pure. */
import { type ClientWishes, type DigestConfig, days } from './types.ts'

/**
 * @param zone the client's, else the firm's: IANA
 * @returns when a digest ends that is opened now; null: this client wants each thing at once
 */
export function windowEnd(
  digest: DigestConfig,
  wishes: ClientWishes | null,
  now: Temporal.Instant,
  zone: string,
): Temporal.Instant | null {
  const wished = wishes?.updates
  if (wished === 'at_once') return null
  if (wished === 'daily' || (wished === undefined && digest.window === 'daily'))
    return nextDaily(digest.daily, now, zone)
  if (wished === 'weekly' || (wished === undefined && digest.window === 'weekly'))
    return nextWeekly(digest.weekly, now, zone)
  // A day of a duration is one of 24 hours.
  return now.add({
    seconds: Temporal.Duration.from(digest.window).total({ unit: 'seconds', relativeTo: '2026-01-01' }),
  })
}

/** Today at that time of day if it is still to come, else tomorrow. @param zone IANA */
export function nextDaily(at: string, now: Temporal.Instant, zone: string): Temporal.Instant {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  return firstAfter(now, [today, today.add({ days: 1 })], at, zone)
}

function nextWeekly(
  { day, at }: DigestConfig['weekly'],
  now: Temporal.Instant,
  zone: string,
): Temporal.Instant {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const ahead = (days.indexOf(day) + 1 - today.dayOfWeek + 7) % 7
  return firstAfter(now, [today.add({ days: ahead }), today.add({ days: ahead + 7 })], at, zone)
}

function firstAfter(
  now: Temporal.Instant,
  [first, second]: [Temporal.PlainDate, Temporal.PlainDate],
  at: string,
  zone: string,
): Temporal.Instant {
  const on = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: zone, plainTime: at }).toInstant()
  const soon = on(first)
  return Temporal.Instant.compare(soon, now) > 0 ? soon : on(second)
}
