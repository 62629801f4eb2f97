/** One matter with all that belongs to it, composed from the configured resources. */
import type { Json } from '../../kernel/index.ts'
import type { CmsFact, CmsSnapshot, CmsVerdict, OnCmsCall } from '../../modules/connections/index.ts'
import { trouble } from '../cms-answers.ts'
import type { Resource, RestProgram } from './compile.ts'
import type { RestApi, Session } from './http.ts'
import { fill, readPage } from './paging.ts'
import { type Read, toClient, toFact, toMatter } from './records.ts'
import type { RestSettings } from './settings.ts'
import { prepare } from './values.ts'

export type ReadMatter = (externalId: string, onCall: OnCmsCall) => Promise<CmsVerdict<CmsSnapshot>>

/** A matter with more pages of anything is beyond what one look can take in. */
const mostPages = 50

/** @param mostMs how long reading one matter may take in all, in milliseconds */
export function matterReader(
  settings: RestSettings,
  program: RestProgram,
  api: RestApi,
  now: () => Temporal.Instant,
  mostMs: number,
): ReadMatter {
  const { matters } = program
  if (matters === null)
    return () =>
      Promise.resolve(trouble('refused', 'it has no matters of its own: settings.matters is left out'))
  return async (externalId, onCall) => {
    const session: Session = { onCall, urgency: 'now', signal: AbortSignal.timeout(mostMs) }
    const matter = await one(matters, externalId, session, (record) => toMatter(matters, record))
    if (!matter.ok) return matter
    if (matter.value.matter.externalId !== externalId)
      return trouble('unavailable', 'it gave another matter than the one that was asked for')
    const clientId = matter.value.clientExternalId
    const [client, documents, bills, appointments] = await Promise.all([
      clientId === null || program.clients === null ? null : readClient(program.clients, clientId, session),
      facts(program.documents, externalId, session),
      facts(program.bills, externalId, session),
      facts(program.appointments, externalId, session),
    ])
    if (client !== null && !client.ok) return client
    if (!documents.ok) return documents
    if (!bills.ok) return bills
    if (!appointments.ok) return appointments
    return {
      ok: true,
      value: {
        matter: matter.value.matter,
        ...(client === null ? { client: null, contactPoints: [], rejected: [] } : client.value),
        documents: documents.value,
        bills: bills.value,
        appointments: appointments.value,
      },
    }
  }

  async function readClient(resource: Resource, id: string, session: Session) {
    const read = await one(resource, id, session, (record) => toClient(resource, record, settings.country))
    // The matter was there a moment ago: this is no answer to "is there such a matter".
    return !read.ok && read.kind === 'not_found' ? { ...read, kind: 'unavailable' as const } : read
  }

  async function one<T>(
    resource: Resource,
    id: string,
    session: Session,
    read: (record: Json) => Read<T>,
  ): Promise<CmsVerdict<T>> {
    if (resource.one === null) return trouble('refused', `${resource.path}.one is not configured`)
    const path = fill(resource.one.path, 'id', id)
    if (path === null) return trouble('not_found', 'its id cannot be part of an address')
    const answer = await api.call('GET', { path, query: resource.one.query }, undefined, session)
    if (!answer.ok) return { ...answer, detail: `${resource.one.path}: ${answer.detail}` }
    const found = resource.one.record.evaluate(prepare({ body: answer.value.body }))
    const record = found.ok ? (found.value as Json) : null
    if (typeof record !== 'object' || record === null || Array.isArray(record))
      return trouble('unavailable', `${resource.one.path} gave something else than a record`)
    const made = read(record)
    return made.ok ? made : trouble('unavailable', `${resource.one.path}: ${made.reason}`)
  }

  async function facts(
    resource: Resource | null,
    matter: string,
    session: Session,
  ): Promise<CmsVerdict<CmsFact[]>> {
    const list = resource?.ofMatter
    if (!resource || !list) return { ok: true, value: [] }
    const { back, ahead } = settings.diary
    const window = list.window ? { from: now().subtract(hours(back)), until: now().add(hours(ahead)) } : null
    const found = new Map<string, CmsFact>()
    let cursor: string | null = null
    for (let page = 0; page < mostPages; page++) {
      const answer = await readPage(api, list, { since: null, window, cursor, matter }, session)
      if (!answer.ok) return answer
      for (const record of answer.value.records) {
        const read = toFact(resource, record)
        if (!read.ok || read.value.removed) continue
        // Some systems ignore a filter that they do not know; another matter's facts must not be taken for this one's.
        if (read.value.matterExternalId !== null && read.value.matterExternalId !== matter)
          return trouble('refused', `${list.path} gave records of another matter: see how it is asked`)
        found.set(read.value.externalId, read.value.fact)
      }
      cursor = answer.value.next
      if (cursor === null) return { ok: true, value: [...found.values()] }
    }
    return trouble('refused', `${list.path}: more than ${mostPages} pages`)
  }
}

/** An instant has no days: 24 hours each. */
const hours = (duration: string): Temporal.Duration =>
  Temporal.Duration.from({
    milliseconds: Math.round(
      Temporal.Duration.from(duration).total({
        unit: 'milliseconds',
        relativeTo: '2026-01-01T00:00:00Z[UTC]',
      }),
    ),
  })
