/** `tipstaff audit-cms`: reads a CMS from end to end, writes nothing into it, and says how dirty it is. */
import { writeFile } from 'node:fs/promises'
import type { FirmId } from '../../kernel/index.ts'
import {
  type AuditReport,
  genericSurvey,
  type Progress,
  renderHtml,
  renderText,
  runAudit,
  withValues,
} from '../../modules/cms-audit/index.ts'
import type { Firms } from '../firms.ts'
import { CommandFailed, forChosenFirm, type OperatingDeps, printJson } from './operating.ts'

export interface AuditCommandOptions {
  firm?: string | undefined
  fresh?: boolean | undefined
  html?: string | undefined
  /** True: to the terminal; a name: into that file. */
  json?: boolean | string | undefined
  showValues?: boolean | undefined
  /** Draw progress on the error side. */
  progress?: boolean | undefined
  stopped?: (() => boolean) | undefined
  /** Waiting for a rate limit; tests let the clock pass instead. */
  wait(seconds: number): Promise<void>
}

export type AuditCommandDeps = Omit<OperatingDeps, 'firms'> & { firms: Pick<Firms, 'open' | 'code'> }

export function auditCmsCommand(
  deps: AuditCommandDeps,
  key: string,
  options: AuditCommandOptions,
): Promise<number> {
  return forChosenFirm(deps, { firm: options.firm }, async (firmId) => {
    const { terminal } = deps
    const now = deps.clock.now()
    const audited = await readableConnection(deps, firmId, key)
    const draw = options.progress && options.json !== true ? progressBar(terminal.err) : null
    const done = await runAudit(
      {
        db: deps.db,
        now: () => deps.clock.now(),
        monotonic: () => deps.clock.monotonic(),
        newId: deps.newId,
        wait: options.wait,
      },
      firmId,
      audited,
      {
        fresh: options.fresh ?? false,
        bench: {
          now,
          today: now.toZonedDateTimeISO(audited.zone).toPlainDate(),
          zone: audited.zone,
          country: audited.survey.country,
          statuses: audited.statuses,
        },
        onProgress: (progress) => draw?.(progress),
        ...(options.stopped ? { stopped: options.stopped } : {}),
      },
    )
    draw?.(null)
    if (!done.ok) throw new CommandFailed(`the audit ended early: ${done.detail}`)
    const report = await deps.db.forFirm(firmId, (tx) =>
      withValues(tx, done.report, options.showValues ?? false),
    )
    await print(deps, report, options)
    return 0
  })
}

async function readableConnection(deps: AuditCommandDeps, firmId: FirmId, key: string) {
  const firm = await deps.firms.open(firmId)
  const entry = [...firm.connections].find(([, connection]) => connection.key === key)
  const readable = [...firm.connections.values()]
    .filter((one) => one.reader?.changes && one.settings.mattersOf === undefined)
    .map((one) => one.key)
  const known = readable.length > 0 ? `; there is ${readable.join(', ')}` : ''
  if (!entry) throw new CommandFailed(`no connection is called ${key}${known}`)
  const [connectionId, { reader, kind, settings }] = entry
  const problem = firm.problems.find((one) => one.connection === key)
  if (problem) throw new CommandFailed(`${key} can not be opened: ${problem.message}`)
  if (settings.mattersOf !== undefined)
    throw new CommandFailed(
      `${key} (${kind}) has no matters or clients of its own to audit: its records name those of ${settings.mattersOf}`,
    )
  if (!reader?.changes) throw new CommandFailed(`${key} (${kind}) has no lists that can be read${known}`)
  const { program } = firm.code
  return {
    connectionId,
    key,
    kind,
    changes: reader.changes,
    stillIn: async () => (await reader.check(() => {})) === null,
    // What is only told of, such as communications, says nothing of how clean the firm's data are.
    streams: reader.changes.streams.filter(({ holds }) => holds !== 'other'),
    survey: reader.survey ?? { ...genericSurvey, country: reader.country ?? genericSurvey.country },
    statuses: program.statuses,
    zone: program.settings.timeZone,
  }
}

async function print(
  { terminal }: AuditCommandDeps,
  report: AuditReport,
  options: AuditCommandOptions,
): Promise<void> {
  const written: string[] = []
  const write = async (file: string, text: string): Promise<void> => {
    try {
      await writeFile(file, text, { mode: 0o600 })
      written.push(file)
    } catch (error) {
      throw new CommandFailed(`${file} could not be written: ${(error as NodeJS.ErrnoException).code}`)
    }
  }
  if (options.html !== undefined) await write(options.html, renderHtml(report))
  if (typeof options.json === 'string') await write(options.json, `${JSON.stringify(report, null, 2)}\n`)
  if (options.json === true) printJson(terminal, report)
  else terminal.out(renderText(report, { colour: terminal.colour }))
  if (options.json !== true) for (const file of written) terminal.out(`\nWritten: ${file}\n`)
}

/** One line that is drawn anew; null takes it away. How many there are is not known before the end. */
function progressBar(err: (text: string) => void): (progress: Progress | null) => void {
  const cells = 24
  return (progress) => {
    if (progress === null) return err('\r\u001b[K')
    const full = Math.round((progress.list / progress.lists) * cells)
    const bar = `[${'#'.repeat(full)}>${'.'.repeat(Math.max(0, cells - full - 1))}]`
    const waiting = progress.waiting === null ? '' : `, waiting ${progress.waiting} s for the rate limit`
    err(`\r\u001b[K${bar} ${progress.model} ${progress.records}${waiting}`.slice(0, 100))
  }
}
