/**
 * The tokens of one connection. They are refreshed once, however many callers and processes want a new one: whoever
 * takes the lease in the row refreshes, with no lock and no connection held, and the others wait for the row to change.
 */
import type { ConnectionId, FirmId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { decryptSecret, encryptSecret, type Keys } from '../../platform/secrets/index.ts'
import { record } from '../audit/index.ts'
import { markConnection } from '../firms/index.ts'
import type { CmsAuthorisation, CmsTokenSource, CmsTokens } from './access.ts'
import * as store from './token-store.ts'
import type { CmsTrouble, CmsVerdict } from './verdicts.ts'

/** What others must hear of, in the transaction in which it becomes true. */
export interface AccessNews {
  /** The consent is gone: what needs the CMS waits for a person. Told once. */
  refused(tx: FirmTx, connectionId: ConnectionId): Promise<void>
  /** A person let us in, or gave the consent back by our own command (`disconnected`). */
  connected(tx: FirmTx, connectionId: ConnectionId): Promise<void>
  disconnected(tx: FirmTx, connectionId: ConnectionId): Promise<void>
}

export interface TokenDeps {
  db: Database
  keys: Keys
  now(): Temporal.Instant
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>
  news: AccessNews
}

export interface TokensOf {
  firmId: FirmId
  connectionId: ConnectionId
  authorisation: CmsAuthorisation
  /** Secrets in place. */
  settings: unknown
}

/** A refresh is one call of 10 s at most; a process that dies in it is waited for no longer. */
const leaseMs = 20_000
/** How long those wait who have no token that is good, in milliseconds, and how often they look. */
const patience = 15_000
const firstLook = 50
const longestLook = 800
/** Renewed so long before its end, but never in the first nine tenths of its life. */
const renewBeforeMs = 300_000
/** What is in memory is looked up again after this: a person may have connected as somebody else. */
const trustedMs = 60_000
/** A refresh that did not work while the token was still good is not tried again for so long. */
const restMs = 30_000

interface Known {
  access: string
  expiresAt: number
  renewAt: number
  readAt: number
}

export function tokenSource(deps: TokenDeps, of: TokensOf): CmsTokenSource {
  let known: Known | null = null
  let underWay: Promise<CmsVerdict<string>> | null = null
  let restUntil = 0
  const ms = () => deps.now().epochMilliseconds

  const atHand = (refused: string | undefined): string | null =>
    known !== null &&
    known.access !== refused &&
    ms() < (ms() < restUntil ? known.expiresAt : known.renewAt) &&
    ms() - known.readAt < trustedMs
      ? known.access
      : null

  const keep = (row: Pick<store.TokenRow, 'expires_at' | 'refreshed_at'>, access: string): void => {
    const expiresAt = row.expires_at.epochMilliseconds
    const life = expiresAt - row.refreshed_at.epochMilliseconds
    known = { access, expiresAt, renewAt: expiresAt - Math.min(renewBeforeMs, life / 10), readAt: ms() }
  }

  const renew = async (refused: string | undefined): Promise<CmsVerdict<string>> => {
    for (let waited = 0, look = firstLook; ; waited += look, look = Math.min(look * 2, longestLook)) {
      const found = await claim(refused)
      switch (found.kind) {
        case 'verdict':
          return found.verdict
        case 'ours': {
          const verdict = await refresh(found)
          if (verdict !== 'overtaken') return verdict
          break
        }
        case 'theirs':
          if (found.good !== null) return { ok: true, value: found.good }
          if (waited >= patience) return trouble('unavailable', 'another process is fetching a new token', 5)
      }
      await deps.wait(look)
    }
  }

  /** Looks at the row: it is good, or ours to renew, or somebody renews it. */
  const claim = (refused: string | undefined) =>
    deps.db.forFirm(of.firmId, async (tx): Promise<Claim> => {
      const row = await store.lockTokens(tx, of.connectionId)
      known = null
      if (row === null) return verdictOf(trouble('unauthorised', 'nobody has connected it yet'))
      if (row.state === 'refused')
        return verdictOf(trouble('unauthorised', 'the consent is gone: somebody must connect it again'))
      const access = open(row.access, 'access')
      const secret = open(row.refresh, 'refresh')
      if (access === null || secret === null)
        return verdictOf(
          trouble('unauthorised', 'its tokens were stored under another SECRET_KEY: connect it again'),
        )
      keep(row, access)
      if (atHand(refused) !== null) return verdictOf({ ok: true, value: access })
      const now = deps.now()
      const good = access !== refused && Temporal.Instant.compare(now, row.expires_at) < 0 ? access : null
      if (row.refresh_lease_until !== null && Temporal.Instant.compare(now, row.refresh_lease_until) < 0)
        return { kind: 'theirs', good }
      const until = now.add({ milliseconds: leaseMs }).round('microsecond')
      await store.leaseRefresh(tx, of.connectionId, until)
      return { kind: 'ours', until, used: row.refresh, secret, good }
    })

  const refresh = async (claimed: Extract<Claim, { kind: 'ours' }>) => {
    const { used, secret, until, good } = claimed
    const given = await of.authorisation.refresh(of.settings, secret)
    if (given.ok) return storeGiven(claimed, given.value)
    if (given.kind === 'unauthorised') {
      const told = await deps.db.forFirm(of.firmId, async (tx) => {
        const news = await store.markRefused(tx, of.connectionId, used)
        if (!news) return false
        await markConnection(tx, of.connectionId, 'broken')
        await record(
          tx,
          [
            {
              actor: 'tipstaff',
              action: 'connection.refused',
              subject: `connection:${of.connectionId}`,
              data: { detail: given.detail },
            },
          ],
          deps.now(),
        )
        await deps.news.refused(tx, of.connectionId)
        return true
      })
      known = null
      return told ? given : ('overtaken' as const)
    }
    await deps.db.forFirm(of.firmId, (tx) => store.endRefreshLease(tx, of.connectionId, until))
    if (good === null) return given
    restUntil = ms() + restMs
    return { ok: true, value: good } as const
  }

  const storeGiven = async ({ used, secret }: Extract<Claim, { kind: 'ours' }>, tokens: CmsTokens) => {
    const now = deps.now()
    // Clio's refresh tokens stay the same; others' change, and then the old one is worth nothing.
    const rotated = tokens.refresh !== null && tokens.refresh !== secret
    const written = await deps.db.forFirm(of.firmId, (tx) =>
      store.storeRefreshed(tx, of.connectionId, used, {
        access: seal(tokens.access, 'access'),
        refresh: rotated ? seal(tokens.refresh!, 'refresh') : used,
        expiresAt: tokens.expiresAt,
        now,
      }),
    )
    if (!written) return 'overtaken' as const
    keep({ expires_at: tokens.expiresAt, refreshed_at: now }, tokens.access)
    return { ok: true, value: tokens.access } as const
  }

  const seal = (plain: string, what: 'access' | 'refresh') => sealed(deps.keys, of, plain, what)
  const open = (bytes: Uint8Array, what: 'access' | 'refresh') =>
    decryptSecret(bytes, deps.keys.encryption, of.firmId, nameOf(of.connectionId, what))

  return {
    async token(refused) {
      // A second round: what was under way may have begun before the token was refused.
      for (let round = 0; round < 3; round++) {
        const here = atHand(refused)
        if (here !== null) return { ok: true, value: here }
        underWay ??= renew(refused).finally(() => {
          underWay = null
        })
        const verdict = await underWay
        if (!verdict.ok || verdict.value !== refused) return verdict
      }
      return trouble('unavailable', 'no token came that the system takes', 5)
    },
  }
}

type Claim =
  | { kind: 'verdict'; verdict: CmsVerdict<string> }
  | { kind: 'ours'; until: Temporal.Instant; used: Buffer; secret: string; good: string | null }
  | { kind: 'theirs'; good: string | null }

const verdictOf = (verdict: CmsVerdict<string>): Claim => ({ kind: 'verdict', verdict })

/** Bound to firm, connection and use: a row copied elsewhere opens nothing. */
const nameOf = (connectionId: ConnectionId, what: 'access' | 'refresh') => `cms ${connectionId} ${what}`

export const sealed = (
  keys: Keys,
  { firmId, connectionId }: Pick<TokensOf, 'firmId' | 'connectionId'>,
  plain: string,
  what: 'access' | 'refresh',
): Buffer => encryptSecret(plain, keys.encryption, firmId, nameOf(connectionId, what))

function trouble(kind: CmsTrouble['kind'], detail: string, retryAfter?: number): CmsTrouble {
  return retryAfter === undefined ? { ok: false, kind, detail } : { ok: false, kind, detail, retryAfter }
}
