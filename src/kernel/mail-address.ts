/** Mail addresses: normalised, and refused only where no mail server could take them. Whether one exists, only mail tells. */
import { domainToASCII } from 'node:url'

export type MailAddressVerdict =
  | {
      ok: true
      /** As it is written to: the local part untouched, the domain in lower case and ASCII. */
      address: string
      /** For comparing: nobody runs two mailboxes that differ in case only. */
      key: string
    }
  | { ok: false; reason: string }

/** RFC 5321 §4.5.3.1: 64 octets before the @; 254 in all, since a path of 256 holds two brackets. */
const longest = { local: 64, all: 254 }

/** Invisible and direction characters make an address look like another one. */
const deceptive = /[\p{C}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u

/**
 * @param text as typed; blanks around it are dropped
 * @returns the address, or why it can't be used, in words fit for staff
 */
export function parseMailAddress(text: string): MailAddressVerdict {
  // Line breaks at the ends are dropped by trim and would hide an attempt at header injection.
  if (/[\r\n]/.test(text)) return no('holds a line break')
  const typed = text.trim()
  if (typed === '') return no('is empty')
  if (deceptive.test(typed)) return no('holds invisible characters')
  if (/\s/u.test(typed)) return no('holds a blank')
  const [local, host, ...more] = typed.split('@')
  if (local === undefined || host === undefined) return no('has no @')
  if (more.length > 0) return no('has more than one @')
  if (local === '') return no('has nothing before the @')
  if (/["(),:;<>[\]\\]/.test(typed)) return no('holds characters that do not belong into an address')
  if (/^\.|\.$|\.\./.test(local)) return no('has a dot where none may be')
  const domain = asciiDomain(host)
  if (domain === null) return no('has no domain after the @')
  const address = `${local}@${domain}`
  if (Buffer.byteLength(local) > longest.local || Buffer.byteLength(address) > longest.all)
    return no('is too long')
  return { ok: true, address, key: address.toLowerCase() }
}

/** Dotted names only: a bare host or an IP address is nobody's mailbox. */
function asciiDomain(host: string): string | null {
  const ascii = domainToASCII(host.normalize('NFC').toLowerCase())
  const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
  const labels = ascii.split('.')
  const top = labels.at(-1) ?? ''
  if (labels.length < 2 || !labels.every((part) => label.test(part)) || /^\d+$/.test(top)) return null
  return ascii
}

const no = (reason: string): MailAddressVerdict => ({ ok: false, reason })
