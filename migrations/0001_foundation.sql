-- Firms, their configuration as versions, and the wall between them: every table carries firm_id under forced row-level security.

do $$
begin
  if not exists (select from pg_roles where rolname = 'tipstaff_app') then
    create role tipstaff_app nologin nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'tipstaff_lookup') then
    create role tipstaff_lookup nologin nosuperuser nobypassrls;
  end if;
  -- Since PostgreSQL 16 a role that creates another does not become a member of it by itself.
  execute format('grant tipstaff_lookup to %I', current_user);
end $$;

grant usage on schema public to tipstaff_app, tipstaff_lookup;
revoke create on schema public from public;

create extension if not exists pg_trgm;

-- The firm this transaction works for; null outside of one, so that every policy then shows nothing.
create function current_firm() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('tipstaff.firm_id', true), '')::uuid $$;

-- Called by migrations for every table that belongs to a firm.
create procedure protect(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy firm_wall on %s using (firm_id = current_firm()) with check (firm_id = current_firm())', target);
  execute format('grant select, insert, update, delete on %s to tipstaff_app', target);
end $$;

-- Lets the look-up functions (and nothing else) read the named columns across firms.
create procedure allow_lookup(target regclass, columns text) language plpgsql as $$
begin
  execute format('create policy lookup on %s for select to tipstaff_lookup using (true)', target);
  execute format('grant select (%s) on %s to tipstaff_lookup', columns, target);
end $$;

-- One row: what this database is, so that a restored copy is noticed before it sends anything.
create table deployment (
  id boolean primary key default true check (id),
  epoch integer not null default 1,
  server_identity text,
  held_since timestamptz,
  held_reason text
);
insert into deployment default values;
grant select, update on deployment to tipstaff_app;

create table firms (
  firm_id uuid primary key,
  key text not null unique check (key ~ '^[a-z][a-z0-9-]{1,62}$'),
  name text not null,
  config_revision bigint not null default 0,
  created_at timestamptz not null
);
call protect('firms');
call allow_lookup('firms', 'firm_id, key');

create table config_versions (
  firm_id uuid not null references firms,
  kind text not null,
  key text not null,
  version integer not null check (version > 0),
  body jsonb,
  hash text not null,
  origin text not null check (origin in ('git', 'console')),
  author text not null,
  at timestamptz not null,
  primary key (firm_id, kind, key, version)
);
comment on column config_versions.body is 'null: removed with this version';
call protect('config_versions');

create table config_heads (
  firm_id uuid not null,
  kind text not null,
  key text not null,
  version integer not null,
  hash text not null,
  applied_hash text,
  primary key (firm_id, kind, key),
  foreign key (firm_id, kind, key, version) references config_versions
);
comment on column config_heads.applied_hash is 'what Git last applied; differs from hash when someone edited it elsewhere since';
call protect('config_heads');

create table secrets (
  firm_id uuid not null references firms,
  name text not null,
  ciphertext bytea not null,
  at timestamptz not null,
  primary key (firm_id, name)
);
call protect('secrets');

create table api_keys (
  firm_id uuid not null references firms,
  id uuid primary key,
  name text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
call protect('api_keys');
call allow_lookup('api_keys', 'firm_id, id, hash, scopes, revoked_at');

create table connections (
  firm_id uuid not null references firms,
  id uuid primary key,
  key text not null unique check (key ~ '^[a-z][a-z0-9-]{1,62}$'),
  kind text not null,
  state text not null default 'active' check (state in ('active', 'broken', 'removed')),
  created_at timestamptz not null,
  unique (firm_id, id)
);
comment on column connections.key is 'part of the public address /hooks/{key}, hence unique over all firms';
call protect('connections');
call allow_lookup('connections', 'firm_id, id, key, state');

-- Apart from connections, since it is written with each batch that is sent.
create table connection_buckets (
  firm_id uuid not null,
  connection_id uuid primary key,
  tokens double precision not null,
  at timestamptz not null,
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
call protect('connection_buckets');

create table hook_subscriptions (
  firm_id uuid not null,
  id uuid primary key,
  connection_id uuid not null,
  model text not null,
  external_id text,
  secret bytea,
  state text not null check (state in ('pending', 'active', 'ended')),
  opened_at timestamptz not null,
  expires_at timestamptz,
  foreign key (firm_id, connection_id) references connections (firm_id, id)
);
create unique index hook_subscriptions_live on hook_subscriptions (connection_id, model) where state <> 'ended';
comment on column hook_subscriptions.secret is 'encrypted; while pending, what the handshake offered, trusted only once our own call confirmed it';
call protect('hook_subscriptions');

create function lookup_connection(wanted text) returns table (firm_id uuid, connection_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select c.firm_id, c.id from connections c where c.key = wanted and c.state <> 'removed' $$;
create function lookup_api_key(wanted bytea) returns table (firm_id uuid, api_key_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select k.firm_id, k.id from api_keys k where k.hash = wanted and k.revoked_at is null $$;
create function lookup_firm(wanted text) returns table (firm_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select f.firm_id from firms f where f.key = wanted $$;
create function list_firms() returns table (firm_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select f.firm_id from firms f order by f.firm_id $$;

-- Hands a look-up function to the role that may read across firms.
create procedure make_lookup(target regprocedure) language plpgsql as $$
begin
  grant create on schema public to tipstaff_lookup;
  execute format('alter function %s owner to tipstaff_lookup', target);
  execute format('revoke all on function %s from public', target);
  execute format('grant execute on function %s to tipstaff_app', target);
  revoke create on schema public from tipstaff_lookup;
end $$;
call make_lookup('lookup_connection(text)');
call make_lookup('lookup_api_key(bytea)');
call make_lookup('lookup_firm(text)');
call make_lookup('list_firms()');
