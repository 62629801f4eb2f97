/** What staff do with an item: correct it here, say that it is mended in the CMS, or leave it as it is. */
import type { Channel, ClientId, ConnectionId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { correctContactPoint, readTyped } from '../facts/index.ts'
import { wakeHeld } from '../notices/index.ts'
import { clientOf, close, closeAlike, type Item, lockItem, mattersOf } from './store.ts'

export type Closing = 'done' | 'missing' | 'not_open'
export type Fixing =
  | { ok: true; woken: number }
  | { ok: false; why: 'missing' | 'not_open' }
  /** `message` is for whoever typed it, and holds no address. */
  | { ok: false; why: 'wrong'; message: string }

/** Kinds that a contact point given here answers, by its channel. */
const answers: Readonly<Record<Channel, readonly string[]>> = {
  sms: [
    'phone_unusable',
    'phone_landline',
    'phone_fax',
    'phone_placeholder',
    'phone_shared',
    'client_unreachable',
    'preference_unmet',
  ],
  email: [
    'mail_unusable',
    'mail_typo',
    'mail_placeholder',
    'mail_shared',
    'client_unreachable',
    'preference_unmet',
  ],
}

export interface ActingOnItems {
  by: string
  now: Temporal.Instant
  newId: NewId
}

/**
 * @param fix `address`: the right phone number or mail address, used from now on, until the CMS has it too. Without:
 *   it is mended in the CMS; seen again, the item is open once more.
 * @param countryOf for numbers without a country code, by connection
 */
export async function fixItem(
  tx: FirmTx,
  id: string,
  fix: { address?: { channel: Channel; value: string } | undefined; how?: string | undefined },
  countryOf: (connectionId: ConnectionId) => string,
  acting: ActingOnItems,
): Promise<Fixing> {
  const item = await lockItem(tx, id)
  if (item === null) return { ok: false, why: 'missing' }
  if (item.state !== 'open') return { ok: false, why: 'not_open' }
  const { by, now } = acting
  if (fix.address) {
    const corrected = await correct(tx, item, fix.address, countryOf(item.connectionId), acting)
    if (!corrected.ok) return corrected
    await closeAlike(tx, item, answers[fix.address.channel], { by, how: 'corrected here' }, now)
  } else {
    await close(
      tx,
      id,
      { state: 'fixed', by, how: fix.how ?? 'mended in the CMS', correctedHere: false },
      now,
    )
  }
  const entry = { actor: by, action: 'quality.fixed', subject: `quality:${id}` }
  await record(tx, [{ ...entry, data: { kind: item.kind, here: fix.address !== undefined } }], now)
  const matterIds = await mattersOf(tx, item.connectionId, [item])
  return { ok: true, woken: matterIds.length > 0 ? await wakeHeld(tx, { matterIds }, now) : 0 }
}

async function correct(
  tx: FirmTx,
  item: Item,
  { channel, value }: { channel: Channel; value: string },
  country: string,
  { now, newId }: ActingOnItems,
): Promise<{ ok: true } | Extract<Fixing, { why: 'wrong' }>> {
  const wrong = (message: string) => ({ ok: false, why: 'wrong', message }) as const
  if (item.subject !== 'client' || !answers[channel].includes(item.kind))
    return wrong(
      `an item of the kind ${item.kind} is not answered by ${channel === 'sms' ? 'a phone number' : 'a mail address'}`,
    )
  const clientId: ClientId | null = await clientOf(tx, item.connectionId, item.externalId)
  if (clientId === null) return wrong('this client is not known here yet: correct it in the CMS')
  const address = readTyped(channel, value, country)
  if (!address.ok) return wrong(address.reason)
  const before = item.value === null ? null : readTyped(channel, item.value, country)
  // What the item shows is wrong even where a carrier or a mail server would take it.
  const replaces = before?.ok && before.value !== address.value ? before.value : null
  await correctContactPoint(tx, { clientId, channel, address: address.value, replaces }, now, newId)
  return { ok: true }
}

/** It stays as it is, and is not shown again. */
export async function ignoreItem(
  tx: FirmTx,
  id: string,
  reason: string,
  { by, now }: Pick<ActingOnItems, 'by' | 'now'>,
): Promise<Closing> {
  const item = await lockItem(tx, id)
  if (item === null) return 'missing'
  if (item.state !== 'open') return 'not_open'
  await close(tx, id, { state: 'ignored', by, how: reason, correctedHere: false }, now)
  const entry = { actor: by, action: 'quality.ignored', subject: `quality:${id}` }
  await record(tx, [{ ...entry, data: { kind: item.kind } }], now)
  return 'done'
}
