import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { testDatabase } from './database.ts'

describe('testDatabase', () => {
  it('gives each call a migrated database of its own, which the app role may use', async () => {
    const [one, two] = await Promise.all([testDatabase(), testDatabase()])
    expect(one.name).not.toBe(two.name)
    await one.ownerPool.query('create table only_here (id int)')
    await expect(two.ownerPool.query('select from only_here')).rejects.toThrow(/does not exist/)
    const { rows } = await one.pool.query(
      'select current_user as me, count(*) > 0 as migrated from migrations',
    )
    expect(rows).toEqual([{ me: 'tipstaff_app', migrated: true }])
    await one.close()
    await two.close()
  })

  it('fails a file that leaves a connection behind, and drops its database all the same', async () => {
    const database = await testDatabase({ empty: true })
    const forgotten = new pg.Client({ connectionString: database.appUrl, application_name: 'forgotten' })
    forgotten.on('error', () => {}) // dropping the database ends it
    await forgotten.connect()
    await forgotten.query('select 42')
    await expect(database.close()).rejects.toThrow(/connections left open .*\nforgotten \(idle\): select 42/)
    await forgotten.end().catch(() => {})

    const admin = new pg.Client({ connectionString: inject('testServer').adminUrl })
    await admin.connect()
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [database.name])
    await admin.end()
    expect(rowCount).toBe(0)
  })
})
