/** What the commands for daily work share: which firm, who acts, and how an end is printed. */
import type { FirmId } from '../../kernel/index.ts'
import type { Candidate } from '../../modules/console/index.ts'
import { listFirms } from '../../modules/firms/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type ApiDeps, acting } from '../api/deps.ts'
import type { Terminal } from './terminal.ts'

/** A Runtime with these two beside it will do. */
export interface OperatingDeps extends Omit<ApiDeps, 'edits' | 'firms'> {
  firms: Pick<ApiDeps['firms'], 'open'>
  terminal: Terminal
  /** Who acts, as it stands in the record: `cli:<name>`. */
  by: string
}

export interface CommonOptions {
  /** A firm's key; absent: the only one there is. */
  firm?: string | undefined
  json?: boolean | undefined
}

/** Ends a command: said on the error side, exit 1. */
export class CommandFailed extends Error {}

export const actingAs = (deps: OperatingDeps) => acting(deps, deps.by)

/** Runs for the firm that is meant; what fails for a reason that people can mend is one line, not a trace of calls. */
export async function forChosenFirm(
  deps: OperatingDeps,
  options: CommonOptions,
  work: (firmId: FirmId) => Promise<number>,
): Promise<number> {
  try {
    return await work(await chosenFirm(deps, options.firm))
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    deps.terminal.err(`tipstaff: ${error.message}\n`)
    return 1
  }
}

async function chosenFirm(deps: OperatingDeps, key: string | undefined): Promise<FirmId> {
  if (key !== undefined) {
    const [found] = await deps.db.lookup<{ firm_id: FirmId }>('select firm_id from lookup_firm($1)', [key])
    if (!found) throw new CommandFailed(`no firm has the key ${key}`)
    return found.firm_id
  }
  const [one, ...more] = await listFirms(deps.db)
  if (one === undefined) throw new CommandFailed('there is no firm yet: run "tipstaff apply DIR"')
  if (more.length > 0)
    throw new CommandFailed(`there are ${more.length + 1} firms: say which with --firm KEY`)
  return one
}

export function severalFit(candidates: readonly Candidate[]): CommandFailed {
  const lines = candidates.map((c) => `  ${c.as} ${c.id}  ${c.label}`)
  return new CommandFailed(`more than one fits; name it by its id:\n${lines.join('\n')}`)
}

export const printJson = (terminal: Terminal, value: unknown): void =>
  terminal.out(`${JSON.stringify(value, null, 2)}\n`)

/** Columns as wide as what is in them, the last one open. What others wrote can't move the cursor. */
export function printTable(terminal: Terminal, rows: readonly (readonly string[])[]): void {
  const clean = rows.map((row) => row.map((cell) => cell.replace(/\p{Cc}+/gu, ' ')))
  const widths = (clean[0] ?? []).map((_, i) => Math.max(...clean.map((row) => row[i]?.length ?? 0)))
  for (const row of clean) {
    terminal.out(
      `${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ')}\n`,
    )
  }
}

export interface ListOptions extends CommonOptions {
  limit?: number | undefined
  cursor?: string | undefined
}

/** One page of a list, newest first, as JSON or as a table. */
export function listPage<Item>(
  deps: OperatingDeps,
  options: ListOptions,
  list: {
    load(
      tx: FirmTx,
      page: { limit: number; cursor: string | undefined },
    ): Promise<{ items: Item[]; next: string | null }>
    row(item: Item): string[]
    /** Said where there is none. */
    empty: string
  },
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const cursor = options.cursor === undefined ? undefined : idOf(options.cursor)
    const page = await deps.db.forFirm(firmId, (tx) => list.load(tx, { limit: options.limit ?? 50, cursor }))
    if (options.json) printJson(deps.terminal, page)
    else {
      if (page.items.length === 0) deps.terminal.out(`${list.empty}\n`)
      printTable(deps.terminal, page.items.map(list.row))
      if (page.next !== null) deps.terminal.out(`older: --cursor ${page.next}\n`)
    }
    return 0
  })
}

/** @returns `2026-10-15 14:32`, in UTC: lists are for operators, who compare them with logs */
export const minute = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)}Z`

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** @throws CommandFailed that names what is no id */
export function ids(list: readonly string[]): string[] {
  const wrong = list.find((id) => !uuid.test(id))
  if (wrong !== undefined) throw new CommandFailed(`"${wrong}" is not an id`)
  return list.map((id) => id.toLowerCase())
}

export const idOf = (text: string): string => ids([text])[0]!
