/** The tables of audits. */
import type { ConnectionId, NewId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Kind, Subject } from '../quality/index.ts'
import type { PageFindings } from './judge.ts'
import type { Sharing } from './sharing.ts'
import type { Tally } from './tally.ts'
import type { AuditReport, Finding } from './types.ts'

export interface RunningAudit {
  id: string
  step: number
  list: number
  cursor: string | null
  beganAt: Temporal.Instant
  workedMs: number
  tally: Tally
  /** It was begun before, and goes on. */
  resumed: boolean
}

/** Goes on with the one under way, or begins one. @param fresh drop the one under way */
export async function beginAudit(
  tx: FirmTx,
  connectionId: ConnectionId,
  fresh: boolean,
  empty: Tally,
  now: Temporal.Instant,
  newId: NewId,
): Promise<RunningAudit> {
  const [found] = await tx.rows<{
    id: string
    step: number
    list: number
    cursor: string | null
    began_at: Temporal.Instant
    worked_ms: string | number
    tally: Tally
  }>(
    `select id, step, list, cursor, began_at, worked_ms, tally from cms_audits
     where connection_id = $1 and state = 'running' for update`,
    [connectionId],
  )
  if (found && !fresh) {
    // Whoever had it before notices at its next page.
    await tx.run('update cms_audits set step = step + 1 where id = $1', [found.id])
    return {
      id: found.id,
      step: found.step + 1,
      list: found.list,
      cursor: found.cursor,
      beganAt: found.began_at,
      workedMs: Number(found.worked_ms),
      tally: found.tally,
      resumed: true,
    }
  }
  if (found) {
    await tx.run(`update cms_audits set state = 'dropped', finished_at = $2 where id = $1`, [found.id, now])
    await clear(tx, found.id, true)
  }
  const id = newId<string>()
  await insertMany(
    tx,
    'cms_audits',
    [{ id, connection_id: connectionId, state: 'running', began_at: now, tally: empty }],
    '',
  )
  return { id, step: 0, list: 0, cursor: null, beganAt: now, workedMs: 0, tally: empty, resumed: false }
}

/**
 * Stores what a page brought, and where to go on.
 *
 * @returns false when another process goes on with this audit
 */
export async function storePage(
  tx: FirmTx,
  audit: RunningAudit,
  page: PageFindings,
  next: { list: number; cursor: string | null },
  workedMs: number,
): Promise<boolean> {
  const moved = await tx.run(
    `update cms_audits set step = step + 1, list = $3, cursor = $4, worked_ms = $5, tally = $6
     where id = $1 and step = $2 and state = 'running'`,
    [audit.id, audit.step, next.list, next.cursor, Math.round(workedMs), JSON.stringify(audit.tally)],
  )
  if (moved === 0) return false
  await insertFindings(tx, audit.id, page.findings)
  await insertMany(
    tx,
    'cms_audit_marks',
    page.marks.map((m) => ({ audit_id: audit.id, mark: m.mark, external_id: m.externalId, name: m.name })),
    'on conflict do nothing',
  )
  await insertMany(
    tx,
    'cms_audit_matters',
    page.matters.map((m) => ({
      audit_id: audit.id,
      external_id: m.externalId,
      client_external_id: m.clientExternalId,
      number: m.number,
      is_open: m.open,
      has_court_date: false,
      has_deadline: m.deadline,
    })),
    'on conflict do nothing',
  )
  for (const what of ['court', 'deadline'] as const) {
    const ids = page.ahead.filter((one) => one.what === what).map((one) => one.externalId)
    if (ids.length === 0) continue
    await tx.run(
      `update cms_audit_matters set ${what === 'court' ? 'has_court_date' : 'has_deadline'} = true
       where audit_id = $1 and external_id = any($2)`,
      [audit.id, ids],
    )
  }
  return true
}

export async function insertFindings(
  tx: FirmTx,
  auditId: string,
  findings: readonly Finding[],
): Promise<void> {
  await insertMany(
    tx,
    'cms_audit_findings',
    findings.map((f) => ({
      audit_id: auditId,
      subject: f.subject,
      external_id: f.externalId,
      kind: f.kind,
      field: f.field,
      value: f.value?.slice(0, 300) ?? null,
      reason: f.reason,
      suggestion: f.suggestion?.slice(0, 300) ?? null,
      of_group: f.group ?? null,
      matters: f.matterExternalIds ? [...f.matterExternalIds] : null,
    })),
    'on conflict do nothing',
  )
}

/** Numbers and addresses that several clients have, a page of them. */
export async function sharings(
  tx: FirmTx,
  auditId: string,
  after: string,
  limit: number,
): Promise<Sharing[]> {
  return tx.rows<Sharing & Record<string, unknown>>(
    `select mark, (array_agg(json_build_object('externalId', external_id, 'name', name) order by external_id))[1:50] as holders
     from cms_audit_marks where audit_id = $1 and mark > $2
     group by mark having count(*) > 1 order by mark limit $3`,
    [auditId, after, limit],
  )
}

export async function numbersTwice(tx: FirmTx, auditId: string): Promise<Finding[]> {
  const rows = await tx.rows<{ number: string; ids: string[] }>(
    `select number, (array_agg(external_id order by external_id))[1:50] as ids from cms_audit_matters
     where audit_id = $1 and number is not null group by number having count(*) > 1 order by number limit 5000`,
    [auditId],
  )
  return rows.flatMap(({ number, ids }) =>
    ids.map(
      (externalId): Finding => ({
        kind: 'number_twice',
        subject: 'matter',
        externalId,
        field: 'number',
        value: number,
        reason: `is also of ${ids
          .filter((id) => id !== externalId)
          .slice(0, 5)
          .join(', ')}`,
      }),
    ),
  )
}

/** Findings that only the whole shows to be none. */
export async function withdraw(
  tx: FirmTx,
  auditId: string,
  kinds: readonly Kind[],
  groups: readonly string[] | null = null,
): Promise<void> {
  await tx.run(
    `delete from cms_audit_findings where audit_id = $1 and kind = any($2)
       and ($3::text[] is null or coalesce(of_group, '') = any($3))`,
    [auditId, kinds, groups],
  )
}

/** What is said of a client only if an open matter is theirs. */
export async function withdrawWithoutMatter(
  tx: FirmTx,
  auditId: string,
  kinds: readonly Kind[],
): Promise<void> {
  await tx.run(
    `delete from cms_audit_findings f where audit_id = $1 and kind = any($2) and not exists (
       select from cms_audit_matters m where m.audit_id = $1 and m.client_external_id = f.external_id and m.is_open)`,
    [auditId, kinds],
  )
}

export async function countFindings(
  tx: FirmTx,
  auditId: string,
): Promise<{ kind: Kind; subject: Subject; count: number }[]> {
  return tx.rows(
    `select kind, subject, count(*)::int as count from cms_audit_findings where audit_id = $1
     group by kind, subject order by count(*) desc, kind`,
    [auditId],
  )
}

export interface StoredFinding {
  kind: Kind
  subject: Subject
  externalId: string
  field: string
  value: string | null
  reason: string
  suggestion: string | null
}

/** @param each how many of each kind; null: all, for whoever makes items of them */
export function findingsOf(tx: FirmTx, auditId: string, each: number | null): Promise<StoredFinding[]> {
  return tx.rows<StoredFinding & Record<string, unknown>>(
    `select kind, subject, external_id as "externalId", field, value, reason, suggestion from (
       select *, row_number() over (partition by kind, subject order by length(external_id), external_id, field) as nth
       from cms_audit_findings where audit_id = $1) f
     where $2::int is null or nth <= $2 order by kind, subject, nth`,
    [auditId, each],
  )
}

export async function countMatters(
  tx: FirmTx,
  auditId: string,
): Promise<{ open: number; court: number; deadline: number }> {
  const [row] = await tx.rows<{ open: number; court: number; deadline: number }>(
    `select count(*) filter (where is_open)::int as open,
            count(*) filter (where is_open and has_court_date)::int as court,
            count(*) filter (where is_open and has_deadline)::int as deadline
     from cms_audit_matters where audit_id = $1`,
    [auditId],
  )
  return row!
}

/** Open matters that what was found concerns: by themselves, by their client, or by what lies in them. */
const concerned = `
  select m.external_id, m.number, f.kind from cms_audit_findings f
    join cms_audit_matters m on m.audit_id = f.audit_id and m.external_id = f.external_id
    where f.audit_id = $1 and f.subject = 'matter' and f.kind = any($2) and m.is_open
  union select m.external_id, m.number, f.kind from cms_audit_findings f
    join cms_audit_matters m on m.audit_id = f.audit_id and m.client_external_id = f.external_id
    where f.audit_id = $1 and f.subject = 'client' and f.kind = any($2) and m.is_open
  union select m.external_id, m.number, f.kind from cms_audit_findings f
    cross join unnest(f.matters) as t(id)
    join cms_audit_matters m on m.audit_id = f.audit_id and m.external_id = t.id
    where f.audit_id = $1 and f.subject in ('appointment', 'document', 'bill') and f.kind = any($2) and m.is_open`

export async function blockedMatters(
  tx: FirmTx,
  auditId: string,
  kinds: readonly Kind[],
  list: number,
): Promise<{
  count: number
  byKind: { kind: Kind; count: number }[]
  listed: { externalId: string; number: string | null; because: Kind[] }[]
}> {
  const listed = await tx.rows<{
    externalId: string
    number: string | null
    because: Kind[]
    all: number
  }>(
    `select external_id as "externalId", number, array_agg(distinct kind order by kind) as because,
            (count(*) over ())::int as all
     from (${concerned}) c group by external_id, number order by length(external_id), external_id limit $3`,
    [auditId, kinds, list],
  )
  const byKind = await tx.rows<{ kind: Kind; count: number }>(
    `select kind, count(*)::int as count from (${concerned}) c group by kind order by count(*) desc, kind`,
    [auditId, kinds],
  )
  return {
    count: listed[0]?.all ?? 0,
    byKind,
    listed: listed.map(({ externalId, number, because }) => ({ externalId, number, because })),
  }
}

/** The last audit of this connection that was finished. */
export async function lastFinished(
  tx: FirmTx,
  connectionId: ConnectionId,
): Promise<{ id: string; report: AuditReport } | null> {
  const [row] = await tx.rows<{ id: string; report: AuditReport }>(
    `select id, report from cms_audits where connection_id = $1 and state = 'finished'
     order by finished_at desc, id desc limit 1`,
    [connectionId],
  )
  return row ?? null
}

export async function compareFindings(
  tx: FirmTx,
  before: string,
  now: string,
): Promise<{ kind: Kind; before: number; now: number; gone: number; fresh: number }[]> {
  return tx.rows(
    `select coalesce(b.kind, n.kind) as kind, count(b.kind)::int as before, count(n.kind)::int as now,
            count(*) filter (where n.kind is null)::int as gone, count(*) filter (where b.kind is null)::int as fresh
     from (select * from cms_audit_findings where audit_id = $1) b
     full join (select * from cms_audit_findings where audit_id = $2) n
       on n.kind = b.kind and n.external_id = b.external_id and n.field = b.field
     group by 1 order by 1`,
    [before, now],
  )
}

/** What was only needed to judge goes; findings older than the last audit's go as well: they hold personal data. */
export async function finishAudit(
  tx: FirmTx,
  connectionId: ConnectionId,
  audit: { id: string; workedMs: number },
  report: AuditReport,
  keep: string | null,
  now: Temporal.Instant,
): Promise<void> {
  await tx.run(
    `update cms_audits set state = 'finished', finished_at = $2, worked_ms = $3, report = $4
     where id = $1 and state = 'running'`,
    [audit.id, now, Math.round(audit.workedMs), JSON.stringify(report)],
  )
  await clear(tx, audit.id, false)
  await tx.run(
    `delete from cms_audit_findings where audit_id in (
       select id from cms_audits where connection_id = $1 and state <> 'running' and id <> $2 and id is distinct from $3)`,
    [connectionId, audit.id, keep],
  )
}

async function clear(tx: FirmTx, auditId: string, findings: boolean): Promise<void> {
  const tables = ['cms_audit_marks', 'cms_audit_matters', ...(findings ? ['cms_audit_findings'] : [])]
  for (const table of tables) await tx.run(`delete from ${table} where audit_id = $1`, [auditId])
}
