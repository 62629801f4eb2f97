/** Who may be written to, on which address, for which purpose: what the client said last, and how we know. */
import { type Channel, type ClientId, type Purpose, systemId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { liftSuppression } from '../facts/index.ts'

export interface ConsentChange {
  channel: Channel
  /** Normalised: E.164 or a mail address. Kept and compared in small letters: nobody has two mailboxes that differ in case. */
  address: string
  /** A purpose, or `*` for every one. */
  purpose: string
  granted: boolean
  /** How it was given or taken back, e.g. "text STOP", "intake form of 2026-03-01". */
  how: string
  by: string
  at: Temporal.Instant
}

export interface ConsentRow extends Record<string, unknown> {
  channel: Channel
  address: string
  purpose: string
  granted: boolean
}

/**
 * Records what someone decided. Withdrawal takes the address exclusively: once this has committed,
 * no attempt to that address commits any more (47 CFR 64.1200(a)(10); DESIGN, rules of the road).
 */
export async function recordConsent(tx: FirmTx, change: ConsentChange): Promise<void> {
  await tx.run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `address ${change.address.toLowerCase()}`,
  ])
  await tx.run(
    `insert into consents (firm_id, channel, address, purpose, granted, how, recorded_by, at)
     values (current_firm(), $1, lower($2), $3, $4, $5, $6, $7)
     on conflict (firm_id, channel, address, purpose) do update
       set granted = excluded.granted, how = excluded.how, recorded_by = excluded.recorded_by, at = excluded.at
       -- Clocks of two processes differ: a withdrawal counts whatever its time says.
       where not excluded.granted or consents.at <= excluded.at`,
    [change.channel, change.address, change.purpose, change.granted, change.how, change.by, change.at],
  )
  if (change.granted && change.purpose === '*')
    await liftSuppression(tx, change.channel, change.address, 'opted_out')
  await insertMany(tx, 'consent_changes', [
    {
      id: systemId(),
      channel: change.channel,
      address: change.address,
      purpose: change.purpose,
      granted: change.granted,
      how: change.how,
      recorded_by: change.by,
      at: change.at,
    },
  ])
  await record(
    tx,
    [
      {
        actor: change.by,
        action: change.granted ? 'consent.granted' : 'consent.withdrawn',
        subject: 'contact point',
        data: { channel: change.channel, purpose: change.purpose, how: change.how },
      },
    ],
    change.at,
  )
}

export function consentFor(tx: FirmTx, addresses: readonly string[]): Promise<ConsentRow[]> {
  return tx.rows<ConsentRow>(
    `select channel, address, purpose, granted from consents
     where firm_id = current_firm() and address = any(select lower(a) from unnest($1::text[]) a) and not granted`,
    [addresses],
    'consents_for',
  )
}

/** The same for every address that these clients have. */
export function consentOfClients(tx: FirmTx, clientIds: readonly ClientId[]): Promise<ConsentRow[]> {
  return tx.rows<ConsentRow>(
    `select channel, address, purpose, granted from consents
     where firm_id = current_firm() and not granted
       and address in (select lower(address) from contact_points where client_id = any($1))`,
    [clientIds],
    'consents_of_clients',
  )
}

/** Addresses differ in more than case, or are the same. A withdrawal for everything outweighs a grant for one purpose (STOP silences the number). */
export const hasOptedOut = (
  rows: readonly ConsentRow[],
  channel: Channel,
  address: string,
  purpose: Purpose,
) =>
  rows.some(
    (r) =>
      !r.granted &&
      r.channel === channel &&
      r.address === address.toLowerCase() &&
      (r.purpose === '*' || r.purpose === purpose),
  )
