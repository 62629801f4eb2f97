-- Reminders for others than the client: whose each is, and on what is said to them, that it is not the client's.

alter table reminders add column person text;
comment on column reminders.person is 'null: the client; else who it is for, as clients.external_id names them in the system of the appointment';
alter table reminders drop constraint reminders_fact_id_edition_plan_key_step_key_key;
create unique index reminders_once on reminders (fact_id, edition, plan_key, step_key, person) nulls not distinct;
comment on table reminders is 'the unique index is what makes a reminder one: an appointment, its version, the step of the plan, whom it is for; the contact point follows in messages.cause';

alter table notices add column audience text not null default 'client' check (audience in ('client', 'participants', 'attorney'));
comment on column notices.audience is 'what its addressee is to the matter; only as long as they are that is it said';

alter table clients add column kind text not null default 'person' check (kind in ('person', 'staff'));
comment on column clients.kind is 'staff: somebody of the firm whom reminders go to; not a client, and in no list of clients';

-- Their zone and hours are their own: when they change, what is planned for them is planned anew.
create index reminders_person on reminders (person) where person is not null and state in ('planned', 'checking');
create or replace function plan_clients_anew() returns trigger language plpgsql as $$
begin
  update facts f set planned = 'again' from matters m
  where m.client_id = new.id and f.matter_id = m.id and f.kind = 'appointment' and f.planned = 'done';
  update facts f set planned = 'again' from reminders r
  where r.person = new.external_id and r.state in ('planned', 'checking') and f.id = r.fact_id and f.planned = 'done'
    and f.connection_id = new.connection_id;
  return null;
end $$;

-- As is whose attorney is another.
drop trigger plan_anew on matters;
create trigger plan_anew after update on matters for each row
  when (new.client_id is distinct from old.client_id
    or new.data -> 'responsible_attorney_id' is distinct from old.data -> 'responsible_attorney_id')
  execute function plan_matters_anew();
