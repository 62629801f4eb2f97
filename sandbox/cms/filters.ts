import type { Filter, Row } from './types.ts'

/** Milliseconds of an ISO 8601 time, or undefined. A date alone counts as its midnight in UTC. */
export function parseTime(value: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? undefined : ms
}

const INTEGER = /^\d{1,15}$/

function bool(value: string): boolean | undefined {
  return value === 'true' ? true : value === 'false' ? false : undefined
}

const timeOf = (row: Row, name: string): number | undefined => {
  const value = row.attrs[name]
  return typeof value === 'string' ? parseTime(value) : undefined
}

/** A list asks with the same value for each of its records, so the last one is kept. */
function wantedTime(): (value: string) => number | undefined {
  let last: string | undefined
  let ms: number | undefined
  return (value) => {
    if (value !== last) ms = parseTime(value)
    last = value
    return ms
  }
}

/** Builders of list filters. Each answers undefined for a value it cannot read, which becomes a 400. */
export const filters = {
  /** Equality with one attribute, whatever its case (`state=awaiting_payment`, `type=Person`). */
  attr:
    (name: string): Filter =>
    (row, value) =>
      String(row.attrs[name] ?? '').toLowerCase() === value.toLowerCase(),

  /** One of several values separated by commas (`status=open,pending`). */
  attrIn:
    (name: string): Filter =>
    (row, value) =>
      value
        .toLowerCase()
        .split(',')
        .includes(String(row.attrs[name] ?? '').toLowerCase()),

  boolAttr:
    (name: string): Filter =>
    (row, value) => {
      const wanted = bool(value)
      return wanted === undefined ? undefined : (row.attrs[name] === true) === wanted
    },

  /** Associated with the record of that id; `null` for none. */
  ref:
    (name: string): Filter =>
    (row, value) => {
      if (value === 'null') return row.refs[name] == null
      return INTEGER.test(value) ? row.refs[name] === Number(value) : undefined
    },

  manyRef:
    (name: string): Filter =>
    (row, value) => {
      const ids = row.refs[name]
      return INTEGER.test(value) ? Array.isArray(ids) && ids.includes(Number(value)) : undefined
    },

  participant:
    (...lists: string[]): Filter =>
    (row, value) =>
      INTEGER.test(value)
        ? lists.some((list) => (row.lists[list] ?? []).some((entry) => entry.id === Number(value)))
        : undefined,

  timeFrom: (name: string): Filter => {
    const read = wantedTime()
    return (row, value) => {
      const wanted = read(value)
      return wanted === undefined ? undefined : (timeOf(row, name) ?? -Infinity) >= wanted
    }
  },

  timeTo: (name: string): Filter => {
    const read = wantedTime()
    return (row, value) => {
      const wanted = read(value)
      return wanted === undefined ? undefined : (timeOf(row, name) ?? Infinity) <= wanted
    }
  },

  dateFrom: (name: string): Filter => filters.timeFrom(name),
  dateTo: (name: string): Filter => filters.timeTo(name),

  /** One of the record's external properties has this name, or value. */
  property:
    (part: 'name' | 'value'): Filter =>
    (row, value) =>
      (row.lists.external_properties ?? []).some((entry) => entry.attrs[part] === value),

  /** Some words of the record, or of its phone numbers and mail addresses, contain the text. */
  search:
    (attrs: readonly string[], lists: readonly string[]): Filter =>
    (row, value) => {
      const wanted = value.toLowerCase()
      const holds = (held: unknown) => typeof held === 'string' && held.toLowerCase().includes(wanted)
      const full = `${row.attrs.first_name ?? ''} ${row.attrs.last_name ?? ''}`
      return (
        attrs.some((name) => holds(row.attrs[name])) ||
        holds(full) ||
        lists.some((list) =>
          (row.lists[list] ?? []).some((entry) => holds(entry.attrs.address) || holds(entry.attrs.number)),
        )
      )
    },
}
