import { createHash, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, leafOf, merkleRoot } from './encoding.ts'
import { bodyHash, sealingKey, sealingKeyFrom } from './index.ts'

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** RFC 6962 §2.1, word by word. */
function tree(leaves: Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(new Uint8Array([1]), tree(leaves.slice(0, k)), tree(leaves.slice(k)))
}

describe('the Merkle tree', () => {
  it('has the roots that Certificate Transparency publishes for its eight test leaves', () => {
    const inputs = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ]
    const leaves = inputs.map((input) => sha256(new Uint8Array([0]), Buffer.from(input, 'hex')))
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]
    expect(roots.map((_, i) => hex(merkleRoot(leaves.slice(0, i + 1))))).toEqual(roots)
  })

  it('is the tree of RFC 6962 for any number of leaves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (count) => {
        const leaves = Array.from({ length: count }, (_, i) => sha256(String(i)))
        expect(hex(merkleRoot(leaves))).toBe(hex(tree(leaves)))
      }),
    )
    expect(() => merkleRoot([])).toThrow(RangeError)
  })
})

describe('the hash of an entry', () => {
  const firm = '019a3f5e-7c11-7000-8000-000000000001'
  const words = fc.string({ unit: 'grapheme', maxLength: 12 })
  const entries = fc.record({
    epoch: fc.nat(),
    xid: fc.nat().map(String),
    seq: fc.nat().map(String),
    at: words,
    actor: words,
    action: words,
    subject: words,
    data: fc.json(),
  })

  it('differs as soon as anything differs, be it only where one field ends', () => {
    fc.assert(
      fc.property(entries, entries, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        expect(leafOf(firm, one).equals(leafOf(firm, other))).toBe(same)
      }),
    )
    const base = { epoch: 1, xid: '1', seq: '1', at: '', actor: 'a', action: 'bc', subject: '', data: '{}' }
    expect(leafOf(firm, base).equals(leafOf(firm, { ...base, actor: 'ab', action: 'c' }))).toBe(false)
  })

  it('is SHA-256 over a zero byte and the JSON array of the columns as PostgreSQL writes them', () => {
    const entry = {
      epoch: 1,
      xid: '742',
      seq: '9',
      at: '2026-03-04 05:06:07.123457+00',
      actor: 'system',
      action: 'message.sent',
      subject: 'message:1',
      data: '{"attempt": 1}',
    }
    const text =
      `["${firm}","1","742","9","2026-03-04 05:06:07.123457+00","system","message.sent","message:1",` +
      '"{\\"attempt\\": 1}"]'
    expect(hex(leafOf(firm, entry))).toBe(hex(sha256(new Uint8Array([0]), text)))
  })
})

describe('bodyHash', () => {
  it('stands for a body with its salt, and refuses a salt that could be guessed', () => {
    const salt = Buffer.alloc(16, 3)
    expect(bodyHash(salt, 'Your hearing has moved.')).toMatch(/^[0-9a-f]{64}$/)
    expect(bodyHash(salt, 'Your hearing has moved.')).toBe(bodyHash(salt, 'Your hearing has moved.'))
    expect(bodyHash(salt, 'Your hearing has moved!')).not.toBe(bodyHash(salt, 'Your hearing has moved.'))
    expect(bodyHash(Buffer.alloc(16, 4), 'Your hearing has moved.')).not.toBe(
      bodyHash(salt, 'Your hearing has moved.'),
    )
    expect(() => bodyHash(Buffer.alloc(15), 'x')).toThrow(RangeError)
  })
})

describe('the sealing key', () => {
  it('is always the same for a secret, and another for another', () => {
    expect(sealingKeyFrom(Buffer.alloc(32, 1)).id).toBe(sealingKeyFrom(Buffer.alloc(32, 1)).id)
    expect(sealingKeyFrom(Buffer.alloc(32, 1)).id).not.toBe(sealingKeyFrom(Buffer.alloc(32, 2)).id)
    expect(() => sealingKeyFrom(Buffer.alloc(31))).toThrow(RangeError)
  })

  it('may come from a file of its own, as long as it is Ed25519', () => {
    expect(sealingKey(generateKeyPairSync('ed25519').privateKey).id).toMatch(/^[0-9a-f]{16}$/)
    expect(() => sealingKey(generateKeyPairSync('ed25519').publicKey)).toThrow('not an Ed25519 private key')
    expect(() => sealingKey(generateKeyPairSync('x25519').privateKey)).toThrow('not an Ed25519 private key')
  })
})
