import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeAll, expect } from 'vitest'
import { type FirmId, uuidSource } from '../../src/kernel/index.ts'
import {
  anchorFiles,
  record,
  type SealDeps,
  sealFirm,
  sealingKeyFrom,
  verifyFirm,
} from '../../src/modules/audit/index.ts'
import { type Database, database } from '../../src/platform/db/firm-tx.ts'
import { createLog } from '../../src/platform/log/index.ts'
import { createMetrics } from '../../src/platform/metrics/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'

const newId = uuidSource(Date.now, (bytes) => crypto.getRandomValues(bytes))
export const key = sealingKeyFrom(Buffer.alloc(32, 1))
export const keys = new Map([[key.id, key.publicKey]])
export const now = () => Temporal.Instant.from('2026-03-04T05:06:07.1234567Z')

export let test: TestDatabase
export let db: Database
const dirs: string[] = []
beforeAll(async () => {
  test = await testDatabase()
  db = database(test.pool)
})
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true })
})

/** A firm of its own for each test, with anchors of its own. */
export async function firm() {
  const firmId: FirmId = newId()
  await test.adminPool.query('insert into firms values ($1, $2, $3, 0, now())', [
    firmId,
    `f${firmId}`,
    'Firm',
  ])
  const dir = mkdtempSync(join(tmpdir(), 'tipstaff-anchors-'))
  dirs.push(dir)
  const anchors = anchorFiles(dir)
  const lines: string[] = []
  const log = createLog({ destination: { write: (line: string) => void lines.push(line) } })
  const deps: SealDeps = { key, anchors, now, log, metrics: createMetrics({ process: false }) }
  const note = (subject: string, count = 1) =>
    db.forFirm(firmId, (tx) =>
      record(
        tx,
        Array.from({ length: count }, () => entry(subject)),
        now(),
      ),
    )
  return {
    firmId,
    anchors,
    lines,
    deps,
    note,
    file: join(dir, `${firmId}.jsonl`),
    dir,
    async seal(more: Partial<SealDeps> = {}) {
      await othersDone()
      return sealFirm(db, firmId, { ...deps, ...more })
    },
    verify: () => verifyFirm(db, firmId, { anchors, keys }),
  }
}

/**
 * Transaction ids are one row of numbers for the whole server, so an open transaction of another test file holds the
 * sealer back. Waits until all that began before now, or before a given one, have ended.
 */
export async function othersDone(before?: string): Promise<void> {
  const { rows } = await test.adminPool.query('select pg_snapshot_xmax(pg_current_snapshot())::text as xmax')
  const done = 'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as done'
  while (!(await test.adminPool.query(done, [before ?? rows[0].xmax])).rows[0].done) await setImmediate()
}

/** What a module would record. */
export const entry = (subject: string) => ({
  actor: 'system',
  action: 'message.sent',
  subject,
  data: { attempt: 1, 'b"\\ü': ['x', null, 1.5] },
})

/** Four batches of two entries each and one unsealed entry; the tampering is done behind everything's back. */
export async function sealed() {
  const one = await firm()
  for (const n of [1, 2, 3, 4]) {
    await one.note(`message:${n}a`)
    await one.note(`message:${n}b`)
    expect(await one.seal()).toEqual({ next: 'idle', batches: 1, entries: 2 })
  }
  await one.note('message:5a')
  return { ...one, tamper: (sql: string) => asSuperuser(sql.replaceAll('$firm', `'${one.firmId}'`)) }
}

async function asSuperuser(sql: string): Promise<void> {
  const result = await test.adminPool.query(sql)
  const results = (Array.isArray(result) ? result : [result]) as { rowCount: number | null }[]
  // A tampering that touches nothing would make its test pass or fail for the wrong reason.
  expect(results.reduce((sum, one) => sum + (one.rowCount ?? 0), 0)).toBeGreaterThan(0)
}

/** @returns SQL that picks the entry with this subject */
export const at = (subject: string) => `firm_id = $firm and subject = '${subject}'`
