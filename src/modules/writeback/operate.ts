/** People's hands on what a CMS refused: what it was, and another try. */
import type { ConnectionId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import type { CmsWritingKind } from '../connections/index.ts'
import { completeTask } from '../tasks/index.ts'

export interface RefusedWrite extends Record<string, unknown> {
  id: string
  /** The connection's key. */
  connection: string
  kind: CmsWritingKind
  matter: string | null
  createdAt: Temporal.Instant
  tries: number
  error: string | null
}

/** What is `dead`, the newest first. @param before the id of the last one of the page before */
export function refusedWrites(
  tx: FirmTx,
  limit: number,
  before: string | null = null,
): Promise<RefusedWrite[]> {
  return tx.rows<RefusedWrite>(
    `select w.id, c.key as connection, w.kind, coalesce(m.number, m.external_id) as matter,
            w.created_at as "createdAt", w.tries, w.last_error as error
     from cms_writes w join connections c on c.id = w.connection_id left join matters m on m.id = w.matter_id
     where w.firm_id = current_firm() and w.state = 'dead'
       and ($2::uuid is null or (w.created_at, w.id) < (select created_at, id from cms_writes where id = $2))
     order by w.created_at desc, w.id desc limit $1`,
    [limit, before],
  )
}

/**
 * Tries again what the CMS refused, and ends the tasks that asked for it to be written by hand. What had arrived all the
 * same is found by its key and not written twice.
 *
 * @param which ids, or all of a connection, or all of the firm
 * @returns how many are queued again; what was not `dead` is left alone
 */
export async function retryWrites(
  tx: FirmTx,
  which: { ids?: readonly string[]; connectionId?: ConnectionId },
  by: string,
  now: Temporal.Instant,
): Promise<number> {
  const queued = await tx.rows<{ id: string; tries: number; subject: string; task: string | null }>(
    `with again as (
       update cms_writes set state = 'queued', due_at = $3, last_error = null
       where firm_id = current_firm() and state = 'dead'
         and ($1::uuid[] is null or id = any($1)) and ($2::uuid is null or connection_id = $2)
       returning id, kind, source_id, tries)
     select a.id, a.tries, case when a.kind = 'task' then 'task:'
         when exists (select from appointment_answers x where x.id = a.source_id) then 'answer:' else 'message:' end || a.source_id as subject, t.id as task
     from again a left join tasks t on t.firm_id = current_firm() and t.state = 'open'
       and t.cause in ('writeback ' || a.id, 'writeback ' || a.id || ' ' || a.tries)`,
    [which.ids ?? null, which.connectionId ?? null, now],
  )
  await record(
    tx,
    queued.map(({ subject, id }) => ({
      actor: by,
      action: 'cms.write_retried',
      subject,
      data: { write: id },
    })),
    now,
  )
  for (const { task } of queued) if (task !== null) await completeTask(tx, task, by, now)
  return queued.length
}
