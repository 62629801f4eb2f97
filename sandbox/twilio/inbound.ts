import { randomUUID } from 'node:crypto'
import type { PostResult } from '../core/deps.ts'
import { type OptOutWord, optOutReplies, optOutWord } from './optout.ts'
import { postSigned, startLife } from './receipts.ts'
import { newSid, type Resource } from './resource.ts'
import { segmentCount } from './segments.ts'
import type { Twilio } from './state.ts'
import { repliesIn } from './twiml.ts'

/** What became of a client's text. `webhook` is undefined when the number has no SmsUrl. */
export type Heard = { sid: string; word: OptOutWord | undefined; webhook: Promise<PostResult | undefined> }

/** A client texts one of the account's numbers. */
export function hearText(twilio: Twilio, text: { from: string; to: string; body: string }): Heard {
  const resource = keep(twilio, text, 'inbound', 'received')
  const word = optOutWord(text.body)
  if (word) actOn(twilio, word, text.from, text.to)
  const webhook = callNumber(twilio, resource, word).then((result) => {
    if (result && result.status >= 200 && result.status < 300) {
      for (const reply of repliesIn(result.headers['content-type'] ?? '', result.body)) {
        sayBack(twilio, { from: text.to, to: reply.to ?? text.from, body: reply.body }, 'twiml')
      }
    }
    return result
  })
  return { sid: resource.sid, word, webhook }
}

// Twilio confirms a change once; HELP is answered each time.
function actOn(twilio: Twilio, word: OptOutWord, client: string, number: string): void {
  const changed = word === 'HELP' || twilio.optOuts.set(client, number, word === 'STOP')
  if (word !== 'HELP') twilio.optOuts.set(client, twilio.account.serviceSid, word === 'STOP')
  if (changed) sayBack(twilio, { from: number, to: client, body: optOutReplies[word] }, 'opt-out-reply')
}

async function callNumber(
  twilio: Twilio,
  resource: Resource,
  word: OptOutWord | undefined,
): Promise<PostResult | undefined> {
  const url = twilio.account.numbers.get(resource.to)?.smsUrl
  if (!url) return undefined
  const { inboundRetryMs, inboundTimeoutMs, advancedOptOut } = twilio.core.settings.twilio
  const params: Record<string, string> = {
    ToCountry: 'US',
    ToState: '',
    SmsMessageSid: resource.sid,
    NumMedia: '0',
    ToCity: '',
    FromZip: '',
    SmsSid: resource.sid,
    FromState: '',
    SmsStatus: 'received',
    FromCity: '',
    Body: resource.body,
    FromCountry: 'US',
    To: resource.to,
    ToZip: '',
    NumSegments: String(resource.segments),
    MessageSid: resource.sid,
    AccountSid: twilio.account.sid,
    From: resource.from,
    ApiVersion: '2010-04-01',
  }
  if (advancedOptOut) {
    params.MessagingServiceSid = twilio.account.serviceSid
    if (word) params.OptOutType = word
  }
  return postSigned(twilio, url, params, {
    headers: { 'i-twilio-idempotency-token': randomUUID() },
    timeoutMs: inboundTimeoutMs,
    retryMs: inboundRetryMs,
  })
}

// The carrier's own words are let through; a TwiML reply to someone who opted out is not (error 21610).
function sayBack(
  twilio: Twilio,
  text: { from: string; to: string; body: string },
  origin: 'opt-out-reply' | 'twiml',
): void {
  if (origin === 'twiml' && twilio.optOuts.has(text.to, text.from)) return
  const resource = keep(twilio, text, 'outbound-reply', 'queued')
  resource.log = twilio.core.messages.add({
    provider: 'twilio',
    providerMessageId: resource.sid,
    channel: 'sms',
    to: text.to,
    from: text.from,
    subject: null,
    text: text.body,
    html: null,
    reference: null,
    acceptedAt: new Date(resource.createdAt).toISOString(),
    status: 'queued',
    origin,
  })
  startLife(twilio, resource, undefined)
}

function keep(
  twilio: Twilio,
  text: { from: string; to: string; body: string },
  direction: 'inbound' | 'outbound-reply',
  status: 'received' | 'queued',
): Resource {
  const now = twilio.core.now()
  const resource: Resource = {
    sid: newSid('SM'),
    to: text.to,
    from: text.from,
    body: text.body,
    status,
    direction,
    createdAt: now,
    sentAt: direction === 'inbound' ? now : null,
    updatedAt: now,
    errorCode: null,
    errorMessage: null,
    segments: segmentCount(text.body),
    media: 0,
    serviceSid: null,
    statusCallback: null,
    log: null,
  }
  twilio.store.add(resource)
  twilio.core.announce({ type: 'text', about: direction === 'inbound' ? text.from : text.to })
  return resource
}
