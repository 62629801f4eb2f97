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

const idBytes = 16
const timeBytes = 4
/** Half of SHA-256, as RFC 2104 §5 allows: 128 bits are not guessed. */
const shortMark = 16

/**
 * The same for links that must be short, since they go into a text message: ids and an end, nothing else.
 *
 * @param ids UUIDs, as many as the reader expects
 * @returns 70 characters for two ids, URL-safe
 */
export function signIds(
  purpose: string,
  ids: readonly string[],
  key: Buffer,
  expires: Temporal.Instant,
): string {
  const end = Buffer.alloc(timeBytes)
  end.writeUInt32BE(Math.floor(expires.epochMilliseconds / 1000))
  const content = Buffer.concat([...ids.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex')), end])
  const mark = seal(purpose, content.toString('base64url'), key).subarray(0, shortMark)
  return Buffer.concat([content, mark]).toString('base64url')
}

/** Reads what signIds made. @param count how many ids there must be */
export function readIds(
  purpose: string,
  token: string,
  count: number,
  key: Buffer,
  now: Temporal.Instant,
): TokenVerdict<string[]> {
  const bytes = /^[\w-]{1,500}$/.test(token) ? Buffer.from(token, 'base64url') : Buffer.alloc(0)
  const length = count * idBytes + timeBytes
  // Base64 has spare bits at its end: one token has one spelling.
  if (bytes.length !== length + shortMark || bytes.toString('base64url') !== token) return no('malformed')
  const content = bytes.subarray(0, length)
  const mark = seal(purpose, content.toString('base64url'), key).subarray(0, shortMark)
  if (!timingSafeEqual(mark, bytes.subarray(length))) return no('forged')
  if (now.epochMilliseconds >= content.readUInt32BE(count * idBytes) * 1000) return no('expired')
  const ids = Array.from({ length: count }, (_, i) =>
    content
      .toString('hex', i * idBytes, (i + 1) * idBytes)
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )
  return { ok: true, payload: ids }
}
