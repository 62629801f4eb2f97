/** `tipstaff connect|disconnect CONNECTION`, `tipstaff connections`: letting us into a CMS, and the end of it. */
import { connectionList } from '../../modules/console/index.ts'
import type { Connecting } from '../connecting.ts'
import { needPerson } from '../connecting.ts'
import {
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  minute,
  type OperatingDeps,
  printJson,
  printTable,
} from './operating.ts'

type Deps = OperatingDeps & { connecting: Pick<Connecting, 'invite' | 'disconnect'> }

export function connectCommand(deps: Deps, key: string, options: CommonOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const made = await deps.connecting.invite(firmId, key, deps.by)
    if (!made.ok) throw new CommandFailed(made.message)
    const { address, addressUntil, authorisation, authorisationUntil } = made.value
    const { out } = deps.terminal
    if (options.json) printJson(deps.terminal, made.value)
    else {
      out(`Whoever may let Tipstaff into ${key} opens this, and says yes there:\n\n  ${address}\n\n`)
      out(`It is good until ${minute(addressUntil.toString())}, and needs Tipstaff to be running. `)
      out(
        `It leads to this page, which you can also open at once (until ${minute(authorisationUntil.toString())}):\n\n`,
      )
      out(`  ${authorisation}\n`)
    }
    return 0
  })
}

export function disconnectCommand(deps: Deps, key: string, options: CommonOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const done = await deps.connecting.disconnect(firmId, key, deps.by)
    if (!done.ok) throw new CommandFailed(done.message)
    if (options.json) printJson(deps.terminal, { connection: key, disconnected: done.value })
    else
      deps.terminal.out(
        done.value
          ? `Disconnected: ${key} lets Tipstaff in no more. What needs it waits until somebody connects it again.\n`
          : `Nobody had connected ${key}.\n`,
      )
    return 0
  })
}

export function listConnectionsCommand(deps: OperatingDeps, options: CommonOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const wanting = needPerson(await deps.firms.open(firmId))
    const items = await deps.db.forFirm(firmId, (tx) => connectionList(tx, wanting, deps.clock.now()))
    if (options.json) printJson(deps.terminal, { items })
    else
      printTable(
        deps.terminal,
        items.map(({ key, kind, state, letIn, limit }) => [
          key,
          kind,
          state === 'needs_person' ? 'needs a person: tipstaff connect' : state,
          letIn ? `since ${minute(letIn.at)}, by ${letIn.by}` : '',
          limit?.perWindow ? `${limit.used} of ${limit.perWindow} calls used` : '',
        ]),
      )
    return 0
  })
}
