/** `tipstaff pause|resume client|matter|firm [TARGET]`: the red button, and letting go of it. */
import type { PauseTarget, ResumeResult } from '../../../contracts/operations.ts'
import { findTarget, listPauses, pauseTarget, resumeTarget } from '../../modules/console/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  minute,
  type OperatingDeps,
  printJson,
  printTable,
  severalFit,
} from './operating.ts'

export interface PauseOptions extends CommonOptions {
  reason: string
  /** ISO 8601 instant; absent: until someone resumes. */
  until?: string | undefined
}

/** @param target whom or what, as findTarget reads it; absent for the firm */
export function pauseCommand(
  deps: OperatingDeps,
  scope: PauseTarget,
  target: string | undefined,
  options: PauseOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    if (options.reason.trim() === '') throw new CommandFailed('say why: --reason "…"')
    const me = actingAs(deps)
    const endsAt = options.until === undefined ? null : endOf(options.until, me.now)
    const done = await deps.db.forFirm(firmId, async (tx) => {
      const found = await chosen(tx, scope, target)
      return pauseTarget(tx, { ...found, reason: options.reason.trim(), endsAt }, me)
    })
    if (options.json) printJson(deps.terminal, done)
    else {
      const late = done.underWay > 0 ? ` ${done.underWay} had left for the provider already.` : ''
      deps.terminal.out(`Paused: ${scope} ${done.name}. ${done.stopped} queued messages stay here.${late}\n`)
    }
    return 0
  })
}

function endOf(text: string, now: Temporal.Instant): Temporal.Instant {
  let end: Temporal.Instant
  try {
    end = Temporal.Instant.from(text)
  } catch {
    throw new CommandFailed(`--until ${text} is not an instant, such as 2026-10-15T18:00:00-04:00`)
  }
  if (Temporal.Instant.compare(end, now) <= 0) throw new CommandFailed(`--until ${text} has passed already`)
  return end
}

export function resumeCommand(
  deps: OperatingDeps,
  scope: PauseTarget,
  target: string | undefined,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const done = await deps.db.forFirm(firmId, async (tx) => {
      const found = await chosen(tx, scope, target)
      const resumed = await resumeTarget(tx, found, actingAs(deps))
      if (!resumed) throw new CommandFailed(`${scope} ${found.name} is not paused`)
      return resumed
    })
    if (options.json) printJson(deps.terminal, done)
    else printResumed(deps, scope, done)
    return 0
  })
}

function printResumed({ terminal }: OperatingDeps, scope: PauseTarget, done: ResumeResult): void {
  const { notices, messages, items } = done.held
  terminal.out(`Resumed: ${scope} ${done.name}.\n`)
  terminal.out(
    `Looked at again, and sent if still true: ${notices} notices, ${messages} messages; ${done.queued} were queued.\n`,
  )
  printTable(
    terminal,
    items.map((h) => [
      `  ${minute(h.since)}`,
      h.rule,
      h.template,
      h.channel ?? '',
      h.client ?? '',
      h.matter ?? '',
      h.reason ?? '',
    ]),
  )
  if (items.length < notices + messages) terminal.out(`  … and ${notices + messages - items.length} more\n`)
  for (const p of done.stillPaused) terminal.out(`Still paused: the ${p.scope}, by ${p.by}: ${p.reason}\n`)
  if (done.pausedInCms) terminal.out('Still paused: the client, in the CMS\n')
}

/** `tipstaff pause list` */
export function listPausesCommand(deps: OperatingDeps, options: CommonOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const items = await deps.db.forFirm(firmId, (tx) => listPauses(tx, deps.clock.now()))
    if (options.json) printJson(deps.terminal, { items })
    else if (items.length === 0) deps.terminal.out('Nothing is paused.\n')
    else
      printTable(
        deps.terminal,
        items.map((p) => [
          p.scope,
          p.name,
          minute(p.at),
          p.by,
          p.endsAt ? `until ${minute(p.endsAt)}` : '',
          p.reason,
        ]),
      )
    return 0
  })
}

async function chosen(tx: FirmTx, scope: PauseTarget, text: string | undefined) {
  const found = await findTarget(tx, scope, text)
  if (found.kind === 'several') throw severalFit(found.candidates)
  if (found.kind === 'none') throw new CommandFailed(found.reason)
  return { target: found.target, name: found.name }
}
