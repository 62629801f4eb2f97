/** One spelling for each JSON value, so that equal configuration has an equal hash wherever it was written. */
import { createHash } from 'node:crypto'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** JSON without white space, object keys in code unit order (the ordering of RFC 8785 §3.2.3). */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const pairs = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`)
  return `{${pairs.join(',')}}`
}

/** SHA-256 of the canonical JSON, in hex. */
export const hashOf = (value: Json): string => createHash('sha256').update(canonicalJson(value)).digest('hex')

/** The hash that stands for "there is no such item". */
export const absentHash: string = hashOf(null)

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
