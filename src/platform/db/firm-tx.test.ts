import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import type { FirmId } from '../../kernel/index.ts'
import { insertMany, toJson } from './bulk.ts'
import { database } from './firm-tx.ts'
import { createPool } from './pool.ts'

const test = await testDatabase()
const db = database(test.pool)
const newFirm = async () => {
  const id = crypto.randomUUID() as FirmId
  await test.adminPool.query('insert into firms values ($1, $2, $3, 0, now())', [id, `f${id}`, 'Firm'])
  return id
}

describe('a transaction for a firm', () => {
  it('is one: all of it or nothing, and what was to follow follows only a commit', async () => {
    const firm = await newFirm()
    const told: string[] = []
    const rename = (name: string, fail: boolean) =>
      db.forFirm(firm, async (tx) => {
        tx.afterCommit(() => told.push(name))
        expect(await tx.run('update firms set name = $1', [name])).toBe(1)
        if (fail) throw new Error('no')
        return name
      })
    await expect(rename('One', true)).rejects.toThrow('no')
    expect(await rename('Two', false)).toBe('Two')
    expect(told).toEqual(['Two'])
    expect(await db.forFirm(firm, (tx) => tx.rows('select name from firms'))).toEqual([{ name: 'Two' }])
  })

  it('gives its connection back, whatever happened; one that broke is not used again', async () => {
    const pool = createPool({ url: test.appUrl, max: 1, onError: () => {} })
    try {
      const own = database(pool)
      const firm = await newFirm()
      const pid = () => own.forFirm(firm, (tx) => tx.rows<{ pid: number }>('select pg_backend_pid() as pid'))
      const [before] = await pid()
      await expect(own.forFirm(firm, (tx) => tx.run('select nonsense'))).rejects.toThrow(/nonsense/)
      expect(await pid()).toEqual([before])
      await expect(
        own.forFirm(firm, async (tx) => {
          await test.adminPool.query('select pg_terminate_backend($1)', [before!.pid])
          await tx.run('select 1')
        }),
      ).rejects.toThrow()
      expect((await pid())[0]!.pid).not.toBe(before!.pid)
    } finally {
      await pool.end()
    }
  })
})

describe('many rows in one statement', () => {
  it('arrive as they were: bytes, instants, lists, objects, nothing', async () => {
    const firm = await newFirm()
    const at = Temporal.Instant.from('2030-01-15T18:00:00.123456Z')
    const rows = [0, 1].map((n) => ({
      id: crypto.randomUUID(),
      name: `key "${n}" \\ ü`,
      hash: Buffer.from([0, 255, n]),
      scopes: ['a,b', '{"c"}'],
      created_at: at,
      revoked_at: null,
    }))
    const made = await db.forFirm(firm, (tx) => insertMany(tx, 'api_keys', rows, 'returning *'))
    expect(made).toMatchObject(rows.map((row) => ({ firm_id: firm, ...row })))
    expect(made).toHaveLength(rows.length)
  })

  it('none at all is no statement', async () => {
    expect(
      await insertMany({ rows: () => Promise.reject(new Error('asked')) } as never, 'api_keys', []),
    ).toEqual([])
  })

  it('write what `on conflict` lets through, and say which', async () => {
    const firm = await newFirm()
    const row = {
      id: crypto.randomUUID(),
      name: 'one',
      hash: Buffer.from('x'),
      scopes: [],
      created_at: '2030-01-01T00:00:00Z',
    }
    const insert = () =>
      db.forFirm(firm, (tx) => insertMany(tx, 'api_keys', [row], 'on conflict do nothing returning name'))
    expect(await insert()).toEqual([{ name: 'one' }])
    expect(await insert()).toEqual([])
  })

  it('turn columns of bytes into what bytea reads, and leave the others as they are', () => {
    expect(toJson([{ a: new Uint8Array([1, 171]), b: Buffer.from([2]), c: { d: 3 } }])).toBe(
      '[{"a":"\\\\x01ab","b":"\\\\x02","c":{"d":3}}]',
    )
  })
})
