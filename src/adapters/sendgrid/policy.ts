/** What SendGrid's answers mean for us (docs.sendgrid.com, "Mail Send errors" and "Event Webhook Reference"). Pure. */
import type { SendVerdict } from '../../kernel/index.ts'
import { isRecord, parseJson, redact, retryAfter, textOf } from '../answers.ts'
import type { Answer } from '../transport.ts'

/**
 * The verdict on an answer that is not a success.
 * @param now milliseconds since the epoch, for times that are given as dates
 */
export function verdictOfAnswer({ status, headers, body }: Answer, now: number): SendVerdict {
  const errors = errorsOf(body)
  const code = `http_${status}`
  const detail =
    redact(errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ')) || code
  // A gateway timed out on SendGrid's own inside, which may go on and accept the mail (RFC 9110 §15.6.5).
  if (status === 504) return { kind: 'ambiguous', detail: `${code}: ${detail}` }
  if (status === 429 || status === 408 || status >= 500) {
    const after =
      retryAfter(textOf(headers['retry-after']), now) ?? untilReset(textOf(headers['x-ratelimit-reset']), now)
    return { kind: 'retry', code, detail, ...(after === undefined ? {} : { after }) }
  }
  // 400 and 413 are about this mail; all else is about the account, the sender's identity or a wrong address.
  if (status !== 400 && status !== 413) return { kind: 'refused', code, detail, page: true }
  const badRecipient = errors.length > 0 && errors.every(({ field }) => recipientField.test(field))
  return { kind: 'refused', code, detail, ...(badRecipient ? { suppress: 'invalid_address' } : {}) }
}

const recipientField = /^personalizations\.\d+\.to\.\d+\.email$/

/** `X-RateLimit-Reset`: when the limit ends, in seconds since the epoch. */
function untilReset(header: string | undefined, now: number): number | undefined {
  const seconds = Math.ceil(Number(header) - now / 1000)
  return seconds > 0 ? seconds : undefined
}

function errorsOf(body: string): { field: string; message: string }[] {
  const parsed = parseJson(body)
  if (!isRecord(parsed) || !Array.isArray(parsed.errors)) return []
  return parsed.errors.filter(isRecord).map((error) => ({
    field: textOf(error.field) ?? '',
    message: textOf(error.message) ?? '',
  }))
}

/** Why SendGrid itself refused to deliver, where the reason speaks of the address. */
export function suppressionOfDrop(reason: string): string | undefined {
  switch (reason.toLowerCase()) {
    case 'bounced address':
      return 'bounced'
    case 'unsubscribed address':
      return 'unsubscribed'
    case 'spam reporting address':
      return 'spam_report'
    case 'invalid':
      return 'invalid_address'
    default:
      return undefined
  }
}
