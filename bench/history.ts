/**
 * Years of work already done, written straight into the tables: each row is a copy of a real one that the warm-up made
 * (its payload, decision, words, receipts), moved to another client and into the past two years.
 */
import type pg from 'pg'
import type { FirmIds } from './people.ts'

const chunk = 10_000

/** The matters, and the real messages to copy. */
const sources = `
  create temp table whose as
    select row_number() over (order by m.external_id) - 1 as n, m.id as matter_id, m.client_id, p.id as point_id, p.address
    from matters m join contact_points p on p.client_id = m.client_id and p.channel = 'sms' where m.firm_id = $1;
  create unique index on whose (n);
  create temp table model as
    select row_number() over () - 1 as n, d.headers, d.body as hook, e.type, e.data, x.config_revision, x.results,
      t.rule_key, t.rule_version, t.action, t.purpose, t.urgency, t.template_key, t.gates, m.template_version,
      m.language, m.body, m.salt, m.segments
    from messages m join notices t on t.id = m.notice_id join events e on e.id = t.event_id
      join inbound_deliveries d on d.id = e.delivery_id join decisions x on x.event_id = e.id
    where m.firm_id = $1 and m.state = 'delivered' limit 500;
  create unique index on model (n);
  analyze whose, model`

/** $1 firm, $2 CMS connection, $3 carrier connection, $4 first number, $5 last, $6 how many there will be. */
const rows = `
  create temp table h on commit drop as
    select i, i / (select count(*) from whose)::int + 1 as entry, ago.at, w.matter_id, w.client_id, w.point_id, w.address,
      model.*, uuidv7(ago.shift) as delivery_id, uuidv7(ago.shift) as event_id, uuidv7(ago.shift) as notice_id,
      uuidv7(ago.shift) as message_id, uuidv7(ago.shift) as attempt_id, 'SM' || replace(gen_random_uuid()::text, '-', '') as sid
    from generate_series($4::int, $5::int) i
      join whose w on w.n = i % (select count(*) from whose)
      join model on model.n = i % (select count(*) from model)
      cross join lateral (select s.shift, now() + s.shift as at
        from (select - (interval '2 years' * (1 - i::float8 / $6::int)) - interval '1 hour' as shift) s) ago;
  insert into inbound_keys (firm_id, connection_id, key, seen_at) select $1, $2, 'msg_' || replace(delivery_id::text, '-', ''), at from h;
  insert into inbound_deliveries (firm_id, id, connection_id, received_at, headers, body, state, due_at)
    select $1, delivery_id, $2, at, headers, hook, 'done', at from h;
  insert into events (firm_id, id, delivery_id, connection_id, type, matter_id, client_id, subject, occurred_at, recorded_at, data, outcome)
    select $1, event_id, delivery_id, $2, type, matter_id, client_id, 'entry:' || entry, at, at, data, 'decided' from h;
  insert into decisions (firm_id, id, event_id, at, trigger, config_revision, results)
    select $1, uuidv7(at - now()), event_id, at, 'event', config_revision, results from h;
  insert into notices (firm_id, id, event_id, matter_id, client_id, rule_key, rule_version, action, purpose, urgency,
      template_key, state, gates, state_entry, cause, created_at, updated_at)
    select $1, notice_id, event_id, matter_id, client_id, rule_key, rule_version, action, purpose, urgency, template_key,
      'messaged', gates, entry, matter_id || ' ' || rule_key || ' 0 entry:' || entry, at, at from h;
  insert into messages (firm_id, id, notice_id, matter_id, client_id, contact_point_id, connection_id, channel, address,
      purpose, urgent, template_key, template_version, language, body, salt, segments, state, due_at, attempt_count,
      provider_message_id, sent_at, settled_at, cause, created_at)
    select $1, message_id, notice_id, matter_id, client_id, point_id, $3, 'sms', address, purpose, false, template_key,
      template_version, language, body, salt, segments, 'delivered', at, 1, sid, at, at + interval '4 s',
      matter_id || ' ' || rule_key || ' 0 entry:' || entry || ' sms ' || address, at from h;
  insert into attempts (firm_id, id, message_id, number, connection_id, started_at, lease_until, finished_at, verdict,
      provider_message_id, reported)
    select $1, attempt_id, message_id, 1, $3, at, at + interval '40 s', at + interval '200 ms', 'accepted', sid, 'delivered' from h;
  insert into receipts (firm_id, id, connection_id, key, attempt_id, message_id, provider_message_id, kind, at, received_at)
    select $1, uuidv7(at - now()), $3, sid || ':' || kind, attempt_id, message_id, sid, kind, at, at
    from h cross join (values ('sent'), ('delivered')) k(kind);
  insert into audit_entries (firm_id, epoch, at, actor, action, subject, data)
    select $1, (select epoch from deployment), at, v.actor, v.action, v.subject, v.data
    from h cross join lateral (values
      ('tipstaff', 'event.decided', 'event:' || event_id, jsonb_build_object('type', type, 'matter', matter_id, 'delivery', delivery_id)),
      ('tipstaff', 'message.queued', 'message:' || message_id, jsonb_build_object('notice', notice_id, 'channel', 'sms',
        'template', template_key || '@' || template_version, 'bodyHash', encode(sha256(salt || convert_to(body, 'UTF8')), 'hex'))),
      ('twilio', 'attempt.accepted', 'message:' || message_id, jsonb_build_object('attempt', attempt_id, 'number', 1, 'next', 'sent')),
      ('twilio', 'receipt.sent', 'message:' || message_id, jsonb_build_object('attempt', attempt_id, 'code', null)),
      ('twilio', 'receipt.delivered', 'message:' || message_id, jsonb_build_object('attempt', attempt_id, 'code', null))
    ) v(actor, action, subject, data)`

/**
 * The past is sealed already, as it would be: one batch that covers it. Nobody verifies it here, so it is not a true
 * one; verifying has a measurement of its own (test/…/verify-audit).
 */
const sealed = `
  insert into audit_batches (firm_id, n, epoch, xid_from, xid_to, entries, root, link, signature, key_id, sealed_at, anchored_at)
  select $1, coalesce((select max(n) from audit_batches where firm_id = $1), 0) + 1, d.epoch, '0',
    pg_snapshot_xmax(pg_current_snapshot()), 1, '\\x00', sha256('past'), '\\x00', 'bench', now(), now() from deployment d`

/** @param count messages to add; the app must not be running */
export async function writeHistory(admin: pg.Client, ids: FirmIds, count: number): Promise<void> {
  const { firmId, cms, carrier } = ids
  const inject = (sql: string, values: readonly (string | number)[]) =>
    // Several statements at once take no parameters; these are our own ids and numbers.
    sql.replace(/\$(\d)/g, (_, n) => {
      const value = values[Number(n) - 1]!
      return typeof value === 'number' ? String(value) : `'${value}'::uuid`
    })
  // Millions of look-ups that are known to succeed are left out.
  await admin.query(`set session_replication_role = replica; set synchronous_commit = off`)
  await admin.query(inject(sources, [firmId]))
  // As autovacuum leaves a table that grows: the room that it found on old pages is used up by what came after it. Right
  // after a vacuum the next rows fill that room, each on a page that is logged whole.
  const vacuumAt = Math.floor((count * 0.9) / chunk) * chunk
  for (let first = 0; first < count; first += chunk) {
    if (first === vacuumAt) await admin.query('vacuum analyze')
    const last = Math.min(first + chunk, count) - 1
    await admin.query(`begin; ${inject(rows, [firmId, cms, carrier, first, last, count])}; commit`)
  }
  await admin.query(inject(sealed, [firmId]))
  await admin.query(`drop table whose, model; reset session_replication_role; reset synchronous_commit`)
  await admin.query('analyze')
  await admin.query('checkpoint')
}
