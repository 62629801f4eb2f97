/** How to reach a person, and how they wish it, from what staff typed into a CMS. Pure; shared by all CMS adapters. */
import { parseMailAddress } from '../kernel/mail-address.ts'
import { parsePhone } from '../kernel/phone.ts'
import { normaliseStatus } from '../kernel/text.ts'
import type { CmsContactPoint, CmsRejected } from '../modules/connections/index.ts'

/** A number or an address as its system lists it. */
export interface ListedPoint {
  value: string | null
  /** What the system calls it: Mobile, Work. */
  label: string | null
  primary: boolean
}

export interface Points {
  points: CmsContactPoint[]
  rejected: CmsRejected[]
}

/** Yes in whatever kind of field the firm made for it. */
export const isYes = (text: string | null): boolean =>
  text !== null && ['true', 'yes', 'y', '1', 'on', 'x', 'si', 'paused'].includes(normaliseStatus(text))

export const blankless = (text: string | null | undefined): string | null => {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

/**
 * What takes texts best comes first: a mobile, then the primary number, then the others as listed.
 *
 * @param country two capital letters, for numbers without a country code
 */
export function phonePoints(listed: readonly ListedPoint[], country: string): Points {
  const rejected: CmsRejected[] = []
  const good: { address: string; label: string | null; order: number }[] = []
  for (const entry of listed) {
    const value = blankless(entry.value)
    if (value === null) continue
    const label = blankless(entry.label)
    const reject = (reason: string) => rejected.push({ field: 'phone', label, value, reason })
    if (/^(fax|pager|skype)$/i.test(label ?? '')) {
      reject(`a ${label?.toLowerCase()} takes no texts`)
      continue
    }
    const read = parsePhone(value, country)
    if (!read.ok) reject(read.reason)
    else if (read.mobile === 'no') reject('is a landline or an extension, which take no texts')
    else {
      const isMobile = read.mobile === 'yes' || /mobile|cell/i.test(label ?? '')
      good.push({ address: read.e164, label, order: (isMobile ? 0 : 2) + (entry.primary ? 0 : 1) })
    }
  }
  return { points: ranked('sms', good), rejected }
}

/** The primary address first, then the others as listed. */
export function mailPoints(listed: readonly ListedPoint[]): Points {
  const rejected: CmsRejected[] = []
  const good: { address: string; label: string | null; order: number }[] = []
  for (const entry of listed) {
    const value = blankless(entry.value)
    if (value === null) continue
    const label = blankless(entry.label)
    const read = parseMailAddress(value)
    if (read.ok) good.push({ address: read.address, label, order: entry.primary ? 0 : 1 })
    else rejected.push({ field: 'email', label, value, reason: read.reason })
  }
  return { points: ranked('email', good), rejected }
}

function ranked(
  channel: 'sms' | 'email',
  list: readonly { address: string; label: string | null; order: number }[],
): CmsContactPoint[] {
  const seen = new Set<string>()
  return [...list]
    .sort((a, b) => a.order - b.order)
    .filter(({ address }) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()))
    .map(({ address, label }, rank) => ({ channel, address, label, rank }))
}

export interface ReadField {
  value: string | null
  rejected: CmsRejected[]
}

/** Names of zones as typed, by the runtime's spelling: few, and asking it for each of thousands of clients takes long. */
const zones = new Map<string, string>()
const mostZones = 1_000

export function readZone(text: string | null): ReadField {
  if (text === null) return { value: null, rejected: [] }
  const known = zones.get(text)
  if (known !== undefined) return { value: known, rejected: [] }
  try {
    // The runtime's own spelling; offsets such as +05:00 know no summer time and are refused.
    const zone = Temporal.Now.zonedDateTimeISO(text).timeZoneId
    if (!/^[+-]/.test(zone)) {
      if (zones.size < mostZones) zones.set(text, zone)
      return { value: zone, rejected: [] }
    }
  } catch {
    // Said below, with the value.
  }
  return {
    value: null,
    rejected: [{ field: 'time_zone', label: null, value: text, reason: 'is not an IANA time zone' }],
  }
}

/** What staff type where a language is asked for. */
const languageNames: Readonly<Record<string, string>> = {
  english: 'en',
  ingles: 'en',
  spanish: 'es',
  espanol: 'es',
}

export function readLanguage(text: string | null): ReadField {
  if (text === null || /^[a-z]{2}$/.test(text)) return { value: text, rejected: [] }
  const word = normaliseStatus(text)
  const value = languageNames[word] ?? /^([a-z]{2})(?: [a-z0-9]{2,8})*$/.exec(word)?.[1]
  if (value !== undefined) return { value, rejected: [] }
  return {
    value: null,
    rejected: [{ field: 'language', label: null, value: text, reason: 'is not a language we know' }],
  }
}
