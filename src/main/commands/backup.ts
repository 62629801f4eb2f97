/** `tipstaff backup DIR` and `tipstaff restore DIR`: of the embedded database; see docs/runbook.md for your own server. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { copyCluster, putInPlace } from '../../platform/db/embedded/backup.ts'
import { StartupError } from '../../platform/db/startup-error.ts'
import type { Config } from '../config.ts'
import { backupMark } from '../deployment.ts'
import type { Terminal } from './terminal.ts'

const embeddedOnly =
  'DATABASE_URL is set: back up and restore your own server with its own tools (docs/runbook.md, "Backup and restore").'

export interface BackupReport {
  dir: string
  madeAt: string
  bytes: number
  files: number
  /** False: SECRET_KEY_FILE lies elsewhere and is to be backed up there. */
  secretKey: boolean
}

/**
 * Copies the running database, the anchors and the secret key into a new directory, which is a DATA_DIR of its own:
 * Tipstaff started on it holds everything back until `reconcile`.
 *
 * @param adminUrl of the embedded server
 */
export async function backup(
  config: Config,
  adminUrl: string | null,
  dir: string,
  now: Temporal.Instant,
): Promise<BackupReport> {
  if (config.databaseUrl !== null || adminUrl === null) throw new StartupError(embeddedOnly)
  const target = resolve(dir)
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new StartupError(`${target} is not empty: name a directory that does not exist yet.`)
  // As root, the server's own user must be able to pass through once it is started from here.
  mkdirSync(target, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const madeAt = now.round('second').toString()
  try {
    const copied = await copyCluster(config.dataDir, adminUrl, target)
    // After the database: then no batch of the copy lacks its anchor.
    const anchors = join(config.dataDir, 'anchors')
    if (existsSync(anchors)) cpSync(anchors, join(target, 'anchors'), { recursive: true })
    const key = join(config.dataDir, 'secret.key')
    const secretKey = config.secretKeyFile === null && existsSync(key)
    if (secretKey) copyFileSync(key, join(target, 'secret.key'))
    // Last: what lacks it is not a whole backup.
    writeFileSync(join(target, backupMark), `${JSON.stringify({ madeAt })}\n`)
    return { dir: target, madeAt, ...copied, secretKey }
  } catch (error) {
    rmSync(target, { recursive: true, force: true })
    throw error
  }
}

export function printBackup(terminal: Terminal, report: BackupReport, json: boolean): void {
  if (json) {
    terminal.out(`${JSON.stringify(report, null, 2)}\n`)
    return
  }
  terminal.out(
    `${report.dir}: ${report.files} files, ${(report.bytes / 1e6).toFixed(0)} MB, as of ${report.madeAt}.\n`,
  )
  terminal.out(
    report.secretKey
      ? 'The secret key is in it: keep it as safe as the server itself.\n'
      : 'The secret key (SECRET_KEY_FILE) is NOT in it: without it, stored secrets can not be read. Keep a copy.\n',
  )
  terminal.out('Put it on another machine. Restore it with: npx tipstaff restore DIR\n')
}

export interface RestoreReport {
  dataDir: string
  from: string
  /** Where what was there before is now. */
  aside: string | null
  /** Firms whose newer anchors were kept, so that the record shows what is lost. */
  keptAnchors: string[]
}

/** Puts a backup in the place of DATA_DIR, which is moved aside. Nothing may run on it. */
export function restore(config: Config, dir: string, now: Temporal.Instant): RestoreReport {
  if (config.databaseUrl !== null) throw new StartupError(embeddedOnly)
  const from = resolve(dir)
  if (!existsSync(join(from, backupMark)))
    throw new StartupError(`${from} is no whole backup: ${backupMark}, which is written last, is missing.`)
  const aside = putInPlace(from, config.dataDir, now.round('second').toString())
  const keptAnchors =
    aside === null ? [] : keepNewerAnchors(join(aside, 'anchors'), join(config.dataDir, 'anchors'))
  return { dataDir: config.dataDir, from, aside, keptAnchors }
}

/** Anchors only grow, so the longer file is the newer one. */
function keepNewerAnchors(old: string, restored: string): string[] {
  if (!existsSync(old)) return []
  const kept: string[] = []
  if (existsSync(join(old, 'keys'))) cpSync(join(old, 'keys'), join(restored, 'keys'), { recursive: true })
  for (const name of readdirSync(old)) {
    if (!name.endsWith('.jsonl')) continue
    const target = join(restored, name)
    if (existsSync(target) && statSync(target).size >= statSync(join(old, name)).size) continue
    mkdirSync(restored, { recursive: true })
    copyFileSync(join(old, name), target)
    kept.push(name.slice(0, -'.jsonl'.length))
  }
  return kept
}

export function printRestore(terminal: Terminal, report: RestoreReport, json: boolean): void {
  if (json) {
    terminal.out(`${JSON.stringify(report, null, 2)}\n`)
    return
  }
  terminal.out(`${report.dataDir} is now the backup ${report.from}.\n`)
  if (report.aside)
    terminal.out(`What was there before is in ${report.aside}; delete it when you no longer need it.\n`)
  terminal.out(
    'Start Tipstaff: it takes webhooks and receipts, and sends nothing until "npx tipstaff reconcile" has asked the providers.\n',
  )
}
