-- What an audit of a CMS found, kept so that it can go on after a break and the next one can tell what got better.

create table cms_audits (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  state text not null check (state in ('running', 'finished', 'dropped')),
  began_at timestamptz not null,
  finished_at timestamptz,
  step integer not null default 0,
  list integer not null default 0,
  cursor text,
  worked_ms bigint not null default 0,
  tally jsonb not null,
  report jsonb,
  unique (firm_id, id),
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on column cms_audits.step is 'rises with each page that is stored: of two processes on one audit the second one notices';
comment on column cms_audits.list is 'which list is being read; cursor is its next page, as the CMS named it';
call protect('cms_audits');
create unique index cms_audits_running on cms_audits (connection_id) where state = 'running';

create table cms_audit_findings (
  firm_id uuid not null,
  audit_id uuid not null,
  subject text not null,
  external_id text not null,
  kind text not null,
  field text not null,
  value text,
  reason text not null,
  suggestion text,
  of_group text,
  matters text[],
  primary key (audit_id, kind, external_id, field),
  foreign key (firm_id, audit_id) references cms_audits (firm_id, id)
);
comment on column cms_audit_findings.value is 'personal data: shown only where asked for';
call protect('cms_audit_findings');

-- What is compared over all clients: who has which number or address. Emptied when the audit ends.
create table cms_audit_marks (
  firm_id uuid not null,
  audit_id uuid not null,
  mark text not null,
  external_id text not null,
  name text not null,
  primary key (audit_id, mark, external_id),
  foreign key (firm_id, audit_id) references cms_audits (firm_id, id)
);
call protect('cms_audit_marks');

create table cms_audit_matters (
  firm_id uuid not null,
  audit_id uuid not null,
  external_id text not null,
  client_external_id text,
  number text,
  is_open boolean not null,
  has_court_date boolean not null default false,
  has_deadline boolean not null default false,
  primary key (audit_id, external_id),
  foreign key (firm_id, audit_id) references cms_audits (firm_id, id)
);
call protect('cms_audit_matters');
create index cms_audit_matters_client on cms_audit_matters (audit_id, client_external_id) where is_open;

-- What is wrong with the firm's data, as work for staff: found by audits and by the reads of every day.
create table quality_items (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  kind text not null,
  subject text not null check (subject in ('client', 'matter', 'appointment', 'document', 'bill', 'status')),
  external_id text not null,
  field text not null,
  value text,
  reason text not null,
  suggestion text,
  link text,
  state text not null check (state in ('open', 'fixed', 'ignored')),
  corrected_here boolean not null default false,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  resolution text,
  unique (connection_id, kind, subject, external_id, field),
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on column quality_items.value is 'personal data; emptied when the item is no longer open';
comment on column quality_items.corrected_here is 'staff gave a contact point of their own: that the CMS still shows the old one is no news';
comment on column quality_items.external_id is 'of the record in the CMS; of a status, the status itself';
call protect('quality_items');
create index quality_items_open on quality_items (firm_id, id) where state = 'open';
