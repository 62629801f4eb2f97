/** Starting and stopping the real thing: what goes wrong is one clear line, and nothing is damaged. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbedded } from '../../src/platform/db/embedded/index.ts'
import { cli, freePorts, occupied, type Running, runCli } from '../support/cli.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { testDatabase } from '../support/database.ts'

const up = /Stop with Ctrl-C/

describe('tipstaff start', () => {
  const home = temporaryDataDir()
  let env: Record<string, string> = {}
  let running: Running | undefined

  beforeAll(async () => {
    const [port, sandbox] = await freePorts(2)
    env = { DATA_DIR: home.path, PORT: String(port), SANDBOX_PORT: String(sandbox) }
  })
  afterAll(async () => {
    running?.child.kill('SIGKILL')
    // Whatever a failed test left running ends here.
    const server = await startEmbedded({ dataDir: home.path, log: () => {} })
    await server.stop()
    home.remove()
  })

  it('names a port in use, exits 1 and touches nothing', async () => {
    const taken = await occupied()
    const untouched = join(home.path, 'not-yet')
    const { code, printed } = await runCli(['start'], {
      ...env,
      DATA_DIR: untouched,
      PORT: String(taken.port),
    })
    await taken.close()
    expect(code).toBe(1)
    expect(printed.trim()).toBe(
      `tipstaff: port ${taken.port} is in use: stop what uses it, or set PORT to another`,
    )
    expect(existsSync(untouched)).toBe(false)
  })

  it('names every setting that is wrong, and exits 2', async () => {
    const { code, printed } = await runCli(['start'], { ...env, PORT: 'http', PUBLIC_URL: 'example.com' })
    expect(code).toBe(2)
    expect(printed).toMatch(/PORT .*PUBLIC_URL /)
  })

  it('refuses a data directory whose passwords are gone, and leaves what is there', async () => {
    const half = join(home.path, 'half')
    mkdirSync(join(half, 'pg', 'data'), { recursive: true })
    writeFileSync(join(half, 'pg', 'data', 'base'), 'kept')
    const { code, printed } = await runCli(['start'], { ...env, DATA_DIR: half })
    expect(code).toBe(1)
    expect(printed).toMatch(/^tipstaff: .*db\.json with its passwords is missing\. Nothing was touched/m)
    expect(readdirSync(join(half, 'pg', 'data'))).toEqual(['base'])
  })

  it('names a disk without room before it makes anything', async () => {
    const full = join(home.path, 'full')
    const start = startEmbedded({ dataDir: full, log: () => {}, freeBytes: () => 1_000_000 })
    await expect(start).rejects.toThrow(
      /No disk space for the database .* 1 MB are free\. Free at least 500 MB/,
    )
    expect(existsSync(join(full, 'pg', 'data'))).toBe(false)
  })

  it('refuses a database that holds somebody else’s tables, and leaves them', async () => {
    const foreign = await testDatabase({ empty: true })
    await foreign.ownerPool.query('create table accounts (id int); insert into accounts values (1)')
    const { code, printed } = await runCli(['start'], {
      ...env,
      DATABASE_URL: foreign.appUrl,
      DATABASE_ADMIN_URL: foreign.ownerUrl,
    })
    expect(code).toBe(1)
    expect(printed).toMatch(/^tipstaff: This database holds tables that Tipstaff did not make/m)
    expect((await foreign.ownerPool.query('select id from accounts')).rows).toEqual([{ id: 1 }])
    expect((await foreign.ownerPool.query(`select to_regclass('migrations') as t`)).rows).toEqual([
      { t: null },
    ])
  })

  it('starts on an empty directory, and on SIGTERM ends everything, PostgreSQL included', async () => {
    running = cli(['start'], env)
    await running.says(up)
    const ready = await fetch(`http://127.0.0.1:${env.PORT}/readyz`)
    expect(await ready.json()).toMatchObject({
      ready: true,
      checks: { lanes: { ok: true }, listening: { ok: true } },
    })
    // What a start must begin by itself: the firm was opened before there was a lane to nudge.
    const metrics = async () => (await fetch(`http://127.0.0.1:${env.PORT}/metrics`)).text()
    // Not more often: each look has the figures of all lanes counted.
    await until(
      async () => /tipstaff_polled_records_total\{what="kept",model="matter"\} [1-9]/.test(await metrics()),
      { seconds: 40, everyMs: 500 },
    )
    running.child.kill('SIGTERM')
    expect(await running.ended()).toBe(0)
    expect(running.printed()).toMatch(/Stopping: what is under way ends first/)
    expect(existsSync(join(home.path, 'pg', 'data', 'postmaster.pid'))).toBe(false)
    expect(await answers(env.PORT!)).toBe(false)
    expect(await answers(env.SANDBOX_PORT!)).toBe(false)
  }, 90_000)

  it('refuses a database that is newer than itself, and changes nothing', async () => {
    await asOwner(home.path, `insert into migrations (name, checksum) values ('9999_future', 'x')`)
    const { code, printed } = await runCli(['start'], env)
    expect(code).toBe(1)
    expect(printed).toMatch(/^tipstaff: The database is newer than this Tipstaff: it has 9999_future/m)
    await asOwner(home.path, `delete from migrations where name = '9999_future'`)
  })

  it('names the sandbox’s port when that is in use, and leaves the database stopped', async () => {
    const taken = await occupied()
    const { code, printed } = await runCli(['start'], { ...env, SANDBOX_PORT: String(taken.port) })
    await taken.close()
    expect(code).toBe(1)
    expect(printed).toMatch(new RegExp(`port ${taken.port} is in use; set SANDBOX_PORT to another`))
    expect(existsSync(join(home.path, 'pg', 'data', 'postmaster.pid'))).toBe(false)
  })

  it('starts again quickly; after SIGKILL the sandbox goes too, and the orphaned database is adopted', async () => {
    running = cli(['start'], env)
    await running.says(up)
    running.child.kill('SIGKILL')
    await running.ended()
    await until(async () => !(await answers(env.SANDBOX_PORT!)))
    expect(existsSync(join(home.path, 'pg', 'data', 'postmaster.pid'))).toBe(true)

    running = cli(['start'], env)
    await running.says(up)
    expect(running.printed()).not.toMatch(/Making a new database/)

    // Commands share the server of the one that runs, and leave it running.
    const tasks = await runCli(['tasks', 'list', '--json'], env)
    expect(tasks).toMatchObject({ code: 0 })
    expect(JSON.parse(tasks.printed)).toMatchObject({ items: [] })
    expect((await fetch(`http://127.0.0.1:${env.PORT}/healthz`)).status).toBe(200)

    running.child.kill('SIGINT')
    expect(await running.ended()).toBe(0)
    expect(existsSync(join(home.path, 'pg', 'data', 'postmaster.pid'))).toBe(false)
  }, 180_000)
})

const answers = (port: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

async function until(
  true_: () => Promise<boolean>,
  { seconds, everyMs } = { seconds: 10, everyMs: 25 },
): Promise<void> {
  const end = performance.now() + seconds * 1_000
  while (!(await true_())) {
    if (performance.now() > end) throw new Error(`it did not come true within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

async function asOwner(dataDir: string, sql: string): Promise<void> {
  const server = await startEmbedded({ dataDir, log: () => {} })
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
    await server.stop()
  }
}
