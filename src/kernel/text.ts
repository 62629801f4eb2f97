/** Comparing words that people typed: dirty statuses made comparable, and how alike two of them are. */

/** Marks, invisible and direction characters: they change how text looks, not what it says. */
const unseen = /[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** What stands between words. Symbols (+, ✅, ❌) are kept: they may be all that tells two statuses apart. */
const between = /[\p{P}\p{Z}\p{C}|~^`´¨]+/gu

const year = '(?:19|20)\\d{2}'
const month = '(?:0?[1-9]|1[0-2])'
const day = '(?:0?[1-9]|[12]\\d|3[01])'
const monthName =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)'

/**
 * What people append to a name to make another copy of it. Each is narrow on purpose: "Phase 1" and "Phase 2",
 * "Decree" and "Decree final", "Certified copy", "Returns 2023" and "Returns 2024" must stay apart.
 */
const suffixes: readonly RegExp[] = [
  // v2, v2.1, ver 2, version 2, rev 3, with or without "final" before it
  /(?:^|[\s_\-([.]+)(?:final[\s_\-.]*)?(?:v\d+(?:\.\d+)*|(?:ver|version|rev)[\s_\-.]*\d+(?:\.\d+)*)$/u,
  // (copy), (copy 2), [final], " - copy", " - copy (2"
  /[\s_-]*[([]\s*(?:copy(?:[\s_]*\d+)?|final)$/u,
  /\s+[-–—]\s+copy(?:\s*\(\d+)?$/u,
  // dates with a full year: 2026-10-15, 10/15/2026, 15.10.2026, 20261015, Oct 15, 2026
  new RegExp(`(?:^|[\\s_\\-([,;:]+)(?:${year}[-/._]${month}[-/._]${day})$`, 'u'),
  new RegExp(`(?:^|[\\s_\\-([,;:]+)(?:${month}[-/._]${day}|${day}[-/._]${month})[-/._]${year}$`, 'u'),
  new RegExp(`(?:^|[\\s_\\-([,;:]+)${year}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])$`, 'u'),
  new RegExp(
    `(?:^|[\\s_\\-([,;:]+)(?:${monthName}\\.?\\s+${day}|${day}\\s+${monthName}\\.?),?\\s+${year}$`,
    'u',
  ),
  // two-digit years only where brackets set them apart: "Chapter 7/11/13" is no date
  new RegExp(`[\\s_-]*[([]\\s*${month}[-/.]${day}[-/.]\\d{2}$`, 'u'),
]

/** "Awaiting Docs_FINAL", "Awaiting Docs_copy": an underscore in a name that otherwise has spaces. */
const tackedOn = /^(.*\s.*)_+(?:final|copy)$/u

const closing = new Set(' \t\n\r)]_-–—.,;:!')

/** By hand, since a pattern that must end at the end is tried at each character of a long run. */
function withoutClosing(text: string): string {
  let end = text.length
  while (end > 0 && closing.has(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** What is longer is no status, and may have been made to keep the patterns busy. */
const longest = 300

/**
 * One form for all the ways in which people write the same status: without case, accents, punctuation, underscores,
 * and what they append to copies (`_FINAL_v2`, `(copy)`, a date). Applying it twice changes nothing.
 *
 * @returns lower-case words parted by single spaces; empty when the text holds no letter, digit or symbol
 */
export function normaliseStatus(raw: string): string {
  let text = raw
  // What one pass lays bare may be a suffix for the next.
  for (let pass = 0; pass < 8; pass++) {
    const next = onePass(text)
    if (next === text) break
    text = next
  }
  return text
}

function onePass(raw: string): string {
  let text = withoutClosing(fold(raw)).trimStart()
  if (text.length > longest) return words(text)
  for (let shorter = withoutSuffix(text); shorter !== text; shorter = withoutSuffix(text)) text = shorter
  return words(text)
}

const words = (text: string): string =>
  text.replace(/['’ʼ]/gu, '').replace(/&/gu, ' and ').replace(between, ' ').trim()

/** Upper case first, since ß and ﬁ become two letters there; sigma has two small forms. */
const fold = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFKD')
    .replace(unseen, '')
    .toUpperCase()
    .toLowerCase()
    .replace(/ς/gu, 'σ')
    .normalize('NFKD')
    .replace(unseen, '')

/** Takes one suffix off, unless nothing would be left. */
function withoutSuffix(text: string): string {
  for (const suffix of suffixes) {
    const rest = text.replace(suffix, '')
    if (rest !== text && words(rest) !== '') return withoutClosing(rest)
  }
  const tacked = tackedOn.exec(text)?.[1]
  return tacked !== undefined && words(tacked) !== '' ? withoutClosing(tacked) : text
}

/**
 * How alike two texts are, from 0 to 1, by the rule of PostgreSQL's pg_trgm `similarity()`: each word in lower case,
 * two spaces before and one after it, cut into runs of three characters; the shared ones through all of them.
 */
export function trigramSimilarity(a: string, b: string): number {
  const left = trigrams(a)
  const right = trigrams(b)
  if (left.size === 0 || right.size === 0) return 0
  const shared = left.intersection(right).size
  return shared / (left.size + right.size - shared)
}

function trigrams(text: string): Set<string> {
  const found = new Set<string>()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const characters = [...`  ${word} `]
    for (let at = 0; at + 3 <= characters.length; at++) found.add(characters.slice(at, at + 3).join(''))
  }
  return found
}
