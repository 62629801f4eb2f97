/** `tipstaff dead-letters list|replay|close`: messages that need a human. */
import type { DeadLetter } from '../../../contracts/operations.ts'
import { closeLetter, deadLetterPage, replayLetters } from '../../modules/console/index.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  idOf,
  ids,
  type ListOptions,
  listPage,
  minute,
  type OperatingDeps,
  printJson,
} from './operating.ts'

export interface DeadLetterListOptions extends ListOptions {
  state?: DeadLetter['state'] | undefined
}

export function listDeadLettersCommand(deps: OperatingDeps, options: DeadLetterListOptions): Promise<number> {
  const state = options.state ?? 'open'
  return listPage(deps, options, {
    load: (tx, page) => deadLetterPage(tx, { ...page, state }),
    row,
    empty: `No dead letter is ${state}.`,
  })
}

const row = (d: DeadLetter): string[] => [
  d.id,
  minute(d.openedAt),
  d.cause,
  d.code ?? '',
  d.channel,
  d.address,
  d.client ?? '',
  d.template,
  d.resolution ?? d.detail,
]

/** @param which ids; none with `all` */
export function replayDeadLettersCommand(
  deps: OperatingDeps,
  which: readonly string[],
  options: CommonOptions & { all?: boolean | undefined },
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    if (which.length > 0 === (options.all ?? false)) throw new CommandFailed('say which: ids, or --all')
    const request = options.all ? ({ all: true } as const) : { ids: ids(which) }
    const done = await deps.db.forFirm(firmId, (tx) => replayLetters(tx, request, actingAs(deps)))
    if ('missing' in done) throw new CommandFailed(`no dead letter ${done.missing.join(', ')}`)
    if (options.json) printJson(deps.terminal, done)
    else {
      const left = done.notOpen.length > 0 ? `; ${done.notOpen.length} were not open any more` : ''
      deps.terminal.out(`${done.replayed.length} put back into the queue${left}.\n`)
    }
    return 0
  })
}

/** @param how the client was told, e.g. "called her" */
export function closeDeadLetterCommand(
  deps: OperatingDeps,
  which: string,
  how: string,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    if (how.trim() === '') throw new CommandFailed('say how the client was told: --how "called her"')
    const id = idOf(which)
    const done = await deps.db.forFirm(firmId, (tx) => closeLetter(tx, id, how.trim(), actingAs(deps)))
    if (done === 'missing') throw new CommandFailed(`no dead letter ${id}`)
    if (done === 'not_open') throw new CommandFailed(`dead letter ${id} is not open`)
    if (options.json) printJson(deps.terminal, { id, closed: true })
    else deps.terminal.out('Closed.\n')
    return 0
  })
}
