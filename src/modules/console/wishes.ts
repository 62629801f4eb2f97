/** What a client has asked for, read and changed by staff: what waits for them is looked at again. */
import type { Wishes, WishesResult } from '../../../contracts/wishes.ts'
import type { ClientId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { changeWishes, readWishes } from '../facts/index.ts'
import { wakeHeld } from '../notices/index.ts'
import type { Acting } from './operations.ts'

export type WishesChange = { readonly [K in keyof Wishes]?: Wishes[K] | null | undefined }

/** @returns null: there is no such client */
export async function clientWishesOf(
  tx: FirmTx,
  client: { id: string; name: string },
): Promise<WishesResult | null> {
  const wishes = await readWishes(tx, client.id as ClientId)
  return wishes && { client: client.name, wishes }
}

/** @param change what is absent stays; null takes a wish back. @returns null: there is no such client */
export async function changeClientWishes(
  tx: FirmTx,
  client: { id: string; name: string },
  change: WishesChange,
  { by, now, nudge }: Acting,
): Promise<WishesResult | null> {
  const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const wishes = await changeWishes(tx, client.id as ClientId, named, by, now)
  if (!wishes) return null
  await wakeHeld(tx, { clientId: client.id }, now)
  tx.afterCommit(() => nudge('release', tx.firmId))
  return { client: client.name, wishes }
}
