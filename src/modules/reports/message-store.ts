/**
 * What the report on messages counts: one pass over the messages that were written in the period, found by
 * messages_created and grouped in the database. States are read from the rows, so that a receipt that comes a year late
 * counts where it belongs; a roll-up would have to be told (docs/adr/0031).
 */
import type { MessageOutcome, ReportChoices, ReportFilter } from '../../../contracts/message-reports.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { inDigest } from '../delivery/index.ts'

/** Messages that have all of this in common. */
export interface MessageGroup {
  /** Which of the periods, from 0. */
  period: number
  channel: 'sms' | 'email'
  purpose: string
  template: string
  outcome: MessageOutcome
  messages: number
  opened: number
  machineOpened: number
  clicked: number
  replied: number
}

/**
 * @param starts when each period begins, in order
 * @param until when the last one ends
 */
export function messageGroups(
  tx: FirmTx,
  { starts, until }: { starts: readonly Temporal.Instant[]; until: Temporal.Instant },
  filter: ReportFilter,
): Promise<MessageGroup[]> {
  const values: unknown[] = [starts[0], until, starts, inDigest]
  const narrowed = conditionsOf(filter, values)
  return tx.rows(
    // The periods are those of our calendar, found by us: a database may know other rules of a zone's clocks.
    `select width_bucket(m.created_at, $3::timestamptz[]) - 1 as period, m.channel, m.purpose, m.template_key as template,
       case m.state when 'queued' then 'under_way' when 'sending' then 'under_way'
         when 'cancelled' then case when m.reason = $4 then 'in_digest' else 'cancelled' end
         else m.state end as outcome,
       count(*)::int as messages, count(m.opened_at)::int as opened,
       (count(m.machine_opened_at) filter (where m.opened_at is null))::int as "machineOpened",
       count(m.clicked_at)::int as clicked, count(m.replied_at)::int as replied
     from (select created_at, channel, purpose, template_key, state, reason, opened_at, machine_opened_at, clicked_at,
         replied_at, matter_id from messages
       where firm_id = current_firm() and created_at >= $1 and created_at < $2
       ${onlyByTime}) m
     where true${narrowed}
     group by 1, 2, 3, 4, 5`,
    values,
  )
}

/**
 * A fence: what comes after it is looked at in the rows of the period. The planner takes a practice area for rare, and
 * would read all messages of all its matters.
 */
const onlyByTime = 'offset 0'

/**
 * @param values to which those of the conditions are added
 * @returns ` and …` for what the report is narrowed to, of messages m
 */
export function conditionsOf(filter: ReportFilter, values: unknown[]): string {
  const { channel, purpose, template, practiceArea } = filter
  const conditions: string[] = []
  const equal = (column: string, value: string | null) => {
    if (value !== null) conditions.push(`${column} = $${values.push(value)}`)
  }
  equal('m.channel', channel)
  equal('m.purpose', purpose)
  equal('m.template_key', template)
  if (practiceArea !== null)
    conditions.push(
      `m.matter_id in (select t.id from matters t where t.firm_id = current_firm() and t.data ->> 'practice_area' = $${values.push(practiceArea)})`,
    )
  return conditions.map((condition) => ` and ${condition}`).join('')
}

/** Templates that the firm has or had, and the practice areas of its matters. */
export async function reportChoices(tx: FirmTx): Promise<ReportChoices> {
  const [row] = await tx.rows<ReportChoices & Record<string, unknown>>(
    `select array(select distinct key from config_versions where firm_id = current_firm() and kind = 'template' order by 1) as templates,
       array(select distinct data ->> 'practice_area' from matters where firm_id = current_firm()
         and coalesce(data ->> 'practice_area', '') <> '' order by 1) as "practiceAreas"`,
  )
  return row!
}
