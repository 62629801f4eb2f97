-- Who works at a firm and may sign in: staff, their roles and invitations under the firm's wall; passwords, sessions and passkeys in a schema of their own, which belongs to the sign-in library.

create table staff (
  firm_id uuid not null references firms,
  id uuid primary key,
  user_id text unique,
  name text not null,
  email text,
  role text not null check (role in ('owner', 'attorney', 'staff', 'read_only', 'operator')),
  invite_hash bytea unique,
  invite_expires_at timestamptz,
  invited_by text not null,
  created_at timestamptz not null,
  joined_at timestamptz,
  removed_at timestamptz,
  unique (firm_id, id),
  check ((joined_at is null) = (user_id is null)),
  check (joined_at is null or email is not null)
);
comment on column staff.user_id is 'sign_in."user".id; null until the invitation is followed';
comment on column staff.email is 'null: an invitation for whoever holds the link, as the first owner''s is';
comment on column staff.invite_hash is 'SHA-256 of the token in the link; null once it was used or taken back';
create unique index staff_email on staff (firm_id, lower(email)) where removed_at is null and email is not null;
call protect('staff');
call allow_lookup('staff', 'firm_id, id, user_id, invite_hash, removed_at');

create function lookup_staff(wanted text) returns table (firm_id uuid, staff_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select s.firm_id, s.id from staff s where s.user_id = wanted and s.removed_at is null $$;
create function lookup_invitation(wanted bytea) returns table (firm_id uuid, staff_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select s.firm_id, s.id from staff s where s.invite_hash = wanted and s.removed_at is null $$;
call make_lookup('lookup_staff(text)');
call make_lookup('lookup_invitation(bytea)');

-- A matter that is closed to somebody: an ethical wall.
create table matter_walls (
  firm_id uuid not null,
  matter_id uuid not null,
  staff_id uuid not null,
  reason text not null,
  created_by text not null,
  created_at timestamptz not null,
  primary key (staff_id, matter_id),
  foreign key (firm_id, matter_id) references matters (firm_id, id),
  foreign key (firm_id, staff_id) references staff (firm_id, id)
);
create index matter_walls_matter on matter_walls (matter_id);
call protect('matter_walls');

-- Names and shapes are the library's (test/architecture/sign-in.test.ts asks it); times are its own clock's.
create schema sign_in;
grant usage on schema sign_in to tipstaff_app;

create table sign_in."user" (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  "twoFactorEnabled" boolean
);

create table sign_in."session" (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references sign_in."user" ("id") on delete cascade
);
create index session_by_user on sign_in."session" ("userId");

create table sign_in."account" (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references sign_in."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index account_by_user on sign_in."account" ("userId");

create table sign_in."verification" (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier on sign_in."verification" ("identifier");

create table sign_in."rateLimit" (
  "id" text primary key,
  "key" text not null unique,
  "count" integer not null,
  "lastRequest" bigint not null
);

create table sign_in."twoFactor" (
  "id" text primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null references sign_in."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index two_factor_user on sign_in."twoFactor" ("userId");
create index two_factor_secret on sign_in."twoFactor" ("secret");

create table sign_in."passkey" (
  "id" text primary key,
  "name" text,
  "publicKey" text not null,
  "userId" text not null references sign_in."user" ("id") on delete cascade,
  "credentialID" text not null,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);
create index passkey_user on sign_in."passkey" ("userId");
create index passkey_credential on sign_in."passkey" ("credentialID");

grant select, insert, update, delete on all tables in schema sign_in to tipstaff_app;

-- Walls. Requests of somebody from whom a matter is hidden run as tipstaff_walled, which sees what the app sees but for
-- that; all other work runs as before and pays nothing.
do $$
begin
  if not exists (select from pg_roles where rolname = 'tipstaff_walled') then
    create role tipstaff_walled nologin nosuperuser nobypassrls;
  end if;
  -- The app may put the role on, and must not have it on always: its policies bind whoever inherits it. Before
  -- PostgreSQL 16 that is a property of the member.
  if current_setting('server_version_num')::int >= 160000 then
    execute 'grant tipstaff_walled to tipstaff_app with inherit false, set true';
  else
    execute 'alter role tipstaff_app noinherit';
    execute 'grant tipstaff_walled to tipstaff_app';
  end if;
end $$;
grant usage on schema public, sign_in to tipstaff_walled;

create function current_staff() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('tipstaff.staff_id', true), '')::uuid $$;

call allow_lookup('matter_walls', 'matter_id, staff_id');
call allow_lookup('matters', 'id, client_id, external_id');
call allow_lookup('clients', 'id, external_id');

create function closed_matters() returns table (matter_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select w.matter_id from matter_walls w where w.staff_id = current_staff() $$;

-- A client is hidden with the last of their matters that is not.
create function closed_clients() returns table (client_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select distinct m.client_id from matters m join closed_matters() c on c.matter_id = m.id
    where m.client_id is not null and not exists (
      select from matters o where o.client_id = m.client_id and o.id not in (select x.matter_id from closed_matters() x)) $$;

-- As the CMS calls them, for rows that know no other name.
create function closed_names() returns table (external_id text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select m.external_id from matters m join closed_matters() c on c.matter_id = m.id
    union all select k.external_id from clients k join closed_clients() c on c.client_id = k.id $$;

call make_lookup('closed_matters()');
call make_lookup('closed_clients()');
call make_lookup('closed_names()');
grant execute on function closed_matters(), closed_clients(), closed_names() to tipstaff_walled;

-- Whether what an entry of the record is about may be seen; what is not known to be harmless may not. (Named `about`:
-- some of these tables have a column `subject`, which would be meant instead.)
create function subject_open(about text) returns boolean
  language sql stable
  as $$
    select case split_part(about, ':', 1)
      when 'message' then exists (select from messages where id::text = split_part(about, ':', 2))
      when 'matter' then exists (select from matters where id::text = split_part(about, ':', 2))
      when 'client' then exists (select from clients where id::text = split_part(about, ':', 2))
      when 'event' then exists (select from events where id::text = split_part(about, ':', 2))
      when 'task' then exists (select from tasks where id::text = split_part(about, ':', 2))
      when 'text' then exists (select from incoming_texts where id::text = split_part(about, ':', 2))
      when 'digest' then exists (select from digests where id::text = split_part(about, ':', 2))
      when 'quality' then exists (select from quality_items where id::text = split_part(about, ':', 2))
      when 'delivery' then exists (select from events where delivery_id::text = split_part(about, ':', 2))
      else split_part(about, ':', 1) in ('firm', 'connection', 'api_key', 'secret', 'staff', 'epoch', 'revision')
    end $$;

-- What a walled caller sees of a table: `open` beside the firm's wall.
create procedure wall(target regclass, open text) language plpgsql as $$
begin
  execute format('create policy matter_wall on %s as restrictive to tipstaff_walled using (%s)', target, open);
end $$;

call wall('matters', 'id <> all (array(select matter_id from closed_matters()))');
call wall('matter_walls', 'matter_id <> all (array(select matter_id from closed_matters()))');
call wall('clients', 'id <> all (array(select client_id from closed_clients()))');
call wall('contact_points', 'client_id <> all (array(select client_id from closed_clients()))');
call wall('events', $$(matter_id is null or matter_id <> all (array(select matter_id from closed_matters())))
  and (client_id is null or client_id <> all (array(select client_id from closed_clients())))$$);
call wall('notices', $$(matter_id is null or matter_id <> all (array(select matter_id from closed_matters())))
  and (client_id is null or client_id <> all (array(select client_id from closed_clients())))$$);
call wall('tasks', $$(matter_id is null or matter_id <> all (array(select matter_id from closed_matters())))
  and (client_id is null or client_id <> all (array(select client_id from closed_clients())))$$);
call wall('facts', 'matter_id is not null and matter_id <> all (array(select matter_id from closed_matters()))');
call wall('reminders', 'matter_id <> all (array(select matter_id from closed_matters()))');
call wall('cms_writes', 'matter_id is not null and matter_id <> all (array(select matter_id from closed_matters()))');
call wall('appointment_answers', 'matter_id is not null and matter_id <> all (array(select matter_id from closed_matters()))');
call wall('appointment_attendance', 'exists (select from facts f where f.id = fact_id)');
call wall('digests', $$not matter_ids && (array(select matter_id from closed_matters()))
  and client_id <> all (array(select client_id from closed_clients()))$$);
call wall('messages', $$(matter_id is null or matter_id <> all (array(select matter_id from closed_matters())))
  and client_id <> all (array(select client_id from closed_clients()))
  and (carries is null or exists (select from digests d where d.id = carries))$$);
call wall('attempts', 'exists (select from messages m where m.id = message_id)');
call wall('receipts', 'exists (select from messages m where m.id = message_id)');
call wall('dead_letters', 'exists (select from messages m where m.id = message_id)');
call wall('open_messages', 'exists (select from messages m where m.id = message_id)');
call wall('decisions', 'exists (select from events e where e.id = event_id)');
call wall('inbound_deliveries', 'exists (select from events e where e.delivery_id = inbound_deliveries.id)');
call wall('incoming_texts', $$not matter_ids && (array(select matter_id from closed_matters()))
  and not client_ids && (array(select client_id from closed_clients()))$$);
call wall('consents', 'exists (select from contact_points p where p.address = consents.address)');
call wall('consent_changes', 'exists (select from contact_points p where p.address = consent_changes.address)');
call wall('quarantine', $$coalesce(detail ->> 'matter' <> all (array(select external_id from closed_names())), true)$$);
call wall('quality_items', 'external_id <> all (array(select external_id from closed_names()))');
call wall('cms_audit_findings', $$external_id <> all (array(select external_id from closed_names()))
  and not coalesce(matters, '{}') && (array(select external_id from closed_names()))$$);
call wall('cms_audit_matters', 'external_id <> all (array(select external_id from closed_names()))');
call wall('cms_audit_marks', 'external_id <> all (array(select external_id from closed_names()))');
call wall('cms_counted', 'external_id <> all (array(select external_id from closed_names()))');
call wall('cms_missing', 'external_id <> all (array(select external_id from closed_names()))');
call wall('cms_calls', $$coalesce(matter_external_id <> all (array(select external_id from closed_names())), true)$$);
call wall('fact_requests', 'external_id <> all (array(select external_id from closed_names()))');
call wall('fact_tombstones', 'external_id <> all (array(select external_id from closed_names()))');
call wall('pauses', $$target_id is null or (target_id <> all (array(select matter_id from closed_matters()))
  and target_id <> all (array(select client_id from closed_clients())))$$);
-- Written is what happened, also when the writer has just closed the door behind them.
create policy matter_wall on audit_entries as restrictive for select to tipstaff_walled using (subject_open(subject));

-- The same rights on the same tables; from now on both with every table that is protected.
do $$
declare
  one record;
begin
  for one in select table_schema, table_name, string_agg(privilege_type, ', ') as rights
    from information_schema.role_table_grants where grantee = 'tipstaff_app' group by 1, 2
  loop
    execute format('grant %s on %I.%I to tipstaff_walled', one.rights, one.table_schema, one.table_name);
  end loop;
end $$;
create or replace procedure protect(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy firm_wall on %s using (firm_id = (select current_firm())) with check (firm_id = (select current_firm()))', target);
  execute format('grant select, insert, update, delete on %s to tipstaff_app, tipstaff_walled', target);
end $$;
