/** What expressions of a REST connection may call beside CEL's own functions. */

import { isZone, parseInstant } from '../../kernel/time.ts'
import type { ExpressionFunctions } from '../../platform/expressions/index.ts'
import { formatProblem, readTime } from './dates.ts'

const time = (value: unknown, format: unknown, zone?: string): Date | null => {
  const read = readTime(value, String(format), zone)
  return read === null ? null : new Date(read.epochMilliseconds)
}

/** A constant: compiled expressions are kept by its identity. */
export const restFunctions: ExpressionFunctions = {
  /** A moment, or null where the value can't be read so: `time(record.start, 'iso')`. */
  'time(dyn, string): dyn': (_values, value, format) => time(value, format),
  /** The same for what tells no offset: `time(record.start, 'MM/dd/yyyy h:mm a', 'America/New_York')`. */
  'time(dyn, string, string): dyn': (_values, value, format, zone) => time(value, format, String(zone)),
  /** The day that a moment falls on in a zone, `2026-10-15`: for systems that want days. */
  'day(dyn, string): dyn': (_values, at, zone) => {
    const instant = instantOf(at)
    return instant === null || !isZone(String(zone))
      ? null
      : instant.toZonedDateTimeISO(String(zone)).toPlainDate().toString()
  },
  /** A list in any case: null is none, a single thing a list of one. */
  'list(dyn): list<dyn>': (_values, value) =>
    value === null || value === undefined ? [] : Array.isArray(value) ? value : [value],
  /** Text in any case: null is blank. */
  'text(dyn): string': (_values, value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : value instanceof Temporal.Instant
        ? value.toString()
        : '',
}

const instantOf = (value: unknown) => (value instanceof Temporal.Instant ? value : parseInstant(value))

const calls =
  /\btime\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?,\s*(["'])((?:(?!\1).)*)\1\s*(?:,\s*(["'])((?:(?!\3).)*)\3\s*)?\)/g

/** Formats and zones that are written out are checked before anything is read by them. */
export function timeProblem(source: string): string | null {
  for (const [, , format = '', , zone] of source.matchAll(calls)) {
    // Without a zone a pattern says nothing; ISO 8601 may tell an offset by itself.
    const problem = formatProblem(format, zone)
    if (problem !== null) return problem
  }
  return null
}
