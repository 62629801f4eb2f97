/** What is done to every value before it stands in a message. */

// Controls and overrides that hide, reorder or cut text: C0 and C1 without line feed, zero-width space and word
// joiner, bidirectional embeddings, overrides and isolates (Unicode TR 36 §3.2), BOM, annotation anchors.
// Marks that names need (ZWJ, ZWNJ, LRM, RLM) stay.
const hidden =
  '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f\\u200b\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff\\ufff9-\\ufffb'
const breaks = '\\r\\u0085\\u2028\\u2029'
const spaces = '\\t\\u00a0\\u2000-\\u200a\\u202f\\u205f'
const anyOf = (...ranges: string[]) => new RegExp(`[${ranges.join('')}]`, 'g')
const unusual = new RegExp(`[${hidden}${breaks}${spaces}]`)
const hiddenOnes = anyOf(hidden)
const odderBreaks = anyOf(breaks)
const odderSpaces = anyOf(spaces)
// More marks on one letter than any language has; normalising long runs of them takes quadratic time.
const pileOfMarks = /(\p{M}{8})\p{M}+/gu

/** @returns the text with plain spaces and line feeds, without controls, overrides and broken surrogates; NFC */
export function cleanText(text: string): string {
  let clean = text.isWellFormed() ? text : text.toWellFormed()
  if (unusual.test(clean)) {
    clean = clean
      .replace(/\r\n/g, '\n')
      .replace(odderBreaks, '\n')
      .replace(odderSpaces, ' ')
      .replace(hiddenOnes, '')
  }
  return ascii.test(clean) ? clean : clean.replace(pileOfMarks, '$1').normalize('NFC')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole range
const ascii = /^[\u0000-\u007f]*$/

/** @returns the text on one line: nothing can begin a header of its own (RFC 5322 §2.2) */
export const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim()

/**
 * Makes a value stand in Markdown as the text it is. Every ASCII punctuation mark that could mean something is
 * escaped (CommonMark §2.4), which also keeps linkify from seeing an address: it looks at text between escapes.
 * Line feeds become U+2028, which is a break to `mailParts` and an ordinary character to Markdown: no value can end
 * or begin a block.
 */
export function escapeMarkdown(text: string): string {
  // Spaces first, so that the last expression has nothing to try twice.
  const escaped = text
    .trim()
    .replace(/ {2,}/g, ' ')
    .replace(/[!"#&'()*+\-./<=>@[\\\]^_`{|}~]/g, '\\$&')
  return escaped.includes('\n') ? escaped.replace(/ ?\n\s*/g, lineSeparator) : escaped
}

export const lineSeparator = '\u2028'
