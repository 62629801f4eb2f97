import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inQuietHours, isZone, parseInstant } from './time.ts'

const at = (text: string) => Temporal.Instant.from(text)
const night = { from: '21:00', until: '08:00' }

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

describe('quiet hours', () => {
  it('begin at the minute and end at the minute', () => {
    const zone = 'America/New_York'
    expect(inQuietHours(at('2026-10-15T20:59:59.999-04:00'), zone, night)).toEqual({ quiet: false })
    const begins = inQuietHours(at('2026-10-15T21:00:00-04:00'), zone, night)
    expect(begins.quiet && begins.until.equals(at('2026-10-16T08:00:00-04:00'))).toBe(true)
    const last = inQuietHours(at('2026-10-16T07:59:59.999999999-04:00'), zone, night)
    expect(last.quiet && last.until.equals(at('2026-10-16T08:00:00-04:00'))).toBe(true)
    expect(inQuietHours(at('2026-10-16T08:00:00-04:00'), zone, night)).toEqual({ quiet: false })
  })

  it('end by the wall clock on the nights when clocks are set', () => {
    const spring = inQuietHours(at('2026-03-07T22:30:00-05:00'), 'America/New_York', night)
    expect(spring.quiet && spring.until.equals(at('2026-03-08T08:00:00-04:00'))).toBe(true)
    const autumn = inQuietHours(at('2026-10-31T22:30:00-04:00'), 'America/New_York', night)
    expect(autumn.quiet && autumn.until.equals(at('2026-11-01T08:00:00-05:00'))).toBe(true)
  })

  it('end at the change when the clock jumps past their end', () => {
    const result = inQuietHours(at('2026-03-08T00:10:00-05:00'), 'America/New_York', {
      from: '21:00',
      until: '02:30',
    })
    expect(result.quiet && result.until.equals(at('2026-03-08T03:00:00-04:00'))).toBe(true)
  })

  it('never hold when they are empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (minute) => {
        const now = at('2026-01-01T00:00:00Z').add({ minutes: minute })
        expect(inQuietHours(now, 'Europe/Madrid', { from: '21:00', until: '21:00' }).quiet).toBe(false)
      }),
    )
  })

  it('agree with the wall clock in every zone, over ten years of clock changes', () => {
    const wallTime = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    const within = 10 * 365.25 * 24 * 3600
    // Half of the instants lie within a day of a clock change: that is where mistakes are.
    const instants = fc.tuple(
      zones,
      fc.integer({ min: 0, max: within }),
      fc.boolean(),
      fc.integer({ min: -86_400, max: 86_400 }),
    )
    fc.assert(
      fc.property(instants, wallTime, wallTime, ([zone, seconds, near, off], from, until) => {
        let now = at('2024-01-01T00:00:00Z').add({ seconds })
        const change = near ? now.toZonedDateTimeISO(zone).getTimeZoneTransition('next') : null
        if (change) now = change.toInstant().add({ seconds: off })
        const quietAt = (instant: Temporal.Instant) => {
          const time = instant.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })
          return from <= until ? time >= from && time < until : time >= from || time < until
        }
        const result = inQuietHours(now, zone, { from, until })
        expect(result.quiet).toBe(quietAt(now))
        if (!result.quiet) return
        expect(quietAt(result.until)).toBe(false)
        expect(quietAt(result.until.subtract({ nanoseconds: 1 }))).toBe(true)
        expect(Temporal.Instant.compare(result.until, now)).toBe(1)
        // Nothing in between is a way out: looked at every seven minutes, which no jump of clocks can hide in.
        for (let t = now; Temporal.Instant.compare(t, result.until) < 0; t = t.add({ minutes: 7 }))
          expect(quietAt(t)).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })
})
