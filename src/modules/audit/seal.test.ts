import { describe, expect, it } from 'vitest'
import { db, entry, firm, now, othersDone, sealed, test } from '../../../test/support/audit.ts'
import { record, sealFirm } from './index.ts'

describe('an untouched record', () => {
  it('verifies, and counts what is not sealed yet', async () => {
    const { verify } = await sealed()
    expect(await verify()).toMatchObject({
      ok: true,
      batches: 4,
      entries: 8,
      unsealed: 1,
      unanchored: 0,
      problems: [],
    })
  })

  it('writes all entries of a call in one statement, and takes contact details out', async () => {
    const { firmId } = await firm()
    await db.forFirm(firmId, (tx) =>
      record(
        tx,
        [
          { ...entry('a'), data: { why: 'To +13105550177 refused', who: 'a@b.example', id: '1675950832' } },
          entry('b'),
        ],
        now(),
      ),
    )
    const { rows } = await test.adminPool.query(
      'select subject, epoch, data, at::text, xid::text from audit_entries where firm_id = $1 order by seq',
      [firmId],
    )
    expect(rows).toMatchObject([
      { subject: 'a', epoch: 1, data: { why: 'To [phone] refused', who: '[mail]', id: '1675950832' } },
      { subject: 'b' },
    ])
    expect(rows[0].xid).toBe(rows[1].xid)
    expect(rows[0].at).toBe('2026-03-04 05:06:07.123457+00')
  })

  it('is cut into batches only between transactions', async () => {
    const { note, seal, verify } = await firm()
    for (let i = 0; i < 7; i++) await note(`m${i}`, 3)
    await note('big', 25)
    await note('last')
    expect(await seal({ batchSize: 10 })).toEqual({ next: 'idle', batches: 5, entries: 47 })
    expect(await verify()).toMatchObject({ ok: true, batches: 5, entries: 47, unsealed: 0 })
    expect(await seal()).toEqual({ next: 'idle', batches: 0, entries: 0 })
  })

  it('gives up its turn after some batches and goes on at the next', async () => {
    const { note, seal, verify } = await firm()
    for (let i = 0; i < 4; i++) await note(`m${i}`)
    expect(await seal({ batchSize: 1, maxBatches: 3 })).toEqual({ next: 'more', batches: 3, entries: 3 })
    expect(await seal({ batchSize: 1, maxBatches: 3 })).toEqual({ next: 'idle', batches: 1, entries: 1 })
    expect((await verify()).ok).toBe(true)
  })

  it('spans pages: more entries than are read at a time', async () => {
    const { note, seal, verify } = await firm()
    for (let i = 0; i < 3; i++) await note(`m${i}`, 9_000)
    await seal({ batchSize: 10_000 })
    expect(await verify()).toMatchObject({ ok: true, entries: 27_000, batches: 3 })
  })
})

describe('transactions at the same time', () => {
  it('an entry that commits late is not lost and lands in a later batch', async () => {
    const { firmId, deps, note, seal, verify } = await firm()
    const wrote = Promise.withResolvers<string>()
    const mayCommit = Promise.withResolvers<void>()
    await note('early')
    const slow = db.forFirm(firmId, async (tx) => {
      await record(tx, [entry('slow')], now())
      const [row] = await tx.rows<{ xid: string }>('select pg_current_xact_id()::text as xid')
      wrote.resolve(row!.xid)
      await mayCommit.promise
    })
    const slowXid = await wrote.promise
    await note('overtakes')
    await othersDone(slowXid)
    expect(await sealFirm(db, firmId, deps)).toMatchObject({ batches: 1, entries: 1 })
    expect(await verify()).toMatchObject({ ok: true, entries: 1, unsealed: 1 })
    mayCommit.resolve()
    await slow
    expect(await seal()).toMatchObject({ batches: 1, entries: 2 })
    expect(await verify()).toMatchObject({ ok: true, entries: 3, unsealed: 0 })
  })

  it('sealers at once make one chain while entries are being written and verified', async () => {
    const { firmId, deps, note, seal, verify } = await firm()
    const work = Array.from({ length: 30 }, async (_, i) => {
      await note(`m${i}`, 3)
      await sealFirm(db, firmId, { ...deps, batchSize: 5 })
      if (i % 5 === 0) expect((await verify()).problems).toEqual([])
    })
    await Promise.all(work)
    await seal({ maxBatches: 100 })
    expect(await verify()).toMatchObject({
      ok: true,
      entries: 90,
      unsealed: 0,
      unanchored: 0,
      unreadableAnchors: 0,
    })
    const { rows } = await test.adminPool.query(
      'select n::int from audit_batches where firm_id = $1 order by n',
      [firmId],
    )
    expect(rows.map((row) => row.n)).toEqual(rows.map((_, i) => i + 1))
  })

  it('a transaction that rolls back leaves no entry and no gap that verification would take for one', async () => {
    const { firmId, note, seal, verify } = await firm()
    await note('a')
    await expect(
      db.forFirm(firmId, async (tx) => {
        await record(tx, [entry('never')], now())
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await note('b')
    await seal()
    expect(await verify()).toMatchObject({ ok: true, entries: 2 })
  })
})

describe("the app's own role", () => {
  it("can neither rewrite nor delete what is recorded, nor see another firm's", async () => {
    const { firmId } = await sealed()
    const other = await firm()
    for (const sql of [
      `update audit_entries set data = '{}'`,
      'delete from audit_entries',
      'delete from audit_batches',
      `update audit_batches set link = ''`,
    ]) {
      await expect(
        db.forFirm(firmId, (tx) => tx.run(sql)),
        sql,
      ).rejects.toThrow('permission denied')
    }
    expect(await db.forFirm(other.firmId, (tx) => tx.rows('select from audit_entries'))).toEqual([])
  })
})
