/**
 * Dates as the old system writes them: `10/15/2026 2:30 PM`, by the wall clock of an office that it never names. On
 * the night when clocks are set back an hour comes twice and looks the same both times; that is how such systems are.
 */

/** `10/15/2026 2:30 PM`. */
export function wallTime(ms: number, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone)
  const hour = at.hour % 12 === 0 ? 12 : at.hour % 12
  const minute = String(at.minute).padStart(2, '0')
  return `${wallDate(ms, zone)} ${hour}:${minute} ${at.hour < 12 ? 'AM' : 'PM'}`
}

/** `10/15/2026`. */
export function wallDate(ms: number, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone)
  return `${at.month}/${at.day}/${at.year}`
}

const shape = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*([AP]M))?$/i

/**
 * A number by which two wall times can be put in order: minutes, as if every day had 24 hours.
 *
 * @returns undefined when the text is no date of this system
 */
export function wallOrder(text: string): number | undefined {
  const match = shape.exec(text.trim())
  if (match === null) return undefined
  const [month, day, year] = match.slice(1, 4).map(Number)
  const hour = match[4] === undefined ? 0 : (Number(match[4]) % 12) + (/pm/i.test(match[6] ?? '') ? 12 : 0)
  const ms = Date.UTC(year!, month! - 1, day!, hour, Number(match[5] ?? 0))
  const back = new Date(ms)
  const real = back.getUTCMonth() === month! - 1 && back.getUTCDate() === day
  return real && hour < 24 ? ms / 60_000 : undefined
}
