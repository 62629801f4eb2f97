/**
 * Dates of a system that writes `10/15/2026 2:30 PM` and never says whose clock it means. The connection says which
 * zone, and what is done with an hour that comes twice or not at all. Pure.
 */

/** Patterns of `YYYY MM M DD D HH H hh h mm ss A`, everything else standing for itself. */
export type DatePattern = string

export interface DateRules {
  zone: string
  /** The first one that fits is taken; the first one of all is what we ask with. */
  patterns: readonly DatePattern[]
  /** Which of the two, where clocks were set back. A time that was skipped is moved on by what was skipped. */
  ambiguous: 'earlier' | 'later'
  /** Dates that mean "none", `1900-01-01`. */
  never: readonly string[]
}

export type ReadDate =
  | { ok: true; instant: Temporal.Instant; dateOnly: boolean; doubt: 'twice' | 'skipped' | null }
  /** Blank, or one of the dates that mean nothing. */
  | { ok: true; instant: null }
  | { ok: false }

const nothing: ReadDate = { ok: true, instant: null }

const digits: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{1,2})',
  h: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  A: '(?<half>[AaPp])\\.?[Mm]\\.?',
}
const tokens = /YYYY|MM|M|DD|D|HH|H|hh|h|mm|ss|A/g

const compiled = new Map<DatePattern, RegExp>()

/** @returns null when the pattern lacks a year, month or day, or names a part twice */
export function compilePattern(pattern: DatePattern): RegExp | null {
  const known = compiled.get(pattern)
  if (known) return known
  const names = [...pattern.matchAll(tokens)].map(([token]) => digits[token]?.match(/<(\w+)>/)?.[1] ?? '')
  if (new Set(names).size < names.length) return null
  if (!['year', 'month', 'day'].every((name) => names.includes(name))) return null
  const source = pattern
    .split(/(YYYY|MM|M|DD|D|HH|H|hh|h|mm|ss|A)/)
    .map((part) => digits[part] ?? part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+'))
    .join('')
    // Some write 2:30PM.
    .replace('\\s+(?<half>', '\\s*(?<half>')
  const regex = new RegExp(`^${source}$`)
  if (compiled.size > 200) compiled.clear()
  compiled.set(pattern, regex)
  return regex
}

/** @param text as the system has it */
export function readDate(text: string | null, rules: DateRules): ReadDate {
  const typed = text?.trim() ?? ''
  if (typed === '' || typed.length > 40) return typed === '' ? nothing : { ok: false }
  for (const pattern of rules.patterns) {
    const wall = wallOf(compilePattern(pattern)?.exec(typed)?.groups)
    if (wall === null) continue
    if (rules.never.includes(wall.at.toPlainDate().toString())) return nothing
    return { ok: true, ...place(wall.at, rules), dateOnly: wall.dateOnly }
  }
  return { ok: false }
}

function wallOf(
  parts: Record<string, string | undefined> | undefined,
): { at: Temporal.PlainDateTime; dateOnly: boolean } | null {
  if (parts === undefined) return null
  const { half } = parts
  const told = parts.hour === undefined ? 0 : Number(parts.hour)
  if (half !== undefined && (told < 1 || told > 12)) return null
  const hour = half === undefined ? told : (told % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  try {
    const at = Temporal.PlainDateTime.from(
      {
        year: Number(parts.year),
        month: Number(parts.month),
        day: Number(parts.day),
        hour,
        minute: Number(parts.minute ?? 0),
        second: Number(parts.second ?? 0),
      },
      { overflow: 'reject' },
    )
    return { at, dateOnly: parts.hour === undefined }
  } catch {
    return null
  }
}

function place(
  at: Temporal.PlainDateTime,
  { zone, ambiguous }: DateRules,
): { instant: Temporal.Instant; doubt: 'twice' | 'skipped' | null } {
  const earlier = at.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = at.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.equals(later)) return { instant: earlier.toInstant(), doubt: null }
  // Of a skipped time, "later" is the same so much after the change as it was meant to be after it began (RFC 5545).
  if (!earlier.toPlainDateTime().equals(at)) return { instant: later.toInstant(), doubt: 'skipped' }
  return { instant: (ambiguous === 'later' ? later : earlier).toInstant(), doubt: 'twice' }
}

/** The same instant as the system would write it. */
export function writeDate(instant: Temporal.Instant, pattern: DatePattern, zone: string): string {
  return writeWall(instant.toZonedDateTimeISO(zone).toPlainDateTime(), pattern)
}

function writeWall(at: Temporal.PlainDateTime, pattern: DatePattern): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  const twelve = at.hour % 12 === 0 ? 12 : at.hour % 12
  const parts: Readonly<Record<string, string>> = {
    YYYY: String(at.year).padStart(4, '0'),
    MM: two(at.month),
    M: String(at.month),
    DD: two(at.day),
    D: String(at.day),
    HH: two(at.hour),
    H: String(at.hour),
    hh: two(twelve),
    h: String(twelve),
    mm: two(at.minute),
    ss: two(at.second),
    A: at.hour < 12 ? 'AM' : 'PM',
  }
  return pattern.replace(tokens, (token) => parts[token] ?? token)
}

/**
 * The earliest wall time that anything after an instant can bear: what is asked for "changed since", of a system that
 * compares what is written. Where clocks are about to be set back, that is earlier than what the wall shows now.
 */
export function askSince(since: Temporal.Instant, { patterns, zone }: DateRules): string {
  const wall = since.toZonedDateTimeISO(zone)
  const change = wall.getTimeZoneTransition('next')
  const shown = wall.toPlainDateTime()
  const after = change?.toPlainDateTime()
  const back = after !== undefined && Temporal.PlainDateTime.compare(after, shown) < 0
  return writeWall(back ? after : shown, patterns[0] ?? '')
}
