-- Signs of life of the work that nobody asks for, and the times when there were none: a run that did not happen must be noticed.

create table heartbeats (
  lane text primary key,
  beat_at timestamptz not null
);
comment on table heartbeats is 'of the whole deployment: who works, works for every firm. sweep: the last look for due work; a lane: when its work last moved in every firm that had any';
grant select, insert, update on heartbeats to tipstaff_app;

create table outages (
  firm_id uuid not null references firms,
  id uuid primary key,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reminders uuid[] not null,
  due_at timestamptz,
  unique (firm_id, from_at)
);
comment on column outages.reminders is 'those whose moment had passed when work began again: what became of them is what the operators are told';
comment on column outages.due_at is 'when the operators are told at the latest; null: they have been';
call protect('outages');
call allow_lookup('outages', 'firm_id, due_at');
create index outages_untold on outages (firm_id) where due_at is not null;

-- What was due before this moment and has not been touched since: whoever touches such work gives it another moment. And
-- outages that nobody was told of.
create function late_work(moment timestamptz) returns table (lane text, firm_id uuid, since timestamptz)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select 'remind', r.firm_id, min(r.due_at) from reminders r
      where r.state in ('planned', 'checking') and r.due_at <= moment group by r.firm_id
    union all
    select 'decide', d.firm_id, min(d.due_at) from inbound_deliveries d
      where d.state = 'stored' and d.due_at <= moment group by d.firm_id
    union all
    select 'outage', o.firm_id, min(o.due_at) from outages o where o.due_at is not null group by o.firm_id
  $$;
call make_lookup('late_work(timestamptz)');
