/** Verifies and reads SendGrid's event webhook (twilio.com/docs/sendgrid/for-developers/tracking-events/event). */
import { type KeyObject, verify } from 'node:crypto'
import { isUuid, type RawRequest, type Refusal } from '../../kernel/index.ts'
import type { CallbackReader, Receipt } from '../../modules/delivery/index.ts'
import { isRecord, parseJson, redact, textOf } from '../answers.ts'
import { suppressionOfDrop } from './policy.ts'
import { attemptArgument } from './sender.ts'
import { readPublicKey, type SendgridSettings } from './settings.ts'

/**
 * SendGrid tries for 24 h; it is not documented whether a later try is signed anew. What protects against replay is
 * the event's own id; the age only has to end before our memory of those ids does (30 days).
 */
const oldestMs = 15 * 86_400_000

/** @param now milliseconds since the epoch, for the age of a signature */
export function createReader(settings: SendgridSettings, now: () => number): CallbackReader {
  const keys = [settings.webhookPublicKey].flat().map(readPublicKey)
  return {
    receipts(request) {
      const refusal = unverified(request, keys, now())
      if (refusal) return refusal
      const events = parseJson(Buffer.from(request.body).toString('utf8'))
      if (!Array.isArray(events))
        return { ok: false, status: 422, reason: 'the body is not a JSON array of events' }
      const receipts = events.map(receiptOf).filter((receipt) => receipt !== undefined)
      const skipped = events.length - receipts.length
      return skipped === 0 ? { ok: true, receipts } : { ok: true, receipts, skipped }
    },
  }
}

/** ECDSA over the timestamp header and the raw body. */
function unverified(request: RawRequest, keys: readonly KeyObject[], now: number): Refusal | undefined {
  const signature = request.headers['x-twilio-email-event-webhook-signature']
  const timestamp = request.headers['x-twilio-email-event-webhook-timestamp']
  if (!signature || !timestamp)
    return { ok: false, status: 401, reason: 'the signature or its timestamp is missing' }
  const signed = Buffer.concat([Buffer.from(timestamp), request.body])
  const bytes = Buffer.from(signature, 'base64')
  if (!keys.some((key) => verify('sha256', signed, key, bytes))) {
    return { ok: false, status: 403, reason: 'the signature does not match' }
  }
  const age = now - Number(timestamp) * 1000
  return age <= oldestMs ? undefined : { ok: false, status: 403, reason: 'the signature is too old' }
}

/** Undefined for what is not an event that we know, such as account_status_change. */
function receiptOf(event: unknown): Receipt | undefined {
  if (!isRecord(event)) return undefined
  const key = textOf(event.sg_event_id)
  const { timestamp } = event
  const seconds =
    typeof timestamp === 'number' || typeof timestamp === 'string' ? Number(timestamp) : Number.NaN
  const said = saidBy(event)
  if (key === undefined || said === undefined || !(seconds > 0 && seconds < 1e11)) return undefined
  const attempt = textOf(event[attemptArgument])
  // Before the first dot it is what X-Message-Id said; behind it the part of SendGrid that handled the mail.
  const providerMessageId = textOf(event.sg_message_id)?.split('.')[0]
  const detail = textOf(event.reason) ?? textOf(event.response)
  const code = textOf(event.status)
  return {
    key,
    at: Temporal.Instant.fromEpochMilliseconds(Math.trunc(seconds * 1000)),
    ...(attempt !== undefined && isUuid(attempt) ? { attemptId: attempt } : {}),
    ...(providerMessageId === undefined ? {} : { providerMessageId }),
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail: redact(detail) }),
    ...said,
  }
}

/** The event's meaning, and what follows from it for the address or the operator. */
function saidBy(event: Record<string, unknown>): Pick<Receipt, 'kind' | 'suppress' | 'page'> | undefined {
  const reason = textOf(event.reason) ?? ''
  switch (event.event) {
    case 'processed':
      return { kind: 'sent' }
    case 'deferred':
      return { kind: 'deferred' }
    case 'delivered':
      return { kind: 'delivered' }
    case 'bounce':
      // `blocked`: the server would not take it this time (reputation, content); the mailbox may well exist.
      return event.type === 'blocked' ? { kind: 'undelivered' } : { kind: 'bounced', suppress: 'bounced' }
    case 'dropped': {
      const suppress = suppressionOfDrop(reason)
      const page = reason.toLowerCase() === 'recipient list over package quota'
      return { kind: 'dropped', ...(suppress === undefined ? {} : { suppress }), ...(page ? { page } : {}) }
    }
    case 'open':
      return { kind: event.sg_machine_open === true ? 'machine_opened' : 'opened' }
    case 'click':
      return { kind: 'clicked' }
    case 'spamreport':
      return { kind: 'spam_report' }
    case 'unsubscribe':
    case 'group_unsubscribe':
      return { kind: 'unsubscribed' }
    case 'group_resubscribe':
      return { kind: 'resubscribed' }
    default:
      return undefined
  }
}
