import { createHmac } from 'node:crypto'
import { invalid, type Refusal } from './errors.ts'

/** Headers of one attempt by the Standard Webhooks specification; the id stays the same over retries. */
export function standardHeaders(
  secret: string,
  id: string,
  nowMs: number,
  body: string,
): Record<string, string> {
  const timestamp = Math.floor(nowMs / 1_000)
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` }
}

/** Checks a signing secret: `whsec_` and 24 to 64 bytes in base64 (Standard Webhooks, "Signature scheme"). */
export function readSecret(value: unknown): string | Refusal {
  const bytes =
    typeof value === 'string' && value.startsWith('whsec_')
      ? Buffer.from(value.slice('whsec_'.length), 'base64').byteLength
      : 0
  return typeof value === 'string' && bytes >= 24 && bytes <= 64
    ? value
    : invalid('secret', 'must be whsec_ followed by 24 to 64 bytes in base64')
}

/** Checks the address of a receiver that a rehearsal registers: any http or https URL. */
export function readReceiverUrl(value: unknown): string | Refusal {
  const url = typeof value === 'string' ? URL.parse(value) : null
  return typeof value === 'string' && (url?.protocol === 'http:' || url?.protocol === 'https:')
    ? value
    : invalid('url', 'must be an http or https address')
}
