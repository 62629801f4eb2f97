import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spanOf } from './appointment.ts'

const zone = 'America/New_York'
const plain = (data: Record<string, unknown>) => {
  const span = spanOf(data, zone)
  return span && [span.kind, span.from.toString(), span.until.toString()]
}

describe('from when to when an appointment is', () => {
  it.each([
    ['two times', '2030-10-18T14:00:00-07:00', '2030-10-18T15:30:00-07:00', '2030-10-18T22:30:00Z'],
    ['no end', '2030-10-18T14:00:00-07:00', null, '2030-10-18T22:00:00Z'],
    ['an end that can’t be read', '2030-10-18T14:00:00-07:00', 'soon', '2030-10-18T22:00:00Z'],
    ['an end at its start', '2030-10-18T14:00:00-07:00', '2030-10-18T21:00:00Z', '2030-10-18T22:00:00Z'],
    [
      'an end before its start',
      '2030-10-18T14:00:00-07:00',
      '2030-10-17T14:00:00-07:00',
      '2030-10-18T22:00:00Z',
    ],
  ])('with %s', (_, start_at, end_at, until) => {
    expect(plain({ start_at, end_at })).toEqual(['timed', '2030-10-18T21:00:00Z', until])
  })

  it.each([
    ['a date alone', '2030-10-18', null, false, '2030-10-19'],
    ['its midnights', '2030-10-18T00:00:00-04:00', '2030-10-19T00:00:00-04:00', true, '2030-10-19'],
    ['its last minute', '2030-10-18T00:00:00-04:00', '2030-10-18T23:59:00-04:00', true, '2030-10-19'],
    ['the same midnight twice', '2030-10-18T00:00:00-04:00', '2030-10-18T00:00:00-04:00', true, '2030-10-19'],
    [
      'three days by their midnights',
      '2030-10-18T00:00:00-04:00',
      '2030-10-21T00:00:00-04:00',
      true,
      '2030-10-21',
    ],
    ['three days by dates', '2030-10-18', '2030-10-21', false, '2030-10-21'],
    ['an end before its start', '2030-10-18', '2030-10-01', false, '2030-10-19'],
  ])('of whole days, told by %s', (_, start_at, end_at, all_day, until) => {
    expect(plain({ start_at, end_at, all_day })).toEqual(['days', '2030-10-18', until])
  })

  it.each([
    ['midnight at the firm, written in UTC', 'Pacific/Auckland', '2030-10-17T11:00:00Z', '2030-10-18'],
    ['midnight where it was written', 'Pacific/Auckland', '2030-10-18T00:00:00-04:00', '2030-10-18'],
    ['midnight in both', 'Europe/London', '2030-12-18T00:00:00Z', '2030-12-18'],
    ['no midnight at all', 'America/New_York', '2030-10-18T09:00:00+09:00', '2030-10-18'],
  ])('of a whole day is on the day that was meant: %s', (_, home, start_at, day) => {
    expect(spanOf({ start_at, all_day: true }, home)?.from.toString()).toBe(day)
  })

  it('of a whole day has one day also when clocks change', () => {
    const [start_at, end_at] = ['2030-11-03T04:00:00Z', '2030-11-04T05:00:00Z']
    expect(plain({ start_at, end_at, all_day: true })).toEqual(['days', '2030-11-03', '2030-11-04'])
  })

  it('is not known where it tells no time', () => {
    for (const start_at of [
      null,
      undefined,
      5,
      '',
      'noon',
      '2030-13-45',
      '2030-10-18T14:00',
      '+020301-10-18T14:00:00Z',
      '+275760-09-13T00:00:00Z',
    ])
      expect(plain({ start_at, end_at: '2030-10-18T22:00:00Z' })).toBeNull()
  })

  it('always ends after it begins, whatever it is told', () => {
    const value = fc.oneof(
      fc.string(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
    )
    fc.assert(
      fc.property(value, value, fc.boolean(), (start_at, end_at, all_day) => {
        const span = spanOf({ start_at, end_at, all_day }, zone)
        if (span?.kind === 'timed') expect(Temporal.Instant.compare(span.from, span.until)).toBe(-1)
        if (span?.kind === 'days') expect(Temporal.PlainDate.compare(span.from, span.until)).toBe(-1)
      }),
    )
  })
})
