import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decryptSecret,
  encryptSecret,
  readIds,
  readKeys,
  readToken,
  resolveSecret,
  signIds,
  signToken,
} from './index.ts'

const master = randomBytes(32)
const keysOf = (file: Uint8Array) => {
  const verdict = readKeys(file)
  if (!verdict.ok) throw new Error(verdict.message)
  return verdict.keys
}
const keys = keysOf(master)

describe('the secret key', () => {
  it('reads the same from raw bytes, hex and base64, with a line end too', () => {
    for (const text of [
      master.toString('hex'),
      `${master.toString('base64')}\n`,
      `${master.toString('base64url')}\r\n`,
    ]) {
      expect(keysOf(Buffer.from(text))).toEqual(keys)
    }
  })

  it('gives a different key for each use', () => {
    expect(keys.encryption.equals(keys.tokens)).toBe(false)
    expect([keys.encryption.length, keys.tokens.length]).toEqual([32, 32])
  })

  it.each([['short'], ['a'.repeat(64)], ['0'.repeat(43)], ['']])('refuses %j', (text) => {
    expect(readKeys(Buffer.from(text)).ok).toBe(false)
  })
})

describe('a secret at rest', () => {
  const sealed = encryptSecret('tell nobody', keys.encryption, 'firm-1', 'clio')

  it('opens with the same key, firm and name only', () => {
    expect(decryptSecret(sealed, keys.encryption, 'firm-1', 'clio')).toBe('tell nobody')
    expect(decryptSecret(sealed, keys.encryption, 'firm-2', 'clio')).toBeNull()
    expect(decryptSecret(sealed, keys.encryption, 'firm-1', 'clio2')).toBeNull()
    expect(decryptSecret(sealed, keys.encryption, 'firm-1:', 'clio')).toBeNull()
    expect(decryptSecret(sealed, keys.tokens, 'firm-1', 'clio')).toBeNull()
  })

  it('is never the same twice', () => {
    expect(encryptSecret('tell nobody', keys.encryption, 'firm-1', 'clio').equals(sealed)).toBe(false)
  })

  it('does not open after any bit was changed, or cut off', () => {
    for (let at = 0; at < sealed.length * 8; at++) {
      const changed = Buffer.from(sealed)
      changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7))
      expect(decryptSecret(changed, keys.encryption, 'firm-1', 'clio')).toBeNull()
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(decryptSecret(sealed.subarray(0, length), keys.encryption, 'firm-1', 'clio')).toBeNull()
    }
  })

  it('holds any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decryptSecret(encryptSecret(text, keys.encryption, 'f', 'n'), keys.encryption, 'f', 'n')).toBe(
          text,
        )
      }),
    )
  })
})

describe('a signed link', () => {
  const now = Temporal.Instant.from('2026-10-15T12:00:00Z')
  const token = signToken('unsubscribe', { c: 'client-1' }, keys.tokens)

  it('is read back, for its purpose and with its key only', () => {
    expect(readToken('unsubscribe', token, keys.tokens, now)).toEqual({
      ok: true,
      payload: { c: 'client-1' },
    })
    expect(readToken('portal', token, keys.tokens, now)).toEqual({ ok: false, reason: 'forged' })
    expect(readToken('unsubscribe', token, keys.encryption, now)).toEqual({ ok: false, reason: 'forged' })
  })

  it('is fit for an address', () => {
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/)
  })

  it('expires at its second', () => {
    const short = signToken('x', {}, keys.tokens, now.add({ seconds: 10 }))
    expect(readToken('x', short, keys.tokens, now.add({ seconds: 9 })).ok).toBe(true)
    expect(readToken('x', short, keys.tokens, now.add({ seconds: 10 }))).toEqual({
      ok: false,
      reason: 'expired',
    })
  })

  it('is refused with any character changed', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A'
      const read = readToken(
        'unsubscribe',
        token.slice(0, at) + other + token.slice(at + 1),
        keys.tokens,
        now,
      )
      // The last character holds two bits that mean nothing.
      if (at < token.length - 1) expect(read.ok).toBe(false)
    }
  })

  it('may be any text without harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readToken('unsubscribe', text, keys.tokens, now)).toEqual({ ok: false, reason: 'malformed' })
      }),
    )
  })
})

describe('a short link', () => {
  const now = Temporal.Instant.from('2026-10-15T12:00:00Z')
  const ids = ['018f2b6e-7c1d-7a3b-8c4d-5e6f70819293', '018f2b6e-7c1d-7a3b-8c4d-5e6f70819294']
  const token = signIds('digest', ids, keys.tokens, now.add({ hours: 1 }))
  const read = (text: string, at = now, purpose = 'digest') => readIds(purpose, text, 2, keys.tokens, at)

  it('brings its ids back, in 70 characters, till it expires, for one purpose', () => {
    expect(token).toHaveLength(70)
    expect(read(token)).toEqual({ ok: true, payload: ids })
    expect(read(token, now.add({ minutes: 61 }))).toEqual({ ok: false, reason: 'expired' })
    expect(read(token, now, 'unsubscribe')).toEqual({ ok: false, reason: 'forged' })
    expect(readIds('digest', token, 1, keys.tokens, now)).toEqual({ ok: false, reason: 'malformed' })
  })

  it('is refused with any character changed, and may be any text without harm', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A'
      expect(read(token.slice(0, at) + other + token.slice(at + 1)).ok).toBe(false)
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(read(text)).toEqual({ ok: false, reason: 'malformed' })
      }),
    )
  })
})

describe('a reference to a secret', () => {
  const sources = {
    env: { TOKEN: 'from env\n', EMPTY: '' },
    readFile: async (path: string) => {
      if (path === '/run/token') return 'from file\r\n'
      throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' })
    },
    stored: async (name: string) => (name === 'clio' ? 'from store' : null),
  }

  it.each([
    ['env:TOKEN', { ok: true, value: 'from env' }],
    ['file:/run/token', { ok: true, value: 'from file' }],
    ['stored:clio', { ok: true, value: 'from store' }],
    ['env:EMPTY', { ok: false, message: 'the environment variable EMPTY is not set' }],
    ['env:MISSING', { ok: false, message: 'the environment variable MISSING is not set' }],
    ['file:/nowhere', { ok: false, message: "the file /nowhere can't be read (ENOENT)" }],
    ['stored:other', { ok: false, message: 'no secret is stored under the name other' }],
  ])('%s', async (reference, expected) => {
    expect(await resolveSecret(reference, sources)).toEqual(expected)
  })

  it('that is none is not repeated, since it may be the secret itself', async () => {
    for (const literal of ['hunter2', 'sk:live-1', ':x', '']) {
      const verdict = await resolveSecret(literal, sources)
      expect(verdict.ok).toBe(false)
      if (!verdict.ok && literal !== '') expect(verdict.message).not.toContain(literal)
    }
  })
})
