import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A process and when it began: a pid alone is soon given to another one, above all in a container. */
export interface ProcessIdentity {
  pid: number
  /** Clock ticks since boot (`/proc/<pid>/stat`, field 22), or '' where there is no /proc. */
  began: string
}

interface Stat {
  state: string
  began: string
}

function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the command in brackets and may itself hold blanks and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', began: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

/** Who `pid` is now; `began` is '' when that cannot be told. */
export function identify(pid: number): ProcessIdentity {
  return { pid, began: readStat(pid)?.began ?? '' }
}

/** True while this pid is taken, be it by a zombie. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** True while a process with this pid runs. A zombie counts as dead: in a container nobody may ever reap it. */
export function isAlive(pid: number): boolean {
  return isTaken(pid) && readStat(pid)?.state !== 'Z'
}

/** True while this very process runs, not merely one that has since been given its pid. */
export function isSame(identity: ProcessIdentity): boolean {
  if (!isAlive(identity.pid)) return false
  const now = identify(identity.pid).began
  return identity.began === '' || now === '' || identity.began === now
}

/**
 * True when `pid` is a PostgreSQL server that has `dataDir` (a real path) open. `recordedDir` is the directory
 * that its postmaster.pid names: it decides where the working directory of a process can't be read.
 */
export function servesDirectory(pid: number, dataDir: string, recordedDir: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'linux') {
    try {
      // A server's working directory is its data directory; this stays right when the directory is moved.
      return readlinkSync(`/proc/${pid}/cwd`) === dataDir
    } catch {
      return false
    }
  }
  if (recordedDir !== dataDir) return false
  if (process.platform === 'win32') return true
  try {
    const command = execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes('postgres')
  } catch {
    return false
  }
}

/** A process that works in `directory` (a real path), as every part of a PostgreSQL server does; Linux only. */
export function someoneIn(directory: string): number | undefined {
  if (process.platform !== 'linux') return undefined
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      if (readlinkSync(`/proc/${name}/cwd`) === directory) return Number(name)
    } catch {
      // it ended, or is not ours to look at
    }
  }
  return undefined
}
