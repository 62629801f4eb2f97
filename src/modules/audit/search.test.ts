import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { db, firm, keys, now, sealed, test } from '../../../test/support/audit.ts'
import type { FirmId } from '../../kernel/index.ts'
import {
  checkFirm,
  type EntryFilter,
  recordMark,
  searchEntries,
  searchStatement,
  valuesOf,
  valuesStatement,
} from './index.ts'

const search = (firmId: FirmId, filter: Partial<EntryFilter>) =>
  db.forFirm(firmId, (tx) => searchEntries(tx, { limit: 50, ...filter }))

describe('the mark on the record', () => {
  it('says of each entry whether it is sealed, and whether somebody has looked since', async () => {
    const { firmId, anchors, seal } = await sealed()
    const marks = async () =>
      (await search(firmId, {})).map((e) => [e.subject, e.sealed, e.verified]).reverse()
    expect(await marks()).toEqual([
      ...[1, 2, 3, 4].flatMap((n) => ['a', 'b'].map((half) => [`message:${n}${half}`, true, false])),
      ['message:5a', false, false],
    ])
    const report = await checkFirm(db, firmId, { anchors, keys, now })
    expect(report).toMatchObject({ ok: true, lastBatch: 4 })
    await seal()
    expect((await marks()).slice(-2)).toEqual([
      ['message:4b', true, true],
      ['message:5a', true, false],
    ])
    const mark = await db.forFirm(firmId, recordMark)
    expect(mark).toMatchObject({ sealed: { n: 5 }, checked: { ok: true, n: 4, entries: 8, problems: [] } })
  })

  it('is on nothing any more once the record is found to be altered', async () => {
    const { firmId, anchors, tamper } = await sealed()
    await tamper(`update audit_entries set actor = 'nobody' where firm_id = $firm and subject = 'message:2b'`)
    await checkFirm(db, firmId, { anchors, keys, now })
    expect((await search(firmId, {})).some((e) => e.verified)).toBe(false)
    expect(await db.forFirm(firmId, recordMark)).toMatchObject({
      checked: { ok: false, problems: [{ kind: 'entry_edited', n: 2 }] },
    })
  })

  it('takes an anchor that may lie on another machine for no finding, but one that says otherwise', async () => {
    const { firmId, anchors, file } = await sealed()
    const lines = readFileSync(file, 'utf8')
    writeFileSync(file, lines.slice(lines.indexOf('\n') + 1))
    expect(await checkFirm(db, firmId, { anchors, keys, now })).toMatchObject({ ok: false })
    const look = () => checkFirm(db, firmId, { anchors, keys, now, elsewhere: true })
    expect(await look()).toMatchObject({ ok: true, missingAnchors: 1, problemCount: 0, problems: [] })
    expect(await db.forFirm(firmId, recordMark)).toMatchObject({ checked: { ok: true, problems: [] } })
    writeFileSync(file, lines.replace(/"link":"../, '"link":"zz'))
    expect(await look()).toMatchObject({ ok: false, problems: [{ kind: 'anchor_differs', n: 1 }] })
  })

  it('is there for a firm in which nothing has happened yet', async () => {
    const { firmId, anchors } = await firm()
    await checkFirm(db, firmId, { anchors, keys, now })
    expect(await db.forFirm(firmId, recordMark)).toEqual({
      sealed: null,
      checked: { at: expect.anything(), ok: true, n: 0, sealedAt: null, entries: 0, problems: [] },
    })
  })
})

describe('a record of a million entries', () => {
  const total = 1_000_000
  let firmId: FirmId
  /** A matter with 200 messages, in the midst of everybody's. */
  const subjects = Array.from({ length: 200 }, (_, i) => `message:${i * 997}`)
  const at = (n: number) => Temporal.Instant.from('2026-01-01T00:00:00Z').add({ seconds: n * 30 })

  beforeAll(async () => {
    firmId = (await firm()).firmId
    // One in 10,000 is a person's, one in 50,000 something rare.
    // In short transactions: one that is open holds back the sealers of other test files.
    for (let first = 0; first < total; first += 50_000)
      await test.adminPool.query(
        `insert into audit_entries (firm_id, epoch, at, actor, action, subject, data)
         select $1, 0, timestamptz '2026-01-01 00:00:00Z' + n * interval '30 seconds',
           case when n % 10000 = 77 then 'staff:' || n % 3 when n % 2 = 0 then 'tipstaff' else 'twilio' end,
           case when n % 50000 = 77 then 'pause.begun'
             else (array['message.queued', 'attempt.accepted', 'receipt.delivered'])[n % 3 + 1] end,
           'message:' || n % 250000, '{}'
         from generate_series($2::int, $2::int + 49999) n`,
        [firmId, first],
      )
    await test.adminPool.query('analyze audit_entries')
  }, 180_000)

  /** Reads that a plan makes, and by which indexes: of all its steps. */
  async function planOf(sql: string, values: readonly unknown[] = [firmId]) {
    const [row] = await db.forFirm(firmId, (tx) =>
      tx.rows<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (analyze, buffers, format json) ${sql}`, values),
    )
    const steps = flat(row!['QUERY PLAN'][0]!.Plan).filter((s) => s['Relation Name'] === 'audit_entries')
    return {
      kinds: [...new Set(steps.map((s) => s['Node Type']))],
      indexes: [...new Set(steps.map((s) => s['Index Name']))],
      read: steps.reduce(
        (sum, s) => sum + s['Actual Loops'] * (s['Actual Rows'] + (s['Rows Removed by Filter'] ?? 0)),
        0,
      ),
    }
  }
  interface Plan {
    'Node Type': string
    'Relation Name'?: string
    'Index Name'?: string
    'Actual Rows': number
    'Actual Loops': number
    'Rows Removed by Filter'?: number
    Plans?: Plan[]
  }
  const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)]

  const questions: [string, Partial<EntryFilter>, string, number][] = [
    ['nothing in particular', {}, 'audit_entries_at', 51],
    ['a page far back', { before: { at: at(500_000), seq: '1' } }, 'audit_entries_at', 51],
    ['a day', { from: at(300_000), until: at(302_880) }, 'audit_entries_at', 51],
    ['what a person did', { actor: 'staff:1' }, 'audit_entries_actor', 51],
    ['what nobody did', { actor: 'staff:nobody' }, 'audit_entries_actor', 0],
    ['a rare act', { action: 'pause.begun' }, 'audit_entries_action', 20],
    ['a common act, long ago', { action: 'attempt.accepted', until: at(9_000) }, 'audit_entries_at', 160],
    ['a common act of a person', { action: 'attempt.accepted', actor: 'staff:1' }, 'audit_entries_actor', 40],
    ['a matter', { subjects }, 'audit_entries_subject', 800],
  ]
  it.each(questions)('answers %s from an index, and reads hardly more than it shows', async (...given) => {
    const [, filter, index, most] = given
    const { sql, values } = searchStatement(firmId, { limit: 51, ...filter })
    const plan = await planOf(sql, values)
    expect(plan.kinds.every((kind) => kind.startsWith('Index') || kind.startsWith('Bitmap'))).toBe(true)
    expect(plan.indexes.filter(Boolean)).toEqual([index])
    expect(plan.read).toBeLessThanOrEqual(most)
  })

  it('goes through all of it page by page, each entry once, the newest first', async () => {
    const seen: string[] = []
    let before: EntryFilter['before']
    for (let page = 0; page < 5; page++) {
      const entries = await search(firmId, { actor: 'staff:1', limit: 7, before })
      seen.push(...entries.map((e) => e.seq))
      const last = entries.at(-1)
      if (!last) break
      before = { at: last.happened, seq: last.seq }
    }
    const all = await search(firmId, { actor: 'staff:1', limit: 200 })
    expect(seen).toEqual(all.slice(0, 35).map((e) => e.seq))
    expect(all.map((e) => e.happened)).toEqual(
      all.map((e) => e.happened).toSorted((a, b) => Temporal.Instant.compare(b, a)),
    )
  })

  it('knows who and what stands in it without reading it', async () => {
    const [actors, actions] = await db.forFirm(firmId, async (tx) => [
      await valuesOf(tx, 'actor'),
      await valuesOf(tx, 'action'),
    ])
    expect(actors).toEqual(['sendgrid', 'staff:0', 'staff:1', 'staff:2', 'tipstaff', 'twilio'])
    expect(actions).toContain('pause.begun')
    expect(actions).toContain('attempt.accepted')
    // Each value is one look into an index, and one look more finds that there is none.
    expect((await planOf(valuesStatement('actor'))).read).toBeLessThan(10)
    expect((await planOf(valuesStatement('action'))).read).toBeLessThan(10)
  })
})
