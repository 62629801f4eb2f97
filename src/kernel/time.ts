/** Times as they come from outside, and the hours in which people are left alone. Pure: the clock is passed in. */

// RFC 3339 §5.6 with what real systems do to it: a space for the T, an offset without colon, small letters.
const withOffset = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)? ?([Zz]|[+-]\d{2}(:?\d{2})?)$/

/**
 * Reads an instant leniently, at a border.
 *
 * @param text ISO 8601 date and time that says its offset: `2026-10-15T14:30:00-04:00`, `2026-10-15 18:30:00Z`
 * @returns null for anything else; a time without an offset is no instant, since nobody knows whose time it is
 */
export function parseInstant(text: unknown): Temporal.Instant | null {
  if (typeof text !== 'string') return null
  const trimmed = text.trim()
  if (!withOffset.test(trimmed)) return null
  try {
    return Temporal.Instant.from(trimmed.replace(/ (?=[Zz+-])/, '').replace(' ', 'T'))
  } catch {
    return null
  }
}

// Names come from outside, so what is remembered must have an end; there are fewer than 600 real zones.
const zones = new Map<string, boolean>()

/** @returns whether this runtime knows the text as an IANA zone; bare offsets such as `-05:00` are not zones */
export function isZone(text: string): boolean {
  const known = zones.get(text)
  if (known !== undefined) return known
  if (zones.size >= 2000) zones.clear()
  const zone = /^[A-Za-z]/.test(text) && text.length <= 64 && understands(text)
  zones.set(text, zone)
  return zone
}

function understands(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Wall times `HH:MM`; `from` is quiet, `until` is not any more. May go over midnight. The same twice: never quiet. */
export interface QuietHours {
  from: string
  until: string
}

/**
 * Whether it is quiet in a zone, and till when. By the wall clock: where clocks are set past the end, quiet ends
 * at the change; where they are set back into the hours, it is quiet once more.
 *
 * @param zone IANA name; throws RangeError for any other text
 * @returns `until` is the first instant that is not quiet
 */
export function inQuietHours(
  now: Temporal.Instant,
  zone: string,
  hours: QuietHours,
): { quiet: false } | { quiet: true; until: Temporal.Instant } {
  const from = minutesOfDay(hours.from)
  const until = minutesOfDay(hours.until)
  const quietAt = (minute: number) =>
    from <= until ? minute >= from && minute < until : minute >= from || minute < until

  let wall = now.toZonedDateTimeISO(zone)
  if (!quietAt(wall.hour * 60 + wall.minute)) return { quiet: false }
  for (;;) {
    // Where the hours would end if no clock were set, unless one is set before that.
    const minutes = (until - (wall.hour * 60 + wall.minute) + 1440) % 1440
    const end = wall.round({ smallestUnit: 'minute', roundingMode: 'floor' }).toInstant().add({ minutes })
    const change = wall.getTimeZoneTransition('next')?.toInstant()
    const next = change !== undefined && Temporal.Instant.compare(change, end) < 0 ? change : end
    wall = next.toZonedDateTimeISO(zone)
    if (!quietAt(wall.hour * 60 + wall.minute)) return { quiet: true, until: next }
  }
}

/**
 * When the quiet hours began in which a moment lies; the moment itself where it lies in none.
 *
 * @param zone IANA name
 */
export function quietSince(moment: Temporal.Instant, zone: string, hours: QuietHours): Temporal.Instant {
  if (!inQuietHours(moment, zone, hours).quiet) return moment
  const wall = moment.toZonedDateTimeISO(zone)
  const today = wall.toPlainDate()
  const began = [today, today.subtract({ days: 1 })]
    .map((date) => date.toZonedDateTime({ timeZone: zone, plainTime: hours.from }).toInstant())
    .find((at) => Temporal.Instant.compare(at, moment) <= 0)
  let since = began ?? moment
  // Where clocks were set back into the hours, they had begun before.
  for (let back = 0; back < 24 * 60; back++) {
    const earlier = since.subtract({ minutes: 1 })
    if (!inQuietHours(earlier, zone, hours).quiet) break
    since = earlier
  }
  return since
}

function minutesOfDay(wallTime: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(wallTime)
  if (match === null) throw new RangeError('not a time of day, such as 21:00')
  return Number(match[1]) * 60 + Number(match[2])
}
