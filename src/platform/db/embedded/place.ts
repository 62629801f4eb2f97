import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { StartupError } from '../startup-error.ts'
import { canReach, type OsUser, serverUser } from './os-user.ts'
import { type DatabaseRecord, newRecord, readRecord, writeRecord } from './record.ts'

/** Where the parts of an embedded database lie. All paths are absolute. */
export interface Place {
  dataDir: string
  /** Holds cluster, socket and, if need be, programs. Belongs to the user that the server runs under. */
  home: string
  cluster: string
  socketDir: string
  logFile: string
  user: OsUser | undefined
  record: DatabaseRecord
}

/** Where clusters go whose DATA_DIR only root may enter. */
const ELSEWHERE = '/var/lib/tipstaff'

function makeFor(user: OsUser | undefined, path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (!user) return
  chownSync(path, user.uid, user.gid)
  chmodSync(path, 0o700)
}

function chooseHome(dataDir: string, user: OsUser | undefined, log: (line: string) => void): string {
  if (!user) return 'pg'
  const parent = join(dataDir, 'pg')
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  chownSync(parent, user.uid, user.gid)
  if (canReach(parent, user)) return 'pg'
  const home = join(ELSEWHERE, randomBytes(6).toString('hex'))
  log(
    `The database is kept in ${home}: user ${user.name}, under whom PostgreSQL runs as root may not, cannot enter ${dataDir}. Keep the two together.`,
  )
  return home
}

/** A copied DATA_DIR must not run on the cluster of the one it was copied from; a moved one may. */
function refuseCopy(place: Place): void {
  const note = join(place.home, 'belongs-to')
  const owner = existsSync(note) ? readFileSync(note, 'utf8').trim() : place.dataDir
  if (owner !== place.dataDir && existsSync(owner) && readRecord(owner)?.token === place.record.token) {
    throw new StartupError(
      `${place.dataDir} is a copy of ${owner}, and the database in ${place.home} belongs to that one. Start with another DATA_DIR, or remove ${owner} first.`,
    )
  }
  writeFileSync(note, `${place.dataDir}\n`)
}

/**
 * Decides where the database of `dataDir` (a real path) lives, on the first start, or reads what was decided.
 * Throws StartupError for a DATA_DIR that is somebody's PostgreSQL data directory or was copied.
 */
export function findPlace(dataDir: string, log: (line: string) => void): Place {
  for (const folder of [dataDir, join(dataDir, 'pg')]) {
    if (existsSync(join(folder, 'PG_VERSION'))) {
      throw new StartupError(
        `${folder} is a PostgreSQL data directory that Tipstaff did not make. Nothing was touched: choose another DATA_DIR.`,
      )
    }
  }
  let record = readRecord(dataDir)
  if (!record) {
    if (existsSync(join(dataDir, 'pg', 'data'))) {
      throw new StartupError(
        `${join(dataDir, 'pg', 'data')} holds a database, but ${join(dataDir, 'db.json')} with its passwords is missing. Nothing was touched: put it back from a backup, or choose another DATA_DIR.`,
      )
    }
    record = newRecord(chooseHome(dataDir, serverUser(), log))
    writeRecord(dataDir, record)
  }
  const home = isAbsolute(record.home) ? record.home : join(dataDir, record.home)
  const cluster = join(home, 'data')
  const made = existsSync(cluster)
  const user = serverUser(made ? statSync(cluster).uid || undefined : undefined)
  const place = {
    dataDir,
    home,
    cluster,
    socketDir: join(home, 'run'),
    logFile: join(dataDir, 'postgres.log'),
    user,
    record,
  }
  if (isAbsolute(record.home)) {
    mkdirSync(ELSEWHERE, { recursive: true, mode: 0o755 })
    makeFor(user, home)
    refuseCopy(place)
  } else makeFor(user, home)
  makeFor(user, place.socketDir)
  if (user && !canReach(home, user)) {
    throw new StartupError(
      `User ${user.name}, under whom PostgreSQL runs, cannot enter ${home}. Let it pass (chmod o+x on each directory above), or move DATA_DIR.`,
    )
  }
  return place
}
