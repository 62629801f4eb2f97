import type { FirmId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type Log, scrubMarked, scrubValue } from '../../platform/log/index.ts'
import type { Metrics } from '../../platform/metrics/index.ts'
import { closeAlert, insertDeliveries, type Path, type Raised, upsertAlerts } from './store.ts'
import type { NewAlert } from './types.ts'

export interface RaiseDeps {
  /** Which paths the firm has configured; the `operators` of firm.yaml do. */
  operators: { mail: readonly string[]; webhook?: unknown }
  newId: NewId
  now(): Temporal.Instant
  log: Log
  metrics: Metrics
  /** Wakes the lane that delivers; a sweep does it a little later otherwise. */
  nudge?: (firmId: FirmId) => void
}

/**
 * Raises alerts in the caller's transaction: they stand, are logged (level error) and counted if it commits.
 * One that is already open under its kind and cause counts up and tells nobody anew.
 *
 * Contact details in title, cause and detail are replaced.
 */
export async function raise(tx: FirmTx, alerts: readonly NewAlert[], deps: RaiseDeps): Promise<void> {
  if (alerts.length === 0) return
  const now = deps.now()
  const folded = fold(alerts, deps.newId)
  const raised = await upsertAlerts(tx, folded, now)
  const paths: Path[] = [
    ...(deps.operators.webhook ? (['webhook'] as const) : []),
    ...(deps.operators.mail.length > 0 ? (['mail'] as const) : []),
  ]
  const fresh = raised.filter((alert) => alert.fresh)
  const deliveries = fresh.flatMap((alert) =>
    paths.map((path) => ({ id: deps.newId(), alertId: alert.id, path })),
  )
  await insertDeliveries(tx, deliveries, now)
  tx.afterCommit(() => {
    tell(tx.firmId, folded, raised, deps)
    if (deliveries.length > 0) deps.nudge?.(tx.firmId)
  })
}

/** The trouble is over: what comes next under this kind and cause is a new alert. @returns whether one was open */
export async function resolve(
  tx: FirmTx,
  alert: { kind: string; cause: string },
  now: Temporal.Instant,
): Promise<boolean> {
  return closeAlert(tx, alert.kind, scrubMarked(alert.cause), now)
}

type Folded = NewAlert & { id: string; count: number }

/** One statement can't touch a row twice, so what is the same is counted here. */
function fold(alerts: readonly NewAlert[], newId: NewId): Folded[] {
  const byCause = new Map<string, Folded>()
  for (const alert of alerts) {
    const cause = scrubMarked(alert.cause)
    const key = JSON.stringify([alert.kind, cause])
    const known = byCause.get(key)
    if (known) known.count++
    else {
      const detail = scrubValue(alert.detail ?? {}) as Record<string, unknown>
      byCause.set(key, { ...alert, cause, title: scrubMarked(alert.title), detail, id: newId(), count: 1 })
    }
  }
  return [...byCause.values()]
}

function tell(firmId: FirmId, folded: readonly Folded[], raised: readonly Raised[], deps: RaiseDeps): void {
  for (const { kind, cause, severity, title, count } of folded) {
    deps.metrics.alerts.inc({ kind, severity }, count)
    const stands = raised.find((one) => one.kind === kind && one.cause === cause)
    const fields = { firm: firmId, alert: stands?.id, kind, cause, severity, count: stands?.count }
    deps.log.error(fields, `alert: ${title}`)
  }
}
