/** `tipstaff export DIR`: writes a firm's configuration back into its directory, console edits included. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  arranged,
  type ConfigLanguage,
  exportDocuments,
  type FirmFile,
  type FirmSettings,
  findFirm,
  loadConfig,
  placeText,
  readDocuments,
} from '../../modules/firms/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import { DirectoryError, readFirmDirectory, writeFirmDirectory } from './firm-directory.ts'
import type { Terminal } from './terminal.ts'

export interface ExportDeps {
  readonly database: Database
  readonly language: ConfigLanguage
  readonly terminal: Terminal
}

export interface ExportOptions {
  /** Key of the firm. */
  readonly firm: string
  readonly dryRun?: boolean | undefined
  readonly json?: boolean | undefined
}

interface ExportReport {
  readonly firm: string
  readonly revision: number
  readonly dryRun: boolean
  readonly written: readonly string[]
  readonly removed: readonly string[]
  readonly problems: readonly string[]
}

/**
 * Files that say the same already stay byte for byte, and comments stay where they are; applying the result
 * changes nothing.
 *
 * @param dir need not exist
 * @returns the exit code: 0 written or nothing to do, 1 something is in the way; then nothing was written
 */
export async function exportDirectory(deps: ExportDeps, dir: string, options: ExportOptions): Promise<0 | 1> {
  const report = await write(deps, dir, options)
  print(deps.terminal, dir, report, options.json ?? false)
  return report.problems.length > 0 ? 1 : 0
}

async function write(deps: ExportDeps, dir: string, options: ExportOptions): Promise<ExportReport> {
  const report = {
    firm: options.firm,
    revision: 0,
    dryRun: options.dryRun ?? false,
    written: [],
    removed: [],
  }
  const firmId = await findFirm(deps.database, options.firm)
  if (firmId === undefined) return { ...report, problems: [`there is no firm ${options.firm}`] }
  let files: FirmFile[]
  try {
    files = existsSync(dir) ? readFirmDirectory(dir) : []
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error
    return { ...report, problems: [error.message] }
  }
  const stranger = firmOf(files)
  if (stranger !== undefined && stranger !== options.firm) {
    return {
      ...report,
      problems: [`${dir} holds the firm ${stranger}: export ${options.firm} into another directory`],
    }
  }
  const { items, revision } = await deps.database.forFirm(firmId, loadConfig)
  const ordered = items.map(({ kind, key, body }) => arranged({ kind, key, body }, deps.language.kinds))
  const result = exportDocuments(ordered, files)
  if (!result.ok) {
    const problems = result.problems.map(
      (p) => `${placeText({ ...p, file: join(dir, p.file) })} ${p.message}`,
    )
    return { ...report, revision, problems }
  }
  if (!report.dryRun) writeFirmDirectory(dir, result.changes)
  return {
    ...report,
    revision,
    written: result.changes.filter(({ text }) => text !== null).map(({ path }) => path),
    removed: result.changes.filter(({ text }) => text === null).map(({ path }) => path),
    problems: [],
  }
}

function firmOf(files: readonly FirmFile[]): string | undefined {
  const firm = readDocuments(files).items.find((item) => item.kind === 'firm')
  const key = (firm?.body as Partial<FirmSettings> | undefined)?.key
  return typeof key === 'string' ? key : undefined
}

function print(terminal: Terminal, dir: string, report: ExportReport, json: boolean): void {
  const ok = report.problems.length === 0
  if (json) terminal.out(`${JSON.stringify({ ok, ...report }, null, 2)}\n`)
  else if (ok) terminal.out(`${linesOf(dir, report).join('\n')}\n`)
  else terminal.err(`${report.problems.join('\n')}\n`)
}

function linesOf(dir: string, { dryRun, written, removed, revision }: ExportReport): string[] {
  if (written.length + removed.length === 0) return [`${dir} already says what holds (revision ${revision})`]
  const would = dryRun ? 'would be ' : ''
  return [
    ...written.map((path) => `${would}written ${join(dir, path)}`),
    ...removed.map((path) => `${would}removed ${join(dir, path)}`),
  ]
}
