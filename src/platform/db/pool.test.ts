import { beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { createPool } from './pool.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ empty: true })
})

async function one(sql: string, values: unknown[] = []): Promise<unknown> {
  const { rows } = await database.pool.query<{ value: unknown }>(`select ${sql} as value`, values)
  return rows[0]?.value
}

describe('values from the database', () => {
  it('are exact moments and calendar dates', async () => {
    const moment = await one(`'2026-03-08 01:59:59.123456-05'::timestamptz`)
    expect(moment).toBeInstanceOf(Temporal.Instant)
    expect(String(moment)).toBe('2026-03-08T06:59:59.123456Z')
    const date = await one(`'2026-10-15'::date`)
    expect(date).toBeInstanceOf(Temporal.PlainDate)
    expect(String(date)).toBe('2026-10-15')
  })

  it('are numbers where a bigint is safe, and an error where it is not', async () => {
    expect(await one('9007199254740991::bigint')).toBe(Number.MAX_SAFE_INTEGER)
    expect(await one('count(*)')).toBe(1)
    await expect(one('9007199254740993::bigint')).rejects.toThrow(/does not fit/)
  })

  it('are the same inside arrays, with null where null is', async () => {
    expect(await one('array[1, null, 3]::bigint[]')).toEqual([1, null, 3])
    const moments = (await one(`array['2026-01-01 00:00Z', null]::timestamptz[]`)) as unknown[]
    expect(moments.map(String)).toEqual(['2026-01-01T00:00:00Z', 'null'])
    const dates = (await one(`array['2026-01-01']::date[]`)) as unknown[]
    expect(dates.map(String)).toEqual(['2026-01-01'])
  })

  it('are what JSON says for jsonb, and text for numeric', async () => {
    expect(await one(`'{"a": [1, null]}'::jsonb`)).toEqual({ a: [1, null] })
    expect(await one('1.10::numeric')).toBe('1.10')
  })
})

describe('values to the database', () => {
  const moment = Temporal.Instant.from('2026-03-08T06:59:59.123456Z')
  const date = Temporal.PlainDate.from('2026-10-15')

  it('may be Temporal values', async () => {
    expect(String(await one('$1::timestamptz', [moment]))).toBe(String(moment))
    expect(String(await one('$1::date', [date]))).toBe(String(date))
    expect(await one('$1::time', [Temporal.PlainTime.from('08:30')])).toBe('08:30:00')
  })

  it('may be arrays of them, for unnest', async () => {
    const { rows } = await database.pool.query<{ at: Temporal.Instant | null; n: number }>(
      'select * from unnest($1::timestamptz[], $2::bigint[]) as t (at, n)',
      [
        [moment, null],
        [1, 2],
      ],
    )
    expect(rows.map(({ at, n }) => [String(at), n])).toEqual([
      [String(moment), 1],
      ['null', 2],
    ])
  })
})

describe('a pool', () => {
  it('speaks UTC and ends transactions of a process that froze', async () => {
    expect(await one(`current_setting('TimeZone')`)).toBe('UTC')
    expect(await one(`current_setting('idle_in_transaction_session_timeout')`)).toBe('30s')
  })

  it('outlives its connections, idle ones and ones in a transaction', async () => {
    const errors: string[] = []
    const pool = createPool({
      url: database.appUrl,
      max: 2,
      onError: (error) => errors.push(error.message),
      applicationName: 'victim',
    })
    const [busy, idle] = await Promise.all([pool.connect(), pool.connect()])
    await busy.query('begin')
    idle.release()
    await database.adminPool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`,
    )
    await expect.poll(() => pool.idleCount).toBe(0)
    await expect(busy.query('select 1')).rejects.toThrow()
    busy.release(true)
    expect(errors.join()).toContain('terminating connection')
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })
})
