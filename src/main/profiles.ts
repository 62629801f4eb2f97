/**
 * What a deployment is for, beside the rehearsal with the example firm.
 * `production`: real systems only; an address of this machine or a published test credential is a mistake.
 * `staging`: the firm's real configuration against the sandbox; a real address is a mistake.
 * `shadow`: reads the real CMS, sends nothing, and shows what it would have sent.
 */
import type { Channel } from '../kernel/index.ts'
import type { CmsReader, HookVerification } from '../modules/connections/index.ts'
import type { Sender } from '../modules/delivery/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import { StartupError } from '../platform/db/startup-error.ts'
import { sandboxTwilioAccount, sandboxTwilioService, testCredentials } from './sandbox-process.ts'

export const profiles = ['production', 'staging', 'shadow'] as const
export type Profile = (typeof profiles)[number]

/** What the sandbox wants in place of a kind's real settings. Kinds that are not here must lead to this machine by themselves. */
const staged: Readonly<
  Record<string, (sandboxUrl: string, settings: Readonly<Record<string, unknown>>) => Record<string, unknown>>
> = {
  twilio: (baseUrl, settings) => ({
    accountSid: sandboxTwilioAccount,
    authToken: testCredentials.twilioToken,
    secondaryAuthToken: undefined,
    ...(settings.messagingServiceSid === undefined ? {} : { messagingServiceSid: sandboxTwilioService }),
    baseUrl,
  }),
  sendgrid: (baseUrl) => ({
    apiKey: testCredentials.sendgridKey,
    webhookPublicKey: testCredentials.sendgridWebhookKey,
    baseUrl,
  }),
  clio: (baseUrl) => ({
    token: testCredentials.clioToken,
    clientId: undefined,
    clientSecret: undefined,
    region: undefined,
    baseUrl,
  }),
}

/** @returns a connection's settings as they are opened in this profile; secrets may still be references */
export function settled(
  profile: Profile | null,
  kind: string,
  settings: Readonly<Record<string, unknown>>,
  sandboxUrl: string,
): Record<string, unknown> {
  const change = profile === 'staging' ? staged[kind]?.(sandboxUrl, settings) : undefined
  return Object.fromEntries(
    Object.entries({ ...settings, ...change }).filter(([, value]) => value !== undefined),
  )
}

/** The sandbox's published secret for a way of signing webhooks, where the firm's own is for its real systems. */
export const stagedHookSecret = (scheme: HookVerification['scheme']): string =>
  scheme === 'standard-webhooks' ? testCredentials.hookSecret : testCredentials.headerSecret

/**
 * @param settings with their secrets in place
 * @returns why this profile does not open them, naming the setting; null: it does
 */
export function profileProblem(profile: Profile | null, settings: object): string | null {
  if (profile === null || profile === 'shadow') return null
  const found = texts(settings, [])
  for (const { path, text } of found) {
    const host = hostOf(text)
    if (profile === 'production' && host !== null && isOurs(host))
      return `settings.${path} leads to this machine: the profile production speaks to real systems only`
    if (profile === 'staging' && host !== null && !isOurs(host))
      return `settings.${path} leads to a real system: the profile staging speaks to the sandbox only`
    if (profile === 'production' && published.has(text))
      return `settings.${path} is a test credential that everybody knows: the profile production takes real ones only`
  }
  return null
}

const published: ReadonlySet<string> = new Set([...Object.values(testCredentials), sandboxTwilioAccount])

function texts(value: unknown, path: readonly string[]): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path: path.join('.'), text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => texts(inner, [...path, name]))
}

/**
 * Of addresses that something is sent to or read from; other texts are not looked at. As whoever calls it reads it: a
 * parser forgives blanks around an address, breaks in it, and one without its slashes.
 */
function hostOf(text: string): string | null {
  const url = URL.parse(text)
  if (url === null || url.hostname === '' || !/^(https?|smtps?|wss?):$/.test(url.protocol)) return null
  return url.hostname.toLowerCase().replace(/\.$/, '')
}

/**
 * Loopback (RFC 6890), also in IPv6's clothes, and the unspecified address, which leads there too. Nothing else: a firm's
 * own server in a private network is as real as any.
 */
const isOurs = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  /^(127(\.\d+){3}|0\.0\.0\.0)$/.test(host) ||
  /^\[::(1|ffff:7f[\da-f]{2}:[\da-f]{1,4}|ffff:0:0)?\]$/.test(host)

/** Takes every message and keeps it to itself. */
export function shadowSender(channel: Channel): Sender {
  return {
    provider: 'shadow',
    channel,
    timeoutMs: 1_000,
    send: ({ attemptId }) =>
      Promise.resolve({ kind: 'accepted', providerMessageId: `${shadowMark}${attemptId}` }),
    check: () => Promise.resolve(null),
  }
}

/** What an attempt that reached nobody has in place of a provider's id. */
export const shadowMark = 'shadow:'

/** Reads, and leaves no trace over there: no webhooks are asked for, nothing is written. */
export function shadowReader(reader: CmsReader): CmsReader {
  const { kind, timeoutMs, country, changes, survey } = reader
  return {
    kind,
    timeoutMs,
    readMatter: (externalId, onCall) => reader.readMatter(externalId, onCall),
    check: (onCall) => reader.check(onCall),
    ...(country ? { country } : {}),
    ...(changes ? { changes } : {}),
    ...(survey ? { survey } : {}),
  }
}

/**
 * A database belongs to the profile that it was first started with: what waits in a shadow's must never leave by a real
 * provider.
 *
 * @param asked null: whichever it belongs to
 * @throws StartupError when it belongs to another
 */
export async function claimProfile(db: Database, asked: Profile | null): Promise<Profile | null> {
  const [row] = await db.lookup<{ profile: Profile | null; fresh: boolean }>(
    'select profile, not exists (select from list_firms()) as fresh from deployment',
  )
  const { profile, fresh } = row!
  if (profile !== null || asked === null) {
    if (profile !== null && asked !== null && profile !== asked)
      throw new StartupError(
        `this database belongs to the profile ${profile}, not ${asked}: use another DATA_DIR or DATABASE_URL`,
      )
    return profile
  }
  if (!fresh && asked !== 'production')
    throw new StartupError(
      `this database has been used without a profile and can't become one for ${asked}: use another DATA_DIR or DATABASE_URL`,
    )
  await db.lookup('update deployment set profile = $1 where profile is null returning epoch', [asked])
  return asked
}
