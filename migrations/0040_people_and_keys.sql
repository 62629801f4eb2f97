-- Settings: somebody may be suspended and come back, people and keys were last seen, and a key has who made it, an end, and the walls of whoever made it.

alter table staff
  add column suspended_at timestamptz,
  add column last_seen_at timestamptz;
comment on column staff.suspended_at is 'who is suspended signs in nowhere; null: they are not';
comment on column staff.last_seen_at is 'to some minutes: not written at each request';

alter table api_keys
  add column created_by text,
  add column expires_at timestamptz,
  add column last_used_at timestamptz,
  add column walled_as uuid,
  add foreign key (firm_id, walled_as) references staff (firm_id, id);
comment on column api_keys.created_by is 'as it stands in the record; null: made by an older release';
comment on column api_keys.expires_at is 'null: good until it is revoked';
comment on column api_keys.last_used_at is 'to some minutes: not written at each request';
comment on column api_keys.walled_as is 'what is closed to this member is closed to the key: who made it, or made the key that made it';
