/** Links that we sign, so that a click proves itself without a session: unsubscribe, opt out of a purpose. */
import { createHmac, timingSafeEqual } from 'node:crypto'

export type TokenVerdict<P> =
  | { ok: true; payload: P }
  /** `expired` is told apart, so that the page can offer another link. */
  | { ok: false; reason: 'malformed' | 'forged' | 'expired' }

/** Longest token that is looked at, in characters. */
const longest = 2_048

/**
 * @param purpose what the token is good for; one made for another purpose is refused
 * @param payload small and without personal data: anyone who has the link can read it
 * @param key `Keys.tokens`
 * @param expires absent: never, as RFC 8058 unsubscribe links want it
 * @returns URL-safe text
 */
export function signToken(
  purpose: string,
  payload: Readonly<Record<string, unknown>>,
  key: Buffer,
  expires?: Temporal.Instant,
): string {
  const body = expires ? { ...payload, exp: Math.floor(expires.epochMilliseconds / 1000) } : payload
  const text = Buffer.from(JSON.stringify(body)).toString('base64url')
  return `${text}.${seal(purpose, text, key).toString('base64url')}`
}

/** Reads what signToken made. The caller still checks the payload's shape. */
export function readToken<P extends Record<string, unknown>>(
  purpose: string,
  token: string,
  key: Buffer,
  now: Temporal.Instant,
): TokenVerdict<P> {
  const [text, mark, ...more] = token.length > longest ? [] : token.split('.')
  if (!text || !mark || more.length > 0 || !/^[\w-]+$/.test(text) || !/^[\w-]{43}$/.test(mark))
    return no('malformed')
  if (!timingSafeEqual(seal(purpose, text, key), Buffer.from(mark, 'base64url'))) return no('forged')
  const payload = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as P & { exp?: number }
  if (payload.exp !== undefined && now.epochMilliseconds >= payload.exp * 1000) return no('expired')
  return { ok: true, payload }
}

const seal = (purpose: string, text: string, key: Buffer): Buffer =>
  createHmac('sha256', key).update(`${purpose.length}:${purpose}:${text}`).digest()

const no = (reason: 'malformed' | 'forged' | 'expired') => ({ ok: false, reason }) as const
