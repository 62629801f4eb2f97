/** Drawings that are read without colours: lengths, outlines, and each number in words beside it. Pure. */
import { html, join, type Markup } from './markup.ts'

const row = 22
const labels = 360
const bars = 470
const wide = labels + bars + 130

/**
 * @param list `words` stand at the end of a bar, in place of its number
 * @param end what the longest bar there may be stands for; absent: the largest of the list
 */
export function barChart(
  title: string,
  list: readonly { label: string; value: number; words?: string }[],
  end?: number,
): Markup {
  const most = end ?? Math.max(1, ...list.map(({ value }) => value))
  return chart(
    title,
    list.length,
    list.map(({ label, value, words }, at) => {
      const y = at * row
      const width = Math.max(2, (value / most) * bars)
      return html`<text x="${String(labels - 8)}" y="${String(y + 15)}" text-anchor="end">${short(label)}</text><rect x="${String(labels)}" y="${String(y + 4)}" width="${width.toFixed(1)}" height="14" fill="#333"/><text x="${(labels + width + 6).toFixed(1)}" y="${String(y + 15)}">${words ?? String(value)}</text>`
    }),
  )
}

export function shareChart(
  title: string,
  list: readonly { label: string; all: number; outer: number; inner: number }[],
): Markup {
  return chart(
    title,
    list.length,
    list.map(({ label, all, outer, inner }, at) => {
      const y = at * row
      const part = (count: number) => (all === 0 ? 0 : (count / all) * bars)
      return html`<text x="${String(labels - 8)}" y="${String(y + 15)}" text-anchor="end">${short(label)}</text><rect x="${String(labels)}" y="${String(y + 4)}" width="${String(bars)}" height="14" fill="none" stroke="#aaa" stroke-dasharray="2 3"/><rect x="${String(labels)}" y="${String(y + 4)}" width="${part(outer).toFixed(1)}" height="14" fill="none" stroke="#111" stroke-width="1.5"/><rect x="${String(labels)}" y="${String(y + 7)}" width="${part(inner).toFixed(1)}" height="8" fill="#333"/><text x="${String(labels + bars + 6)}" y="${String(y + 15)}">${percent(outer, all)}, ${percent(inner, all)}</text>`
    }),
  )
}

/** Read out by its title; the tables beside it hold the numbers. */
const chart = (title: string, rows: number, parts: readonly Markup[]): Markup =>
  html`<figure><figcaption>${title}</figcaption><svg role="img" aria-label="${title}" viewBox="0 0 ${String(wide)} ${String(rows * row + 4)}" xmlns="http://www.w3.org/2000/svg"><title>${title}</title>${join(parts)}</svg></figure>`

const short = (label: string): string => (label.length > 44 ? `${label.slice(0, 43)}…` : label)

/** 0 % and 100 % are said only when they are true. */
export function percent(part: number, all: number): string {
  if (all === 0) return '–'
  const share = (part / all) * 100
  if (part > 0 && share < 1) return '<1 %'
  if (part < all && share > 99) return '>99 %'
  return `${Math.round(share)} %`
}
