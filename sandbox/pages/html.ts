/** A piece of markup that is safe to place as it is. */
export type Html = { readonly markup: string }

type Value = Html | string | number | boolean | null | undefined | readonly Value[]

/**
 * Tagged template for markup. Every value is escaped, unless it is itself `Html`.
 * Lists are joined; `null`, `undefined` and `false` render nothing. Attributes must be quoted.
 */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  let markup = strings[0] ?? ''
  for (let i = 0; i < values.length; i++) markup += render(values[i]) + (strings[i + 1] ?? '')
  return { markup }
}

/** Declares a string to be markup already. Only for constants written in the source. */
export function raw(markup: string): Html {
  return { markup }
}

function render(value: Value): string {
  if (value === null || value === undefined || value === false || value === true) return ''
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(render).join('')
  return (value as Html).markup
}

/** Escapes text for element content and quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
