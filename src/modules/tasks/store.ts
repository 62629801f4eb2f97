/** Work for a person at the firm. The same cause makes one task, however often it is told. */
import { systemId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'

export interface NewTask {
  /** E.g. evidence_overdue, incoming_text, template_problem, rule. */
  kind: string
  title: string
  detail: string
  matterId: string | null
  clientId: string | null
  assignee: string | null
  dueAt: Temporal.Instant | null
  cause: string
}

/** @returns the ids of those that were new */
export async function openTasks(
  tx: FirmTx,
  tasks: readonly NewTask[],
  now: Temporal.Instant,
): Promise<string[]> {
  if (tasks.length === 0) return []
  const made = await insertMany<{ id: string; kind: string }>(
    tx,
    'tasks',
    tasks.map((t) => ({
      id: systemId<string>(),
      kind: t.kind,
      title: t.title,
      detail: t.detail,
      matter_id: t.matterId,
      client_id: t.clientId,
      assignee: t.assignee,
      due_at: t.dueAt,
      state: 'open',
      cause: t.cause,
      created_at: now,
    })),
    'on conflict (firm_id, cause) do nothing returning id, kind',
  )
  await record(
    tx,
    made.map((m) => ({
      actor: 'tipstaff',
      action: 'task.opened',
      subject: `task:${m.id}`,
      data: { kind: m.kind },
    })),
    now,
  )
  return made.map((m) => m.id)
}

export async function isTaskOpen(tx: FirmTx, id: string): Promise<boolean> {
  const rows = await tx.rows(`select id from tasks where id = $1 and state = 'open'`, [id])
  return rows.length > 0
}

/** @returns false when it was not open */
export async function completeTask(
  tx: FirmTx,
  id: string,
  by: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const done = await tx.run(
    `update tasks set state = 'done', done_at = $2, done_by = $3 where id = $1 and state = 'open'`,
    [id, now, by],
  )
  if (done > 0) await record(tx, [{ actor: by, action: 'task.done', subject: `task:${id}`, data: {} }], now)
  return done > 0
}
