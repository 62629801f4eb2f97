import { readSpec } from '../core/spec.ts'
import type { SendGridError } from './errors.ts'

export type Address = { email: string; name?: string }
export type Personalization = {
  to: Address[]
  cc?: Address[]
  bcc?: Address[]
  from?: Address
  subject?: string
  headers?: Record<string, string>
  custom_args?: Record<string, string>
  send_at?: number
}
type Toggle = { enable?: boolean }

/** A `POST /v3/mail/send` body that has passed `checkMail`. */
export type MailRequest = {
  personalizations: Personalization[]
  from: Address
  reply_to?: Address
  reply_to_list?: Address[]
  subject: string
  content: { type: string; value: string }[]
  attachments?: { content: string; filename: string; type?: string; disposition?: string }[]
  headers?: Record<string, string>
  categories?: string[]
  custom_args?: Record<string, string>
  send_at?: number
  asm?: { group_id: number }
  mail_settings?: { sandbox_mode?: Toggle }
  tracking_settings?: { open_tracking?: Toggle; click_tracking?: Toggle }
}

const checkSpec = readSpec('sendgrid-mail-send.json').at(
  'paths',
  '/v3/mail/send',
  'post',
  'requestBody',
  'content',
  'application/json',
  'schema',
)

const customArgsLimit = 10_000
const recipientLimit = 1000
const scheduleLimitS = 72 * 3600
// The API reference lists these as not to be overwritten.
const reservedHeaders = new Set([
  'x-sg-id',
  'x-sg-eid',
  'received',
  'dkim-signature',
  'content-type',
  'content-transfer-encoding',
  'to',
  'from',
  'subject',
  'reply-to',
  'cc',
  'bcc',
])

/** What is wrong with a body, in SendGrid's words, or undefined. `now` in ms. */
export function checkMail(body: unknown, now: number): SendGridError | undefined {
  const wrong = checkSpec(withoutTopArgs(body))
  if (wrong) return { message: wordsFor(wrong.field, wrong.message), field: wrong.field || null }
  const mail = body as MailRequest
  if (mail.personalizations.length === 0) {
    return error(
      'personalizations',
      'The personalizations field is required and must have at least one personalization.',
    )
  }
  return (
    checkContent(mail) ??
    checkArgs(mail.custom_args, 'custom_args') ??
    checkHeaders(mail.headers, 'headers') ??
    checkReplies(mail) ??
    checkSendAt(mail.send_at, 'send_at', now) ??
    first(mail.personalizations, (item, i) => checkPersonalization(item, `personalizations.${i}`, now))
  )
}

// The spec has a text here; the service and its SDK use an object (see specs/README.md).
function withoutTopArgs(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || !('custom_args' in body))
    return body
  const { custom_args: _, ...rest } = body
  return rest
}

function checkPersonalization(item: Personalization, at: string, now: number): SendGridError | undefined {
  if (item.to.length === 0)
    return error(
      `${at}.to`,
      'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
    )
  const all = [...item.to, ...(item.cc ?? []), ...(item.bcc ?? [])]
  if (all.length > recipientLimit)
    return error(`${at}.to`, `There is a limit of ${recipientLimit} recipients per personalization.`)
  const seen = new Set<string>()
  for (const { email } of all) {
    const key = email.toLowerCase()
    if (seen.has(key)) {
      return error(
        at,
        `Each email address in the personalization block should be unique between to, cc, and bcc. We found the first duplicate instance of [${email}] in the ${at} field.`,
      )
    }
    seen.add(key)
  }
  return (
    checkArgs(item.custom_args, `${at}.custom_args`) ??
    checkHeaders(item.headers, `${at}.headers`) ??
    checkSendAt(item.send_at, `${at}.send_at`, now)
  )
}

function checkContent(mail: MailRequest): SendGridError | undefined {
  if (mail.content.length === 0)
    return error('content', 'The content parameter is required, with at least one entry.')
  const order = mail.content.map(({ type }) => (type === 'text/plain' ? 0 : type === 'text/html' ? 1 : 2))
  for (let i = 1; i < order.length; i++) {
    if (order[i]! < order[i - 1]! || (order[i] === order[i - 1] && order[i]! < 2)) {
      return error(
        `content.${i}.type`,
        'If present, text/plain and text/html may only be provided once. The text/plain content must come first, followed by text/html, followed by any other content.',
      )
    }
  }
  return first(mail.attachments ?? [], (item, i) => {
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(item.content))
      return error(`attachments.${i}.content`, 'The attachment content must be base64 encoded.')
    return plainType.test(item.type ?? '')
      ? undefined
      : error(`attachments.${i}.type`, "The attachment type cannot contain ';', or CRLF characters.")
  })
}

// The method of an invitation is let through, a charset is not: seen by many (sendgrid-nodejs issue 1313, django-anymail
// issue 150), and nowhere in the reference.
const plainType = /^[^;\r\n]*(; ?method=[A-Za-z]+)?$/

function checkArgs(args: unknown, at: string): SendGridError | undefined {
  if (args === undefined) return undefined
  if (typeof args !== 'object' || args === null || Array.isArray(args))
    return error(at, 'Invalid type. Expected: object.')
  for (const [name, value] of Object.entries(args)) {
    if (typeof value !== 'string') return error(`${at}.${name}`, 'Invalid type. Expected: string.')
  }
  if (Buffer.byteLength(JSON.stringify(args)) <= customArgsLimit) return undefined
  return error(at, `The custom_args may not exceed ${customArgsLimit} bytes.`)
}

function checkHeaders(headers: unknown, at: string): SendGridError | undefined {
  for (const [name, value] of Object.entries((headers ?? {}) as Record<string, unknown>)) {
    if (reservedHeaders.has(name.toLowerCase()))
      return error(`${at}.${name}`, `The header ${name} is reserved and cannot be set.`)
    if (typeof value !== 'string') return error(`${at}.${name}`, 'Invalid type. Expected: string.')
    if (/[\r\n]/.test(name + value)) return error(`${at}.${name}`, 'A header may not contain a line break.')
  }
  return undefined
}

function checkReplies(mail: MailRequest): SendGridError | undefined {
  if (!mail.reply_to || !mail.reply_to_list) return undefined
  return error('reply_to', 'reply_to is mutually exclusive with reply_to_list.')
}

function checkSendAt(sendAt: number | undefined, at: string, now: number): SendGridError | undefined {
  if (sendAt === undefined || sendAt <= now / 1000 + scheduleLimitS) return undefined
  return error(at, 'Scheduling more than 72 hours in advance is forbidden.')
}

function wordsFor(field: string, message: string): string {
  if (field.endsWith('.email') || field === 'from.email') return 'Does not contain a valid address.'
  if (field === 'from')
    return 'The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.'
  if (field === 'personalizations')
    return 'The personalizations field is required and must have at least one personalization.'
  if (field === 'subject')
    return 'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.'
  if (field === 'content')
    return 'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.'
  return `Bad Request: ${message}`
}

function error(field: string, message: string): SendGridError {
  return { field, message }
}

function first<T>(
  items: readonly T[],
  check: (item: T, index: number) => SendGridError | undefined,
): SendGridError | undefined {
  for (let i = 0; i < items.length; i++) {
    const found = check(items[i]!, i)
    if (found) return found
  }
  return undefined
}
