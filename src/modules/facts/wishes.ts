/** What clients have asked for, or staff for them: hours of quiet, and how often they want to hear. Never from the CMS. */
import type { ClientId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { type ClientWishes, clientWishes } from '../moments/index.ts'

/** @returns null: there is no such client; `{}`: nothing was asked for */
export async function readWishes(tx: FirmTx, clientId: ClientId): Promise<ClientWishes | null> {
  const [row] = await tx.rows<{ wishes: unknown }>('select wishes from clients where id = $1', [clientId])
  return row ? clientWishes.parse(row.wishes ?? {}) : null
}

/**
 * Changes what is named and leaves the rest; null takes a wish back. What waits for the client is for the caller to wake.
 *
 * @param by who says so: a name, or `client`
 * @returns the wishes from now on; null: there is no such client
 */
export async function changeWishes(
  tx: FirmTx,
  clientId: ClientId,
  change: { readonly [K in keyof ClientWishes]?: ClientWishes[K] | null },
  by: string,
  now: Temporal.Instant,
): Promise<ClientWishes | null> {
  const [row] = await tx.rows<{ wishes: unknown }>('select wishes from clients where id = $1 for update', [
    clientId,
  ])
  if (!row) return null
  const merged = Object.entries({ ...clientWishes.parse(row.wishes ?? {}), ...change })
  const wishes = clientWishes.parse(Object.fromEntries(merged.filter(([, value]) => value != null)))
  await tx.run('update clients set wishes = $2 where id = $1', [
    clientId,
    Object.keys(wishes).length === 0 ? null : JSON.stringify(wishes),
  ])
  await record(
    tx,
    [{ actor: by, action: 'client.wishes', subject: `client:${clientId}`, data: { wishes } }],
    now,
  )
  return wishes
}
