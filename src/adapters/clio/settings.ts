import { z } from 'zod'
import { baseUrl, secret, textOrReference, timeoutMs } from '../settings.ts'

function isZone(text: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(text)
    return true
  } catch {
    return false
  }
}

const fieldName = z.string().trim().min(1)

/** Tokens belong to the region in which they were given (providers.md §4). */
const hosts = {
  us: 'https://app.clio.com',
  eu: 'https://eu.app.clio.com',
  ca: 'https://ca.app.clio.com',
  au: 'https://au.app.clio.com',
} as const

const given = z.strictObject({
  region: z.enum(['us', 'eu', 'ca', 'au'], { error: 'is not a region of Clio: us, eu, ca or au' }).optional(),
  /** In place of a region: the sandbox, or a proxy. */
  baseUrl: baseUrl.optional(),
  /** An access token, for who has one; nobody renews it. */
  token: secret.optional(),
  /** The app that a person lets in by OAuth: `npx tipstaff connect`. */
  clientId: textOrReference((text) => text.length > 0, 'must not be empty').optional(),
  clientSecret: secret.optional(),
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

/** What `connections[].settings` holds for `kind: clio`. */
export const clioSettings = given
  .superRefine((settings, context) => {
    const wrong = (path: keyof typeof settings, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    const { token, clientId, clientSecret, region, baseUrl } = settings
    if (region !== undefined && baseUrl !== undefined)
      wrong('baseUrl', 'stands beside region; give one of them')
    if (token !== undefined) {
      if (clientId !== undefined) wrong('clientId', 'stands beside token; give one way in')
      if (clientSecret !== undefined) wrong('clientSecret', 'stands beside token; give one way in')
    } else if (clientId === undefined && clientSecret === undefined)
      wrong('clientId', 'is missing: give clientId and clientSecret (or a token)')
    else if (clientId === undefined) wrong('clientId', 'is missing: it goes with clientSecret')
    else if (clientSecret === undefined) wrong('clientSecret', 'is missing: it goes with clientId')
  })
  .transform(({ region, baseUrl, ...rest }) => ({ ...rest, baseUrl: baseUrl ?? hosts[region ?? 'us'] }))
export type ClioSettings = z.output<typeof clioSettings>
