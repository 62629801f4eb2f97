/**
 * Copying a running cluster by PostgreSQL's own protocol (its documentation, "Making a Non-Exclusive Low-Level
 * Backup"): the binaries that we bring have neither pg_dump nor pg_basebackup.
 */
import {
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { StartupError } from '../startup-error.ts'
import { findPlace } from './place.ts'
import { type DatabaseRecord, readRecord, writeRecord } from './record.ts'

/** Directories whose contents the server makes anew (basebackup.c, excludeDirContents). */
const emptied = new Set([
  'pg_wal',
  'pg_wal/archive_status',
  'pg_wal/summaries',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])
const skipped =
  /^(postmaster\.(pid|opts)|pg_internal\.init.*|backup_label(\.old)?|tablespace_map(\.old)?|pgsql_tmp.*|.*\.tmp)$/

export interface ClusterCopy {
  /** Bytes that were copied. */
  bytes: number
  files: number
}

/**
 * Copies the running cluster of `dataDir` to `target`, consistent as of its end, while work goes on.
 *
 * @param adminUrl a superuser's
 * @param target a new data directory: gets `db.json` and `pg/data`, and starts with `startEmbedded`
 */
export async function copyCluster(dataDir: string, adminUrl: string, target: string): Promise<ClusterCopy> {
  const record = readRecord(dataDir)
  if (!record) throw new StartupError(`${dataDir} holds no embedded database.`)
  const { cluster, user } = findPlace(dataDir, () => {})
  const to = join(target, 'pg', 'data')
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const copied: ClusterCopy = { bytes: 0, files: 0 }

  const client = new pg.Client({ connectionString: adminUrl, application_name: 'tipstaff backup' })
  await client.connect()
  try {
    // Keeps the log from where the copy begins; goes with this session.
    await client.query(
      `select pg_create_physical_replication_slot('tipstaff_backup_' || pg_backend_pid(), true, true)`,
    )
    const started = await client.query<{ file: string }>(
      `select pg_walfile_name(pg_backup_start('tipstaff backup', fast => true)) as file`,
    )
    copyTree(cluster, to, '', copied)
    const ended = await client.query<{ file: string; label: string; map: string }>(
      `select pg_walfile_name(lsn) as file, labelfile as label, spcmapfile as map
       from pg_backup_stop(wait_for_archive => false)`,
    )
    const { file: last, label } = ended.rows[0]!
    copyLog(join(cluster, 'pg_wal'), join(to, 'pg_wal'), started.rows[0]!.file, last, copied)
    // Without it the server would begin to recover from the wrong place.
    writeFileSync(join(to, 'backup_label'), label, { mode: 0o600 })
    sync(join(to, 'backup_label'))
  } finally {
    await client.end()
  }
  const copy: DatabaseRecord = { ...record, home: 'pg', port: null }
  writeRecord(target, copy)
  if (user) giveTo(join(target, 'pg'), user)
  return copied
}

/**
 * Puts a copy in the place of `dataDir`. What was there is moved aside, never deleted.
 *
 * @returns where it was moved to, or null
 * @throws StartupError when `from` is no copy, or a server runs in `dataDir`
 */
export function putInPlace(from: string, dataDir: string, now: string): string | null {
  const record = readRecord(from)
  if (!record || !existsSync(join(from, 'pg', 'data', 'backup_label'))) {
    throw new StartupError(`${from} is no backup of Tipstaff's: it lacks db.json or pg/data/backup_label.`)
  }
  let aside: string | null = null
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    const old = readRecord(dataDir)
    const cluster =
      old && (old.home.startsWith('/') ? join(old.home, 'data') : join(dataDir, old.home, 'data'))
    if (cluster && existsSync(join(cluster, 'postmaster.pid'))) {
      throw new StartupError(
        `A server may be running in ${cluster} (postmaster.pid is there). Stop Tipstaff first; nothing was touched.`,
      )
    }
    aside = `${dataDir}.before-${now.replaceAll(/[-:]/g, '')}`
    renameSync(dataDir, aside)
  }
  const making = `${dataDir}.restoring`
  rmSync(making, { recursive: true, force: true })
  // As root, the server's own user must be able to pass through.
  mkdirSync(making, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const copied = { bytes: 0, files: 0 }
  copyTree(from, making, null, copied)
  renameSync(making, dataDir)
  return aside
}

/** @param base path inside the cluster, or null where everything is copied as it is; keeps modes and, as root, owners */
function copyTree(from: string, to: string, base: string | null, copied: ClusterCopy): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const inside = base === null ? null : base === '' ? entry.name : `${base}/${entry.name}`
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (inside !== null && skipped.test(entry.name)) continue
    if (entry.isDirectory()) {
      mkdirSync(target, { recursive: true, mode: statSync(source).mode & 0o777 })
      keepOwner(source, target)
      if (inside !== null && emptied.has(inside)) makeEmptied(source, target, inside)
      else copyTree(source, target, inside, copied)
    } else if (entry.isFile()) copyFile(source, target, copied)
    // Sockets and lock files of a running server are no part of a copy; tablespaces are not used by Tipstaff.
  }
}

/** Directories inside that the server expects to be there. */
function makeEmptied(source: string, target: string, inside: string): void {
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const path = `${inside}/${entry.name}`
    if (entry.isDirectory() && emptied.has(path))
      mkdirSync(join(target, entry.name), { recursive: true, mode: 0o700 })
  }
}

/** Segments from the one where the copy began to the one where it ended. */
function copyLog(from: string, to: string, first: string, last: string, copied: ClusterCopy): void {
  const segments = readdirSync(from).filter(
    (name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last,
  )
  if (!segments.includes(first) || !segments.includes(last))
    throw new StartupError(
      `The write-ahead log from ${first} to ${last} is not complete in ${from}: try again.`,
    )
  for (const name of segments) copyFile(join(from, name), join(to, name), copied)
}

function copyFile(source: string, target: string, copied: ClusterCopy): void {
  try {
    copyFileSync(source, target)
  } catch (error) {
    // The server removes files while it works; what they held is in the log.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  keepOwner(source, target)
  sync(target)
  copied.files++
  copied.bytes += statSync(target).size
}

function sync(file: string): void {
  const handle = openSync(file, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function keepOwner(source: string, target: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(source)
  chownSync(target, uid, gid)
}

function giveTo(path: string, user: { uid: number; gid: number }): void {
  lchownSync(path, user.uid, user.gid)
  if (!statSync(path).isDirectory()) return
  for (const name of readdirSync(path)) giveTo(join(path, name), user)
}
