import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days } from './types.ts'
import { always, both, lookAt, quietSince, type Week, weekOf, weekWithout } from './week.ts'

const at = (text: string) => Temporal.Instant.from(text)
const night = weekWithout([{ from: '21:00', until: '08:00' }])
const zone = 'America/New_York'
const until = (week: Week, moment: string) => {
  const span = lookAt(week, at(moment), zone)
  return span.quiet ? (span.until?.toZonedDateTimeISO(zone).toPlainDateTime().toString() ?? 'never') : 'open'
}

describe('a week', () => {
  it('begins to be quiet at the minute and ends at the minute', () => {
    expect(until(night, '2026-10-15T20:59:59.999-04:00')).toBe('open')
    expect(until(night, '2026-10-15T21:00:00-04:00')).toBe('2026-10-16T08:00:00')
    expect(until(night, '2026-10-16T07:59:59.999999999-04:00')).toBe('2026-10-16T08:00:00')
    expect(until(night, '2026-10-16T08:00:00-04:00')).toBe('open')
  })

  it('is open by the wall clock on the nights when clocks are set', () => {
    expect(until(night, '2026-03-07T22:30:00-05:00')).toBe('2026-03-08T08:00:00')
    expect(until(night, '2026-10-31T22:30:00-04:00')).toBe('2026-11-01T08:00:00')
    const early = weekWithout([{ from: '21:00', until: '02:30' }])
    expect(until(early, '2026-03-08T00:10:00-05:00')).toBe('2026-03-08T03:00:00')
  })

  it('goes on from Sunday night into Monday morning, and the other way round', () => {
    // 2026-10-18 is a Sunday.
    expect(until(night, '2026-10-18T22:00:00-04:00')).toBe('2026-10-19T08:00:00')
    const since = quietSince(night, at('2026-10-19T03:00:00-04:00'), zone)
    expect(since?.toString()).toBe(at('2026-10-18T21:00:00-04:00').toString())
  })

  it('leaves out the days that are not listed, as Texas does on a Sunday morning', () => {
    const texas = weekOf([
      { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], from: '09:00', until: '21:00' },
      { days: ['sun'], from: '12:00', until: '21:00' },
    ])
    expect(until(texas, '2026-10-17T22:00:00-04:00')).toBe('2026-10-18T12:00:00')
    expect(until(texas, '2026-10-18T21:00:00-04:00')).toBe('2026-10-19T09:00:00')
  })

  it('is open where both are, and never where they never are', () => {
    const weekdays = weekOf([{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:00' }])
    const weekend = weekOf([{ days: ['sat', 'sun'], from: '00:00', until: '24:00' }])
    expect(both(weekdays, always)).toEqual(weekdays)
    expect(both(weekdays, weekend)).toEqual([])
    expect(lookAt([], at('2026-10-15T12:00:00Z'), zone)).toEqual({ quiet: true, until: null, open: 0 })
    expect(quietSince([], at('2026-10-15T12:00:00Z'), zone)).toBeNull()
  })

  it('tells how long it is open when it opens', () => {
    const lunch = weekOf([{ from: '12:00', until: '13:00' }])
    expect(lookAt(lunch, at('2026-10-15T20:00:00Z'), zone)).toMatchObject({ open: 60 })
    const sundayOn = weekOf([
      { days: ['sun'], from: '12:00', until: '24:00' },
      { days: ['mon'], from: '00:00', until: '06:00' },
    ])
    expect(lookAt(sundayOn, at('2026-10-15T20:00:00Z'), zone)).toMatchObject({ open: 18 * 60 })
  })

  it('agrees with the wall clock minute by minute, in every zone and over ten years of clock changes', () => {
    const wallTime = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
    const hours = fc.record(
      { days: fc.subarray([...days], { minLength: 1 }), from: wallTime, until: wallTime },
      { requiredKeys: ['from', 'until'] },
    )
    // Half of the moments lie within a day of a clock change: that is where mistakes are.
    const moments = fc.tuple(
      fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
      fc.integer({ min: 0, max: 10 * 365.25 * 24 * 3600 }),
      fc.boolean(),
      fc.integer({ min: -86_400, max: 86_400 }),
    )
    fc.assert(
      fc.property(
        moments,
        fc.array(hours, { minLength: 1, maxLength: 3 }),
        ([zone, seconds, near, off], quiet) => {
          let now = at('2024-01-01T00:00:00Z').add({ seconds })
          const change = near ? now.toZonedDateTimeISO(zone).getTimeZoneTransition('next') : null
          if (change) now = change.toInstant().add({ seconds: off })
          // Said otherwise than the code says it: by what a clock on the wall shows.
          const isQuiet = (moment: Temporal.Instant) => {
            const wall = moment.toZonedDateTimeISO(zone)
            const time = wall.toPlainTime().toString({ smallestUnit: 'minute' })
            const on = (day: number, of: readonly string[] | undefined) =>
              of === undefined || of.includes(days[(day + 6) % 7]!)
            return quiet.some((h) =>
              h.from < h.until
                ? on(wall.dayOfWeek, h.days) && time >= h.from && time < h.until
                : (on(wall.dayOfWeek, h.days) && time >= h.from) ||
                  (on(wall.dayOfWeek - 1, h.days) && time < h.until),
            )
          }
          const week = weekWithout(quiet)
          const span = lookAt(week, now, zone)
          expect(span.quiet).toBe(isQuiet(now))
          if (!span.quiet || span.until === null) return
          expect(isQuiet(span.until)).toBe(false)
          const since = quietSince(week, now, zone)!
          expect(isQuiet(since.subtract({ nanoseconds: 1 }))).toBe(false)
          // Nothing in between is a way out: looked at every seven minutes, which no jump of clocks can hide in.
          for (let t = since; Temporal.Instant.compare(t, span.until) < 0; t = t.add({ minutes: 7 }))
            expect(isQuiet(t)).toBe(true)
          expect(isQuiet(span.until.subtract({ nanoseconds: 1 }))).toBe(true)
        },
      ),
      { numRuns: 1500 },
    )
  })
})
