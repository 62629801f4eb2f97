import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import type { ConnectionId, FirmId } from '../../kernel/index.ts'
import { database } from '../../platform/db/firm-tx.ts'
import { drawTokens, type Rate } from './bucket.ts'

const { pool, adminPool } = await testDatabase()
const db = database(pool)
const start = Temporal.Instant.from('2030-01-15T18:00:00Z')

async function connection(rate: Rate | null) {
  const firmId = crypto.randomUUID() as FirmId
  const id = crypto.randomUUID() as ConnectionId
  await adminPool.query('insert into firms values ($1, $2, $3, 0, now())', [firmId, `f${firmId}`, 'Firm'])
  await adminPool.query(`insert into connections values ($1, $2, $3, 'twilio', 'active', now())`, [
    firmId,
    id,
    `c${id}`,
  ])
  const draw = (count: number, seconds: number) =>
    db.forFirm(firmId, (tx) =>
      drawTokens(
        tx,
        Array.from({ length: count }, (_, n) => ({ n, connection_id: id })),
        new Map([[id, { rate }]]),
        start.add({ milliseconds: Math.round(seconds * 1000) }),
      ),
    )
  return { firmId, id, draw }
}

describe('the rate of a connection', () => {
  it('does not bind where none is set', async () => {
    const { draw } = await connection(null)
    const { granted, waits } = await draw(500, 0)
    expect([granted.length, waits.size]).toEqual([500, 0])
  })

  it('lets a burst through, in order, and says when the next may follow', async () => {
    const { draw, id } = await connection({ perSecond: 2, burst: 3 })
    const first = await draw(5, 0)
    expect(first.granted.map((m) => m.n)).toEqual([0, 1, 2])
    expect([...first.waits]).toEqual([[id, 500]])
    expect((await draw(5, 0)).granted).toEqual([])
    expect((await draw(5, 0.5)).granted).toHaveLength(1)
    expect((await draw(5, 100)).granted).toHaveLength(3)
  })

  it('is not widened by a clock that goes back', async () => {
    const { draw } = await connection({ perSecond: 1, burst: 1 })
    expect((await draw(1, 10)).granted).toHaveLength(1)
    expect((await draw(1, 0)).granted).toEqual([])
    expect((await draw(1, 10)).granted).toEqual([])
    expect((await draw(1, 11)).granted).toHaveLength(1)
  })

  it('holds over processes that draw at the same moment', async () => {
    const { draw } = await connection({ perSecond: 1, burst: 10 })
    const drawn = await Promise.all(Array.from({ length: 8 }, () => draw(4, 0)))
    expect(drawn.reduce((sum, d) => sum + d.granted.length, 0)).toBe(10)
  })

  it('never lets more through than burst and rate allow, however it is asked', async () => {
    const asks = fc.array(
      fc.record({ count: fc.integer({ min: 1, max: 9 }), after: fc.double({ min: 0, max: 3, noNaN: true }) }),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    await fc.assert(
      fc.asyncProperty(asks, async (list) => {
        const { draw } = await connection({ perSecond: 2, burst: 4 })
        let [at, granted] = [0, 0]
        for (const { count, after } of list) {
          at += after
          granted += (await draw(count, at)).granted.length
          expect(granted).toBeLessThanOrEqual(4 + 2 * at + 0.01)
        }
      }),
      { numRuns: 15 },
    )
  })
})
