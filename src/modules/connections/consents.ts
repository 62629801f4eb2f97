/**
 * How a person lets us into a CMS (RFC 6749 §4.1): they are sent there with a state that only we can know, come back
 * with it and a code, and the code becomes tokens. The state serves once, for ten minutes, for one connection.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { ConnectionId, FirmId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Keys } from '../../platform/secrets/index.ts'
import { record } from '../audit/index.ts'
import { markConnection } from '../firms/index.ts'
import type { CmsTokenSource } from './access.ts'
import { dropTokens, insertConsent, readTokens, storeConnected, takeConsent } from './token-store.ts'
import { type AccessNews, sealed, type TokensOf } from './tokens.ts'
import type { CmsVerdict } from './verdicts.ts'

export interface ConsentDeps {
  db: Database
  keys: Keys
  now(): Temporal.Instant
  news: AccessNews
}

/** Clio's codes live as long; whoever is asked has the page open. */
const life = { minutes: 10 }

/** @returns the address at the CMS that the person opens, and until when it may be used */
export async function askConsent(
  deps: ConsentDeps,
  of: TokensOf,
  ask: { redirectUri: string; by: string },
): Promise<{ address: string; until: Temporal.Instant }> {
  const state = randomBytes(32).toString('base64url')
  const now = deps.now()
  const until = now.add(life)
  await deps.db.forFirm(of.firmId, (tx) =>
    insertConsent(tx, of.connectionId, { ...ask, hash: hashOf(state), now, until }),
  )
  const challenge = createHash('sha256').update(verifierOf(deps.keys, state)).digest('base64url')
  const { redirectUri } = ask
  return { address: of.authorisation.address(of.settings, { state, redirectUri, challenge }), until }
}

/** Which connection a person comes back for; null when we know of no such state. */
export async function findConsent(
  db: Database,
  state: string,
): Promise<{ firmId: FirmId; connectionId: ConnectionId } | null> {
  if (!/^[\w-]{43}$/.test(state)) return null
  const [found] = await db.lookup<{ firm_id: FirmId; connection_id: ConnectionId }>(
    'select firm_id, connection_id from lookup_consent($1)',
    [hashOf(state)],
  )
  return found ? { firmId: found.firm_id, connectionId: found.connection_id } : null
}

/**
 * The person is back, and their state is used up with this.
 *
 * @returns who had asked, and with which address they were to come back; null: it was used before, or is too old
 */
export async function useConsent(
  deps: ConsentDeps,
  of: Pick<TokensOf, 'firmId' | 'connectionId'>,
  state: string,
): Promise<{ by: string; redirectUri: string } | null> {
  const consent = await deps.db.forFirm(of.firmId, (tx) => takeConsent(tx, of.connectionId, hashOf(state)))
  if (consent === null || Temporal.Instant.compare(consent.expires_at, deps.now()) <= 0) return null
  return { by: consent.asked_by, redirectUri: consent.redirect_uri }
}

/** Makes the code into tokens and keeps them: from here on the connection works, and what waited for it goes on. */
export async function connect(
  deps: ConsentDeps,
  of: TokensOf,
  given: { state: string; code: string; by: string; redirectUri: string },
): Promise<CmsVerdict<null>> {
  const { code, redirectUri } = given
  const verifier = verifierOf(deps.keys, given.state)
  const tokens = await of.authorisation.exchange(of.settings, { code, redirectUri, verifier })
  if (!tokens.ok) return tokens
  const { access, refresh, expiresAt } = tokens.value
  if (refresh === null)
    return { ok: false, kind: 'refused', detail: 'it gave nothing to renew the token with' }
  const now = deps.now()
  await deps.db.forFirm(of.firmId, async (tx) => {
    await storeConnected(tx, of.connectionId, {
      access: sealed(deps.keys, of, access, 'access'),
      refresh: sealed(deps.keys, of, refresh, 'refresh'),
      expiresAt,
      by: given.by,
      now,
    })
    await markConnection(tx, of.connectionId, 'active')
    await record(
      tx,
      [
        {
          actor: given.by,
          action: 'connection.connected',
          subject: `connection:${of.connectionId}`,
          data: {},
        },
      ],
      now,
    )
    await deps.news.connected(tx, of.connectionId)
  })
  return { ok: true, value: null }
}

/**
 * Gives the consent back, at the CMS and here.
 *
 * @returns false: there was none. Trouble: the CMS could not be told, and nothing has changed
 */
export async function disconnect(
  deps: ConsentDeps,
  of: TokensOf,
  tokens: CmsTokenSource,
  by: string,
): Promise<CmsVerdict<boolean>> {
  // An expired token could not be taken back, and with it the consent would stand.
  const token = await tokens.token()
  if (!token.ok && token.kind !== 'unauthorised') return token
  if (token.ok) {
    const revoked = await of.authorisation.revoke(of.settings, token.value)
    if (!revoked.ok) return revoked
  }
  const now = deps.now()
  return deps.db.forFirm(of.firmId, async (tx) => {
    if (!(await dropTokens(tx, of.connectionId))) return { ok: true, value: false }
    await markConnection(tx, of.connectionId, 'active')
    const subject = `connection:${of.connectionId}`
    await record(tx, [{ actor: by, action: 'connection.disconnected', subject, data: {} }], now)
    await deps.news.disconnected(tx, of.connectionId)
    return { ok: true, value: true }
  })
}

/** Whether a person has let us in: `none` yet, `good`, or `refused` since. */
export async function consentOf(
  tx: FirmTx,
  connectionId: ConnectionId,
): Promise<'none' | 'good' | 'refused'> {
  return (await readTokens(tx, connectionId))?.state ?? 'none'
}

const hashOf = (state: string): Buffer => createHash('sha256').update(state).digest()

/** Of PKCE (RFC 7636): made from the state by a key that only we have, so that it need not be kept. */
const verifierOf = (keys: Keys, state: string): string =>
  createHmac('sha256', keys.tokens).update(`pkce:${state}`).digest('base64url')
