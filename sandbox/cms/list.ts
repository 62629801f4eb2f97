import { isRefusal, type Refusal, refuse } from './errors.ts'
import { parseTime } from './filters.ts'
import type { Store } from './store.ts'
import type { Filter, Model, Row } from './types.ts'

export interface Page {
  rows: Row[]
  /** Query parameters that differ in the next and previous page's URL. */
  next?: Record<string, string>
  previous?: Record<string, string>
}

/** Clio's paging page: 200 a page at most, and 10,000 records in all unless it is the id(asc) cursor. */
const MOST = 200
const OFFSET_END = 10_000

const bad = (message: string): Refusal => refuse(400, 'ArgumentError', message)

type Test = (row: Row) => boolean | undefined

function readFilters(model: Model, params: URLSearchParams): Test[] | Refusal {
  const tests: Test[] = []
  for (const name of ['created_since', 'updated_since'] as const) {
    const value = params.get(name)
    if (value === null) continue
    const ms = parseTime(value)
    if (ms === undefined) return bad(`${name} must be an ISO 8601 time`)
    const part = name === 'created_since' ? 'created' : 'updated'
    // Answers carry whole seconds, so a caller who asks since the last one it saw must not miss that second.
    tests.push((row) => Math.floor(row[part] / 1_000) * 1_000 >= ms)
  }
  const ids = params.getAll('ids[]')
  if (ids.length > 0) {
    if (ids.some((id) => !/^\d{1,15}$/.test(id))) return bad('ids[] must be whole numbers')
    const wanted = new Set(ids.map(Number))
    tests.push((row) => wanted.has(row.id))
  }
  if (model.name === 'document' && params.get('show_uncompleted') !== 'true') {
    tests.push((row) => row.lists.latest_document_version?.[0]?.attrs.fully_uploaded !== false)
  }
  if (model.name === 'note' && !params.has('type')) return bad('type is required: Matter or Contact')
  for (const [name, filter] of Object.entries(model.filters ?? {})) {
    for (const value of params.getAll(name)) {
      const wrong = probe(filter, value)
      if (wrong) return bad(`${name} has a value that can't be read: ${value}`)
      tests.push((row) => filter(row, value))
    }
  }
  return tests
}

/** A filter answers undefined for a value it can't read, whatever the record. */
function probe(filter: Filter, value: string): boolean {
  const empty: Row = { id: 0, version: 0, created: 0, updated: 0, attrs: {}, refs: {}, lists: {} }
  return filter(empty, value) === undefined
}

/** Ids to look through: those of one owner where the query names one, else all, ascending. */
function candidates(store: Store, model: Model, params: URLSearchParams): readonly number[] {
  const held = store.collection(model.name)
  for (const owner of ['matter', 'client', 'contact'] as const) {
    const value = params.get(`${owner}_id`)
    const ref = model.links?.[owner] ? owner : model.manyLinks?.[`${owner}s`] ? `${owner}s` : undefined
    if (value === null || value === 'null' || ref === undefined) continue
    return [...(held.owned.get(ref)?.get(Number(value)) ?? [])].sort((a, b) => a - b)
  }
  return held.ids
}

function readNumber(
  params: URLSearchParams,
  name: string,
  from: number,
  to: number,
): number | undefined | Refusal {
  const value = params.get(name)
  if (value === null) return undefined
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN
  return number >= from && number <= to ? number : bad(`${name} must be a whole number from ${from} to ${to}`)
}

/** First position in an ascending list whose id is above `id`. */
function after(ids: readonly number[], id: number): number {
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ids[middle] as number) > id) high = middle
    else low = middle + 1
  }
  return low
}

/** One page of a list, as `params` ask for it; or why not. */
export function listPage(store: Store, model: Model, params: URLSearchParams): Page | Refusal {
  const limit = readNumber(params, 'limit', 1, MOST)
  if (isRefusal(limit)) return limit
  const offset = readNumber(params, 'offset', 0, 1_000_000_000)
  if (isRefusal(offset)) return offset
  const tests = readFilters(model, params)
  if (isRefusal(tests)) return tests
  const order = params.get('order')
  const match = order === null ? null : /^([\w.]+)\((asc|desc)\)$/.exec(order)
  if (order !== null && !match) return bad('order must look like id(asc)')
  const by = match?.[1] ?? 'id'
  const orders = ['id', 'created_at', 'updated_at', ...(model.orders ?? [])]
  if (!orders.includes(by)) return bad(`order must be by one of ${orders.join(', ')}`)

  const { byId } = store.collection(model.name)
  const ids = candidates(store, model, params)
  const keep = (id: number): Row | undefined => {
    const row = byId.get(id)
    return row !== undefined && tests.every((test) => test(row) === true) ? row : undefined
  }
  const size = limit ?? MOST
  if (order === 'id(asc)' && offset === undefined) {
    return cursorPage(ids, keep, size, params.get('page_token'))
  }
  const sorted = by !== 'id' || match?.[2] === 'desc'
  // Ids are in order already: what comes after the page need not be looked at, but for whether there is more.
  const enough = sorted ? Number.POSITIVE_INFINITY : (offset ?? 0) + size + 1
  const rows: Row[] = []
  for (let at = 0; at < ids.length && rows.length < enough; at++) {
    const row = keep(ids[at] as number)
    if (row !== undefined) rows.push(row)
  }
  if (sorted) sortRows(rows, by, match?.[2] === 'desc', model)
  return offsetPage(rows, size, offset ?? 0)
}

function cursorPage(
  ids: readonly number[],
  keep: (id: number) => Row | undefined,
  size: number,
  token: string | null,
): Page | Refusal {
  const place = token === null ? ['after', '0'] : Buffer.from(token, 'base64url').toString().split(':')
  const id = Number(place[1])
  if ((place[0] !== 'after' && place[0] !== 'before') || !Number.isSafeInteger(id)) {
    return bad('page_token is not one that was handed out')
  }
  const write = (side: 'after' | 'before', row: Row) => ({
    page_token: Buffer.from(`${side}:${row.id}`).toString('base64url'),
  })
  const forward = place[0] === 'after'
  const rows: Row[] = []
  let more = false
  const step = forward ? 1 : -1
  for (let at = forward ? after(ids, id) : after(ids, id - 1) - 1; at >= 0 && at < ids.length; at += step) {
    const row = keep(ids[at] as number)
    if (row === undefined) continue
    if (rows.length === size) {
      more = true
      break
    }
    rows.push(row)
  }
  if (!forward) rows.reverse()
  const first = rows[0]
  const last = rows.at(-1)
  const hasNext = forward ? more : true
  const hasPrevious = forward ? id > 0 : more
  return {
    rows,
    ...(hasNext && last ? { next: write('after', last) } : {}),
    ...(hasPrevious && first ? { previous: write('before', first) } : {}),
  }
}

function offsetPage(rows: Row[], size: number, offset: number): Page | Refusal {
  if (offset + size > OFFSET_END) {
    return refuse(422, 'ArgumentError', `offset: only the first ${OFFSET_END} records are paged this way`)
  }
  const shown = rows.slice(offset, offset + size)
  const next = offset + size
  return {
    rows: shown,
    ...(next < rows.length ? { next: { offset: String(next) } } : {}),
    ...(offset > 0 ? { previous: { offset: String(Math.max(0, offset - size)) } } : {}),
  }
}

function sortRows(rows: Row[], by: string, descending: boolean, model: Model): void {
  const compute = model.computed?.[by]
  const key = (row: Row): string | number => {
    if (by === 'id') return row.id
    if (by === 'created_at') return row.created
    if (by === 'updated_at') return row.updated
    return String((compute ? compute(row) : row.attrs[by]) ?? '')
  }
  const sign = descending ? -1 : 1
  rows.sort((a, b) => {
    const [x, y] = [key(a), key(b)]
    return sign * (x < y ? -1 : x > y ? 1 : a.id - b.id)
  })
}
