/** `tipstaff reconcile`: after a restored backup, asks who was told what, and only then lets messages go again. */
import type { FirmId } from '../../kernel/index.ts'
import { anchorFiles, record, sealingKeyFrom } from '../../modules/audit/index.ts'
import { type RestoredOutcome, type Suspect, settleSuspect, suspects } from '../../modules/delivery/index.ts'
import { listFirms } from '../../modules/firms/index.ts'
import type { LostTime } from '../../modules/ingest/index.ts'
import { StartupError } from '../../platform/db/startup-error.ts'
import { type CaughtUp, catchUp } from '../catch-up.ts'
import {
  type Deployment,
  hold,
  isCopy,
  nothingWasLost,
  readDeployment,
  release,
  tellHeld,
  tellReleased,
  watchHold,
} from '../deployment.ts'
import type { Runtime } from '../runtime.ts'
import type { Terminal } from './terminal.ts'
import { verifyAudit } from './verify-audit.ts'

export interface ReconcileDeps {
  runtime: Runtime
  anchorsDir: string
  terminal: Terminal
  /** Who does this, as it stands in the record. */
  by: string
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>
}

export interface ReconcileReport {
  /** `not_held`: there was nothing to do · `still_held`: a provider could not be asked, or --dry-run */
  result: 'not_held' | 'released' | 'still_held'
  reason: string | null
  /** What the copy knew last, and when it was found to be one: between the two it knows nothing. */
  blind: { from: string; until: string } | null
  messages: { firm: string; id: string; state: string; channel: string; template: string; outcome: Outcome }[]
  counts: Partial<Record<Outcome, number>>
  /** Matters that were read in the CMS, and those that had moved; null: not read. */
  cms: CaughtUp | null
  /** Batches of the record that the copy has lost; a signed line beside the anchors says so. */
  lostBatches: number
}

type Outcome = RestoredOutcome | 'to_be_asked'

export interface ReconcileOptions {
  dryRun?: boolean | undefined
  /** A person's word that nothing was sent after the copy was made (a planned move): then nobody is asked. */
  nothingLost?: boolean | undefined
  /** Does not read the CMS: what moved while nobody looked becomes tasks for staff. */
  withoutCms?: boolean | undefined
  json?: boolean | undefined
}

/** Lists of providers lag by seconds; what left just before the copy was found must show (DESIGN: twice, 60 s apart). */
const listsLag = 60_000

/** @returns the exit code: 0 messages go (again) · 1 still held */
export async function reconcile(deps: ReconcileDeps, options: ReconcileOptions): Promise<0 | 1> {
  const report = await work(deps, options, (line) => {
    if (!options.json) deps.terminal.out(`${line}\n`)
  })
  if (options.json) deps.terminal.out(`${JSON.stringify(report, null, 2)}\n`)
  else deps.terminal.out(`${textOf(report, options.dryRun ?? false)}\n`)
  return report.result === 'still_held' && !options.dryRun ? 1 : 0
}

async function work(
  deps: ReconcileDeps,
  { dryRun = false, nothingLost = false, withoutCms = false }: ReconcileOptions,
  say: (line: string) => void,
): Promise<ReconcileReport> {
  const { runtime } = deps
  const deployment = await readDeployment(runtime.db)
  const {
    held_since: heldSince,
    held_reason: reason,
    copied_at: copiedAt,
    knew_until: knewUntil,
  } = deployment
  const report: ReconcileReport = {
    result: 'not_held',
    reason,
    blind: null,
    messages: [],
    counts: {},
    cms: null,
    lostBatches: 0,
  }
  if (heldSince === null) return report
  report.result = 'still_held'
  say(`Held since ${heldSince}: ${reason ?? 'no reason given'}`)
  // Held by hand, and no copy: then this database knows everything there is to know.
  const copy = isCopy(deployment)
  if (copy && nothingLost) {
    await refuseIfLost(deps)
    if (!dryRun) await nothingWasLost(runtime.db, deployment.epoch)
  } else if (copy && copiedAt !== null) {
    report.blind = { from: String(knewUntil ?? copiedAt), until: String(copiedAt) }
    say(`What happened between ${report.blind.from} and ${report.blind.until} is not known here.`)
    const firms = await listFirms(runtime.db)
    if (!dryRun) {
      report.cms = withoutCms
        ? null
        : await catchUpAll(deps, firms, { from: knewUntil ?? copiedAt, until: copiedAt }, say)
      if (report.cms?.unread) return report
      await carryOnHeld(deps)
    }
    if (!dryRun && (await anyInDoubt(runtime, firms, copiedAt))) await untilListsShow(deps, copiedAt, say)
    for (const firmId of firms) await firmWork(deps, firmId, deployment, dryRun, report)
  }
  if (dryRun || report.counts.unreachable) return report
  if (copy) report.lostBatches = await acceptLosses(deps, reason ?? 'restored backup')
  for (const firmId of await listFirms(runtime.db))
    await runtime.db.forFirm(firmId, (tx) =>
      record(
        tx,
        [
          {
            actor: deps.by,
            action: 'deployment.released',
            subject: `epoch:${deployment.epoch}`,
            data: { reason, ...report.counts, lostBatches: report.lostBatches, nothingLost, withoutCms },
          },
        ],
        runtime.clock.now(),
      ),
    )
  if (!(await release(runtime.db, deployment.epoch))) return report
  report.result = 'released'
  await tellReleased(runtime)
  return report
}

/** First of all: what moved while nobody looked must be known before anything is decided. */
async function catchUpAll(
  { runtime, pause }: ReconcileDeps,
  firms: readonly FirmId[],
  lost: LostTime,
  say: (line: string) => void,
): Promise<CaughtUp> {
  say('Reading the matters in the CMS, at the pace that it allows…')
  const sum: CaughtUp = { read: 0, moved: 0, unread: 0 }
  for (const firmId of firms) {
    const one = await catchUp(runtime, firmId, lost, pause)
    sum.read += one.read
    sum.moved += one.moved
    sum.unread += one.unread
  }
  say(`${sum.read} read; ${sum.moved} had moved: nothing is said of them, staff have a task for each.`)
  return sum
}

/** What had come in and was not decided yet is decided now, so that it is asked about as well. Nothing leaves. */
async function carryOnHeld({ runtime, pause }: ReconcileDeps): Promise<void> {
  const watch = watchHold(runtime, null)
  await watch.look()
  if (runtime.state.held === null) throw new StartupError('It was released by somebody else meanwhile.')
  runtime.state.blind = false
  if (!runtime.state.working) runtime.work()
  for (let round = 0; round < 100; round++) {
    await runtime.sweep()
    await runtime.settled()
    const due = await runtime.db.lookup(
      `select lane from due_work($1) where lane in ('decide', 'release', 'plan', 'remind')`,
      [runtime.clock.now()],
    )
    if (due.length === 0) return
    await pause(100)
  }
}

async function anyInDoubt(
  { db }: Runtime,
  firms: readonly FirmId[],
  copiedAt: Temporal.Instant,
): Promise<boolean> {
  for (const firmId of firms)
    if ((await db.forFirm(firmId, (tx) => suspects(tx, copiedAt))).length > 0) return true
  return false
}

async function untilListsShow(deps: ReconcileDeps, copiedAt: Temporal.Instant, say: (line: string) => void) {
  const left = listsLag - (deps.runtime.clock.now().epochMilliseconds - copiedAt.epochMilliseconds)
  if (left <= 0) return
  say(`Waiting ${Math.ceil(left / 1000)} s, until the providers' lists show all that left before.`)
  await deps.pause(left)
}

async function firmWork(
  { runtime }: ReconcileDeps,
  firmId: FirmId,
  { copied_at, knew_until }: Deployment,
  dryRun: boolean,
  report: ReconcileReport,
): Promise<void> {
  const firm = await runtime.firms.open(firmId)
  const list: Suspect[] = await runtime.db.forFirm(firmId, (tx) => suspects(tx, copied_at!))
  for (const suspect of list) {
    const outcome: Outcome = dryRun
      ? 'to_be_asked'
      : await settleSuspect(firmId, suspect, {
          db: runtime.db,
          firm: firm.delivery,
          now: () => runtime.clock.now(),
          newId: runtime.newId,
          news: runtime.news,
          knewUntil: knew_until ?? copied_at!,
        })
    report.counts[outcome] = (report.counts[outcome] ?? 0) + 1
    report.messages.push({
      firm: firm.code.program.settings.key,
      id: suspect.id,
      state: suspect.state,
      channel: suspect.channel,
      template: suspect.template_key,
      outcome,
    })
  }
}

const recordOf = ({ db, keys, clock }: ReconcileDeps['runtime'], anchorsDir: string) => ({
  db,
  anchorsDir,
  key: sealingKeyFrom(keys.tokens),
  now: () => clock.now(),
})

/** Anchors beside the database can prove such a word wrong. */
async function refuseIfLost({ runtime, anchorsDir }: ReconcileDeps): Promise<void> {
  const { firms } = await verifyAudit(recordOf(runtime, anchorsDir))
  const lost = firms.reduce((sum, firm) => sum + firm.lostLinks.length, 0)
  if (lost > 0)
    throw new StartupError(
      `${lost} sealed batches of the record are missing in this database, so something was lost: run "npx tipstaff reconcile" without --nothing-lost.`,
    )
}

async function acceptLosses({ runtime, anchorsDir, by }: ReconcileDeps, reason: string): Promise<number> {
  const count = (checked: Awaited<ReturnType<typeof verifyAudit>>) =>
    checked.firms.reduce((sum, firm) => sum + firm.acceptedLosses, 0)
  const input = recordOf(runtime, anchorsDir)
  if ((await anchorFiles(anchorsDir).firms()).length === 0) return 0
  return count(await verifyAudit({ ...input, accept: { by, reason, at: runtime.clock.now() } }))
}

const words: Record<Outcome, string> = {
  adopted: 'sent already, as the provider says',
  may_go: 'never sent, as the provider says: will go',
  human: 'nobody can tell: a dead letter for a human',
  unreachable: 'the provider could not be asked',
  moved: 'settled meanwhile',
  to_be_asked: 'to be asked about',
}

function textOf(report: ReconcileReport, dryRun: boolean): string {
  if (report.result === 'not_held') return 'Nothing is held: messages go.'
  const lines = report.messages
    .slice(0, 200)
    .map(
      (m) =>
        `  ${m.firm}  ${m.id}  ${m.channel.padEnd(5)}  ${m.state.padEnd(7)}  ${m.template}: ${words[m.outcome]}`,
    )
  if (report.messages.length > 200)
    lines.push(`  … and ${report.messages.length - 200} more (--json lists all)`)
  const counts = Object.entries(report.counts).map(([outcome, n]) => `${n} ${words[outcome as Outcome]}`)
  const sum = counts.length === 0 ? 'No message is in doubt.' : `${counts.join(' · ')}.`
  const lost =
    report.lostBatches > 0
      ? `\n${report.lostBatches} sealed batches are lost to the copy; that is on record beside the anchors.`
      : ''
  const end =
    report.result === 'released'
      ? 'Released: messages go again.'
      : dryRun
        ? 'Still held. Without --dry-run, providers are asked and the rest is released.'
        : report.cms?.unread
          ? `STILL HELD: ${report.cms.unread} matters could not be read in the CMS. See "npx tipstaff doctor" and run this again, or with --without-cms.`
          : 'STILL HELD: a provider could not be asked. See "npx tipstaff doctor", then run this again.'
  return [...lines, sum + lost, end].join('\n')
}

/** `tipstaff hold`: nothing leaves, for all firms, until `reconcile`. */
export async function holdCommand(
  deps: Pick<ReconcileDeps, 'runtime' | 'terminal'>,
  options: { reason: string; json?: boolean | undefined },
): Promise<0> {
  await hold(deps.runtime.db, options.reason, deps.runtime.clock.now())
  const deployment = await readDeployment(deps.runtime.db)
  await tellHeld(deps.runtime, deployment)
  if (options.json)
    deps.terminal.out(
      `${JSON.stringify({ heldSince: deployment.held_since, reason: deployment.held_reason })}\n`,
    )
  else
    deps.terminal.out('Held: within two seconds nothing leaves any more. "npx tipstaff reconcile" ends it.\n')
  return 0
}
