-- What comes in (deliveries as received, the keys that make them idempotent) and what we know from it: matters, clients, facts.

create table inbound_deliveries (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  received_at timestamptz not null,
  model text,
  headers jsonb not null,
  body bytea not null,
  repeat boolean not null default false,
  state text not null default 'stored' check (state in ('stored', 'waiting', 'done', 'quarantined', 'ignored')),
  waiting_for text,
  due_at timestamptz not null,
  reason text
);
comment on column inbound_deliveries.repeat is 'same body within 10 minutes on a connection without keys: the stored state decides what it means';
comment on column inbound_deliveries.waiting_for is 'external id of the matter whose facts must be fetched first';
create index inbound_deliveries_stored on inbound_deliveries (firm_id, received_at, id) where state = 'stored';
create index inbound_deliveries_waiting on inbound_deliveries (waiting_for) where state = 'waiting';
call protect('inbound_deliveries');
call allow_lookup('inbound_deliveries', 'firm_id, state, due_at');

create table inbound_keys (
  firm_id uuid not null,
  connection_id uuid not null,
  key text not null,
  seen_at timestamptz not null,
  primary key (connection_id, key)
);
comment on table inbound_keys is 'kept at least 30 days: longer than any sender retries';
call protect('inbound_keys');

create table clients (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  external_id text not null,
  name text not null,
  first_name text,
  last_name text,
  language text,
  time_zone text,
  preference text,
  cms_paused boolean not null default false,
  data jsonb not null default '{}',
  source_updated_at timestamptz,
  observed_at timestamptz not null,
  unique (connection_id, external_id),
  unique (firm_id, id),
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on column clients.preference is 'as the CMS has it; blank means none';
call protect('clients');

create table contact_points (
  firm_id uuid not null,
  id uuid primary key,
  client_id uuid not null,
  channel text not null check (channel in ('sms', 'email')),
  address text not null,
  rank integer not null default 0,
  origin text not null check (origin in ('cms', 'staff')),
  suppressed_at timestamptz,
  suppressed_reason text,
  removed_at timestamptz,
  observed_at timestamptz not null,
  unique (client_id, channel, address),
  foreign key (firm_id, client_id) references clients (firm_id, id)
);
create index contact_points_address on contact_points (firm_id, address);
call protect('contact_points');

create table matters (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  external_id text not null,
  client_id uuid,
  number text,
  title text,
  raw_status text,
  state text,
  previous_state text,
  state_entry integer not null default 0,
  state_entered_at timestamptz,
  settles_at timestamptz,
  data jsonb not null default '{}',
  source_updated_at timestamptz,
  status_received_at timestamptz,
  observed_at timestamptz not null,
  unique (connection_id, external_id),
  unique (firm_id, id),
  foreign key (firm_id, connection_id) references connections (firm_id, id),
  foreign key (firm_id, client_id) references clients (firm_id, id)
);
comment on column matters.state_entry is 'how many times this matter has entered a state; part of what makes a message unique';
comment on column matters.settles_at is 'until then the present state may be a slip of the hand';
comment on column matters.status_received_at is 'when the newest delivery with a status came: what came before it and tells no time is stale';
comment on column matters.observed_at is 'when the CMS was last read for this matter, not when a webhook last spoke of it';
create index matters_client on matters (client_id);
create index matters_number on matters (firm_id, number);
call protect('matters');

create table facts (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  kind text not null check (kind in ('document', 'bill', 'appointment')),
  external_id text not null,
  matter_id uuid not null,
  data jsonb not null,
  version text,
  version_since timestamptz,
  previous_data jsonb,
  announced boolean not null default false,
  mark text not null default '',
  source_updated_at timestamptz,
  observed_at timestamptz not null,
  removed_at timestamptz,
  unique (connection_id, kind, external_id),
  foreign key (firm_id, connection_id) references connections (firm_id, id),
  foreign key (firm_id, matter_id) references matters (firm_id, id)
);
comment on column facts.version_since is 'the source''s time when this version was first seen: what is edited later and keeps the version is no news';
comment on column facts.previous_data is 'what it said before the version changed';
comment on column facts.announced is 'an event told of this version; one that only a read of the CMS brought is still news when its webhook comes';
comment on column facts.mark is 'what a message about it must agree with: an appointment''s version, a bill''s last event, removed';
create index facts_matter on facts (matter_id, kind);
call protect('facts');

-- A wish to read the CMS, held apart from the deliveries that wait for it, so that a hundred of them make one call.
create table fact_requests (
  firm_id uuid not null,
  connection_id uuid not null,
  external_id text not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  lease_until timestamptz,
  tries integer not null default 0,
  last_error text,
  primary key (connection_id, external_id),
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
call protect('fact_requests');
call allow_lookup('fact_requests', 'firm_id, due_at, lease_until');

create table cms_calls (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  at timestamptz not null,
  method text not null,
  path text not null,
  status integer,
  milliseconds integer not null,
  error text,
  matter_external_id text
);
create index cms_calls_matter on cms_calls (connection_id, matter_external_id, at);
call protect('cms_calls');

create table events (
  firm_id uuid not null,
  id uuid primary key,
  delivery_id uuid references inbound_deliveries,
  connection_id uuid not null,
  type text not null,
  matter_id uuid,
  client_id uuid,
  subject text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  data jsonb not null,
  outcome text not null check (outcome in
    ('decided', 'unhandled', 'unchanged', 'stale', 'flagged', 'flip_flop', 'quarantined', 'no_matter')),
  foreign key (firm_id, matter_id) references matters (firm_id, id)
);
comment on column events.subject is 'what exactly happened (entry:7, document:88@etag): the part of the idempotency key that names the cause';
create index events_matter on events (matter_id, recorded_at);
create index events_unhandled on events (firm_id, recorded_at) where outcome = 'unhandled';
create index events_delivery on events (delivery_id);
call protect('events');

create table quarantine (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  delivery_id uuid not null references inbound_deliveries,
  kind text not null check (kind in ('unreadable', 'unmapped', 'unknown_status', 'no_matter', 'mapping_error')),
  raw_status text,
  detail jsonb not null,
  state text not null default 'open' check (state in ('open', 'replayed', 'discarded')),
  at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
create index quarantine_open on quarantine (firm_id, at) where state = 'open';
create index quarantine_of_delivery on quarantine (delivery_id);
create unique index quarantine_delivery on quarantine (delivery_id) where state = 'open';
call protect('quarantine');

-- Open work for a person at the firm.
create table tasks (
  firm_id uuid not null references firms,
  id uuid primary key,
  kind text not null,
  title text not null,
  detail text not null default '',
  matter_id uuid,
  client_id uuid,
  assignee text,
  due_at timestamptz,
  state text not null default 'open' check (state in ('open', 'done')),
  cause text not null,
  created_at timestamptz not null,
  done_at timestamptz,
  done_by text,
  unique (firm_id, cause),
  foreign key (firm_id, matter_id) references matters (firm_id, id),
  foreign key (firm_id, client_id) references clients (firm_id, id)
);
comment on column tasks.cause is 'what made it; the same cause makes one task';
create index tasks_open on tasks (firm_id, due_at) where state = 'open';
create index tasks_client on tasks (client_id);
create index tasks_matter on tasks (matter_id);
call protect('tasks');
