/** What `apply` has to say, for people and for programs. */
import {
  type Conflict,
  type Difference,
  type PlacedProblem,
  type PlannedChange,
  pathText,
  placeText,
} from '../../modules/firms/index.ts'
import { type AwakeZone, cityOf } from './awake.ts'
import type { Terminal } from './terminal.ts'

export interface ApplyReport {
  readonly firm: { readonly key: string; readonly name: string } | null
  readonly dryRun: boolean
  /** Whether anything was stored. */
  readonly applied: boolean
  /** That holds afterwards. */
  readonly revision: number
  readonly changes: readonly PlannedChange[]
  readonly conflicts: readonly Conflict[]
  readonly problems: readonly PlacedProblem[]
  readonly warnings: readonly PlacedProblem[]
  readonly zones: { readonly of: 'clients' | 'offices'; readonly names: readonly string[] }
  readonly awake: readonly AwakeZone[]
}

export const emptyReport: ApplyReport = {
  firm: null,
  dryRun: false,
  applied: false,
  revision: 0,
  changes: [],
  conflicts: [],
  problems: [],
  warnings: [],
  zones: { of: 'offices', names: [] },
  awake: [],
}

/** Lines that one change may take; the rest is counted. */
const mostLines = 8

export function printApply(terminal: Terminal, report: ApplyReport, json: boolean): void {
  if (json) terminal.out(`${JSON.stringify(forPrograms(report), null, 2)}\n`)
  else printForPeople(terminal, report)
}

function printForPeople(terminal: Terminal, report: ApplyReport): void {
  const paint = painter(terminal.colour)
  const err = (line: string) => terminal.err(`${oneLine(line)}\n`)
  for (const warning of report.warnings) err(`${placeText(warning)} warning: ${warning.message}`)
  for (const problem of report.problems) err(`${placeText(problem)} ${problem.message}`)
  if (report.problems.length > 0) {
    err(`${counted(report.problems.length, 'problem', 'problems')}; nothing was changed.`)
    return
  }
  const lines = report.firm === null ? [] : [paint.bold(`${report.firm.name} (${report.firm.key})`)]
  for (const change of report.changes) lines.push(...changeLines(change, paint))
  for (const conflict of report.conflicts) lines.push(...conflictLines(conflict, paint))
  terminal.out(`${[...lines, ...ending(report)].map(oneLine).join('\n')}\n`)
  if (report.conflicts.length > 0) {
    err(
      `${counted(report.conflicts.length, 'item was', 'items were')} edited elsewhere since the last apply; nothing was changed. ` +
        'Take one side with --take=git or --take=console, or write the console’s edits into the directory with export.',
    )
  }
}

function changeLines({ action, kind, key, diff }: PlannedChange, paint: Painter): string[] {
  const name = nameOf(kind, key)
  switch (action) {
    case 'add':
      return [paint.green(`  + ${name}`)]
    case 'remove':
      return [paint.red(`  - ${name}`)]
    case 'change':
      return [paint.yellow(`  ~ ${name}`), ...diffLines(diff)]
    case 'keep':
      return [paint.yellow(`  ! ${name} stays as the console has it; the directory still says otherwise`)]
    case 'same':
      return []
  }
}

function conflictLines({ kind, key, elsewhere, diff }: Conflict, paint: Painter): string[] {
  return [
    paint.red(`  ! ${nameOf(kind, key)}: ${elsewhere} elsewhere; from what holds now to the directory:`),
    ...diffLines(diff),
  ]
}

function diffLines(differences: readonly Difference[]): string[] {
  const shown = differences.slice(0, mostLines).map(({ path, from, to }) => {
    const at = path.length === 0 ? '' : `${pathText(path)}: `
    return `      ${at}${valueText(from)} → ${valueText(to)}`
  })
  const left = differences.length - shown.length
  return left > 0 ? [...shown, `      and ${left} more`] : shown
}

function valueText(value: Difference['from']): string {
  if (value === undefined) return '(nothing)'
  if (typeof value === 'string' && value.includes('\n')) {
    return `(text of ${counted(value.trimEnd().split('\n').length, 'line', 'lines')})`
  }
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function ending(report: ApplyReport): string[] {
  const done = report.changes.filter(({ action }) => action !== 'same' && action !== 'keep').length
  const same = report.changes.length - done
  const unchanged = same > 0 ? `, ${same} unchanged` : ''
  const { revision } = report
  const result = report.applied
    ? [`${counted(done, 'change', 'changes')}${unchanged}: applied as revision ${revision}.`]
    : report.conflicts.length > 0
      ? []
      : done > 0
        ? [`${counted(done, 'change', 'changes')}${unchanged}: a dry run, nothing was changed.`]
        : [`Nothing to change${unchanged}; revision ${revision} holds.`]
  return [...result, awakeText(report)]
}

/** Says where a message would leave now, and that it waits elsewhere. */
function awakeText({ firm, zones, awake }: ApplyReport): string {
  const who = `${zones.of === 'clients' ? 'Clients' : 'Offices'} of ${firm?.name ?? 'the firm'}`
  const where = `${counted(zones.names.length, 'time zone', 'time zones')} (${zones.names.map(cityOf).join(', ')})`
  const now = awake.map(({ zone, time }) => `${cityOf(zone)} (${time})`).join(', ')
  return `${who} live in ${where}; awake now: ${now === '' ? 'nobody, messages wait for the end of quiet hours' : now}.`
}

function forPrograms(report: ApplyReport) {
  const { changes, ...rest } = report
  const shown = changes.filter(({ action }) => action !== 'same')
  return {
    ok: report.problems.length === 0 && report.conflicts.length === 0,
    ...rest,
    changes: shown.map(({ action, kind, key, diff }) => ({ action, kind, key, diff })),
    unchanged: changes.length - shown.length,
  }
}

const nameOf = (kind: string, key: string): string => (kind === key ? kind : `${kind} ${key}`)

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** Names come from files and messages: no escape sequences of theirs may reach the terminal. */
const oneLine = (line: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for; colours of our own stay
  const dangerous = /\x1b(?!\[\d{1,2}m)|[\x00-\x1a\x1c-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g
  return line.replace(dangerous, '�')
}

interface Painter {
  bold(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
}

function painter(colour: boolean): Painter {
  const paint = (code: number) => (text: string) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text)
  return { bold: paint(1), red: paint(31), green: paint(32), yellow: paint(33) }
}
