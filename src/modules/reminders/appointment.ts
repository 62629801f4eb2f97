/** What a plan needs to know of an appointment, read from its fact. */
import { parseInstant } from '../../kernel/index.ts'
import type { AppointmentTime } from './schedule.ts'

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

const moment = { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' } as const
const clock = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const

/**
 * An appointment as staff read of it: `Motion hearing, Fri, Oct 18, 2030, 5:00 PM EDT`.
 *
 * @param startsAt when what is spoken of begins, which its fact may say otherwise by now
 * @param zone the firm's
 */
export function appointmentWords(
  data: Record<string, unknown>,
  startsAt: Temporal.Instant,
  zone: string,
): string {
  const summary = typeof data.summary === 'string' ? data.summary.trim() : ''
  const time = timeOf(data, zone)
  const day = time?.allDayOn && Temporal.Instant.compare(time.startsAt, startsAt) === 0 ? time.allDayOn : null
  const when = day
    ? day.toLocaleString('en-US', moment)
    : startsAt.toLocaleString('en-US', { ...moment, ...clock, timeZone: zone })
  // Node writes a narrow no-break space before PM, which no terminal and no CMS needs.
  return `${summary === '' ? 'an appointment' : summary}, ${when.replaceAll('\u202f', ' ')}`
}

function plainDate(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return null
  }
}
