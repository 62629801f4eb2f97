-- After a restored backup: which matters were brought up to what the CMS says, so that only the others are in doubt.

alter table matters add column caught_up_at timestamptz;
comment on column matters.caught_up_at is 'as of this restored copy (deployment.copied_at) its state and facts are those of the CMS; null: never';
