import { createHmac } from 'node:crypto'

/**
 * Signs a webhook as standardwebhooks.com says (version 1, symmetric): HMAC-SHA-256 over `id.timestamp.body`.
 *
 * @param secret `whsec_` and 24 to 64 bytes in base64
 * @param at seconds are what counts
 * @returns the three headers; @throws TypeError when the secret has another form
 */
export function signWebhook(
  secret: string,
  id: string,
  at: Temporal.Instant,
  body: string,
): Record<string, string> {
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000))
  const mac = createHmac('sha256', secretBytes(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }
}

function secretBytes(secret: string): Buffer {
  const match = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)
  const bytes = Buffer.from(match?.[1] ?? '', 'base64')
  if (bytes.length < 24 || bytes.length > 64) {
    throw new TypeError('the webhook secret is not whsec_ followed by 24 to 64 bytes in base64')
  }
  return bytes
}
