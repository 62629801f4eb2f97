/** Facts that were deleted before we heard of them. Webhooks overtake each other, and a deletion may name only an id. */
import type { ConnectionId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { FactKind } from './store.ts'

interface Named {
  connectionId: ConnectionId
  kind: FactKind
  externalId: string
}

/** No provider repeats a webhook for longer (Standard Webhooks: days; reference/providers.md). */
const kept = { hours: 24 * 30 }

export async function rememberRemoved(
  tx: FirmTx,
  removed: readonly (Named & { removedAt: Temporal.Instant })[],
  now: Temporal.Instant,
): Promise<void> {
  if (removed.length === 0) return
  const last = new Map(removed.map((r) => [`${r.connectionId} ${r.kind} ${r.externalId}`, r]))
  await insertMany(
    tx,
    'fact_tombstones',
    [...last.values()].map((r) => ({
      connection_id: r.connectionId,
      kind: r.kind,
      external_id: r.externalId,
      removed_at: r.removedAt,
    })),
    `on conflict (connection_id, kind, external_id) do update set
       removed_at = greatest(fact_tombstones.removed_at, excluded.removed_at)`,
  )
  // What waited for its matter to become known waits no more: nobody was told of it.
  await tx.run(
    `delete from facts where waiting_for is not null and (connection_id, kind, external_id) in
       (select * from unnest($1::uuid[], $2::text[], $3::text[]))`,
    [removed.map((r) => r.connectionId), removed.map((r) => r.kind), removed.map((r) => r.externalId)],
  )
  await tx.run('delete from fact_tombstones where firm_id = current_firm() and removed_at < $1', [
    now.subtract(kept),
  ])
}

/** @returns when those of them were deleted of which nothing else is known, by connection, kind and id */
export async function removedUnseen(
  tx: FirmTx,
  wanted: readonly Named[],
): Promise<Map<string, Temporal.Instant>> {
  if (wanted.length === 0) return new Map()
  const rows = await tx.rows<{ key: string; removed_at: Temporal.Instant }>(
    `select connection_id || ' ' || kind || ' ' || external_id as key, removed_at from fact_tombstones
     where (connection_id, kind, external_id) in (select * from unnest($1::uuid[], $2::text[], $3::text[]))`,
    [wanted.map((w) => w.connectionId), wanted.map((w) => w.kind), wanted.map((w) => w.externalId)],
  )
  return new Map(rows.map((r) => [r.key, r.removed_at]))
}
