-- Messages that a provider took and never told of again: due_at says when it is asked what became of them.

create index messages_sent on messages (firm_id, due_at) where state = 'sent';
comment on column messages.due_at is 'when it may leave or is looked at again; of a sent one, when its provider is asked what became of it';

create or replace function due_work(moment timestamptz) returns table (lane text, firm_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
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
    select 'confirm', f.firm_id from firms f where exists
      (select from messages m where m.firm_id = f.firm_id and m.state = 'sent' and m.due_at <= moment)
    union all
    select 'fetch', f.firm_id from firms f where exists
      (select from fact_requests r where r.firm_id = f.firm_id and r.due_at <= moment
       and (r.lease_until is null or r.lease_until <= moment))
    union all
    select 'alert', f.firm_id from firms f where exists
      (select from alert_deliveries a where a.firm_id = f.firm_id and a.state = 'queued' and a.due_at <= moment
       and (a.lease_until is null or a.lease_until <= moment))
  $$;
