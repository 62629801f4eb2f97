import { z } from 'zod'
import { baseUrl, secret, timeoutMs } from '../settings.ts'

const fieldName = z.string().trim().min(1)

function isZone(text: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(text)
    return true
  } catch {
    return false
  }
}

/** What `connections[].settings` holds for `kind: clio`. */
export const clioSettings = z.strictObject({
  /** The region that the token belongs to: app, eu.app, ca.app or au.app (providers.md §4). */
  baseUrl: baseUrl.default('https://app.clio.com'),
  /** An access token. */
  token: secret,
  /** Country of phone numbers without a country code. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is not a country of two capital letters, such as US')
    .default('US'),
  /** Where the firm's days begin: Clio keeps no time of day for tasks, notes and communications. */
  timeZone: z.string().refine(isZone, 'is not an IANA time zone, such as America/New_York').default('UTC'),
  /** What the firm calls its own fields on a contact; Clio has none for these. */
  fields: z
    .strictObject({
      preference: fieldName.default('Contact preference'),
      timeZone: fieldName.default('Time zone'),
      language: fieldName.default('Language'),
      pause: fieldName.default('Pause automation'),
    })
    .prefault({}),
  timeoutMs,
})
export type ClioSettings = z.infer<typeof clioSettings>
