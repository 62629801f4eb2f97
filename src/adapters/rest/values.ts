/** What expressions give, read as what our records need. Pure, and content with anything. */
import { createHash } from 'node:crypto'
import type { Json } from '../../kernel/index.ts'
import { cleanText } from '../../kernel/json.ts'
import { parseInstant } from '../../kernel/time.ts'
import { type Expression, type PreparedValues, prepareValues } from '../../platform/expressions/index.ts'
import type { Resource } from './compile.ts'

/** Ids and versions go into unique keys; what is longer is none. */
const longest = 300

export interface Fields {
  /** The raw value; null where the record has it not. */
  raw(name: string): unknown
  /** Trimmed; numbers become text; blank is null. */
  text(name: string): string | null
  id(name: string): string | null
  instant(name: string): Temporal.Instant | null
  flag(name: string): boolean
  data(): Record<string, unknown>
  /** Why a field could not be computed, though it is there: never a value. */
  problem(...names: string[]): string | null
}

export function readFields(resource: Pick<Resource, 'fields' | 'data' | 'path'>, record: Json): Fields {
  const values = prepare({ record })
  const problems = new Map<string, string>()
  const evaluate = (name: string, expression: Expression | undefined): unknown => {
    if (expression === undefined) return null
    const verdict = expression.evaluate(values)
    if (verdict.ok) return verdict.value
    // A field that the record has not is left blank; one that has another form than thought is told of.
    if (verdict.missing === undefined) problems.set(name, verdict.message)
    return null
  }
  const raw = (name: string): unknown => evaluate(name, resource.fields.get(name))
  return {
    raw,
    text: (name) => textOf(raw(name)),
    id: (name) => idOf(raw(name)),
    instant: (name) => instantOf(raw(name)),
    flag: (name) => {
      const value = raw(name)
      return typeof value === 'boolean' ? value : value === 1
    },
    data: () =>
      Object.fromEntries(
        resource.data.map(([name, expression]) => [name, plain(evaluate(`data.${name}`, expression))]),
      ),
    problem(...names) {
      const name = names.find((one) => problems.has(one))
      return name === undefined ? null : `${resource.path}.fields.${name}: ${problems.get(name)}`
    },
  }
}

export function prepare(values: Readonly<Record<string, unknown>>): PreparedValues {
  return prepareValues(values)
}

export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return cleanText(value).trim() || null
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  return value instanceof Temporal.Instant ? value.toString() : null
}

export function idOf(value: unknown): string | null {
  const text = typeof value === 'boolean' ? null : textOf(value)
  return text === null || text.length > longest ? null : text
}

/** Numbers are none: nobody knows whether seconds are meant; `time(…, 'unix')` says so. */
export function instantOf(value: unknown): Temporal.Instant | null {
  return value instanceof Temporal.Instant ? value : parseInstant(value)
}

/** As jsonb keeps it: moments become ISO text, long numbers text. */
export function plain(value: unknown): Json {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Temporal.Instant || value instanceof Temporal.Duration) return value.toString()
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]))
}

/** The same for the same content, in whatever order its members come. */
export function hashOf(record: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(record)))
    .digest('hex')
    .slice(0, 32)
}

function sorted(value: Json): Json {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name] as Json)]),
  )
}
