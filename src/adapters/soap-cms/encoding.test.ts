import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiXml, decode } from './encoding.ts'

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))))
/** “é”, in windows-1252. */
const quoted = [0x93, 0xe9, 0x94] as const

describe('what bytes say', () => {
  it('is told by the header, then by the document, then by the bytes themselves', () => {
    expect(decode(bytes(0xe9), 'text/xml; charset="windows-1252"', 'auto')).toBe('é')
    expect(decode(bytes('<?xml version="1.0" encoding=\'koi8-r\'?>', 0xc1), 'text/xml', 'auto')).toMatch(/а$/)
    expect(decode(bytes(...quoted), null, 'auto')).toBe('“é”')
    expect(decode(bytes('“é”'), null, 'auto')).toBe('“é”')
  })

  it('is not what a wrong label says, where that can be seen', () => {
    expect(decode(bytes(...quoted), 'text/xml; charset=utf-8', 'auto')).toBe('“é”')
    expect(decode(bytes('<?xml version="1.0" encoding="utf-16"?>', 0xe9), null, 'auto')).toMatch(/é$/)
    expect(decode(bytes(0xef, 0xbb, 0xbf, 'é'), 'text/xml; charset=windows-1252', 'auto')).toBe('é')
  })

  it('is what the connection says, whatever the label', () => {
    expect(decode(bytes(...quoted), 'text/xml; charset=koi8-r', 'windows-1252')).toBe('“é”')
  })

  it('is read without ever throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.option(fc.string()), (any, type) => {
        expect(typeof decode(any, type, 'auto')).toBe('string')
      }),
    )
  })
})

describe('what we send', () => {
  it('is ASCII, and says the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const sent = asciiXml(text)
        expect(sent).toMatch(/^[\t\n\r -~]*$/)
        const back = sent.replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)))
        const given = text.replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)))
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML does not have
        expect(back).toBe(given.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''))
      }),
    )
  })

  it('has nothing in it that XML can not have', () => {
    expect(asciiXml('a\u0000b\u000b\uffff\ud800c')).toBe('abc'.replace('c', '&#65533;c'))
  })
})
