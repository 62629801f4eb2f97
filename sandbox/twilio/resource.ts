import { randomUUID } from 'node:crypto'
import type { Message } from '../core/messages.ts'

export type Status =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'received'
  | 'canceled'

/** A Message resource as Twilio keeps it. Times in ms. */
export type Resource = {
  sid: string
  to: string
  from: string
  body: string
  status: Status
  direction: 'inbound' | 'outbound-api' | 'outbound-reply'
  createdAt: number
  sentAt: number | null
  updatedAt: number
  errorCode: number | null
  errorMessage: string | null
  segments: number
  media: number
  serviceSid: string | null
  statusCallback: string | null
  /** What `GET /_sandbox/messages` shows of it; none for incoming texts. */
  log: Message | null
}

/** A new id: two letters and 32 hex digits. */
export function newSid(prefix: 'SM' | 'MM' | 'PN'): string {
  return prefix + randomUUID().replaceAll('-', '')
}

let lastSecond = -1
let lastText = ''

/** RFC 2822 date in GMT, as Twilio writes it: `Thu, 24 Aug 2023 05:01:45 +0000`. */
export function rfc2822(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastText = new Date(second * 1000).toUTCString().replace('GMT', '+0000')
  }
  return lastText
}

/** The resource as JSON, with the names and types of Twilio's spec. */
export function toJson(resource: Resource, accountSid: string): object {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${resource.sid}`
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: resource.body,
    date_created: rfc2822(resource.createdAt),
    date_sent: resource.sentAt === null ? null : rfc2822(resource.sentAt),
    date_updated: rfc2822(resource.updatedAt),
    direction: resource.direction,
    error_code: resource.errorCode,
    error_message: resource.errorMessage,
    from: resource.from,
    messaging_service_sid: resource.serviceSid,
    num_media: String(resource.media),
    num_segments: String(resource.segments),
    price: null,
    price_unit: 'USD',
    sid: resource.sid,
    status: resource.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: resource.to,
    uri: `${uri}.json`,
  }
}
