import { randomBytes } from 'node:crypto'

/** Test credentials, documented in README.md; they open nothing but this sandbox. */
export const STATIC_TOKEN = 'sandbox-clio-token'
export const CLIENT_ID = 'sandbox-clio-client'
export const CLIENT_SECRET = 'sandbox-clio-secret'

/** Calls per 60 s: Clio's peak-hour default for its tokens; more for the static one, which rehearsals share. */
const LIMITS = { oauth: 50, static: 600 }
const WINDOW = 60_000
const CODE_LIFE = 600_000

export interface ApiSettings {
  /** Calls a minute per token; null lifts the limit; `default` is 50, and 600 for the static token. */
  rateLimit: number | null | 'default'
  /** Life of an access token, in seconds. */
  expiresIn: number
  /** Refreshing gives another refresh token and ends the one before; Clio does not do so, others do. */
  rotateRefresh: boolean
  /** Where a person may be sent back to, as registered at Clio; null: anywhere. */
  redirectUris: string[] | null
}

export interface RateState {
  limit: number
  remaining: number
  /** Unix seconds at which the window ends. */
  reset: number
  /** Seconds to wait; only when the limit is passed. */
  retryAfter?: number
}

interface Access {
  refresh: string
  expires: number
}

export interface Tokens {
  settings: ApiSettings
  /** A one-time code for a redirect URI, good for 10 minutes. */
  issueCode(redirectUri: string): string
  /** Spends a code; undefined when unknown, old or meant for another redirect URI. */
  redeem(code: string, redirectUri: string): { access: string; refresh: string } | undefined
  /** A new access token. The refresh token stays the same (providers.md §4), unless the setting says otherwise. */
  refresh(token: string): { access: string; refresh?: string } | undefined
  /** Every access token that was given out ends now; they can be refreshed. @returns how many */
  expireAll(): number
  /** Someone at the firm takes the app's access away. @returns how many consents ended */
  revokeAll(): number
  counts(): { consents: number; refreshes: number; refreshesRefused: number }
  revoke(access: string): boolean
  check(access: string | undefined): 'ok' | 'missing' | 'unknown' | 'expired'
  /** Counts a call against the token's window; null when there is no limit. */
  spend(access: string): RateState | null
  clear(): void
}

export function createTokens(now: () => number): Tokens {
  const codes = new Map<string, { redirectUri: string; expires: number }>()
  const grants = new Set<string>()
  const access = new Map<string, Access>()
  const windows = new Map<string, { ends: number; used: number }>()
  const settings: ApiSettings = {
    rateLimit: 'default',
    expiresIn: 604_800,
    rotateRefresh: false,
    redirectUris: null,
  }
  let refreshes = 0
  let refreshesRefused = 0
  const fresh = () => randomBytes(24).toString('base64url')

  const grant = (refresh: string): string => {
    const token = fresh()
    access.set(token, { refresh, expires: now() + settings.expiresIn * 1_000 })
    return token
  }

  return {
    settings,
    issueCode(redirectUri) {
      const code = fresh()
      codes.set(code, { redirectUri, expires: now() + CODE_LIFE })
      return code
    },
    redeem(code, redirectUri) {
      const found = codes.get(code)
      codes.delete(code)
      if (!found || found.expires <= now() || found.redirectUri !== redirectUri) return undefined
      const refresh = fresh()
      grants.add(refresh)
      return { access: grant(refresh), refresh }
    },
    refresh(token) {
      if (!grants.has(token)) {
        refreshesRefused++
        return undefined
      }
      refreshes++
      if (!settings.rotateRefresh) return { access: grant(token) }
      grants.delete(token)
      const rotated = fresh()
      grants.add(rotated)
      return { access: grant(rotated), refresh: rotated }
    },
    expireAll() {
      for (const held of access.values()) held.expires = Math.min(held.expires, now())
      return access.size
    },
    revokeAll() {
      const { size } = grants
      grants.clear()
      access.clear()
      return size
    },
    counts: () => ({ consents: grants.size, refreshes, refreshesRefused }),
    revoke(token) {
      const found = access.get(token)
      if (!found) return false
      grants.delete(found.refresh)
      for (const [other, held] of access) if (held.refresh === found.refresh) access.delete(other)
      return true
    },
    check(token) {
      if (token === undefined || token === '') return 'missing'
      if (token === STATIC_TOKEN) return 'ok'
      const found = access.get(token)
      if (!found) return 'unknown'
      return found.expires <= now() ? 'expired' : 'ok'
    },
    spend(token) {
      const { rateLimit } = settings
      if (rateLimit === null) return null
      const limit =
        rateLimit !== 'default' ? rateLimit : token === STATIC_TOKEN ? LIMITS.static : LIMITS.oauth
      const at = now()
      let window = windows.get(token)
      if (!window || window.ends <= at) {
        window = { ends: at + WINDOW, used: 0 }
        windows.set(token, window)
      }
      const state = {
        limit,
        remaining: Math.max(0, limit - window.used - 1),
        reset: Math.ceil(window.ends / 1_000),
      }
      if (window.used >= limit)
        return { ...state, retryAfter: Math.max(1, Math.ceil((window.ends - at) / 1_000)) }
      window.used++
      return state
    },
    clear() {
      codes.clear()
      grants.clear()
      access.clear()
      windows.clear()
      refreshes = 0
      refreshesRefused = 0
    },
  }
}
