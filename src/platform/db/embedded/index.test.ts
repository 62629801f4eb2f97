import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { removeDataDir, temporaryDataDir } from '../../../../test/support/data-dir.ts'
import { StartupError } from '../startup-error.ts'
import { findBinaries, reachableBinaries } from './binaries.ts'
import { type EmbeddedServer, startEmbedded } from './index.ts'
import { serverUser } from './os-user.ts'
import { isAlive } from './processes.ts'

const HOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'test', 'support', 'hold-database.ts')
const asRoot = process.getuid?.() === 0

/** A made, stopped database with one row in it; tests work on copies, since making one takes most of a second. */
const seed = temporaryDataDir()
let folder: ReturnType<typeof temporaryDataDir>
let lines: string[] = []
let servers: EmbeddedServer[] = []
let children: ChildProcess[] = []

async function start(dataDir = folder.path, freeBytes?: () => number): Promise<EmbeddedServer> {
  const log = (line: string) => lines.push(line)
  const server = await startEmbedded({ dataDir, log, ...(freeBytes ? { freeBytes } : {}) })
  servers.push(server)
  return server
}

/** The one line with which a start is refused. */
async function refusal(dataDir = folder.path, freeBytes?: () => number): Promise<string> {
  const error = await start(dataDir, freeBytes).then(
    () => undefined,
    (failure: unknown) => failure,
  )
  expect(error).toBeInstanceOf(StartupError)
  expect((error as StartupError).exitCode).toBeGreaterThan(0)
  expect((error as StartupError).message).not.toContain('\n')
  return (error as StartupError).message
}

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Starts a database in a process of its own, in a session of its own, as a terminal would. */
async function hold(): Promise<{ child: ChildProcess; ownerUrl: string; adopted: boolean }> {
  const child = spawn(process.execPath, [HOLDER, folder.path], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  children.push(child)
  const [line] = await once(child.stdout!, 'data')
  return { child, ...JSON.parse(String(line)) }
}

const cluster = () => join(folder.path, 'pg', 'data')
const postmasterPid = () => Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0])
const useSeed = () => execFileSync('cp', ['-a', `${seed.path}/.`, folder.path])
const notes = (url: string) => query<{ note: string }>(url, 'select note from kept')

beforeAll(async () => {
  const server = await startEmbedded({ dataDir: seed.path, log: () => {} })
  await query(server.ownerUrl, `create table kept (note text); insert into kept values ('still here')`)
  await server.stop()
})
afterAll(() => seed.remove())
beforeEach(() => {
  folder = temporaryDataDir()
  lines = []
  servers = []
  children = []
})
afterEach(async () => {
  for (const child of children) {
    const ended = child.exitCode !== null || child.signalCode !== null || once(child, 'exit')
    child.kill('SIGKILL')
    await ended // or its note that it uses the database would still count
  }
  for (const server of servers) await server.stop()
  folder.remove()
})

describe('startEmbedded', () => {
  it('makes a database on the first start and keeps its secrets to its owner', async () => {
    const server = await start()
    expect(server.adopted).toBe(false)
    expect(lines).toContain(`Making a new database in ${cluster()}`)
    expect(statSync(join(folder.path, 'db.json')).mode & 0o777).toBe(0o600)
    const rows = await query(server.ownerUrl, 'select current_user as me, current_database() as db')
    expect(rows).toEqual([{ me: 'tipstaff_owner', db: 'tipstaff' }])
  })

  it('runs a real server: durable, in UTC, with passwords, and roles that row-level security binds', async () => {
    useSeed()
    const server = await start()
    const settings = await query<{ name: string; setting: string }>(
      server.appUrl,
      `select name, setting from pg_settings where name in
         ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'jit', 'TimeZone', 'server_encoding')`,
    )
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      jit: 'off',
      TimeZone: 'UTC',
      server_encoding: 'UTF8',
    })
    const roles = await query(
      server.adminUrl,
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles
        where rolname ~ '^tipstaff' order by rolname`,
    )
    const none = { rolsuper: false, rolbypassrls: false, rolcreatedb: false }
    expect(roles).toEqual([
      { rolname: 'tipstaff_app', rolcreaterole: false, ...none },
      { rolname: 'tipstaff_owner', rolcreaterole: true, ...none },
    ])
    await expect(query(server.appUrl.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1')).rejects.toThrow(
      /password/,
    )
    await expect(query(server.appUrl, 'create table mine (id int)')).rejects.toThrow(/permission denied/)
  })

  it('finds the data again after a stop, and says nothing then', async () => {
    useSeed()
    const first = await start()
    const pid = postmasterPid()
    await first.stop()
    // Its file goes a moment before the process does.
    await expect.poll(() => isAlive(pid)).toBe(false)
    const second = await start()
    expect(second.adopted).toBe(false)
    expect(await notes(second.ownerUrl)).toEqual([{ note: 'still here' }])
    expect(lines).toEqual([])
  })

  it('adopts the live server that a killed app left behind', async () => {
    useSeed()
    const { child, ownerUrl } = await hold()
    await query(ownerUrl, `insert into kept values ('written before the kill')`)
    const pid = postmasterPid()
    child.kill('SIGKILL')
    await once(child, 'exit')

    const server = await start()
    expect(server.adopted).toBe(true)
    expect(postmasterPid()).toBe(pid)
    expect(await notes(server.ownerUrl)).toEqual([
      { note: 'still here' },
      { note: 'written before the kill' },
    ])
    await server.stop()
    // Its file goes a moment before the process does.
    await expect.poll(() => isAlive(pid)).toBe(false)
  })

  it('starts again over what a killed server left, and loses nothing that was committed', async () => {
    useSeed()
    const { child, ownerUrl } = await hold()
    await query(ownerUrl, `insert into kept values ('committed')`)
    child.kill('SIGKILL')
    process.kill(postmasterPid(), 'SIGKILL')
    const server = await start()
    expect(server.adopted).toBe(false)
    expect(await notes(server.ownerUrl)).toEqual([{ note: 'still here' }, { note: 'committed' }])
  })

  it('is not reached by Ctrl-C in the terminal of the app', async () => {
    useSeed()
    const { child, ownerUrl } = await hold()
    process.kill(-child.pid!, 'SIGINT')
    expect(await notes(ownerUrl)).toEqual([{ note: 'still here' }])
    expect(child.exitCode).toBeNull()
    await start() // so that it is stopped at the end
  })

  it('lets several processes share it: the last one out stops it', async () => {
    useSeed()
    const first = await start()
    const second = await start()
    expect([first.adopted, second.adopted]).toEqual([false, true])
    await first.stop()
    await first.stop()
    expect(await notes(second.ownerUrl)).toHaveLength(1)
    const pid = postmasterPid()
    await second.stop()
    // Its file goes a moment before the process does.
    await expect.poll(() => isAlive(pid)).toBe(false)
  })

  it('makes one database when two processes start at once', async () => {
    const [one, two] = await Promise.all([hold(), start()])
    expect([one.adopted, two.adopted].sort()).toEqual([false, true])
    expect(one.ownerUrl).toBe(two.ownerUrl)
  })

  it('comes back at the same address after a restart', async () => {
    useSeed()
    const server = await start()
    await server.restart('immediate')
    expect(await notes(server.ownerUrl)).toEqual([{ note: 'still here' }])
  })

  it('moves aside, and never deletes, what an interrupted first start left', async () => {
    const child = spawn(process.execPath, [HOLDER, folder.path], { stdio: 'ignore' })
    children.push(child)
    const making = () =>
      existsSync(join(folder.path, 'pg')) && readdirSync(join(folder.path, 'pg')).some(isMaking)
    const isMaking = (name: string) => name.startsWith('data.making-')
    await expect.poll(making, { interval: 2, timeout: 10_000 }).toBe(true)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const server = await start()
    expect(await query(server.appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    const aside = readdirSync(join(folder.path, 'pg')).filter((name) => name.startsWith('half-made-'))
    expect(aside).toHaveLength(1)
    expect(lines.join('\n')).toContain(join(folder.path, 'pg', aside[0]!))
  })

  it('moves aside a data directory that is plainly incomplete', async () => {
    mkdirSync(cluster(), { recursive: true })
    writeFileSync(join(cluster(), 'PG_VERSION'), '18\n')
    writeFileSync(
      join(folder.path, 'db.json'),
      JSON.stringify({ ...JSON.parse(readFileSync(join(seed.path, 'db.json'), 'utf8')), madeAt: null }),
    )
    await start()
    expect(lines.join('\n')).toMatch(/not finished being made was moved to .*half-made-/)
  })

  it('refuses data directories of others and touches nothing', async () => {
    useSeed()
    const foreign = join(folder.path, 'pg', 'data')
    rmSync(join(foreign, 'tipstaff.json'))
    expect(await refusal()).toMatch(/Tipstaff did not make. Nothing was touched/)
    expect(await refusal(foreign)).toMatch(/did not make/)
    expect(existsSync(join(foreign, 'PG_VERSION'))).toBe(true)
  })

  it('refuses a cluster that belongs to another db.json, and one whose db.json is missing', async () => {
    useSeed()
    const file = join(folder.path, 'db.json')
    const record = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...record, token: 'f'.repeat(24) }))
    expect(await refusal()).toMatch(/belongs to another Tipstaff/)
    writeFileSync(file, 'not JSON')
    expect(await refusal()).toMatch(/cannot be understood/)
    rmSync(file)
    expect(await refusal()).toMatch(/db.json with its passwords is missing/)
  })

  it('refuses a cluster of another major version, a damaged one and one that is gone', async () => {
    useSeed()
    writeFileSync(join(cluster(), 'PG_VERSION'), '17\n')
    expect(await refusal()).toMatch(/made by PostgreSQL 17, and this Tipstaff brings PostgreSQL 18/)
    rmSync(join(cluster(), 'PG_VERSION'))
    expect(await refusal()).toMatch(/is damaged/)
    rmSync(cluster(), { recursive: true })
    expect(await refusal()).toMatch(/is gone from/)
  })

  it('refuses a live server that somebody else started on our directory', async () => {
    useSeed()
    const user = serverUser()
    const { postgres } = reachableBinaries(await findBinaries(), join(folder.path, 'pg'), user, () => {})
    const settings = [
      '-c',
      'cluster_name=theirs',
      '-c',
      `unix_socket_directories=${join(folder.path, 'pg', 'run')}`,
    ]
    const theirs = spawn(postgres, ['-D', cluster(), ...settings], {
      stdio: 'ignore',
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    })
    children.push(theirs)
    const ready = () =>
      existsSync(join(cluster(), 'postmaster.pid')) && readFileSync(join(cluster(), 'postmaster.pid'), 'utf8')
    await expect.poll(ready, { timeout: 10_000 }).toContain('ready')
    expect(await refusal()).toMatch(/was not started by this Tipstaff \(it calls itself "theirs"\)/)
    expect(isAlive(theirs.pid!)).toBe(true)
    theirs.kill('SIGINT')
    await once(theirs, 'exit')
  })

  it('sees that postmaster.pid names a process that is no longer the database', async () => {
    useSeed()
    writeFileSync(join(cluster(), 'postmaster.pid'), `${process.pid}\n${cluster()}\n1\n5432\n\n\n\nready\n`)
    const server = await start()
    expect(server.adopted).toBe(false)
    expect(lines.join('\n')).toMatch(/stale and is removed/)
  })

  it('refuses to begin without disk space, and begins when there is some', async () => {
    expect(await refusal(folder.path, () => 123_000_000)).toMatch(/No disk space .* 123 MB are free/)
    expect(existsSync(cluster())).toBe(false)
    await start()
  })

  it('says plainly when the data directory cannot be made', async () => {
    writeFileSync(join(folder.path, 'file'), '')
    expect(await refusal(join(folder.path, 'file', 'data'))).toMatch(/^Cannot write to .* \(ENOTDIR\)/)
  })

  it('uses a loopback port where the path is too long for a socket', async () => {
    const deep = join(folder.path, 'a-rather-long-name-for-a-directory'.repeat(3))
    mkdirSync(deep)
    execFileSync('cp', ['-a', `${seed.path}/.`, deep])
    const server = await start(deep)
    expect(server.ownerUrl).toMatch(/@127\.0\.0\.1:\d+\/tipstaff$/)
    const { ownerUrl } = server
    expect(await notes(ownerUrl)).toHaveLength(1)
    await server.stop()
    expect((await start(deep)).ownerUrl).toBe(ownerUrl)
  })

  it.runIf(asRoot)(
    'keeps the cluster elsewhere when its user cannot enter DATA_DIR, and says so',
    async () => {
      chmodSync(folder.path, 0o700)
      const server = await start()
      expect(lines[0]).toMatch(
        /^The database is kept in \/var\/lib\/tipstaff\/[0-9a-f]{12}: user .* cannot enter/,
      )
      await query(server.ownerUrl, 'create table kept (note text)')
      await server.stop()
      lines = []
      const again = await start()
      expect(await notes(again.ownerUrl)).toEqual([])
      expect(lines).toEqual([])

      const copy = temporaryDataDir()
      execFileSync('cp', ['-a', `${folder.path}/.`, copy.path])
      expect(await refusal(copy.path)).toMatch(/is a copy of/)
      rmSync(copy.path, { recursive: true })
      await again.stop()
      removeDataDir(folder.path)
    },
  )
})
