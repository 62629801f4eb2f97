-- What a deployment is for: what waits in the database of a rehearsal must never leave by a real provider.

alter table deployment add column profile text check (profile in ('production', 'staging', 'shadow'));
comment on column deployment.profile is 'as it was first started; null: without one';
