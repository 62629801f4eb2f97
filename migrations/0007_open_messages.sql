-- What is still to be done with a message, beside the message: small rows that come and go, so that the message itself keeps none of the indexes that a change of state would have to write anew.

create table open_messages (
  firm_id uuid not null,
  message_id uuid primary key,
  connection_id uuid not null,
  urgent boolean not null,
  state text not null,
  due_at timestamptz not null,
  lease_until timestamptz
);
comment on table open_messages is 'an index of messages that are held, queued, sending or unknown, kept by the triggers of messages and by nothing else';
create index open_messages_queued on open_messages (firm_id, connection_id, urgent desc, due_at, message_id) where state = 'queued';
create index open_messages_sending on open_messages (firm_id, lease_until) where state = 'sending';
create index open_messages_waiting on open_messages (firm_id, due_at) where state in ('held', 'unknown');

-- Before the wall stands: the owner, too, would see no firm's rows.
alter table messages no force row level security;
insert into open_messages (firm_id, message_id, connection_id, urgent, state, due_at, lease_until)
  select firm_id, id, connection_id, urgent, state, due_at, lease_until
  from messages where state in ('held', 'queued', 'sending', 'unknown');
alter table messages force row level security;

call protect('open_messages');
call allow_lookup('open_messages', 'firm_id, state, due_at, lease_until');

create function messages_made() returns trigger language plpgsql as $$
begin
  insert into open_messages (firm_id, message_id, connection_id, urgent, state, due_at, lease_until)
    select firm_id, id, connection_id, urgent, state, due_at, lease_until
    from made where state in ('held', 'queued', 'sending', 'unknown');
  return null;
end $$;

create function messages_moved() returns trigger language plpgsql as $$
begin
  delete from open_messages o using moved m
    where o.message_id = m.id and m.state not in ('held', 'queued', 'sending', 'unknown');
  insert into open_messages as o (firm_id, message_id, connection_id, urgent, state, due_at, lease_until)
    select firm_id, id, connection_id, urgent, state, due_at, lease_until
    from moved where state in ('held', 'queued', 'sending', 'unknown')
    on conflict (message_id) do update set connection_id = excluded.connection_id, urgent = excluded.urgent,
      state = excluded.state, due_at = excluded.due_at, lease_until = excluded.lease_until;
  return null;
end $$;

create function messages_gone() returns trigger language plpgsql as $$
begin
  delete from open_messages o using gone g where o.message_id = g.id;
  return null;
end $$;

create trigger open_messages_made after insert on messages
  referencing new table as made for each statement execute function messages_made();
create trigger open_messages_moved after update on messages
  referencing new table as moved for each statement execute function messages_moved();
create trigger open_messages_gone after delete on messages
  referencing old table as gone for each statement execute function messages_gone();

drop index messages_queued, messages_sending, messages_waiting;

-- Every statement says the firm, by its wall. An index that begins with it offers itself to all of them, and in a young
-- database, whose plans are made of guesses, it was taken: a batch of messages looked up by id read all of the firm's.
drop index messages_address;
create index messages_address on messages (address, firm_id, created_at desc);
alter table messages drop constraint messages_firm_id_cause_key, add unique (cause, firm_id);

-- A message changes three times on its way. With room beside it on its page the new row needs no new index entries.
alter table messages set (fillfactor = 60);
alter table attempts set (fillfactor = 60);
alter table matters set (fillfactor = 80);

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
    select 'fetch', f.firm_id from firms f where exists
      (select from fact_requests r where r.firm_id = f.firm_id and r.due_at <= moment
       and (r.lease_until is null or r.lease_until <= moment))
    union all
    select 'alert', f.firm_id from firms f where exists
      (select from alert_deliveries a where a.firm_id = f.firm_id and a.state = 'queued' and a.due_at <= moment
       and (a.lease_until is null or a.lease_until <= moment))
  $$;
