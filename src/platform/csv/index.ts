/** Tables for spreadsheets and programs: RFC 4180, and no cell that a spreadsheet would take for a formula. Pure. */

export type Cell = string | number | null

/**
 * Excel reads a file without it in the code page of the machine, and shows "Peña" as "PeÃ±a"; programs skip it when told
 * that it is there (Python: utf-8-sig), and it stands before the name of the first column only.
 */
const byteOrderMark = '\uFEFF'

/**
 * What a spreadsheet may run (OWASP, CSV Injection): = + - @, tab and carriage return at the beginning, the full-width
 * forms of the four, and any of these behind blanks, which some programs skip.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/

/** @returns one cell; an apostrophe before what would be a formula, as spreadsheets themselves mark text */
export function cellOf(value: Cell): string {
  if (value === null) return ''
  // A number of ours, which may well be negative, is a number.
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`

/** How many lines are made at once: some 64 KB. */
const piece = 500

/**
 * @param head names of the columns
 * @returns the file in pieces, each made when it is asked for: a large table never stands in memory as text
 */
export function* csvOf(head: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  let text = byteOrderMark + lineOf(head)
  let lines = 0
  for (const row of rows) {
    text += lineOf(row)
    if (++lines % piece > 0) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}
