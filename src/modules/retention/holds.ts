/** Legal holds: what is under one is not deleted, by retention or by anybody. */
import type { ClientId, MatterId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { takeTurn } from './store.ts'

export type HoldTarget = { scope: 'matter'; id: MatterId } | { scope: 'client'; id: ClientId }

interface Acting {
  by: string
  now: Temporal.Instant
}

/**
 * Once this has committed no deletion of what it covers commits any more.
 *
 * @returns its id
 */
export async function placeHold(
  tx: FirmTx,
  target: HoldTarget,
  reason: string,
  { by, now, newId }: Acting & { newId: NewId },
): Promise<string> {
  await takeTurn(tx)
  const id = newId<string>()
  await tx.run(
    `insert into legal_holds (firm_id, id, matter_id, client_id, reason, placed_by, placed_at)
     values (current_firm(), $1, $2, $3, $4, $5, $6)`,
    [
      id,
      target.scope === 'matter' ? target.id : null,
      target.scope === 'client' ? target.id : null,
      reason,
      by,
      now,
    ],
  )
  const subject = `${target.scope}:${target.id}`
  await record(tx, [{ actor: by, action: 'hold.placed', subject, data: { hold: id, reason } }], now)
  return id
}

/** @returns `unknown`: there is none; `released`: somebody has already */
export async function releaseHold(
  tx: FirmTx,
  id: string,
  reason: string,
  { by, now }: Acting,
): Promise<'done' | 'released' | 'unknown'> {
  const [row] = await tx.rows<{ subject: string }>(
    `update legal_holds set released_at = $2, released_by = $3, release_reason = $4 where id = $1 and released_at is null
     returning coalesce('matter:' || matter_id, 'client:' || client_id) as subject`,
    [id, now, by, reason],
  )
  if (!row) {
    const there = await tx.rows('select from legal_holds where id = $1', [id])
    return there.length > 0 ? 'released' : 'unknown'
  }
  const { subject } = row
  await record(tx, [{ actor: by, action: 'hold.released', subject, data: { hold: id, reason } }], now)
  return 'done'
}
