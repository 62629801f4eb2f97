import { describe, expect, it } from 'vitest'
import { db, firm, key, othersDone } from '../../test/support/audit.ts'
import { systemClock } from '../kernel/index.ts'
import type { NewAlert } from '../modules/alerts/index.ts'
import { oldestUnsealed } from '../modules/audit/index.ts'
import { createLog } from '../platform/log/index.ts'
import { createMetrics } from '../platform/metrics/index.ts'
import { type RecordDeps, recordKeeper } from './record.ts'

async function keeping(more: Partial<RecordDeps> = {}) {
  const one = await firm()
  const alerts: NewAlert[] = []
  const keeper = recordKeeper({
    db,
    clock: systemClock,
    sealing: { key, anchors: one.anchors },
    alert: async (_, raised) => void alerts.push(...raised),
    log: createLog({ level: 'silent' }),
    metrics: createMetrics({ process: false }),
    ...more,
  })
  return { ...one, alerts, keeper, lane: (name: string) => keeper.lanes.find((lane) => lane.name === name)! }
}

describe('the daily look', () => {
  it('pages operators once it finds what can not be explained, and says nothing before', async () => {
    const { firmId, note, keeper, alerts, lane, file } = await keeping()
    await note('message:1')
    await othersDone()
    await keeper.seal(firmId)
    expect(await lane('check').run(firmId)).toEqual({ next: 'idle' })
    expect(alerts).toEqual([])
    const { readFileSync, writeFileSync } = await import('node:fs')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"link":"../, '"link":"zz'))
    // Looked over a moment ago: the lane has no reason to look again, a person may.
    await lane('check').run(firmId)
    expect(alerts).toEqual([])
    expect(await keeper.check(firmId)).toMatchObject({ ok: false })
    expect(alerts).toMatchObject([{ kind: 'record_altered', severity: 'page', cause: 'batch 1' }])
  })
})

describe('a process that only has doors', () => {
  it('makes no seals and no anchors: it tells one that works, and waits for it', async () => {
    const told: string[] = []
    const seals: Promise<unknown>[] = []
    const { firmId, note, keeper } = await keeping({
      sealElsewhere: (id) => {
        told.push(id)
        seals.push(othersDone().then(() => worker.seal(id)))
      },
    })
    const worker = recordKeeper({
      db,
      clock: systemClock,
      sealing: { key, anchors: (await firm()).anchors },
      alert: async () => {},
      log: createLog({ level: 'silent' }),
      metrics: createMetrics({ process: false }),
    })
    await note('message:1')
    await keeper.settle(firmId)
    expect(told).toEqual([firmId])
    expect(await db.forFirm(firmId, oldestUnsealed)).toBeNull()
    // The worker writes its anchor after that.
    await Promise.all(seals)
  })
})
