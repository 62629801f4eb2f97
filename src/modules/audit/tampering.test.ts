import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { at, db, entry, now, sealed, test } from '../../../test/support/audit.ts'
import { anchorFiles, record, sealingKeyFrom } from './index.ts'

describe("tampering with entries by the database's owner", () => {
  const edits: [string, string][] = [
    ['its data', `data = '{"attempt": 2}'`],
    ['its actor', `actor = 'staff:1'`],
    ['its action', `action = 'message.cancelled'`],
    ['its subject', `subject = 'message:9z'`],
    ['its time, by a microsecond', `at = at + interval '1 microsecond'`],
    ['its time, to infinity', `at = 'infinity'`],
    ['its sequence number', 'seq = default'],
  ]
  for (const [what, set] of edits) {
    it(`is found when an entry's content is changed: ${what}`, async () => {
      const { verify, tamper } = await sealed()
      await tamper(`update audit_entries set ${set} where ${at('message:3a')}`)
      const report = await verify()
      expect(report.ok).toBe(false)
      expect(report.problems).toMatchObject([{ kind: 'entry_edited', n: 3 }])
    })
  }

  it('names the very entry', async () => {
    const { firmId, verify, tamper } = await sealed()
    await tamper(`update audit_entries set data = '{}' where ${at('message:3b')}`)
    const { rows } = await test.adminPool.query(
      `select epoch, xid::text, seq::text from audit_entries where firm_id = $1 and subject = 'message:3b'`,
      [firmId],
    )
    expect((await verify()).problems[0]).toMatchObject({ kind: 'entry_edited', n: 3, entry: rows[0] })
  })

  it('finds a deleted one, first, last and in the middle', async () => {
    for (const [subject, n] of [
      ['message:1a', 1],
      ['message:2b', 2],
      ['message:4b', 4],
    ] as const) {
      const { verify, tamper } = await sealed()
      await tamper(`delete from audit_entries where ${at(subject)}`)
      expect((await verify()).problems).toMatchObject([{ kind: 'entry_removed', n }])
    }
  })

  it('finds one inserted into a range that is sealed', async () => {
    const { verify, tamper } = await sealed()
    await tamper(`insert into audit_entries (firm_id, epoch, xid, at, actor, action, subject, data)
      select firm_id, epoch, xid, at, actor, action, 'message:forged', data from audit_entries where ${at('message:2a')}`)
    expect((await verify()).problems).toMatchObject([{ kind: 'entry_inserted', n: 2, entry: { epoch: 1 } }])
  })

  it('finds one inserted below the first batch, in an epoch that never was, and in one to come', async () => {
    for (const [epoch, xid, n] of [
      [0, '5', 1],
      [1, '0', 1],
      [-(2 ** 31), '0', 1],
      [2, '7', 5],
      [1, '99999999999', 5],
    ] as const) {
      const { verify, tamper } = await sealed()
      await tamper(`insert into audit_entries (firm_id, epoch, xid, seq, at, actor, action, subject, data) overriding system value
        select firm_id, ${epoch}, '${xid}', -1, at, actor, action, 'message:forged', data from audit_entries where ${at('message:2a')}`)
      expect((await verify()).problems, `${epoch}/${xid}`).toMatchObject([
        { kind: 'entry_inserted', n, entry: { epoch, xid } },
      ])
    }
  })

  it('does not seal what it cannot have written', async () => {
    const { seal, tamper, lines } = await sealed()
    await seal()
    await tamper(`insert into audit_entries (firm_id, epoch, at, actor, action, subject, data)
      values ($firm, 7, now(), 'a', 'b', 'c', '{}')`)
    expect(await seal()).toMatchObject({ batches: 0 })
    expect(lines.at(-1)).toContain('an epoch that has not begun')
  })

  it('finds one that changed places, and one that went to another firm', async () => {
    const { verify, tamper } = await sealed()
    await tamper(
      `update audit_entries set xid = (select xid from audit_entries where ${at('message:3a')}) where ${at('message:2a')}`,
    )
    expect((await verify()).problems.map(({ kind, n }) => [kind, n])).toEqual([
      ['entry_removed', 2],
      ['entry_inserted', 3],
    ])

    const [one, other] = [await sealed(), await sealed()]
    await one.tamper(`update audit_entries set firm_id = '${other.firmId}' where ${at('message:3a')}`)
    expect((await one.verify()).problems).toMatchObject([{ kind: 'entry_removed', n: 3 }])
    expect((await other.verify()).ok).toBe(false)
  })

  it("is found without anchors' prints as well, though not which entry", async () => {
    const { verify, tamper, file } = await sealed()
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/,"prints":"[^"]*"/g, ''))
    expect((await verify()).ok).toBe(true)
    await tamper(`update audit_entries set data = '{}' where ${at('message:3a')}`)
    await tamper(`delete from audit_entries where ${at('message:4a')}`)
    expect((await verify()).problems).toMatchObject([
      { kind: 'entries_changed', n: 3 },
      { kind: 'entries_changed', n: 4, detail: 'sealed with 2 entries, there are 1' },
    ])
  })
})

describe('tampering with batches', () => {
  const columns: [string, string][] = [
    ['epoch', 'epoch = 2'],
    ['entries', 'entries = 1'],
    ['root', `root = sha256('x')`],
    ['link', `link = sha256('x')`],
    ['signature', `signature = sha512('x')`],
    ['key_id', `key_id = 'other'`],
    ['sealed_at', `sealed_at = sealed_at + interval '1 microsecond'`],
    ['xid_from', `xid_from = '1'`],
    ['xid_to', `xid_to = (xid_to::text::bigint + 1)::text::xid8`],
    ['n', 'n = 77'],
    ['n', 'n = 9007199254740993'],
  ]
  for (const [column, set] of columns) {
    it(`finds an edited ${column} (${set})`, async () => {
      const { verify, tamper } = await sealed()
      await tamper(`update audit_batches set ${set} where firm_id = $firm and n = 3`)
      const report = await verify()
      expect(report.ok).toBe(false)
      expect(report.problems[0]?.n).toBe(3)
    })
  }

  it('covers every column but the one that is set afterwards', async () => {
    const { rows } = await test.adminPool.query(
      `select attname from pg_attribute where attrelid = 'audit_batches'::regclass and attnum > 0 and not attisdropped`,
    )
    const tested = new Set([...columns.map(([column]) => column), 'firm_id', 'anchored_at'])
    expect(rows.map((row) => row.attname).filter((name) => !tested.has(name))).toEqual([])
  })

  it('finds one deleted from the middle, and the first', async () => {
    for (const n of [2, 1]) {
      const { verify, tamper } = await sealed()
      await tamper(`delete from audit_batches where firm_id = $firm and n = ${n}`)
      expect((await verify()).problems[0]).toMatchObject({ kind: 'batch_missing', n })
    }
  })

  it('finds two that changed places', async () => {
    const { verify, tamper } = await sealed()
    await tamper(`update audit_batches set n = 99 where firm_id = $firm and n = 2`)
    await tamper(`update audit_batches set n = 2 where firm_id = $firm and n = 3`)
    await tamper(`update audit_batches set n = 3 where firm_id = $firm and n = 99`)
    expect((await verify()).problems[0]).toMatchObject({ kind: 'batch_edited', n: 2 })
  })

  it('finds the newest cut off, with their entries or without, even when sealing went on', async () => {
    const { seal, verify, tamper, firmId } = await sealed()
    await tamper(`delete from audit_batches where firm_id = $firm and n >= 3`)
    await tamper(`delete from audit_entries where firm_id = $firm and subject >= 'message:3'`)
    expect((await verify()).problems).toMatchObject([
      { kind: 'cut_off', n: 3 },
      { kind: 'cut_off', n: 4 },
    ])
    await db.forFirm(firmId, (tx) => record(tx, [entry('new')], now()))
    await seal()
    expect((await verify()).problems).toMatchObject([
      { kind: 'anchor_differs', n: 3 },
      { kind: 'cut_off', n: 4 },
    ])
  })

  it('finds a history that was rewritten by someone who has the database but not the key', async () => {
    const { verify, tamper, seal, dir } = await sealed()
    const other = sealingKeyFrom(Buffer.alloc(32, 9))
    await tamper(`delete from audit_batches where firm_id = $firm`)
    await tamper(`update audit_entries set data = '{}' where ${at('message:3a')}`)
    const elsewhere = anchorFiles(join(dir, 'elsewhere'))
    await seal({ key: other, anchors: elsewhere, batchSize: 2 })
    const kinds = new Set((await verify()).problems.map((problem) => problem.kind))
    expect(kinds).toContain('signature_wrong')
    expect(kinds).toContain('anchor_differs')
  })
})
