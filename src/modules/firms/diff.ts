/** What differs between two bodies, leaf by leaf. */
import { canonicalJson, isList, isObject, type Json } from './hash.ts'
import type { ConfigPath } from './kinds.ts'

/** `undefined`: not there. */
export interface Difference {
  readonly path: ConfigPath
  readonly from: Json | undefined
  readonly to: Json | undefined
}

export function diff(from: Json | undefined, to: Json | undefined, path: ConfigPath = []): Difference[] {
  if (from === undefined || to === undefined) return from === to ? [] : [{ path, from, to }]
  if (isObject(from) && isObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort()
    return names.flatMap((name) => diff(own(from, name), own(to, name), [...path, name]))
  }
  if (isList(from) && isList(to)) {
    const length = Math.max(from.length, to.length)
    return Array.from({ length }, (_, index) => diff(from[index], to[index], [...path, index])).flat()
  }
  return canonicalJson(from) === canonicalJson(to) ? [] : [{ path, from, to }]
}

const own = (value: { readonly [key: string]: Json }, name: string): Json | undefined =>
  Object.hasOwn(value, name) ? value[name] : undefined
