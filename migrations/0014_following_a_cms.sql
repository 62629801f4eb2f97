-- Following a CMS by its lists, writing back into it, and the tokens and limits that all processes share for one account.

create table cms_streams (
  firm_id uuid not null,
  connection_id uuid not null,
  model text not null,
  phase text not null check (phase in ('first', 'following')),
  cursor text,
  pass_began_at timestamptz,
  pass_since timestamptz,
  done_until timestamptz,
  records bigint not null default 0,
  counting boolean not null default false,
  counted_at timestamptz,
  due_at timestamptz not null,
  lease_until timestamptz,
  tries integer not null default 0,
  last_error text,
  primary key (connection_id, model),
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on column cms_streams.phase is 'first: all there was before we came is being read, and nothing is said of it';
comment on column cms_streams.cursor is 'the next page of the pass under way: after a crash it goes on from there';
comment on column cms_streams.pass_since is 'what the pass under way asks for: records changed since then; null: all';
comment on column cms_streams.done_until is 'what changed before this is known';
comment on column cms_streams.counting is 'the pass under way lists ids only, to find what is gone';
call protect('cms_streams');
call allow_lookup('cms_streams', 'firm_id, due_at, lease_until');
create index cms_streams_due on cms_streams (firm_id, due_at);

-- Ids of a counting pass under way; emptied when it ends.
create table cms_counted (
  firm_id uuid not null,
  connection_id uuid not null,
  model text not null,
  external_id text not null,
  primary key (connection_id, model, external_id)
);
call protect('cms_counted');

-- What one counting pass did not find. Gone only when a second one, a while later, does not find it either.
create table cms_missing (
  firm_id uuid not null,
  connection_id uuid not null,
  model text not null,
  external_id text not null,
  since timestamptz not null,
  primary key (connection_id, model, external_id)
);
call protect('cms_missing');

create table cms_writes (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  kind text not null check (kind in ('communication', 'task', 'note')),
  key text not null,
  matter_id uuid not null,
  source_id uuid not null,
  state text not null check (state in ('queued', 'writing', 'written', 'dead')),
  created_at timestamptz not null,
  due_at timestamptz not null,
  lease_until timestamptz,
  tries integer not null default 0,
  external_id text,
  written_at timestamptz,
  last_error text,
  unique (connection_id, key),
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on column cms_writes.source_id is 'the task that is written as a task, the message that is written as a communication or a note';
comment on column cms_writes.key is 'goes into the CMS with what is written, where it can be found again: the same for each try';
call protect('cms_writes');
call allow_lookup('cms_writes', 'firm_id, state, due_at, lease_until');
create index cms_writes_due on cms_writes (firm_id, due_at) where state in ('queued', 'writing');
create index cms_writes_source on cms_writes (source_id);

-- What a person's consent gave. Encrypted; refreshed by whoever holds the lease, with no lock held over the network.
create table cms_tokens (
  firm_id uuid not null,
  connection_id uuid primary key,
  access bytea not null,
  refresh bytea not null,
  expires_at timestamptz not null,
  state text not null check (state in ('good', 'refused')),
  refresh_lease_until timestamptz,
  connected_at timestamptz not null,
  connected_by text not null,
  refreshed_at timestamptz not null,
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on column cms_tokens.state is 'refused: the consent is gone, and a person must connect again';
call protect('cms_tokens');

-- Consents under way in somebody's browser. The state in the address is kept as its hash, and serves once.
create table cms_consents (
  firm_id uuid not null,
  connection_id uuid not null,
  state_hash bytea primary key,
  redirect_uri text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
call protect('cms_consents');
call allow_lookup('cms_consents', 'firm_id, connection_id, state_hash, expires_at');
create function lookup_consent(wanted bytea) returns table (firm_id uuid, connection_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select c.firm_id, c.connection_id from cms_consents c where c.state_hash = wanted $$;
call make_lookup('lookup_consent(bytea)');

-- What may still be called in this window, over all processes; and whose turn it is where only so many may call at once.
create table cms_gates (
  firm_id uuid not null,
  connection_id uuid primary key,
  per_window integer,
  used integer not null default 0,
  window_ends_at timestamptz,
  closed_until timestamptz,
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on column cms_gates.per_window is 'as the CMS last told; null: it told of no limit';
call protect('cms_gates');

create table cms_turns (
  firm_id uuid not null,
  connection_id uuid not null,
  place integer not null,
  holder uuid not null,
  held_until timestamptz not null,
  primary key (connection_id, place),
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on table cms_turns is 'one row for each call that may be under way at once, for systems that bear only so many';
call protect('cms_turns');

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
  $$;
call make_lookup('due_work(timestamptz)');
