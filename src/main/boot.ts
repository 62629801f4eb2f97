/** A runtime from the deployment's settings: what start, web, worker and the commands share. */
import { join } from 'node:path'
import { smtpMailer } from '../adapters/smtp/index.ts'
import { systemClock } from '../kernel/index.ts'
import { alertPoster, pinger } from '../modules/alerts/index.ts'
import { anchorFiles, sealingKeyFrom } from '../modules/audit/index.ts'
import { createLog, type Log } from '../platform/log/index.ts'
import { createMetrics } from '../platform/metrics/index.ts'
import { adapters } from './adapters.ts'
import { type Config, loadKeys } from './config.ts'
import type { Profile } from './profiles.ts'
import { createRuntime, type Runtime } from './runtime.ts'
import { sandboxAddress } from './sandbox-process.ts'

export function bootRuntime(
  config: Config,
  databaseUrl: string,
  options: {
    sandbox: boolean
    profile: Profile | null
    extraEnv?: Record<string, string>
    log?: Log
    /** This process has doors, and others do the work. */
    doorsOnly?: boolean
    sweepEvery?: number | null
  },
): Runtime {
  const keys = loadKeys(config)
  const clock = systemClock
  const host = new URL(config.publicUrl).hostname
  return createRuntime({
    databaseUrl,
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    adapters: adapters(clock),
    keys,
    clock,
    log: options.log ?? createLog({ level: config.logLevel }),
    metrics: createMetrics(),
    // What the operator set wins over the sandbox's test values.
    env: { ...options.extraEnv, ...config.env },
    secretsDir: config.secretsDir,
    profile: { name: options.profile, sandboxUrl: sandboxAddress(config) },
    mailer: (url) =>
      smtpMailer({
        url,
        from: `tipstaff@${/^[\d.]+$|^localhost$/.test(host) ? 'localhost.localdomain' : host}`,
      }),
    poster: alertPoster({ allowPrivate: options.sandbox, now: () => clock.now() }),
    pinger: pinger({ allowPrivate: options.sandbox }),
    sealing: { key: sealingKeyFrom(keys.tokens), anchors: anchorFiles(join(config.dataDir, 'anchors')) },
    lease: config.lease,
    apiRates: config.apiRates,
    absentFor: config.absentFor,
    ...(options.doorsOnly ? { sealsElsewhere: true } : {}),
    sweepEvery: options.sweepEvery === undefined ? 5_000 : options.sweepEvery,
  })
}
