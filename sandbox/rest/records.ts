/** A small store of records, for systems whose own rules are few: lists by name, each record flat. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export interface Row {
  id: number
  /** Milliseconds since the epoch. */
  created: number
  updated: number
  fields: Record<string, Json>
}

export interface Change {
  list: string
  action: 'created' | 'updated' | 'deleted'
  row: Row
}

export interface Records {
  readonly lists: readonly string[]
  /** In order of id. */
  all(list: string): Row[]
  get(list: string, id: number): Row | undefined
  add(list: string, fields: Record<string, Json>, given?: { id?: number; created?: number }): Row
  /** Nothing that differs changes nothing, and tells nobody. */
  change(list: string, row: Row, fields: Record<string, Json>): Row
  remove(list: string, row: Row): void
  clear(): void
}

/**
 * @param now milliseconds
 * @param told of each change after it was made; not of what `add` is given an id for, which is seed
 */
export function createRecords(
  lists: readonly string[],
  now: () => number,
  told: (change: Change) => void,
): Records {
  const held = new Map(lists.map((list) => [list, new Map<number, Row>()]))
  // Grows with time, so that a restarted sandbox does not hand out ids of its last run.
  let next = 0
  const of = (list: string): Map<number, Row> => {
    const found = held.get(list)
    if (found === undefined) throw new Error(`there is no list ${list}`)
    return found
  }
  const clear = (): void => {
    for (const rows of held.values()) rows.clear()
    next = Math.max(next, 100_000, Math.floor((now() - Date.UTC(2026, 0, 1)) / 1_000))
  }
  clear()
  return {
    lists,
    all: (list) => [...of(list).values()].sort((a, b) => a.id - b.id),
    get: (list, id) => of(list).get(id),
    add(list, fields, given = {}) {
      const at = now()
      const row = { id: given.id ?? next++, created: given.created ?? at, updated: at, fields }
      of(list).set(row.id, row)
      if (given.id === undefined) told({ list, action: 'created', row })
      return row
    },
    change(list, row, fields) {
      const next = { ...row.fields, ...fields }
      if (JSON.stringify(next) === JSON.stringify(row.fields)) return row
      const changed = { ...row, updated: now(), fields: next }
      of(list).set(row.id, changed)
      told({ list, action: 'updated', row: changed })
      return changed
    },
    remove(list, row) {
      if (of(list).delete(row.id)) told({ list, action: 'deleted', row })
    },
    clear,
  }
}

export const isoTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
