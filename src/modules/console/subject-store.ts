/** Reads what the pages of clients and matters show beside what the trace reads: a statement per list, by ids. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { outRows } from './rows.ts'

type Ids = readonly string[]

export interface PersonRow {
  id: string
  data: Record<string, unknown>
}

/** @returns null for who is no client: nobody, another firm's, somebody of the firm itself */
export async function personRow(tx: FirmTx, id: string): Promise<PersonRow | null> {
  const [row] = await tx.rows<PersonRow & Record<string, unknown>>(
    `select id, data from clients where id = $1 and kind = 'person'`,
    [id],
    'person_row',
  )
  return row ?? null
}

export interface MatterFacts {
  id: string
  connection_id: string
  data: Record<string, unknown>
  gone_since: Temporal.Instant | null
}

export const matterFacts = (tx: FirmTx, ids: Ids): Promise<MatterFacts[]> =>
  tx.rows<MatterFacts & Record<string, unknown>>(
    'select id, connection_id, data, gone_since from matters where id = any($1)',
    [ids],
    'matter_facts',
  )

/** A client's matters, the newest first. */
export const mattersOf = (tx: FirmTx, clientId: string, limit: number): Promise<{ id: string }[]> =>
  tx.rows<{ id: string }>(
    'select id from matters where client_id = $1 order by id desc limit $2',
    [clientId, limit],
    'matters_of_client',
  )

export interface DateRow {
  id: string
  matterId: string
  matter: string
  data: Record<string, unknown>
  removedAt: string | null
  observedAt: string
}

/** Appointments, whatever their time: that stands in what the CMS said, and is understood by our own code. */
export const appointmentsOf = (tx: FirmTx, matterIds: Ids, limit: number): Promise<DateRow[]> =>
  outRows<DateRow>(
    tx,
    `select f.id, f.matter_id as "matterId", coalesce(t.number, t.external_id) as matter, f.data,
            f.removed_at as "removedAt", f.observed_at as "observedAt"
     from facts f join matters t on t.id = f.matter_id
     where f.matter_id = any($1) and f.kind = 'appointment'
     order by f.data ->> 'start_at' desc nulls last, f.id limit $2`,
    [matterIds, limit],
    'appointments_of',
  )

export interface ReminderRow {
  id: string
  matterId: string
  matter: string
  plan: string
  step: string
  what: string | null
  startsAt: string
  dueAt: string
  zone: string
  zoneOf: 'client' | 'firm'
  state: 'planned' | 'checking'
  reason: string | null
  person: string | null
}

/** By the appointments of these matters: a reminder has no index by matter, and an appointment few reminders. */
export const remindersToCome = (tx: FirmTx, matterIds: Ids, limit: number): Promise<ReminderRow[]> =>
  outRows<ReminderRow>(
    tx,
    `select r.id, r.matter_id as "matterId", coalesce(t.number, t.external_id) as matter, r.plan_key as plan,
            r.step_key as step, f.data ->> 'summary' as what, r.starts_at as "startsAt", r.due_at as "dueAt", r.zone,
            r.zone_of as "zoneOf", r.state, r.reason, r.person
     from facts f join reminders r on r.fact_id = f.id join matters t on t.id = r.matter_id
     where f.matter_id = any($1) and f.kind = 'appointment' and r.state in ('planned', 'checking')
     order by r.due_at, r.id limit $2`,
    [matterIds, limit],
    'reminders_to_come',
  )

export interface StepRow {
  eventId: string
  at: string
  raw: string | null
  from: string | null
  to: string | null
  outcome: string
}

/** The newest first; what came first of a matter stands among them, though nothing changed by it. */
export const stepsOf = (tx: FirmTx, matterId: string, limit: number): Promise<StepRow[]> =>
  outRows<StepRow>(
    tx,
    `select id as "eventId", recorded_at as at, data ->> 'raw' as raw, data ->> 'from' as from, data ->> 'to' as to, outcome
     from events where matter_id = $1 and type = 'matter.status_changed'
       and (outcome in ('decided', 'unhandled', 'flagged', 'flip_flop') or data -> 'first_sight' = 'true'::jsonb)
     order by recorded_at desc, id desc limit $2`,
    [matterId, limit],
    'steps_of',
  )
