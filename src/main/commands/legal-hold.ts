/** `tipstaff legal-hold place|release|list`: what is not deleted, whatever its age. */
import type { LegalHold } from '../../../contracts/retention.ts'
import type { ClientId, MatterId } from '../../kernel/index.ts'
import { findTarget, holdById, holdPage } from '../../modules/console/index.ts'
import { placeHold, releaseHold } from '../../modules/retention/index.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  idOf,
  type ListOptions,
  listPage,
  minute,
  type OperatingDeps,
  printJson,
  severalFit,
} from './operating.ts'

interface Reasoned extends CommonOptions {
  reason: string
}

const reasonOf = ({ reason }: Reasoned): string => {
  if (reason.trim() === '') throw new CommandFailed('say why: --reason "…"')
  return reason.trim()
}

export function placeHoldCommand(
  deps: OperatingDeps,
  scope: 'matter' | 'client',
  text: string,
  options: Reasoned,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const reason = reasonOf(options)
    const hold = await deps.db.forFirm(firmId, async (tx) => {
      const found = await findTarget(tx, scope, text)
      if (found.kind === 'none') throw new CommandFailed(found.reason)
      if (found.kind === 'several') throw severalFit(found.candidates)
      const { id } = found.target
      const target =
        scope === 'matter' ? { scope, id: id as MatterId } : ({ scope, id: id as ClientId } as const)
      return holdById(tx, await placeHold(tx, target, reason, actingAs(deps)))
    })
    if (options.json) printJson(deps.terminal, hold)
    else
      deps.terminal.out(`Nothing of the ${scope} ${hold!.target} is deleted until ${hold!.id} is released.\n`)
    return 0
  })
}

export function releaseHoldCommand(deps: OperatingDeps, text: string, options: Reasoned): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const [id, reason] = [idOf(text), reasonOf(options)]
    const hold = await deps.db.forFirm(firmId, async (tx) => {
      const done = await releaseHold(tx, id, reason, actingAs(deps))
      if (done === 'unknown') throw new CommandFailed(`no legal hold has the id ${id}`)
      if (done === 'released') throw new CommandFailed('it was released before')
      return holdById(tx, id)
    })
    if (options.json) printJson(deps.terminal, hold)
    else deps.terminal.out(`Released: ${hold!.scope} ${hold!.target}.\n`)
    return 0
  })
}

export const listHoldsCommand = (
  deps: OperatingDeps,
  options: ListOptions & { released?: boolean },
): Promise<number> =>
  listPage<LegalHold>(deps, options, {
    load: (tx, page) => holdPage(tx, { ...page, state: options.released ? 'released' : 'live' }),
    row: (h) => [
      h.id,
      minute(h.placedAt),
      `${h.scope} ${h.target}`,
      h.placedBy,
      h.reason,
      ...(h.releasedAt ? [`released ${minute(h.releasedAt)} by ${h.releasedBy}: ${h.releaseReason}`] : []),
    ],
    empty: 'There is no legal hold.',
  })
