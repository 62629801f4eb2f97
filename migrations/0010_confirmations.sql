-- Messages that a provider took and never told of again: due_at says when it is asked what became of them.

create or replace function messages_made() returns trigger language plpgsql as $$
begin
  insert into open_messages (firm_id, message_id, connection_id, urgent, state, due_at, lease_until)
    select firm_id, id, connection_id, urgent, state, due_at, lease_until
    from made where state in ('held', 'queued', 'sending', 'unknown') or (state = 'sent' and due_at < '9999-01-01');
  return null;
end $$;

create or replace function messages_moved() returns trigger language plpgsql as $$
begin
  delete from open_messages o using moved m
    where o.message_id = m.id
      and not (m.state in ('held', 'queued', 'sending', 'unknown') or (m.state = 'sent' and m.due_at < '9999-01-01'));
  insert into open_messages as o (firm_id, message_id, connection_id, urgent, state, due_at, lease_until)
    select firm_id, id, connection_id, urgent, state, due_at, lease_until
    from moved where state in ('held', 'queued', 'sending', 'unknown') or (state = 'sent' and due_at < '9999-01-01')
    on conflict (message_id) do update set connection_id = excluded.connection_id, urgent = excluded.urgent,
      state = excluded.state, due_at = excluded.due_at, lease_until = excluded.lease_until;
  return null;
end $$;

create index open_messages_sent on open_messages (firm_id, due_at) where state = 'sent';
comment on table open_messages is 'an index of messages that are held, queued, sending or unknown, or sent and still to be asked about, kept by the triggers of messages and by nothing else';
comment on column messages.due_at is 'when it may leave or is looked at again; of a sent one, when its provider is asked what became of it';

create or replace function due_work(moment timestamptz) returns table (lane text, firm_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select 'decide', f.firm_id from firms f where exists
      (select from inbound_deliveries d where d.firm_id = f.firm_id and d.state = 'stored' and d.due_at <= moment)
    union all
    select 'release', f.firm_id from firms f where exists
      (select from notices n where n.firm_id = f.firm_id and n.state = 'held' and n.due_at <= moment)
      or exists (select from open_messages m where m.firm_id = f.firm_id and m.state = 'held' and m.due_at <= moment)
    union all
    select 'deliver', f.firm_id from firms f where exists
      (select from open_messages m where m.firm_id = f.firm_id and m.state = 'queued' and m.due_at <= moment)
    union all
    select 'reconcile', f.firm_id from firms f where exists
      (select from open_messages m where m.firm_id = f.firm_id and m.state = 'sending' and m.lease_until <= moment)
      or exists (select from open_messages m where m.firm_id = f.firm_id and m.state = 'unknown' and m.due_at <= moment)
      or exists (select from receipts r where r.firm_id = f.firm_id and r.message_id is null
                 and r.received_at >= moment - interval '15 minutes')
    union all
    select 'confirm', f.firm_id from firms f where exists
      (select from open_messages m where m.firm_id = f.firm_id and m.state = 'sent' and m.due_at <= moment)
    union all
    select 'fetch', f.firm_id from firms f where exists
      (select from fact_requests r where r.firm_id = f.firm_id and r.due_at <= moment
       and (r.lease_until is null or r.lease_until <= moment))
    union all
    select 'alert', f.firm_id from firms f where exists
      (select from alert_deliveries a where a.firm_id = f.firm_id and a.state = 'queued' and a.due_at <= moment
       and (a.lease_until is null or a.lease_until <= moment))
  $$;
