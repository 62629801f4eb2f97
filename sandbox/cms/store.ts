import { hash } from 'node:crypto'
import { MODELS, modelOf } from './models.ts'
import type { Change, Json, Row } from './types.ts'

/** The records of one kind, in order of id, with look-ups by the records they belong to. */
export interface Collection {
  byId: Map<number, Row>
  /** Ascending; may hold ids of deleted records, which readers skip. */
  ids: number[]
  /** Association name to owner id to ids of records that were ever associated with it. */
  owned: Map<string, Map<number, number[]>>
}

export type Attrs = Record<string, Json>
export interface NewRow {
  attrs: Attrs
  refs?: Row['refs']
  lists?: Row['lists']
}
export interface Patch {
  attrs: Attrs
  refs: Row['refs']
  lists: Row['lists']
}

export interface Store {
  now(): number
  all(model: string): Iterable<Row>
  collection(model: string): Collection
  get(model: string, id: number): Row | undefined
  /** Adds a record. `id` and `created` (ms) are given by the seed only. */
  add(model: string, row: NewRow, given?: { id?: number; created?: number; updated?: number }): Row
  /** An embedded record, such as a phone number. */
  embed(row: NewRow, id?: number): Row
  /** Applies a patch and says which names differ now. Nothing differing leaves the version as it is. */
  update(model: string, row: Row, patch: Patch): Pick<Change, 'changed' | 'before'>
  /** Raises the version without another change, as a new note on a matter does. */
  touch(row: Row, attrs: Attrs): void
  remove(model: string, row: Row): void
  /** Drops everything. */
  clear(): void
}

/** Owners by which records are looked up often enough to deserve an index. */
const INDEXED = new Set(['matter', 'client', 'contact', 'matters'])

/**
 * Etag of a record as Clio shows it: quoted hex. It takes the time in as well as the version, so that a
 * sandbox that was started again does not hand out yesterday's etags for today's changes.
 */
export function etag(model: string, row: Row): string {
  return `"${hash('md5', `${model}:${row.id}:${row.version}:${row.updated}`)}"`
}

function emptyCollection(): Collection {
  return { byId: new Map(), ids: [], owned: new Map() }
}

function index(collection: Collection, row: Row): void {
  for (const [name, value] of Object.entries(row.refs)) {
    if (!INDEXED.has(name) || value === null) continue
    let owners = collection.owned.get(name)
    if (owners === undefined) {
      owners = new Map()
      collection.owned.set(name, owners)
    }
    for (const owner of Array.isArray(value) ? value : [value]) {
      const held = owners.get(owner)
      if (held === undefined) owners.set(owner, [row.id])
      else if (!held.includes(row.id)) held.push(row.id)
    }
  }
}

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** An empty store. `now` gives milliseconds. */
export function createStore(now: () => number): Store {
  const collections = new Map<string, Collection>()
  // New ids grow with time, so that a restarted sandbox does not reuse those of its last run.
  let nextId = 0
  let nextEmbedded = 0
  const clear = () => {
    collections.clear()
    for (const [name, model] of MODELS) if (model.path !== undefined) collections.set(name, emptyCollection())
    nextId = Math.max(nextId, 1_000_000, Math.floor(now() - Date.UTC(2026, 0, 1)))
    nextEmbedded = Math.max(nextEmbedded, 500_000)
  }
  clear()

  const collection = (model: string): Collection => {
    const found = collections.get(model)
    if (found === undefined) throw new Error(`records of ${modelOf(model).name} are not kept on their own`)
    return found
  }

  return {
    now,
    clear,
    collection,
    all: (model) => collection(model).byId.values(),
    get: (model, id) => collection(model).byId.get(id),
    add(model, fresh, given = {}) {
      const at = now()
      const row: Row = {
        id: given.id ?? nextId++,
        version: 1,
        created: given.created ?? at,
        updated: given.updated ?? given.created ?? at,
        attrs: fresh.attrs,
        refs: fresh.refs ?? {},
        lists: fresh.lists ?? {},
      }
      const held = collection(model)
      held.byId.set(row.id, row)
      const last = held.ids.at(-1)
      held.ids.push(row.id)
      if (last !== undefined && last > row.id) held.ids.sort((a, b) => a - b)
      index(held, row)
      return row
    },
    embed(fresh, id) {
      const at = now()
      return {
        id: id ?? nextEmbedded++,
        version: 1,
        created: at,
        updated: at,
        attrs: fresh.attrs,
        refs: fresh.refs ?? {},
        lists: fresh.lists ?? {},
      }
    },
    update(model, row, patch) {
      const changed = new Set<string>()
      const before: Record<string, Json> = {}
      for (const part of ['attrs', 'refs'] as const) {
        for (const [name, value] of Object.entries(patch[part])) {
          const old = row[part][name]
          if (same(old, value)) continue
          changed.add(name)
          before[name] = old ?? null
          ;(row[part] as Record<string, Json>)[name] = value
        }
      }
      for (const [name, list] of Object.entries(patch.lists)) {
        changed.add(name)
        row.lists[name] = list
      }
      if (changed.size > 0) {
        row.version++
        row.updated = now()
        index(collection(model), row)
      }
      return { changed, before }
    },
    touch(row, attrs) {
      Object.assign(row.attrs, attrs)
      row.version++
      row.updated = now()
    },
    remove(model, row) {
      collection(model).byId.delete(row.id)
    },
  }
}
