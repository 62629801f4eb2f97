-- The record searched: an index for each way in which people ask it, and what the last look over the whole chain found.

-- Ordered by when it happened; seq tells apart what happened in the same microsecond.
create index audit_entries_at on audit_entries (firm_id, at, seq);
create index audit_entries_subject on audit_entries (firm_id, subject, at, seq);
-- What every message leaves behind pays for neither: so much of the record is that, that it is found by its time.
create index audit_entries_actor on audit_entries (firm_id, actor, at, seq)
  where actor not in ('tipstaff', 'twilio', 'sendgrid');
create index audit_entries_action on audit_entries (firm_id, action, at, seq)
  where action not in ('event.decided', 'message.queued', 'attempt.accepted', 'receipt.queued', 'receipt.sent', 'receipt.delivered');

create table audit_checks (
  firm_id uuid primary key references firms,
  checked_at timestamptz not null,
  ok boolean not null,
  n bigint not null,
  epoch integer,
  xid_to xid8,
  sealed_at timestamptz,
  entries bigint not null,
  problems jsonb not null
);
comment on table audit_checks is 'the last time that the whole record was compared with its seals and anchors';
comment on column audit_checks.n is 'the last batch that was looked at; 0: there was none';
comment on column audit_checks.xid_to is 'exclusive, with epoch: up to where the record was looked at';
call protect('audit_checks');

create function uuid_or_null(given text) returns uuid
  language sql immutable
  as $$ select case when given ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then given::uuid end $$;

-- As before, by the keys of the tables: compared as text, each entry cost a look at every row.
create or replace function subject_open(about text) returns boolean
  language sql stable
  as $$
    select case split_part(about, ':', 1)
      when 'message' then exists (select from messages where id = uuid_or_null(split_part(about, ':', 2)))
      when 'matter' then exists (select from matters where id = uuid_or_null(split_part(about, ':', 2)))
      when 'client' then exists (select from clients where id = uuid_or_null(split_part(about, ':', 2)))
      when 'event' then exists (select from events where id = uuid_or_null(split_part(about, ':', 2)))
      when 'task' then exists (select from tasks where id = uuid_or_null(split_part(about, ':', 2)))
      when 'text' then exists (select from incoming_texts where id = uuid_or_null(split_part(about, ':', 2)))
      when 'digest' then exists (select from digests where id = uuid_or_null(split_part(about, ':', 2)))
      when 'quality' then exists (select from quality_items where id = uuid_or_null(split_part(about, ':', 2)))
      when 'appointment' then exists (select from facts where id = uuid_or_null(split_part(about, ':', 2)))
      when 'delivery' then exists (select from events where delivery_id = uuid_or_null(split_part(about, ':', 2)))
      else split_part(about, ':', 1) in ('firm', 'connection', 'api_key', 'secret', 'staff', 'epoch', 'revision')
    end $$;
