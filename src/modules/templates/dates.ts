/** Moments and days in a client's words. One formatter per locale and style is made and kept. */
import { parseInstant } from '../../kernel/time.ts'

/** A moment, with the offset it was written in when it has one of its own; or a whole day, which no zone shifts. */
type When = { instant: Temporal.Instant; offset: number | null } | { day: Temporal.PlainDate }

/**
 * @returns null for what is no date; times without an offset are none, since nobody knows whose time it is
 */
export function readWhen(value: unknown): When | null {
  if (value instanceof Temporal.Instant) return { instant: value, offset: null }
  if (value instanceof Temporal.ZonedDateTime) {
    return { instant: value.toInstant(), offset: value.offsetNanoseconds / 60e9 }
  }
  if (value instanceof Temporal.PlainDate) return { day: value }
  if (typeof value !== 'string') return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    try {
      return { day: Temporal.PlainDate.from(value) }
    } catch {
      return null
    }
  }
  const instant = parseInstant(value)
  return instant === null ? null : { instant, offset: writtenOffset(value) }
}

/** Z says the moment and nothing about whose clock was meant (RFC 9557 §2.2); systems that write +00:00 mean the same. */
function writtenOffset(text: string): number | null {
  const match = /([+-])(\d{2}):?(\d{2})?\s*$/.exec(text)
  if (match === null) return null
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  if (minutes === 0) return null
  return match[1] === '-' ? -minutes : minutes
}

const styles = {
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  weekday: { weekday: 'long' },
  time: { hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>
export type DateStyle = keyof typeof styles

// What is kept must have an end, as locales and zones come from outside; firms use a few.
const mostKept = 1_000
const dateFormats = new Map<string, Intl.DateTimeFormat>()
const moneyFormats = new Map<string, Intl.NumberFormat>()
const listFormats = new Map<string, Intl.ListFormat>()
const zoneNames = new Map<string, string>()

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    if (map.size >= mostKept) map.delete(map.keys().next().value!)
    map.set(key, value)
  }
  return value
}

// Typographic spaces (CLDR puts U+202F before PM) would turn a whole SMS into UCS-2.
const plainSpaces = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ')

/** Formats a wall clock as if it were in UTC: a formatter takes 30 KB, and there are 600 zones. */
function formatWall(wallMilliseconds: number, style: DateStyle, locale: string): string {
  const make = () => new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: 'UTC' })
  return plainSpaces(kept(dateFormats, `${locale} ${style}`, make).format(wallMilliseconds))
}

/**
 * @param locale BCP 47; RangeError for what is none
 * @param zone IANA name, already known to be one
 */
export function formatMoment(
  instant: Temporal.Instant,
  style: DateStyle,
  locale: string,
  zone: string,
): string {
  return formatWall(instant.epochMilliseconds + offsetOf(instant, zone) * 60_000, style, locale)
}

export function formatDay(day: Temporal.PlainDate, style: DateStyle, locale: string): string {
  return formatWall(day.toZonedDateTime('UTC').epochMilliseconds, style, locale)
}

/** Minutes east of UTC at that moment. */
export const offsetOf = (instant: Temporal.Instant, zone: string): number =>
  instant.toZonedDateTimeISO(zone).offsetNanoseconds / 60e9

/** What people call the zone at that moment: PDT. */
export function zoneName(instant: Temporal.Instant, locale: string, zone: string): string {
  return kept(zoneNames, `${locale} ${zone} ${offsetOf(instant, zone)}`, () => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' })
    const parts = format.formatToParts(instant.epochMilliseconds)
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
  })
}

/** @param amount decimal digits, since doubles can't hold every sum of cents */
export function formatMoney(amount: `${number}`, currency: string, locale: string): string {
  const make = () => new Intl.NumberFormat(locale, { style: 'currency', currency })
  return plainSpaces(kept(moneyFormats, `${locale} ${currency}`, make).format(amount))
}

export function formatList(items: readonly string[], locale: string): string {
  return kept(listFormats, locale, () => new Intl.ListFormat(locale, { type: 'conjunction' })).format(items)
}
