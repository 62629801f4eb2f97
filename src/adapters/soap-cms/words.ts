/** What people typed into fields that took anything, read as far as it can be. Pure. */
import { parseMailAddress } from '../../kernel/mail-address.ts'
import { normaliseStatus } from '../../kernel/text.ts'
import { isZone } from '../../kernel/time.ts'
import type { CmsRejected } from '../../modules/connections/index.ts'

const yes = ['y', 'yes', '-1', '1', 'true', 't', 'x', 'on']
const no = ['n', 'no', '0', 'false', 'f', 'off']

/** `-1` is what Access and Visual Basic wrote for yes. @returns null for what is neither */
export function readFlag(text: string | null): boolean | null {
  const word = text?.trim().toLowerCase() ?? ''
  if (yes.includes(word)) return true
  return no.includes(word) ? false : null
}

/**
 * A flag that keeps people from being written to: what somebody typed into it and is no clear no, is a yes.
 */
export const readPause = (text: string | null): boolean => text !== null && readFlag(text) !== false

/** `$1,250.00`, `(12.50)` for less than nothing. @returns null for anything else */
export function readMoney(text: string | null): number | null {
  const typed = text?.replace(/[\s$]/g, '') ?? ''
  const inBrackets = /^\((.+)\)$/.exec(typed)
  const plain = (inBrackets?.[1] ?? typed).replace(/,(?=\d{3}(?:\D|$))/g, '')
  if (!/^-?\d{1,12}(?:\.\d{1,4})?$/.test(plain)) return null
  return inBrackets ? -Number(plain) : Number(plain)
}

export interface PersonName {
  /** As one would write it on an envelope. */
  name: string
  first: string | null
  last: string | null
}

const company =
  /\b(?:llc|llp|inc|corp|ltd|co|company|trust|estate|bank|pllc|lp|assoc(?:iates|iation)?|dept|department|city of|county of)\b/i
const suffix = /^(?:jr|sr|ii|iii|iv|esq|md|phd)\.?$/i

/**
 * `SANTOS, MARIA G`: the last name first, in capitals, since typewriters did it so. A company stays as it is.
 *
 * @param isCompany what the system says; null: it does not
 */
export function readName(text: string, isCompany: boolean | null): PersonName {
  const typed = text.trim().replace(/\s+/g, ' ')
  const comma = typed.indexOf(',')
  if (isCompany === true || comma <= 0 || (isCompany === null && company.test(typed)))
    return { name: typed, first: null, last: null }
  const shouted = typed === typed.toUpperCase() && typed !== typed.toLowerCase()
  const tidy = (part: string): string => (shouted ? withoutShouting(part) : part)
  const rest = typed
    .slice(comma + 1)
    .trim()
    .split(/[ ,]+/)
    .filter((part) => part !== '')
  const endings = rest.filter((part) => suffix.test(part))
  const given = rest.filter((part) => !suffix.test(part)).map(tidy)
  const last = tidy(typed.slice(0, comma).trim())
  if (given.length === 0) return { name: tidy(typed), first: null, last }
  const ending = endings.map((part) => (/^[ivx]+$/i.test(part) ? part.toUpperCase() : tidy(part)))
  return { name: [...given, last, ...ending].join(' '), first: given[0] ?? null, last }
}

/** MARIA → Maria, O'BRIEN → O'Brien, SMITH-JONES → Smith-Jones. McDONALD can't be told from MCDONALD. */
const withoutShouting = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(^|[\s\-.'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())

export interface MailPoint {
  address: string
}

/** Several in one field, with whatever between them. */
export function readMails(text: string | null): { good: MailPoint[]; rejected: CmsRejected[] } {
  const good: MailPoint[] = []
  const rejected: CmsRejected[] = []
  for (const part of text?.split(/[;,\s/|]+/) ?? []) {
    const value = part.replace(/^mailto:/i, '').replace(/^[<"'(]+|[>"')]+$/g, '')
    if (value === '') continue
    const read = parseMailAddress(value)
    if (read.ok) good.push({ address: read.address })
    // Words beside an address are remarks; without any address they are what must be cleaned.
    else if (value.includes('@')) rejected.push({ field: 'email', label: null, value, reason: read.reason })
  }
  const typed = text?.trim() ?? ''
  if (typed !== '' && good.length + rejected.length === 0)
    rejected.push({ field: 'email', label: null, value: typed, reason: 'has no @' })
  return { good, rejected }
}

interface Read {
  value: string | null
  rejected: CmsRejected[]
}

export function readZone(text: string | null): Read {
  const typed = text?.trim() ?? ''
  if (typed === '') return { value: null, rejected: [] }
  if (isZone(typed)) return { value: Temporal.Now.zonedDateTimeISO(typed).timeZoneId, rejected: [] }
  const reason = 'is not an IANA time zone'
  return { value: null, rejected: [{ field: 'time_zone', label: null, value: typed, reason }] }
}

const languages: Readonly<Record<string, string>> = {
  english: 'en',
  ingles: 'en',
  spanish: 'es',
  espanol: 'es',
}

export function readLanguage(text: string | null): Read {
  const typed = text?.trim() ?? ''
  if (typed === '') return { value: null, rejected: [] }
  const word = normaliseStatus(typed)
  const value = languages[word] ?? /^([a-z]{2})(?: [a-z0-9]{2,8})*$/.exec(word)?.[1]
  if (value !== undefined) return { value, rejected: [] }
  const reason = 'is not a language we know'
  return { value: null, rejected: [{ field: 'language', label: null, value: typed, reason }] }
}
