/** Secrets at rest: AES-256-GCM (NIST SP 800-38D). */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** First byte of what we write, so that another scheme can follow. */
const version = 1
const lengths = { nonce: 12, tag: 16 }

/**
 * @param key 32 bytes, `Keys.encryption`
 * @param firmId and `name` are bound in: a secret copied to another firm or name can't be read there
 * @param random fills the nonce; passed in for tests only
 * @returns version, nonce, tag and ciphertext in one
 */
export function encryptSecret(
  plain: string,
  key: Buffer,
  firmId: string,
  name: string,
  random: (size: number) => Buffer = randomBytes,
): Buffer {
  const nonce = random(lengths.nonce)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(boundTo(firmId, name))
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), text])
}

/** @returns null when the key, the firm or the name is another, or when a bit was changed */
export function decryptSecret(sealed: Uint8Array, key: Buffer, firmId: string, name: string): string | null {
  const bytes = Buffer.from(sealed)
  const start = 1 + lengths.nonce + lengths.tag
  if (bytes[0] !== version || bytes.length < start) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + lengths.nonce), {
    authTagLength: lengths.tag,
  })
  decipher.setAAD(boundTo(firmId, name))
  decipher.setAuthTag(bytes.subarray(1 + lengths.nonce, start))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(start)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** The length first, so that no two pairs make the same bytes. */
const boundTo = (firmId: string, name: string): Buffer => Buffer.from(`${firmId.length}:${firmId}:${name}`)
