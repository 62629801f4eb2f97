/** Opens what every command needs: the database (embedded or given), the keys, and a way to close them again. */
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../platform/db/embedded/index.ts'
import { migrate, pendingMigrations } from '../platform/db/migrate.ts'
import { StartupError } from '../platform/db/startup-error.ts'
import type { Config } from './config.ts'

/** The project's folder: migrations and the example firm lie in it. */
export const root = join(import.meta.dirname, '..', '..')
export const migrations = join(root, 'migrations')

export interface OpenDatabase {
  appUrl: string
  /** Superuser or owner, for doctor; null where we were not given one. */
  adminUrl: string | null
  close(): Promise<void>
}

/**
 * @param bring migrate to the newest schema where we may; else only check that it is there
 * @throws StartupError with one line that says what to do
 */
export async function openDatabase(
  config: Config,
  log: (line: string) => void,
  bring = true,
): Promise<OpenDatabase> {
  if (config.databaseUrl === null) {
    const server = await startEmbedded({ dataDir: config.dataDir, log })
    try {
      await migrate({ ownerUrl: server.ownerUrl, dir: migrations, log })
    } catch (error) {
      await server.stop()
      throw error
    }
    return { appUrl: server.appUrl, adminUrl: server.adminUrl, close: () => server.stop() }
  }
  if (bring && config.databaseAdminUrl !== null)
    await migrate({ ownerUrl: config.databaseAdminUrl, dir: migrations, log })
  await refusePending(config.databaseUrl)
  return { appUrl: config.databaseUrl, adminUrl: config.databaseAdminUrl, close: async () => {} }
}

async function refusePending(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'tipstaff start' })
  try {
    await client.connect()
  } catch (error) {
    throw new StartupError(`the database at DATABASE_URL can't be reached: ${(error as Error).message}`)
  }
  try {
    const pending = await pendingMigrations(client, migrations)
    if (pending.length > 0) {
      throw new StartupError(
        `the database lacks ${pending.join(', ')}: set DATABASE_ADMIN_URL to its owner and run "npx tipstaff migrate"`,
      )
    }
  } finally {
    await client.end()
  }
}
