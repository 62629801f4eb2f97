/** A large firm: two and a half matters a client, two years of messages, and the work that lies about at one. */
import type pg from 'pg'
import type { FirmIds } from '../people.ts'

/** What needs a person, and what once did; at a firm that lets things lie. */
export interface Pile {
  deadLetters: number
  tasks: number
  held: number
  quarantine: number
  quality: number
  /** Of dead letters and tasks that were dealt with. */
  done: number
}

/** @param clients numbers of people.ts from 0 on, of whom each has one matter; @param count how many more matters there are to be */
export async function makeMoreMatters(
  admin: pg.Client,
  ids: FirmIds,
  clients: number,
  count: number,
): Promise<void> {
  await admin.query(
    `insert into matters (firm_id, id, connection_id, external_id, client_id, number, title, raw_status, state,
       state_entry, state_entered_at, data, observed_at)
     select $1::uuid, uuidv7(), $2::uuid, 'N' || n, c.id, '2025-' || n, 'Client v. Somebody else, No. ' || n, 'Discovery',
       'discovery', 1000, now() - interval '1 day', '{"practice_area":"Family","responsible_attorney":"B. Hale"}',
       now() - interval '1 day'
     from generate_series(0, $4::int - 1) n
     join clients c on c.firm_id = $1 and c.external_id = 'C' || (n % $3::int)`,
    [ids.firmId, ids.cms, clients, count],
  )
}

/** The newest messages of the past become what is wrong today. */
export async function makePile(admin: pg.Client, { firmId, cms }: FirmIds, pile: Pile): Promise<void> {
  const queries: [sql: string, values: unknown[]][] = [
    [
      `create temp table newest as
         select m.id, m.client_id, m.matter_id, m.notice_id, row_number() over (order by m.id desc)::int as n
         from messages m where m.firm_id = $1 and m.state = 'delivered' order by m.id desc limit $2`,
      [firmId, pile.deadLetters + pile.done + pile.held],
    ],
    [
      `update messages set state = 'dead' where id in (select id from newest where n <= $1)`,
      [pile.deadLetters],
    ],
    [
      `insert into dead_letters (firm_id, id, message_id, attempt_number, cause, code, state, opened_at, resolved_at,
         resolved_by, resolution)
       select $1, uuidv7(- n * interval '1 minute'), id, 1, case n % 3 when 0 then 'wrong_number' when 1 then 'provider_down' else 'landline' end,
         '30005', case when n <= $2 then 'open' else 'closed' end, now() - n * interval '1 minute',
         case when n > $2 then now() end, case when n > $2 then 'Dana' end, case when n > $2 then 'telephoned' end
       from newest where n <= $2 + $3`,
      [firmId, pile.deadLetters, pile.done],
    ],
    [
      `update notices set state = 'held', reason = 'evidence: the transcript', due_at = now() + interval '30 days'
       where id in (select notice_id from newest where n > $1)`,
      [pile.deadLetters + pile.done],
    ],
    [
      `insert into tasks (firm_id, id, kind, title, detail, matter_id, client_id, assignee, due_at, state, cause, created_at,
         done_at, done_by)
       select $1, uuidv7(- n * interval '1 minute'), 'evidence_overdue', 'Ask the court reporter for the transcript', 'Overdue.',
         w.matter_id, w.client_id, 'paralegal', now() + interval '2 days', case when n <= $2 then 'open' else 'done' end,
         'bench ' || n, now() - n * interval '1 minute', case when n > $2 then now() end, case when n > $2 then 'Dana' end
       from generate_series(1, $2::int + $3::int) n join newest w using (n)`,
      [firmId, pile.tasks, pile.done],
    ],
    [
      `insert into quarantine (firm_id, id, connection_id, delivery_id, kind, raw_status, detail, at)
       select $1, uuidv7(), $2, d.id, 'unknown_status', 'on hold??', '{"matter":"M1"}', now()
       from (select id from inbound_deliveries where firm_id = $1 order by id desc limit $3) d`,
      [firmId, cms, pile.quarantine],
    ],
    [
      `insert into quality_items (firm_id, id, connection_id, kind, subject, external_id, field, value, reason, state,
         first_seen_at, last_seen_at)
       select $1, uuidv7(), $2, 'phone', 'client', 'C' || n, 'phone', '12', 'not a number that is in use', 'open', now(), now()
       from generate_series(1, $3::int) n`,
      [firmId, cms, pile.quality],
    ],
    [`drop table newest`, []],
  ]
  for (const [sql, values] of queries) await admin.query(sql, values)
  await admin.query('vacuum analyze')
}
