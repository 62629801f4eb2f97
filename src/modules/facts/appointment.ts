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
  // The day as it was written, in whatever offset that was.
  return { startsAt, allDayOn: allDay === true ? plainDate(start.slice(0, 10)) : null }
}

/** Where nobody said how long it takes. */
const usualLength = { hours: 1 }

/**
 * @param data of the fact: as for `timeOf`, and `end_at`; one that is missing, unreadable or not after the start is
 *   taken for an hour later, or for the end of the day
 * @param zone as for `timeOf`
 * @returns null when it tells no time
 */
export function spanOf(data: Record<string, unknown>, zone: string): AppointmentSpan | null {
  const time = timeOf(data, zone)
  if (time === null) return null
  const end = typeof data.end_at === 'string' ? data.end_at : ''
  if (time.allDayOn !== null) {
    const last = lastDayEnd(end)
    const next = time.allDayOn.add({ days: 1 })
    const until = last !== null && Temporal.PlainDate.compare(last, next) > 0 ? last : next
    return { kind: 'days', from: time.allDayOn, until }
  }
  const told = parseInstant(end)
  const from = time.startsAt
  const until = told !== null && Temporal.Instant.compare(told, from) > 0 ? told : from.add(usualLength)
  return { kind: 'timed', from, until }
}

/** A day that is named alone, or by its midnight, is the first that is not of it any more (RFC 5545 §3.6.1, DTEND). */
function lastDayEnd(end: string): Temporal.PlainDate | null {
  const date = plainDate(end.slice(0, 10))
  if (date === null) return null
  return dateOnly.test(end) || /^.{10}[Tt ]00:00(:00(\.0+)?)?/.test(end) ? date : date.add({ days: 1 })
}

function plainDate(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return null
  }
}
