/** Brings alerts to the operators. No connection to the database is held while the network is. */
import type { FirmId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Metrics } from '../../platform/metrics/index.ts'
import { alertBody, alertMail, mailEvery, nextTry } from './policy.ts'
import type { AlertMailer, AlertPoster, Told } from './ports.ts'
import {
  type Claimed,
  dueMails,
  dueWebhooks,
  firmName,
  lease,
  lockDispatch,
  type Path,
  postpone,
  restingKinds,
  settle,
} from './store.ts'
import type { Operators } from './types.ts'

export interface DeliverDeps {
  operators: Operators
  /** Made from the firm's own SMTP server; absent when it has none, which is reported and given up. */
  mailer?: AlertMailer
  poster: AlertPoster
  now(): Temporal.Instant
  log: Log
  metrics: Metrics
}

export interface DeliverResult {
  /** `more`: something went out, look again · `idle`: nothing is due */
  next: 'more' | 'idle'
  sent: number
  retried: number
  failed: number
}

/** As long as a kind's mails rest, so that one column says both; longer than any call's time-out. */
const leaseFor = mailEvery
const webhooksAtOnce = 10

/** What goes out as one call: a webhook for one alert, a mail for all due ones of a kind. */
interface Parcel {
  path: Path
  alerts: [Claimed, ...Claimed[]]
}

/**
 * Sends what is due for one firm: each alert by webhook, all of one kind in one mail and at most one mail per minute
 * and kind. A failure is tried again after 1, 5 and 30 minutes, then given up, logged and counted. At least once: a
 * crash between call and commit repeats it with the same `webhook-id` or Message-ID.
 */
export async function deliverAlerts(db: Database, firmId: FirmId, deps: DeliverDeps): Promise<DeliverResult> {
  const leaseUntil = deps.now().round('microsecond').add(leaseFor)
  const { parcels, name } = await db.forFirm(firmId, (tx) => claim(tx, deps.now(), leaseUntil))
  const outcomes = await Promise.all(
    parcels.map(async (parcel) => ({ parcel, told: await send(parcel, firmId, name, deps) })),
  )
  const result: DeliverResult = { next: parcels.length > 0 ? 'more' : 'idle', sent: 0, retried: 0, failed: 0 }
  if (outcomes.length === 0) return result
  await db.forFirm(firmId, async (tx) => {
    for (const { parcel, told } of outcomes) {
      // Grouped alerts may have been tried a different number of times; the freshest one keeps its full budget.
      const tries = Math.min(...parcel.alerts.map((alert) => alert.tries)) + 1
      const again = told.ok || 'final' in told ? null : nextTry(tries, deps.now())
      const state = told.ok ? 'sent' : again ? 'queued' : 'failed'
      const ids = parcel.alerts.map((alert) => alert.deliveryId)
      const error = told.ok ? null : told.detail
      await settle(tx, { ids, state, dueAt: again ?? deps.now(), error }, leaseUntil, deps.now())
      result[state === 'queued' ? 'retried' : state]++
      tx.afterCommit(() => note(firmId, parcel, state, tries, error, deps))
    }
  })
  return result
}

async function claim(
  tx: FirmTx,
  now: Temporal.Instant,
  leaseUntil: Temporal.Instant,
): Promise<{ parcels: Parcel[]; name: string }> {
  await lockDispatch(tx)
  const webhooks = await dueWebhooks(tx, now, webhooksAtOnce)
  const parcels: Parcel[] = webhooks.map((alert) => ({ path: 'webhook', alerts: [alert] }))
  const resting = new Map((await restingKinds(tx, now)).map(({ kind, until }) => [kind, until]))
  for (const [kind, alerts] of Map.groupBy(await dueMails(tx, now), (alert) => alert.kind)) {
    const [first, ...others] = alerts
    const until = resting.get(kind)
    if (first && until === undefined) parcels.push({ path: 'mail', alerts: [first, ...others] })
    else if (until)
      await postpone(
        tx,
        alerts.map((alert) => alert.deliveryId),
        until,
      )
  }
  const ids = parcels.flatMap((parcel) => parcel.alerts.map((alert) => alert.deliveryId))
  if (ids.length === 0) return { parcels, name: '' }
  await lease(tx, ids, leaseUntil)
  return { parcels, name: await firmName(tx) }
}

/** `final`: trying again would not help. */
type Sent = Told | { ok: false; detail: string; final: true }

async function send(parcel: Parcel, firmId: FirmId, name: string, deps: DeliverDeps): Promise<Sent> {
  const [first] = parcel.alerts
  const { mail, webhook } = deps.operators
  switch (parcel.path) {
    case 'webhook':
      if (!webhook) return { ok: false, detail: 'no webhook is configured any more', final: true }
      return deps.poster.post(webhook, first.deliveryId, alertBody(firmId, name, first))
    case 'mail':
      if (mail.length === 0)
        return { ok: false, detail: 'no mail address is configured any more', final: true }
      if (!deps.mailer)
        return { ok: false, detail: 'no SMTP server is configured (operators.smtp)', final: true }
      return deps.mailer.send(alertMail(name, first.deliveryId, mail, parcel.alerts))
  }
}

function note(
  firmId: FirmId,
  { path, alerts }: Parcel,
  state: 'sent' | 'queued' | 'failed',
  tries: number,
  error: string | null,
  deps: DeliverDeps,
): void {
  const outcome = state === 'queued' ? 'retry' : state
  deps.metrics.alertDeliveries.inc({ path, outcome })
  const fields = {
    firm: firmId,
    alert: alerts[0].id,
    kind: alerts[0].kind,
    path,
    outcome,
    tries,
    size: alerts.length,
  }
  if (state === 'sent') deps.log.info(fields, 'operators told')
  else if (state === 'queued')
    deps.log.warn({ ...fields, reason: error }, 'operators could not be told; again later')
  else deps.log.error({ ...fields, reason: error }, 'operators could not be told; given up')
}
