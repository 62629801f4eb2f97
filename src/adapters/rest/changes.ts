/** Reading the lists that are configured, page by page. */
import type { CmsChanges, CmsStream, OnCmsCall } from '../../modules/connections/index.ts'
import { trouble } from '../cms-answers.ts'
import type { Listing, Resource, RestProgram } from './compile.ts'
import type { RestApi, Session } from './http.ts'
import { readPage } from './paging.ts'
import { payload, toRecord } from './records.ts'
import { readFields } from './values.ts'

interface Stream {
  resource: Resource
  list: Listing
  told: CmsStream
}

/** @returns undefined when no list is configured */
export function restChanges(program: RestProgram, api: RestApi, country: string): CmsChanges | undefined {
  const { clients, matters, documents, bills, appointments, comments } = program
  const streams = [clients, matters, documents, bills, appointments, comments].flatMap(
    (resource): Stream[] =>
      resource?.list ? [{ resource, list: resource.list, told: streamOf(resource, resource.list) }] : [],
  )
  if (streams.length === 0) return undefined
  const byModel = new Map(streams.map((stream) => [stream.told.model, stream]))
  const unknown = (model: string) => trouble('refused', `there is no list of ${model}`)
  const session = (onCall: OnCmsCall): Session => ({ onCall, urgency: 'background' })

  return {
    streams: streams.map(({ told }) => told),
    async page(model, ask, onCall) {
      const stream = byModel.get(model)
      if (!stream) return unknown(model)
      if (stream.list.window && !ask.window)
        return trouble('refused', `${stream.list.path} is asked by dates, and none were given`)
      const answer = await readPage(api, stream.list, ask, session(onCall))
      if (!answer.ok) return answer
      return {
        ok: true,
        value: {
          records: answer.value.records.map((record) => toRecord(stream.resource, record, country)),
          next: answer.value.next,
        },
      }
    },
    async ids(model, cursor, onCall) {
      const stream = byModel.get(model)
      if (!stream?.told.countable) return unknown(model)
      const ask = { since: null, window: null, cursor, extra: stream.list.idsQuery }
      const answer = await readPage(api, stream.list, ask, session(onCall))
      if (!answer.ok) return answer
      const ids: string[] = []
      for (const record of answer.value.records) {
        const id = readFields(stream.resource, record).id('id')
        // Without all of them nobody can say what is gone.
        if (id === null) return trouble('unavailable', `${stream.list.path}: a record without an id`)
        ids.push(id)
      }
      return { ok: true, value: { ids, next: answer.value.next } }
    },
    gone(model, externalId) {
      const holds = byModel.get(model)?.told.holds ?? 'other'
      return payload(model, holds, 'deleted', null, { id: externalId, updated_at: null }, null)
    },
  }
}

const streamOf = ({ model, holds }: Resource, list: Listing): CmsStream => ({
  model,
  holds,
  by: list.window ? 'window' : list.since ? 'since' : 'all',
  countable: list.complete && !list.window && holds !== 'other',
})
