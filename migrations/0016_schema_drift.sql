-- What payloads have always looked like, so that one that has lost a field which a rule needs is noticed and waits.

create table payload_shapes (
  firm_id uuid not null,
  connection_id uuid not null,
  mapping text not null,
  field text not null,
  seen integer not null,
  lost integer not null,
  kind text check (kind in ('text', 'number', 'flag', 'list', 'record', 'several')),
  primary key (connection_id, mapping, field),
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on column payload_shapes.seen is 'up to the number after which a shape is settled; from then on nothing is written';
comment on column payload_shapes.kind is 'null: never anything but empty';
call protect('payload_shapes');

alter table quarantine drop constraint quarantine_kind_check,
  add constraint quarantine_kind_check
    check (kind in ('unreadable', 'unmapped', 'unknown_status', 'no_matter', 'mapping_error', 'drift'));
