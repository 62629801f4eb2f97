/** The only SQL on alerts and alert_deliveries. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { NewAlert, OpenAlert } from './types.ts'

export type Path = 'webhook' | 'mail'

export interface Raised {
  id: string
  kind: string
  cause: string
  count: number
  /** Not open before: operators have not been told of it. */
  fresh: boolean
}

/** Opens alerts, or counts up those that are open. @param alerts no two of the same kind and cause */
export async function upsertAlerts(
  tx: FirmTx,
  alerts: readonly (NewAlert & { id: string; count: number })[],
  at: Temporal.Instant,
): Promise<Raised[]> {
  return tx.rows<Raised>(
    `insert into alerts (firm_id, id, kind, cause, severity, title, detail, count, raised_at, last_at)
     select current_firm(), id, kind, cause, severity, title, detail, count, $2, $2
     from json_to_recordset($1) as a
       (id uuid, kind text, cause text, severity text, title text, detail jsonb, count integer)
     order by kind, cause
     on conflict (firm_id, kind, cause) where resolved_at is null do update set
       count = alerts.count + excluded.count, last_at = greatest(alerts.last_at, excluded.last_at),
       detail = excluded.detail,
       severity = case when excluded.severity = 'page' then 'page' else alerts.severity end
     returning id, kind, cause, count, xmax = 0 as fresh`,
    [JSON.stringify(alerts), at.toString()],
    'alerts-upsert',
  )
}

export async function insertDeliveries(
  tx: FirmTx,
  deliveries: readonly { id: string; alertId: string; path: Path }[],
  at: Temporal.Instant,
): Promise<void> {
  if (deliveries.length === 0) return
  await tx.run(
    `insert into alert_deliveries (firm_id, id, alert_id, path, due_at)
     select current_firm(), id, "alertId", path, $2
     from json_to_recordset($1) as d (id uuid, "alertId" uuid, path text)`,
    [JSON.stringify(deliveries), at.toString()],
    'alerts-deliveries',
  )
}

/** @returns whether such an alert was open */
export async function closeAlert(
  tx: FirmTx,
  kind: string,
  cause: string,
  at: Temporal.Instant,
): Promise<boolean> {
  const closed = await tx.run(
    `update alerts set resolved_at = $3
     where firm_id = current_firm() and kind = $1 and cause = $2 and resolved_at is null`,
    [kind, cause, at.toString()],
  )
  return closed > 0
}

/** The causes under which alerts of this kind are open. */
export async function openCauses(tx: FirmTx, kind: string): Promise<string[]> {
  const rows = await tx.rows<{ cause: string }>(
    'select cause from alerts where firm_id = current_firm() and kind = $1 and resolved_at is null',
    [kind],
  )
  return rows.map((row) => row.cause)
}

/** One at a time decides what goes out next, so that a kind's mails are not claimed by two. */
export async function lockDispatch(tx: FirmTx): Promise<void> {
  await tx.rows(`select pg_advisory_xact_lock(hashtextextended('tipstaff.alerts.' || current_firm(), 0))`)
}

export type Claimed = OpenAlert & { deliveryId: string; path: Path; tries: number }

const claimedColumns = `d.id as "deliveryId", d.path, d.tries, a.id, a.kind, a.cause, a.severity, a.title, a.detail, a.count,
  a.raised_at as "raisedAt", a.last_at as "lastAt"`

const due = `d.firm_id = current_firm() and d.state = 'queued' and d.due_at <= $1
  and (d.lease_until is null or d.lease_until <= $1)`

export async function dueWebhooks(tx: FirmTx, now: Temporal.Instant, limit: number): Promise<Claimed[]> {
  return tx.rows<Claimed>(
    `select ${claimedColumns} from alert_deliveries d join alerts a on a.id = d.alert_id
     where ${due} and d.path = 'webhook' order by d.due_at, d.id limit $2`,
    [now.toString(), limit],
  )
}

export async function dueMails(tx: FirmTx, now: Temporal.Instant): Promise<Claimed[]> {
  return tx.rows<Claimed>(
    `select ${claimedColumns} from alert_deliveries d join alerts a on a.id = d.alert_id
     where ${due} and d.path = 'mail' order by a.raised_at, d.id`,
    [now.toString()],
  )
}

/** Kinds of which a mail was tried a moment ago, with when the next may go: a mail's lease lasts as long as its turn. */
export async function restingKinds(
  tx: FirmTx,
  now: Temporal.Instant,
): Promise<{ kind: string; until: Temporal.Instant }[]> {
  return tx.rows(
    `select a.kind, max(d.lease_until) as until from alert_deliveries d join alerts a on a.id = d.alert_id
     where d.firm_id = current_firm() and d.path = 'mail' and d.lease_until > $1 group by a.kind`,
    [now.toString()],
  )
}

export async function lease(tx: FirmTx, ids: readonly string[], until: Temporal.Instant): Promise<void> {
  await tx.run(
    `update alert_deliveries set lease_until = $2, tries = tries + 1
     where firm_id = current_firm() and id = any($1::uuid[])`,
    [ids, until.toString()],
  )
}

export async function postpone(tx: FirmTx, ids: readonly string[], until: Temporal.Instant): Promise<void> {
  await tx.run(
    `update alert_deliveries set due_at = $2 where firm_id = current_firm() and id = any($1::uuid[])`,
    [ids, until.toString()],
  )
}

export interface Outcome {
  ids: readonly string[]
  state: 'sent' | 'queued' | 'failed'
  dueAt: Temporal.Instant
  error: string | null
}

/** Only where the lease is still ours: who slept past it overwrites nothing. The lease stays as the time of the try. */
export async function settle(
  tx: FirmTx,
  outcome: Outcome,
  leaseUntil: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> {
  await tx.run(
    `update alert_deliveries set state = $2, due_at = $3, last_error = $4,
       sent_at = case when $2 = 'sent' then $6::timestamptz end
     where firm_id = current_firm() and id = any($1::uuid[]) and lease_until = $5 and state = 'queued'`,
    [
      outcome.ids,
      outcome.state,
      outcome.dueAt.toString(),
      outcome.error,
      leaseUntil.toString(),
      now.toString(),
    ],
  )
}

export async function firmName(tx: FirmTx): Promise<string> {
  const [row] = await tx.rows<{ name: string }>('select name from firms where firm_id = current_firm()')
  return row?.name ?? tx.firmId
}
