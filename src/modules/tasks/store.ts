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

export interface Task extends Record<string, unknown> {
  id: string
  kind: string
  title: string
  detail: string
  matter_id: string | null
  client_id: string | null
  assignee: string | null
  due_at: Temporal.Instant | null
  state: 'open' | 'done'
  created_at: Temporal.Instant
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
    made.map((m) => ({ actor: 'tipstaff', action: 'task.opened', subject: `task:${m.id}`, data: { kind: m.kind } })),
    now,
  )
  return made.map((m) => m.id)
}

/** @returns open tasks first, those due soonest before others */
export function listTasks(tx: FirmTx, filter: { state?: 'open' | 'done'; limit: number }): Promise<Task[]> {
  return tx.rows<Task>(
    `select id, kind, title, detail, matter_id, client_id, assignee, due_at, state, created_at from tasks
     where firm_id = current_firm() and ($1::text is null or state = $1)
     order by state desc, due_at nulls last, created_at desc limit $2`,
    [filter.state ?? null, filter.limit],
  )
}

/** @returns false when it was not open */
export async function completeTask(tx: FirmTx, id: string, by: string, now: Temporal.Instant): Promise<boolean> {
  const done = await tx.run(
    `update tasks set state = 'done', done_at = $2, done_by = $3 where id = $1 and state = 'open'`,
    [id, now, by],
  )
  if (done > 0) await record(tx, [{ actor: by, action: 'task.done', subject: `task:${id}`, data: {} }], now)
  return done > 0
}
