/** How fast staff answered, and how fast a change elsewhere became a delivered message: medians and nine of ten. */
import { changeSteps, type ReportFilter, type ResponseReport } from '../../../contracts/message-reports.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { frameOf, momentsOf, type ReportRange } from './messages.ts'

/** The task that a client's text makes. */
const textTask = 'incoming_text'

interface TaskRow extends Record<string, unknown> {
  kind: string
  tasks: number
  done: number
  median: number | null
  p90: number | null
}

/**
 * A task that is open has taken for ever so far: left out, the slow ones would be missing where it matters. So its time
 * is infinite, and a median that falls on one of these is none.
 */
const taskStatement = (narrowed: string) => `
  select k.kind, count(*)::int as tasks, count(k.done_at)::int as done,
    nullif(percentile_disc(0.5) within group (order by k.took), 'infinity') as median,
    nullif(percentile_disc(0.9) within group (order by k.took), 'infinity') as p90
  from (
    select kind, done_at, coalesce(extract(epoch from done_at - created_at)::float8, 'infinity') as took from tasks t
    where t.firm_id = current_firm() and t.created_at >= $1 and t.created_at < $2${narrowed}) k
  group by k.kind`

type StepTimes = Record<(typeof changeSteps)[number], (number | null)[]>
interface ChangeRow extends Record<string, unknown>, StepTimes {
  channel: 'sms' | 'email'
  messages: number
}

/**
 * Delivered messages of the period whose event came in from outside: reminders and answers make events of our own, which
 * nothing elsewhere preceded. Clocks of two systems differ: no step takes less than nothing.
 */
const changeStatement = (narrowed: string) => `
  select channel, count(*)::int as messages,
    percentile_disc(array[0.5, 0.9]) within group (order by heard) as heard,
    percentile_disc(array[0.5, 0.9]) within group (order by said) as said,
    percentile_disc(array[0.5, 0.9]) within group (order by arrived) as arrived,
    percentile_disc(array[0.5, 0.9]) within group (order by heard + said + arrived) as whole
  from (
    select m.channel,
      greatest(extract(epoch from e.recorded_at - e.occurred_at)::float8, 0) as heard,
      greatest(extract(epoch from m.sent_at - e.recorded_at)::float8, 0) as said,
      greatest(extract(epoch from m.settled_at - m.sent_at)::float8, 0) as arrived
    from messages m join notices n on n.id = m.notice_id join events e on e.id = n.event_id
    where m.firm_id = current_firm() and m.created_at >= $1 and m.created_at < $2 and m.state = 'delivered'
      and m.sent_at is not null and m.settled_at is not null and m.carries is null and e.delivery_id is not null${narrowed}) c
  group by channel order by channel desc`

export async function responseReport(
  tx: FirmTx,
  range: ReportRange,
  filter: ReportFilter,
): Promise<ResponseReport> {
  const { starts, until } = momentsOf(range)
  const { practiceArea } = filter
  const values = [starts[0], until, ...(practiceArea === null ? [] : [practiceArea])]
  const narrowed = (table: string) =>
    practiceArea === null
      ? ''
      : ` and exists (select from matters x where x.id = ${table}.matter_id and x.data ->> 'practice_area' = $3)`
  const tasks = await tx.rows<TaskRow>(taskStatement(narrowed('t')), values)
  const changes = await tx.rows<ChangeRow>(changeStatement(narrowed('m')), values)
  return {
    ...frameOf(range, { channel: null, purpose: null, template: null, practiceArea }),
    tasks: tasks
      .map(({ kind, tasks: all, done, median, p90 }) => ({
        kind,
        tasks: all,
        done,
        open: all - done,
        median,
        p90,
      }))
      .sort(
        (a, b) =>
          Number(b.kind === textTask) - Number(a.kind === textTask) ||
          b.tasks - a.tasks ||
          a.kind.localeCompare(b.kind),
      ),
    changes: changes.map(({ channel, messages, ...times }) => ({
      channel,
      messages,
      steps: changeSteps.map((step) => {
        const [median, p90] = (times as StepTimes)[step]
        return { step, median: median ?? null, p90: p90 ?? null }
      }),
    })),
  }
}
