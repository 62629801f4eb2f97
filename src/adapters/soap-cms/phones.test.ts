import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePhone } from '../../kernel/phone.ts'
import { readPhones } from './phones.ts'

const good = (field: string) =>
  readPhones(field, 'US').good.map(({ label, address }) => `${label} ${address}`)
const reasons = (field: string) =>
  readPhones(field, 'US').rejected.map(({ value, reason }) => `${value}: ${reason}`)

describe('a field with phone numbers', () => {
  it.each([
    ['H: (212) 555-0100 / C: 917-555-0123 call after 5', ['Home +12125550100', 'Mobile +19175550123']],
    ['Cell 917.555.0144', ['Mobile +19175550144']],
    ['(646) 555-0177', ['null +16465550177']],
    ['2125550100, 9175550123 (cell)', ['null +12125550100', 'Mobile +19175550123']],
    ['home 212-555-0100 cell 917-555-0123', ['Home +12125550100', 'Mobile +19175550123']],
    ['+44 7400 123456', ['null +447400123456']],
    ['212/555-0100 917/555-0123', ['null +12125550100', 'null +19175550123']],
    ['', []],
  ])('%j has %j', (field, expected) => {
    expect(good(field)).toEqual(expected)
  })

  it('keeps apart what takes no texts', () => {
    const field = 'W (212) 555-0160 x204; F (212) 555-0161'
    expect(good(field)).toEqual([])
    expect(reasons(field)).toEqual([
      '(212) 555-0160 x204: is a landline or an extension, which take no texts',
      '(212) 555-0161: a fax takes no texts',
    ])
  })

  it('heeds what people wrote beside a number', () => {
    expect(good('old # 212-555-0181 disconnected, new 646 555 0182')).toEqual(['null +16465550182'])
    expect(good('C: 917-555-0123 NO TEXTS / H: 212-555-0100')).toEqual(['Home +12125550100'])
    expect(good("917-555-0123 don't use; 212-555-0100")).toEqual(['null +12125550100'])
    expect(reasons('wrong number 917-555-0123')).toEqual(['917-555-0123: is marked "wrong number"'])
  })

  it('says what it could not use', () => {
    expect(reasons('call his sister')).toEqual(['call his sister: holds no phone number'])
    expect(reasons('212-555-01')).toHaveLength(1)
  })

  it('finds each number that was put into it, whatever stands around', () => {
    const area = fc.constantFrom('212', '917', '646', '202', '312', '415')
    const number = fc
      .tuple(area, fc.integer({ min: 100, max: 199 }))
      .map(([code, last]) => `${code}5550${last}`)
    const written = fc.constantFrom(
      (d: string) => `(${d.slice(0, 3)}) ${d.slice(3, 6)}-${d.slice(6)}`,
      (d: string) => `${d.slice(0, 3)}-${d.slice(3, 6)}-${d.slice(6)}`,
      (d: string) => `${d.slice(0, 3)}.${d.slice(3, 6)}.${d.slice(6)}`,
      (d: string) => `+1 ${d.slice(0, 3)} ${d.slice(3, 6)} ${d.slice(6)}`,
    )
    const label = fc.constantFrom(
      ['H: ', 'Home'],
      ['C: ', 'Mobile'],
      ['cell ', 'Mobile'],
      ['wk ', 'Work'],
      ['', null],
    )
    const remark = fc.constantFrom('', ' call after 5', ' (wife)', ' ask for Ana')
    const between = fc.constantFrom(' / ', '/', '; ', ', ', ' or ', '\n')
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(number, written, label, remark), {
          minLength: 1,
          maxLength: 4,
          selector: ([d]) => d,
        }),
        between,
        (parts, mark) => {
          const field = parts.map(([d, write, [said], more]) => `${said}${write(d)}${more}`).join(mark)
          expect(good(field)).toEqual(parts.map(([d, , [, meant]]) => `${meant} +1${d}`))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('gives nothing but numbers that are valid, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 80 }),
          fc.stringMatching(/^[0-9()+\-. xCHW:/]{0,60}$/),
        ),
        fc.constantFrom('US', 'GB', 'DE'),
        (field, country) => {
          const { good: points } = readPhones(field, country)
          for (const { address } of points)
            expect(parsePhone(address, country)).toMatchObject({ ok: true, e164: address })
        },
      ),
      { numRuns: 500 },
    )
  })
})
