/** Dates as systems write them: ISO 8601, seconds since 1970, or a pattern such as `MM/dd/yyyy h:mm a` in a zone. Pure. */
import { isZone, parseInstant } from '../../kernel/time.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The letters of Unicode's date patterns (UTS 35) that case management systems use; more digits than written are refused. */
const tokens: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d{2})',
  MMM: '(?<monthName>[A-Za-z]{3,9})\\.?',
  MM: '(?<month>\\d{1,2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{1,2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour12>\\d{1,2})',
  h: '(?<hour12>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{2})',
  s: '(?<second>\\d{1,2})',
  a: '(?<half>[AaPp])\\.?[Mm]\\.?',
}

const named = ['iso', 'unix', 'unix-ms']
const patterns = new Map<string, RegExp | null>()

/** @returns null when it is no pattern: a letter that means nothing here, or no whole date in it */
function patternOf(format: string): RegExp | null {
  const known = patterns.get(format)
  if (known !== undefined) return known
  // Formats come from configurations, of which there are few; the bound is for whoever would make them up.
  if (patterns.size >= 500) patterns.clear()
  const made = makePattern(format)
  patterns.set(format, made)
  return made
}

function makePattern(format: string): RegExp | null {
  let source = ''
  for (const [part] of format.matchAll(/'[^']*'|([A-Za-z])\1*|\s+|[^A-Za-z]/g)) {
    if (part.startsWith("'")) source += RegExp.escape(part.slice(1, -1))
    else if (/^\s/.test(part)) source += '\\s+'
    else if (part === 'T') source += 'T'
    else if (/^[A-Za-z]/.test(part)) {
      const token = tokens[part]
      if (token === undefined) return null
      source += token
    } else source += RegExp.escape(part)
  }
  try {
    const pattern = new RegExp(`^${source}$`)
    const year = source.includes('<year>') || source.includes('<shortYear>')
    const month = source.includes('<month>') || source.includes('<monthName>')
    return year && month && source.includes('<day>') ? pattern : null
  } catch {
    return null
  }
}

/**
 * @param zone undefined: the text must tell its own offset
 * @returns what is wrong with the two, or null
 */
export function formatProblem(format: string, zone: string | undefined): string | null {
  if (zone !== undefined && !isZone(zone)) return `"${zone}" is not a time zone, such as America/New_York`
  if (named.includes(format)) return null
  if (patternOf(format) === null)
    return `"${format}" is not a date format: iso, unix, unix-ms, or a pattern such as MM/dd/yyyy h:mm a`
  return zone === undefined ? `"${format}" tells no offset, so a time zone must be given with it` : null
}

/**
 * @param value text or a number, as the system gave it
 * @param format `iso`, `unix`, `unix-ms` or a pattern
 * @param zone IANA name, for what tells no offset of its own. Times that a change of clocks skips or repeats are taken
 *   as RFC 5545 §3.3.5 does: by the offset before the change
 * @returns null when it can't be read so: better no time than a wrong one
 */
export function readTime(value: unknown, format: string, zone?: string): Temporal.Instant | null {
  if (value instanceof Temporal.Instant) return value
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  if (text === '') return null
  try {
    if (format === 'unix' || format === 'unix-ms') {
      if (!/^-?\d{1,14}(\.\d+)?$/.test(text)) return null
      return Temporal.Instant.fromEpochMilliseconds(
        Math.round(Number(text) * (format === 'unix' ? 1_000 : 1)),
      )
    }
    if (format === 'iso') {
      const instant = parseInstant(text)
      if (instant !== null || zone === undefined) return instant
      // Temporal ignores what stands behind; an offset that parseInstant refused must not be dropped.
      if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?$/.test(text)) return null
      return Temporal.PlainDateTime.from(text.replace(' ', 'T'), { overflow: 'reject' })
        .toZonedDateTime(zone)
        .toInstant()
    }
    const parts = patternOf(format)?.exec(text)?.groups
    return parts === undefined || zone === undefined ? null : fromParts(parts, zone)
  } catch {
    return null
  }
}

function fromParts(parts: Record<string, string | undefined>, zone: string): Temporal.Instant | null {
  const number = (name: string): number | undefined =>
    parts[name] === undefined ? undefined : Number(parts[name])
  const short = number('shortYear')
  // POSIX strptime: 69 to 99 are of the twentieth century.
  const year = number('year') ?? (short === undefined ? 0 : short + (short < 69 ? 2000 : 1900))
  const name = parts.monthName?.slice(0, 3).toLowerCase()
  const month = number('month') ?? (name === undefined ? 0 : months.indexOf(name) + 1)
  const hour12 = number('hour12')
  if (hour12 !== undefined && (hour12 < 1 || hour12 > 12)) return null
  const hour =
    number('hour') ?? (hour12 === undefined ? 0 : (hour12 % 12) + (/p/i.test(parts.half ?? '') ? 12 : 0))
  return Temporal.PlainDateTime.from(
    {
      year,
      month,
      day: number('day') ?? 0,
      hour,
      minute: number('minute') ?? 0,
      second: number('second') ?? 0,
    },
    { overflow: 'reject' },
  )
    .toZonedDateTime(zone)
    .toInstant()
}

/** How a system wants to be asked for times. */
export type AskFormat = 'iso' | 'date' | 'unix' | 'unix-ms'

/**
 * @param zone for `date`: whose days are meant
 * @returns a time for a query; `date` names the day that it lies in, so a little too much is asked for, never too little
 */
export function writeTime(at: Temporal.Instant, format: AskFormat, zone: string | undefined): string {
  switch (format) {
    case 'iso':
      return at.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString()
    case 'date':
      return at
        .toZonedDateTimeISO(zone ?? 'UTC')
        .toPlainDate()
        .toString()
    case 'unix':
      return String(Math.floor(at.epochMilliseconds / 1000))
    case 'unix-ms':
      return String(at.epochMilliseconds)
  }
}
