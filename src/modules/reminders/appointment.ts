/** An appointment as staff read of it. Pure. */
import { timeOf } from '../facts/index.ts'

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
