import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StartupError } from '../startup-error.ts'
import type { Binaries } from './binaries.ts'
import { explainServerLog } from './failures.ts'
import type { Place } from './place.ts'
import { isAlive, isTaken, servesDirectory, someoneIn } from './processes.ts'
import { CLEAN_ENV, run } from './run.ts'
import { type Listen, SOCKET_PORT } from './settings.ts'

const POLL_MS = 5
/** Crash recovery replays up to 2 GB of log before the server is ready. */
const READY_MS = 120_000
const STOP_MS = 60_000
/** The children of a killed server notice within a second and end; one in a long statement may take longer. */
const CRASH_MS = 30_000
const LOG_BYTES = 10_000_000
/** sockaddr_un holds 108 bytes on Linux and 104 on macOS. */
const SOCKET_PATH_MAX = 100

/** What a server writes into postmaster.pid (its own miscadmin.h: LOCK_FILE_LINE_*). */
interface PostmasterFile {
  pid: number
  directory: string
  port: number
  socketDir: string
  status: string
}

function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return {
      pid: Number(lines[0]),
      directory: lines[1] ?? '',
      port: Number(lines[3]),
      socketDir: lines[4] ?? '',
      status: lines[7]?.trim() ?? '',
    }
  } catch {
    return undefined
  }
}

function liveServer(place: Place): PostmasterFile | undefined {
  const file = readPostmasterFile(place.cluster)
  return file && servesDirectory(file.pid, realpathSync(place.cluster), file.directory) ? file : undefined
}

/** Waits for the process itself: its pid file goes a moment earlier. False when it is still there after a minute. */
async function waitUntilGone(place: Place, server: PostmasterFile): Promise<boolean> {
  const directory = realpathSync(place.cluster)
  const deadline = performance.now() + STOP_MS
  while (servesDirectory(server.pid, directory, server.directory)) {
    if (performance.now() > deadline) return false
    await delay(POLL_MS)
  }
  return true
}

const socketFile = (place: Place) => join(place.socketDir, `.s.PGSQL.${SOCKET_PORT}`)

const listenOf = (file: PostmasterFile): Listen =>
  file.socketDir ? { socketDir: file.socketDir } : { port: file.port }

/** The address of the server once it takes connections; undefined when it ended before, as `ended` tells. */
async function untilReady(
  place: Place,
  ended: (live: PostmasterFile | undefined) => boolean,
): Promise<Listen | undefined> {
  const deadline = performance.now() + READY_MS
  while (performance.now() < deadline) {
    const live = liveServer(place)
    if (live?.status === 'ready') return listenOf(live)
    if (ended(live)) return undefined
    await delay(POLL_MS)
  }
  throw new StartupError(
    `PostgreSQL was not ready within ${READY_MS / 1000} s; it may still be recovering. See ${place.logFile}, and start again.`,
  )
}

/**
 * The address of the server that already runs on this cluster (left by a killed app, or used by another
 * process), once it is ready; undefined when none does, or it dies while we look. One that is just stopping is
 * waited for.
 */
export async function findRunning(place: Place): Promise<Listen | undefined> {
  const live = liveServer(place)
  if (!live) return undefined
  if (live.status !== 'stopping') return untilReady(place, (now) => now === undefined)
  if (await waitUntilGone(place, live)) return undefined
  throw new StartupError(`PostgreSQL (process ${live.pid}) is still shutting down. Try again in a minute.`)
}

/** Where a new server shall listen: a Unix socket if its path fits, else the last port, else any free one. */
export async function chooseListen(place: Place): Promise<Listen> {
  if (process.platform !== 'win32' && Buffer.byteLength(socketFile(place)) < SOCKET_PATH_MAX)
    return { socketDir: place.socketDir }
  const tryPort = (port: number) =>
    new Promise<number | undefined>((resolve) => {
      const probe = createServer()
      probe.once('error', () => resolve(undefined))
      probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const address = probe.address()
        probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
      })
    })
  const last = place.record.port
  const port = (last === null ? undefined : await tryPort(last)) ?? (await tryPort(0))
  if (port === undefined) throw new StartupError('No free port on 127.0.0.1 for PostgreSQL.')
  return { port }
}

/**
 * Removes a postmaster.pid that PostgreSQL would stumble over: its pid is now somebody else's (containers give
 * the same ones again), or a zombie's. Only after the last process of the crashed server has gone: the file is
 * what keeps a second server off memory that the first still writes from.
 */
async function clearCrash(place: Place, log: (line: string) => void): Promise<void> {
  const file = readPostmasterFile(place.cluster)
  if (!file) return
  const directory = realpathSync(place.cluster)
  const deadline = performance.now() + CRASH_MS
  for (let pid = someoneIn(directory); pid !== undefined; pid = someoneIn(directory)) {
    if (performance.now() > deadline) {
      throw new StartupError(
        `Process ${pid} of a crashed PostgreSQL still works in ${place.cluster}. End it (kill ${pid}), then start again.`,
      )
    }
    await delay(POLL_MS)
  }
  if (!isTaken(file.pid)) return // PostgreSQL itself deals with a dead one
  if (isAlive(file.pid)) {
    log(
      `postmaster.pid names process ${file.pid}, which is not this database: the file is stale and is removed`,
    )
  }
  rmSync(join(place.cluster, 'postmaster.pid'), { force: true })
  rmSync(socketFile(place), { force: true })
  rmSync(`${socketFile(place)}.lock`, { force: true }) // names the same pid
}

function openLog(path: string): { file: number; size: number } {
  const size = existsSync(path) ? statSync(path).size : 0
  if (size > LOG_BYTES) renameSync(path, `${path}.1`)
  return { file: openSync(path, 'a', 0o600), size: size > LOG_BYTES ? 0 : size }
}

/** Starts the server and waits until it takes connections. Throws StartupError with the reason from its log. */
export async function startServer(
  place: Place,
  binaries: Binaries,
  log: (line: string) => void,
): Promise<Listen> {
  await clearCrash(place, log)
  for (let attempt = 1; ; attempt++) {
    const { file, size } = openLog(place.logFile)
    // detached: a session of its own, so that Ctrl-C in the terminal reaches us but not the database.
    const child = spawn(binaries.postgres, ['-D', place.cluster], {
      cwd: place.home,
      env: CLEAN_ENV,
      detached: true,
      stdio: ['ignore', file, file],
      ...(place.user ? { uid: place.user.uid, gid: place.user.gid } : {}),
    })
    const failed = new Promise<never>((_, reject) => {
      child.once('error', (cause) => {
        const hint = 'PostgreSQL’s programs do not run on this machine: set DATABASE_URL to a server'
        reject(new StartupError(`${hint} (${cause.message}).`, { cause }))
      })
    })
    child.unref()
    closeSync(file)
    try {
      const ready = await Promise.race([
        failed,
        untilReady(place, () => child.exitCode !== null || child.signalCode !== null),
      ])
      if (ready) return ready
      throw explainServerLog(readFileSync(place.logFile, 'utf8').slice(size), place.home, place.logFile)
    } catch (error) {
      // After a crash the old server's children hold its memory for a moment.
      const busy = error instanceof Error && /pre-existing shared memory block/.test(error.message)
      if (!busy || attempt >= 20) throw error
      await delay(250)
    }
  }
}

/**
 * Stops the server: `fast` ends sessions and writes everything out, `immediate` is as if it had crashed.
 * Returns false when it is still at it after a minute; it then ends by itself.
 */
export async function stopServer(
  place: Place,
  binaries: Binaries,
  mode: 'fast' | 'immediate' = 'fast',
): Promise<boolean> {
  const live = liveServer(place)
  if (!live) return true
  const args = ['stop', '-D', place.cluster, '-m', mode, '-W']
  await run(binaries.pg_ctl, args, { user: place.user, cwd: place.home })
  return waitUntilGone(place, live)
}
