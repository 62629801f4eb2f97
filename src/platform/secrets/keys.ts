/** The one secret that a deployment has (SECRET_KEY_FILE), and the keys made from it: one for each use. */
import { hkdfSync } from 'node:crypto'

export interface Keys {
  /** 32 bytes, for secrets at rest. */
  encryption: Buffer
  /** 32 bytes, for links that we sign. */
  tokens: Buffer
  /** 32 bytes, for cookies of people who are signed in. */
  sessions: Buffer
  /** 32 bytes, for answers that are kept for who asks again. */
  repeats: Buffer
}

/**
 * @param file what SECRET_KEY_FILE holds: 32 bytes as they are, or written in hex or base64
 * @returns the keys (HKDF-SHA256, RFC 5869, so that no key is used for two things), or what is wrong with the file
 */
export function readKeys(file: Uint8Array): { ok: true; keys: Keys } | { ok: false; message: string } {
  const master = masterKey(Buffer.from(file))
  if (master === null)
    return { ok: false, message: 'the secret key is not 32 bytes, nor 32 bytes in hex or base64' }
  if (new Set(master).size < 8) return { ok: false, message: 'the secret key is not random' }
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', master, 'tipstaff', use, 32))
  const keys = {
    encryption: derive('secrets at rest'),
    tokens: derive('signed links'),
    sessions: derive('signed-in people'),
    repeats: derive('answers kept for repeats'),
  }
  return { ok: true, keys }
}

function masterKey(file: Buffer): Buffer | null {
  if (file.length === 32) return file
  const text = file.toString('latin1').trim()
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  const decoded = /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null
  return decoded?.length === 32 ? decoded : null
}
