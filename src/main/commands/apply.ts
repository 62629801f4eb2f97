/** `tipstaff apply DIR`: makes a firm what its directory says. Everything is checked before anything changes. */
import { join } from 'node:path'
import type { Clock, FirmId, NewId } from '../../kernel/index.ts'
import {
  applyPlan,
  type ConfigLanguage,
  ConfigRefused,
  checkConfig,
  createFirm,
  type FirmDocuments,
  type FirmSettings,
  findFirm,
  loadHeads,
  lockConfig,
  outcome,
  type PlacedProblem,
  type Plan,
  type PlannedChange,
  placeProblems,
  plan,
  problemText,
  readDocuments,
} from '../../modules/firms/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { type ApplyReport, emptyReport, printApply } from './apply-report.ts'
import { awakeZones } from './awake.ts'
import { DirectoryError, readFirmDirectory } from './firm-directory.ts'
import type { Terminal } from './terminal.ts'

/** What an apply or an edit did, for whoever keeps the proof and wakes what waited for it. */
export interface ConfigChange {
  readonly author: string
  readonly origin: 'git' | 'console'
  readonly at: Temporal.Instant
  /** Why, where somebody edited in the console. */
  readonly reason?: string | undefined
  readonly revision: number
  readonly changes: readonly PlannedChange[]
}

export interface ApplyDeps {
  readonly database: Database
  readonly language: ConfigLanguage
  readonly clock: Clock
  readonly newId: NewId
  readonly terminal: Terminal
  /** The time zones of the firm's clients, as far as they are known, beside those that firm.yaml says. */
  clientZones?(tx: FirmTx): Promise<readonly string[]>
  /** In the same transaction, when anything changed: the audit entry, nudges. */
  changed?(tx: FirmTx, change: ConfigChange): Promise<void>
}

export interface ApplyOptions {
  /** Who wins where the console and Git both changed something. */
  readonly take?: 'git' | 'console' | undefined
  readonly dryRun?: boolean | undefined
  readonly json?: boolean | undefined
  readonly author: string
}

/**
 * Prints the plan (or JSON) and carries it out in one transaction; the same again changes nothing.
 *
 * @returns the exit code: 0 done or nothing to do · 1 something is wrong, each with its `file:line:column` ·
 *   2 edited elsewhere since the last apply, nothing changed
 */
export async function applyDirectory(
  deps: ApplyDeps,
  dir: string,
  options: ApplyOptions,
): Promise<0 | 1 | 2> {
  const report = await apply(deps, dir, options)
  printApply(deps.terminal, report, options.json ?? false)
  if (report.problems.length > 0) return 1
  return report.conflicts.length > 0 ? 2 : 0
}

async function apply(deps: ApplyDeps, dir: string, options: ApplyOptions): Promise<ApplyReport> {
  const start = { ...emptyReport, dryRun: options.dryRun ?? false }
  let documents: FirmDocuments
  try {
    documents = readDocuments(readFirmDirectory(dir))
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error
    return { ...start, problems: [{ file: dir, line: 1, column: 1, message: error.message }] }
  }
  const located = (found: readonly PlacedProblem[]) => found.map((p) => ({ ...p, file: join(dir, p.file) }))
  const found = { ...start, warnings: located(documents.warnings) }

  const checked = checkConfig(documents.items, deps.language)
  const { placed, elsewhere } = placeProblems(checked.problems, documents.items)
  // What a file that can't be read would have brought is not missing.
  const missing = documents.problems.length > 0 ? [] : elsewhere
  const absent = missing.map((p) => ({ file: 'firm.yaml', line: 1, column: 1, message: problemText(p) }))
  const problems = located([...documents.problems, ...placed, ...absent])
  if (problems.length > 0) return { ...found, problems: problems.toSorted(byPlace) }

  const lints = (deps.language.lints ?? []).flatMap((lint) => lint(checked.values))
  const warned = placeProblems(lints, documents.items).placed
  const read = { ...found, warnings: located([...documents.warnings, ...warned]) }
  const settings = checked.values.get('firm')!.get('firm') as FirmSettings
  const known = { ...read, firm: { key: settings.key, name: settings.name } }
  try {
    return { ...known, ...(await carryOut(deps, settings, documents, options)) }
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error
    const refused = placeProblems(error.problems, documents.items)
    const kept = refused.elsewhere.map((p) => ({
      file: 'firm.yaml',
      line: 1,
      column: 1,
      message: `as the console has it, ${problemText(p)}`,
    }))
    return { ...known, problems: located([...refused.placed, ...kept]) }
  }
}

type Outcome = Pick<ApplyReport, 'revision' | 'changes' | 'conflicts' | 'applied' | 'zones' | 'awake'>

async function carryOut(
  deps: ApplyDeps,
  settings: FirmSettings,
  documents: FirmDocuments,
  options: ApplyOptions,
): Promise<Outcome> {
  const existing = await findFirm(deps.database, settings.key)
  if (existing === undefined && options.dryRun) {
    return { ...zonesOf(deps, settings, []), ...planned(plan([], documents.items), 0), applied: false }
  }
  const firmId = existing ?? deps.newId<FirmId>()
  const result = await deps.database.forFirm(firmId, async (tx): Promise<Outcome | undefined> => {
    const at = deps.clock.now()
    if (existing === undefined && !(await createFirm(tx, { ...settings, at }))) return undefined
    const before = (await lockConfig(tx)) ?? 0
    const steps = plan(await loadHeads(tx), documents.items, options.take)
    const clients = (await deps.clientZones?.(tx)) ?? []
    const common = { ...zonesOf(deps, settings, clients), ...planned(steps, before) }
    if (steps.conflicts.length > 0) return { ...common, applied: false }
    if (options.take === 'console') {
      const { problems } = checkConfig(outcome(steps), deps.language)
      if (problems.length > 0) throw new ConfigRefused(problems)
    }
    if (options.dryRun) return { ...common, applied: false }
    const by = { author: options.author, origin: 'git' as const, at }
    const { revision, changed } = await applyPlan(tx, steps, by, deps.newId)
    if (changed > 0) await deps.changed?.(tx, { ...by, revision, changes: steps.changes.filter(isChange) })
    return { ...common, revision, applied: changed > 0 }
  })
  // Someone made the same firm at the same moment: then it exists now.
  return result ?? carryOut(deps, settings, documents, options)
}

const planned = ({ changes, conflicts }: Plan, revision: number) => ({ changes, conflicts, revision })

const isChange = ({ action }: PlannedChange): boolean => action !== 'same' && action !== 'keep'

function zonesOf(deps: ApplyDeps, settings: FirmSettings, clients: readonly string[]) {
  const offices = [settings.timeZone, ...settings.offices.map((office) => office.timeZone)]
  const lived = [...settings.clientZones, ...clients]
  const of = lived.length > 0 ? ('clients' as const) : ('offices' as const)
  const names = [...new Set(of === 'clients' ? lived : offices)].sort()
  return { zones: { of, names }, awake: awakeZones(names, settings.quietHours, deps.clock.now()) }
}

function byPlace(a: PlacedProblem, b: PlacedProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}
