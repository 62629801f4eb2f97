import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { oneLine, redact, retryAfter } from './answers.ts'

describe('what a provider says', () => {
  it('is kept without numbers and addresses', () => {
    expect(redact("The 'To' number +12125550100 is not valid")).toBe("The 'To' number [number] is not valid")
    expect(redact('550 5.1.1 <maria.nunez+x@example.org>: no such user')).toBe(
      '550 5.1.1 <[address]>: no such user',
    )
    expect(redact('call (212) 555-0100 now')).not.toContain('555')
    expect(redact('code 30003, HTTP 429')).toBe('code 30003, HTTP 429')
  })

  it('fits in a line, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), (text) => {
        expect(redact(text).length).toBeLessThanOrEqual(300)
        expect(redact(text)).not.toMatch(/[\r\n\0]/)
        expect(oneLine(text)).not.toMatch(/[\r\n\0\u2028]/)
        expect(oneLine(text).isWellFormed()).toBe(true)
      }),
    )
  })

  it('may ask us to wait, in seconds or until a date', () => {
    const now = Date.parse('2026-10-15T10:00:00Z')
    expect(retryAfter('17', now)).toBe(17)
    expect(retryAfter('Thu, 15 Oct 2026 10:01:00 GMT', now)).toBe(60)
    for (const nonsense of [undefined, '', '0', '-3', 'soon', 'Thu, 15 Oct 2020 10:01:00 GMT']) {
      expect(retryAfter(nonsense, now)).toBeUndefined()
    }
  })
})
