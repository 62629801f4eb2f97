/** Fills the gauges just before /metrics is read: what waits, firm by firm, summed. */
import { readBeats } from '../modules/alerts/index.ts'
import { oldestUnsealed } from '../modules/audit/index.ts'
import { deploymentStats } from '../modules/console/index.ts'
import { listFirms } from '../modules/firms/index.ts'
import type { Runtime } from './runtime.ts'

export function fillGauges(runtime: Runtime): void {
  const { metrics, db, pool, clock } = runtime
  // Those that need no database first: they tell the truth also while it is away.
  metrics.beforeScrape(async () => {
    metrics.held.set(runtime.state.held === null ? 0 : 1)
    metrics.databaseConnections.set({ state: 'open' }, pool.totalCount)
    metrics.databaseConnections.set({ state: 'idle' }, pool.idleCount)
    metrics.databaseConnections.set({ state: 'waited_for' }, pool.waitingCount)
  })
  metrics.beforeScrape(async () => {
    const stats = await deploymentStats(db, clock.now())
    metrics.deadLettersOpen.set(stats.deadLettersOpen)
    metrics.unknownOpen.set(stats.unknownOpen)
    metrics.quarantineOpen.set(stats.quarantineOpen)
    metrics.tasksOpen.set(stats.tasksOpen)
    for (const { lane, due, ageSeconds } of stats.lanes) {
      metrics.queueDepth.set({ lane }, due)
      metrics.queueAge.set({ lane }, ageSeconds)
    }
  })
  metrics.beforeScrape(async () => {
    const sweptAt = (await readBeats(db)).get('sweep')
    if (sweptAt) metrics.sweepAge.set(Math.max(0, sweptAt.until(clock.now()).total('seconds')))
  })
  metrics.beforeScrape(async () => {
    metrics.auditLag.set(await auditLag(runtime))
  })
}

/** Seconds since the oldest entry was written that no seal covers, over all firms. */
export async function auditLag({ db, clock }: Pick<Runtime, 'db' | 'clock'>): Promise<number> {
  let oldest = 0
  for (const firmId of await listFirms(db)) {
    const at = await db.forFirm(firmId, oldestUnsealed)
    if (at) oldest = Math.max(oldest, at.until(clock.now()).total('seconds'))
  }
  return oldest
}
