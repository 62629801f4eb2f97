/** Phone numbers out of one field that took anything: `H: (212) 555-0100 / C: 917-555-0123 call after 5`. Pure. */
import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/max'
import { parsePhone } from '../../kernel/phone.ts'
import type { CmsRejected } from '../../modules/connections/index.ts'

export interface PhonePoint {
  address: string
  label: string | null
  mobile: boolean
}

/** Longer fields are read up to here; nobody has so many phones. */
const longest = 500

const labels: readonly (readonly [RegExp, string])[] = [
  [/^(?:c|cel|cell|cellular|m|mob|mobile|text|txt|sms)$/, 'Mobile'],
  [/^(?:h|hm|home|res|residence)$/, 'Home'],
  [/^(?:w|wk|work|o|off|office|bus|business|job|day)$/, 'Work'],
  [/^(?:f|fx|fax)$/, 'Fax'],
  [/^(?:p|pgr|pager|beeper)$/, 'Pager'],
]
const deaf = ['Fax', 'Pager']

/** What people write beside a number that must not be used. */
const warning =
  /\b(?:no\s+(?:texts?|txt|sms)|do\s*n[o']t\s+(?:use|call|text)|don't\s+(?:use|call|text)|disconnected|disc'?d|wrong(?:\s*(?:#|number|no\b))?|old|former|bad\s*(?:#|number)|not\s+in\s+service|out\s+of\s+service)/i

export interface Phones {
  good: PhonePoint[]
  rejected: CmsRejected[]
}

/**
 * What people put between two numbers. A comma before an extension and the slash of 212/555-0100 belong to one.
 */
const marks = /[;|&\n\r]|,(?!\s*(?:x|ext)\b)|(?<!\b\d{3})\/|\/(?!\d{3}[-. ]?\d{4})|\band\b|\bor\b/i

/** @param country two letters (ISO 3166-1), for numbers without a country code */
export function readPhones(field: string | null, country: string): Phones {
  const text = (field ?? '').normalize('NFKC').slice(0, longest).trim()
  const phones: Phones = { good: [], rejected: [] }
  for (const part of text.split(marks)) readPart(part.replace(/\s+/g, ' ').trim(), country, phones)
  if (text !== '' && phones.good.length + phones.rejected.length === 0)
    phones.rejected.push({ field: 'phone', label: null, value: text, reason: 'holds no phone number' })
  return phones
}

function readPart(text: string, country: string, phones: Phones): void {
  const found = findPhoneNumbersInText(text, { defaultCountry: country as CountryCode, extended: true })
  let rest = ''
  let end = 0
  for (const [at, { startsAt, endsAt }] of found.entries()) {
    const before = text.slice(end, startsAt)
    const after = text.slice(endsAt, found[at + 1]?.startsAt ?? text.length)
    rest += `${before} | `
    end = endsAt
    readOne(text.slice(startsAt, endsAt), remarksOf(before, after, at === 0), country, phones)
  }
  rest += text.slice(end)
  // Digits enough for a number that was not taken for one.
  for (const [value] of rest.matchAll(/\d[\d\s().-]{5,}\d/g)) {
    const read = parsePhone(value, country)
    const reason = read.ok ? 'can not be told from what stands around it' : read.reason
    phones.rejected.push({ field: 'phone', label: null, value, reason })
  }
}

function readOne(value: string, { label, warned }: Remarks, country: string, phones: Phones): void {
  const read = parsePhone(value, country)
  const reason =
    label !== null && deaf.includes(label)
      ? `a ${label.toLowerCase()} takes no texts`
      : warned !== null
        ? `is marked "${warned}"`
        : !read.ok
          ? read.reason
          : read.mobile === 'no'
            ? 'is a landline or an extension, which take no texts'
            : null
  if (reason !== null) phones.rejected.push({ field: 'phone', label, value, reason })
  else if (read.ok)
    phones.good.push({ address: read.e164, label, mobile: read.mobile === 'yes' || label === 'Mobile' })
}

interface Remarks {
  label: string | null
  /** The words that say that it must not be used. */
  warned: string | null
}

/**
 * A label stands right before its number, or right behind it in brackets; a warning on either side. Without a mark
 * between two numbers, the last word before the second is its label, and all else is about the first.
 */
function remarksOf(before: string, after: string, first: boolean): Remarks {
  const own = first ? before : (/(\S+\s*)$/.exec(before)?.[1] ?? '')
  const word = /([a-z]+)[\s.:#=)\]-]*$/i.exec(own)?.[1]
  const bracketed = /^\s*[([]\s*([a-z]+)\.?\s*[)\]]/i.exec(after)?.[1]
  const warned = warning.exec(own)?.[0] ?? warning.exec(after)?.[0] ?? null
  return { label: labelOf(word) ?? labelOf(bracketed), warned }
}

function labelOf(word: string | undefined): string | null {
  const small = word?.toLowerCase() ?? ''
  return labels.find(([pattern]) => pattern.test(small))?.[1] ?? null
}
