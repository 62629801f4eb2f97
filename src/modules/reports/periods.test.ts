import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginnings, periodsOf } from './periods.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const of = (from: string, to: string, by?: 'day' | 'week' | 'month') => {
  const found = periodsOf({ from: day(from), to: day(to) }, by)
  if (!found.ok) throw new Error(found.message)
  return { by: found.by, periods: found.periods.map((p) => `${p.from} ${p.to}`) }
}

describe('periods', () => {
  it('are cut where the days are, and weeks begin on Monday', () => {
    expect(of('2026-10-15', '2026-10-27', 'week').periods).toEqual([
      '2026-10-15 2026-10-18',
      '2026-10-19 2026-10-25',
      '2026-10-26 2026-10-27',
    ])
    expect(of('2027-01-30', '2027-03-01', 'month').periods).toEqual([
      '2027-01-30 2027-01-31',
      '2027-02-01 2027-02-28',
      '2027-03-01 2027-03-01',
    ])
  })

  it('are days for a month, weeks for half a year, months for longer, where nobody says', () => {
    expect(of('2026-10-01', '2026-10-30').by).toBe('day')
    expect(of('2026-07-01', '2026-10-30').by).toBe('week')
    expect(of('2025-10-31', '2026-10-30').by).toBe('month')
  })

  it('are no more than can be read', () => {
    const wide = { from: day('2020-01-01'), to: day('2026-10-30') }
    expect(periodsOf(wide, 'day')).toMatchObject({ ok: false, path: 'by' })
    expect(periodsOf({ ...wide, from: day('1990-01-01') }, 'month')).toMatchObject({
      ok: false,
      path: 'from',
    })
  })

  it('have as many hours as the clocks of the firm give them', () => {
    const lengths = (from: string, zone: string) => {
      const starts = beginnings(
        [0, 1].map((days) => ({ from: day(from).add({ days }), to: day(from).add({ days }) })),
        zone,
      )
      return starts[0]!.until(starts[1]!).total('hours')
    }
    expect(lengths('2026-03-08', 'America/New_York')).toBe(23)
    expect(lengths('2026-11-01', 'America/New_York')).toBe(25)
    expect(lengths('2026-11-01', 'America/Phoenix')).toBe(24)
    // Santiago puts its clocks on at midnight: this day begins at one.
    expect(
      String(beginnings([{ from: day('2026-09-06'), to: day('2026-09-06') }], 'America/Santiago')[0]),
    ).toBe('2026-09-06T04:00:00Z')
  })

  it('follow each other without a gap, from the first day to the last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000 }),
        fc.integer({ min: 0, max: 390 }),
        fc.constantFrom('day' as const, 'week' as const, 'month' as const),
        (start, length, by) => {
          const from = day('2020-01-01').add({ days: start })
          const to = from.add({ days: length })
          const found = periodsOf({ from, to }, by)
          if (!found.ok) throw new Error(found.message)
          const { periods } = found
          expect(String(periods[0]!.from)).toBe(String(from))
          expect(String(periods.at(-1)!.to)).toBe(String(to))
          for (const [i, p] of periods.entries()) {
            expect(Temporal.PlainDate.compare(p.from, p.to)).toBeLessThanOrEqual(0)
            if (i > 0) expect(String(periods[i - 1]!.to.add({ days: 1 }))).toBe(String(p.from))
          }
        },
      ),
    )
  })
})
