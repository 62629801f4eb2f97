/** The only SQL on audit_batches, and the only reading of audit_entries. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Batch, StoredEntry } from './types.ts'

/** Below every epoch that a deployment has. */
export const lowestEpoch = -(2 ** 31)

/** Hashes are over what PostgreSQL writes, so it must write it in one way. */
export async function fixTextForms(tx: FirmTx): Promise<void> {
  await tx.rows(`select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true)`)
}

/** One sealer per firm, over all processes. @returns false when another one is at work */
export async function tryLockSealer(tx: FirmTx): Promise<boolean> {
  const [row] = await tx.rows<{ locked: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('tipstaff.audit.' || current_firm(), 0)) as locked`,
  )
  return row!.locked
}

export interface Horizon {
  /** This deployment's epoch: raised when a backup is restored, since transaction ids then start anew. */
  epoch: number
  /** Every transaction below has ended: nothing can appear there any more. */
  xmin: string
  /** No transaction from here on has begun. */
  xmax: string
}

export async function horizon(tx: FirmTx): Promise<Horizon> {
  const [row] = await tx.rows<Horizon>(
    `select epoch, pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax
     from deployment, pg_current_snapshot() s`,
  )
  return row!
}

// Ordered by e.xid, never by xid: that would be the text of the output column.
export const entryColumns = `e.epoch, e.xid::text as xid, e.seq::text as seq, e.at::text as at, e.actor, e.action, e.subject,
  e.data::text as data`

/** Where in the firm's record an entry stands. */
export type Position = Pick<StoredEntry, 'epoch' | 'xid' | 'seq'>

/** The next entries in the record's order. @param after undefined for the first page */
export async function entriesAfter(
  tx: FirmTx,
  after: Position | undefined,
  limit: number,
): Promise<StoredEntry[]> {
  const from = after && [after.epoch, after.xid, after.seq]
  return tx.rows<StoredEntry>(
    `select ${entryColumns} from audit_entries e
     where e.firm_id = $1 ${from ? 'and (e.epoch, e.xid, e.seq) > ($3::int, $4::xid8, $5::bigint)' : ''}
     order by e.epoch, e.xid, e.seq limit $2`,
    [tx.firmId, limit, ...(from ?? [])],
    from ? 'audit-entries-after' : 'audit-entries-first',
  )
}

/** The first entry that no batch covers: its epoch, and the transaction that comes `size` entries later, if any. */
export async function nextUnsealed(
  tx: FirmTx,
  epoch: number,
  xid: string,
  size: number,
): Promise<{ epoch: number; first: string; last: string; border: string | null } | undefined> {
  const [row] = await tx.rows<{ epoch: number; first: string; last: string; border: string | null }>(
    `with next as (
       select e.epoch, e.xid from audit_entries e
       where e.firm_id = $1 and (e.epoch, e.xid) >= ($2::int, $3::xid8) order by e.epoch, e.xid, e.seq limit 1)
     select next.epoch, next.xid::text as first,
       (select e.xid::text from audit_entries e where e.firm_id = $1 and e.epoch = next.epoch
        order by e.xid desc limit 1) as last,
       (select e.xid::text from audit_entries e
        where e.firm_id = $1 and e.epoch = next.epoch and e.xid >= next.xid
        order by e.xid, e.seq offset $4 limit 1) as border
     from next`,
    [tx.firmId, epoch, xid, size],
    'audit-next-unsealed',
  )
  return row
}

/** All entries of a range of transactions, first included, last not. */
export async function entriesBetween(
  tx: FirmTx,
  epoch: number,
  from: string,
  to: string,
): Promise<StoredEntry[]> {
  return tx.rows<StoredEntry>(
    `select ${entryColumns} from audit_entries e
     where e.firm_id = $1 and e.epoch = $2 and e.xid >= $3::xid8 and e.xid < $4::xid8 order by e.xid, e.seq`,
    [tx.firmId, epoch, from, to],
    'audit-entries-between',
  )
}

// n as float8: whatever someone wrote there, reading it must not fail.
const batchColumns = `b.n::float8 as n, b.epoch, b.xid_from::text as "xidFrom", b.xid_to::text as "xidTo", b.entries,
  b.root, b.link, b.signature, b.key_id as "keyId", b.sealed_at::text as "sealedAt",
  b.anchored_at is not null as anchored`

export async function batchesAfter(tx: FirmTx, n: number | undefined, limit: number): Promise<Batch[]> {
  return tx.rows<Batch>(
    `select ${batchColumns} from audit_batches b
     where b.firm_id = $1 ${n === undefined ? '' : 'and b.n > $3'} order by b.n limit $2`,
    [tx.firmId, limit, ...(n === undefined ? [] : [n])],
    n === undefined ? 'audit-batches-first' : 'audit-batches-after',
  )
}

/** Batches in order, from the one on that covers a transaction, or else the next. */
export async function batchesFrom(
  tx: FirmTx,
  from: Pick<StoredEntry, 'epoch' | 'xid'>,
  limit: number,
): Promise<Batch[]> {
  return tx.rows<Batch>(
    `select ${batchColumns} from audit_batches b
     where b.firm_id = $1 and (b.epoch, b.xid_to) > ($2::int, $3::xid8) order by b.n limit $4`,
    [tx.firmId, from.epoch, from.xid, limit],
  )
}

export async function linkBefore(tx: FirmTx, n: number): Promise<Uint8Array | undefined> {
  const rows = await tx.rows<{ link: Buffer }>(
    'select link from audit_batches where firm_id = $1 and n = $2::bigint - 1',
    [tx.firmId, n],
  )
  return rows[0]?.link
}

export async function lastBatch(tx: FirmTx): Promise<Batch | undefined> {
  const rows = await tx.rows<Batch>(
    `select ${batchColumns} from audit_batches b where b.firm_id = $1 order by b.n desc limit 1`,
    [tx.firmId],
    'audit-last-batch',
  )
  return rows[0]
}

export async function unanchored(tx: FirmTx, limit: number): Promise<Batch[]> {
  return tx.rows<Batch>(
    `select ${batchColumns} from audit_batches b where b.firm_id = $1 and b.anchored_at is null order by b.n limit $2`,
    [tx.firmId, limit],
  )
}

export async function insertBatch(tx: FirmTx, batch: Omit<Batch, 'anchored'>): Promise<void> {
  await tx.run(
    `insert into audit_batches
       (firm_id, n, epoch, xid_from, xid_to, entries, root, link, signature, key_id, sealed_at)
     values (current_firm(), $1, $2, $3::xid8, $4::xid8, $5, $6, $7, $8, $9, $10)`,
    [
      batch.n,
      batch.epoch,
      batch.xidFrom,
      batch.xidTo,
      batch.entries,
      Buffer.from(batch.root),
      Buffer.from(batch.link),
      Buffer.from(batch.signature),
      batch.keyId,
      batch.sealedAt,
    ],
    'audit-insert-batch',
  )
}

export async function markAnchored(tx: FirmTx, ns: readonly number[], at: Temporal.Instant): Promise<void> {
  await tx.run(`update audit_batches set anchored_at = $2 where firm_id = current_firm() and n = any($1)`, [
    ns,
    at.toString(),
  ])
}

/** When the oldest entry was written that no batch covers; null when all are covered. */
export async function oldestUnsealed(tx: FirmTx): Promise<Temporal.Instant | null> {
  const last = await lastBatch(tx)
  const [row] = await tx.rows<{ at: Temporal.Instant }>(
    `select e.at from audit_entries e where e.firm_id = $1 and (e.epoch, e.xid) >= ($2::int, $3::xid8)
     order by e.epoch, e.xid, e.seq limit 1`,
    [tx.firmId, last?.epoch ?? lowestEpoch, last?.xidTo ?? '0'],
    'audit-oldest-unsealed',
  )
  return row?.at ?? null
}
