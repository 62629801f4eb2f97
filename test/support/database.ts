import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { createPool } from '../../src/platform/db/pool.ts'
import type {} from './global-setup.ts'

/** A migrated database of a test file's own. The app role is bound by row-level security; the owner is too. */
export interface TestDatabase {
  name: string
  /** Role `tipstaff_app`: what the code under test gets. */
  appUrl: string
  /** Role `tipstaff_owner`. */
  ownerUrl: string
  /** Superuser, on this database: for looking behind row-level security. */
  adminUrl: string
  /** Pools made on first use and ended with the database. Any other connection is the test's to close. */
  readonly pool: pg.Pool
  readonly ownerPool: pg.Pool
  readonly adminPool: pg.Pool
  /** Ends the pools, fails if any connection is left behind, drops the database. Happens by itself after the file. */
  close(): Promise<void>
}

/** A server process takes a moment to notice that its client has gone. */
const LEAK_MS = 2_000

const open: TestDatabase[] = []

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: inject('testServer').adminUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function leftBehind(admin: pg.Client, name: string): Promise<string[]> {
  const deadline = performance.now() + LEAK_MS
  for (;;) {
    const { rows } = await admin.query<{ line: string }>(
      `select coalesce(nullif(application_name, ''), '(no name)') || ' (' || state || '): ' || query as line
         from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    )
    if (rows.length === 0 || performance.now() > deadline) return rows.map((row) => row.line)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/**
 * Makes a database for this test file: a copy of the migrated template, some 150 ms. Call it once per file, at the
 * top or in beforeAll. `{ empty: true }` gives one without any tables, for tests of migrations; `{ durable: true }` one that is set up
 * as users have it.
 */
export async function testDatabase(
  options: { empty?: boolean; durable?: boolean } = {},
): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  const source = options.empty ? 'template0' : server.template
  await asAdmin(async (admin) => {
    await admin.query(`create database ${name} template ${source} strategy wal_log owner tipstaff_owner`)
    // Nothing of a test outlives it: its commits need not wait for the disk.
    if (!options.durable) await admin.query(`alter database ${name} set synchronous_commit = off`)
  })
  const on = (url: string) => url.replace(/\/[^/]*$/, `/${name}`)
  const urls = { app: on(server.appUrl), owner: on(server.ownerUrl), admin: on(server.adminUrl) }
  const pools = new Map<string, pg.Pool>()
  const poolOf = (role: keyof typeof urls) => {
    const pool = pools.get(role) ?? createPool({ url: urls[role], max: 10, onError: () => {} })
    pools.set(role, pool)
    return pool
  }
  let closed = false
  const database: TestDatabase = {
    name,
    appUrl: urls.app,
    ownerUrl: urls.owner,
    adminUrl: urls.admin,
    get pool() {
      return poolOf('app')
    },
    get ownerPool() {
      return poolOf('owner')
    },
    get adminPool() {
      return poolOf('admin')
    },
    async close() {
      if (closed) return
      closed = true
      await Promise.all([...pools.values()].map((pool) => pool.end()))
      await asAdmin(async (admin) => {
        const left = await leftBehind(admin, name)
        await admin.query(`drop database if exists ${name} with (force)`)
        if (left.length > 0) throw new Error(`connections left open on ${name}:\n${left.join('\n')}`)
      })
    },
  }
  open.push(database)
  return database
}

// Who imports this does so before any hook of its own, so this runs after them all.
afterAll(async () => {
  for (const database of open.splice(0)) await database.close()
})
