import type { Body } from '../cms/body.ts'
import { invalid, type Refusal, refuse } from '../cms/errors.ts'
import { parseTime } from '../cms/filters.ts'

/** A document as the system's API and webhooks show it. Times are ISO 8601 in UTC. */
export interface Document {
  id: string
  /** Its running number, from which the id is made. */
  number: number
  /** The matter's id in the case management system, as text: firms copy it into the document's profile. */
  matter: string
  /** The matter's display number, where somebody filled it in. */
  matterNumber: string | null
  name: string
  category: string | null
  tags: string[]
  /** False while the bytes are still on their way. */
  uploaded: boolean
  filedAt: string
  modifiedAt: string
}

export type DocumentPart = Pick<
  Document,
  'matter' | 'matterNumber' | 'name' | 'category' | 'tags' | 'uploaded'
>

export interface DocumentQuery {
  matter?: string
  category?: string
  tag?: string
  /** Milliseconds since the epoch, inclusive. */
  modifiedSince?: number
  uploaded?: boolean
  skip: number
  limit: number
}

export interface Documents {
  all(): Document[]
  get(id: string): Document | undefined
  /** One page in order of filing; `next` is the `skip` of the following one, or null. */
  list(query: DocumentQuery): { documents: Document[]; next: number | null }
  add(part: DocumentPart): Document
  change(old: Document, part: DocumentPart): Document
  remove(id: string): void
  clear(): void
}

const MOST = 100

/** Reads a control's body; what is not given stays as in `old`. */
export function readDocument(body: Body, old: Document | undefined): DocumentPart | Refusal {
  const known = ['matter', 'matterNumber', 'name', 'category', 'tags', 'uploaded']
  for (const name of Object.keys(body))
    if (!known.includes(name)) return invalid(name, 'is not a field of a document')
  // The CMS's ids are numbers; people paste them as they are.
  const matter = typeof body.matter === 'number' ? String(body.matter) : (body.matter ?? old?.matter)
  if (typeof matter !== 'string' || matter === '')
    return invalid('matter', 'must be the id of the matter, as text')
  const name = body.name ?? old?.name
  if (typeof name !== 'string' || name.trim() === '') return invalid('name', 'must be text that is not empty')
  const matterNumber = body.matterNumber === undefined ? (old?.matterNumber ?? null) : body.matterNumber
  if (matterNumber !== null && typeof matterNumber !== 'string')
    return invalid('matterNumber', 'must be text')
  const category = body.category === undefined ? (old?.category ?? null) : body.category
  if (category !== null && typeof category !== 'string') return invalid('category', 'must be text')
  const tags = body.tags ?? old?.tags ?? []
  if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== 'string')) {
    return invalid('tags', 'must be a list of texts')
  }
  const uploaded = body.uploaded ?? old?.uploaded ?? true
  if (typeof uploaded !== 'boolean') return invalid('uploaded', 'must be true or false')
  return { matter, matterNumber, name, category, tags: tags as string[], uploaded }
}

/** Reads the query of `GET /dms/v1/documents`. */
export function readQuery(params: URLSearchParams): DocumentQuery | Refusal {
  const query: DocumentQuery = { skip: 0, limit: MOST }
  for (const [name, value] of params) {
    const wrong = (message: string) => refuse(400, 'BadRequest', `${name} ${message}`)
    switch (name) {
      case 'matter':
      case 'category':
      case 'tag':
        query[name] = value
        break
      case 'modifiedSince': {
        const ms = parseTime(value)
        if (ms === undefined) return wrong('must be an ISO 8601 time')
        query.modifiedSince = ms
        break
      }
      case 'uploaded':
        if (value !== 'true' && value !== 'false') return wrong('must be true or false')
        query.uploaded = value === 'true'
        break
      case 'skip':
      case 'limit': {
        const number = /^\d{1,9}$/.test(value) ? Number(value) : -1
        const ok = name === 'skip' ? number >= 0 : number >= 1 && number <= MOST
        if (!ok) return wrong(name === 'skip' ? 'must be a whole number from 0' : `must be from 1 to ${MOST}`)
        query[name] = number
        break
      }
      default:
        return wrong('is not a parameter')
    }
  }
  return query
}

/** An empty store. `now` gives milliseconds. */
export function createDocuments(now: () => number): Documents {
  const held = new Map<string, Document>()
  // Grows with time, so that a restarted sandbox does not hand out ids of its last run.
  let next = Math.max(1, Math.floor((now() - Date.UTC(2026, 0, 1)) / 1_000))
  const matches = (query: DocumentQuery) => (document: Document) =>
    (query.matter === undefined || document.matter === query.matter) &&
    (query.category === undefined || document.category === query.category) &&
    (query.tag === undefined || document.tags.includes(query.tag)) &&
    (query.uploaded === undefined || document.uploaded === query.uploaded) &&
    (query.modifiedSince === undefined || Date.parse(document.modifiedAt) >= query.modifiedSince)

  return {
    all: () => [...held.values()],
    get: (id) => held.get(id),
    list(query) {
      const found = [...held.values()].filter(matches(query))
      const end = query.skip + query.limit
      return { documents: found.slice(query.skip, end), next: end < found.length ? end : null }
    },
    add(part) {
      const number = next++
      const at = new Date(now()).toISOString()
      const id = `4820-${String(number).padStart(8, '0')}`
      const document: Document = { id, number, ...part, filedAt: at, modifiedAt: at }
      held.set(id, document)
      return document
    },
    change(old, part) {
      const changed = { ...old, ...part, modifiedAt: new Date(now()).toISOString() }
      held.set(old.id, changed)
      return changed
    },
    remove: (id) => void held.delete(id),
    clear: () => held.clear(),
  }
}
