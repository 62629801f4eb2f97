import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMailAddress } from './mail-address.ts'

describe('mail addresses', () => {
  it('keeps the local part and normalises the domain', () => {
    expect(parseMailAddress(" Ann.O'Neil+law@EXAMPLE.Com ")).toEqual({
      ok: true,
      address: "Ann.O'Neil+law@example.com",
      key: "ann.o'neil+law@example.com",
    })
    expect(parseMailAddress('a@bücher.example')).toMatchObject({ address: 'a@xn--bcher-kva.example' })
  })

  it.each([
    ['', 'is empty'],
    ['ann', 'has no @'],
    ['ann@home@example.com', 'has more than one @'],
    ['@example.com', 'has nothing before the @'],
    ['ann@', 'has no domain after the @'],
    ['ann@localhost', 'has no domain after the @'],
    ['ann@1.2.3.4', 'has no domain after the @'],
    ['ann@-example.com', 'has no domain after the @'],
    ['ann@example..com', 'has no domain after the @'],
    ['ann@example.com\r\nBcc: all@example.com', 'holds a line break'],
    ['ann@example.com\n', 'holds a line break'],
    ['ann b@example.com', 'holds a blank'],
    ['Ann<ann@example.com>', 'holds characters that do not belong into an address'],
    ['"ann"@example.com', 'holds characters that do not belong into an address'],
    ['ann,bob@example.com', 'holds characters that do not belong into an address'],
    ['a..b@example.com', 'has a dot where none may be'],
    ['.a@example.com', 'has a dot where none may be'],
    ['ann\u202e@example.com', 'holds invisible characters'],
    ['ann\u0000@example.com', 'holds invisible characters'],
    [`${'a'.repeat(65)}@example.com`, 'is too long'],
    [
      `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}`,
      'is too long',
    ],
  ])('refuses %j', (text, reason) => {
    expect(parseMailAddress(text)).toEqual({ ok: false, reason })
  })

  it('takes what mail systems hand out, and reads its own answers as themselves', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        const read = parseMailAddress(text)
        expect(read.ok).toBe(true)
        if (read.ok) expect(parseMailAddress(read.address)).toEqual(read)
      }),
    )
  })

  it('lets nothing through that could break out of a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const read = parseMailAddress(`${a}@${b}.com`)
        if (read.ok) expect(read.address).not.toMatch(/[\s\p{Cc}<>,;"]/u)
      }),
    )
  })
})
