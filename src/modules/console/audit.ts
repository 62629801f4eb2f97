/** The record for people: searched by whom and what it is about, with names beside the ids. */
import type { AuditChoices, AuditEntry, AuditPage, RecordMark } from '../../../contracts/audit.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import {
  type EntryCursor,
  type EntryFilter,
  type FoundEntry,
  recordMark,
  searchEntries,
  valuesOf,
} from '../audit/index.ts'
import { subjectsAbout } from './audit-subjects.ts'
import { namesOfActors } from './rows.ts'

export interface AuditQuery extends Omit<EntryFilter, 'subjects' | 'before'> {
  clientId?: string | undefined
  matterId?: string | undefined
  cursor?: string | undefined
}

/** @returns null when the cursor is none of ours */
export async function auditPage(tx: FirmTx, query: AuditQuery): Promise<AuditPage | null> {
  const { clientId, matterId, cursor, limit, ...filter } = query
  const before = cursor === undefined ? undefined : readCursor(cursor)
  if (before === null) return null
  const about =
    clientId === undefined && matterId === undefined
      ? undefined
      : await subjectsAbout(tx, {
          clientIds: clientId === undefined ? [] : [clientId],
          matterIds: matterId === undefined ? [] : [matterId],
        })
  const found = await searchEntries(tx, { ...filter, subjects: about, before, limit: limit + 1 })
  const entries = found.slice(0, limit)
  const last = found.length > limit ? entries.at(-1) : undefined
  return {
    items: await named(tx, entries),
    next: last ? `${last.happened}~${last.seq}` : null,
    mark: await markOf(tx),
  }
}

/** Up to where the record is sealed and verified. */
export async function markOf(tx: FirmTx): Promise<RecordMark> {
  const { sealed, checked } = await recordMark(tx)
  return {
    sealed: sealed && { ...sealed, at: instantText(sealed.at) },
    checked: checked && {
      ...checked,
      at: checked.at.toString(),
      sealedAt: checked.sealedAt?.toString() ?? null,
    },
  }
}

/** Who and what stands in the record at all. */
export async function auditChoices(tx: FirmTx): Promise<AuditChoices> {
  const actors = await valuesOf(tx, 'actor')
  const name = await namesOfActors(tx, actors)
  return {
    actors: actors
      .map((actor) => ({ actor, who: name(actor) }))
      .sort((a, b) => a.who.localeCompare(b.who, 'en')),
    actions: await valuesOf(tx, 'action'),
  }
}

/** As PostgreSQL writes it in UTC: `2026-03-04 05:06:07.123457+00`. */
const instantText = (text: string): string => Temporal.Instant.from(text.replace(' ', 'T')).toString()

function readCursor(text: string): EntryCursor | null {
  const [at, seq, ...more] = text.split('~')
  if (!at || !seq || more.length > 0 || !/^\d{1,18}$/.test(seq)) return null
  try {
    return { at: Temporal.Instant.from(at), seq }
  } catch {
    return null
  }
}

async function named(tx: FirmTx, entries: readonly FoundEntry[]): Promise<AuditEntry[]> {
  const who = await namesOfActors(
    tx,
    entries.map((e) => e.actor),
  )
  const about = await namesOfSubjects(
    tx,
    entries.map((e) => e.subject),
  )
  return entries.map((e) => ({
    at: e.happened.toString(),
    actor: e.actor,
    who: who(e.actor),
    action: e.action,
    subject: e.subject,
    ...about(e.subject),
    data: JSON.parse(e.data) as Record<string, unknown>,
    sealed: e.sealed,
    verified: e.verified,
    raw: { epoch: e.epoch, xid: e.xid, seq: e.seq, at: e.at, data: e.data, leaf: e.leaf },
  }))
}

type About = Pick<AuditEntry, 'client' | 'clientId' | 'matter' | 'matterId'>
const nobody: About = { client: null, clientId: null, matter: null, matterId: null }

async function namesOfSubjects(tx: FirmTx, subjects: readonly string[]): Promise<(subject: string) => About> {
  const ids = (kind: string) => [
    ...new Set(subjects.flatMap((s) => (s.startsWith(`${kind}:`) ? [s.slice(kind.length + 1)] : []))),
  ]
  const rows = await tx.rows<About & { subject: string }>(
    `select x.subject, c.name as client, c.id as "clientId", coalesce(m.number, m.external_id) as matter, m.id as "matterId"
     from (
       select 'message:' || id as subject, client_id, matter_id from messages where id = any($1::uuid[])
       union all select 'event:' || id, client_id, matter_id from events where id = any($2::uuid[])
       union all select 'task:' || id, client_id, matter_id from tasks where id = any($3::uuid[])
       union all select 'matter:' || id, client_id, id from matters where id = any($4::uuid[])
       union all select 'client:' || id, id, null from clients where id = any($5::uuid[])
     ) x left join matters m on m.id = x.matter_id left join clients c on c.id = coalesce(x.client_id, m.client_id)`,
    ['message', 'event', 'task', 'matter', 'client'].map(ids),
  )
  const known = new Map(rows.map(({ subject, ...about }) => [subject, about]))
  return (subject) => known.get(subject) ?? nobody
}
