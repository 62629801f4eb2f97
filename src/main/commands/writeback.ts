/** `tipstaff writeback list|retry`: what a CMS refused to take, and another try. */
import type { ConnectionId } from '../../kernel/index.ts'
import { refusedWrites, retryWrites } from '../../modules/writeback/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  ids,
  type ListOptions,
  listPage,
  minute,
  type OperatingDeps,
  printJson,
} from './operating.ts'

export function listRefusedWritesCommand(deps: OperatingDeps, options: ListOptions): Promise<number> {
  return listPage(deps, options, {
    async load(tx, { limit, cursor }) {
      const rows = await refusedWrites(tx, limit + 1, cursor ?? null)
      const items = rows.slice(0, limit)
      return { items, next: rows.length > limit ? items.at(-1)!.id : null }
    },
    row: (w) => [
      w.id,
      minute(w.createdAt.toString()),
      w.connection,
      `matter ${w.matter ?? 'unknown'}`,
      w.kind,
      w.error ?? '',
    ],
    empty: 'Nothing was refused.',
  })
}

export function retryWritesCommand(
  deps: OperatingDeps,
  which: readonly string[],
  options: CommonOptions & { all?: boolean | undefined; connection?: string | undefined },
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const wide = options.all === true || options.connection !== undefined
    if (which.length > 0 === wide) throw new CommandFailed('say which: ids, --all, or --connection KEY')
    const { by, now, nudge } = actingAs(deps)
    const queued = await deps.db.forFirm(firmId, async (tx) => {
      const asked = which.length > 0 ? { ids: ids(which) } : await connectionOf(tx, options.connection)
      const count = await retryWrites(tx, asked, by, now)
      if (count < which.length)
        throw new CommandFailed(
          `nothing was done: only ${count} of these were refused (tipstaff writeback list)`,
        )
      tx.afterCommit(() => nudge('writeback', firmId))
      return count
    })
    if (options.json) printJson(deps.terminal, { queued })
    else deps.terminal.out(`${queued} ${queued === 1 ? 'is' : 'are'} tried again.\n`)
    return 0
  })
}

async function connectionOf(tx: FirmTx, key: string | undefined): Promise<{ connectionId?: ConnectionId }> {
  if (key === undefined) return {}
  const [row] = await tx.rows<{ id: ConnectionId }>('select id from connections where key = $1', [key])
  if (row === undefined) throw new CommandFailed(`no connection has the key ${key}`)
  return { connectionId: row.id }
}
