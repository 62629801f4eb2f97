/** Passwords of people: Argon2id, as a PHC string, so that its cost can grow without anybody's noticing. */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP, Password Storage Cheat Sheet (2025): 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([\w+/-]{8,64})\$([\w+/-]{16,88})$/

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** @returns `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await hashWith(password, { ...cost, nonce, tagLength })
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(hash)}`
}

/** @returns false for a wrong password, and for what is no hash of ours */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, hash] = phc.exec(stored) ?? []
  if (!salt || !hash) return false
  const wanted = Buffer.from(hash, 'base64')
  const given = await hashWith(password, {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: wanted.length,
  })
  return timingSafeEqual(given, wanted)
}

/** One spelling for what looks alike, whichever keyboard it was typed on (NIST SP 800-63B-4 §3.1.1.2: NFC or NFKC). */
const hashWith = (password: string, parameters: Omit<Argon2Parameters, 'message'>): Promise<Buffer> =>
  derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), ...parameters })
