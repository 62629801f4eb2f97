-- A message that a person writes is one however often its button is pressed, and says which gates they let it pass, till when.
create unique index events_written on events (firm_id, subject) where type = 'message.written';

alter table notices add column overrides text[] not null default '{}'
  constraint notices_overrides_check check (overrides <@ array['quiet_hours', 'cap']);
alter table notices add column overrides_until timestamptz;
comment on column notices.overrides is 'gates that a person let it pass; what is not among the possible ones nobody can';
comment on column notices.overrides_until is 'later, the gates hold again: whoever let it pass did so for then';
