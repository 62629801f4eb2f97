-- How far a firm's messages and tasks have been looked through for what its CMS is to be told.

create table cms_write_looks (
  firm_id uuid not null,
  connection_id uuid primary key,
  began_at timestamptz not null,
  looked_until timestamptz not null,
  looked_back_at timestamptz not null,
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
comment on column cms_write_looks.began_at is 'what was said before writing back was switched on is not written';
comment on column cms_write_looks.looked_back_at is 'when days back were looked through: a message may turn out much later to have been sent';
call protect('cms_write_looks');

-- Written with each message that is sent, so it must cost nothing then: brin keeps one entry for many rows, and lets
-- updates stay in their page.
create index messages_sent on messages using brin (sent_at);
