/** `tipstaff report reminders` and `tipstaff appointments list|kept|missed|unknown`: what reminders came to, and who came. */
import { writeFile } from 'node:fs/promises'
import type { AttendanceOutcome } from '../../../contracts/reports.ts'
import type { FirmId } from '../../kernel/index.ts'
import { sayAttendance } from '../../modules/reminders/index.ts'
import {
  pastAppointments,
  rangeOf,
  reminderReport,
  renderReportHtml,
  renderReportText,
  reportDays,
} from '../../modules/reports/index.ts'
import { zoneOf } from '../api/deps.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  minute,
  type OperatingDeps,
  printJson,
  printTable,
} from './operating.ts'

interface DaysOptions extends CommonOptions {
  from?: string | undefined
  to?: string | undefined
}

export interface ReportOptions extends DaysOptions {
  html?: string | undefined
}

export interface AppointmentListOptions extends DaysOptions {
  outcome?: AttendanceOutcome | 'all' | undefined
  limit?: number | undefined
}

async function daysOf(deps: OperatingDeps, options: DaysOptions, firmId: FirmId) {
  const [now, zone] = [deps.clock.now(), await zoneOf(deps, firmId)]
  const found = reportDays(options, now, zone)
  if (!found.ok) throw new CommandFailed(`--${found.path}: ${found.message}`)
  return { now, zone, days: found.days }
}

export function reportRemindersCommand(deps: OperatingDeps, options: ReportOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const { terminal } = deps
    const { now, zone, days } = await daysOf(deps, options, firmId)
    const report = await deps.db.forFirm(firmId, (tx) => reminderReport(tx, days, { now, zone }))
    const { html } = options
    if (html !== undefined) {
      try {
        await writeFile(html, renderReportHtml(report))
      } catch (error) {
        throw new CommandFailed(`${html} could not be written: ${(error as NodeJS.ErrnoException).code}`)
      }
    }
    if (options.json) printJson(terminal, report)
    else {
      terminal.out(renderReportText(report, { colour: terminal.colour }))
      if (html !== undefined) terminal.out(`\nWritten: ${html}\n`)
    }
    return 0
  })
}

export function listAppointmentsCommand(
  deps: OperatingDeps,
  options: AppointmentListOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const { terminal } = deps
    const { now, zone, days } = await daysOf(deps, options, firmId)
    const asked = options.outcome ?? 'unknown'
    const found = await deps.db.forFirm(firmId, (tx) =>
      pastAppointments(tx, {
        ...rangeOf(days, now, zone),
        outcome: asked === 'all' ? null : asked,
        limit: options.limit ?? 50,
      }),
    )
    if (options.json) {
      printJson(terminal, found)
      return 0
    }
    if (found.items.length === 0) terminal.out('There is none.\n')
    printTable(
      terminal,
      found.items.map((a) => [
        a.id,
        minute(a.startsAt),
        a.outcome === 'unknown' ? 'not known' : a.outcome,
        a.answer === null ? '' : a.answer === 'confirmed' ? 'confirmed' : 'wanted another date',
        a.matter ?? '',
        a.client ?? '',
        a.summary ?? '',
      ]),
    )
    if (found.next !== null) terminal.out('There are older ones: --to DAY, or a larger --limit.\n')
    return 0
  })
}

export function sayAttendanceCommand(
  deps: OperatingDeps,
  which: string,
  outcome: AttendanceOutcome,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const me = { ...actingAs(deps), firmZone: await zoneOf(deps, firmId) }
    const said = await deps.db.forFirm(firmId, (tx) => sayAttendance(tx, which, outcome, me))
    switch (said.kind) {
      case 'missing':
        throw new CommandFailed(`no appointment ${which}; "tipstaff appointments list" shows their ids`)
      case 'several':
        throw new CommandFailed(
          `several systems have an appointment ${which}: name it by our id, ${said.ids.join(' or ')}`,
        )
      case 'off':
        throw new CommandFailed(`the appointment ${which} is off: nobody could come`)
      case 'no_time':
        throw new CommandFailed(`the appointment ${which} tells no time that can be read`)
      case 'to_come':
        throw new CommandFailed(
          `the appointment ${which} has not begun: it is at ${minute(said.startsAt.toString())}`,
        )
      case 'said': {
        const { id, startsAt } = said
        if (options.json) printJson(deps.terminal, { id, startsAt: startsAt.toString(), outcome })
        else deps.terminal.out(outcome === 'unknown' ? 'Taken back.\n' : `Said: ${outcome}.\n`)
        return 0
      }
    }
  })
}
