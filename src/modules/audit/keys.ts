import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import type { PublicKeys, SealingKey } from './types.ts'

/** PKCS #8 (RFC 8410 §7) around 32 bytes of Ed25519 seed: what comes before the seed is always this. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Derives the key that signs seals from the deployment's secret (HKDF-SHA-256, RFC 5869), so that there is no second
 * file to keep; the same secret always gives the same key.
 *
 * @param secret the content of SECRET_KEY_FILE, at least 32 bytes
 */
export function sealingKeyFrom(secret: Uint8Array): SealingKey {
  if (secret.length < 32) throw new RangeError('the secret key has fewer than 32 bytes')
  const seed = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), 'tipstaff/audit-seal/1', 32))
  return sealingKey(createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' }))
}

/** For a key kept in a file of its own. @throws TypeError when it is not an Ed25519 private key */
export function sealingKey(privateKey: KeyObject): SealingKey {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519') {
    throw new TypeError('the sealing key is not an Ed25519 private key')
  }
  const publicKey = createPublicKey(privateKey)
  return { id: keyId(publicKey), publicKey, sign: (bytes) => sign(null, bytes, privateKey) }
}

/** The first 8 bytes of the SHA-256 over the public key's SPKI, in hex. */
export function keyId(publicKey: KeyObject): string {
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return createHash('sha256').update(spki).digest('hex').slice(0, 16)
}

export function signatureHolds(
  keys: PublicKeys,
  id: string,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = keys.get(id)
  return key !== undefined && verify(null, bytes, key, signature)
}
