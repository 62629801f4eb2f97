/** What is counted while records go by: plain data, so that it is stored with each page and read again after a break. */
import type { Json } from '../../kernel/json.ts'
import type { CmsCall, DataPoint, DocumentedField } from '../connections/index.ts'
import { dateFormat } from './dates.ts'
import type { EndpointReport, SchemaDifference } from './types.ts'

interface Calls {
  statuses: Record<string, number>
  /** By bucket of latency. */
  times: Record<string, number>
  limit: number | null
  lowest: number | null
}

interface Point {
  types: Record<string, number>
  records: number
  filled: number
  valid: number
}

export interface Tally {
  calls: Record<string, Calls>
  lists: Record<string, { count: number; problem: string | null }>
  points: Partial<Record<DataPoint, Point>>
  dates: Record<string, Record<string, number>>
  statuses: Record<string, number>
  /** Statuses that came when there were too many to tell apart. */
  otherStatuses: number
  differences: Record<string, number>
  /** Of open matters: by practice area, how many, and how many with a statute of limitations. */
  statutes: Record<string, { open: number; filled: number }>
}

export const emptyTally = (): Tally => ({
  calls: {},
  lists: {},
  points: {},
  dates: {},
  statuses: {},
  otherStatuses: 0,
  differences: {},
  statutes: {},
})

/** Beyond so many, a field is free text whatever else it holds. */
const mostStatuses = 400
const mostPaths = 200

/** Of words of the CMS's own: some of them every object knows, and `__proto__` would lead to all objects (CWE-1321). */
const at = <T>(counts: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(counts, name) ? counts[name] : undefined
const put = <T>(counts: Record<string, T>, name: string, value: T): void => {
  Object.defineProperty(counts, name, { value, enumerable: true, configurable: true, writable: true })
}

const add = (counts: Record<string, number>, name: string, by = 1): void =>
  put(counts, name, (at(counts, name) ?? 0) + by)

/** Buckets grow by a quarter: a median is right within that, in as many numbers as a hand has fingers. */
const bucketOf = (ms: number): number => Math.max(0, Math.ceil(Math.log(Math.max(ms, 1)) / Math.log(1.25)))
const upperBound = (bucket: number): number => Math.round(1.25 ** bucket)

/** Ids in paths are left out: an endpoint is one. */
export const endpointOf = (path: string): string =>
  path.replace(/\/[^/.]*\d[^/.]*(?=\/|\.json$|$)/g, (part) => (/^\/v\d+$/.test(part) ? part : '/{id}'))

export function countCall(tally: Tally, call: CmsCall): void {
  const name = `${call.method} ${endpointOf(call.path)}`
  tally.calls[name] ??= { statuses: {}, times: {}, limit: null, lowest: null }
  const calls = tally.calls[name]
  add(calls.statuses, call.status === null ? 'none' : String(call.status))
  add(calls.times, String(bucketOf(call.ms)))
  if (!call.limit) return
  calls.limit = call.limit.limit
  calls.lowest = Math.min(calls.lowest ?? call.limit.remaining, call.limit.remaining)
}

export const endpoints = (tally: Tally): EndpointReport[] =>
  Object.entries(tally.calls)
    .map(([path, { statuses, times, limit, lowest }]) => ({
      path,
      calls: Object.values(statuses).reduce((a, b) => a + b, 0),
      statuses,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      limit: limit === null ? null : { limit, lowestRemaining: lowest ?? limit },
    }))
    .toSorted((a, b) => a.path.localeCompare(b.path))

function quantile(times: Record<string, number>, share: number): number {
  const buckets = Object.entries(times).map(([bucket, count]) => [Number(bucket), count] as const)
  const all = buckets.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [bucket, count] of buckets.toSorted(([a], [b]) => a - b)) {
    seen += count
    if (seen >= all * share) return upperBound(bucket)
  }
  return 0
}

export function countPoint(
  tally: Tally,
  point: DataPoint,
  seen: { filled: boolean; valid: boolean; types?: readonly string[] },
): void {
  tally.points[point] ??= { types: {}, records: 0, filled: 0, valid: 0 }
  const counts = tally.points[point]
  counts.records++
  if (seen.filled) counts.filled++
  if (seen.filled && seen.valid) counts.valid++
  for (const type of seen.types ?? []) add(counts.types, type)
}

export function countStatus(tally: Tally, value: string): void {
  if (at(tally.statuses, value) === undefined && Object.keys(tally.statuses).length >= mostStatuses)
    tally.otherStatuses++
  else add(tally.statuses, value)
}

export function countStatute(tally: Tally, practice: string | null, filled: boolean): void {
  const name = practice ?? ''
  const { open, filled: before } = at(tally.statutes, name) ?? { open: 0, filled: 0 }
  put(tally.statutes, name, { open: open + 1, filled: before + (filled ? 1 : 0) })
}

/** Dates of every field, and what is otherwise than documented. */
export function countShapes(
  tally: Tally,
  model: string,
  raw: Json,
  documented: readonly DocumentedField[] | undefined,
): void {
  countDates(tally, model, raw, 0)
  for (const field of documented ?? []) {
    for (const value of valuesAt(raw, field.path)) {
      const problem = difference(field, value)
      if (problem !== null) add(tally.differences, JSON.stringify([model, field.path, ...problem]))
    }
  }
}

function countDates(tally: Tally, path: string, value: Json, depth: number): void {
  if (typeof value === 'string') {
    const format = dateFormat(value)
    if (format === null) return
    const known = tally.dates[path]
    if (known === undefined && Object.keys(tally.dates).length >= mostPaths) return
    tally.dates[path] = known ?? {}
    add(tally.dates[path], format)
    return
  }
  if (typeof value !== 'object' || value === null || depth > 4) return
  if (Array.isArray(value)) for (const one of value) countDates(tally, `${path}[]`, one, depth + 1)
  else for (const name in value) countDates(tally, `${path}.${name}`, value[name]!, depth + 1)
}

interface Step {
  name: string
  /** Undefined: no list. Empty: all of it. Else a field of the firm's own. */
  list: string | undefined
}

/** The same few paths, for each record. */
const steps = new Map<string, Step[]>()

function stepsOf(path: string): Step[] {
  const known = steps.get(path)
  if (known) return known
  const read = [...path.matchAll(/([^.[]+)(?:\[([^\]]*)\])?(?:\.|$)/g)].map(([, name = '', list]) => ({
    name,
    list: list?.trim().toLowerCase(),
  }))
  if (steps.size < 1000) steps.set(path, read)
  return read
}

/**
 * The values at a path, each; undefined stands for one that did not come. A name in brackets picks a field of the
 * firm's own, `custom_field_values[Time zone].value`.
 */
export function valuesAt(raw: Json | undefined, path: string): (Json | undefined)[] {
  let values: (Json | undefined)[] = [raw]
  for (const [at, { name, list }] of stepsOf(path).entries()) {
    values = values.flatMap((held) => {
      // Of what is not there, nothing below is missed.
      if (typeof held !== 'object' || held === null || Array.isArray(held)) return at === 0 ? [undefined] : []
      const value = held[name]
      if (list === undefined) return [value]
      if (!Array.isArray(value)) return []
      return list === '' ? value : value.filter((one) => ownName(one) === list)
    })
  }
  return values
}

function ownName(value: Json): string | null {
  const name = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.field_name : null
  return typeof name === 'string' ? name.trim().toLowerCase() : null
}

export const typeOf = (value: Json | undefined): string =>
  value === null || value === undefined
    ? 'nothing'
    : Array.isArray(value)
      ? 'list'
      : typeof value === 'string'
        ? dateFormat(value) === null
          ? 'text'
          : /T|:/.test(value)
            ? 'time'
            : 'date'
        : typeof value === 'object'
          ? 'object'
          : typeof value === 'boolean'
            ? 'flag'
            : 'number'

function difference(
  field: DocumentedField,
  value: Json | undefined,
): [SchemaDifference['problem'], string] | null {
  const is = typeOf(value)
  if (is === 'nothing')
    return field.required ? ['missing', value === null ? 'is null' : 'did not come'] : null
  const fits =
    is === field.type ||
    // Any text may look like a date.
    (field.type === 'text' && (is === 'date' || is === 'time'))
  if (!fits) return ['type', `${is} instead of ${field.type}`]
  if (field.values && !field.values.includes(String(value)))
    // A list's unknown value is a word of the system's, not of a client.
    return ['value', `"${String(value).slice(0, 40)}" is not documented`]
  return null
}

export const differences = (tally: Tally): SchemaDifference[] =>
  Object.entries(tally.differences)
    .map(([key, count]) => {
      const [model, path, problem, detail] = JSON.parse(key) as [
        string,
        string,
        SchemaDifference['problem'],
        string,
      ]
      return { model, path, problem, detail, count }
    })
    .toSorted((a, b) => b.count - a.count || a.path.localeCompare(b.path))
