import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePhone } from './phone.ts'

describe('phone numbers', () => {
  it.each([
    '(202) 555-0143',
    '202.555.0143',
    '202-555-0143',
    '+1 202 555 0143',
    '1-202-555-0143',
    ' 202 555 0143 ',
    '\u202a+1 202\u2011555\u20110143\u202c',
    '202\u00a0555\u00a00143',
  ])('reads %j as one and the same', (text) => {
    expect(parsePhone(text, 'US')).toEqual({ ok: true, e164: '+12025550143', mobile: 'maybe' })
  })

  it('tells mobiles from landlines where numbers do', () => {
    expect(parsePhone('07911 123456', 'GB')).toEqual({ ok: true, e164: '+447911123456', mobile: 'yes' })
    expect(parsePhone('020 7946 0958', 'gb')).toEqual({ ok: true, e164: '+442079460958', mobile: 'no' })
    expect(parsePhone('+49 170 1234567', 'US')).toEqual({ ok: true, e164: '+491701234567', mobile: 'yes' })
  })

  it('does not text an extension', () => {
    expect(parsePhone('202-555-0143 ext. 12', 'US')).toEqual({ ok: true, e164: '+12025550143', mobile: 'no' })
    expect(parsePhone('202-555-0143x12', 'US')).toMatchObject({ mobile: 'no' })
  })

  it.each([
    ['', 'is empty'],
    ['\u200b', 'is empty'],
    ['2O2-555-0143', 'holds letters'],
    ['call 202-555-0143', 'holds letters'],
    ['２０２-555-0143', 'holds characters that only look like digits'],
    ['٢٠٢5550143', 'holds characters that only look like digits'],
    ['𝟐025550143', 'holds characters that only look like digits'],
    ['202;555;0143', 'holds characters that do not belong into a phone number'],
    ['202-555-0143\r\n202-555-0144', 'holds characters that do not belong into a phone number'],
    ['900-555-0143', 'is a premium number'],
    ['+44 909 8790000', 'is a premium number'],
    ['911', 'is not a number that is in use'],
    ['12', 'is not a number that is in use'],
    ['+999 1234567', 'has no country code that exists'],
    ['202-555-0143 / 202-555-0144', 'is too long, or two numbers in one field'],
  ])('refuses %j', (text, reason) => {
    expect(parsePhone(text, 'US')).toEqual({ ok: false, reason })
  })

  it('names a country that is not there', () => {
    expect(parsePhone('202 555 0143', 'XX')).toEqual({ ok: false, reason: 'there is no country XX' })
  })

  it('never throws, and reads its own answers as themselves', () => {
    const digits = fc
      .array(fc.constantFrom(...'0123456789+-() x.'), { maxLength: 22 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), digits), (text) => {
        const read = parsePhone(text, 'US')
        if (!read.ok) return
        expect(read.e164).toMatch(/^\+[1-9]\d{6,14}$/)
        expect(parsePhone(read.e164, 'DE')).toMatchObject({ ok: true, e164: read.e164 })
      }),
      { numRuns: 500 },
    )
  })
})
