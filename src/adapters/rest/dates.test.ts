import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatProblem, readTime, writeTime } from './dates.ts'

const read = (value: unknown, format: string, zone?: string) =>
  readTime(value, format, zone)?.toString() ?? null

describe('a date from a system', () => {
  it.each([
    ['2026-10-15T14:30:00-04:00', 'iso', undefined, '2026-10-15T18:30:00Z'],
    ['2026-10-15T14:30:00', 'iso', 'America/New_York', '2026-10-15T18:30:00Z'],
    ['2026-10-15 14:30', 'iso', 'America/New_York', '2026-10-15T18:30:00Z'],
    ['2026-10-15', 'iso', 'America/New_York', '2026-10-15T04:00:00Z'],
    [1792074600, 'unix', undefined, '2026-10-15T14:30:00Z'],
    ['1792074600000', 'unix-ms', undefined, '2026-10-15T14:30:00Z'],
    ['10/15/2026 2:30 PM', 'MM/dd/yyyy h:mm a', 'America/New_York', '2026-10-15T18:30:00Z'],
    [' 10/5/2026  12:05 am', 'M/d/yyyy h:mm a', 'America/New_York', '2026-10-05T04:05:00Z'],
    ['10/15/26', 'MM/dd/yy', 'America/Phoenix', '2026-10-15T07:00:00Z'],
    ['15.10.2026 14:30:05', 'dd.MM.yyyy HH:mm:ss', 'Europe/Warsaw', '2026-10-15T12:30:05Z'],
    ['Oct 15, 2026 2:30 p.m.', 'MMM d, yyyy h:mm a', 'America/New_York', '2026-10-15T18:30:00Z'],
    ['20261015T1430', "yyyyMMdd'T'HHmm", 'UTC', '2026-10-15T14:30:00Z'],
    // Clocks went from 2:00 to 3:00 on that day: RFC 5545 takes the offset before.
    ['03/08/2026 2:30 AM', 'MM/dd/yyyy h:mm a', 'America/New_York', '2026-03-08T07:30:00Z'],
  ] as const)('%s, as %s in %s, is %s', (value, format, zone, instant) =>
    expect(read(value, format, zone)).toBe(instant),
  )

  it.each([
    ['2026-10-15T14:30:00', 'iso', undefined],
    ['2026-02-30', 'iso', 'UTC'],
    ['15/10/2026 2:30 PM', 'MM/dd/yyyy h:mm a', 'UTC'],
    ['10/15/2026 14:30 PM', 'MM/dd/yyyy h:mm a', 'UTC'],
    ['10/15/2026 2:30 PM, or later', 'MM/dd/yyyy h:mm a', 'UTC'],
    ['', 'iso', 'UTC'],
    [null, 'unix', undefined],
    [{}, 'iso', 'UTC'],
  ] as const)('%s, as %s in %s, is none', (value, format, zone) =>
    expect(read(value, format, zone)).toBeNull(),
  )

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), fc.option(fc.string(), { nil: undefined }), (...given) => {
        readTime(...given)
        formatProblem(given[1], given[2])
      }),
    )
  })
})

describe('a format', () => {
  it.each([
    ['iso', undefined, null],
    ['MM/dd/yyyy', 'America/New_York', null],
    ['MM/dd/yyyy', undefined, 'a time zone must be given'],
    ['MM/dd', 'UTC', 'is not a date format'],
    ['QQ/dd/yyyy', 'UTC', 'is not a date format'],
    ['iso', 'New York', 'is not a time zone'],
  ] as const)('%s with %s', (format, zone, problem) =>
    problem === null
      ? expect(formatProblem(format, zone)).toBeNull()
      : expect(formatProblem(format, zone)).toContain(problem),
  )
})

it('times are asked for as each system wants them', () => {
  const at = Temporal.Instant.from('2026-10-15T02:30:00.500Z')
  expect(writeTime(at, 'iso', undefined)).toBe('2026-10-15T02:30:00Z')
  expect(writeTime(at, 'date', 'America/New_York')).toBe('2026-10-14')
  expect(writeTime(at, 'unix', undefined)).toBe('1792031400')
  expect(writeTime(at, 'unix-ms', undefined)).toBe('1792031400500')
})
