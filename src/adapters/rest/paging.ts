/** One page of a list, however the system parts its lists. A cursor is text that is good for later. */
import type { Json } from '../../kernel/index.ts'
import type { CmsTrouble, CmsVerdict } from '../../modules/connections/index.ts'
import { trouble } from '../cms-answers.ts'
import type { Listing } from './compile.ts'
import { writeTime } from './dates.ts'
import type { Answer, RestApi, Session } from './http.ts'
import { hashOf, prepare, textOf } from './values.ts'

export interface Ask {
  since: Temporal.Instant | null
  window: { from: Temporal.Instant; until: Temporal.Instant } | null
  cursor: string | null
  /** What stands for `{matter}`. */
  matter?: string
  /** More of the query. */
  extra?: Readonly<Record<string, string>>
}

export interface Page {
  records: Json[]
  next: string | null
}

/** A page of another size than this is no page of a list. */
const mostRecords = 10_000

export async function readPage(
  api: RestApi,
  list: Listing,
  ask: Ask,
  session: Session,
): Promise<CmsVerdict<Page>> {
  const place = placeOf(ask.cursor)
  if (place === null) return trouble('refused', 'the place in the list is not one that this connection gave')
  const path = fill(list.path, 'matter', ask.matter)
  if (path === null) return trouble('not_found', 'its id cannot be part of an address')
  const target = 'address' in place ? { address: place.address } : { path, query: queryOf(list, ask, place) }
  const answer = await api.call('GET', target, undefined, session)
  if (!answer.ok) return inList(answer, list)
  const found = list.records.evaluate(prepare({ body: answer.value.body }))
  if (!found.ok || !Array.isArray(found.value) || found.value.length > mostRecords)
    return trouble('unavailable', `${list.path} gave no list${found.ok ? '' : `: ${found.message}`}`)
  const records = found.value as Json[]
  // The same page again, whatever was asked for: reading on would never end.
  const mark = records.length === 0 ? '' : hashOf([list.path, ...records.slice(0, 3), records.length])
  if (place.mark !== '' && place.mark === mark)
    return trouble('refused', `${list.path} gives the same page again: see how it is paged`)
  const next = following(list, place, records, answer.value, api)
  if (next !== null && typeof next !== 'string') return next
  return { ok: true, value: { records, next: next === null ? null : JSON.stringify([next, mark]) } }
}

/** @returns the text with the id in it, or null where it would be read as another path */
export function fill(text: string, name: 'id' | 'matter', value: string | undefined): string | null {
  if (!text.includes(`{${name}}`)) return text
  if (value === undefined || value === '' || /^\.{1,2}$/.test(value)) return null
  return text.replaceAll(`{${name}}`, encodeURIComponent(value))
}

type Place = { at: string | null; mark: string } | { address: string; mark: string }

function placeOf(cursor: string | null): Place | null {
  if (cursor === null) return { at: null, mark: '' }
  try {
    const read: unknown = JSON.parse(cursor)
    if (!Array.isArray(read) || typeof read[0] !== 'string' || typeof read[1] !== 'string') return null
    const [at, mark] = read as [string, string]
    return at.startsWith('@') ? { address: at.slice(1), mark } : { at: at.slice(1), mark }
  } catch {
    return null
  }
}

function queryOf(list: Listing, ask: Ask, place: { at: string | null }): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries({ ...list.query, ...ask.extra }))
    query[name] = ask.matter === undefined ? value : value.replaceAll('{matter}', ask.matter)
  if (list.since && ask.since)
    query[list.since.name] = writeTime(ask.since, list.since.format, list.since.zone)
  if (list.window && ask.window) {
    const { from, until, format, zone } = list.window
    query[from] = writeTime(ask.window.from, format, zone)
    query[until] = writeTime(ask.window.until, format, zone)
  }
  const { paging } = list
  if (paging.by === 'none') return query
  if (paging.size !== undefined) query[paging.size] = String(paging.perPage)
  if (paging.by === 'page') query[paging.page] = place.at ?? String(paging.first)
  if (paging.by === 'offset') query[paging.offset] = place.at ?? '0'
  if (paging.by === 'cursor' && place.at !== null) query[paging.cursor] = place.at
  return query
}

/** @returns the next place; `#` before what stands in the query, `@` before an address */
function following(
  list: Listing,
  place: Place,
  records: readonly Json[],
  answer: Answer,
  api: RestApi,
): string | null | CmsTrouble {
  const { paging } = list
  const at = 'at' in place ? Number(place.at ?? (paging.by === 'page' ? paging.first : 0)) : 0
  switch (paging.by) {
    case 'none':
      return null
    case 'page':
      return goesOn(list, records, answer) ? `#${at + 1}` : null
    case 'offset':
      // By what came and not by what was asked for: a system may give smaller pages than it was asked for.
      return goesOn(list, records, answer) ? `#${at + records.length}` : null
    case 'cursor': {
      const next = told(list, answer)
      return next === null ? null : `#${next}`
    }
    case 'link':
    case 'address': {
      const next = paging.by === 'link' ? linkOf(answer.headers.get('link')) : told(list, answer)
      if (next === null) return null
      const address = api.within(next, answer.url)
      return address === null
        ? trouble('refused', `${list.path} named a page on another host`)
        : `@${address}`
    }
  }
}

/** Where the system does not tell, an empty page is the end: a short one may just be all that it gives at once. */
function goesOn(list: Listing, records: readonly Json[], answer: Answer): boolean {
  if (records.length === 0) return false
  if (list.more === null) return true
  const verdict = list.more.evaluate(prepare({ body: answer.body }))
  return verdict.ok && verdict.value === true
}

function told(list: Listing, answer: Answer): string | null {
  const verdict = list.next?.evaluate(prepare({ body: answer.body }))
  return verdict?.ok ? textOf(verdict.value) : null
}

/** RFC 8288 §3: `<address>; rel="next"`, several parted by commas; an address may hold commas itself. */
export function linkOf(header: string | null): string | null {
  for (const [, address, parameters = ''] of (header ?? '').slice(0, 16_384).matchAll(/<([^<>]*)>([^<]*)/g)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters)
    const words = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/)
    if (words.includes('next')) return address || null
  }
  return null
}

/** A list that is not there is a mistake in the configuration, or a fault of the moment; never "no records". */
function inList(answer: CmsTrouble, list: Listing): CmsTrouble {
  return {
    ...answer,
    kind: answer.kind === 'not_found' ? 'unavailable' : answer.kind,
    detail: `${list.path}: ${answer.detail}`,
  }
}
