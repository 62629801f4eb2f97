/** `tipstaff tasks list|done`: work for people at the firm. */
import type { Task } from '../../../contracts/operations.ts'
import { endTask, taskPage } from '../../modules/console/index.ts'
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
} from './operating.ts'

export interface TaskListOptions extends ListOptions {
  state?: Task['state'] | undefined
}

export function listTasksCommand(deps: OperatingDeps, options: TaskListOptions): Promise<number> {
  const state = options.state ?? 'open'
  return listPage(deps, options, {
    load: (tx, page) => taskPage(tx, { ...page, state }),
    row: (t) => [
      t.id,
      minute(t.createdAt),
      t.dueAt ? `due ${minute(t.dueAt)}` : '',
      t.assignee ?? '',
      t.matter ?? '',
      t.title,
    ],
    empty: `No task is ${state}.`,
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
