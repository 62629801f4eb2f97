/** Signed webhooks as a CMS sends them (Standard Webhooks), made before the clock runs. */
import { createHmac, randomUUID } from 'node:crypto'

/** Test values that open nothing but the sandbox; the carrier's is the sandbox's own. */
export const twilioToken = 'sandbox-twilio-auth-token'
const secret = Buffer.from('tipstaff-bench-webhook-key-00001')
export const hookSecret = `whsec_${secret.toString('base64')}`

/** The ring of bench/firm/statuses.yaml. */
const ring = ['Intake', 'Investigation', 'Demand Sent', 'Discovery', 'Mediation', 'Trial'] as const
export const offer = 'Settlement Offer'

/** What each matter's next status is: everyone starts at the ring's first. */
export class Progress {
  readonly #steps = new Map<number, number>()

  next(matter: number): string {
    const step = (this.#steps.get(matter) ?? 0) + 1
    this.#steps.set(matter, step)
    return ring[step % ring.length]!
  }
}

/**
 * @param matter number of the matter, as in people.ts
 * @returns the whole HTTP request, ready to be written to a socket
 */
export function webhook(connection: string, host: string, matter: number, status: string): Buffer {
  const id = `msg_${randomUUID().replaceAll('-', '')}`
  const now = new Date()
  const body = JSON.stringify({
    type: 'matter.updated',
    timestamp: now.toISOString(),
    data: {
      matter_id: `M${matter}`,
      updated_by: 'u-1138',
      previous_attributes: { status: 'whatever it was' },
      current_attributes: { status },
    },
  })
  const seconds = Math.floor(now.getTime() / 1000)
  const signature = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')
  return Buffer.from(
    `POST /hooks/${connection} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n` +
      `user-agent: bench-cms/1\r\nwebhook-id: ${id}\r\nwebhook-timestamp: ${seconds}\r\n` +
      `webhook-signature: v1,${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
