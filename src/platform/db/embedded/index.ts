import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { adoptRunning } from './adopt.ts'
import { type Binaries, findBinaries, reachableBinaries } from './binaries.ts'
import { checkCluster, freeBytesAt, makeCluster, walCompression } from './cluster.ts'
import { explainFileError } from './failures.ts'
import { enter, withLock } from './lock.ts'
import { findPlace, type Place } from './place.ts'
import { writeRecord } from './record.ts'
import { APP_ROLE, DATABASE, ensureRoles, OWNER_ROLE } from './roles.ts'
import { chooseListen, startServer, stopServer } from './server.ts'
import { type Listen, SOCKET_PORT, serverSettings } from './settings.ts'

export interface EmbeddedOptions {
  /** DATA_DIR: made if missing. Holds db.json (passwords), postgres.log and, where it can, the cluster. */
  dataDir: string
  /** Gets one line for each thing worth telling the person who starts Tipstaff. */
  log: (line: string) => void
  /** Bytes free at a path; the file system's own answer unless given. */
  freeBytes?: (path: string) => number
}

/** A running embedded PostgreSQL. The URLs hold passwords: never log them. */
export interface EmbeddedServer {
  /** Superuser, database `postgres`. */
  adminUrl: string
  /** Role `tipstaff_owner`, database `tipstaff`: for migrations only. */
  ownerUrl: string
  /** Role `tipstaff_app`, database `tipstaff`: bound by row-level security. */
  appUrl: string
  /** True when the server was already running and was taken over. */
  adopted: boolean
  /** Stops and starts the server again at the same address: for tests that want to see the app live through it. */
  restart(mode: 'fast' | 'immediate'): Promise<void>
  /** Leaves the server, and stops it unless another process still uses this data directory. Safe to call twice. */
  stop(): Promise<void>
}

function urlOf(listen: Listen, user: string, password: string, database: string): string {
  const address =
    'socketDir' in listen
      ? `${encodeURIComponent(listen.socketDir)}:${SOCKET_PORT}`
      : `127.0.0.1:${listen.port}`
  return `postgresql://${user}:${password}@${address}/${database}`
}

async function launch(place: Place, binaries: Binaries, log: (line: string) => void): Promise<Listen> {
  const listen = await chooseListen(place)
  const settings = {
    listen,
    token: place.record.token,
    walCompression: await walCompression(place, binaries),
  }
  writeFileSync(join(place.cluster, 'tipstaff.conf'), serverSettings(settings))
  const port = 'port' in listen ? listen.port : null
  if (port !== place.record.port) {
    place.record.port = port
    writeRecord(place.dataDir, place.record)
  }
  return startServer(place, binaries, log)
}

/**
 * Starts the embedded PostgreSQL of `dataDir`, or adopts the one that is already running there: one that a
 * killed app left behind, or that another Tipstaff process uses. A first start makes the cluster, the roles and
 * the empty database. Throws StartupError with one clear line for all that the person starting it can mend.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { log, freeBytes = freeBytesAt } = options
  try {
    // As root, the server's own user must be able to pass through.
    mkdirSync(options.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    const dataDir = realpathSync(resolve(options.dataDir))
    const installed = await findBinaries()

    return await withLock(dataDir, async () => {
      const place = findPlace(dataDir, log)
      const binaries = reachableBinaries(installed, place.home, place.user, log)
      const made = checkCluster(place, binaries, log)
      if (!made) {
        log(`Making a new database in ${place.cluster}`)
        await makeCluster(place, binaries, freeBytes)
      }
      const { passwords } = place.record
      const adminUrlOf = (listen: Listen) => urlOf(listen, 'postgres', passwords.admin, 'postgres')
      const running = made ? await adoptRunning(place, adminUrlOf) : undefined
      const listen = running ?? (await launch(place, binaries, log))
      const adminUrl = adminUrlOf(listen)
      await ensureRoles(adminUrl, passwords)
      const leave = enter(dataDir)
      let left = false

      return {
        adminUrl,
        ownerUrl: urlOf(listen, OWNER_ROLE, passwords.owner, DATABASE),
        appUrl: urlOf(listen, APP_ROLE, passwords.app, DATABASE),
        adopted: running !== undefined,
        restart: (mode) =>
          withLock(dataDir, async () => {
            await stopServer(place, binaries, mode)
            await startServer(place, binaries, log)
          }),
        stop: async () => {
          if (left) return
          left = true
          await withLock(dataDir, async () => {
            if (leave().othersRemain) return
            const stopped = await stopServer(place, binaries)
            if (!stopped) log('PostgreSQL is still writing its data out; it will end by itself.')
          })
        },
      }
    })
  } catch (error) {
    throw explainFileError(error, options.dataDir)
  }
}
