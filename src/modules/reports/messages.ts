/** The report on messages: groups added up, in the words of the contract. Pure but for `messageReport`. */
import {
  type MessageFigures,
  type MessageOutcome,
  type MessageReport,
  messageOutcomes,
  type ReportFilter,
  type ReportGrouping,
} from '../../../contracts/message-reports.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type MessageGroup, messageGroups } from './message-store.ts'
import { beginnings, type Period, periodsOf } from './periods.ts'
import { type ReportDays, reportDays } from './report.ts'

export interface ReportAsked {
  from?: string | undefined
  to?: string | undefined
  by?: ReportGrouping | undefined
}

/** What a report is about, read and found good. */
export interface ReportRange {
  days: ReportDays
  by: ReportGrouping
  periods: Period[]
  now: Temporal.Instant
  /** The firm's. */
  zone: string
}

/** @returns the last 30 days where nobody says; a message where the days are none, or too many */
export function reportRange(
  asked: ReportAsked,
  now: Temporal.Instant,
  zone: string,
): { ok: true; range: ReportRange } | { ok: false; path: 'from' | 'to' | 'by'; message: string } {
  const days = reportDays(asked, now, zone)
  if (!days.ok) return days
  const found = periodsOf(days.days, asked.by)
  if (!found.ok) return found
  return { ok: true, range: { days: days.days, by: found.by, periods: found.periods, now, zone } }
}

/** Nothing is left out. */
export const everything: ReportFilter = { channel: null, purpose: null, template: null, practiceArea: null }

/** @returns the moments between which the days lie, and when each period begins */
export const momentsOf = ({ days, periods, zone }: Pick<ReportRange, 'days' | 'periods' | 'zone'>) => ({
  starts: beginnings(periods, zone),
  until: days.to.add({ days: 1 }).toZonedDateTime({ timeZone: zone }).toInstant(),
})

/** What every report begins with. */
export const frameOf = ({ days, zone, now }: ReportRange, filter: ReportFilter) => ({
  from: days.from.toString(),
  to: days.to.toString(),
  zone,
  at: now.toString(),
  filter,
})

export async function messageReport(
  tx: FirmTx,
  range: ReportRange,
  filter: ReportFilter,
): Promise<MessageReport> {
  return reportOf(await messageGroups(tx, momentsOf(range), filter), range, filter)
}

export function reportOf(
  groups: readonly MessageGroup[],
  range: ReportRange,
  filter: ReportFilter,
): MessageReport {
  const inPeriod = Map.groupBy(groups, (g) => g.period)
  return {
    ...frameOf(range, filter),
    by: range.by,
    total: sumOf(groups),
    periods: range.periods.map(({ from, to }, i) => ({
      from: from.toString(),
      to: to.toString(),
      ...sumOf(inPeriod.get(i) ?? []),
    })),
    templates: ranked(groups, (g) => g.template).map(([template, sums]) => ({ template, ...sums })),
    channels: ranked(groups, (g) => g.channel).map(([channel, sums]) => ({ channel, ...sums })),
    purposes: ranked(groups, (g) => g.purpose).map(([purpose, sums]) => ({ purpose, ...sums })),
  }
}

/** The most first. */
const ranked = <K extends string>(
  groups: readonly MessageGroup[],
  key: (group: MessageGroup) => K,
): [K, MessageFigures][] =>
  [...Map.groupBy(groups, key)]
    .map(([name, those]): [K, MessageFigures] => [name, sumOf(those)])
    .sort(([a, x], [b, y]) => y.messages - x.messages || a.localeCompare(b))

/** Of these it can be said whether they were opened or answered. */
const left: readonly MessageOutcome[] = ['delivered', 'sent']

export function sumOf(groups: readonly MessageGroup[]): MessageFigures {
  const outcomes = Object.fromEntries(messageOutcomes.map((name) => [name, 0])) as MessageFigures['outcomes']
  const sums = { messages: 0, mails: 0, opened: 0, machineOpened: 0, clicked: 0, texts: 0, replied: 0 }
  for (const g of groups) {
    sums.messages += g.messages
    outcomes[g.outcome] += g.messages
    if (!left.includes(g.outcome)) continue
    if (g.channel === 'email') {
      sums.mails += g.messages
      sums.opened += g.opened
      sums.machineOpened += g.machineOpened
      sums.clicked += g.clicked
    } else {
      sums.texts += g.messages
      sums.replied += g.replied
    }
  }
  const { delivered, sent, undelivered, dead } = outcomes
  return {
    messages: sums.messages,
    outcomes,
    deliveredShare: shareOf(delivered, delivered + sent + undelivered + dead),
    mails: sums.mails,
    opened: sums.opened,
    machineOpened: sums.machineOpened,
    clicked: sums.clicked,
    openedShare: shareOf(sums.opened, sums.mails),
    texts: sums.texts,
    replied: sums.replied,
  }
}

export const shareOf = (part: number, all: number): number | null => (all === 0 ? null : part / all)
