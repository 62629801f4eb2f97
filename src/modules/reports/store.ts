/** What the report on reminders counts, in one statement: grouped in the database, since there may be 100,000 of them. */
import type { Page } from '../../../contracts/common.ts'
import type { PastAppointment } from '../../../contracts/reports.ts'
import { isUuid } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export interface Range {
  from: Temporal.Instant
  until: Temporal.Instant
  now: Temporal.Instant
}

type AnswerGroup = 'confirmed' | 'another_date' | 'none' | 'not_reminded'

/** Appointments that have all of this in common. */
export interface AppointmentGroup {
  type: string | null
  answer: AnswerGroup
  over: boolean
  outcome: 'kept' | 'missed' | null
  appointments: number
  reminders: number
}

export interface StepGroup {
  plan: string
  step: string
  template: string
  /** How long before the appointment, in seconds, on the average. */
  lead: number | null
  reminders: number
  confirmed: number
  anotherDate: number
  kept: number
  missed: number
  unknown: number
}

/**
 * `planned`: the reminders of dates in the range. `sent`: those that left, by whatever channel. `held`: the dates on which
 * an appointment is or was to be held: its last edition, unless it is off, and any on which somebody came or did not, also
 * if it has moved since. An answer counts for the edition that it was given for, when that was the last at this time.
 */
const common = `
  planned as (
    select r.id, r.fact_id, r.edition, r.starts_at, r.due_at, r.plan_key, r.step_key, r.event_id, r.state from reminders r
    where r.firm_id = current_firm() and r.starts_at >= $1 and r.starts_at < $2 and r.person is null),
  sent as (
    select p.id, p.fact_id, p.starts_at, p.due_at, p.plan_key, p.step_key, min(n.template_key) as template_key
    from planned p join notices n on n.event_id = p.event_id
      join messages m on m.notice_id = n.id and m.state in ('sent', 'delivered')
    where p.state = 'said'
    group by p.id, p.fact_id, p.starts_at, p.due_at, p.plan_key, p.step_key),
  last as (
    select distinct on (fact_id, edition) fact_id, edition, reminder_id, answer from appointment_answers
    where firm_id = current_firm() and starts_at >= $1 and starts_at < $2 order by fact_id, edition, number desc),
  dated as (
    select fact_id, starts_at, max(edition) as edition from planned group by fact_id, starts_at),
  held as (
    select d.fact_id, d.starts_at, d.edition, nullif(f.data ->> 'event_type', '') as type, a.outcome,
      d.starts_at + case when f.data -> 'all_day' = 'true'::jsonb or length(f.data ->> 'start_at') = 10
        then interval '24 hours' else interval '0' end <= $3 as over,
      l.answer, l.reminder_id as answered
    from dated d join facts f on f.id = d.fact_id
      left join last l on l.fact_id = d.fact_id and l.edition = d.edition
      left join appointment_attendance a on a.fact_id = d.fact_id and a.starts_at = d.starts_at
    where a.outcome is not null or f.removed_at is null
      and not exists (select from reminders x where x.fact_id = d.fact_id and x.edition > d.edition))`

const appointments = `
  select h.type, coalesce(h.answer, case when s.reminders is null then 'not_reminded' else 'none' end) as answer,
    h.over, case when h.over then h.outcome end as outcome, count(*)::int as appointments,
    coalesce(sum(s.reminders), 0)::int as reminders
  from held h left join (
    select fact_id, starts_at, count(*)::int as reminders from sent group by fact_id, starts_at) s
    on s.fact_id = h.fact_id and s.starts_at = h.starts_at
  group by 1, 2, 3, 4`

const steps = `
  select s.plan_key as plan, s.step_key as step, s.template_key as template, count(*)::int as reminders,
    extract(epoch from avg(s.starts_at - s.due_at))::float8 as lead,
    (count(*) filter (where h.answered = s.id and h.answer = 'confirmed'))::int as confirmed,
    (count(*) filter (where h.answered = s.id and h.answer = 'another_date'))::int as "anotherDate",
    (count(*) filter (where h.over and h.outcome = 'kept'))::int as kept,
    (count(*) filter (where h.over and h.outcome = 'missed'))::int as missed,
    (count(*) filter (where h.over and h.outcome is null))::int as unknown
  from sent s left join held h on h.fact_id = s.fact_id and h.starts_at = s.starts_at
  group by 1, 2, 3`

/** Both at once, over one reading of the rows. */
export async function reportGroups(
  tx: FirmTx,
  { from, until, now }: Range,
): Promise<{ appointments: AppointmentGroup[]; steps: StepGroup[] }> {
  const rows = await tx.rows<{ a: AppointmentGroup | null; s: StepGroup | null }>(
    `with ${common}, a as (${appointments}), s as (${steps})
     select to_jsonb(a) as a, null::jsonb as s from a union all select null, to_jsonb(s) from s`,
    [from, until, now],
    'report_reminders',
  )
  return {
    appointments: rows.flatMap(({ a }) => a ?? []),
    steps: rows.flatMap(({ s }) => s ?? []),
  }
}

export interface PastFilter extends Range {
  outcome: 'kept' | 'missed' | 'unknown' | null
  limit: number
  /** `next` of the page before, as `readPlace` reads it. */
  after?: AppointmentPlace | null
}

/** A place in the list: by when it began, and by id where several began at once. */
export interface AppointmentPlace {
  startsAt: Temporal.Instant
  id: string
}

/** @returns null for what is no cursor of ours */
export function readPlace(cursor: string): AppointmentPlace | null {
  const [, at, id] = /^([\d:.TZ-]{20,35})_([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined || !isUuid(id)) return null
  try {
    return { startsAt: Temporal.Instant.from(at), id }
  } catch {
    return null
  }
}

/** A page of them, the newest first. */
export async function pastAppointments(
  tx: FirmTx,
  { from, until, now, outcome, limit, after }: PastFilter,
): Promise<Page<PastAppointment>> {
  const rows = await tx.rows<
    Omit<PastAppointment, 'startsAt'> & { startsAt: Temporal.Instant } & Record<string, unknown>
  >(
    `with ${common}
     select f.id, f.external_id as "externalId", c.key as connection, m.id as "matterId", m.number as matter,
       k.name as client, nullif(f.data ->> 'summary', '') as summary, h.type, h.starts_at as "startsAt", h.answer,
       coalesce(h.outcome, 'unknown') as outcome, a.said_by as "saidBy"
     from held h join facts f on f.id = h.fact_id join connections c on c.id = f.connection_id
       join matters m on m.id = f.matter_id left join clients k on k.id = m.client_id
       left join appointment_attendance a on a.fact_id = h.fact_id and a.starts_at = h.starts_at
     where h.over and ($4::text is null or coalesce(h.outcome, 'unknown') = $4)
       and ($6::timestamptz is null or h.starts_at < $6 or (h.starts_at = $6 and f.id > $7::uuid))
     order by h.starts_at desc, f.id limit $5`,
    [from, until, now, outcome, limit + 1, after?.startsAt ?? null, after?.id ?? null],
  )
  const items = rows.slice(0, limit).map((row) => ({ ...row, startsAt: row.startsAt.toString() }))
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? `${last.startsAt}_${last.id}` : null }
}
