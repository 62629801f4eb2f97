/**
 * Texts that clients send after something has changed in their matter, told or not. What it counts stands in
 * docs/guides/reports.md; it compares, and proves nothing. Pure but for `questionReport`.
 */
import {
  enoughChanges,
  type QuestionGroup,
  type QuestionReport,
  questionDays,
  type ReportFilter,
} from '../../../contracts/message-reports.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { inDigest } from '../delivery/index.ts'
import { frameOf, momentsOf, type ReportRange } from './messages.ts'

interface Row extends Record<string, unknown> {
  group: QuestionGroup['group']
  changes: number
  /** Seconds that were looked at. */
  looked: number
  texts: number
}

/**
 * `changes`: of the state of a matter whose client has a phone number, found by events_changes; `ends` with the days, or
 * the next change. `told`: a message to the client left, by itself or in a digest. `heard`: texts that ask for nothing by
 * themselves, once for each matter that they may be about. `looked`: the time after each change, and before those that
 * were told, back to the change before.
 */
const statement = (narrowed: string) => `
  with changes as materialized (
    select e.id, e.matter_id, e.recorded_at as at,
      least(e.recorded_at + $3::interval, (
        select min(x.recorded_at) from events x where x.matter_id = e.matter_id and x.recorded_at > e.recorded_at
          and x.type = 'matter.status_changed' and x.outcome = 'decided')) as ends,
      greatest(e.recorded_at - $3::interval, (
        select max(x.recorded_at) from events x where x.matter_id = e.matter_id and x.recorded_at < e.recorded_at
          and x.type = 'matter.status_changed' and x.outcome = 'decided')) as begins,
      exists (
        select from notices n join messages m on m.notice_id = n.id
          left join messages d on d.carries = m.digest_id and m.state = 'cancelled' and m.reason = $4
        where n.event_id = e.id and n.audience = 'client' and coalesce(d.state, m.state) in ('sent', 'delivered')) as told
    from events e
    where e.firm_id = current_firm() and e.type = 'matter.status_changed' and e.outcome = 'decided'
      and e.recorded_at >= $1 and e.recorded_at < $2
      and exists (select from contact_points p
        where p.client_id = e.client_id and p.channel = 'sms' and p.removed_at is null)${narrowed}),
  looked as materialized (
    select matter_id, case when told then 'told' else 'not_told' end as "group", at as since, ends as until from changes
    union all select matter_id, 'before', begins, at from changes where told),
  heard as materialized (
    select unnest(t.matter_ids) as matter_id, t.received_at from incoming_texts t
    where t.firm_id = current_firm() and t.meaning = 'text'
      and t.received_at >= $1::timestamptz - $3::interval and t.received_at < $2::timestamptz + $3::interval)
  select a."group", a.changes, a.looked, coalesce(b.texts, 0) as texts
  from (select "group", count(*)::int as changes, sum(extract(epoch from until - since))::float8 as looked
      from looked group by 1) a
    left join (select l."group", count(*)::int as texts from looked l join heard h on h.matter_id = l.matter_id
      where h.received_at >= l.since and h.received_at < l.until group by 1) b on b."group" = a."group"`

export async function questionReport(
  tx: FirmTx,
  range: ReportRange,
  filter: ReportFilter,
): Promise<QuestionReport> {
  const { starts, until } = momentsOf(range)
  const from = starts[0]!
  // Of a later change not all days have passed: its texts would be too few.
  const passed = range.now.subtract({ hours: questionDays * 24 })
  const end = Temporal.Instant.compare(until, passed) < 0 ? until : passed
  const any = Temporal.Instant.compare(from, end) < 0
  const values: unknown[] = [from, end, `${questionDays} days`, inDigest]
  const { practiceArea } = filter
  const narrowed =
    practiceArea === null
      ? ''
      : ` and exists (select from matters t where t.id = e.matter_id and t.data ->> 'practice_area' = $${values.push(practiceArea)})`
  const rows = any ? await tx.rows<Row>(statement(narrowed), values) : []
  return {
    ...frameOf(range, { channel: null, purpose: null, template: null, practiceArea }),
    until: any ? end.toString() : null,
    days: questionDays,
    ...compared(rows),
  }
}

const week = 7 * 86_400
const order = ['told', 'not_told', 'before'] as const

export function compared(rows: readonly Row[]): Pick<QuestionReport, 'groups' | 'fewerTexts'> {
  const groups = order.map((group): QuestionGroup => {
    const row = rows.find((r) => r.group === group) ?? { changes: 0, looked: 0, texts: 0 }
    const { changes, texts } = row
    const weeks = row.looked / week
    return { group, changes, weeks, texts, perHundredWeeks: weeks === 0 ? null : (texts / weeks) * 100 }
  })
  const [told, notTold] = groups as [QuestionGroup, QuestionGroup]
  const enough = Math.min(told.changes, notTold.changes) >= enoughChanges
  const fewer =
    enough && told.perHundredWeeks !== null && notTold.perHundredWeeks !== null
      ? Math.round(((notTold.perHundredWeeks - told.perHundredWeeks) * told.weeks) / 100)
      : null
  // Rounding gives a zero with a sign, which JSON does not have.
  return { groups, fewerTexts: fewer === 0 ? 0 : fewer }
}
