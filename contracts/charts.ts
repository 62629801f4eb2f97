/**
 * Drawings of figures as shapes with places, in which nothing is told by colour: what is solid, hatched or empty, dashed
 * or not, round or square. The console draws them as SVG, the PDF with its own pen; both show the same. Pure.
 */

export type Fill = 'solid' | 'hatch' | 'empty'
export type Anchor = 'start' | 'middle' | 'end'

export type Mark =
  | { kind: 'bar'; x: number; y: number; width: number; height: number; fill: Fill }
  | { kind: 'line'; points: readonly (readonly [number, number])[]; dashed: boolean }
  | { kind: 'dot'; x: number; y: number; shape: 'circle' | 'square' }
  | { kind: 'rule'; x: number; y: number; length: number; strong: boolean }
  | { kind: 'text'; x: number; y: number; text: string; anchor: Anchor; dim: boolean }

export interface Drawing {
  width: number
  height: number
  marks: readonly Mark[]
}

/** In which a drawing is made: all lengths follow the size of its letters. */
export interface Sheet {
  width: number
  /** Height of letters. */
  letter: number
}

/** How wide a letter is, of its height: the mean of a sans-serif, with some room. */
const letterWidth = 0.56
const widthOf = (text: string, { letter }: Sheet): number => text.length * letter * letterWidth

const cut = (text: string, room: number, sheet: Sheet): string => {
  const most = Math.max(4, Math.floor(room / (sheet.letter * letterWidth)))
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

export interface BarRow {
  label: string
  value: number
  /** Stands behind the bar, in place of its number. */
  words?: string
  fill?: Fill
}

/** Bars beside each other's labels; where there is little room each label stands above its bar. */
export function bars(rows: readonly BarRow[], sheet: Sheet, end?: number): Drawing {
  const { width, letter } = sheet
  const wordsOf = (row: BarRow) => row.words ?? String(row.value)
  const most = end ?? Math.max(1, ...rows.map(({ value }) => value))
  const behind = Math.max(0, ...rows.map((row) => widthOf(wordsOf(row), sheet))) + letter
  const narrow = width < letter * 40
  const named = Math.max(letter * 4, ...rows.map(({ label }) => widthOf(label, sheet))) + letter
  const before = narrow ? 0 : Math.min(width * 0.36, named)
  const line = letter * (narrow ? 2.7 : 1.8)
  const room = Math.max(letter, width - before - behind)
  const thick = letter * 1.05
  const marks = rows.flatMap((row, i): Mark[] => {
    const top = i * line
    const y = narrow ? top + letter * 1.35 : top + (line - thick) / 2
    const long = row.value === 0 ? 0 : Math.max(2, (row.value / most) * room)
    return [
      narrow
        ? text(0, top + letter, cut(row.label, width, sheet), 'start')
        : text(before - letter * 0.7, y + thick * 0.85, cut(row.label, before - letter, sheet), 'end'),
      ...(long === 0 ? [] : [bar(before, y, long, thick, row.fill ?? 'solid')]),
      text(before + long + letter * 0.5, y + thick * 0.85, wordsOf(row), 'start'),
    ]
  })
  return { width, height: Math.max(line, rows.length * line + letter * 0.4), marks }
}

const bar = (x: number, y: number, width: number, height: number, fill: Fill): Mark => ({
  kind: 'bar',
  x,
  y,
  width,
  height,
  fill,
})
const text = (x: number, y: number, words: string, anchor: Anchor, dim = false): Mark => ({
  kind: 'text',
  x,
  y,
  text: words,
  anchor,
  dim,
})

export interface Column {
  label: string
  /** The lower part, of `all`. */
  part: number
  all: number
}

/**
 * Columns over time: the part solid, what is left of all of it empty.
 *
 * @param legend what the two are, in words
 */
export function columns(
  list: readonly Column[],
  sheet: Sheet,
  legend: { part: string; rest: string },
): Drawing {
  const most = Math.max(1, ...list.map(({ all }) => all))
  const ticks = ticksUpTo(most)
  const frame = frameOf(
    sheet,
    ticks.map(String),
    list.map(({ label }) => label),
  )
  const { left, bottom, height, step } = frame
  const scale = height / ticks.at(-1)!
  const wide = Math.max(1, step * (step < 8 ? 0.9 : 0.7))
  const marks = list.flatMap(({ part, all }, i): Mark[] => {
    const x = left + i * step + (step - wide) / 2
    const tall = (count: number) => count * scale
    const stacked = (from: number, count: number, fill: Fill): Mark[] =>
      count === 0 ? [] : [bar(x, bottom - tall(from + count), wide, tall(count), fill)]
    return [...stacked(0, part, 'solid'), ...stacked(part, all - part, 'empty')]
  })
  const { letter } = sheet
  const key = [
    { words: legend.part, fill: 'solid' },
    { words: legend.rest, fill: 'empty' },
  ] as const
  return {
    width: sheet.width,
    height: frame.end,
    marks: [
      ...key.flatMap(({ words, fill }, i): Mark[] => [
        { kind: 'bar', x: 0, y: i * letter * 1.7, width: letter * 1.6, height: letter, fill },
        text(
          letter * 2.2,
          i * letter * 1.7 + letter * 0.85,
          cut(words, sheet.width - letter * 2.2, sheet),
          'start',
        ),
      ]),
      ...frame.marks,
      ...marks,
    ],
  }
}

export interface Series {
  name: string
  dashed: boolean
  shape: 'circle' | 'square'
  /** 0 to 1; null: nothing is known there, and the line has a gap. */
  values: readonly (number | null)[]
}

/** Shares over time, from nothing to all. */
export function lines(series: readonly Series[], labels: readonly string[], sheet: Sheet): Drawing {
  const { letter } = sheet
  const frame = frameOf(sheet, ['0 %', '25 %', '50 %', '75 %', '100 %'], labels, series.length)
  const { left, bottom, height, step } = frame
  const place = (value: number, i: number) => [left + (i + 0.5) * step, bottom - value * height] as const
  const drawn = series.flatMap(({ values, dashed, shape }): Mark[] => {
    const runs = runsOf(values).map((run) => run.map(({ value, i }) => place(value, i)))
    return [
      ...runs.filter((run) => run.length > 1).map((points): Mark => ({ kind: 'line', points, dashed })),
      // Among many, dots would hide the line; alone, a point is nothing but its dot.
      ...runs
        .filter((run) => values.length <= 60 || run.length === 1)
        .flat()
        .map(([x, y]): Mark => ({ kind: 'dot', x, y, shape })),
    ]
  })
  return {
    width: sheet.width,
    height: frame.end,
    marks: [
      ...series.flatMap(({ name, dashed, shape }, i): Mark[] => {
        const y = i * letter * 1.7 + letter * 0.5
        return [
          {
            kind: 'line',
            points: [
              [0, y],
              [letter * 2.8, y],
            ],
            dashed,
          },
          { kind: 'dot', x: letter * 1.4, y, shape },
          text(letter * 3.4, y + letter * 0.35, cut(name, sheet.width - letter * 3.4, sheet), 'start'),
        ]
      }),
      ...frame.marks,
      ...drawn,
    ],
  }
}

function runsOf(values: readonly (number | null)[]): { value: number; i: number }[][] {
  const runs: { value: number; i: number }[][] = []
  let before: number | null = null
  for (const [i, value] of values.entries()) {
    if (value !== null) {
      if (before === null) runs.push([])
      runs.at(-1)!.push({ value, i })
    }
    before = value
  }
  return runs
}

/** A grid with what its lines stand for, and labels below as far as there is room. */
function frameOf(sheet: Sheet, ticks: readonly string[], labels: readonly string[], legends = 2) {
  const { width, letter } = sheet
  const top = legends * letter * 1.7 + letter * 1.2
  const height = letter * 13
  const bottom = top + height
  const left = Math.max(...ticks.map((tick) => widthOf(tick, sheet))) + letter * 0.8
  const step = (width - left - letter * 0.5) / Math.max(1, labels.length)
  const widest = Math.max(1, ...labels.map((label) => widthOf(label, sheet))) + letter
  const every = Math.max(1, Math.ceil(widest / step))
  const marks: Mark[] = [
    ...ticks.flatMap((tick, i): Mark[] => {
      const y = bottom - (i / (ticks.length - 1)) * height
      return [
        { kind: 'rule', x: left, y, length: width - left, strong: i === 0 },
        text(left - letter * 0.5, y + letter * 0.35, tick, 'end', true),
      ]
    }),
    ...labels.flatMap((label, i): Mark[] => {
      if (i % every > 0) return []
      const half = widthOf(label, sheet) / 2
      const x = Math.min(Math.max(left + (i + 0.5) * step, half), width - half)
      return [text(x, bottom + letter * 1.5, label, 'middle', true)]
    }),
  ]
  return { left, bottom, height, step, end: bottom + letter * 2.2, marks }
}

/** @returns 0 and up, evenly, in steps that people count in; the last is at least `most` */
export function ticksUpTo(most: number): number[] {
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? power * 10
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step)
}
