/** The record as people ask it: who, what, when and about what, the newest first. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { hex, leafOf } from './encoding.ts'
import { entryColumns, fixTextForms, lastBatch } from './store.ts'
import type { StoredEntry } from './types.ts'

/**
 * What every message leaves in the record: so much, that it is found by its time alone, and the indexes for actors and
 * actions leave it out (migrations/0034).
 */
const everyday = {
  actor: ['tipstaff', 'twilio', 'sendgrid'],
  action: [
    'event.decided',
    'message.queued',
    'attempt.accepted',
    'receipt.queued',
    'receipt.sent',
    'receipt.delivered',
  ],
} as const

/** As the index says it, so that the planner knows that it may be used. */
const rare = (column: 'actor' | 'action') =>
  `e.${column} not in (${everyday[column].map((value) => `'${value}'`).join(', ')})`

/** Where a page ends. Two entries may have been written in the same microsecond. */
export interface EntryCursor {
  at: Temporal.Instant
  seq: string
}

export interface EntryFilter {
  /** Exactly as it stands: `tipstaff`, `staff:<id>`. */
  actor?: string | undefined
  /** Exactly as it stands: `message.sent`. */
  action?: string | undefined
  /** First moment that counts. */
  from?: Temporal.Instant | undefined
  /** First moment that does not count any more. */
  until?: Temporal.Instant | undefined
  /** What it was done to, any of them: `matter:<id>`. Absent: whatever it was. */
  subjects?: readonly string[] | undefined
  before?: EntryCursor | undefined
  limit: number
}

export interface FoundEntry extends StoredEntry {
  /** When it happened; `at` is how PostgreSQL writes it. */
  happened: Temporal.Instant
  /** A batch covers it. */
  sealed: boolean
  /** It was compared with its seal the last time that the record was looked over, and all was well. */
  verified: boolean
  /** Hex: what the tree of its batch holds for it. */
  leaf: string
}

/** @returns the newest entries that this caller may see and that fit, no more than `limit` */
export async function searchEntries(tx: FirmTx, filter: EntryFilter): Promise<FoundEntry[]> {
  await fixTextForms(tx)
  const { sql, values } = searchStatement(tx.firmId, filter)
  // Planned anew each time: which index serves depends on the values.
  const rows = await tx.rows<Omit<FoundEntry, 'leaf'>>(sql, values)
  return rows.map((row) => ({ ...row, leaf: hex(leafOf(tx.firmId, row)) }))
}

/** For tests, too, which ask how it is carried out. */
export function searchStatement(firmId: string, filter: EntryFilter): { sql: string; values: unknown[] } {
  const values: unknown[] = [firmId, filter.limit]
  const given = (value: unknown) => `$${values.push(value)}`
  const conditions = ['e.firm_id = $1']
  for (const column of ['actor', 'action'] as const) {
    const value = filter[column]
    if (value === undefined) continue
    conditions.push(`e.${column} = ${given(value)}`)
    if (!everyday[column].some((one) => one === value)) conditions.push(rare(column))
  }
  if (filter.subjects) conditions.push(`e.subject = any(${given(filter.subjects)}::text[])`)
  if (filter.from) conditions.push(`e.at >= ${given(filter.from)}`)
  if (filter.until) conditions.push(`e.at < ${given(filter.until)}`)
  if (filter.before)
    conditions.push(
      `(e.at, e.seq) < (${given(filter.before.at)}::timestamptz, ${given(filter.before.seq)}::bigint)`,
    )
  const sql = `select ${entryColumns}, e.at as happened,
      coalesce((e.epoch, e.xid) < (b.epoch, b.xid_to), false) as sealed,
      coalesce(c.ok and (e.epoch, e.xid) < (c.epoch, c.xid_to), false) as verified
    from audit_entries e
    left join (select epoch, xid_to from audit_batches where firm_id = $1 order by n desc limit 1) b on true
    left join audit_checks c on c.firm_id = $1
    where ${conditions.join(' and ')}
    order by e.at desc, e.seq desc limit $2`
  return { sql, values }
}

/**
 * The statement of `valuesOf`, for whoever looks at its plan: `$1` is the firm.
 */
export function valuesStatement(column: 'actor' | 'action'): string {
  const next = (after: string) =>
    `(select e.${column} from audit_entries e where e.firm_id = $1 and ${rare(column)} ${after}
      order by e.${column} limit 1)`
  return `with recursive step as (
       ${next('')}
       union all
       select ${next(`and e.${column} > step.${column}`)} from step where step.${column} is not null)
     select ${column} as value from step where ${column} is not null`
}

/** What can be asked for: what is of every day, and whatever else there is, found by steps from one value to the next. */
export async function valuesOf(tx: FirmTx, column: 'actor' | 'action'): Promise<string[]> {
  const rows = await tx.rows<{ value: string }>(valuesStatement(column), [tx.firmId])
  return [...everyday[column], ...rows.map((row) => row.value)].sort()
}

export interface RecordMark {
  /** The newest batch; null: nothing was sealed yet. */
  sealed: { n: number; at: string; link: string; keyId: string } | null
  /** The last look over the whole record; null: there was none yet. */
  checked: {
    at: Temporal.Instant
    ok: boolean
    /** The last batch that was compared, and when that was sealed; 0 and null: there was none. */
    n: number
    sealedAt: Temporal.Instant | null
    entries: number
    problems: { kind: string; n: number; detail: string }[]
  } | null
}

/** Up to where the record is sealed and verified. */
export async function recordMark(tx: FirmTx): Promise<RecordMark> {
  await fixTextForms(tx)
  const last = await lastBatch(tx)
  const [checked] = await tx.rows<NonNullable<RecordMark['checked']>>(
    `select checked_at as at, ok, n::float8 as n, sealed_at as "sealedAt", entries::float8 as entries, problems
     from audit_checks where firm_id = $1`,
    [tx.firmId],
  )
  return {
    sealed: last ? { n: last.n, at: last.sealedAt, link: hex(last.link), keyId: last.keyId } : null,
    checked: checked ?? null,
  }
}
