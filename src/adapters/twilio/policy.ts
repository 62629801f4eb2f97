/** What Twilio's codes mean for us. Sources: reference/providers.md §1, twilio.com/docs/api/errors. Pure. */
import type { SendVerdict } from '../../kernel/index.ts'
import type { ReceiptKind } from '../../modules/delivery/index.ts'
import { isRecord, parseJson, redact, retryAfter, textOf } from '../answers.ts'
import type { Answer } from '../transport.ts'

/** The contact point itself is bad, and why. */
const suppressions: Record<string, string> = {
  21211: 'invalid_number',
  21610: 'opted_out',
  21614: 'not_mobile',
  30004: 'blocked',
  30005: 'unknown_handset',
  30006: 'landline',
}

/** A bad moment of Twilio's, the carrier's or the handset's; 21611: our sender's queue is full. May go again. */
const passing = new Set(['20429', '21611', '30001', '30003', '30008'])

/**
 * The operator must act: credentials (20003), account suspended or not active (20005, 30002), a sender that is not
 * ours or can't send (21212, 21606, 21659, 21703), filtered by carriers (30007), unregistered 10DLC (30034).
 */
const operators = new Set(['20003', '20005', '21212', '21606', '21659', '21703', '30002', '30007', '30034'])

/** What a code says beside the failure itself; for answers and for receipts. */
export function policyOf(code: string): { suppress?: string; retryable?: true; page?: true } {
  const suppress = suppressions[code]
  return {
    ...(suppress === undefined ? {} : { suppress }),
    ...(passing.has(code) ? { retryable: true as const } : {}),
    ...(operators.has(code) ? { page: true as const } : {}),
  }
}

/**
 * The verdict on an answer that is not a success.
 * @param now milliseconds since the epoch, for a Retry-After that names a date
 */
export function verdictOfAnswer({ status, headers, body }: Answer, now: number): SendVerdict {
  const error = parseJson(body)
  const fields = isRecord(error) ? error : {}
  const code = typeof fields.code === 'number' ? String(fields.code) : `http_${status}`
  const detail = redact(textOf(fields.message) ?? `HTTP ${status}`)
  // A gateway timed out on Twilio's own inside, which may go on and accept the message (RFC 9110 §15.6.5).
  if (status === 504) return { kind: 'ambiguous', detail: `${code}: ${detail}` }
  const { suppress, retryable, page } = policyOf(code)
  if (status === 429 || status === 408 || status >= 500 || retryable) {
    const after = retryAfter(headers['retry-after'], now)
    return { kind: 'retry', code, detail, ...(after === undefined ? {} : { after }) }
  }
  // Neither Twilio's own refusal nor a success: wrong credentials or a wrong address, for which someone must act.
  const misdirected = status < 400 || status === 401 || status === 404 || status === 405
  return {
    kind: 'refused',
    code,
    detail,
    ...(suppress === undefined ? {} : { suppress }),
    ...(page || misdirected ? { page: true } : {}),
  }
}

/** Twilio's message status in our words; undefined for one that is not about an outgoing message, or not known. */
export function receiptKindOf(status: string): ReceiptKind | undefined {
  switch (status) {
    case 'accepted':
    case 'scheduled':
    case 'queued':
    case 'sending':
      return 'queued'
    case 'sent':
      return 'sent'
    // WhatsApp and RCS only; that it was read implies that it arrived.
    case 'read':
    case 'delivered':
      return 'delivered'
    case 'partially_delivered':
    case 'undelivered':
      return 'undelivered'
    case 'failed':
    case 'canceled':
      return 'failed'
    default:
      return undefined
  }
}
