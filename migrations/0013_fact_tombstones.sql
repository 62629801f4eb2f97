-- What was deleted before we heard of it, and of which matter it was is not known: its making, should it come late, is no news.

create table fact_tombstones (
  firm_id uuid not null references firms,
  connection_id uuid not null,
  kind text not null check (kind in ('document', 'bill', 'appointment')),
  external_id text not null,
  removed_at timestamptz not null,
  primary key (connection_id, kind, external_id),
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
create index fact_tombstones_old on fact_tombstones (firm_id, removed_at);
call protect('fact_tombstones');
