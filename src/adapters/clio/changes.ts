/** Clio's lists, a page at a time: everything on a first sync, afterwards what changed since. */
import type { Json } from '../../kernel/json.ts'
import type { CmsAsk, CmsChanges, CmsPage, CmsRecord, CmsVerdict } from '../../modules/connections/index.ts'
import { type ClioApi, pageOf, type Session, trouble } from './http.ts'
import { cursor, type WordsOf } from './read.ts'
import type { ClioSettings } from './settings.ts'
import { type ClioStream, type Listed, streamsOf } from './streams.ts'

/** Most that Clio gives at once (its specification: `limit`). */
const perPage = '200'

/** What of `meta.paging.next` names the next page; everything else in it we know ourselves. */
const placeNames = ['page_token', 'offset'] as const

/** @param wordsOf the words of picklist options, shared with whoever else reads contacts */
export function clioChanges(settings: ClioSettings, api: ClioApi, wordsOf: WordsOf): CmsChanges {
  const streams = streamsOf(settings, wordsOf)
  const byModel = new Map(streams.map((stream) => [stream.model, stream]))

  /** @returns the records as they came, and the cursor of what follows */
  async function list(
    stream: ClioStream,
    query: Readonly<Record<string, string>>,
    at: string | null,
    session: Session,
  ): Promise<CmsVerdict<{ data: Json[]; next: string | null }>> {
    const place = at === null ? {} : placeOf(at)
    if (place === null) return trouble('refused', `Clio: the cursor for ${stream.model} can't be read`)
    const order = stream.ordered ? cursor : {}
    const answer = await api.call(
      'GET',
      stream.path,
      { query: { limit: perPage, ...order, ...query, ...place } },
      session,
    )
    if (!answer.ok) return answer
    const { data, following } = pageOf(answer.value)
    if (data === undefined) return trouble('unavailable', `Clio: ${stream.path} gave no list`)
    if (following === undefined) return { ok: true, value: { data, next: null } }
    const next = cursorIn(following)
    if (next === null || next === at)
      return trouble('unavailable', `Clio: ${stream.path} did not name its next page in a way we know`)
    return { ok: true, value: { data, next } }
  }

  return {
    streams: streams.map(({ model, holds }) => ({ model, holds, by: 'since', countable: true })),
    async page(model, ask, onCall): Promise<CmsVerdict<CmsPage>> {
      const stream = byModel.get(model)
      if (stream === undefined) return trouble('refused', `Clio has no list of ${model} that we read`)
      const session: Session = { onCall }
      const listed = await list(
        stream,
        { fields: ask.thorough ? stream.thorough : stream.fields, ...since(ask) },
        ask.cursor,
        session,
      )
      if (!listed.ok) return listed
      const read = await stream.read(listed.value.data, session)
      if (!read.ok) return read
      return {
        ok: true,
        value: { records: read.value.map((one) => toRecord(stream, one)), next: listed.value.next },
      }
    },
    async ids(model, at, onCall) {
      const stream = byModel.get(model)
      if (stream === undefined) return trouble('refused', `Clio has no list of ${model} that we read`)
      const listed = await list(stream, { fields: 'id' }, at, { onCall })
      if (!listed.ok) return listed
      const ids: string[] = []
      for (const record of listed.value.data) {
        const id = idOf(record)
        // An id that is not seen would count as gone.
        if (id === null) return trouble('unavailable', `Clio: ${stream.path} gave a record without an id`)
        ids.push(id)
      }
      return { ok: true, value: { ids, next: listed.value.next } }
    },
    gone: (_model, externalId) => ({
      data: { id: externalId },
      meta: { event: 'deleted', webhook_id: null },
    }),
  }
}

function toRecord(stream: ClioStream, { raw, listed, read }: Listed): CmsRecord {
  return {
    externalId: listed?.id ?? idOf(raw) ?? '',
    version: listed?.etag ?? null,
    createdAt: listed?.created_at ?? null,
    updatedAt: listed?.updated_at ?? null,
    raw,
    payload: (event) => ({ data: stream.hooked(raw), meta: { event, webhook_id: null } }),
    read,
  }
}

/** Clio's times are whole seconds; a part of one would leave out what changed in that second. */
const since = (ask: CmsAsk): Record<string, string> =>
  ask.since === null
    ? {}
    : { updated_since: ask.since.toString({ smallestUnit: 'second', roundingMode: 'floor' }) }

function idOf(record: Json): string | null {
  const id = typeof record === 'object' && record !== null && !Array.isArray(record) ? record.id : undefined
  return typeof id === 'number' || typeof id === 'bigint' || (typeof id === 'string' && id !== '')
    ? String(id)
    : null
}

/** The place in the list alone is kept: neither the host nor anything that a later release asks for otherwise. */
function cursorIn(address: string): string | null {
  const query = URL.parse(address, 'https://app.clio.com')?.searchParams
  const place = new URLSearchParams()
  for (const name of placeNames) {
    const value = query?.get(name)
    if (value) place.set(name, value)
  }
  return place.size > 0 ? place.toString() : null
}

function placeOf(at: string): Record<string, string> | null {
  const place = Object.fromEntries(new URLSearchParams(at))
  const names = Object.keys(place)
  const known = names.every((name) => placeNames.some((one) => one === name))
  return known && names.length > 0 ? place : null
}
