-- Reminders of appointments: one row for each step of a plan and version of an appointment, said once or not at all.

create table reminders (
  firm_id uuid not null,
  id uuid primary key,
  fact_id uuid not null references facts,
  matter_id uuid not null,
  edition integer not null,
  mark text not null,
  plan_key text not null,
  step_key text not null,
  starts_at timestamptz not null,
  due_at timestamptz,
  state text not null check (state in ('planned', 'checking', 'said', 'skipped', 'superseded')),
  reason text,
  zone text not null,
  zone_of text not null check (zone_of in ('client', 'firm')),
  asked_at timestamptz,
  event_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (fact_id, edition, plan_key, step_key),
  foreign key (firm_id, matter_id) references matters (firm_id, id)
);
comment on table reminders is 'the unique key is what makes a reminder one: an appointment, its version, the step of the plan; the contact point follows in messages.cause';
comment on column reminders.edition is 'facts.edition of the appointment that was planned';
comment on column reminders.mark is 'facts.mark of that edition: what a message about it must agree with';
comment on column reminders.asked_at is 'since when the CMS has been asked whether it is still true';
comment on column reminders.zone_of is 'whose zone the moment was found in';
call protect('reminders');
call allow_lookup('reminders', 'firm_id, state, due_at');
create index reminders_due on reminders (firm_id, due_at) where state in ('planned', 'checking');
create index reminders_fact on reminders (fact_id);

-- What is known already was no news when plans came.
alter table facts add column planned text not null default 'again' check (planned in ('never', 'again', 'done'));
alter table facts alter column planned set default 'never';
alter table facts add column edition integer not null default 1;
comment on column facts.edition is 'how often an appointment has become another: moved, moved back and moved again are four editions with two marks';
comment on column facts.planned is 'whether the reminders of this appointment are those of its present version: again: the plans have changed, not the appointment';
create index facts_unplanned on facts (firm_id, id) where kind = 'appointment' and planned <> 'done' and matter_id is not null;
call allow_lookup('facts', 'firm_id, kind, planned, matter_id');

-- Whoever changes an appointment in whatever way has it planned anew.
create function plan_anew() returns trigger language plpgsql as $$
begin
  if new.mark is distinct from old.mark or new.removed_at is distinct from old.removed_at then
    new.planned := 'never';
    new.edition := old.edition + 1;
  elsif new.data is distinct from old.data or new.matter_id is distinct from old.matter_id then
    new.planned := case old.planned when 'never' then 'never' else 'again' end;
  end if;
  return new;
end $$;
create trigger plan_anew before update on facts for each row when (new.kind = 'appointment')
  execute function plan_anew();

-- Another zone, another moment.
create function plan_clients_anew() returns trigger language plpgsql as $$
begin
  update facts f set planned = 'again' from matters m
  where m.client_id = new.id and f.matter_id = m.id and f.kind = 'appointment' and f.planned = 'done';
  return null;
end $$;
create trigger plan_anew after update on clients for each row
  when (new.time_zone is distinct from old.time_zone) execute function plan_clients_anew();

create function plan_matters_anew() returns trigger language plpgsql as $$
begin
  update facts f set planned = 'again' where f.matter_id = new.id and f.kind = 'appointment' and f.planned = 'done';
  return null;
end $$;
create trigger plan_anew after update on matters for each row
  when (new.client_id is distinct from old.client_id) execute function plan_matters_anew();

-- With what the reminders of a firm were planned: when it is another, all that are to come are planned anew.
create table reminder_books (
  firm_id uuid primary key references firms,
  made_of text not null,
  made_at timestamptz not null
);
comment on column reminder_books.made_of is 'plans, quiet hours and the edition of the time zone data, as a hash';
call protect('reminder_books');

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
    select 'remind', f.firm_id from firms f where exists
      (select from reminders r where r.firm_id = f.firm_id and r.state in ('planned', 'checking') and r.due_at <= moment)
  $$;
call make_lookup('due_work(timestamptz)');
