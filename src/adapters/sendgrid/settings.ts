import { createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { baseUrl, secret, textOrReference, timeoutMs } from '../settings.ts'

const mailAddress = z.email('is not a mail address')
const publicKey = textOrReference(isPublicKey, 'is not a verification key: base64, as SendGrid shows it')

/** What `connections[].settings` holds for `kind: sendgrid`. */
export const sendgridSettings = z.strictObject({
  apiKey: secret,
  from: z.strictObject({ email: mailAddress, name: z.string().optional() }),
  replyTo: z.strictObject({ email: mailAddress, name: z.string().optional() }).optional(),
  /** The event webhook's verification key; two while it is being replaced. */
  webhookPublicKey: z.union([publicKey, z.array(publicKey).min(1).max(2)]),
  /** Off unless asked for: opens are seen by a picture, clicks by rewriting links through SendGrid. */
  tracking: z
    .strictObject({ opens: z.boolean().default(false), clicks: z.boolean().default(false) })
    .default({ opens: false, clicks: false }),
  baseUrl: baseUrl.optional(),
  timeoutMs,
})
export type SendgridSettings = z.infer<typeof sendgridSettings>

/** @param base64 a public key as SPKI in DER, which is what SendGrid's settings page shows */
export function readPublicKey(base64: string): KeyObject {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
}

function isPublicKey(base64: string): boolean {
  try {
    return readPublicKey(base64).asymmetricKeyType === 'ec'
  } catch {
    return false
  }
}
