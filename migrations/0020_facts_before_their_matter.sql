-- A document system is read by its lists, and names matters that we may not know yet: what it says is kept until we do.

alter table facts
  alter column matter_id drop not null,
  add column waiting_for text,
  add constraint facts_place check (num_nonnulls(matter_id, waiting_for) = 1);
comment on column facts.waiting_for is 'connection and external id of the matter that it names, as long as that is not known; then matter_id is set';
create index facts_waiting on facts (waiting_for) where waiting_for is not null;
