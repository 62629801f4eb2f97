/** Does this webhook come from whom it says? Checked over the raw body, before anything reads it. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { RawRequest, Refusal } from '../../kernel/index.ts'
import type { HookVerification } from './types.ts'

/** The values that the verification's references stand for. */
export interface HookSecrets {
  /** Any of them may match: two while one is rotated out, or while a subscription is renewed. */
  active: readonly string[]
}

export type HookVerdict =
  /** `secretIndex`: which of the active secrets it was, so that one sees when the old one is no longer used. */
  | { ok: true; secretIndex: number }
  /**
   * Someone offers a secret (Clio's handshake): echo it; trust it only once our own call has confirmed it.
   * Without `ok`, so that nobody takes it for a verified request.
   */
  | { handshake: string }
  | Refusal

/** Standard Webhooks: five minutes either way, the limit included. */
const toleranceSeconds = 300

/**
 * @param secrets resolved; an empty list is our own fault for all schemes but Clio's, whose secret comes later
 * @param now when the request was received
 *
 * Throws when a scheme that needs a configured secret has none.
 */
export function verifyHook(
  verification: HookVerification,
  request: RawRequest,
  secrets: HookSecrets,
  now: Temporal.Instant,
): HookVerdict {
  if (verification.scheme !== 'clio' && secrets.active.length === 0) {
    throw new Error(`verifyHook: no secret for the scheme ${verification.scheme}`)
  }
  switch (verification.scheme) {
    case 'clio':
      return clio(request, secrets.active)
    case 'standard-webhooks':
      return standardWebhooks(request, secrets.active, now)
    case 'header':
      return shared(request.headers[verification.header.toLowerCase()], verification.header, secrets.active)
    case 'query': {
      const given = URL.parse(request.url)?.searchParams.get(verification.name)
      return shared(given ?? undefined, `?${verification.name}=`, secrets.active)
    }
  }
}

/** Hex is what Clio probably sends; base64 is taken too, since its documentation does not say. */
function clio(request: RawRequest, secrets: readonly string[]): HookVerdict {
  const given = request.headers['x-hook-signature']
  const offered = request.headers['x-hook-secret']
  if (given === undefined && offered !== undefined) {
    return /^[\x21-\x7e]{8,512}$/.test(offered)
      ? { handshake: offered }
      : refuse(400, 'X-Hook-Secret is malformed')
  }
  if (given === undefined) return refuse(401, 'X-Hook-Signature is missing')
  const mark = decodeMark(given.trim())
  if (mark === null) return refuse(400, 'X-Hook-Signature is neither hex nor base64 of 32 bytes')
  return matching(secrets, (secret) => same(hmac(secret, request.body), mark))
}

function decodeMark(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, 'base64') : null
}

/** https://www.standardwebhooks.com: HMAC-SHA256 over `id.timestamp.body`, several signatures parted by blanks. */
function standardWebhooks(
  request: RawRequest,
  secrets: readonly string[],
  now: Temporal.Instant,
): HookVerdict {
  const id = request.headers['webhook-id']
  const timestamp = request.headers['webhook-timestamp']
  const signatures = request.headers['webhook-signature']
  if (signatures === undefined) return refuse(401, 'webhook-signature is missing')
  if (id === undefined || id === '' || id.length > 256)
    return refuse(400, 'webhook-id is missing or too long')
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) {
    return refuse(400, 'webhook-timestamp is not a number of seconds')
  }
  const marks = signatures
    .split(' ')
    .filter((part) => /^v1,[A-Za-z0-9+/]{43}=$/.test(part))
    .map((part) => Buffer.from(part.slice(3), 'base64'))
  if (marks.length === 0) return refuse(400, 'webhook-signature holds no v1 signature')
  const head = Buffer.from(`${id}.${timestamp}.`)
  const verdict = matching(secrets, (secret) => {
    const key = standardSecret(secret)
    if (key.length === 0) return false
    const expected = hmac(key, head, request.body)
    // All are compared, so that time does not tell which one was right.
    return marks.map((mark) => same(expected, mark)).includes(true)
  })
  // The age is told only to who knows the secret.
  return verdict.ok ? (tooOldOrNew(Number(timestamp), now) ?? verdict) : verdict
}

function tooOldOrNew(timestamp: number, now: Temporal.Instant): Refusal | undefined {
  const age = Math.floor(now.epochMilliseconds / 1000) - timestamp
  if (age > toleranceSeconds)
    return refuse(401, `webhook-timestamp is too old: ${age} s, at most ${toleranceSeconds}`)
  if (age < -toleranceSeconds)
    return refuse(401, `webhook-timestamp is ${-age} s in the future: check the clocks`)
  return undefined
}

const standardSecret = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

function shared(given: string | undefined, name: string, secrets: readonly string[]): HookVerdict {
  if (given === undefined || given === '') return refuse(401, `${name} is missing`)
  // Digests have one length, so that time does not tell the secret's.
  return matching(secrets, (secret) => same(digest(secret), digest(given)))
}

function matching(
  secrets: readonly string[],
  matches: (secret: string) => boolean,
): { ok: true; secretIndex: number } | Refusal {
  // An empty secret is one that everybody knows.
  const secretIndex = secrets.map((secret) => secret !== '' && matches(secret)).indexOf(true)
  return secretIndex < 0 ? refuse(401, 'the signature does not match') : { ok: true, secretIndex }
}

function hmac(key: string | Buffer, ...parts: readonly Uint8Array[]): Buffer {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const same = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
const refuse = (status: 400 | 401, reason: string): Refusal => ({ ok: false, status, reason })
