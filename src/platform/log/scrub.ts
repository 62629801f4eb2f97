/** Takes contact details out of text that was not written by us: error messages, what a provider answered. */

/** What follows a local part; `%40` for `@`, since addresses also travel inside URLs. */
const atDomain = /(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
/** What can't stand in a local part as it is used in practice. */
const endsLocal = /[\s<>()[\]\\,;:"'=&?/|{}@]/

const markedPhone = /(?:\+|%2B)\d(?:[\s().-]{0,2}\d){6,14}(?!\d)/gi
/** (555) 010-4477, 555-010-4477, 1 555.010.4477: the ways North American numbers are written. */
const writtenPhone = /(?<![\w-])(?:1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]\d{4}(?![\w-])/g
/** Ten or eleven digits that stand alone: a phone number more often than not, but a CMS's ids look the same. */
const barePhone = /(?<![\w.-])1?\d{10}(?![\w.-]*\w)/g

/** @returns the text with mail addresses and clearly marked phone numbers replaced; ids of ten digits stay */
export function scrubMarked(text: string): string {
  return withoutMail(text).replace(markedPhone, '[phone]').replace(writtenPhone, '[phone]')
}

/** From each `@` to the left by hand: a pattern that begins with the local part takes quadratic time on long words. */
function withoutMail(text: string): string {
  if (!text.includes('@') && !text.includes('%40')) return text
  let result = ''
  let done = 0
  for (const match of text.matchAll(atDomain)) {
    let start = match.index
    while (start > done && !endsLocal.test(text[start - 1]!)) start--
    if (start === match.index) continue
    result += `${text.slice(done, start)}[mail]`
    done = match.index + match[0].length
  }
  return result + text.slice(done)
}

/** As {@link scrubMarked}, and bare runs of ten or eleven digits too: for logs, where losing an id is the lesser harm. */
export function scrub(text: string): string {
  return scrubMarked(text).replace(barePhone, '[number]')
}

/** {@link scrubMarked} over every string of a JSON value, keys left as they are. */
export function scrubValue(value: unknown): unknown {
  if (typeof value === 'string') return scrubMarked(value)
  if (Array.isArray(value)) return value.map(scrubValue)
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, scrubValue(v)]))
  return value
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
