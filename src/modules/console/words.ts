/** Small words for people: a moment in a zone, an address that tells enough and no more, the names of providers. */

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number) => String(n).padStart(2, '0')

/** @returns `Thu 15 Oct 14:32`, with the year where it is not the present one */
export function momentIn(zone: string, instant: string, now: Temporal.Instant): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  const year = at.year === now.toZonedDateTimeISO(zone).year ? '' : ` ${at.year}`
  return `${days[at.dayOfWeek - 1]} ${at.day} ${months[at.month - 1]}${year} ${two(at.hour)}:${two(at.minute)}`
}

/** @returns `…0142`, `a…@example.com`: enough to know which of a client's addresses is meant */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at > 0 ? `${address.slice(0, 1)}…${address.slice(at)}` : `…${address.slice(-4)}`
}

export const channelWord = (channel: string): string => (channel === 'sms' ? 'SMS' : 'mail')

const spelt: Readonly<Record<string, string>> = { sendgrid: 'SendGrid', ses: 'SES', smtp: 'SMTP' }

/** @param kind of a connection */
export const providerWord = (kind: string): string =>
  spelt[kind] ?? `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`

/** What others wrote must not move the cursor or change the colours of a terminal. */
export const harmless = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')
