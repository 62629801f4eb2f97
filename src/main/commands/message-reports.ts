/** `tipstaff report messages|questions|response-times`: the same figures as the console's page and the API. */
import { writeFile } from 'node:fs/promises'
import {
  type MessageFigures,
  type MessageReport,
  messageOutcomes,
  type ReportFilter,
  type ReportGrouping,
} from '../../../contracts/message-reports.ts'
import { howLong } from '../../../contracts/report-words.ts'
import type { FirmId } from '../../kernel/index.ts'
import {
  messageCsv,
  messageReport,
  questionCsv,
  questionReport,
  type ReportRange,
  reportDocument,
  reportRange,
  responseCsv,
  responseReport,
  writeReport,
} from '../../modules/reports/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { zoneOf } from '../api/deps.ts'
import {
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  type OperatingDeps,
  printJson,
  printTable,
} from './operating.ts'

/** Of what is narrowed by days and practice area alone. */
export interface WholeReportOptions extends CommonOptions {
  from?: string | undefined
  to?: string | undefined
  practiceArea?: string | undefined
  csv?: string | undefined
}

export interface MessageReportOptions extends WholeReportOptions {
  by?: ReportGrouping | undefined
  channel?: ReportFilter['channel'] | undefined
  purpose?: ReportFilter['purpose'] | undefined
  template?: string | undefined
  pdf?: string | undefined
  language?: 'en' | 'es' | undefined
}

async function rangeOf(
  deps: OperatingDeps,
  options: MessageReportOptions,
  firmId: FirmId,
): Promise<ReportRange> {
  const found = reportRange(options, deps.clock.now(), await zoneOf(deps, firmId))
  if (!found.ok) throw new CommandFailed(`--${found.path}: ${found.message}`)
  return found.range
}

const filterOf = ({ channel, purpose, template, practiceArea }: MessageReportOptions): ReportFilter => ({
  channel: channel ?? null,
  purpose: purpose ?? null,
  template: template ?? null,
  practiceArea: practiceArea ?? null,
})

export function reportMessagesCommand(deps: OperatingDeps, options: MessageReportOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const { terminal } = deps
    const range = await rangeOf(deps, options, firmId)
    const filter = filterOf(options)
    const report = await deps.db.forFirm(firmId, (tx) => messageReport(tx, range, filter))
    const { csv, pdf, language = 'en' } = options
    if (csv !== undefined)
      await written(csv, await deps.db.forFirm(firmId, (tx) => messageCsv(tx, range, filter)))
    if (pdf !== undefined)
      await written(
        pdf,
        await writeReport(await deps.db.forFirm(firmId, (tx) => reportDocument(tx, range, filter, language))),
      )
    if (options.json) printJson(terminal, report)
    else {
      print(deps, report)
      for (const file of [csv, pdf]) if (file !== undefined) terminal.out(`\nWritten: ${file}\n`)
    }
    return 0
  })
}

/** @throws CommandFailed where there is no place for it */
async function written(file: string, content: Iterable<string> | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (error) {
    throw new CommandFailed(`${file} could not be written: ${(error as NodeJS.ErrnoException).code}`)
  }
}

function print({ terminal }: OperatingDeps, report: MessageReport): void {
  const { total } = report
  terminal.out(
    `${total.messages} messages written from ${report.from} to ${report.to} (${report.zone})\n${percent(total.deliveredShare)} delivered of those that were tried; ${percent(total.openedShare)} of ${total.mails} mails opened\n`,
  )
  if (total.messages === 0) return
  const bold = (text: string) => (terminal.colour ? `\u001b[1m${text}\u001b[0m` : text)
  const shown = messageOutcomes.filter((outcome) => total.outcomes[outcome] > 0)
  const table = (title: string, rows: readonly (readonly [string, MessageFigures])[]) => {
    terminal.out(`\n${bold(title)}\n`)
    printTable(terminal, [
      ['', 'messages', ...shown.map((outcome) => outcome.replace('_', ' ')), 'opened', 'replied'],
      ...rows.map(([name, f]) => [
        name,
        ...[f.messages, ...shown.map((outcome) => f.outcomes[outcome]), f.opened, f.replied].map(String),
      ]),
    ])
  }
  table(
    `By ${report.by}`,
    report.periods.map((p) => [p.from === p.to ? p.from : `${p.from} to ${p.to}`, p]),
  )
  table(
    'By template',
    report.templates.map((one) => [one.template, one]),
  )
  table(
    'By channel',
    report.channels.map((one) => [one.channel, one]),
  )
  table(
    'By purpose',
    report.purposes.map((one) => [one.purpose, one]),
  )
}

const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`)

/** One of the reports that are narrowed by days and practice area alone. */
function wholeReport<T>(
  deps: OperatingDeps,
  options: WholeReportOptions,
  report: {
    read(tx: FirmTx, range: ReportRange, filter: ReportFilter): Promise<T>
    csv(found: T): Iterable<string>
    print(found: T): void
  },
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const { terminal } = deps
    const range = await rangeOf(deps, options, firmId)
    const found = await deps.db.forFirm(firmId, (tx) => report.read(tx, range, filterOf(options)))
    const { csv } = options
    if (csv !== undefined) await written(csv, report.csv(found))
    if (options.json) printJson(terminal, found)
    else {
      report.print(found)
      if (csv !== undefined) terminal.out(`\nWritten: ${csv}\n`)
    }
    return 0
  })
}

const who = {
  told: 'told of the change',
  not_told: 'not told',
  before: 'in the days before being told',
} as const

export const reportQuestionsCommand = (deps: OperatingDeps, options: WholeReportOptions): Promise<number> =>
  wholeReport(deps, options, {
    read: questionReport,
    csv: questionCsv,
    print(found) {
      const { terminal } = deps
      terminal.out(
        `Texts from clients in the ${found.days} days after a change of their matter, ${found.from} to ${found.to}\n\n`,
      )
      printTable(terminal, [
        ['', 'changes', 'weeks', 'texts', 'texts per 100 weeks'],
        ...found.groups.map((g) => [
          who[g.group],
          String(g.changes),
          g.weeks.toFixed(1),
          String(g.texts),
          g.perHundredWeeks?.toFixed(1) ?? '–',
        ]),
      ])
      terminal.out(
        found.fewerTexts === null
          ? '\nToo few changes to conclude anything.\n'
          : `\nAt the rate of those who were not told there would have been ${found.fewerTexts} more texts. A comparison, no proof.\n`,
      )
    },
  })

const time = (seconds: number | null): string => {
  if (seconds === null) return 'not yet'
  const { unit, n } = howLong(seconds)
  return `${n} ${{ seconds: 's', minutes: 'min', hours: 'h', days: 'd' }[unit]}`
}

export const reportResponsesCommand = (deps: OperatingDeps, options: WholeReportOptions): Promise<number> =>
  wholeReport(deps, options, {
    read: responseReport,
    csv: responseCsv,
    print(found) {
      const { terminal } = deps
      terminal.out(`Tasks opened from ${found.from} to ${found.to}, until they were completed\n\n`)
      printTable(terminal, [
        ['', 'tasks', 'done', 'open', 'median', '9 of 10 within'],
        ...found.tasks.map((t) => [
          t.kind,
          ...[t.tasks, t.done, t.open].map(String),
          time(t.median),
          time(t.p90),
        ]),
      ])
      for (const { channel, messages, steps } of found.changes) {
        terminal.out(`\n${messages} messages by ${channel} that came of a change elsewhere\n\n`)
        printTable(terminal, [
          ['', 'median', '9 of 10 within'],
          ...steps.map((s) => [s.step, time(s.median), time(s.p90)]),
        ])
      }
    },
  })
