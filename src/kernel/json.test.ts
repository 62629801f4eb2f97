import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, readJson } from './json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('reading JSON from strangers', () => {
  it('gives back whatever JSON wrote, but for what jsonb does not take', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const read = readJson(bytes(JSON.stringify(value)))
        const text = JSON.stringify(read.ok && read.value, (_key, item) =>
          typeof item === 'bigint' ? Number(item) : item,
        )
        expect(JSON.parse(text)).toEqual(
          JSON.parse(JSON.stringify(value), (key, item) => {
            return key === '__proto__' ? undefined : typeof item === 'string' ? cleanText(item) : item
          }),
        )
      }),
    )
  })

  it('keeps long whole numbers exact', () => {
    const read = readJson(
      '{"id":12345678901234567890,"small":1234567890123456,"text":"12345678901234567890","x":0.1234567890123456}',
    )
    expect(read).toEqual({
      ok: true,
      value: {
        id: 12345678901234567890n,
        small: 1234567890123456,
        text: '12345678901234567890',
        x: 0.1234567890123456,
      },
    })
  })

  it('takes the last of two members with one name', () => {
    expect(readJson('{"a":1,"a":2}')).toEqual({ ok: true, value: { a: 2 } })
  })

  it('lets nobody set a prototype', () => {
    const read = readJson(
      '{"__proto__":{"admin":true},"\\u005f_proto__":{"admin":true},"a":{"constructor":{"prototype":1}}}',
    )
    expect(read.ok && (read.value as { admin?: boolean }).admin).toBeUndefined()
    expect(read).toEqual({ ok: true, value: { a: { constructor: { prototype: 1 } } } })
  })

  it('takes out NUL and half surrogates, in names too', () => {
    expect(readJson('{"a\\u0000b":"x\\u0000y\\ud800z","\\udc00":["\\u0000"]}')).toEqual({
      ok: true,
      value: { ab: 'xy\ufffdz', '\ufffd': [''] },
    })
  })

  it.each([
    ['', 'the body is empty'],
    ['  ', 'the body is empty'],
    ['{"a":', 'the body is not JSON'],
    ['{"name":"Maria", oops}', 'the body is not JSON'],
    ['[1] [2]', 'the body is not JSON'],
  ])('refuses %j', (text, reason) => {
    const read = readJson(text)
    expect(read.ok).toBe(false)
    if (!read.ok) {
      expect(read.reason).toContain(reason)
      // The sender's words may be a client's.
      expect(read.reason).not.toContain('Maria')
    }
  })

  it('refuses what is not UTF-8, and what nests too deep without falling over', () => {
    expect(readJson(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false, reason: 'the body is not UTF-8' })
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(readJson(deep)).toEqual({ ok: false, reason: 'the body nests deeper than 64 levels' })
    expect(readJson('['.repeat(64) + ']'.repeat(64)).ok).toBe(true)
    expect(readJson('['.repeat(65) + ']'.repeat(65)).ok).toBe(false)
  })
})
