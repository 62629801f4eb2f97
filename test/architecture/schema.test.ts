import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '../../src/platform/db/migrate.ts'
import { dumpSchema } from '../../src/platform/db/schema-dump.ts'
import { testDatabase } from '../support/database.ts'

const ROOT = join(import.meta.dirname, '..', '..')

it('schema.sql is the schema that the migrations make (refresh it with: npm run schema)', async () => {
  // Not the template of the other tests, which holds every change of state against its drawing.
  const { ownerPool, ownerUrl } = await testDatabase({ empty: true })
  await migrate({ ownerUrl, dir: join(ROOT, 'migrations'), log: () => {} })
  const checkedIn = readFileSync(join(ROOT, 'schema.sql'), 'utf8')
  expect(await dumpSchema(ownerPool)).toBe(checkedIn)
})

it('the dump shows what protects people: forced row security, policies, grants, definer functions', async () => {
  const { ownerPool } = await testDatabase({ empty: true })
  await ownerPool.query(`
    create type mood as enum ('sad', 'ok');
    create table cats (id bigint generated always as identity primary key, owner uuid not null, mood mood default 'ok',
      name text check (name <> ''));
    create index cats_by_name on cats (lower(name)) where mood = 'ok';
    alter table cats enable row level security, force row level security;
    create policy mine on cats using (owner = current_setting('x')::uuid) with check (false);
    grant select, insert on cats to tipstaff_app;
    create function names(f uuid) returns setof text language sql stable security definer set search_path = public
      as 'select name from cats where owner = f';
    revoke execute on function names from public;
    grant execute on function names to tipstaff_app;`)
  const first = await dumpSchema(ownerPool)
  for (const line of [
    `enum mood\n  'sad', 'ok'`,
    'column id bigint not null identity always',
    `column mood mood default 'ok'::mood`,
    `constraint cats_name_check CHECK ((name <> ''::text))`,
    `CREATE INDEX cats_by_name ON public.cats USING btree (lower(name)) WHERE (mood = 'ok'::mood)`,
    'row level security, forced',
    `policy mine permissive for all to public using ((owner = (current_setting('x'::text))::uuid)) with check (false)`,
    'grant insert, select to tipstaff_app',
    'SECURITY DEFINER',
    `SET search_path TO 'public'`,
    'grant execute to tipstaff_app',
  ]) {
    expect(first).toContain(line)
  }
  expect(await dumpSchema(ownerPool)).toBe(first)
  await ownerPool.query('alter table cats no force row level security')
  expect(await dumpSchema(ownerPool)).toContain('row level security, NOT forced')
})
