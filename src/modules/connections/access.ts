/**
 * How a connection gets at its CMS: the tokens that a person's consent gave, and the limits that all callers of one
 * account share, over all processes. Adapters get both from main; without them (a static token, a test) they do
 * without.
 */
import type { CmsTrouble, CmsVerdict } from './verdicts.ts'

/** What an authorisation server gives (RFC 6749 §5.1). */
export interface CmsTokens {
  access: string
  /** Null: the one before stays good. */
  refresh: string | null
  expiresAt: Temporal.Instant
}

/** OAuth 2.0 authorisation-code flow (RFC 6749 §4.1) of one kind of CMS. Settings have their secrets in place. */
export interface CmsAuthorisation {
  /** @returns whether these settings want it, or name a token of their own */
  wanted(settings: unknown): boolean
  /** Where the person is sent. @param ask.challenge of PKCE, S256 (RFC 7636); servers that do not know it ignore it */
  address(settings: unknown, ask: { state: string; redirectUri: string; challenge: string }): string
  exchange(
    settings: unknown,
    given: { code: string; redirectUri: string; verifier: string },
  ): Promise<CmsVerdict<CmsTokens>>
  /** `unauthorised`: the consent is gone, and a person must give it anew. */
  refresh(settings: unknown, refreshToken: string): Promise<CmsVerdict<CmsTokens>>
  /** Ends the consent; ended already is fine. */
  revoke(settings: unknown, accessToken: string): Promise<CmsVerdict<null>>
}

/** The tokens of one connection. */
export interface CmsTokenSource {
  /**
   * A token that is good now.
   *
   * @param refused the token that the CMS has just refused, if any: then a new one is fetched, once for all who ask
   * @returns `unauthorised` when a person must connect again
   */
  token(refused?: string): Promise<CmsVerdict<string>>
}

/** `now`: a client waits for what it brings. `background`: syncs and audits, which leave something for the others. */
export type CmsUrgency = 'now' | 'background'

/** What an answer told of the limit. */
export type CmsLimit =
  | { kind: 'window'; limit: number; remaining: number; resetsAt: Temporal.Instant }
  | { kind: 'closed'; until: Temporal.Instant }
  /** It was answered, and nothing was said of a limit: then there is none. */
  | { kind: 'none' }

/** Leave to make one call. */
export interface CmsPass {
  /** Given back after the call, with what its answer told; without, nothing is learnt. */
  leave(told?: CmsLimit): void | Promise<void>
}

/** Who may call the CMS, and when: its rate limit and, where it bears only so many calls at once, its turns. */
export interface CmsGate {
  /**
   * @returns a pass, or `rate_limited` with the seconds to wait
   */
  enter(urgency: CmsUrgency): Promise<{ ok: true; value: CmsPass } | CmsTrouble>
}

/** What a reader is opened with, beside its settings. */
export interface CmsContext {
  tokens?: CmsTokenSource
  gate?: CmsGate
}

/** Nobody is held up: for tests, and for systems without limits. */
export const openGate: CmsGate = {
  enter: () => Promise.resolve({ ok: true, value: { leave: () => {} } }),
}
