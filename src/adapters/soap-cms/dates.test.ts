import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askSince, compilePattern, type DateRules, readDate, writeDate } from './dates.ts'
import { defaultPatterns } from './settings.ts'

const rules: DateRules = {
  zone: 'America/New_York',
  patterns: defaultPatterns,
  ambiguous: 'earlier',
  never: ['1900-01-01'],
}
const at = (text: string, more: Partial<DateRules> = {}) => {
  const read = readDate(text, { ...rules, ...more })
  return read.ok && read.instant ? [read.instant.toString(), read.doubt] : read
}

describe('a date of the old system', () => {
  it('is an instant by the zone of the connection', () => {
    expect(at('10/15/2026 2:30 PM')).toEqual(['2026-10-15T18:30:00Z', null])
    expect(at('10/15/2026 2:30 PM', { zone: 'America/Los_Angeles' })).toEqual(['2026-10-15T21:30:00Z', null])
    expect(at(' 1/05/2026 12:00 am ')).toEqual(['2026-01-05T05:00:00Z', null])
    expect(at('10/15/2026 02:30:09PM')).toEqual(['2026-10-15T18:30:09Z', null])
    expect(readDate('10/15/2026', rules)).toMatchObject({ dateOnly: true })
  })

  it('is nothing when it is blank or the date that means nothing', () => {
    for (const text of [null, '', '  ', '1/1/1900', '01/01/1900 12:00:00 AM'])
      expect(readDate(text, rules)).toEqual({ ok: true, instant: null })
  })

  it('is refused when no calendar has it', () => {
    for (const text of [
      '13/45/2026',
      '2/30/2026',
      '10/15/26',
      'TBD',
      '10/15/2026 14:30 PM',
      '10/15/2026 0:10 AM',
      `${'9'.repeat(50)}`,
    ])
      expect(readDate(text, rules)).toEqual({ ok: false })
  })

  it('of an hour that comes twice is taken as the connection says, and doubted', () => {
    expect(at('11/1/2026 1:30 AM')).toEqual(['2026-11-01T05:30:00Z', 'twice'])
    expect(at('11/1/2026 1:30 AM', { ambiguous: 'later' })).toEqual(['2026-11-01T06:30:00Z', 'twice'])
  })

  it('of an hour that was skipped is moved on, and doubted', () => {
    expect(at('3/8/2026 2:30 AM')).toEqual(['2026-03-08T07:30:00Z', 'skipped'])
    expect(at('3/8/2026 3:30 AM')).toEqual(['2026-03-08T07:30:00Z', null])
  })

  it('comes back from what it is written as, in every zone, unless it comes twice', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(1975, 0) / 60_000, max: Date.UTC(2037, 0) / 60_000 }),
        fc.constantFrom('earlier' as const, 'later' as const),
        fc.constantFrom('M/D/YYYY h:mm A', 'DD.MM.YYYY HH:mm', 'YYYY-MM-DD HH:mm:ss', 'D/M/YYYY H:mm'),
        (zone, minute, ambiguous, pattern) => {
          roundTrip(Temporal.Instant.fromEpochMilliseconds(minute * 60_000), {
            ...rules,
            zone,
            ambiguous,
            patterns: [pattern],
          })
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('comes back within the hours around a change of clocks, too', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter((zone) => changeAfter(zone, 2_000) !== null)
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 1990, max: 2030 }),
        fc.integer({ min: -150, max: 150 }),
        fc.constantFrom('earlier' as const, 'later' as const),
        (zone, year, minutes, ambiguous) => {
          const change = changeAfter(zone, year)
          if (change !== null)
            roundTrip(change.round('minute').add({ minutes }), { ...rules, zone, ambiguous })
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('asks for nothing later than what anything since can bear', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter((zone) => changeAfter(zone, 2_020) !== null)
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 2020, max: 2030 }),
        fc.integer({ min: -150, max: 150 }),
        fc.integer({ min: 0, max: 600 }),
        (zone, year, minutes, later) => {
          const change = changeAfter(zone, year)
          if (change === null) return
          const since = change.round('minute').add({ minutes })
          const wall = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(zone).toPlainDateTime()
          const asked = readWall(askSince(since, { ...rules, zone }))
          expect(
            Temporal.PlainDateTime.compare(asked, wall(since.add({ minutes: later }))),
          ).toBeLessThanOrEqual(0)
          // And not for more than the hours that come twice.
          expect(wall(since).since(asked).total('hours')).toBeLessThanOrEqual(24)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('never throws, whatever stands there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        readDate(text, rules)
      }),
    )
  })

  it('has a pattern with year, month and day, each once', () => {
    for (const wrong of ['M/D', 'M/D/YYYY M', 'soon', '']) expect(compilePattern(wrong)).toBeNull()
  })
})

function roundTrip(instant: Temporal.Instant, own: DateRules): void {
  const text = writeDate(instant, own.patterns[0] ?? '', own.zone)
  const read = readDate(text, own)
  if (!read.ok || read.instant === null) throw new Error(`${text} was not read`)
  // What is written has no seconds; zones of old times and some offsets do.
  const wall = instant.toZonedDateTimeISO(own.zone)
  const meant = wall.round({
    smallestUnit: own.patterns[0]?.includes('ss') ? 'second' : 'minute',
    roundingMode: 'floor',
  })
  expect(writeDate(read.instant, own.patterns[0] ?? '', own.zone)).toBe(text)
  if (read.doubt === null) expect(read.instant.equals(meant.toInstant())).toBe(true)
  else {
    // It exists, so it can't have been skipped; of the two, the one that was asked for.
    expect(read.doubt).toBe('twice')
    const sign = Temporal.Instant.compare(read.instant, meant.toInstant())
    expect(own.ambiguous === 'earlier' ? sign <= 0 : sign >= 0).toBe(true)
  }
}

function changeAfter(zone: string, year: number): Temporal.Instant | null {
  const from = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(zone)
  return from.getTimeZoneTransition('next')?.toInstant() ?? null
}

function readWall(text: string): Temporal.PlainDateTime {
  const read = readDate(text, { ...rules, zone: 'UTC' })
  if (!read.ok || read.instant === null) throw new Error(text)
  return read.instant.toZonedDateTimeISO('UTC').toPlainDateTime()
}
