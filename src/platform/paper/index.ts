/** Paper to write on: pdfkit with our typeface, structure for screen readers, and pages with a number. */
import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import PDFDocument from 'pdfkit'

const require = createRequire(import.meta.url)
const face = (weight: string) => require.resolve(`@expo-google-fonts/noto-sans/${weight}.ttf`)
// By their paths, never by a registered name: pdfkit keeps a typeface that it opened by its path, and opens one that it was
// begun with anew for each call by another name.
const regular = face('400Regular/NotoSans_400Regular')
const bold = face('600SemiBold/NotoSans_600SemiBold')

const ink = '#1a1a1a'
const grey = '#595959'
/** Of lines that only lead the eye. */
const pale = '#b3b3b3'
const margin = 56

export interface Paper {
  /** @param room what must fit below it on the same page, in points */
  heading(level: 1 | 2 | 3, text: string, room?: number): void
  paragraph(text: string, look?: 'plain' | 'small'): void
  /** A name and what it is. */
  fact(name: string, value: string): void
  /** What somebody said, apart from what we say of it. */
  quote(text: string): void
  /** @param widths shares of the width, adding up to 1; all but the first are figures, and stand on the right */
  table(head: readonly string[], rows: readonly (readonly string[])[], options: TableOptions): void
  /** @param alt what it shows, for who does not see it */
  figure(alt: string, draw: (sheet: Sheet) => Shapes): void
  /** Lets other work have its turn; a long document would hold it up. */
  breathe(): Promise<void>
  /** @param foot of each page; @returns the whole document */
  end(foot: (page: number, pages: number) => string): Promise<Uint8Array>
}

export interface TableOptions {
  widths: readonly number[]
  /** The last column is words, not figures. */
  words?: boolean
}

/** How large a drawing may be, in points. */
export interface Sheet {
  width: number
  letter: number
}

/** A drawing as shapes, from its upper left corner (contracts/charts.ts makes them). */
export interface Shapes {
  height: number
  marks: readonly Shape[]
}
export type Shape =
  | { kind: 'bar'; x: number; y: number; width: number; height: number; fill: 'solid' | 'hatch' | 'empty' }
  | { kind: 'line'; points: readonly (readonly [number, number])[]; dashed: boolean }
  | { kind: 'dot'; x: number; y: number; shape: 'circle' | 'square' }
  | { kind: 'rule'; x: number; y: number; length: number; strong: boolean }
  | { kind: 'text'; x: number; y: number; text: string; anchor: 'start' | 'middle' | 'end'; dim: boolean }

export interface PaperOptions {
  title: string
  subject: string
  author: string
  /** BCP 47. */
  language: string
  made: Date
  size: 'LETTER' | 'A4'
}

/** Of what pdfkit keeps of a font, as fontkit gives it. */
interface Face {
  _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } }
}

export function paper(options: PaperOptions): Paper {
  const { title, subject, author, language, made, size } = options
  const info = {
    Title: title,
    Subject: subject,
    Author: author,
    Creator: 'Tipstaff',
    CreationDate: made,
    ModDate: made,
  }
  const doc = new PDFDocument({
    size,
    margins: { top: margin, left: margin, right: margin, bottom: margin + 16 },
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language,
    bufferPages: true,
    font: regular,
    info,
  })
  const chunks: Uint8Array[] = []
  doc.on('data', (chunk: Uint8Array) => void chunks.push(chunk))
  const done = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  const faces = doc.font(regular) as unknown as Face
  const has = new Map<number, boolean>()
  const known = (point: number) => {
    const found = has.get(point) ?? faces._font.font.hasGlyphForCodePoint(point)
    has.set(point, found)
    return found
  }
  /** What the typeface lacks is said by its number: nothing may be left out unseen. */
  const shown = (text: string) =>
    Array.from(text.replaceAll('\r\n', '\n').replaceAll('\t', '    '), (char) => {
      const point = char.codePointAt(0)!
      if (char === '\n') return char
      return known(point) && point >= 0x20 ? char : `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`
    }).join('')

  const root = doc.struct('Document')
  doc.addStructure(root)
  const width = doc.page.width - 2 * margin
  const add = (kind: string, draw: () => void) => void root.add(doc.struct(kind, {}, draw))
  const left = () => {
    doc.x = margin
  }
  const sizes = { 1: 20, 2: 14, 3: 10.5 } as const
  const drawShape = (shape: Shape, top: number, letter: number): void => {
    const x = (n: number) => margin + n
    const y = (n: number) => top + n
    switch (shape.kind) {
      case 'bar':
        drawBar(doc, { ...shape, x: x(shape.x), y: y(shape.y) })
        return
      case 'line': {
        const [first, ...rest] = shape.points
        if (!first) return
        doc.moveTo(x(first[0]), y(first[1]))
        for (const point of rest) doc.lineTo(x(point[0]), y(point[1]))
        if (shape.dashed) doc.dash(4, { space: 2.5 })
        else doc.undash()
        doc.lineWidth(1.2).stroke(ink).undash()
        return
      }
      case 'dot':
        if (shape.shape === 'circle') doc.circle(x(shape.x), y(shape.y), 2.2).fill(ink)
        else
          doc
            .rect(x(shape.x) - 2, y(shape.y) - 2, 4, 4)
            .lineWidth(1)
            .fillAndStroke('#ffffff', ink)
        return
      case 'rule':
        doc.moveTo(x(shape.x), y(shape.y)).lineTo(x(shape.x + shape.length), y(shape.y))
        doc.lineWidth(shape.strong ? 0.8 : 0.3).stroke(shape.strong ? ink : pale)
        return
      case 'text': {
        const words = shown(shape.text)
        doc
          .font(regular)
          .fontSize(letter)
          .fillColor(shape.dim ? grey : ink)
        const wide = doc.widthOfString(words)
        const before = shape.anchor === 'start' ? 0 : shape.anchor === 'end' ? wide : wide / 2
        doc.text(words, x(shape.x) - before, y(shape.y), { lineBreak: false, baseline: 'alphabetic' })
        return
      }
    }
  }
  return {
    heading(level, text, room = 140) {
      doc.moveDown(level === 1 ? 0 : level === 2 ? 1.2 : 0.9)
      // A heading at the foot of a page would stand apart from what it heads.
      if (doc.y > doc.page.height - Math.max(140, room + margin)) doc.addPage()
      left()
      add(`H${level}`, () => {
        doc.font(bold).fontSize(sizes[level]).fillColor(ink).text(shown(text), margin, doc.y, { width })
      })
      doc.moveDown(0.25)
    },
    paragraph(text, look = 'plain') {
      add('P', () => {
        doc
          .font(regular)
          .fontSize(look === 'small' ? 8 : 9.5)
          .fillColor(look === 'small' ? grey : ink)
          .text(shown(text), margin, doc.y, { width })
      })
      doc.moveDown(look === 'small' ? 0.1 : 0.3)
    },
    fact(name, value) {
      add('P', () => {
        doc
          .font(regular)
          .fontSize(9)
          .fillColor(grey)
          .text(`${shown(name)}: `, margin, doc.y, { width, continued: true })
        doc.fillColor(ink).text(shown(value))
      })
    },
    quote(text) {
      doc.moveDown(0.2)
      add('BlockQuote', () => {
        doc
          .font(regular)
          .fontSize(10)
          .fillColor(ink)
          .text(shown(text), margin + 16, doc.y, { width: width - 32 })
      })
      left()
      doc.moveDown(0.3)
    },
    table(head, rows, { widths, words = false }) {
      const table = doc.struct('Table')
      root.add(table)
      const pad = 4
      const places = widths.map((_, i) => margin + width * widths.slice(0, i).reduce((a, b) => a + b, 0))
      const isWords = (i: number) => words && i === widths.length - 1
      // Words stand apart from the figures before them.
      const inset = (i: number) => (isWords(i) ? 12 : 0)
      const cell = (i: number) => ({
        width: width * widths[i]! - pad - inset(i),
        align: i === 0 || isWords(i) ? ('left' as const) : ('right' as const),
      })
      const row = (kind: 'TH' | 'TD', cells: readonly string[]) => {
        doc.font(kind === 'TH' ? bold : regular).fontSize(8)
        const tall =
          Math.max(...cells.map((words, i) => doc.heightOfString(shown(words) || ' ', cell(i)))) + 5
        if (doc.y + tall > doc.page.height - doc.page.margins.bottom) {
          doc.addPage()
          // Who turns the page still knows what the columns are.
          if (kind === 'TD') row('TH', head)
        }
        const top = doc.y
        const line = doc.struct('TR')
        table.add(line)
        for (const [i, words] of cells.entries())
          line.add(
            doc.struct(i === 0 ? 'TH' : kind, {}, () => {
              doc
                .font(kind === 'TH' ? bold : regular)
                .fontSize(8)
                .fillColor(ink)
              doc.text(shown(words), places[i]! + inset(i), top + 2, cell(i))
            }),
          )
        line.end()
        doc.y = top + tall
        doc.markContent('Artifact')
        doc.moveTo(margin, doc.y - 1).lineTo(margin + width, doc.y - 1)
        doc
          .lineWidth(kind === 'TH' ? 0.8 : 0.3)
          .undash()
          .stroke(ink)
        doc.endMarkedContent()
      }
      row('TH', head)
      for (const cells of rows) row('TD', cells)
      table.end()
      left()
      doc.moveDown(0.6)
    },
    figure(alt, draw) {
      const letter = 8
      const shapes = draw({ width, letter })
      if (doc.y + shapes.height > doc.page.height - doc.page.margins.bottom) doc.addPage()
      const top = doc.y + 4
      root.add(
        doc.struct('Figure', { alt }, () => {
          for (const shape of shapes.marks) drawShape(shape, top, letter)
        }),
      )
      doc.undash()
      doc.y = top + shapes.height + 6
      left()
    },
    breathe: () => setImmediate(),
    async end(foot) {
      root.end()
      const { start, count } = doc.bufferedPageRange()
      for (let i = start; i < start + count; i++) {
        doc.switchToPage(i)
        // Below the margin, where pdfkit would begin another page.
        doc.page.margins.bottom = 0
        doc.markContent('Artifact', { type: 'Pagination' })
        doc
          .font(regular)
          .fontSize(8)
          .fillColor(grey)
          .text(shown(foot(i - start + 1, count)), margin, doc.page.height - margin + 6, {
            width,
            lineBreak: false,
          })
        doc.endMarkedContent()
        if (i % 50 === 49) await setImmediate()
      }
      doc.end()
      await done
      return Buffer.concat(chunks)
    },
  }
}

/** Solid, empty or hatched: a printer without colours shows which. */
function drawBar(doc: PDFKit.PDFDocument, bar: Extract<Shape, { kind: 'bar' }>): void {
  const { x, y, width, height, fill } = bar
  if (fill === 'solid') {
    doc.rect(x, y, width, height).fill(ink)
    return
  }
  doc.rect(x, y, width, height).fill('#ffffff')
  if (fill === 'hatch') {
    doc.save()
    doc.rect(x, y, width, height).clip()
    for (let at = x - height; at < x + width; at += 3) doc.moveTo(at, y + height).lineTo(at + height, y)
    doc.lineWidth(0.8).stroke(ink)
    doc.restore()
  }
  // The edge lies inside, so that a bar is as long as its number.
  doc
    .rect(x + 0.4, y + 0.4, Math.max(0.2, width - 0.8), Math.max(0.2, height - 0.8))
    .lineWidth(0.8)
    .stroke(ink)
}
