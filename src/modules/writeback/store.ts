/** The rows of what is to be written: found among messages and tasks, claimed under a lease, ended. */
import type { ConnectionId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { CmsWritingKind } from '../connections/index.ts'
import type { ClaimedWrite, WriteSource, WriteTarget } from './types.ts'

/** What is found so late was written down late: clocks and transactions differ by less. */
const overlap = { minutes: 2 }
/** A receipt, or a provider that is asked, may tell days later that a message was sent (Twilio: up to 4 hours). */
const lookBack = { hours: 72 }
const lookBackEvery = { hours: 1 }
/** Tasks that tell of a failed write are not written: that would fail too, and make another. */
const ownTasks = 'writeback_failed'

/**
 * Makes a row for each message that was sent, each answer to a reminder, and each task that was opened, since the last look. Looking twice makes
 * no second one.
 *
 * @returns how many are new
 */
export async function lookForWrites(
  tx: FirmTx,
  targets: readonly WriteTarget[],
  now: Temporal.Instant,
): Promise<number> {
  await tx.run('delete from cms_write_looks where firm_id = current_firm() and connection_id <> all($1)', [
    targets.map((target) => target.connectionId),
  ])
  let found = 0
  for (const { connectionId, wants } of targets) {
    const [look] = await tx.rows<{ began_at: Temporal.Instant; from_at: Temporal.Instant }>(
      `insert into cms_write_looks as l (firm_id, connection_id, began_at, looked_until, looked_back_at)
       values (current_firm(), $1, $2, $2, $2)
       on conflict (connection_id) do update set looked_until = $2,
         looked_back_at = case when l.looked_back_at <= $3 then $2 else l.looked_back_at end
       returning began_at, greatest(began_at, (select case when p.looked_back_at <= $3 then $5 else p.looked_until - $4::interval end
         from cms_write_looks p where p.connection_id = $1)) as from_at`,
      [
        connectionId,
        now,
        now.subtract(lookBackEvery),
        Temporal.Duration.from(overlap).toString(),
        now.subtract(lookBack),
      ],
      'writes_look',
    )
    if (look === undefined) continue
    for (const kind of wants) {
      for (const { sql, name } of findings[kind])
        found += await tx.run(sql, [connectionId, kind, now, look.from_at], name)
    }
  }
  return found
}

const columns = 'firm_id, id, connection_id, kind, key, matter_id, source_id, state, created_at, due_at'

/** A matter of another connection is another system's business. */
const messagesSql = `
  insert into cms_writes (${columns})
  select current_firm(), gen_random_uuid(), $1, $2, $2 || '-' || m.id, m.matter_id, m.id, 'queued', $3, least(m.sent_at, $3)
  from messages m join matters ma on ma.id = m.matter_id and ma.connection_id = $1
  where m.firm_id = current_firm() and m.sent_at >= $4 and m.state in ('sent', 'delivered')
  on conflict (connection_id, key) do nothing`

const tasksSql = `
  insert into cms_writes (${columns})
  select current_firm(), gen_random_uuid(), $1, $2, $2 || '-' || t.id, t.matter_id, t.id, 'queued', $3, least(t.created_at, $3)
  from tasks t join matters ma on ma.id = t.matter_id and ma.connection_id = $1
  where t.firm_id = current_firm() and t.state = 'open' and t.created_at >= $4 and t.kind <> '${ownTasks}'
  on conflict (connection_id, key) do nothing`

/** What clients answered to reminders: a note, as what they were told is. */
const answersSql = `
  insert into cms_writes (${columns})
  select current_firm(), gen_random_uuid(), $1, $2, $2 || '-' || a.id, a.matter_id, a.id, 'queued', $3, least(a.answered_at, $3)
  from appointment_answers a join matters ma on ma.id = a.matter_id and ma.connection_id = $1
  where a.firm_id = current_firm() and a.answered_at >= $4
  on conflict (connection_id, key) do nothing`

const messages = { sql: messagesSql, name: 'writes_messages' }
const findings: Readonly<Record<CmsWritingKind, readonly { sql: string; name: string }[]>> = {
  communication: [messages],
  note: [messages, { sql: answersSql, name: 'writes_answers' }],
  task: [{ sql: tasksSql, name: 'writes_tasks' }],
}

/** Takes what is due in the order in which it happened (ids grow with time); what another left undone, too. */
export function claimWrites(
  tx: FirmTx,
  connectionId: ConnectionId,
  now: Temporal.Instant,
  leaseUntil: Temporal.Instant,
  limit: number,
): Promise<ClaimedWrite[]> {
  return tx.rows<ClaimedWrite>(
    `with taken as (
       update cms_writes set state = 'writing', lease_until = $3, tries = tries + 1
       where id in (
         select id from cms_writes
         where firm_id = current_firm() and connection_id = $1 and state in ('queued', 'writing') and due_at <= $2
           and (lease_until is null or lease_until <= $2)
         order by due_at, key limit $4 for update skip locked)
       returning *)
     select w.id, w.kind, w.key, w.tries - 1 as tries, w.matter_id, ma.external_id as matter_external_id,
            ma.number as matter_number, w.source_id,
            coalesce(w.created_at <= (select copied_at from deployment), false)
              or coalesce((select m.sent_at from messages m where m.id = w.source_id) <=
                          (select copied_at from deployment), false) as doubtful
     from taken w join matters ma on ma.id = w.matter_id
     order by w.due_at, w.key`,
    [connectionId, now, leaseUntil, limit],
    'writes_claim',
  )
}

/** What messages, tasks and answers say now; one that is gone is missing. */
export async function sourcesOf(
  tx: FirmTx,
  connectionId: ConnectionId,
  writes: readonly ClaimedWrite[],
): Promise<Map<string, WriteSource>> {
  const ids = (of: (kind: CmsWritingKind) => boolean) =>
    writes.filter((write) => of(write.kind)).map((write) => write.source_id)
  const rows = await tx.rows<WriteSource>(
    `select m.id, 'message' as source, coalesce(m.sent_at, m.created_at) as at, m.channel, m.subject as title, m.body as words,
            c.external_id as client_external_id, null::timestamptz as due_at, false as over
     from messages m left join clients c on c.id = m.client_id and c.connection_id = $1
     where m.id = any($2)
     union all
     select t.id, 'task', t.created_at, null, t.title, t.detail, null, t.due_at, t.state <> 'open'
     from tasks t where t.id = any($3)
     union all
     select a.id, 'answer', a.answered_at, null, 'Answer to a reminder', a.words, null, null, false
     from appointment_answers a where a.id = any($2)`,
    [connectionId, ids((kind) => kind !== 'task'), ids((kind) => kind === 'task')],
    'writes_sources',
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** @returns false when the lease ended and another took it: then nothing is changed */
export async function writeWritten(
  tx: FirmTx,
  id: string,
  leaseUntil: Temporal.Instant,
  externalId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tx.run(
    `update cms_writes set state = 'written', external_id = $3, written_at = $4, lease_until = null, last_error = null
     where id = $1 and state = 'writing' and lease_until = $2`,
    [id, leaseUntil, externalId, now],
    'writes_written',
  )
  return rows > 0
}

export async function writeDead(
  tx: FirmTx,
  id: string,
  leaseUntil: Temporal.Instant,
  detail: string,
): Promise<boolean> {
  const rows = await tx.run(
    `update cms_writes set state = 'dead', lease_until = null, last_error = $3
     where id = $1 and state = 'writing' and lease_until = $2`,
    [id, leaseUntil, detail],
  )
  return rows > 0
}

/** @param detail null: it was not tried at all */
export async function writeLater(
  tx: FirmTx,
  id: string,
  leaseUntil: Temporal.Instant,
  later: { dueAt: Temporal.Instant; counts: boolean; detail: string | null },
): Promise<boolean> {
  const rows = await tx.run(
    `update cms_writes set state = 'queued', lease_until = null, due_at = $3, tries = tries - $4::int,
       last_error = coalesce($5, last_error)
     where id = $1 and state = 'writing' and lease_until = $2`,
    [id, leaseUntil, later.dueAt, later.counts ? 0 : 1, later.detail],
  )
  return rows > 0
}

/** The CMS takes nothing now: what waits for it need not be claimed to find that out. */
export const putOff = (tx: FirmTx, connectionId: ConnectionId, until: Temporal.Instant): Promise<number> =>
  tx.run(
    `update cms_writes set due_at = $2
     where firm_id = current_firm() and connection_id = $1 and state = 'queued' and due_at < $2`,
    [connectionId, until],
  )

/** There is nothing left to be said of it. */
export const dropWrite = (tx: FirmTx, id: string, leaseUntil: Temporal.Instant): Promise<number> =>
  tx.run(`delete from cms_writes where id = $1 and state = 'writing' and lease_until = $2`, [id, leaseUntil])
