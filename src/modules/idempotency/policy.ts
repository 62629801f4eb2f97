/** What an `Idempotency-Key` is, and how its answer is kept (draft-ietf-httpapi-idempotency-key-header). Pure. */
import { createHmac, hkdfSync } from 'node:crypto'
import { decryptSecret, encryptSecret } from '../../platform/secrets/index.ts'

/** Structured string of printable ASCII (RFC 9651 §3.3.3), or the same without quotes, as most clients send it. */
const spelling = /^(?:"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"|([\x21\x23-\x7e]{1,255}))$/

/** @returns the key that the header holds; null: it is none */
export function keyOf(header: string): string | null {
  const [, quoted, bare] = spelling.exec(header.trim()) ?? []
  return quoted?.replaceAll(/\\(["\\])/g, '$1') ?? bare ?? null
}

/** What a row keeps in place of what it was asked. */
export interface Marks {
  /** Of the key. */
  key: Buffer
  /** Of the request that it came with. */
  request: Buffer
}

/**
 * @param secret `Keys.repeats`: without it nobody can try short keys and likely bodies against the marks
 * @param request one spelling of what was asked
 */
export const marksOf = (secret: Buffer, key: string, request: string): Marks => ({
  key: createHmac('sha256', secret).update('key').update(key).digest(),
  request: createHmac('sha256', secret).update('request').update(request).digest(),
})

export interface StoredAnswer {
  status: number
  type: string
  body: string
}

/** By the deployment's key and the caller's: neither a copy of the database nor the deployment itself reads it alone. */
const keyFor = (secret: Buffer, key: string) =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.from(key), 'idempotent answer', 32))

/** @param route bound in, with the firm: an answer copied to another can't be read there */
export const sealAnswer = (
  { type, body }: Pick<StoredAnswer, 'type' | 'body'>,
  secret: Buffer,
  key: string,
  { firmId, route }: { firmId: string; route: string },
): Buffer => encryptSecret(JSON.stringify([type, body]), keyFor(secret, key), firmId, route)

/** @returns null where the deployment's key is another than when it was sealed */
export function openAnswer(
  sealed: Uint8Array,
  secret: Buffer,
  key: string,
  { firmId, route }: { firmId: string; route: string },
): Pick<StoredAnswer, 'type' | 'body'> | null {
  const plain = decryptSecret(sealed, keyFor(secret, key), firmId, route)
  if (plain === null) return null
  const [type, body] = JSON.parse(plain) as [string, string]
  return { type, body }
}
