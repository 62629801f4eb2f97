/** A system's records, by the configured fields, as what the port promises. Pure. */
import { createHash } from 'node:crypto'
import type { Json } from '../../kernel/index.ts'
import type {
  CmsClient,
  CmsContactPoint,
  CmsFact,
  CmsMatter,
  CmsRecord,
  CmsRejected,
} from '../../modules/connections/index.ts'
import {
  blankless,
  isYes,
  type ListedPoint,
  mailPoints,
  phonePoints,
  readLanguage,
  readZone,
} from '../people.ts'
import type { Resource } from './compile.ts'
import { type Fields, hashOf, plain, readFields, textOf } from './values.ts'

export type Read<T> = { ok: true; value: T } | { ok: false; reason: string }

/** What this code reads of a record, whatever it holds. */
interface Base {
  externalId: string
  version: string
  createdAt: Temporal.Instant | null
  updatedAt: Temporal.Instant | null
}

export const versionOf = (fields: Fields, record: Json): string => fields.id('version') ?? hashOf(record)

function base(resource: Resource, fields: Fields, record: Json): Read<Base> {
  const externalId = fields.id('id')
  if (externalId === null)
    return { ok: false, reason: fields.problem('id') ?? `${resource.path}.fields.id gives nothing` }
  return {
    ok: true,
    value: {
      externalId,
      version: versionOf(fields, record),
      createdAt: fields.instant('createdAt'),
      updatedAt: fields.instant('updatedAt'),
    },
  }
}

export function toMatter(
  resource: Resource,
  record: Json,
): Read<{ matter: CmsMatter; clientExternalId: string | null }> {
  const fields = readFields(resource, record)
  const read = base(resource, fields, record)
  if (!read.ok) return read
  const status = fields.text('status')
  const clientExternalId = fields.id('client')
  // Both decide what is said, and to whom: a form that nobody thought of must not pass for "none".
  const problem = fields.problem('status', 'client')
  if (problem !== null) return { ok: false, reason: problem }
  return {
    ok: true,
    value: {
      clientExternalId,
      matter: {
        externalId: read.value.externalId,
        number: fields.text('number'),
        title: fields.text('title'),
        rawStatus: status,
        updatedAt: read.value.updatedAt,
        data: {
          ...fields.data(),
          status,
          status_since: fields.instant('statusSince')?.toString() ?? null,
          paused: saysYes(fields.raw('paused')),
        },
      },
    },
  }
}

export function toClient(
  resource: Resource,
  record: Json,
  country: string,
): Read<{ client: CmsClient; contactPoints: CmsContactPoint[]; rejected: CmsRejected[] }> {
  const fields = readFields(resource, record)
  const read = base(resource, fields, record)
  if (!read.ok) return read
  const { externalId, updatedAt } = read.value
  const firstName = fields.text('firstName')
  const lastName = fields.text('lastName')
  const parts = [firstName, lastName].filter((part) => part !== null)
  const zone = readZone(fields.text('timeZone'))
  const language = readLanguage(fields.text('language'))
  const phones = phonePoints(listed(fields.raw('phones'), 'number'), country)
  const mails = mailPoints(listed(fields.raw('emails'), 'address'))
  const preference = fields.text('preference')
  const paused = saysYes(fields.raw('paused'))
  // A preference, a pause or a number of another form than thought: better not read than not heeded.
  const problem = fields.problem('preference', 'paused', 'phones', 'emails')
  if (problem !== null) return { ok: false, reason: problem }
  return {
    ok: true,
    value: {
      client: {
        externalId,
        name: fields.text('name') ?? (parts.length > 0 ? parts.join(' ') : `Client ${externalId}`),
        firstName,
        lastName,
        preference,
        timeZone: zone.value,
        language: language.value,
        paused,
        updatedAt,
        data: fields.data(),
      },
      contactPoints: [...phones.points, ...mails.points],
      rejected: [...phones.rejected, ...mails.rejected, ...zone.rejected, ...language.rejected],
    },
  }
}

const saysYes = (value: unknown): boolean => (value === true ? true : isYes(textOf(value)))

function listed(value: unknown, name: 'number' | 'address'): ListedPoint[] {
  const list: unknown[] = Array.isArray(value) ? value : value === null ? [] : [value]
  return list.map((item) => {
    if (typeof item !== 'object' || item === null) return { value: textOf(item), label: null, primary: false }
    const of = (member: string): unknown =>
      Object.hasOwn(item, member) ? (item as Record<string, unknown>)[member] : null
    return { value: textOf(of(name)), label: blankless(textOf(of('label'))), primary: of('primary') === true }
  })
}

export interface ReadFact extends Base {
  fact: CmsFact
  matterExternalId: string | null
  removed: boolean
}

export function toFact(resource: Resource, record: Json): Read<ReadFact> {
  const fields = readFields(resource, record)
  const read = base(resource, fields, record)
  if (!read.ok) return read
  const matterExternalId = fields.id('matter')
  const removed = saysYes(fields.raw('removed'))
  const data = fields.data()
  const problem = fields.problem('matter', 'removed')
  if (problem !== null) return { ok: false, reason: problem }
  const { externalId, updatedAt } = read.value
  const version = resource.holds === 'appointment' ? whenAndWhere(data) : read.value.version
  return {
    ok: true,
    value: { ...read.value, matterExternalId, removed, fact: { externalId, version, updatedAt, data } },
  }
}

/** Of when and where, nothing else: rewording an appointment does not move it. Places may be a page long. */
function whenAndWhere(data: Readonly<Record<string, unknown>>): string {
  const place = createHash('sha256').update(textOf(data.location) ?? '')
  return `${textOf(data.start_at) ?? ''}/${textOf(data.end_at) ?? ''}/${place.digest('hex').slice(0, 12)}`.slice(
    0,
    300,
  )
}

/** A record of a list, as polling and a first sync want it. */
export function toRecord(resource: Resource, record: Json, country: string): CmsRecord {
  const { model, holds } = resource
  const nothing = (reason: string): CmsRecord => ({
    externalId: '',
    version: null,
    createdAt: null,
    updatedAt: null,
    payload: (event) => payload(model, holds, event, null, {}, null),
    read: { holds: 'nothing', reason },
  })
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    return nothing(`${resource.path}.list: something else than a record`)
  const fields = readFields(resource, record)
  const start = base(resource, fields, record)
  if (!start.ok) return nothing(start.reason)
  const { externalId, version, updatedAt } = start.value
  const told = { id: externalId, updated_at: updatedAt?.toString() ?? null }
  const make = (data: object, read: CmsRecord['read']): CmsRecord => ({
    ...start.value,
    read,
    payload: (event) =>
      payload(model, holds, event, version, { ...told, ...data }, holds === 'client' ? null : record),
  })
  const unread = (reason: string): CmsRecord => ({ ...make({}, { holds: 'nothing', reason }) })
  switch (holds) {
    case 'matter': {
      const read = toMatter(resource, record)
      if (!read.ok) return unread(read.reason)
      const { matter, clientExternalId } = read.value
      return make(
        { ...matter.data, client: clientExternalId, number: matter.number },
        { holds, matter, clientExternalId },
      )
    }
    case 'client': {
      const read = toClient(resource, record, country)
      // That a client changed is told by its id alone: who wants to know reads them anew.
      return read.ok ? make({}, { holds, ...read.value }) : unread(read.reason)
    }
    case 'document':
    case 'bill':
    case 'appointment': {
      const read = toFact(resource, record)
      if (!read.ok) return unread(read.reason)
      const { fact, matterExternalId, removed } = read.value
      return make(
        { matter: matterExternalId, removed, version: fact.version, fact: fact.data },
        { holds, fact, matterExternalId, ...(removed ? { removed } : {}) },
      )
    }
    case 'other':
      return make({ matter: fields.id('matter'), fact: fields.data() }, { holds })
  }
}

/**
 * What a poll's record looks like to mappings: `data` in our words, `record` as its system gave it (never a client's:
 * their addresses are not news), `meta` says what happened and that it was found in a list. hooks.ts reads it.
 */
export function payload(
  model: string,
  holds: string,
  event: 'created' | 'updated' | 'deleted',
  version: string | null,
  data: object,
  record: Json,
): Json {
  return plain({ data, record, meta: { event, source: 'list', model, holds, version } })
}
