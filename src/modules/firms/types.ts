/** A firm's own settings, as its `firm.yaml` says them. */
import { z } from 'zod'

/** An IANA zone that this runtime knows. */
export const timeZone = z.string().refine(
  (zone) => {
    try {
      Temporal.Now.zonedDateTimeISO(zone)
      return true
    } catch {
      return false
    }
  },
  { error: 'is not an IANA time zone, such as America/New_York' },
)

/** A BCP 47 language that templates may be written in; regional variants fall back to it. */
export const language = z.string().regex(/^[a-z]{2}$/, 'is not a two-letter language code, such as en or es')

export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day, such as 21:00')

/** ISO 8601 durations without months and years, whose length varies: PT10M, P3D. */
export const duration = z.string().refine(
  (text) => {
    try {
      const parsed = Temporal.Duration.from(text)
      return parsed.months === 0 && parsed.years === 0 && parsed.sign >= 0
    } catch {
      return false
    }
  },
  { error: 'is not an ISO 8601 duration of days or less, such as P3D or PT10M' },
)

/** ISO 3166: a country, or a state or region of one. */
export const region = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'is not a country or state, such as US or US-TX')

/** A secret as configuration names it; a literal is refused, so that no secret is ever in Git. */
export const secretReference = z
  .string()
  .regex(
    /^(env:[A-Z_][A-Z0-9_]*|file:.+|stored:[a-z0-9-]+)$/,
    'is not a reference to a secret: env:NAME, file:PATH or stored:NAME',
  )

/** Tenants of Microsoft's that stand for everybody's accounts (Microsoft identity platform, "Authority"). */
const everybody = /^\/(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad)(\/|$)/

/** OpenID Connect Core 1.0 §1.2: an https address without query and fragment; http on this very machine alone. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.search + url.hash + url.username !== '') return false
  if (url.hostname === 'login.microsoftonline.com' && everybody.test(url.pathname)) return false
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(127\.0\.0\.1|localhost)$/.test(url.hostname))
  )
}
const months = z.int().min(1).max(1200)

export const firmSettings = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'is not a key: small letters, digits and dashes'),
  name: z.string().min(1).max(200),
  timeZone,
  languages: z.array(language).min(1),
  offices: z
    .array(
      z.strictObject({
        name: z.string(),
        timeZone,
        phone: z.string().optional(),
        address: z.string().optional(),
      }),
    )
    .default([]),
  /** Where its clients live, for who reads whether anybody is awake; known clients' own zones come on top. */
  clientZones: z.array(timeZone).default([]),
  /** Whose rules of quiet-hours.yaml bind clients of whom nobody knows where they live. Absent: none of them. */
  region: region.optional(),
  /** Bind sms; mail only with `mail: true` (DESIGN, rules of the road). Absent: none but those of quiet-hours.yaml. */
  quietHours: z
    .strictObject({
      from: wallTime,
      until: wallTime,
      mail: z.boolean().default(false),
      urgent: z.enum(['wait', 'send']).default('wait'),
      /** Over how long what waited leaves, so that their end is no burst. */
      spread: duration.default('PT10M'),
    })
    .optional(),
  /** Not more a day to one client by one channel, of what is neither urgent, a reminder nor a conversation. */
  cap: z
    .strictObject({
      perDay: z.int().min(1).max(100),
      /** What exceeds it waits for this digest's time of day. */
      digest: z.string(),
    })
    .optional(),
  /** Who is told when a message dead-letters, apart from the providers that may be the trouble. */
  operators: z
    .strictObject({
      mail: z.array(z.email()).default([]),
      /** An SMTP server of its own, so that an alert does not leave by the path that fails. */
      smtp: z.string().optional(),
      webhook: z.strictObject({ url: z.string(), secret: secretReference }).optional(),
      /** Called each minute in which all is well, for a service that watches for silence. Often a secret: a reference. */
      ping: z
        .string()
        .regex(
          /^(https?:\/\/|(env|file|stored):)/,
          'is neither an address (https://…) nor a reference to one: env:NAME, file:PATH or stored:NAME',
        )
        .optional(),
    })
    .default({ mail: [] }),
  /** Its people sign in with the accounts that they have there (OpenID Connect), beside or in place of a password. */
  signIn: z
    .strictObject({
      issuer: z.string().refine(isIssuer, {
        error:
          'is not the address of one issuer: https://accounts.google.com, or https://login.microsoftonline.com/TENANT/v2.0 with the id of your own tenant',
      }),
      clientId: z.string().min(1).max(255),
      clientSecret: secretReference,
      /** What the button says: "Sign in with …". */
      name: z.string().trim().min(1).max(40),
      /** True: by that alone, for everybody but owners, who must get in when it fails. */
      only: z.boolean().optional(),
    })
    .optional(),
  /** `required`: whoever signs in by password sets up a second thing before anything else, and is asked for it from then on. */
  secondFactor: z.enum(['optional', 'required']).optional(),
  /** When a transient failure is tried again; after the last comes the dead letter. */
  retries: z.array(duration).min(1).default(['PT1M', 'PT5M', 'PT30M']),
  /**
   * After how many months words go, by what they were for; what is not named is kept. `webhooks`: what systems sent us,
   * as it came; left out, it goes with the last words that came of it.
   */
  retention: z
    .strictObject({
      status: months,
      reminder: months,
      conversation: months,
      billing: months,
      intake: months,
      marketing: months,
      webhooks: months,
    })
    .partial()
    .optional(),
  sms: z.strictObject({ connection: z.string() }).optional(),
  email: z.strictObject({ connection: z.string() }).optional(),
})
export type FirmSettings = z.infer<typeof firmSettings>
