/** The rows of reminders, and which appointments are to be planned. The only SQL on them. */
import type { ClientId, ConnectionId, EventId, MatterId } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { ClientWishes } from '../moments/index.ts'
import type { ReminderState } from './types.ts'

/** An appointment whose reminders are not those of its present version, with what its plan may ask about. */
export interface Unplanned extends Record<string, unknown> {
  id: string
  connection_id: ConnectionId
  data: Record<string, unknown>
  previous_data: Record<string, unknown> | null
  mark: string
  edition: number
  removed: boolean
  /** It is new to us, or another version: what has passed already may be made up for. */
  fresh: boolean
  matter_id: MatterId
  client_id: ClientId | null
  matter: Record<string, unknown>
  client: Record<string, unknown> | null
  client_external_id: string | null
  time_zone: string | null
  region: string | null
  wishes: ClientWishes | null
}

/** Takes the next ones; who else plans takes others. */
export function takeUnplanned(tx: FirmTx, limit: number): Promise<Unplanned[]> {
  return tx.rows<Unplanned>(
    `with taken as (
       select id from facts where firm_id = current_firm() and kind = 'appointment' and planned <> 'done' and matter_id is not null
       order by id limit $1 for update skip locked)
     select f.id, f.connection_id, f.data, f.previous_data, f.mark, f.edition, f.removed_at is not null as removed,
       f.planned = 'never' and f.announced as fresh, f.matter_id, m.client_id, c.external_id as client_external_id, c.time_zone, c.data ->> 'region' as region, c.wishes,
       m.data || jsonb_build_object('number', m.number, 'title', m.title, 'state', m.state) as matter,
       c.data || jsonb_build_object('name', c.name, 'language', c.language, 'preference', c.preference) as client
     from taken join facts f on f.id = taken.id join matters m on m.id = f.matter_id left join clients c on c.id = m.client_id`,
    [limit],
    'appointments_unplanned',
  )
}

export async function markPlanned(tx: FirmTx, ids: readonly string[]): Promise<void> {
  tx.later(`update facts set planned = 'done' where id = any($1)`, [ids], 'appointments_planned')
}

/** The plans, the quiet hours or the zones' rules are others than when these were planned. @returns how many appointments */
export function planAllAnew(tx: FirmTx): Promise<number> {
  return tx.run(
    `update facts set planned = 'again'
     where firm_id = current_firm() and kind = 'appointment' and planned = 'done' and removed_at is null`,
  )
}

/** @returns the hash that is stored; null: none yet */
export async function readBook(tx: FirmTx): Promise<string | null> {
  const [row] = await tx.rows<{ made_of: string }>(
    'select made_of from reminder_books where firm_id = current_firm()',
  )
  return row?.made_of ?? null
}

export async function writeBook(tx: FirmTx, madeOf: string, now: Temporal.Instant): Promise<void> {
  await tx.run(
    `insert into reminder_books (firm_id, made_of, made_at) values (current_firm(), $1, $2)
     on conflict (firm_id) do update set made_of = excluded.made_of, made_at = excluded.made_at`,
    [madeOf, now],
  )
}

export interface KnownReminder extends Record<string, unknown> {
  id: string
  fact_id: string
  edition: number
  plan_key: string
  step_key: string
  /** Null: the client. */
  person: string | null
  starts_at: Temporal.Instant
  due_at: Temporal.Instant | null
  state: ReminderState
  reason: string | null
}

export function remindersOf(tx: FirmTx, factIds: readonly string[]): Promise<KnownReminder[]> {
  return tx.rows<KnownReminder>(
    `select id, fact_id, edition, plan_key, step_key, person, starts_at, due_at, state, reason from reminders
     where fact_id = any($1) order by id for update`,
    [factIds],
    'reminders_of',
  )
}

export interface NewReminder {
  id: string
  factId: string
  matterId: MatterId
  edition: number
  mark: string
  planKey: string
  stepKey: string
  person: string | null
  startsAt: Temporal.Instant
  dueAt: Temporal.Instant | null
  reason: string | null
  zone: string
  zoneOf: 'client' | 'firm'
}

/** The same step of the same version is one row, whoever plans it: said once, it stays said. */
export async function savePlanned(
  tx: FirmTx,
  reminders: readonly NewReminder[],
  now: Temporal.Instant,
): Promise<void> {
  await insertMany(
    tx,
    'reminders',
    reminders.map((r) => ({
      id: r.id,
      fact_id: r.factId,
      matter_id: r.matterId,
      edition: r.edition,
      mark: r.mark,
      plan_key: r.planKey,
      step_key: r.stepKey,
      person: r.person,
      starts_at: r.startsAt,
      due_at: r.dueAt,
      state: r.dueAt === null ? 'skipped' : 'planned',
      reason: r.reason,
      zone: r.zone,
      zone_of: r.zoneOf,
      created_at: now,
      updated_at: now,
    })),
    `on conflict (fact_id, edition, plan_key, step_key, person) do update set matter_id = excluded.matter_id,
       starts_at = excluded.starts_at, due_at = excluded.due_at, state = excluded.state, reason = excluded.reason,
       zone = excluded.zone, zone_of = excluded.zone_of, asked_at = null, updated_at = excluded.updated_at
     where reminders.state in ('planned', 'checking', 'skipped')`,
  )
}

export async function endReminders(
  tx: FirmTx,
  ends: readonly {
    id: string
    state: 'said' | 'skipped' | 'superseded'
    reason: string | null
    eventId?: EventId
  }[],
  now: Temporal.Instant,
): Promise<void> {
  if (ends.length === 0) return
  await tx.run(
    `update reminders r set state = x.state, reason = x.reason, event_id = x.event_id, asked_at = null, updated_at = $2,
       due_at = case when x.state = 'said' then r.due_at end
     from json_to_recordset($1) as x(id uuid, state text, reason text, event_id uuid)
     where r.id = x.id and r.state in ('planned', 'checking', 'skipped')`,
    [
      toJson(ends.map((e) => ({ id: e.id, state: e.state, reason: e.reason, event_id: e.eventId ?? null }))),
      now,
    ],
    'reminders_end',
  )
}

/** Looked at again then: the CMS has been asked, or what keeps it has an end. */
export async function waitReminders(
  tx: FirmTx,
  waits: readonly { id: string; dueAt: Temporal.Instant; reason: string; askedNow: boolean }[],
  now: Temporal.Instant,
): Promise<void> {
  if (waits.length === 0) return
  await tx.run(
    `update reminders r set state = 'checking', due_at = x.due_at, reason = x.reason, asked_at = case when x.asked_now then $2 else r.asked_at end,
       updated_at = $2
     from json_to_recordset($1) as x(id uuid, due_at timestamptz, reason text, asked_now boolean)
     where r.id = x.id and r.state in ('planned', 'checking')`,
    [
      toJson(
        waits.map((w) => ({ id: w.id, due_at: w.dueAt.toString(), reason: w.reason, asked_now: w.askedNow })),
      ),
      now,
    ],
    'reminders_wait',
  )
}

/** A reminder whose moment has come, with the appointment as it stands. */
export interface DueReminder extends Record<string, unknown> {
  id: string
  fact_id: string
  matter_id: MatterId
  edition: number
  mark: string
  plan_key: string
  step_key: string
  person: string | null
  starts_at: Temporal.Instant
  due_at: Temporal.Instant
  zone: string
  asked_at: Temporal.Instant | null
  created_at: Temporal.Instant
  connection_id: ConnectionId
  external_id: string
  data: Record<string, unknown>
  previous_data: Record<string, unknown> | null
  fact_edition: number
  removed: boolean
  observed_at: Temporal.Instant
  /** The client's last answer for this edition. */
  confirmed: boolean
}

/** @returns whose moment has come, and their matters; nothing is locked yet: matters are locked before anything else */
export function dueReminders(
  tx: FirmTx,
  now: Temporal.Instant,
  limit: number,
): Promise<{ id: string; matter_id: MatterId }[]> {
  return tx.rows(
    `select id, matter_id from reminders
     where firm_id = current_firm() and state in ('planned', 'checking') and due_at <= $1 order by due_at, id limit $2`,
    [now, limit],
    'reminders_due',
  )
}

export function lockReminders(
  tx: FirmTx,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<DueReminder[]> {
  return tx.rows<DueReminder>(
    `select r.id, r.fact_id, r.matter_id, r.edition, r.mark, r.plan_key, r.step_key, r.person, r.starts_at, r.due_at, r.zone, r.asked_at, r.created_at,
       f.connection_id, f.external_id, f.data, f.previous_data, f.edition as fact_edition, f.removed_at is not null as removed,
       f.observed_at, coalesce((select a.answer = 'confirmed' from appointment_answers a where a.fact_id = r.fact_id
         and a.edition = r.edition order by a.number desc limit 1), false) as confirmed
     from reminders r join facts f on f.id = r.fact_id
     where r.id = any($1) and r.state in ('planned', 'checking') and r.due_at <= $2 order by r.due_at, r.id
     for update of r`,
    [ids, now],
    'reminders_lock',
  )
}

/** Around the time that a change was seen, by whichever of our eyes. */
const aboutThen = { minutes: 10 }

/** @returns those whose change somebody is told of already, by a rule of the firm's own */
export async function toldByRules(
  tx: FirmTx,
  of: readonly Pick<DueReminder, 'id' | 'fact_id' | 'mark' | 'created_at'>[],
): Promise<Set<string>> {
  if (of.length === 0) return new Set()
  const rows = await tx.rows<{ id: string }>(
    `select x.id from json_to_recordset($1) as x(id uuid, fact_id uuid, mark text, since timestamptz)
     where exists (select from notices n where n.fact_id = x.fact_id and n.fact_mark = x.mark and n.created_at >= x.since and n.audience = 'client'
       and n.state in ('messaged', 'held', 'decided'))`,
    [
      toJson(
        of.map((r) => ({
          id: r.id,
          fact_id: r.fact_id,
          mark: r.mark,
          since: r.created_at.subtract(aboutThen).toString(),
        })),
      ),
    ],
    'reminders_told_by_rules',
  )
  return new Set(rows.map((r) => r.id))
}

/** @returns those whose moment has come and that nobody has said yet */
export async function overdue(tx: FirmTx, now: Temporal.Instant): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from reminders
     where firm_id = current_firm() and state in ('planned', 'checking') and due_at <= $1 order by due_at, id`,
    [now],
  )
  return rows.map((row) => row.id)
}

/** @returns how many of these were said, and how many never will be; the rest still wait */
export async function whatBecameOf(
  tx: FirmTx,
  ids: readonly string[],
): Promise<{ said: number; dropped: number }> {
  const [row] = await tx.rows<{ said: number; dropped: number }>(
    `select count(*) filter (where state = 'said')::int as said,
       count(*) filter (where state in ('skipped', 'superseded'))::int as dropped
     from reminders where id = any($1)`,
    [ids],
  )
  return row!
}
