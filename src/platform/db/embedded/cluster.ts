import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { StartupError } from '../startup-error.ts'
import type { Binaries } from './binaries.ts'
import { noSpace } from './failures.ts'
import type { Place } from './place.ts'
import { writeRecord } from './record.ts'
import { run } from './run.ts'
import { CLIENT_AUTHENTICATION } from './settings.ts'

/** A fresh cluster takes 40 MB, and the write-ahead log may grow to 2 GB: with less than this, don't begin. */
export const FREE_BYTES_NEEDED = 500_000_000
/** Our mark inside the cluster, written last. Without it, the cluster is not ours or not complete. */
const MARK = 'tipstaff.json'
const MAKING = 'data.making-'

/** Bytes that are free for ordinary users on the file system of `path`. */
export function freeBytesAt(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

/** Names that tell a moment, safe in file names: `20260102T030405Z`. */
const timestamp = () => Temporal.Now.instant().round('second').toString().replaceAll(/[-:]/g, '')

function moveAside(place: Place, name: string, log: (line: string) => void): void {
  const target = join(place.home, `half-made-${timestamp()}-${name.replace(MAKING, '')}`)
  renameSync(join(place.home, name), target)
  log(
    `A database that was not finished being made was moved to ${target}; a new one is made. Delete it when you like.`,
  )
}

/** True when `cluster` is there, complete, ours and of our version. Moves half-made ones aside; refuses others. */
export function checkCluster(place: Place, binaries: Binaries, log: (line: string) => void): boolean {
  const { cluster, home, record } = place
  for (const name of readdirSync(home)) if (name.startsWith(MAKING)) moveAside(place, name, log)

  const complete = ['PG_VERSION', 'global/pg_control'].every((file) => existsSync(join(cluster, file)))
  const marked = existsSync(join(cluster, MARK))
  if (!existsSync(cluster) || (!marked && readdirSync(cluster).length === 0)) {
    if (record.madeAt === null) return false
    throw new StartupError(
      `The database made on ${record.madeAt} is gone from ${cluster}. Put it back from a backup, or choose another DATA_DIR to begin with an empty one.`,
    )
  }
  if (!marked && !complete) {
    moveAside(place, 'data', log)
    return false
  }
  if (!marked) {
    throw new StartupError(
      `${cluster} is a PostgreSQL data directory that Tipstaff did not make. Nothing was touched: move it away, or choose another DATA_DIR.`,
    )
  }
  const mark: { token: string } = JSON.parse(readFileSync(join(cluster, MARK), 'utf8'))
  if (mark.token !== record.token) {
    throw new StartupError(
      `${cluster} belongs to another Tipstaff than ${join(place.dataDir, 'db.json')}. Nothing was touched: put the two that belong together side by side.`,
    )
  }
  if (!complete) {
    throw new StartupError(
      `The database in ${cluster} is damaged (PG_VERSION or global/pg_control is missing). Put it back from a backup.`,
    )
  }
  const major = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  const ours = binaries.version.split('.')[0]
  if (major !== ours) {
    throw new StartupError(
      `The database in ${cluster} was made by PostgreSQL ${major}, and this Tipstaff brings PostgreSQL ${ours}. Nothing was touched: start the Tipstaff that made it, or see "Upgrading PostgreSQL" in docs/runbook.md.`,
    )
  }
  return true
}

/**
 * Makes the cluster: initdb into a directory beside it, our settings, our mark, and only then its real name.
 * Throws StartupError when there is too little space or initdb fails.
 */
export async function makeCluster(
  place: Place,
  binaries: Binaries,
  freeBytes: (path: string) => number,
): Promise<void> {
  const { home, user, record } = place
  const free = freeBytes(home)
  if (free < FREE_BYTES_NEEDED) throw noSpace(home, `${Math.floor(free / 1e6)} MB are free`)

  const making = join(home, MAKING + record.token.slice(0, 8))
  const passwordFile = join(home, 'password')
  mkdirSync(making, { mode: 0o700 })
  writeFileSync(passwordFile, `${record.passwords.admin}\n`, { mode: 0o600 })
  if (user) for (const path of [making, passwordFile]) chownSync(path, user.uid, user.gid)

  const args = ['--pgdata', making, '--username=postgres', `--pwfile=${passwordFile}`]
  args.push('--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions')
  // The builtin provider sorts by code point, alike on every system; the C locale needs nothing installed.
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  const { code, output } = await run(binaries.initdb, args, { user, cwd: home })
  rmSync(passwordFile, { force: true })
  if (code !== 0) {
    if (/No space left on device/.test(output)) throw noSpace(home)
    throw new StartupError(`PostgreSQL's initdb failed in ${making}: ${output.trim().split('\n').at(-1)}`)
  }
  appendFileSync(join(making, 'postgresql.conf'), "\ninclude 'tipstaff.conf'\n")
  writeFileSync(join(making, 'pg_hba.conf'), CLIENT_AUTHENTICATION)
  writeFileSync(join(making, MARK), `${JSON.stringify({ token: record.token })}\n`)
  renameSync(making, place.cluster)
  record.madeAt = Temporal.Now.instant().round('second').toString()
  writeRecord(place.dataDir, record)
}

/** Whether this build of PostgreSQL can compress its log with lz4; if not, its own slower pglz is used. */
export async function walCompression(place: Place, binaries: Binaries): Promise<string> {
  const args = ['-C', 'wal_compression', '-c', 'wal_compression=lz4', '-D', place.cluster]
  const { code } = await run(binaries.postgres, args, { user: place.user, cwd: place.home })
  return code === 0 ? 'lz4' : 'pglz'
}
