-- Why somebody edited a piece of the configuration in the console: its history says so beside who and when.

alter table config_versions add column reason text;
comment on column config_versions.reason is 'what was given as the reason for an edit in the console; null: applied from Git';
