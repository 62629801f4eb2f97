import pg from 'pg'
import type { DatabaseRecord } from './record.ts'

/** The database, the role that owns it and migrates it, and the role that the app works under. */
export const DATABASE = 'tipstaff'
export const OWNER_ROLE = 'tipstaff_owner'
export const APP_ROLE = 'tipstaff_app'

/** Makes the two login roles and the database where they are missing. `adminUrl` is a superuser's. */
export async function ensureRoles(adminUrl: string, passwords: DatabaseRecord['passwords']): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select rolname as name from pg_roles where rolname = any($1)
       union all select 'database' from pg_database where datname = $2`,
      [[OWNER_ROLE, APP_ROLE], DATABASE],
    )
    const present = new Set(rows.map((row) => row.name))
    const limits = 'nosuperuser nobypassrls nocreatedb noreplication'
    if (!present.has(OWNER_ROLE)) {
      const password = client.escapeLiteral(passwords.owner)
      await client.query(`create role ${OWNER_ROLE} login createrole ${limits} password ${password}`)
    }
    if (!present.has(APP_ROLE)) {
      const password = client.escapeLiteral(passwords.app)
      await client.query(`create role ${APP_ROLE} login nocreaterole ${limits} password ${password}`)
    }
    if (!present.has('database')) {
      await client.query(`create database ${DATABASE} owner ${OWNER_ROLE}`)
    }
  } finally {
    await client.end()
  }
}
