/** Clio's lists, a page at a time: everything on a first sync, afterwards what changed since. */
import type { Json } from '../../kernel/json.ts'
import type { CmsAsk, CmsChanges, CmsPage, CmsRecord, CmsVerdict } from '../../modules/connections/index.ts'
import { trouble } from '../cms-answers.ts'
import { type ClioApi, pageOf, type Session } from './http.ts'
import { afterPage, asked, placeIn, readPlace, start, writePlace } from './place.ts'
import { cursor, type WordsOf } from './read.ts'
import { readInstant } from './records.ts'
import type { ClioSettings } from './settings.ts'
import { type ClioStream, type Listed, streamsOf } from './streams.ts'

/** Most that Clio gives at once (its specification: `limit`). */
const perPage = '200'

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
    const place = at === null ? start : readPlace(at)
    if (place === null) return trouble('refused', `Clio: the cursor for ${stream.model} can't be read`)
    const order = stream.ordered ? cursor : {}
    const answer = await api.call(
      'GET',
      stream.path,
      { query: { limit: perPage, ...order, ...query, ...asked(place) } },
      session,
    )
    if (!answer.ok) return answer
    const { data, following } = pageOf(answer.value)
    if (data === undefined) return trouble('unavailable', `Clio: ${stream.path} gave no list`)
    const leadsTo = following === undefined ? null : placeIn(following)
    if (following !== undefined && leadsTo === null)
      return trouble('unavailable', `Clio: ${stream.path} named its next page in a way we do not know`)
    const after = afterPage(place, leadsTo)
    if (after === 'too_many') return trouble('refused', `Clio: ${stream.path} holds too much to be read`)
    const next = after === null ? null : writePlace(after)
    return next !== null && next === at
      ? trouble('unavailable', `Clio: ${stream.path} named the same page again`)
      : { ok: true, value: { data, next } }
  }

  return {
    streams: streams.map(({ model, holds }) => ({ model, holds, by: 'since', countable: true })),
    async page(model, ask, onCall): Promise<CmsVerdict<CmsPage>> {
      const stream = byModel.get(model)
      if (stream === undefined) return trouble('refused', `Clio has no list of ${model} that we read`)
      // Lists can wait; what a client waits for cannot.
      const session: Session = { onCall, urgency: 'background' }
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
      const listed = await list(stream, { fields: 'id' }, at, { onCall, urgency: 'background' })
      if (!listed.ok) return listed
      const ids: string[] = []
      for (const record of listed.value.data) {
        const id = idOf(membersOf(record).id)
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

function toRecord(stream: ClioStream, { raw, read }: Listed): CmsRecord {
  const { id, etag, created_at, updated_at } = membersOf(raw)
  return {
    externalId: idOf(id) ?? '',
    version: typeof etag === 'string' ? etag : null,
    createdAt: readInstant(created_at),
    updatedAt: readInstant(updated_at),
    raw,
    payload: (event) => ({ data: stream.hooked(raw), meta: { event, webhook_id: null } }),
    read,
  }
}

const membersOf = (record: Json): { readonly [name: string]: Json | undefined } =>
  typeof record === 'object' && record !== null && !Array.isArray(record) ? record : {}

/** Clio's times are whole seconds; a part of one would leave out what changed in that second. */
const since = (ask: CmsAsk): Record<string, string> =>
  ask.since === null
    ? {}
    : { updated_since: ask.since.toString({ smallestUnit: 'second', roundingMode: 'floor' }) }

const idOf = (id: Json | undefined): string | null =>
  typeof id === 'number' || typeof id === 'bigint' || (typeof id === 'string' && id !== '')
    ? String(id)
    : null
