-- Digests: what need not be said at once waits for a window's end, and becomes one message. And what clients wish: hours of quiet, and how often they want to hear.

alter table clients add column wishes jsonb;
comment on column clients.wishes is 'what they, or staff for them, asked for: hours of quiet, how often to hear what is not urgent; never from the CMS';

-- Other hours, other moments.
drop trigger plan_anew on clients;
create trigger plan_anew after update on clients for each row
  when (new.time_zone is distinct from old.time_zone or new.wishes is distinct from old.wishes
    or new.data -> 'region' is distinct from old.data -> 'region') execute function plan_clients_anew();

create table digests (
  firm_id uuid not null,
  id uuid primary key,
  client_id uuid not null,
  channel text not null check (channel in ('sms', 'email')),
  key text not null,
  state text not null check (state in ('open', 'closed')),
  due_at timestamptz not null,
  asked_at timestamptz,
  opened_at timestamptz not null,
  closed_at timestamptz,
  outcome text check (outcome in ('nothing', 'one', 'digest', 'apart')),
  purposes text[] not null default '{}',
  matter_ids uuid[] not null default '{}',
  lines jsonb,
  foreign key (firm_id, client_id) references clients (firm_id, id)
);
comment on table digests is 'one open at a time for a client, channel and class; messages.digest_id says what waits in it, messages.carries which message says it';
comment on column digests.asked_at is 'since when the CMS has been asked for newer facts of its matters';
comment on column digests.outcome is 'nothing: none of it was still to be said; one: that went as itself; digest: it is one message; apart: that message might not leave as it was, and its items wait again';
comment on column digests.purposes is 'of what it says: whoever withdraws one of them gets none of it as it was written';
comment on column digests.matter_ids is 'of what it says: a pause of one of them stops it';
comment on column digests.lines is 'what the page behind the link shows: matters with their lines; null once the words are gone';
call protect('digests');
call allow_lookup('digests', 'firm_id, state, due_at');
create unique index digests_open on digests (firm_id, client_id, channel, key) where state = 'open';
create index digests_due on digests (firm_id, due_at) where state = 'open';

alter table messages add column digest_id uuid references digests, add column carries uuid references digests;
comment on column messages.digest_id is 'the digest that this waits for, or by which it was said';
comment on column messages.carries is 'the digest that this message is';
create index messages_digest on messages (digest_id) where digest_id is not null;
create index messages_carries on messages (carries) where carries is not null;

-- Of a digest that is about to leave.
create function digest_moved_on(digest uuid) returns boolean language sql stable as $$
  select exists (
    select from messages i join notices n on n.id = i.notice_id
      left join matters t on t.id = i.matter_id left join facts f on f.id = n.fact_id
    where i.digest_id = digest and i.state = 'cancelled' and i.reason = 'in a digest'
      and ((n.state_entry is not null and n.state_entry <> t.state_entry)
        or (f.id is not null and f.mark is distinct from n.fact_mark)
        or (i.matter_id is not null and t.client_id is distinct from i.client_id)
        or t.data -> 'paused' = 'true'::jsonb))
$$;
comment on function digest_moved_on(uuid) is 'whether something that it says is not so any more, is another client''s, or is paused in the CMS';

create or replace function due_work(moment timestamptz) returns table (lane text, firm_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
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
    union all
    select 'poll', f.firm_id from firms f where exists
      (select from cms_streams s where s.firm_id = f.firm_id and s.due_at <= moment
       and (s.lease_until is null or s.lease_until <= moment))
    union all
    select 'writeback', f.firm_id from firms f where exists
      (select from cms_writes w where w.firm_id = f.firm_id and w.state in ('queued', 'writing') and w.due_at <= moment
       and (w.lease_until is null or w.lease_until <= moment))
    union all
    select 'plan', f.firm_id from firms f where exists
      (select from facts a where a.firm_id = f.firm_id and a.kind = 'appointment' and a.planned <> 'done'
       and a.matter_id is not null)
    union all
    select 'digest', f.firm_id from firms f where exists
      (select from digests d where d.firm_id = f.firm_id and d.state = 'open' and d.due_at <= moment)
    union all
    select 'remind', f.firm_id from firms f where exists
      (select from reminders r where r.firm_id = f.firm_id and r.state in ('planned', 'checking') and r.due_at <= moment)
  $$;
call make_lookup('due_work(timestamptz)');
