/** Reports as flat tables, from which any sum can be made. Names are the same in every language: programs read them. */
import {
  messageOutcomes,
  type QuestionReport,
  type ReportFilter,
  type ResponseReport,
} from '../../../contracts/message-reports.ts'
import { type Cell, csvOf } from '../../platform/csv/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type MessageGroup, messageGroups } from './message-store.ts'
import { momentsOf, type ReportRange, sumOf } from './messages.ts'

const head = [
  'period_from',
  'period_to',
  'channel',
  'purpose',
  'template',
  'messages',
  ...messageOutcomes,
  'mails',
  'opened',
  'machine_opened',
  'clicked',
  'texts',
  'replied',
]

/**
 * A line for each period, channel, purpose and template. Reads what it counts at once, so that no connection waits for whoever downloads; the text is made piece by piece.
 *
 * @returns the file; at most some 100,000 lines
 */
export async function messageCsv(
  tx: FirmTx,
  range: ReportRange,
  filter: ReportFilter,
): Promise<Generator<string>> {
  const groups = await messageGroups(tx, momentsOf(range), filter)
  return csvOf(head, linesOf(groups, range))
}

function* linesOf(groups: readonly MessageGroup[], { periods }: ReportRange): Generator<readonly Cell[]> {
  const lines = Map.groupBy(groups, (g) => [g.period, g.channel, g.purpose, g.template].join('\n'))
  const inOrder = [...lines.values()].sort(([a], [b]) => compare(a!, b!))
  for (const those of inOrder) {
    const { period, channel, purpose, template } = those[0]!
    const { from, to } = periods[period]!
    const sums = sumOf(those)
    yield [
      from.toString(),
      to.toString(),
      channel,
      purpose,
      template,
      sums.messages,
      ...messageOutcomes.map((name) => sums.outcomes[name]),
      sums.mails,
      sums.opened,
      sums.machineOpened,
      sums.clicked,
      sums.texts,
      sums.replied,
    ]
  }
}

const compare = (a: MessageGroup, b: MessageGroup): number =>
  a.period - b.period ||
  a.channel.localeCompare(b.channel) ||
  a.purpose.localeCompare(b.purpose) ||
  a.template.localeCompare(b.template)

export const questionCsv = ({ groups }: QuestionReport): Generator<string> =>
  csvOf(
    ['group', 'changes', 'weeks', 'texts', 'texts_per_hundred_weeks'],
    groups.map((g) => [g.group, g.changes, g.weeks, g.texts, g.perHundredWeeks]),
  )

export const responseCsv = ({ tasks, changes }: ResponseReport): Generator<string> =>
  csvOf(
    ['what', 'name', 'step', 'count', 'done', 'open', 'median_seconds', 'p90_seconds'],
    [
      ...tasks.map((t): Cell[] => ['task', t.kind, null, t.tasks, t.done, t.open, t.median, t.p90]),
      ...changes.flatMap(({ channel, messages, steps }) =>
        steps.map((s): Cell[] => ['change', channel, s.step, messages, null, null, s.median, s.p90]),
      ),
    ],
  )
