import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextDaily, windowEnd } from './digest.ts'
import { digestConfig } from './types.ts'

const at = (text: string) => Temporal.Instant.from(text)
const newYork = 'America/New_York'
const updates = digestConfig.parse({ key: 'updates', template: 'your-update' })
const end = (now: string, pace?: 'at_once' | 'daily' | 'weekly', more: object = {}) =>
  windowEnd({ ...updates, ...more }, pace ? { updates: pace } : null, at(now), newYork)
    ?.toZonedDateTimeISO(newYork)
    .toPlainDateTime()
    .toString() ?? null

describe('a window', () => {
  it('is an hour from the first on, unless the firm says otherwise', () => {
    expect(end('2026-10-15T14:00:00-04:00')).toBe('2026-10-15T15:00:00')
    expect(end('2026-10-15T14:00:00-04:00', undefined, { window: 'P1D' })).toBe('2026-10-16T14:00:00')
    expect(end('2026-10-15T14:00:00-04:00', undefined, { window: 'daily' })).toBe('2026-10-15T17:00:00')
    expect(end('2026-10-15T14:00:00-04:00', undefined, { window: 'weekly' })).toBe('2026-10-16T17:00:00')
  })

  it('is what the client chose, on their own clock: at that very moment it is the next one', () => {
    expect(end('2026-10-15T14:00:00-04:00', 'at_once')).toBeNull()
    expect(end('2026-10-15T16:59:59-04:00', 'daily')).toBe('2026-10-15T17:00:00')
    expect(end('2026-10-15T17:00:00-04:00', 'daily')).toBe('2026-10-16T17:00:00')
    // The 16th is a Friday.
    expect(end('2026-10-16T16:59:00-04:00', 'weekly')).toBe('2026-10-16T17:00:00')
    expect(end('2026-10-16T17:00:00-04:00', 'weekly')).toBe('2026-10-23T17:00:00')
    expect(end('2026-10-17T09:00:00-04:00', 'weekly')).toBe('2026-10-23T17:00:00')
  })

  it('always ends, later than now and within a week, in every zone and over clock changes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.integer({ min: 0, max: 10 * 365 * 24 * 60 }),
        fc.constantFrom('daily' as const, 'weekly' as const),
        (zone, minutes, pace) => {
          const now = at('2024-01-01T00:00:00Z').add({ minutes })
          const ends = windowEnd(updates, { updates: pace }, now, zone)!
          expect(Temporal.Instant.compare(ends, now)).toBe(1)
          const most = pace === 'daily' ? 26 : 7 * 24 + 2
          expect(now.until(ends).total('hours')).toBeLessThanOrEqual(most)
          expect(ends.toZonedDateTimeISO(zone).toPlainTime().toString()).toBe('17:00:00')
        },
      ),
      { numRuns: 2_000 },
    )
    // Half past two comes on no clock there on that day: half past three, as everywhere (RFC 5545).
    expect(nextDaily('02:30', at('2026-03-08T01:00:00-05:00'), newYork).toString()).toBe(
      at('2026-03-08T03:30:00-04:00').toString(),
    )
  })
})
