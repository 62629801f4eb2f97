/** What configuration can say and our JSON columns can't keep as it is. */
import type { ConfigPath } from './kinds.ts'

/** @returns a problem for each part of the value that would be lost or refused by the database */
export function unkeepable(value: unknown, path: ConfigPath): { path: ConfigPath; message: string }[] {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return [{ path, message: 'is not a finite number' }]
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      return [{ path, message: 'is too large to be kept exactly; quote it' }]
    }
    return []
  }
  if (typeof value === 'string') {
    // PostgreSQL's jsonb refuses U+0000 and lone surrogates.
    return value.includes('\0') || !value.isWellFormed()
      ? [{ path, message: 'holds a character that cannot be stored (NUL or half of a pair)' }]
      : []
  }
  if (Array.isArray(value)) return value.flatMap((entry, index) => unkeepable(entry, [...path, index]))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, entry]) => {
      const own = [...path, name]
      if (name === '__proto__') return [{ path: own, message: 'is not a name that may be used' }]
      return [...unkeepable(name, own), ...unkeepable(entry, own)]
    })
  }
  return []
}
