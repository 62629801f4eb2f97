/** Times and zones as they come from outside. Pure: the clock is passed in. */

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
