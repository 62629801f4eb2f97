-- The record: entries written unlinked in the business transaction, linked in batches by one sealer per firm.

create table audit_entries (
  firm_id uuid not null,
  epoch integer not null,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  data jsonb not null,
  primary key (firm_id, epoch, xid, seq)
);
comment on column audit_entries.xid is 'sequence order is not commit order: a batch ends below pg_snapshot_xmin, where no entry can appear any more';
call protect('audit_entries');
-- Nothing in the app may rewrite the record.
revoke update, delete on audit_entries from tipstaff_app;

create table audit_batches (
  firm_id uuid not null references firms,
  n bigint not null,
  epoch integer not null,
  xid_from xid8 not null,
  xid_to xid8 not null,
  entries integer not null check (entries > 0),
  root bytea not null,
  link bytea not null,
  signature bytea not null,
  key_id text not null,
  sealed_at timestamptz not null,
  anchored_at timestamptz,
  primary key (firm_id, n)
);
comment on column audit_batches.xid_to is 'exclusive';
call protect('audit_batches');
revoke delete on audit_batches from tipstaff_app;
revoke update on audit_batches from tipstaff_app;
grant update (anchored_at) on audit_batches to tipstaff_app;
