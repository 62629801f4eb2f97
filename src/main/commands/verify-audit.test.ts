import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { db, key, keys, now, sealed, test } from '../../../test/support/audit.ts'
import { acceptLosses, anchorFiles, sealingKeyFrom, verifyFirm } from '../../modules/audit/index.ts'
import { verifyAudit, verifyAuditText } from './verify-audit.ts'

describe('tipstaff verify-audit', () => {
  it('verifies with the command, which knows firms by key and says so in one line', async () => {
    const { firmId, dir } = await sealed()
    const result = await verifyAudit({ db, now, anchorsDir: dir, key, firm: `f${firmId}` })
    expect(result).toMatchObject({ ok: true, firms: [{ firm: `f${firmId}`, entries: 8 }] })
    expect(verifyAuditText(result)).toContain('ok, 8 entries in 4 batches, 1 not sealed yet')
    await expect(verifyAudit({ db, now, anchorsDir: dir, key, firm: 'nobody' })).rejects.toThrow(
      'no firm has the key nobody',
    )
  })

  it('finds a firm whose whole record, or whose very row, is gone', async () => {
    const { tamper, dir, firmId } = await sealed()
    await tamper(`delete from audit_batches where firm_id = $firm`)
    await tamper(`delete from audit_entries where firm_id = $firm`)
    await tamper(`delete from firms where firm_id = $firm`)
    const result = await verifyAudit({ db, now, anchorsDir: dir, key })
    expect(result.ok).toBe(false)
    const report = result.firms.find((one) => one.firmId === firmId)
    expect(report).toMatchObject({
      firm: null,
      problemCount: 4,
      problems: [{ kind: 'cut_off', n: 1 }, {}, {}, {}],
    })
    expect(verifyAuditText(result)).toMatch(/no such firm in the database.*\n {2}batch 1: cut off/)
  })
})

describe('a restored backup', () => {
  it('goes on in a new epoch, is reported until a person accepts the loss, and only that loss', async () => {
    const { firmId, note, seal, verify, tamper, anchors, dir } = await sealed()
    const { rows } = await test.adminPool.query('select epoch from deployment')
    onTestFinished(
      async () => void (await test.adminPool.query('update deployment set epoch = $1', [rows[0].epoch])),
    )
    // The backup knew two batches and one entry that nobody had sealed.
    await tamper(`delete from audit_batches where firm_id = $firm and n >= 3`)
    await tamper(`delete from audit_entries where firm_id = $firm and subject > 'message:3a'`)
    await test.adminPool.query('update deployment set epoch = epoch + 1')
    await note('after')
    expect(await seal()).toMatchObject({ batches: 2, entries: 2 })
    const report = await verify()
    expect(report).toMatchObject({ ok: false, entries: 6, unsealed: 0 })
    expect(report.problems).toMatchObject([
      { kind: 'anchor_differs', n: 3 },
      { kind: 'anchor_differs', n: 4 },
    ])

    const accept = { by: 'ops', reason: 'disk failed, restored from Monday', at: now() }
    await acceptLosses(firmId, report, {
      ...accept,
      key: sealingKeyFrom(Buffer.alloc(32, 9)),
      anchors: anchorFiles(dir),
    })
    expect(await verify()).toMatchObject({ ok: false, unreadableAnchors: 1 })

    const result = await verifyAudit({ db, now, anchorsDir: dir, key, firm: `f${firmId}`, accept })
    expect(result.firms[0]).toMatchObject({ ok: true, acceptedLosses: 2 })
    expect(readFileSync(join(dir, `${firmId}.jsonl`), 'utf8')).toContain('restored from Monday')
    await tamper(`delete from audit_batches where firm_id = $firm and n = 4`)
    expect((await verifyFirm(db, firmId, { anchors, keys })).problems).toMatchObject([
      { kind: 'cut_off', n: 4 },
    ])
  })
})
