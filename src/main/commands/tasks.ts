/** `tipstaff tasks list|done`: work for people at the firm. */
import type { Task } from '../../../contracts/operations.ts'
import { endTask, taskPage } from '../../modules/console/index.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  idOf,
  minute,
  type OperatingDeps,
  printJson,
  printMore,
  printTable,
} from './operating.ts'

export interface TaskListOptions extends CommonOptions {
  state?: Task['state'] | undefined
  limit?: number | undefined
  cursor?: string | undefined
}

export function listTasksCommand(deps: OperatingDeps, options: TaskListOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const cursor = options.cursor === undefined ? undefined : idOf(options.cursor)
    const query = { state: options.state ?? 'open', limit: options.limit ?? 50, cursor } as const
    const page = await deps.db.forFirm(firmId, (tx) => taskPage(tx, query))
    if (options.json) printJson(deps.terminal, page)
    else {
      if (page.items.length === 0) deps.terminal.out(`No task is ${query.state}.\n`)
      printTable(
        deps.terminal,
        page.items.map((t) => [
          t.id,
          minute(t.createdAt),
          t.dueAt ? `due ${minute(t.dueAt)}` : '',
          t.assignee ?? '',
          t.matter ?? '',
          t.title,
        ]),
      )
      printMore(deps.terminal, page.next)
    }
    return 0
  })
}

export function endTaskCommand(deps: OperatingDeps, which: string, options: CommonOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const id = idOf(which)
    const done = await deps.db.forFirm(firmId, (tx) => endTask(tx, id, actingAs(deps)))
    if (done === 'missing') throw new CommandFailed(`no task ${id}`)
    if (done === 'not_open') throw new CommandFailed(`task ${id} is done already`)
    if (options.json) printJson(deps.terminal, { id, done: true })
    else deps.terminal.out('Done.\n')
    return 0
  })
}
