-- What a key of a POST was answered, for a day: whoever asks again after a dropped line gets the same answer, and it is done once.

create table idempotency_keys (
  firm_id uuid not null references firms,
  caller text not null,
  route text not null,
  key_hash bytea not null,
  request_hash bytea not null,
  claim uuid not null,
  lease_until timestamptz not null,
  expires_at timestamptz not null,
  status smallint,
  answer bytea,
  primary key (firm_id, caller, route, key_hash),
  constraint idempotency_keys_answered check ((status is null) = (answer is null))
);
comment on column idempotency_keys.key_hash is 'HMAC-SHA-256 by a key of the deployment; the key itself is not stored, since it opens the answer';
comment on column idempotency_keys.answer is 'encrypted under the deployment''s key and the caller''s: it may hold what is shown once, and clients'' words';
comment on column idempotency_keys.claim is 'whose turn it is: who was overtaken after its lease can write no answer';
create index idempotency_keys_over on idempotency_keys (firm_id, expires_at);
call protect('idempotency_keys');
-- Also behind a wall one's own answers are one's own, and nobody else's.
call wall('idempotency_keys', $$caller = 'staff:' || current_staff()::text$$);
