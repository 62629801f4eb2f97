import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { StartupError } from './startup-error.ts'

export interface Migration {
  /** File name without `.sql`, such as `0001_firms`. */
  name: string
  /** SHA-256 of the file, in hex. */
  checksum: string
  sql: string
}

interface Applied {
  name: string
  checksum: string
}

/** PostgreSQL 15 brought `unique nulls not distinct` and took CREATE on `public` away from everybody. */
const OLDEST_SERVER = 15
/** Any fixed number serves: whoever migrates a Tipstaff database takes this session-level advisory lock first. */
const LOCK_KEY = 7_184_530_027

/** Reads `dir/NNNN_name.sql` in order. Throws StartupError for a file that breaks the house rules. */
export function readMigrations(dir: string): Migration[] {
  const files = readdirSync(dir)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  const migrations = files.map((file) => {
    const sql = readFileSync(join(dir, file), 'utf8')
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(file)) {
      throw new StartupError(
        `${join(dir, file)}: a migration is named NNNN_name.sql, in lower case, digits and _.`,
      )
    }
    if (!/^-- \S/.test(sql)) {
      throw new StartupError(`${join(dir, file)}: the first line must say why, as "-- prose".`)
    }
    return { name: file.slice(0, -4), checksum: createHash('sha256').update(sql).digest('hex'), sql }
  })
  for (const [index, { name }] of migrations.entries()) {
    const number = String(index + 1).padStart(4, '0')
    if (!name.startsWith(number)) {
      throw new StartupError(
        `${join(dir, name)}.sql: expected number ${number} here; no gaps, no number twice.`,
      )
    }
  }
  return migrations
}

/** Compares what is applied with what the code knows; returns what is to be applied. Throws StartupError on a mismatch. */
export function planMigrations(applied: Applied[], known: Migration[]): Migration[] {
  const unknown = applied.filter((row) => !known.some(({ name }) => name === row.name)).map((row) => row.name)
  if (unknown.length > 0) {
    throw new StartupError(
      `The database is newer than this Tipstaff: it has ${unknown.join(', ')}, which this version does not know. Nothing was changed: start the newer version, or restore a backup from before it.`,
    )
  }
  for (const row of applied) {
    const file = known.find(({ name }) => name === row.name)
    if (file && file.checksum !== row.checksum) {
      throw new StartupError(
        `Migration ${row.name} was edited after it had been applied. Nothing was changed: put the file back as it was, and write the change as a new migration.`,
      )
    }
  }
  const pending = known.filter(({ name }) => !applied.some((row) => row.name === name))
  const last = applied.at(-1)?.name ?? ''
  const early = pending.find(({ name }) => name < last)
  if (early) {
    throw new StartupError(
      `Migration ${early.name} is new but comes before ${last}, which is already applied. Give it the next free number.`,
    )
  }
  return pending
}

async function readApplied(client: pg.ClientBase): Promise<Applied[]> {
  const { rows } = await client.query<{ ours: boolean; foreign: boolean }>(
    `select to_regclass('public.migrations') is not null as ours,
            exists (select from pg_class c where c.relnamespace = 'public'::regnamespace
              and c.relkind in ('r', 'p', 'v', 'm', 'f')
              and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')) as foreign`,
  )
  if (rows[0]?.ours) {
    const columns = await client.query(
      `select from information_schema.columns where table_schema = 'public' and table_name = 'migrations'
         and column_name in ('name', 'checksum', 'applied_at')`,
    )
    if (columns.rowCount === 3) {
      return (await client.query<Applied>('select name, checksum from public.migrations order by name')).rows
    }
  }
  if (rows[0]?.ours || rows[0]?.foreign) {
    throw new StartupError(
      'This database holds tables that Tipstaff did not make. Nothing was changed: give Tipstaff an empty database of its own.',
    )
  }
  return []
}

async function requireVersion(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ number: string; text: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
  )
  if (Number(rows[0]?.number) < OLDEST_SERVER * 10_000) {
    throw new StartupError(
      `PostgreSQL ${rows[0]?.text} is too old: Tipstaff needs ${OLDEST_SERVER} or later. Upgrade the server, or unset DATABASE_URL to use the embedded one.`,
    )
  }
}

async function applyOne(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into public.migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {}) // a lost connection has rolled back already
    const { message, position } = cause as pg.DatabaseError
    const line = position ? migration.sql.slice(0, Number(position)).split('\n').length : undefined
    throw new StartupError(
      `Migration ${migration.name}${line ? ` line ${line}` : ''} failed and was rolled back: ${message}`,
      { cause },
    )
  }
}

async function migrateWith(
  client: pg.ClientBase,
  dir: string,
  log: (line: string) => void,
): Promise<{ applied: string[] }> {
  await requireVersion(client)
  await client.query('select pg_advisory_lock($1)', [LOCK_KEY])
  try {
    const applied = await readApplied(client)
    const pending = planMigrations(applied, readMigrations(dir))
    if (pending.length > 0 && applied.length === 0) {
      await client.query(
        `create table if not exists public.migrations (
           name text primary key, checksum text not null, applied_at timestamptz not null default now());
         comment on table public.migrations is 'What has been applied to this database, and when.';
         grant select on public.migrations to public`,
      )
    }
    for (const migration of pending) {
      log(`Migrating: ${migration.name}`)
      await applyOne(client, migration)
    }
    return { applied: pending.map(({ name }) => name) }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK_KEY])
  }
}

/**
 * Brings a database to the schema of `dir`, each file in a transaction of its own, forward only. Two processes
 * that do so at once take turns. Connects with `ownerUrl` (role `tipstaff_owner`) or uses the given client.
 * Throws StartupError for a server that is too old, a database that is not ours or newer than the code, an
 * edited migration, and one that fails; what was applied before it stays.
 */
export async function migrate(
  options: { dir: string; log: (line: string) => void } & ({ ownerUrl: string } | { client: pg.ClientBase }),
): Promise<{ applied: string[] }> {
  if ('client' in options) return migrateWith(options.client, options.dir, options.log)
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'tipstaff migrate' })
  try {
    await client.connect()
    return await migrateWith(client, options.dir, options.log)
  } finally {
    await client.end()
  }
}

/**
 * What separates this database from the code: names that `migrate` would apply. Reads only, as any role.
 * Throws StartupError as `migrate` does when it would refuse. For processes that must not migrate, and for doctor.
 */
export async function pendingMigrations(client: pg.ClientBase, dir: string): Promise<string[]> {
  return planMigrations(await readApplied(client), readMigrations(dir)).map(({ name }) => name)
}
