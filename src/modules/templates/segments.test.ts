import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { describe, expect, it } from 'vitest'
import { countSegments } from './segments.ts'

const theirs = (text: string) => {
  const message = new SegmentedMessage(text)
  return { segments: message.segmentsCount, encoding: message.encodingName }
}

const texts = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength })

const ordinary = 'abc XYZ 012 .,!?@é\nñÑ¿¡üÜ'
const settings = { numRuns: 60 }

describe('segments', () => {
  it.each([
    ['a'.repeat(160), 1, 'GSM-7'],
    ['a'.repeat(161), 2, 'GSM-7'],
    ['€'.repeat(80), 1, 'GSM-7'],
    ['a'.repeat(152) + '€'.repeat(5), 2, 'GSM-7'],
    ['á'.repeat(70), 1, 'UCS-2'],
    ['á'.repeat(71), 2, 'UCS-2'],
    ['😀'.repeat(36), 2, 'UCS-2'],
  ])('%.20s… are counted', (text, segments, encoding) => {
    expect(countSegments(text)).toEqual({ segments, encoding })
    expect(theirs(text)).toEqual({ segments, encoding })
  })

  it("are what Twilio's own calculator counts: plain, extended, accented, emoji", () => {
    for (const characters of [
      ordinary,
      `${ordinary}€[]{}^|~\\\f`,
      `${ordinary}áíóúÁÍ’“”`,
      `${ordinary}😀á👍`,
    ]) {
      fc.assert(
        fc.property(texts(characters, 400), (text) => {
          expect(countSegments(text)).toEqual(theirs(text))
        }),
        settings,
      )
    }
  })

  it('agree on every character of the basic plane that stands alone', () => {
    for (let code = 0x20; code < 0x3000; code += 1) {
      const char = String.fromCharCode(code)
      expect([code, countSegments(char).encoding]).toEqual([code, theirs(char).encoding])
    }
  })
})
