/** Between JavaScript's values and CEL's. */
import { Optional } from '@marcbachmann/cel-js'
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator'

declare const prepared: unique symbol
/** Values made ready for evaluation; worth it when many expressions read the same ones. */
export type PreparedValues = Readonly<Record<string, unknown>> & { readonly [prepared]: true }

const ready = new WeakSet<object>()

/** Deeper than any fact or payload is (kernel/json.ts stops at 64). */
const deepest = 100

/**
 * Temporal values become timestamps and durations; what CEL does not know is refused. Parts that need no change are
 * not copied, so the caller must not change them while the result is in use.
 *
 * Throws a TypeError that names the variable with a value that CEL can't hold.
 */
export function prepareValues(values: Readonly<Record<string, unknown>>): PreparedValues {
  if (ready.has(values)) return values as PreparedValues
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) result[name] = toCel(value, name, 0)
  ready.add(result)
  return result as PreparedValues
}

function toCel(value: unknown, name: string, depth: number): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol')
      return refuse(value, name, typeof value, depth)
    return value
  }
  if (depth > deepest) throw new TypeError(`${name} nests too deep`)
  if (Array.isArray(value)) return mapList(value, name, depth)
  const kind = Object.getPrototypeOf(value)
  if (kind === Object.prototype || kind === null)
    return mapObject(value as Record<string, unknown>, name, depth)
  return fromTemporal(value) ?? refuse(value, name, value.constructor.name, depth)
}

function fromTemporal(value: object): unknown {
  if (value instanceof Temporal.Instant) return new Date(value.epochMilliseconds)
  if (value instanceof Temporal.ZonedDateTime) return new Date(value.epochMilliseconds)
  if (value instanceof Temporal.Duration && value.years === 0 && value.months === 0) {
    const nanoseconds = BigInt(value.total({ unit: 'nanoseconds', relativeTo: '1970-01-01' }))
    return new Duration(nanoseconds / 1_000_000_000n, Number(nanoseconds % 1_000_000_000n))
  }
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.PlainDateTime) return value.toString()
  if (value instanceof Temporal.PlainTime) return value.toString()
  return value instanceof Date || value instanceof Uint8Array ? value : undefined
}

/** At the top, registered functions may need such a thing; an expression that asks for it is told that it can't. */
function refuse(value: unknown, name: string, what: string, depth: number): unknown {
  if (depth === 0) return value
  throw new TypeError(`${name} holds a ${what}, which expressions can't read`)
}

function mapList(list: readonly unknown[], name: string, depth: number): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let at = 0; at < list.length; at++) {
    const item = list[at]
    const next = toCel(item, name, depth + 1)
    if (next !== item) {
      copy ??= [...list]
      copy[at] = next
    }
  }
  return copy ?? list
}

function mapObject(object: Readonly<Record<string, unknown>>, name: string, depth: number) {
  let copy: Record<string, unknown> | undefined
  for (const key of Object.keys(object)) {
    const item = object[key]
    const next = toCel(item, name, depth + 1)
    if (next !== item && key !== '__proto__') {
      copy ??= { ...object }
      copy[key] = next
    }
  }
  return copy ?? object
}

/** What an expression gave, as plain values: no bigint, no CEL classes. */
export function fromCel(value: unknown): unknown {
  if (typeof value === 'bigint') return plainInteger(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(fromCel)
  if (value instanceof Set) return [...value].map(fromCel)
  if (value instanceof Date) return Temporal.Instant.fromEpochMilliseconds(value.getTime())
  if (value instanceof Uint8Array) return value
  if (value instanceof Optional) return value.hasValue() ? fromCel(value.value()) : null
  if (value instanceof Map) return fromEntries([...value].map(([key, item]) => [String(fromCel(key)), item]))
  const kind = Object.getPrototypeOf(value)
  if (kind === Object.prototype || kind === null) return fromEntries(Object.entries(value))
  if (value instanceof Duration) {
    return Temporal.Duration.from({ seconds: Number(value.seconds), nanoseconds: value.nanos })
  }
  if (value instanceof UnsignedInt) return plainInteger(value.value)
  return String(value)
}

const plainInteger = (value: bigint): number | string =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value)

function fromEntries(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [key, item] of entries) if (key !== '__proto__') result[key] = fromCel(item)
  return result
}
