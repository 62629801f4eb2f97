/** A phone number or mail address as somebody at the firm types it. */
import type { Channel } from '../../kernel/index.ts'
import { parseMailAddress } from '../../kernel/mail-address.ts'
import { parsePhone } from '../../kernel/phone.ts'

/**
 * @param country ISO 3166-1 of numbers without a country code
 * @returns E.164 or the mail address; or why it is none that takes messages, in words that hold no address
 */
export function readTyped(
  channel: Channel,
  value: string,
  country: string,
): { ok: true; value: string } | { ok: false; reason: string } {
  if (channel === 'email') {
    const read = parseMailAddress(value)
    return read.ok ? { ok: true, value: read.address } : { ok: false, reason: `the address ${read.reason}` }
  }
  const read = parsePhone(value, country)
  if (!read.ok) return { ok: false, reason: `the number ${read.reason}` }
  return read.mobile === 'no'
    ? { ok: false, reason: 'the number is a landline or an extension, which take no texts' }
    : { ok: true, value: read.e164 }
}
