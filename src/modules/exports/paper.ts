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
const margin = 56

export interface Paper {
  heading(level: 1 | 2 | 3, text: string): void
  paragraph(text: string, look?: 'plain' | 'small'): void
  /** A name and what it is. */
  fact(name: string, value: string): void
  /** What somebody said, apart from what we say of it. */
  quote(text: string): void
  /** Lets other work have its turn; a long document would hold it up. */
  breathe(): Promise<void>
  /** @param foot of each page; @returns the whole document */
  end(foot: (page: number, pages: number) => string): Promise<Uint8Array>
}

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
  return {
    heading(level, text) {
      doc.moveDown(level === 1 ? 0 : level === 2 ? 1.2 : 0.9)
      // A heading at the foot of a page would stand apart from what it heads.
      if (doc.y > doc.page.height - 140) doc.addPage()
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
