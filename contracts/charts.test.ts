import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bars, columns, type Drawing, lines, ticksUpTo } from './charts.ts'

const sheet = fc.record({ width: fc.integer({ min: 260, max: 1_200 }), letter: fc.constantFrom(8, 13) })
const count = fc.oneof(fc.nat(20), fc.nat(1_000_000))
const label = fc.string({ maxLength: 60 })

/** Nothing lies outside of the sheet but the tail of a label, which is cut by the sheet. */
function within({ width, height, marks }: Drawing): void {
  for (const mark of marks) {
    const numbers = Object.values(mark).flatMap((value) =>
      typeof value === 'number' ? [value] : Array.isArray(value) ? value.flat(2) : [],
    )
    for (const n of numbers) expect(Number.isFinite(n)).toBe(true)
    if (mark.kind === 'bar') {
      expect(mark.width).toBeGreaterThan(0)
      expect(mark.height).toBeGreaterThan(0)
      expect(mark.x + mark.width).toBeLessThanOrEqual(width + 1)
      expect(mark.y + mark.height).toBeLessThanOrEqual(height + 1)
      expect(Math.min(mark.x, mark.y)).toBeGreaterThanOrEqual(-0.001)
    }
    if (mark.kind === 'dot')
      expect(mark.x <= width && mark.y <= height && mark.x >= 0 && mark.y >= 0).toBe(true)
  }
}
const barsOf = ({ marks }: Drawing) => marks.filter((mark) => mark.kind === 'bar')
const wordsOf = ({ marks }: Drawing) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []))

describe('bars', () => {
  it('lie on their sheet, as long as their numbers, each with its number in words', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ label, value: count }), { maxLength: 20 }), sheet, (rows, on) => {
        const drawing = bars(rows, on)
        within(drawing)
        const shown = rows.filter(({ value }) => value > 0)
        expect(barsOf(drawing)).toHaveLength(shown.length)
        for (const [i, a] of barsOf(drawing).entries())
          for (const [j, b] of barsOf(drawing).entries())
            if (shown[i]!.value > shown[j]!.value) expect(a.width).toBeGreaterThanOrEqual(b.width)
        for (const { value } of rows) expect(wordsOf(drawing)).toContain(String(value))
      }),
    )
  })

  it('stand below their labels where there is little room', () => {
    const rows = [{ label: 'Delivered', value: 3 }]
    const [wide, narrow] = [bars(rows, { width: 900, letter: 13 }), bars(rows, { width: 340, letter: 13 })]
    expect(barsOf(wide)[0]!.x).toBeGreaterThan(0)
    expect(barsOf(narrow)[0]!.x).toBe(0)
  })
})

describe('columns', () => {
  it('are of two kinds that need no colour, and together as tall as all of it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(count, count).map(([part, rest]) => ({ label: 'Oct 3', part, all: part + rest })),
          { minLength: 1, maxLength: 400 },
        ),
        sheet,
        (list, on) => {
          const drawing = columns(list, on, { part: 'Delivered', rest: 'Everything else' })
          within(drawing)
          // Two of them are the legend.
          const drawn = barsOf(drawing).slice(2)
          expect(drawn.filter((b) => b.fill === 'solid')).toHaveLength(list.filter((c) => c.part > 0).length)
          expect(drawn.filter((b) => b.fill === 'empty')).toHaveLength(
            list.filter((c) => c.all > c.part).length,
          )
        },
      ),
    )
  })
})

describe('lines', () => {
  it('have a gap where nothing is known, and a dot where a point stands alone', () => {
    const drawing = lines(
      [{ name: 'Delivered', dashed: false, shape: 'circle', values: [0.5, 0.6, null, 1, null, 0, 0.2] }],
      ['1', '2', '3', '4', '5', '6', '7'],
      { width: 700, letter: 13 },
    )
    within(drawing)
    const drawn = drawing.marks.filter((mark) => mark.kind === 'line')
    // The first is the legend's.
    expect(drawn.slice(1).map(({ points }) => points.length)).toEqual([2, 2])
    expect(drawing.marks.filter((mark) => mark.kind === 'dot')).toHaveLength(1 + 5)
  })
})

describe('what a grid counts in', () => {
  it('is even, round, and reaches the largest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), (most) => {
        const ticks = ticksUpTo(most)
        expect(ticks[0]).toBe(0)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks.every(Number.isInteger)).toBe(true)
      }),
    )
    expect(ticksUpTo(13)).toEqual([0, 5, 10, 15])
  })
})
