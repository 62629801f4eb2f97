import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellOf, csvOf } from './index.ts'

/** RFC 4180 read back, by the grammar. */
function parse(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      at++
      while (!(text[at] === '"' && text[at + 1] !== '"')) {
        cell += text[at]
        at += text[at] === '"' ? 2 : 1
      }
      at++
    } else while (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at++]
    row.push(cell)
    if (text[at] === ',') at++
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n')
      at += 2
      rows.push(row)
      row = []
    }
  }
  return rows
}

describe('a table for spreadsheets', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '－1',
    ' =1',
    '=HYPERLINK("http://evil.example","x")',
  ])('makes no formula of %j', (text) => {
    const [[cell]] = parse(`${cellOf(text)}\r\n`) as [[string]]
    expect(cell).toBe(`'${text}`)
  })

  it.each(['a=b', 'date-reminder', '', 'O’Neill', "'quoted'", 'Peña'])('leaves %j as it is', (text) =>
    expect(cellOf(text)).toBe(text),
  )

  it('writes numbers as numbers, the negative too, and nothing where there is none', () => {
    expect([cellOf(-3), cellOf(0.25), cellOf(null), cellOf(Number.NaN)]).toEqual(['-3', '0.25', '', ''])
  })

  it('reads back as it was written, whatever is in it', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '\t', '=', '-', '@', ' ', 'é', 'a') }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 700 }), (rows) => {
        const text = [...csvOf(['one', 'two'], rows)].join('')
        expect(text.startsWith('\uFEFFone,two\r\n')).toBe(true)
        const back = parse(text.slice(1)).slice(1)
        expect(back.map((row, r) => row.map((c, i) => (c === rows[r]?.[i] ? c : c.slice(1))))).toEqual(rows)
        for (const c of back.flat()) expect(/^[=+\-@\t\r\n]/.test(c)).toBe(false)
      }),
      { numRuns: 30 },
    )
  })

  it('comes in pieces', () => {
    const pieces = [
      ...csvOf(
        ['n'],
        Array.from({ length: 1_200 }, (_, n) => [n]),
      ),
    ]
    expect(pieces.length).toBe(3)
    expect(pieces.join('').split('\r\n')).toHaveLength(1_202)
  })
})
