/** `tipstaff quarantine list|replay|discard|accept-change`: what came in and could not be understood. */
import type { QuarantineItem, QuarantineReplayRequest } from '../../../contracts/operations.ts'
import {
  acceptChange,
  discardFromQuarantine,
  quarantinePage,
  replayQuarantined,
} from '../../modules/console/index.ts'
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

export function listQuarantineCommand(deps: OperatingDeps, options: ListOptions): Promise<number> {
  return listPage(deps, options, {
    load: (tx, page) => quarantinePage(tx, page),
    row: (q) => [q.id, minute(q.at), q.connection, q.kind, reasonOf(q)],
    empty: 'Quarantine is empty.',
  })
}

/** What is wrong, with the states that an unknown status may have meant. */
function reasonOf({ rawStatus, detail }: QuarantineItem): string {
  const { message, suggestions, problems } = detail as {
    message?: string
    suggestions?: { state: string }[]
    problems?: { path: string; message: string }[]
  }
  if (rawStatus === null) return message ?? problems?.map((p) => `${p.path} ${p.message}`).join('; ') ?? ''
  const like = suggestions?.map((s) => s.state).join(', ')
  return `"${rawStatus}"${like ? `, perhaps ${like}` : ''}`
}

export function replayQuarantineCommand(
  deps: OperatingDeps,
  which: readonly string[],
  options: CommonOptions & { all?: boolean | undefined },
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    if (which.length > 0 === (options.all ?? false)) throw new CommandFailed('say which: ids, or --all')
    const request: QuarantineReplayRequest = options.all ? { all: true } : { ids: ids(which) }
    const done = await deps.db.forFirm(firmId, (tx) => replayQuarantined(tx, request, actingAs(deps)))
    if ('missing' in done) throw new CommandFailed(`not in quarantine: ${done.missing.join(', ')}`)
    if (options.json) printJson(deps.terminal, done)
    else deps.terminal.out(`${done.replayed} looked at again; what still can't be understood comes back.\n`)
    return 0
  })
}

export function discardQuarantineCommand(
  deps: OperatingDeps,
  which: string,
  reason: string,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const id = idOf(which)
    if (reason.trim() === '' || reason.length > 500)
      throw new CommandFailed('--reason takes 1 to 500 characters: say why nothing shall come of it')
    const done = await deps.db.forFirm(firmId, (tx) =>
      discardFromQuarantine(tx, id, reason.trim(), actingAs(deps)),
    )
    if (done === 'missing') throw new CommandFailed(`not in quarantine: ${id}`)
    if (done === 'not_open')
      throw new CommandFailed(`${id} is not open: it was replayed or discarded already`)
    if (options.json) printJson(deps.terminal, { id, discarded: true })
    else deps.terminal.out('Discarded: nothing comes of it.\n')
    return 0
  })
}

export function acceptChangeCommand(
  deps: OperatingDeps,
  connection: string,
  options: CommonOptions & { field?: string | undefined },
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const done = await deps.db.forFirm(firmId, (tx) =>
      acceptChange(tx, { connection, field: options.field ?? null }, actingAs(deps)),
    )
    if (done === null) throw new CommandFailed(`this firm has no connection ${connection}`)
    if (options.json) printJson(deps.terminal, done)
    else
      deps.terminal.out(
        `What ${connection} sends is learned anew (${done.fields} fields forgotten); ${done.replayed} that waited are looked at again.\nA running worker knows it within half a minute.\n`,
      )
    return 0
  })
}
