/** The deployment's settings: the only reader of the environment. */

import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { logLevels } from '../platform/log/index.ts'
import { type Keys, readKeys } from '../platform/secrets/index.ts'
import { type ApiRates, usualRates } from './api-rates.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'is not a postgresql:// address')

/** ISO 8601, in whole units up to hours, e.g. PT40S. */
const duration = (least: Temporal.DurationLike, most: Temporal.DurationLike) =>
  z.string().transform((text, context) => {
    try {
      const given = Temporal.Duration.from(text)
      const [low, high] = [Temporal.Duration.from(least), Temporal.Duration.from(most)]
      if (Temporal.Duration.compare(given, low) >= 0 && Temporal.Duration.compare(given, high) <= 0)
        return given
      context.addIssue({ code: 'custom', message: `must be from ${low} to ${high}` })
    } catch {
      context.addIssue({ code: 'custom', message: 'is not a duration such as PT40S' })
    }
    return z.NEVER
  })

/** An address, or a range of them (RFC 4632). */
const proxy = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])

const perMinute = z.coerce.number().int().min(1).max(1_000_000)

const schema = z.object({
  PORT: port.default(3000),
  SANDBOX_PORT: port.default(3001),
  DATA_DIR: z.string().min(1).optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  PUBLIC_URL: httpUrl.optional(),
  SECRET_KEY_FILE: z.string().optional(),
  SECRETS_DIR: z.string().optional(),
  // Whoever stands in front and says who is behind them: 10.0.0.0/8, 192.168.1.5
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(proxy))
    .default([]),
  SANDBOX: z.enum(['on', 'off']).optional(),
  PROFILE: z.enum(['production', 'staging', 'shadow']).optional(),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  // In a minute, and in each process (api/limits.ts).
  API_REQUESTS_PER_KEY: perMinute.default(usualRates.key.quota),
  API_REQUESTS_PER_PERSON: perMinute.default(usualRates.person.quota),
  // Connections whose time-out is too long for the lease are not opened, and say so (leaseProblem).
  TIPSTAFF_LEASE: duration({ seconds: 2 }, { minutes: 10 }).default(Temporal.Duration.from({ seconds: 40 })),
  // Below a minute only in rehearsals: a provider's list lags, and "absent" said too soon sends twice.
  TIPSTAFF_ABSENT_FOR: duration({ seconds: 1 }, { minutes: 60 }).default(
    Temporal.Duration.from({ seconds: 60 }),
  ),
})

export interface Config {
  port: number
  sandboxPort: number
  dataDir: string
  /** Null: the embedded server under dataDir. */
  databaseUrl: string | null
  databaseAdminUrl: string | null
  publicUrl: string
  secretKeyFile: string | null
  /** `file:` references lead below it: to a folder named after the firm's key, or to `shared`. */
  secretsDir: string
  /** Whose X-Forwarded-For is believed: addresses or ranges. */
  trustedProxies: readonly string[]
  /** Null: on while the example firm is the only one. */
  sandbox: 'on' | 'off' | null
  /** What this deployment is for (profiles.ts); null: whatever its database was first started as. */
  profile: 'production' | 'staging' | 'shadow' | null
  logLevel: (typeof logLevels)[number]
  /** How often one key, and one person, may ask the API. */
  apiRates: ApiRates
  /** How long an attempt belongs to the process that claimed it. */
  lease: Temporal.Duration
  /** How long a provider must not know a message, asked twice, before it counts as never accepted. */
  absentFor: Temporal.Duration
  /** What `env:NAME` references may read. */
  env: Readonly<Record<string, string | undefined>>
}

export class ConfigError extends Error {
  readonly exitCode = 2
}

/**
 * @param profile in place of PROFILE, where a command was told
 * @throws ConfigError that names every variable that is wrong
 */
export function readConfig(
  given: Readonly<Record<string, string | undefined>> = process.env,
  profile?: string,
): Config {
  const env = profile === undefined ? given : { ...given, PROFILE: profile }
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(present)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new ConfigError(`the environment is wrong: ${lines.join('; ')}`)
  }
  const v = parsed.data
  // A rehearsal keeps its own data, so that nobody starts it on the real ones by forgetting to say where.
  const ownDir = v.PROFILE === 'staging' || v.PROFILE === 'shadow' ? `.data-${v.PROFILE}` : '.data'
  const dataDir = v.DATA_DIR ?? ownDir
  return {
    port: v.PORT,
    sandboxPort: v.SANDBOX_PORT,
    dataDir: resolve(dataDir),
    databaseUrl: v.DATABASE_URL ?? null,
    databaseAdminUrl: v.DATABASE_ADMIN_URL ?? null,
    publicUrl: v.PUBLIC_URL ?? `http://127.0.0.1:${v.PORT}`,
    secretKeyFile: v.SECRET_KEY_FILE ?? null,
    trustedProxies: v.TRUSTED_PROXIES,
    secretsDir: resolve(v.SECRETS_DIR ?? join(dataDir, 'secrets')),
    sandbox: v.PROFILE === undefined ? (v.SANDBOX ?? null) : v.PROFILE === 'staging' ? 'on' : 'off',
    profile: v.PROFILE ?? null,
    logLevel: v.LOG_LEVEL,
    apiRates: {
      key: { quota: v.API_REQUESTS_PER_KEY, seconds: 60 },
      person: { quota: v.API_REQUESTS_PER_PERSON, seconds: 60 },
    },
    lease: v.TIPSTAFF_LEASE,
    absentFor: v.TIPSTAFF_ABSENT_FOR,
    env,
  }
}

/** https://no-color.org */
export const wantsColour = (): boolean => !process.env.NO_COLOR

/**
 * The deployment's secret key. Without SECRET_KEY_FILE one is made under DATA_DIR, readable by its owner only;
 * who loses it loses stored secrets and the power to sign the record.
 */
export function loadKeys(config: Config): Keys {
  const file = config.secretKeyFile ?? join(config.dataDir, 'secret.key')
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (!missing || config.secretKeyFile !== null)
      throw new ConfigError(
        `SECRET_KEY_FILE: ${file} can't be read (${(error as NodeJS.ErrnoException).code})`,
      )
    mkdirSync(config.dataDir, { recursive: true })
    // wx: of two that start at once one makes it, and the other reads that one.
    try {
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== 'EEXIST') throw failure
    }
    bytes = readFileSync(file)
  }
  const keys = readKeys(bytes)
  if (!keys.ok) throw new ConfigError(`${file}: ${keys.message}`)
  return keys.keys
}
