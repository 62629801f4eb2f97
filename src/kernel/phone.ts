/** Phone numbers as people type them, made into the one form that carriers take. */
import {
  type CountryCode,
  isSupportedCountry,
  type NumberType,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/max'

export type PhoneVerdict =
  /** `mobile`: in North America numbers do not tell (maybe). */
  { ok: true; e164: string; mobile: 'yes' | 'no' | 'maybe' } | { ok: false; reason: string }

/** Direction marks and invisible characters come along when numbers are copied from a phone's address book. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
const allowed = /^[0-9+().\-/ ]+$/
const extension = /[\s,;]*(?:ext\.?|extension|x|#)\s*\d{1,7}$/i

/**
 * @param text as the CMS has it
 * @param defaultCountry two letters (ISO 3166-1), for numbers without a country code
 * @returns E.164, or why the number can't be used, in words fit for staff
 */
export function parsePhone(text: string, defaultCountry: string): PhoneVerdict {
  const country = defaultCountry.toUpperCase()
  if (!isSupportedCountry(country)) return no(`there is no country ${defaultCountry}`)
  const typed = text
    .replace(invisible, '')
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .replace(/\p{Pd}/gu, '-')
    .trim()
  if (typed === '') return no('is empty')
  const main = typed.replace(extension, '')
  // Another script's digits, or O for 0, look right and are dialled wrong.
  if (/[^\p{ASCII}]/u.test(main)) return no('holds characters that only look like digits')
  if (/[a-z]/i.test(main)) return no('holds letters')
  if (!allowed.test(main)) return no('holds characters that do not belong into a phone number')
  return read(main, country, main !== typed)
}

function read(main: string, country: CountryCode, extended: boolean): PhoneVerdict {
  try {
    const number = parsePhoneNumberWithError(main, { defaultCountry: country, extract: false })
    if (!number.isValid()) return no('is not a number that is in use')
    const type = number.getType()
    if (type === 'PREMIUM_RATE' || type === 'SHARED_COST') return no('is a premium number')
    return { ok: true, e164: number.number, mobile: extended ? 'no' : isMobile(type) }
  } catch (error) {
    return no(reasons[error instanceof Error ? error.message : ''] ?? 'is not a phone number')
  }
}

const reasons: Record<string, string> = {
  TOO_SHORT: 'is too short',
  TOO_LONG: 'is too long, or two numbers in one field',
  INVALID_LENGTH: 'has the wrong length',
  INVALID_COUNTRY: 'has no country code that exists',
}

/** Toll-free and voice-over-IP numbers may take texts, so they are not ruled out. */
function isMobile(type: NumberType): 'yes' | 'no' | 'maybe' {
  if (type === 'MOBILE') return 'yes'
  if (type === 'FIXED_LINE' || type === 'PAGER' || type === 'UAN' || type === 'VOICEMAIL') return 'no'
  return 'maybe'
}

const no = (reason: string): PhoneVerdict => ({ ok: false, reason })
