/** Names, as typed. Pure. */
import type { SurveyedClient } from '../connections/index.ts'
import type { Fault } from './judge-points.ts'

/** UTF-8 that was read as windows-1252: é became Ã©, ’ became â€™. */
const mojibake = /[ÃÂ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|â€[\u0080-\u2122]?|ï¿½|\ufffd/u
const pictures = /\p{Extended_Pictographic}/u
/** Joiners belong to names in several scripts. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}]/u
const placeholder =
  /\b(do\s*not\s*use|don'?t\s*use|dummy|placeholder|delete\s*me|to\s*be\s*deleted|asdf+|xxx+|duplicate)\b|^\s*(test(\s+(test|client|user|contact|person|matter|record))?|unknown|n\/?a|tbd|none|new\s+client)\s*\d*\s*$/iu
const company =
  /(?:^|[\s,])(llc|l\.l\.c\.?|inc\.?|incorporated|corp\.?|corporation|ltd\.?|limited|llp|l\.l\.p\.?|pllc|gmbh|plc|lp|co\.)$/iu
/** What follows a comma and is no first name. */
const afterComma = /^\s*(jr|sr|i{1,3}|iv|esq|md|m\.d|phd|ph\.d|dds|cpa|rn|do|jd)\.?\s*$/iu

export function judgeName(client: SurveyedClient): Fault[] {
  const parts = client.company ? [client.name] : [client.firstName, client.lastName].filter((p) => p !== null)
  const typed = parts.length > 0 ? parts : [client.name]
  const whole = typed.join(' ')
  const fault = (kind: Fault['kind'], reason: string, suggestion: string | null = null): Fault[] => [
    { kind, field: 'name', value: whole, reason, suggestion },
  ]
  if (whole.trim() === '') return [{ ...fault('name_missing', 'is empty')[0]!, value: null }]
  // The first that fits: a damaged name is not judged for its capitals.
  if (mojibake.test(whole)) return fault('name_mojibake', 'was damaged by a wrong encoding', unharmed(whole))
  if (unseen.test(whole)) return fault('name_characters', 'holds invisible characters')
  if (pictures.test(whole)) return fault('name_characters', 'holds an emoji')
  if (placeholder.test(whole)) return fault('name_placeholder', 'says that it is no client')
  if ((whole.match(/\d/g)?.length ?? 0) >= 7) return fault('phone_in_name', 'holds a number')
  if (!client.company) {
    if (company.test(whole.trim())) return fault('name_company', 'ends as the name of a company does')
    const [, after] = /^[^,]+,(.*)$/u.exec(typed.at(-1) ?? '') ?? []
    if (after !== undefined && after.trim() !== '' && !afterComma.test(after))
      return fault('name_order', 'has the last name first', turned(typed.at(-1)!))
    if (isShouting(typed)) return fault('name_shouting', 'is in capitals only', calm(whole))
  }
  if (typed.some((part) => /\s{2,}|^\s|\s$/u.test(part)))
    return fault('name_spacing', 'holds blanks too many', whole.replace(/\s+/gu, ' ').trim())
  return []
}

/** Initials and two-letter names are no shouting: at least one word of four letters or two of three. */
function isShouting(parts: readonly string[]): boolean {
  const words = parts.flatMap((part) => part.match(/\p{L}{2,}/gu) ?? [])
  const letters = words.join('')
  if (letters.length < 6 || letters !== letters.toUpperCase() || letters === letters.toLowerCase())
    return false
  return words.some((word) => word.length >= 4)
}

const calm = (text: string): string =>
  text.toLowerCase().replace(/(^|[\s'’-])\p{L}/gu, (start) => start.toUpperCase())

const turned = (text: string): string => {
  const [last = '', first = ''] = text.split(',')
  return `${first.trim()} ${last.trim()}`.trim()
}

/** What windows-1252 has between 0x80 and 0x9f. */
const cp1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** The text as it was, where that can be told. */
function unharmed(text: string): string | null {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0)!
    const high = cp1252.indexOf(character)
    if (code < 256) bytes.push(code)
    else if (high >= 0) bytes.push(0x80 + high)
    else return null
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return null
  }
}
