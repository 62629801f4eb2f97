/** Quarantine that a person ends. */
import type { DeliveryId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'

/**
 * A person says that nothing shall come of it.
 *
 * @returns false when it was not open
 */
export async function discardQuarantined(
  tx: FirmTx,
  id: string,
  reason: string,
  by: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const [row] = await tx.rows<{ delivery_id: DeliveryId }>(
    `update quarantine set state = 'discarded', resolved_at = $2, resolved_by = $3
     where id = $1 and state = 'open' returning delivery_id`,
    [id, now, by],
  )
  if (!row) return false
  await tx.run(
    `update inbound_deliveries set state = 'ignored', reason = $2 where id = $1 and state = 'quarantined'`,
    [row.delivery_id, `discarded: ${reason}`],
  )
  await record(
    tx,
    [
      {
        actor: by,
        action: 'quarantine.discarded',
        subject: `delivery:${row.delivery_id}`,
        data: { quarantine: id, reason },
      },
    ],
    now,
  )
  return true
}
