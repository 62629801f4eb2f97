-- Calls that were begun in one window of a CMS's rate limit and end in the next may count in either: they are kept apart.

alter table cms_gates
  add column window_no integer not null default 0,
  add column under_way integer not null default 0,
  add column told boolean not null default false;
comment on column cms_gates.under_way is 'calls of this window that have not been answered yet';
comment on column cms_gates.told is 'the CMS itself named the end of this window; until then it is our guess';
