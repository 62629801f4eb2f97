import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StartupError } from '../startup-error.ts'
import { identify, isSame, type ProcessIdentity } from './processes.ts'

const POLL_MS = 25
/** Longest that a start may take under the lock: a first start on a slow disk, or a long crash recovery. */
const WAIT_MS = 120_000
/** A lock file is written at once after it was made; one that stays empty longer than this was left by a crash. */
const EMPTY_MS = 2_000

function readIdentity(path: string): ProcessIdentity | 'gone' | 'empty' {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return 'gone'
  }
  const [pid, began] = text.trim().split(' ')
  return pid ? { pid: Number(pid), began: began ?? '' } : 'empty'
}

function writeIdentity(path: string): boolean {
  const me = identify(process.pid)
  try {
    writeFileSync(path, `${me.pid} ${me.began}\n`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function olderThan(path: string, milliseconds: number): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > milliseconds
  } catch {
    return false
  }
}

function isStale(path: string): boolean {
  const holder = readIdentity(path)
  if (holder === 'gone') return false
  return holder === 'empty' ? olderThan(path, EMPTY_MS) : !isSame(holder)
}

/** Takes a dead holder's lock away. Only one process at a time may, or the second would take away the first's. */
function clearStale(path: string): void {
  const turn = `${path}.takeover`
  if (olderThan(turn, 10_000)) rmSync(turn, { force: true })
  if (!writeIdentity(turn)) return
  try {
    if (isStale(path)) rmSync(path, { force: true })
  } finally {
    rmSync(turn, { force: true })
  }
}

/**
 * Runs `work` while no other process starts or stops the database of this data directory. A lock whose holder
 * died is taken over. Throws StartupError when another process holds it for longer than two minutes.
 */
export async function withLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const path = join(dataDir, 'pg.lock')
  const deadline = performance.now() + WAIT_MS
  while (!writeIdentity(path)) {
    if (isStale(path)) clearStale(path)
    else if (performance.now() > deadline) {
      const holder = readIdentity(path)
      const who = typeof holder === 'object' ? `process ${holder.pid}` : 'another process'
      throw new StartupError(
        `${who} has been starting the database in ${dataDir} for ${WAIT_MS / 1000} s. Stop it, or start with another DATA_DIR.`,
      )
    } else await delay(POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

/**
 * Notes that this process uses the database, so that the last one out stops it and nobody else does.
 * Returns the function that takes the note back and tells whether anyone else is still there.
 */
export function enter(dataDir: string): () => { othersRemain: boolean } {
  const folder = join(dataDir, 'pg.users')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let number = 0
  while (!writeIdentity(join(folder, `${process.pid}-${number}`))) {
    // A note of our own pid that is not of this process was left by one that was killed.
    if (isStale(join(folder, `${process.pid}-${number}`)))
      rmSync(join(folder, `${process.pid}-${number}`), { force: true })
    else number++
  }
  const mine = `${process.pid}-${number}`
  return () => {
    rmSync(join(folder, mine), { force: true })
    let othersRemain = false
    for (const name of readdirSync(folder)) {
      if (isStale(join(folder, name))) rmSync(join(folder, name), { force: true })
      else othersRemain = true
    }
    return { othersRemain }
  }
}
