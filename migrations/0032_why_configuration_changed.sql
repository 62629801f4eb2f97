-- Who changes what clients are told says why; Git has its own place for that.
alter table config_versions add column reason text;
comment on column config_versions.reason is 'why, as whoever edited it in the console said; null: it came from Git, or an older release';
