/** Reading one matter with all that belongs to it: five calls, since Clio nests its fields one level only. */
import type { z } from 'zod'
import type { Json } from '../../kernel/json.ts'
import type { CmsSnapshot, CmsTrouble, CmsVerdict, OnCmsCall } from '../../modules/connections/index.ts'
import { type ClioApi, type Session, trouble } from './http.ts'
import * as records from './records.ts'
import type { ClioSettings } from './settings.ts'
import { type OptionWords, toAppointment, toBill, toClient, toDocument, toMatter } from './snapshot.ts'

export type ReadMatter = (externalId: string, onCall: OnCmsCall) => Promise<CmsVerdict<CmsSnapshot>>

/** The cursor that has no end at 10,000 records wants this order and no offset (providers.md §4). */
export const cursor = { order: 'id(asc)' }

/** @param mostMs how long reading one matter may take in all, in milliseconds */
export function matterReader(
  settings: ClioSettings,
  api: ClioApi,
  wordsOf: WordsOf,
  mostMs: number,
): ReadMatter {
  return async (externalId, onCall) => {
    const session: Session = { onCall, signal: AbortSignal.timeout(mostMs) }
    if (!/^\d{1,19}$/.test(externalId)) return trouble('not_found', 'a Clio matter has a number for an id')
    const matter = await one(
      api,
      `matters/${externalId}.json`,
      records.matterFields,
      records.matterRecord,
      session,
    )
    if (!matter.ok) return matter
    const of = { matter_id: externalId }
    const clientId = matter.value.client?.id
    const [client, documents, bills, entries] = await Promise.all([
      clientId === undefined ? null : readClient(clientId, session),
      all(
        api,
        'documents.json',
        { ...of, ...cursor, fields: records.documentFields },
        records.documentRecord,
        session,
      ),
      all(api, 'bills.json', { ...of, ...cursor, fields: records.billFields }, records.billRecord, session),
      // Calendar entries can't be asked for in an order (Clio's specification).
      all(api, 'calendar_entries.json', { ...of, fields: records.entryFields }, records.entryRecord, session),
    ])
    if (client !== null && !client.ok) return client
    if (!documents.ok) return documents
    if (!bills.ok) return bills
    if (!entries.ok) return entries
    return {
      ok: true,
      value: {
        matter: toMatter(matter.value, settings),
        ...(client === null ? { client: null, contactPoints: [], rejected: [] } : client.value),
        documents: documents.value.map(toDocument),
        bills: bills.value.map(toBill),
        appointments: entries.value.map(toAppointment),
      },
    }
  }

  async function readClient(id: string, session: Session): Promise<CmsVerdict<ReturnType<typeof toClient>>> {
    const contact = await one(
      api,
      `contacts/${id}.json`,
      records.contactFields,
      records.contactRecord,
      session,
    )
    // The matter was there a moment ago: this is no answer to "is there such a matter".
    if (!contact.ok) return contact.kind === 'not_found' ? { ...contact, kind: 'unavailable' } : contact
    const words = await wordsOf(pickedOptions(contact.value), session)
    return words.ok ? { ok: true, value: toClient(contact.value, settings, words.value) } : words
  }
}

export type WordsOf = (ids: readonly string[], session: Session) => Promise<CmsVerdict<OptionWords>>

/** The ids of the options that a contact's picklists hold. */
export const pickedOptions = (contact: records.ContactRecord): string[] =>
  contact.custom_field_values
    .filter((value) => value.field_type === 'picklist')
    .flatMap((value) => value.value ?? [])

/** Picklist options by id, kept; asked for again when one turns up that was not there. */
export function optionWords(api: ClioApi): WordsOf {
  let known: OptionWords = new Map()
  return async (ids, session) => {
    if (ids.every((id) => known.has(id))) return { ok: true, value: known }
    const query = { ...cursor, fields: records.customFieldFields, parent_type: 'contact' }
    const fields = await all(api, 'custom_fields.json', query, records.customFieldRecord, session)
    if (!fields.ok) return fields
    const options = fields.value.flatMap((field) => field.picklist_options)
    const found = new Map(options.map(({ id, option }) => [id, option ?? id]))
    // An option that was deleted since: its id stands for itself, and is not asked for each time.
    for (const id of ids) if (!found.has(id)) found.set(id, id)
    known = found
    return { ok: true, value: known }
  }
}

async function one<T extends z.ZodType>(
  api: ClioApi,
  path: string,
  fields: string,
  shape: T,
  session: Session,
): Promise<CmsVerdict<z.output<T>>> {
  const answer = await api.call('GET', path, { query: { fields } }, session)
  return answer.ok ? readAs(shape, dataOf(answer.value), path) : answer
}

async function all<T extends z.ZodType>(
  api: ClioApi,
  path: string,
  query: Readonly<Record<string, string>>,
  shape: T,
  session: Session,
): Promise<CmsVerdict<z.output<T>[]>> {
  const answer = await api.list(path, query, session)
  if (!answer.ok) return answer
  const read: z.output<T>[] = []
  for (const record of answer.value) {
    const verdict = readAs(shape, record, path)
    if (!verdict.ok) return verdict
    read.push(verdict.value)
  }
  return { ok: true, value: read }
}

/** What does not have the shape is taken for a fault of the moment: nothing of it is used. */
export function readAs<T extends z.ZodType>(
  shape: T,
  record: Json | undefined,
  path: string,
): { ok: true; value: z.output<T> } | CmsTrouble {
  const parsed = shape.safeParse(record)
  if (parsed.success) return { ok: true, value: parsed.data }
  const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')
  return trouble('unavailable', `Clio: ${path} gave something else than a record (${where || 'no data'})`)
}

export const dataOf = (body: Json): Json | undefined =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? body.data : undefined
