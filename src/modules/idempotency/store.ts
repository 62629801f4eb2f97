/** The only SQL on `idempotency_keys`. */
import type { NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Marks } from './policy.ts'

/** A working day's retries, and then the same key may mean something else. */
const keptFor = { hours: 24 }
/** Longer than any answer takes; a process that died with it gives way after that. */
const lease = { seconds: 60 }

/** Whose key it is: the same key of somebody else, or on another route, is another. */
export interface Asker {
  /** As it stands in the record. */
  caller: string
  /** Method and path, parameters by their names. */
  route: string
  marks: Marks
}

export type Mine = Asker & { claim: string }

export type Claim =
  /** The work is the caller's to do. */
  | { kind: 'claimed'; mine: Mine }
  | { kind: 'answered'; status: number; answer: Buffer }
  /** Somebody does it now, or died doing it: then it is free at `until`. */
  | { kind: 'running'; until: Temporal.Instant }
  /** The key came with another request before. */
  | { kind: 'changed' }

/**
 * Before the work, in a transaction of its own, so that a second call finds it. Whose lease is over has died, or was
 * frozen: then it is claimed anew, and the one of before can write no answer any more (`answerKey`).
 */
export async function claimKey(
  tx: FirmTx,
  asker: Asker,
  { now, newId }: { now: Temporal.Instant; newId: NewId },
): Promise<Claim> {
  const claim = newId<string>()
  const { caller, route, marks } = asker
  const where = [caller, route, marks.key]
  const claimed = await tx.run(
    `insert into idempotency_keys as k (firm_id, caller, route, key_hash, request_hash, claim, lease_until, expires_at)
     values (current_firm(), $1, $2, $3, $4, $5, $6, $7)
     on conflict (firm_id, caller, route, key_hash) do update
       set request_hash = excluded.request_hash, claim = excluded.claim, lease_until = excluded.lease_until,
         expires_at = excluded.expires_at, status = null, answer = null
       where k.expires_at <= $8
         or (k.status is null and k.lease_until <= $8 and k.request_hash = excluded.request_hash)`,
    [...where, marks.request, claim, now.add(lease), now.add(keptFor), now],
  )
  if (claimed > 0) return { kind: 'claimed', mine: { ...asker, claim } }
  const [row] = await tx.rows<{
    same: boolean
    status: number | null
    answer: Buffer | null
    lease_until: Temporal.Instant
  }>(
    `select request_hash = $4 as same, status, answer, lease_until from idempotency_keys
     where firm_id = current_firm() and caller = $1 and route = $2 and key_hash = $3`,
    [...where, marks.request],
  )
  // Released between the two: whoever asks again finds it free.
  if (!row) return { kind: 'running', until: now }
  if (!row.same) return { kind: 'changed' }
  if (row.status === null) return { kind: 'running', until: row.lease_until }
  return { kind: 'answered', status: row.status, answer: row.answer! }
}

/**
 * In the transaction of the work, where it has one.
 *
 * @returns false when the claim was lost to another: then the work is not to be committed
 */
export async function answerKey(
  tx: FirmTx,
  { caller, route, marks, claim }: Mine,
  { status, answer }: { status: number; answer: Buffer },
): Promise<boolean> {
  const kept = await tx.run(
    `update idempotency_keys set status = $5, answer = $6
     where firm_id = current_firm() and caller = $1 and route = $2 and key_hash = $3 and claim = $4`,
    [caller, route, marks.key, claim, status, answer],
  )
  return kept > 0
}

/** Nothing was done, or nothing that is kept: the next who asks does it. What was answered meanwhile stays. */
export async function releaseKey(tx: FirmTx, { caller, route, marks, claim }: Mine): Promise<void> {
  await tx.run(
    `delete from idempotency_keys
     where firm_id = current_firm() and caller = $1 and route = $2 and key_hash = $3 and claim = $4 and status is null`,
    [caller, route, marks.key, claim],
  )
}

/** @returns how many were over */
export const sweepKeys = (tx: FirmTx, now: Temporal.Instant): Promise<number> =>
  tx.run('delete from idempotency_keys where firm_id = current_firm() and expires_at <= $1', [now])
