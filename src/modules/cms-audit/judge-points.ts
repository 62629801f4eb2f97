/** Mail addresses and phone numbers, as typed. Pure. */
import { parseMailAddress } from '../../kernel/mail-address.ts'
import { parsePhone } from '../../kernel/phone.ts'
import type { SurveyedClient } from '../connections/index.ts'
import type { Bench, Finding } from './types.ts'
import { meantDomain } from './typos.ts'

export type Fault = Pick<Finding, 'kind' | 'field' | 'value' | 'reason' | 'suggestion'>

export interface Judged {
  faults: Fault[]
  /** What can be used; a misspelt address can't, though a server would take it. */
  good: string[]
}

/** Words that people type where there must be an address. */
const nobody =
  /^(no[-_.]?(e?mail|one|address)?|none|na|n\.?a|unknown|test(ing)?|x+|asdf+|nil|null|noreply|no-?reply)$/i

export function judgeMails(client: SurveyedClient): Judged {
  const faults: Fault[] = []
  const good: string[] = []
  for (const { value } of client.mails) {
    if (value.trim() === '') continue
    const fault = (kind: Fault['kind'], reason: string, suggestion: string | null = null) =>
      faults.push({ kind, field: 'email', value, reason, suggestion })
    const read = parseMailAddress(value)
    if (!read.ok) {
      fault('mail_unusable', several(value) ? 'holds more than one address' : read.reason, mended(value))
      continue
    }
    const [local = '', domain = ''] = read.key.split('@')
    const name = domain.split('.')[0] ?? ''
    if (nobody.test(local) && (nobody.test(name) || /^(test|none|no)/.test(local) || name === 'email'))
      fault('mail_placeholder', 'is no address of a person')
    else if (/^(none|no-?e?mail|unknown|noaddress)$/.test(name)) fault('mail_placeholder', 'is of no domain')
    else {
      const meant = meantDomain(domain)
      if (meant === null) good.push(read.key)
      else fault('mail_typo', `is at ${domain}; perhaps ${meant} is meant`, `${local}@${meant}`)
    }
  }
  return { faults, good }
}

const several = (value: string): boolean => (value.match(/@/g)?.length ?? 0) > 1

/** Only where nothing has to be guessed. */
function mended(value: string): string | null {
  const read = parseMailAddress(
    value
      .trim()
      .replace(/[.,;]+$/, '')
      .replace(/^mailto:/i, ''),
  )
  return read.ok ? read.address : null
}

const isMobile = (label: string | null): boolean => /mobile|cell|handy|text/i.test(label ?? '')
const isFax = (label: string | null): boolean => /fax/i.test(label ?? '')

export function judgePhones(client: SurveyedClient, bench: Pick<Bench, 'country'>): Judged {
  const faults: Fault[] = []
  const good: string[] = []
  const faxes = new Set<string>()
  for (const { label, value } of client.phones) {
    if (isFax(label)) faxes.add(digits(value).slice(-10))
  }
  for (const { label, value } of client.phones) {
    if (value.trim() === '' || isFax(label)) continue
    const fault = (kind: Fault['kind'], reason: string) =>
      faults.push({ kind, field: 'phone', value, reason, suggestion: null })
    const read = parsePhone(value, bench.country)
    if (isPlaceholder(value)) fault('phone_placeholder', 'is no number of a person')
    else if (!read.ok) fault('phone_unusable', read.reason)
    else if (faxes.has(digits(value).slice(-10)) && isMobile(label))
      fault('phone_fax', 'is listed as a fax, too')
    else if (read.mobile === 'no') {
      // A landline that is called one is no dirt; it just takes no texts.
      if (isMobile(label)) fault('phone_landline', 'is a landline or an extension, which take no texts')
    } else good.push(read.e164)
  }
  return { faults, good }
}

const digits = (text: string): string => text.replace(/\D/g, '')

/** 000-000-0000, 555-555-5555, 123-456-7890, directory assistance. */
function isPlaceholder(value: string): boolean {
  if (/[a-z]/i.test(value)) return false
  const all = digits(value).replace(/^1(?=\d{10}$)/, '')
  if (all.length < 7) return /^(\d)\1{3,}$/.test(all)
  return /^(\d)\1+$/.test(all) || /^(0?123456789|1234567)\d?$/.test(all) || /^\d{3}5551212$/.test(all)
}
