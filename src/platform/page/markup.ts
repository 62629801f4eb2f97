/** Markup into which text goes as text: the one way to make any here. Pure. */

export class Markup {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control and direction characters would hide or turn around what stands beside them; XML knows most of them not. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, (c) => (c === '\n' ? c : '␣'))

const escaped = (text: string): string => clean(text).replace(/[&<>"']/g, (c) => entities[c]!)

/** For templates: text is escaped, markup is taken as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Markup)[]): Markup {
  return new Markup(
    parts.reduce((text, part, at) => {
      const value = values[at - 1]!
      return text + (value instanceof Markup ? value.markup : escaped(value)) + part
    }),
  )
}

export const join = (list: readonly Markup[], between = '\n'): Markup =>
  new Markup(list.map(({ markup }) => markup).join(between))

export const esc = {
  /** For our own words only: nothing is escaped. */
  raw: (text: string): Markup => new Markup(text),
}
