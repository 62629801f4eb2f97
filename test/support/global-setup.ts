import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { ensureConsole } from '../../scripts/console.mjs'
import { type EmbeddedServer, startEmbedded } from '../../src/platform/db/embedded/index.ts'
import { canReach, serverUser } from '../../src/platform/db/embedded/os-user.ts'
import { isAlive } from '../../src/platform/db/embedded/processes.ts'
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts'
import { stateTriggers } from './state-machines.ts'

/** What each test file needs to make a database of its own. */
export interface TestServer {
  adminUrl: string
  ownerUrl: string
  appUrl: string
  /** The migrated database that is copied. */
  template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

const ROOT = join(import.meta.dirname, '..', '..')
const MIGRATIONS = join(ROOT, 'migrations')
/** Any fixed number: setups of runs at the same time take turns at the template. */
const LOCK_KEY = 7_184_530_028

/** Inside the checkout, so that it goes when the checkout goes; elsewhere if PostgreSQL's user can't get there. */
function testDataDir(): string {
  const inside = join(ROOT, 'node_modules', '.cache', 'tipstaff-test')
  mkdirSync(inside, { recursive: true })
  const user = serverUser()
  if (!user || canReach(inside, user)) return inside
  return join(tmpdir(), `tipstaff-test-${createHash('sha256').update(ROOT).digest('hex').slice(0, 8)}`)
}

/** Drops what killed runs left: copies whose maker is gone, and templates of other days' migrations. */
async function dropLeftovers(admin: pg.Client, template: string, today: string): Promise<void> {
  const { rows } = await admin.query<{ name: string; note: string | null }>(
    `select datname as name, shobj_description(oid, 'pg_database') as note from pg_database
      where datname ~ '^(test|template)_[0-9a-f]'`,
  )
  for (const { name, note } of rows) {
    const pid = /^test_(\d+)_/.exec(name)?.[1]
    const stale = pid ? !isAlive(Number(pid)) : name !== template && note !== today
    if (stale) await admin.query(`drop database if exists ${name} with (force)`)
  }
}

async function makeTemplate(admin: pg.Client, server: EmbeddedServer, template: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [template])
  if (rowCount) return
  const making = `${template}_making`
  await admin.query(`drop database if exists ${making} with (force)`)
  await admin.query(`create database ${making} owner tipstaff_owner`)
  const ownerUrl = withDatabase(server.ownerUrl, making)
  await migrate({ ownerUrl, dir: MIGRATIONS, log: () => {} })
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(stateTriggers())
  await owner.end()
  await admin.query(`alter database ${making} rename to ${template}`)
}

/** The same address and role, another database. */
function withDatabase(url: string, database: string): string {
  return url.replace(/\/[^/]*$/, `/${database}`)
}

/** Starts one server for all test files (or joins the one of a run at the same time) and migrates the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  ensureConsole()
  const server = await startEmbedded({ dataDir: testDataDir(), log: () => {} })
  const admin = new pg.Client({ connectionString: server.adminUrl })
  try {
    await admin.connect()
    const hash = createHash('sha256')
    for (const { name, checksum } of readMigrations(MIGRATIONS)) hash.update(`${name} ${checksum}\n`)
    hash.update(stateTriggers())
    const template = `template_${hash.digest('hex').slice(0, 12)}`
    const today = Temporal.Now.plainDateISO('UTC').toString()

    await admin.query('select pg_advisory_lock($1)', [LOCK_KEY])
    await dropLeftovers(admin, template, today)
    await makeTemplate(admin, server, template)
    await admin.query(`comment on database ${template} is '${today}'`)
    const { adminUrl, ownerUrl, appUrl } = server
    project.provide('testServer', { adminUrl, ownerUrl, appUrl, template })
    await admin.end()
  } catch (error) {
    // First: a connection that the stop ends would be reported in place of what went wrong.
    await admin.end()
    await server.stop()
    throw error
  }
  return () => server.stop()
}
