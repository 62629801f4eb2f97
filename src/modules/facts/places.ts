/**
 * Facts that are known before the matter that they name: a document system may be read before the case management
 * system, or know matters of which nobody has told us yet. They are kept under the matter's name, and are its own from
 * the moment that it is known.
 */
import type { ConnectionId, MatterId } from '../../kernel/index.ts'
import { toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

/** What a fact waits for (`waiting_for`). */
export const matterName = (connectionId: ConnectionId, externalId: string): string =>
  `${connectionId} ${externalId}`

/**
 * Of two transactions, one that keeps a fact since it does not know the matter and one that makes the matter known,
 * neither would see the other's rows: the second waits here for the first one's commit.
 *
 * Taken before any row is locked, so that nobody who waits here has what another wants. What was looked up before is
 * looked up again.
 *
 * @param to `place`: makes matters known, beside others who do · `keep`: keeps facts without their matter, alone
 */
export async function takePlaceLock(tx: FirmTx, to: 'place' | 'keep'): Promise<void> {
  const lock = to === 'keep' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared'
  await tx.run(`select ${lock}(hashtextextended($1, 0))`, [`places ${tx.firmId}`])
}

/**
 * These matters are known now: what waited for them is theirs. The caller holds the lock to `place`.
 *
 * @returns those that got something
 */
export async function placeFacts(
  tx: FirmTx,
  matters: readonly { id: MatterId; connectionId: ConnectionId; externalId: string }[],
): Promise<MatterId[]> {
  if (matters.length === 0) return []
  const named = matters.map((m) => ({ id: m.id, name: matterName(m.connectionId, m.externalId) }))
  const rows = await tx.rows<{ matter_id: MatterId }>(
    `update facts f set matter_id = x.id, waiting_for = null
     from json_to_recordset($1) as x(id uuid, name text)
     where f.waiting_for = any($2) and f.waiting_for = x.name
     returning f.matter_id`,
    [toJson(named), named.map(({ name }) => name)],
    'facts_place',
  )
  return [...new Set(rows.map((row) => row.matter_id))]
}

/** @returns how many facts of a connection wait for their matter */
export async function countWaiting(tx: FirmTx, connectionId: ConnectionId): Promise<number> {
  const [row] = await tx.rows<{ count: string }>(
    'select count(*) from facts where waiting_for is not null and removed_at is null and connection_id = $1',
    [connectionId],
  )
  return Number(row!.count)
}
