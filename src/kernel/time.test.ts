import { describe, expect, it } from 'vitest'
import { isZone, parseInstant } from './time.ts'

describe('an instant from outside', () => {
  it.each([
    ['2026-10-15T14:30:00-04:00', '2026-10-15T18:30:00Z'],
    ['2026-10-15T14:30:00-0400', '2026-10-15T18:30:00Z'],
    ['2026-10-15 18:30:00Z', '2026-10-15T18:30:00Z'],
    ['2026-10-15 14:30:00 -0400', '2026-10-15T18:30:00Z'],
    [' 2026-10-15T18:30z ', '2026-10-15T18:30:00Z'],
    ['2026-10-15T18:30:00.123456Z', '2026-10-15T18:30:00.123456Z'],
  ])('%s is read', (text, instant) => {
    expect(parseInstant(text)?.toString()).toBe(instant)
  })

  it.each(['2026-10-15T14:30:00', '2026-10-15', '2026-02-30T10:00:00Z', '', 'yesterday', 1760538600, null])(
    '%s is none',
    (text) => {
      expect(parseInstant(text)).toBeNull()
    },
  )
})

describe('a zone', () => {
  it('is an IANA name, never an offset or a nickname', () => {
    expect(isZone('America/New_York')).toBe(true)
    expect(isZone('UTC')).toBe(true)
    for (const text of ['-05:00', '+5', '', 'Eastern Time', 'America/Nowhere', 'x'.repeat(100_000)])
      expect(isZone(text)).toBe(false)
  })
})
