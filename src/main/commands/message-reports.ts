/** `tipstaff report messages`: the same figures as the console's page and the API. */
import { writeFile } from 'node:fs/promises'
import {
  type MessageFigures,
  type MessageReport,
  messageOutcomes,
  type ReportFilter,
  type ReportGrouping,
} from '../../../contracts/message-reports.ts'
import type { FirmId } from '../../kernel/index.ts'
import {
  messageCsv,
  messageReport,
  type ReportRange,
  reportDocument,
  reportRange,
  writeReport,
} from '../../modules/reports/index.ts'
import { zoneOf } from '../api/deps.ts'
import {
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  type OperatingDeps,
  printJson,
  printTable,
} from './operating.ts'

export interface MessageReportOptions extends CommonOptions {
  from?: string | undefined
  to?: string | undefined
  by?: ReportGrouping | undefined
  channel?: ReportFilter['channel'] | undefined
  purpose?: ReportFilter['purpose'] | undefined
  template?: string | undefined
  practiceArea?: string | undefined
  csv?: string | undefined
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
