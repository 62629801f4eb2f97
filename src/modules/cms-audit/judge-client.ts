/** One client: names, addresses, wishes. Pure. */
import { normaliseStatus } from '../../kernel/text.ts'
import type { SurveyedClient } from '../connections/index.ts'
import { judgeName } from './judge-name.ts'
import { type Fault, judgeMails, judgePhones } from './judge-points.ts'
import type { Bench } from './types.ts'

export interface JudgedClient {
  faults: Fault[]
  phones: string[]
  mails: string[]
}

const wishes: Readonly<Record<string, readonly ('sms' | 'email')[]>> = {
  sms: ['sms'],
  text: ['sms'],
  email: ['email'],
  mail: ['email'],
  both: ['sms', 'email'],
  none: [],
}
const yes = new Set(['true', 'yes', 'y', '1', 'on', 'x', 'si', 'paused'])
const no = new Set(['false', 'no', 'n', '0', 'off', ''])
/** Names of languages that are taken beside codes. */
const languages = new Set(['english', 'ingles', 'spanish', 'espanol'])

export function judgeClient(client: SurveyedClient, bench: Bench): JudgedClient {
  const phones = judgePhones(client, bench)
  const mails = judgeMails(client)
  const faults: Fault[] = [...judgeName(client), ...phones.faults, ...mails.faults]
  const fault = (kind: Fault['kind'], field: string, value: string | null, reason: string) =>
    faults.push({ kind, field, value, reason })
  const reach = { sms: phones.good.length > 0, email: mails.good.length > 0 }
  const wish = client.preference === null ? null : wishes[client.preference.trim().toLowerCase()]
  if (wish === null) fault('preference_missing', 'preference', null, 'is empty')
  else if (wish === undefined)
    fault('preference_unknown', 'preference', client.preference, 'is not SMS, Email, Both or None')
  // Whoever wants to hear nothing need not be reachable; what is wrong with an address is said of the address.
  else if (wish.length > 0 && !wish.some((channel) => reach[channel])) {
    const given = wish.some((channel) => (channel === 'sms' ? client.phones : client.mails).length > 0)
    if (reach.sms || reach.email)
      fault('preference_unmet', 'preference', client.preference, given ? needs(wish, 'usable ') : needs(wish))
  }
  if (!reach.sms && !reach.email && (wish == null || wish.length > 0))
    fault('client_unreachable', 'contact', null, 'has no phone number or mail address that can be used')
  if (client.timeZone !== null) faults.push(...judgeZone(client.timeZone))
  if (client.language !== null && !knowsLanguage(client.language))
    fault('language_unknown', 'language', client.language, 'is not a language we know')
  const pause = client.pause === null ? '' : normaliseStatus(client.pause)
  if (!yes.has(pause) && !no.has(pause))
    fault('pause_unclear', 'pause', client.pause, 'says neither yes nor no')
  return { faults, phones: phones.good, mails: mails.good }
}

const needs = (wish: readonly string[], how = ''): string =>
  wish.includes('sms')
    ? `asks for texts, and there is no ${how}mobile number`
    : `asks for mail, and there is no ${how}address`

function judgeZone(value: string): Fault[] {
  const known = zoneOf(value)
  const base = { field: 'time_zone', value }
  if (known === null || /^[+-]/.test(known))
    return [{ ...base, kind: 'zone_unknown', reason: 'is not an IANA time zone' }]
  if (/^(EST|MST|HST|Etc\/GMT[+-]\d+)$/i.test(value.trim()))
    return [{ ...base, kind: 'zone_fixed', reason: 'knows no summer time' }]
  return []
}

/** The runtime's own spelling, or null. */
export function zoneOf(value: string): string | null {
  const known = zones.get(value)
  if (known !== undefined) return known
  let zone: string | null = null
  try {
    zone = new Temporal.ZonedDateTime(0n, value.trim()).timeZoneId
  } catch {
    // Said by whoever asks.
  }
  if (zones.size < 1000) zones.set(value, zone)
  return zone
}
/** Everybody lives in the same few, and asking the runtime takes its time. */
const zones = new Map<string, string | null>()

export function knowsLanguage(value: string): boolean {
  const word = normaliseStatus(value)
  if (languages.has(word)) return true
  const code = /^([a-z]{2})(?: [a-z0-9]{2,8})*$/.exec(word)?.[1]
  return code !== undefined && names.of(code) !== code
}
const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })
