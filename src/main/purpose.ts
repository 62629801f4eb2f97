/** What a deployment is for, as its settings and its database have it. */
import { listFirms } from '../modules/firms/index.ts'
import { database } from '../platform/db/firm-tx.ts'
import { createPool } from '../platform/db/pool.ts'
import { StartupError } from '../platform/db/startup-error.ts'
import type { Config } from './config.ts'
import { claimProfile, type Profile } from './profiles.ts'
import type { Runtime } from './runtime.ts'
import { type SandboxDoors, sandboxWanted } from './sandbox-process.ts'

export interface Purpose {
  profile: Profile | null
  /** Whether the sandbox plays the outside world. */
  sandbox: boolean
}

/**
 * @param databaseUrl of a database that is migrated
 * @throws StartupError when the database belongs to another profile
 */
export async function purposeOf(
  config: Pick<Config, 'profile' | 'sandbox'>,
  databaseUrl: string,
): Promise<Purpose> {
  const pool = createPool({ url: databaseUrl, max: 1, onError: () => {} })
  try {
    const profile = await claimProfile(database(pool), config.profile)
    if (profile !== null) return { profile, sandbox: profile === 'staging' }
  } finally {
    await pool.end()
  }
  return { profile: null, sandbox: await sandboxWanted(config, databaseUrl) }
}

/** @throws StartupError that names every connection which is not for this profile */
export async function refuseUnfit(runtime: Runtime): Promise<void> {
  const unfit: string[] = []
  for (const firmId of await listFirms(runtime.db)) {
    const { problems } = await runtime.firms.open(firmId)
    for (const p of problems) if (p.profile) unfit.push(`connection ${p.connection}: ${p.message}`)
  }
  if (unfit.length > 0) throw new StartupError(`${unfit.join('; ')}. Nothing was started.`)
}

/** Where the sandbox's carriers are to lead; null: to the example firm. */
export async function doorsOf(runtime: Runtime): Promise<SandboxDoors | null> {
  if (runtime.profile !== 'staging') return null
  const doors: { numbers: { number: string; connection: string }[]; mail: string | null } = {
    numbers: [],
    mail: null,
  }
  for (const firmId of await listFirms(runtime.db)) {
    const { connections } = await runtime.firms.open(firmId)
    for (const { key, sender, settings } of connections.values()) {
      const { from } = settings.settings
      if (sender?.channel === 'sms' && typeof from === 'string' && /^\+\d+$/.test(from))
        doors.numbers.push({ number: from, connection: key })
      if (sender?.channel === 'email') doors.mail = key
    }
  }
  return doors
}
