/** Why a message became a dead letter, as people group them, and what to do about each. */
import type { Schemas } from '../api/client.ts'

/**
 * Codes that say more than the cause does. Twilio's list of errors:
 * https://www.twilio.com/docs/api/errors
 */
const ofCode: Readonly<Record<string, string>> = {
  21211: 'bad_number',
  21614: 'landline',
  30006: 'landline',
  21610: 'blocked',
  30004: 'blocked',
  30007: 'filtered',
  30003: 'unreachable_phone',
  30005: 'bad_number',
  bounce: 'bad_mail',
  bounced: 'bad_mail',
}

type Letter = Pick<Schemas['DeadLetter'], 'cause' | 'code'>

/** @returns a key of the words `cause` and `advice`, or the API's own name for a cause they do not know */
export const causeOf = ({ cause, code }: Letter): string => ofCode[code ?? ''] ?? cause

/** Trying again would only fail again: something else must be done first. */
export const hopeless = (letter: Letter): boolean =>
  ['bad_number', 'landline', 'blocked', 'bad_mail'].includes(causeOf(letter))

/** Another number or address would help. */
export const misaddressed = (letter: Letter): boolean =>
  ['bad_number', 'landline', 'bad_mail', 'unreachable_phone', 'undelivered'].includes(causeOf(letter))

/** In the order in which they came; the newest group first, as the list has the newest letter first. */
export function byCause<T extends Letter>(letters: readonly T[]): { cause: string; letters: T[] }[] {
  const groups = new Map<string, T[]>()
  for (const letter of letters) {
    const cause = causeOf(letter)
    const group = groups.get(cause)
    if (group) group.push(letter)
    else groups.set(cause, [letter])
  }
  return [...groups].map(([cause, found]) => ({ cause, letters: found }))
}
