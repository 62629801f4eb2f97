/** What an appointment's fact tells of its time. Connections deliver it as they find it; here it is understood. */
import { parseInstant } from '../../kernel/index.ts'

export interface AppointmentTime {
  startsAt: Temporal.Instant
  /** Of a whole day: which, as its own zone's calendar shows it. Its beginning is that day's morning, at the client's. */
  allDayOn: Temporal.PlainDate | null
}

/** From when to when, as a calendar shows it; a whole day ends on the day after, which is not of it any more. */
export type AppointmentSpan =
  | { kind: 'timed'; from: Temporal.Instant; until: Temporal.Instant }
  | { kind: 'days'; from: Temporal.PlainDate; until: Temporal.PlainDate }

const dateOnly = /^\d{4}-\d{2}-\d{2}$/

/**
 * @param data of the fact: `start_at` (RFC 3339, or a date alone), `all_day`
 * @param zone for a date without a time: where the firm is
 * @returns null when it tells no time that can be understood: then nobody can be reminded of it
 */
export function timeOf(data: Record<string, unknown>, zone: string): AppointmentTime | null {
  const { start_at: start, all_day: allDay } = data
  if (typeof start !== 'string') return null
  if (dateOnly.test(start)) {
    const date = plainDate(start)
    return date && { startsAt: date.toZonedDateTime({ timeZone: zone }).toInstant(), allDayOn: date }
  }
  const startsAt = parseInstant(start)
  if (startsAt === null) return null
  return { startsAt, allDayOn: allDay === true ? dayOf(start.trim(), startsAt, zone) : null }
}

/** The day as it was written, in whatever offset that was; but some write all times in UTC, the firm's midnight too. */
function dayOf(written: string, startsAt: Temporal.Instant, zone: string): Temporal.PlainDate | null {
  const here = startsAt.toZonedDateTimeISO(zone)
  const isMidnight = /^.{10}[Tt ]00:00/.test(written)
  return !isMidnight && here.equals(here.startOfDay()) ? here.toPlainDate() : plainDate(written.slice(0, 10))
}

/** Where nobody said how long it takes. */
const usualLength = { hours: 1 }

/**
 * @param data of the fact: as for `timeOf`, and `end_at`; one that is missing, unreadable or not after the start is
 *   taken for an hour later, or for the end of the day
 * @param zone as for `timeOf`
 * @returns null when it tells no time, or one that no calendar holds
 */
export function spanOf(data: Record<string, unknown>, zone: string): AppointmentSpan | null {
  const time = timeOf(data, zone)
  if (time === null) return null
  const { startsAt, allDayOn } = time
  const end = typeof data.end_at === 'string' ? data.end_at.trim() : ''
  const endsAt = parseInstant(end)
  const told = endsAt !== null && fits(dateOf(endsAt)) ? endsAt : null
  if (!fits(allDayOn ?? dateOf(startsAt))) return null
  if (allDayOn !== null) {
    const until = allDayOn.add({ days: told ? daysBetween(startsAt, told) : 1 })
    const named = dateOnly.test(end) ? plainDate(end) : null
    const last = named !== null && Temporal.PlainDate.compare(named, until) > 0 ? named : until
    return fits(last) ? { kind: 'days', from: allDayOn, until: last } : null
  }
  const until = told && Temporal.Instant.compare(told, startsAt) > 0 ? told : startsAt.add(usualLength)
  return fits(dateOf(until)) ? { kind: 'timed', from: startsAt, until } : null
}

/**
 * A day that is named alone, or by its midnight, is the first that is not of it any more (RFC 5545 §3.6.1, DTEND). Counted
 * by hours, in whatever offset they were written: a day may have 23 or 25, and the last may end a minute early.
 */
const daysBetween = (from: Temporal.Instant, until: Temporal.Instant): number =>
  Math.max(1, Math.round(from.until(until).total('hours') / 24))

const dateOf = (moment: Temporal.Instant): Temporal.PlainDate =>
  moment.toZonedDateTimeISO('UTC').toPlainDate()

/** A calendar's years have four digits (RFC 5545 §3.3.4). */
const fits = ({ year }: Temporal.PlainDate): boolean => year >= 1 && year <= 9999

function plainDate(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return null
  }
}
