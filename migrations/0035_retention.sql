-- Retention: words and raw webhooks go after as many months as the firm says for what they were for; what proves them stays.

alter table messages add column words_deleted_at timestamptz, add column words_deleted_rule text, add column words_hash text;
comment on column messages.words_hash is 'what the record holds as bodyHash; the salt went with the words, so that they can''t be guessed';
alter table incoming_texts add column words_deleted_at timestamptz, add column words_deleted_rule text, add column words_hash text;
comment on column incoming_texts.words_hash is 'HMAC-SHA-256 by a key of the deployment: who has it can tell whether a copy is the same, and nobody else can guess';
alter table inbound_deliveries alter column body drop not null,
  add column body_deleted_at timestamptz, add column body_deleted_rule text, add column body_hash text,
  add constraint inbound_deliveries_body check (body_deleted_at is null or state in ('done', 'ignored'));
comment on column inbound_deliveries.body_hash is 'as incoming_texts.words_hash';

-- What has words, the oldest first; the columns never change, so that a message on its way pays for it once.
create index messages_words on messages (firm_id, purpose, created_at) where body is not null;
create index incoming_texts_words on incoming_texts (firm_id, received_at) where body is not null;
create index inbound_deliveries_raw on inbound_deliveries (firm_id, received_at) where body is not null;
