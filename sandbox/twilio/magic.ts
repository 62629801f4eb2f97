// Recipients that rehearse a failure. The table in sandbox/README.md is checked against this file by a test.
import { deliveryErrors } from './errors.ts'

/** What a magic recipient does. */
export type Magic =
  | { kind: 'refuse'; code: number }
  | { kind: 'undelivered'; code: number }
  | { kind: 'behave'; how: Behaviour }

export type Behaviour =
  | 'no receipt'
  | 'receipts out of order'
  | 'receipts doubled'
  | 'receipts before the answer'
  | 'sent, never delivered'
  | 'accepted, connection reset'
  | 'accepted, never answered'
  | 'every other one 30003'

const area = '+1500555'

/** Twilio's own test numbers keep their meaning. */
export const twilioOwn: Record<string, number> = {
  '0001': 21211,
  '0002': 21612,
  '0003': 21408,
  '0004': 21610,
  '0009': 21614,
}

/** `1nnn` is refused with code 20nnn, `2nnn` with 21nnn. */
export const refusals: Record<string, number> = {
  '1003': 20003,
  '1429': 20429,
  '1500': 20500,
  '1503': 20503,
  '2211': 21211,
  '2408': 21408,
  '2608': 21608,
  '2610': 21610,
  '2611': 21611,
  '2612': 21612,
  '2614': 21614,
}

export const behaviours: Record<string, Behaviour> = {
  '9001': 'no receipt',
  '9002': 'receipts out of order',
  '9003': 'receipts doubled',
  '9004': 'receipts before the answer',
  '9005': 'sent, never delivered',
  '9006': 'accepted, connection reset',
  '9007': 'accepted, never answered',
  '9008': 'every other one 30003',
}

/** The meaning of a recipient, or undefined for an ordinary one. `3nnn` is accepted, then fails with 30nnn. */
export function magicOf(to: string): Magic | undefined {
  if (!to.startsWith(area)) return undefined
  const last = to.slice(area.length)
  const code = twilioOwn[last] ?? refusals[last]
  if (code !== undefined) return { kind: 'refuse', code }
  const how = behaviours[last]
  if (how !== undefined) return { kind: 'behave', how }
  const receipt = 30_000 + Number(last.slice(1))
  if (last.startsWith('3') && receipt in deliveryErrors) return { kind: 'undelivered', code: receipt }
  return undefined
}

/** Twilio's own test senders. */
export const magicSenders: Record<string, number> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
}
