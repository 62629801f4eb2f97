import { asKept } from './codepage.ts'
import { wallOrder, wallTime } from './local-time.ts'
import { type Kind, type KindName, kinds, type Row } from './records.ts'
import { seed } from './seed.ts'

export interface Store {
  all(name: KindName): Row[]
  get(name: KindName, id: string): Row | undefined
  /** Adds a record; its id is the next one unless given, and its stamps are now. */
  add(name: KindName, row: Row): Row
  change(name: KindName, row: Row, fields: Row): Row
  remove(name: KindName, id: string): void
  reset(): void
}

/** @param zone of the office whose clock the stamps are taken from */
export function createStore(now: () => number, zone: () => string): Store {
  const held = new Map<KindName, Map<string, Row>>()
  const of = (name: KindName): Map<string, Row> => {
    const rows = held.get(name) ?? new Map<string, Row>()
    held.set(name, rows)
    return rows
  }
  const stamp = (): string => wallTime(now(), zone())
  const kept = (row: Row): Row =>
    Object.fromEntries(Object.entries(row).map(([name, text]) => [name, asKept(text)]))

  const store: Store = {
    all: (name) => [...of(name).values()],
    get: (name, id) => of(name).get(id),
    add(name, row) {
      const kind: Kind = kinds[name]
      const id = row[kind.id] || nextId(kind, of(name))
      const blank = Object.fromEntries(kind.fields.map((field) => [field, '']))
      const made = kept({ ...blank, DateEntered: stamp(), LastChanged: stamp(), ...row, [kind.id]: id })
      of(name).set(id, made)
      return made
    },
    change(name, row, fields) {
      const changed = kept({ ...row, LastChanged: stamp(), ...fields })
      of(name).set(row[kinds[name].id] ?? '', changed)
      return changed
    },
    remove: (name, id) => void of(name).delete(id),
    reset() {
      held.clear()
      seed(store.add, now(), zone())
    },
  }
  store.reset()
  return store
}

function nextId(kind: Kind, rows: ReadonlyMap<string, Row>): string {
  let last = 0
  for (const id of rows.keys()) last = Math.max(last, Number(id) || 0)
  return String(last + 1).padStart(kind.digits, '0')
}

/** Sorted as the old system sorts its lists: by the wall time of a field, then by id. */
export function inOrder(rows: readonly Row[], field: string, id: string): Row[] {
  return rows
    .map((row) => ({ row, at: wallOrder(row[field] ?? '') ?? 0, id: row[id] ?? '' }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map(({ row }) => row)
}
