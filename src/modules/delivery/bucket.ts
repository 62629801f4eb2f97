/** A token bucket per connection, in the database, drawn in batches inside the claim: all processes share it. */
import type { ConnectionId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export interface Rate {
  perSecond: number
  burst: number
}

/**
 * @param messages in the order in which they should leave
 * @returns those that may leave now, and for connections at their limit the milliseconds until the next one may
 */
export async function drawTokens<M extends { connection_id: ConnectionId }>(
  tx: FirmTx,
  messages: readonly M[],
  outlets: ReadonlyMap<ConnectionId, { rate: Rate | null }>,
  now: Temporal.Instant,
): Promise<{ granted: M[]; waits: ReadonlyMap<ConnectionId, number> }> {
  const limited = new Map<ConnectionId, { rate: Rate; wanted: number }>()
  for (const { connection_id } of messages) {
    const rate = outlets.get(connection_id)?.rate
    if (!rate) continue
    const entry = limited.get(connection_id) ?? { rate, wanted: 0 }
    entry.wanted++
    limited.set(connection_id, entry)
  }
  if (limited.size === 0) return { granted: [...messages], waits: new Map() }

  const left = new Map<ConnectionId, number>()
  const waits = new Map<ConnectionId, number>()
  for (const [id, { rate, wanted }] of [...limited].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { take, rest } = await draw(tx, id, rate, wanted, now)
    left.set(id, take)
    if (take < wanted) waits.set(id, Math.ceil(((1 - rest) / rate.perSecond) * 1000))
  }
  const granted = messages.filter(({ connection_id }) => {
    const tokens = left.get(connection_id)
    if (tokens === undefined) return true
    left.set(connection_id, tokens - 1)
    return tokens > 0
  })
  return { granted, waits }
}

async function draw(tx: FirmTx, id: ConnectionId, rate: Rate, wanted: number, now: Temporal.Instant) {
  await tx.run(
    `insert into connection_buckets (firm_id, connection_id, tokens, at) values (current_firm(), $1, $2, $3)
     on conflict do nothing`,
    [id, rate.burst, now],
    'bucket_make',
  )
  const [row] = await tx.rows<{ tokens: number; at: Temporal.Instant }>(
    'select tokens, at from connection_buckets where connection_id = $1 for update',
    [id],
    'bucket_read',
  )
  const seconds = Math.max(0, now.epochMilliseconds - row!.at.epochMilliseconds) / 1000
  const tokens = Math.min(rate.burst, row!.tokens + seconds * rate.perSecond)
  const take = Math.min(wanted, Math.floor(tokens))
  await tx.run(
    'update connection_buckets set tokens = $2, at = greatest(at, $3) where connection_id = $1',
    [id, tokens - take, now],
    'bucket_draw',
  )
  return { take, rest: tokens - take }
}
