-- What goes out: consent and pauses, decisions and notices, messages with their attempts, receipts and dead letters.
-- Tables written for each message name their parents but check only the one they hang from: a check costs a look-up and a lock.

create table pauses (
  firm_id uuid not null references firms,
  id uuid primary key,
  scope text not null check (scope in ('firm', 'matter', 'client')),
  target_id uuid not null,
  reason text not null,
  paused_by text not null,
  created_at timestamptz not null,
  ends_at timestamptz,
  lifted_at timestamptz,
  lifted_by text
);
create index pauses_live on pauses (firm_id, target_id) where lifted_at is null;
call protect('pauses');

create table consents (
  firm_id uuid not null references firms,
  channel text not null check (channel in ('sms', 'email')),
  address text not null,
  purpose text not null,
  granted boolean not null,
  how text not null,
  recorded_by text not null,
  at timestamptz not null,
  primary key (firm_id, channel, address, purpose)
);
comment on column consents.purpose is '* for every purpose';
call protect('consents');

create table consent_changes (
  firm_id uuid not null references firms,
  id uuid primary key,
  channel text not null,
  address text not null,
  purpose text not null,
  granted boolean not null,
  how text not null,
  recorded_by text not null,
  at timestamptz not null
);
create index consent_changes_address on consent_changes (firm_id, address, at);
call protect('consent_changes');

-- One row per event and look at it, all rules in it.
create table decisions (
  firm_id uuid not null,
  id uuid primary key,
  event_id uuid not null references events,
  at timestamptz not null,
  trigger text not null check (trigger in ('event', 'release', 'replay')),
  config_revision bigint not null,
  results jsonb not null
);
create index decisions_event on decisions (event_id);
call protect('decisions');

create table notices (
  firm_id uuid not null,
  id uuid primary key,
  event_id uuid not null references events,
  matter_id uuid,
  client_id uuid,
  rule_key text not null,
  rule_version integer not null,
  action integer not null,
  purpose text not null check (purpose in ('status', 'reminder', 'conversation', 'billing', 'intake', 'marketing')),
  urgency text not null check (urgency in ('normal', 'urgent')),
  template_key text not null,
  state text not null check (state in ('decided', 'held', 'suppressed', 'superseded', 'expired', 'messaged')),
  reason text,
  gates jsonb not null default '[]',
  state_entry integer,
  fact_id uuid,
  fact_mark text,
  due_at timestamptz,
  deadline_at timestamptz,
  cause text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (firm_id, cause)
);
comment on column notices.cause is 'matter, rule, action and subject of the event: the same cause makes one notice';
comment on column notices.fact_mark is 'the fact''s mark when this was decided: once the fact has another, this is no longer true';
comment on column notices.deadline_at is 'when evidence that is still missing becomes a task for staff';
create index notices_held on notices (firm_id, due_at) where state = 'held';
create index notices_held_matter on notices (matter_id) where state = 'held';
create index notices_fact on notices (fact_id) where fact_id is not null;
create index notices_again on notices (matter_id) where state_entry is null;
create index notices_event on notices (event_id);
create index notices_matter on notices (matter_id, created_at);
create index notices_client on notices (client_id, created_at);
call protect('notices');
call allow_lookup('notices', 'firm_id, state, due_at');

create table messages (
  firm_id uuid not null,
  id uuid primary key,
  notice_id uuid not null references notices,
  matter_id uuid,
  client_id uuid not null,
  contact_point_id uuid not null references contact_points,
  connection_id uuid not null,
  channel text not null check (channel in ('sms', 'email')),
  address text not null,
  purpose text not null,
  urgent boolean not null,
  template_key text not null,
  template_version integer not null,
  language text not null,
  subject text,
  body text,
  salt bytea,
  segments integer,
  state text not null check (state in
    ('held', 'queued', 'sending', 'unknown', 'sent', 'delivered', 'undelivered', 'dead', 'cancelled')),
  reason text,
  due_at timestamptz not null,
  attempt_count integer not null default 0,
  retry_step integer not null default 0,
  lease_until timestamptz,
  provider_message_id text,
  sent_at timestamptz,
  settled_at timestamptz,
  opened_at timestamptz,
  machine_opened_at timestamptz,
  clicked_at timestamptz,
  replied_at timestamptz,
  cause text not null,
  created_at timestamptz not null,
  unique (firm_id, cause)
);
comment on column messages.cause is 'the notice''s cause, channel and normalised address: said once';
comment on column messages.retry_step is 'how much of the retry budget is used; a replay by a person starts it anew';
create index messages_queued on messages (firm_id, connection_id, urgent desc, due_at, id) where state = 'queued';
create index messages_sending on messages (firm_id, lease_until) where state = 'sending';
create index messages_waiting on messages (firm_id, due_at) where state in ('held', 'unknown');
create index messages_notice on messages (notice_id);
create index messages_client on messages (client_id, created_at desc);
create index messages_matter on messages (matter_id, created_at desc);
create index messages_address on messages (firm_id, address, created_at desc);
call protect('messages');
call allow_lookup('messages', 'firm_id, state, due_at, lease_until');

create table attempts (
  firm_id uuid not null,
  id uuid primary key,
  message_id uuid not null references messages,
  number integer not null,
  connection_id uuid not null,
  started_at timestamptz not null,
  lease_until timestamptz not null,
  finished_at timestamptz,
  verdict text check (verdict in ('accepted', 'retry', 'refused', 'ambiguous', 'abandoned', 'absent')),
  code text,
  detail text,
  provider_message_id text,
  reported text check (reported in ('sent', 'undelivered', 'delivered')),
  absent_since timestamptz,
  unique (message_id, number)
);
comment on column attempts.absent_since is 'the provider was asked and did not know it; counts only when seen twice, 60 s apart';
comment on column attempts.reported is 'the furthest that the provider''s receipts told of this attempt; never goes back';
create unique index attempts_provider_message on attempts (connection_id, provider_message_id)
  where provider_message_id is not null;
call protect('attempts');

create table receipts (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  key text not null,
  attempt_id uuid,
  message_id uuid,
  provider_message_id text,
  kind text not null check (kind in ('queued', 'sent', 'delivered', 'deferred', 'undelivered', 'failed',
    'bounced', 'dropped', 'opened', 'machine_opened', 'clicked', 'unsubscribed', 'spam_report', 'resubscribed')),
  code text,
  detail text,
  suppress text,
  retryable boolean not null default false,
  page boolean not null default false,
  at timestamptz not null,
  received_at timestamptz not null,
  unique (connection_id, key)
);
create index receipts_message on receipts (message_id);
create index receipts_unmatched on receipts (firm_id, received_at) where message_id is null;
call protect('receipts');
call allow_lookup('receipts', 'firm_id, received_at, message_id');

create table dead_letters (
  firm_id uuid not null,
  id uuid primary key,
  message_id uuid not null references messages,
  attempt_number integer not null,
  cause text not null,
  code text,
  detail text not null default '',
  state text not null default 'open' check (state in ('open', 'replayed', 'closed')),
  opened_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  resolution text,
  unique (message_id, attempt_number)
);
create index dead_letters_open on dead_letters (firm_id, opened_at) where state = 'open';
call protect('dead_letters');

create table incoming_texts (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  provider_message_id text not null,
  from_address text not null,
  to_address text not null,
  body text,
  media jsonb not null default '[]',
  meaning text not null check (meaning in ('stop', 'start', 'help', 'text')),
  client_ids uuid[] not null,
  matter_ids uuid[] not null,
  received_at timestamptz not null,
  unique (connection_id, provider_message_id)
);
create index incoming_texts_from on incoming_texts (firm_id, from_address, received_at desc);
call protect('incoming_texts');

create table alerts (
  firm_id uuid not null references firms,
  id uuid primary key,
  kind text not null,
  cause text not null,
  severity text not null check (severity in ('warning', 'page')),
  title text not null,
  detail jsonb not null default '{}',
  count integer not null default 1,
  raised_at timestamptz not null,
  last_at timestamptz not null,
  resolved_at timestamptz
);
create unique index alerts_open on alerts (firm_id, kind, cause) where resolved_at is null;
call protect('alerts');

create table alert_deliveries (
  firm_id uuid not null references firms,
  id uuid primary key,
  alert_id uuid not null references alerts,
  path text not null check (path in ('webhook', 'mail')),
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  tries integer not null default 0,
  due_at timestamptz not null,
  lease_until timestamptz,
  last_error text,
  sent_at timestamptz
);
create index alert_deliveries_recent on alert_deliveries (firm_id, lease_until) where path = 'mail';
create index alert_deliveries_due on alert_deliveries (firm_id, due_at) where state = 'queued';
call protect('alert_deliveries');
call allow_lookup('alert_deliveries', 'firm_id, state, due_at, lease_until');

-- What waits, by lane and firm: ids only, so that the sweep can go on firm by firm.
create function due_work(moment timestamptz) returns table (lane text, firm_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select 'decide', f.firm_id from firms f where exists
      (select from inbound_deliveries d where d.firm_id = f.firm_id and d.state = 'stored' and d.due_at <= moment)
    union all
    select 'release', f.firm_id from firms f where exists
      (select from notices n where n.firm_id = f.firm_id and n.state = 'held' and n.due_at <= moment)
      or exists (select from messages m where m.firm_id = f.firm_id and m.state = 'held' and m.due_at <= moment)
    union all
    select 'deliver', f.firm_id from firms f where exists
      (select from messages m where m.firm_id = f.firm_id and m.state = 'queued' and m.due_at <= moment)
    union all
    select 'reconcile', f.firm_id from firms f where exists
      (select from messages m where m.firm_id = f.firm_id and m.state = 'sending' and m.lease_until <= moment)
      or exists (select from messages m where m.firm_id = f.firm_id and m.state = 'unknown' and m.due_at <= moment)
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
call make_lookup('due_work(timestamptz)');
