/** The database: is it what the promises rest on? */
import pg from 'pg'
import { pendingMigrations } from '../../platform/db/migrate.ts'
import { migrations } from '../open.ts'
import { type Check, type Finding, fail, ok, warn } from './types.ts'

/** What durability rests on (PostgreSQL's documentation, "Reliability and the Write-Ahead Log"). */
const durable: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'local', 'remote_write', 'remote_apply'],
}

export function judgeSettings(settings: Readonly<Record<string, string>>): Finding {
  const name = 'database.settings'
  const said = Object.keys(durable).map((key) => `${key}=${settings[key]}`)
  const wrong = Object.entries(durable).filter(([key, good]) => !good.includes(settings[key] ?? ''))
  if (wrong.length === 0) return ok(name, said.join(' '))
  return fail(
    name,
    `${said.join(' ')}: what was answered 2xx can be lost in a power cut`,
    `set ${wrong.map(([key]) => `${key} = on`).join(', ')} in postgresql.conf, or for this database and role`,
  )
}

/** @param number as server_version_num has it: 180004 */
export const judgeVersion = (number: number, text: string): Finding =>
  number >= 150_000
    ? ok('database.version', `PostgreSQL ${text}`)
    : fail('database.version', `PostgreSQL ${text} is too old`, 'upgrade to 15 or later (docs/runbook.md)')

export interface RoleFacts {
  name: string
  superuser: boolean
  bypass: boolean
  owned: number
}

export function judgeRole(role: RoleFacts): Finding {
  const name = 'database.role'
  const wrong = [
    ...(role.superuser ? ['is a superuser'] : []),
    ...(role.bypass ? ['may bypass row-level security'] : []),
    ...(role.owned > 0 ? [`owns ${role.owned} tables`] : []),
  ]
  if (wrong.length === 0) return ok(name, `${role.name} is bound by row-level security`)
  return fail(
    name,
    `${role.name} ${wrong.join(', ')}: firms are not kept apart`,
    'connect as a role of its own (DATABASE_URL), and give the owner to DATABASE_ADMIN_URL only',
  )
}

export function judgeConnections(most: number, used: number): Finding {
  const name = 'database.connections'
  const left = most - used
  const detail = `${left} of ${most} are free`
  if (left >= 20) return ok(name, detail)
  const todo = 'raise max_connections, put a session pooler before the server, or run fewer processes'
  return left < 5 ? fail(name, detail, todo) : warn(name, detail, todo)
}

/** @param hear sends a notification to itself and says how long it took, in milliseconds; null: not heard */
export async function judgeListening(hear: () => Promise<number | null>): Promise<Finding> {
  const name = 'database.listen'
  const todo =
    'connect directly or through a pooler in session mode: in transaction mode LISTEN hears nothing, and work waits for the sweep'
  try {
    const took = await hear()
    return took === null
      ? fail(name, 'a notification did not come back within 2 s', todo)
      : ok(name, `a notification came back in ${took.toFixed(0)} ms`)
  } catch (error) {
    return fail(name, `LISTEN failed: ${(error as Error).message}`, todo)
  }
}

export const databaseCheck: Check = {
  name: 'database',
  async run({ runtime: { pool }, databaseUrl }) {
    const version = await pool.query<{ number: string; text: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
    )
    const { number, text } = version.rows[0]!
    const settings = await pool.query<{ name: string; setting: string }>(
      'select name, setting from pg_settings where name = any($1)',
      [Object.keys(durable)],
    )
    const role = await pool.query<RoleFacts>(
      `select rolname as name, rolsuper as superuser, rolbypassrls as bypass,
         (select count(*)::int from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace
            and c.relkind in ('r', 'p')) as owned
       from pg_roles r where rolname = current_user`,
    )
    const room = await pool.query<{ most: number; used: number }>(
      `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most,
         (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used`,
    )
    return [
      judgeVersion(Number(number), text),
      judgeSettings(Object.fromEntries(settings.rows.map((row) => [row.name, row.setting]))),
      judgeRole(role.rows[0]!),
      await migrated(pool),
      judgeConnections(room.rows[0]!.most, room.rows[0]!.used),
      await judgeListening(() => roundTrip(databaseUrl)),
    ]
  },
}

async function migrated(pool: pg.Pool): Promise<Finding> {
  const client = await pool.connect()
  const todo = 'run "npx tipstaff migrate" with the release that runs'
  try {
    const pending = await pendingMigrations(client, migrations)
    return pending.length === 0
      ? ok('database.migrations', 'up to date')
      : fail('database.migrations', `lacks ${pending.join(', ')}`, todo)
  } catch (error) {
    return fail('database.migrations', (error as Error).message, todo)
  } finally {
    client.release()
  }
}

async function roundTrip(url: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'tipstaff doctor' })
  await client.connect()
  try {
    const heard = Promise.withResolvers<number | null>()
    client.on('notification', () => heard.resolve(performance.now() - sent))
    await client.query('listen tipstaff_doctor')
    const sent = performance.now()
    await client.query(`notify tipstaff_doctor`)
    const timer = setTimeout(() => heard.resolve(null), 2_000)
    const took = await heard.promise
    clearTimeout(timer)
    return took
  } finally {
    await client.end()
  }
}
