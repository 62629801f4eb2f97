/** The only SQL on cms_tokens and cms_consents. What opens a CMS is encrypted before it gets here. */
import type { ConnectionId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export interface TokenRow extends Record<string, unknown> {
  access: Buffer
  refresh: Buffer
  expires_at: Temporal.Instant
  state: 'good' | 'refused'
  refresh_lease_until: Temporal.Instant | null
  connected_at: Temporal.Instant
  connected_by: string
  refreshed_at: Temporal.Instant
}

const columns =
  'access, refresh, expires_at, state, refresh_lease_until, connected_at, connected_by, refreshed_at'

export async function readTokens(tx: FirmTx, connectionId: ConnectionId): Promise<TokenRow | null> {
  const [row] = await tx.rows<TokenRow>(`select ${columns} from cms_tokens where connection_id = $1`, [
    connectionId,
  ])
  return row ?? null
}

/** As `readTokens`, and nobody else changes them until the commit. */
export async function lockTokens(tx: FirmTx, connectionId: ConnectionId): Promise<TokenRow | null> {
  const [row] = await tx.rows<TokenRow>(
    `select ${columns} from cms_tokens where connection_id = $1 for update`,
    [connectionId],
  )
  return row ?? null
}

export async function leaseRefresh(
  tx: FirmTx,
  connectionId: ConnectionId,
  until: Temporal.Instant,
): Promise<void> {
  await tx.run('update cms_tokens set refresh_lease_until = $2 where connection_id = $1', [
    connectionId,
    until,
  ])
}

export async function endRefreshLease(
  tx: FirmTx,
  connectionId: ConnectionId,
  until: Temporal.Instant,
): Promise<void> {
  await tx.run(
    'update cms_tokens set refresh_lease_until = null where connection_id = $1 and refresh_lease_until = $2',
    [connectionId, until],
  )
}

/**
 * @param used the refresh token, as it was stored, that this came of: where a person connected again meanwhile, or
 *   another process got a new one, this is old news
 * @returns whether it was written
 */
export async function storeRefreshed(
  tx: FirmTx,
  connectionId: ConnectionId,
  used: Uint8Array,
  tokens: { access: Uint8Array; refresh: Uint8Array; expiresAt: Temporal.Instant; now: Temporal.Instant },
): Promise<boolean> {
  const written = await tx.run(
    `update cms_tokens set access = $3, refresh = $4, expires_at = $5, refreshed_at = $6, refresh_lease_until = null
     where connection_id = $1 and refresh = $2 and state = 'good'`,
    [connectionId, used, tokens.access, tokens.refresh, tokens.expiresAt, tokens.now],
  )
  return written > 0
}

/** @param used as for `storeRefreshed` @returns whether this was news */
export async function markRefused(
  tx: FirmTx,
  connectionId: ConnectionId,
  used: Uint8Array,
): Promise<boolean> {
  const written = await tx.run(
    `update cms_tokens set state = 'refused', refresh_lease_until = null
     where connection_id = $1 and refresh = $2 and state = 'good'`,
    [connectionId, used],
  )
  return written > 0
}

/** What a person's consent gave, in place of what was there. */
export async function storeConnected(
  tx: FirmTx,
  connectionId: ConnectionId,
  tokens: {
    access: Uint8Array
    refresh: Uint8Array
    expiresAt: Temporal.Instant
    by: string
    now: Temporal.Instant
  },
): Promise<void> {
  await tx.run(
    `insert into cms_tokens
       (firm_id, connection_id, access, refresh, expires_at, state, connected_at, connected_by, refreshed_at)
     values (current_firm(), $1, $2, $3, $4, 'good', $6, $5, $6)
     on conflict (connection_id) do update set access = excluded.access, refresh = excluded.refresh,
       expires_at = excluded.expires_at, state = 'good', refresh_lease_until = null,
       connected_at = excluded.connected_at, connected_by = excluded.connected_by, refreshed_at = excluded.refreshed_at`,
    [connectionId, tokens.access, tokens.refresh, tokens.expiresAt, tokens.by, tokens.now],
  )
}

export async function dropTokens(tx: FirmTx, connectionId: ConnectionId): Promise<boolean> {
  return (await tx.run('delete from cms_tokens where connection_id = $1', [connectionId])) > 0
}

export interface Consent extends Record<string, unknown> {
  redirect_uri: string
  asked_by: string
  expires_at: Temporal.Instant
}

/** Notes that somebody is asked for consent; of the same connection, those that are over go. */
export async function insertConsent(
  tx: FirmTx,
  connectionId: ConnectionId,
  consent: {
    hash: Uint8Array
    redirectUri: string
    by: string
    now: Temporal.Instant
    until: Temporal.Instant
  },
): Promise<void> {
  tx.later('delete from cms_consents where connection_id = $1 and expires_at <= $2', [
    connectionId,
    consent.now,
  ])
  await tx.run(
    `insert into cms_consents (firm_id, connection_id, state_hash, redirect_uri, asked_by, asked_at, expires_at)
     values (current_firm(), $1, $2, $3, $4, $5, $6)`,
    [connectionId, consent.hash, consent.redirectUri, consent.by, consent.now, consent.until],
  )
}

/** Serves once: it is gone with this, whatever comes of it. */
export async function takeConsent(
  tx: FirmTx,
  connectionId: ConnectionId,
  hash: Uint8Array,
): Promise<Consent | null> {
  const [row] = await tx.rows<Consent>(
    `delete from cms_consents where connection_id = $1 and state_hash = $2
     returning redirect_uri, asked_by, expires_at`,
    [connectionId, hash],
  )
  return row ?? null
}
