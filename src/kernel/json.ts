/** JSON from strangers: strict about bytes, bounded in depth, clean enough for jsonb, exact about long numbers. */

export type Json = string | number | boolean | null | bigint | Json[] | { [key: string]: Json }

export type JsonVerdict = { ok: true; value: Json } | { ok: false; reason: string }

export interface JsonLimits {
  /** How deep lists and objects may nest. */
  depth: number
}

/** Where a number may begin: the digits of a hash inside a text are none, and looking at every value costs. */
const longNumber = /(?:^|[\s:,[-])\d{16}/

/** Deeper than any webhook we know of; shallow enough that no recursion over it can overflow. */
const defaults: JsonLimits = { depth: 64 }

/**
 * Reads JSON text.
 * - Bytes must be UTF-8 (RFC 8259 §8.1); a byte order mark is skipped.
 * - NUL is removed and half surrogates become U+FFFD: PostgreSQL's jsonb takes neither.
 * - Of two members with one name the last counts; `__proto__` is dropped.
 * - Whole numbers that a double can't hold become bigint, so that a long id stays that id.
 *
 * @returns the value, or why not, in words fit for the sender
 */
export function readJson(input: Uint8Array | string, limits: JsonLimits = defaults): JsonVerdict {
  let text: string
  try {
    text = typeof input === 'string' ? input : new TextDecoder('utf-8', { fatal: true }).decode(input)
  } catch {
    return { ok: false, reason: 'the body is not UTF-8' }
  }
  if (text.trim() === '') return { ok: false, reason: 'the body is empty' }
  let value: unknown
  try {
    value = longNumber.test(text) ? JSON.parse(text, exact) : JSON.parse(text)
  } catch (error) {
    return { ok: false, reason: `the body is not JSON: ${position(error)}` }
  }
  const clean = tidy(value as Json, limits.depth)
  return clean === undefined
    ? { ok: false, reason: `the body nests deeper than ${limits.depth} levels` }
    : { ok: true, value: clean }
}

/** The engine's message quotes the text, which may be a client's: only the place is passed on. */
function position(error: unknown): string {
  const found = /position (\d+)/.exec(error instanceof Error ? error.message : '')
  return found === null
    ? 'it ends too early or holds something else'
    : `unexpected character at position ${found[1]}`
}

function exact(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value)) return value
  return /^-?\d+$/.test(source) ? BigInt(source) : value
}

/** @returns undefined when it nests too deep */
function tidy(value: Json, depth: number): Json | undefined {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return undefined
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const clean = tidy(value[at] as Json, depth - 1)
      if (clean === undefined) return undefined
      value[at] = clean
    }
    return value
  }
  for (const key of Object.keys(value)) {
    const name = cleanText(key)
    const clean = tidy(value[key] as Json, depth - 1)
    if (clean === undefined) return undefined
    if (name !== key || key === '__proto__') Reflect.deleteProperty(value, key)
    if (name !== '__proto__') value[name] = clean
  }
  return value
}

/** Text as PostgreSQL takes it: no NUL, no half surrogates. */
export function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\u0000') ? whole.replaceAll('\u0000', '') : whole
}
