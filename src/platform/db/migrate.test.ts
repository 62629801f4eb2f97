import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { StartupError } from './startup-error.ts'

let database: TestDatabase
let dir = ''
let lines: string[] = []

const put = (name: string, sql: string) => writeFileSync(join(dir, `${name}.sql`), sql)
const run = () => migrate({ ownerUrl: database.ownerUrl, dir, log: (line) => lines.push(line) })
const tables = async () => {
  const { rows } = await database.ownerPool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  return rows.map(({ name }) => name)
}
const refusal = async () => {
  const before = await tables()
  const error = await run().then(
    () => undefined,
    (failure: unknown) => failure,
  )
  expect(error).toBeInstanceOf(StartupError)
  expect(await tables()).toEqual(before)
  return (error as StartupError).message
}

beforeEach(async () => {
  database = await testDatabase({ empty: true })
  dir = mkdtempSync(join(tmpdir(), 'tipstaff-migrations-'))
  lines = []
  put('0001_cats', '-- cats are needed\ncreate table cats (id int);')
  put('0002_dogs', '-- and dogs\ncreate table dogs (id int);')
})
afterEach(async () => {
  await database.close()
  rmSync(dir, { recursive: true })
})

describe('migrate', () => {
  it('applies what is new, in order, once', async () => {
    expect(await run()).toEqual({ applied: ['0001_cats', '0002_dogs'] })
    expect(lines).toEqual(['Migrating: 0001_cats', 'Migrating: 0002_dogs'])
    put('0003_birds', '-- birds too\ncreate table birds (id int);')
    expect(await run()).toEqual({ applied: ['0003_birds'] })
    expect(await run()).toEqual({ applied: [] })
    expect(await tables()).toEqual(['birds', 'cats', 'dogs', 'migrations'])
  })

  it('is applied once by processes that start at the same time', async () => {
    const results = await Promise.all([run(), run(), run()])
    expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001_cats', '0002_dogs'])
  })

  it('rolls back a file that fails, names its line, and keeps what came before', async () => {
    put('0002_dogs', '-- and dogs\ncreate table dogs (id int);\ncreate table oops (id nonsense);')
    await expect(run()).rejects.toThrow(
      /^Migration 0002_dogs line 3 failed and was rolled back: type "nonsense"/,
    )
    expect(await tables()).toEqual(['cats', 'migrations'])
    put('0002_dogs', '-- and dogs\ncreate table dogs (id int);')
    expect(await run()).toEqual({ applied: ['0002_dogs'] })
  })

  it('refuses a file that was edited after it had been applied', async () => {
    await run()
    put('0001_cats', '-- cats are needed, really\ncreate table cats (id int);')
    expect(await refusal()).toMatch(/^Migration 0001_cats was edited/)
  })

  it('refuses a database that is newer than the code', async () => {
    put('0003_birds', '-- birds too\ncreate table birds (id int);')
    await run()
    rmSync(join(dir, '0003_birds.sql'))
    expect(await refusal()).toMatch(/^The database is newer than this Tipstaff: it has 0003_birds/)
  })

  it('refuses a database that is somebody else’s, also one with a migrations table of its own', async () => {
    await database.ownerPool.query('create table theirs (id int)')
    expect(await refusal()).toMatch(/tables that Tipstaff did not make/)
    await database.ownerPool.query('create table migrations (id int, run_on timestamp)')
    expect(await refusal()).toMatch(/tables that Tipstaff did not make/)
  })

  it('refuses a server that is too old', async () => {
    const old = { query: async () => ({ rows: [{ number: '140012', text: '14.12' }] }) }
    const client = old as unknown as pg.ClientBase
    await expect(migrate({ client, dir, log: () => {} })).rejects.toThrow(/^PostgreSQL 14.12 is too old/)
  })

  it.each([
    ['3_birds', '-- why\n', /NNNN_name/],
    ['0003_birds', 'create table birds (id int);', /first line must say why/],
    ['0004_birds', '-- why\n', /expected number 0003/],
    ['0002_birds', '-- why\n', /expected number 0003/],
  ])('refuses the file %s that breaks the house rules', async (name, sql, reason) => {
    put(name, sql)
    expect(await refusal()).toMatch(reason)
  })
})

describe('pendingMigrations', () => {
  it('tells any role what is missing, and changes nothing', async () => {
    const pending = async () => {
      const client = await database.pool.connect()
      try {
        return await pendingMigrations(client, dir)
      } finally {
        client.release()
      }
    }
    expect(await pending()).toEqual(['0001_cats', '0002_dogs'])
    expect(await tables()).toEqual([])
    await run()
    expect(await pending()).toEqual([])
  })
})
