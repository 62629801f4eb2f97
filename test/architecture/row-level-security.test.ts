/** The wall between firms: for every table that the catalog lists, both ways, for every verb. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FirmId } from '../../src/kernel/index.ts'
import { database } from '../../src/platform/db/firm-tx.ts'
import { createPool } from '../../src/platform/db/pool.ts'
import { type CatalogTable, fillTables, type Row, tablesOf } from '../support/catalog.ts'
import { testDatabase } from '../support/database.ts'

/** Tables without a wall, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  deployment: 'one row about the database itself: whose copy it is and whether it may send; names no firm',
  heartbeats: 'when work of each lane last moved, in the whole deployment; names no firm',
  migrations: 'the names of the migrations that have run; written by the owner alone',
}

/** Columns that the look-up role may read across firms: ids, what is looked up by, and what says "due". */
const LOOKUP_COLUMNS = new Set(
  'firm_id id key hash scopes revoked_at state due_at lease_until received_at message_id matter_id connection_id state_hash expires_at kind planned user_id invite_hash removed_at client_id external_id staff_id name number title address'.split(
    ' ',
  ),
)

const ROOT = join(import.meta.dirname, '..', '..')
const test = await testDatabase()
const tables = await tablesOf(test.adminPool)
const walled = tables.filter((t) => !(t.name in EXCEPTIONS))
const [ours, theirs] = [randomUUID() as FirmId, randomUUID() as FirmId]
const rows = new Map<string, ReadonlyMap<string, Row>>()

beforeAll(async () => {
  for (const firm of [ours, theirs]) rows.set(firm, await fillTables(test.adminPool, tables, firm))
})

/** Runs one statement as the app would, for this firm or for none, and takes it back. */
async function attempt(firm: FirmId | null, sql: string, params: unknown[] = []) {
  const client = await test.pool.connect()
  try {
    await client.query('begin')
    if (firm !== null) await client.query("select set_config('tipstaff.firm_id', $1, true)", [firm])
    const result = await client.query(sql, params)
    return { rows: result.rows as Row[], touched: result.rowCount ?? 0, refused: null }
  } catch (error) {
    return { rows: [], touched: 0, refused: (error as pg.DatabaseError).message }
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const WALL = /violates row-level security policy/
const NO_RIGHT = /permission denied|must be owner/

/** The row of one firm once more, as an insert; what the database makes by itself is left to it. */
function insertOf(table: CatalogTable, row: Row): [string, unknown[]] {
  const names = table.columns.filter((c) => c.required || c.name === 'firm_id').map((c) => c.name)
  const cells = names.map((n) =>
    typeof row[n] === 'object' && !Buffer.isBuffer(row[n]) ? String(row[n]) : row[n],
  )
  const json = table.columns.filter((c) => c.type === 'jsonb').map((c) => c.name)
  return [
    `insert into ${table.name} (${names}) values (${names.map((_, i) => `$${i + 1}`)})`,
    cells.map((cell, i) => (json.includes(names[i]!) ? '{}' : Array.isArray(row[names[i]!]) ? '{}' : cell)),
  ]
}

describe.each(walled)('$name', (table) => {
  describe.each([
    ['one firm', ours, theirs],
    ['the other', theirs, ours],
  ])('as %s', (_, self, other) => {
    it('shows its own rows and no others', async () => {
      const seen = await attempt(self, `select firm_id from ${table.name}`)
      expect(new Set(seen.rows.map((r) => r.firm_id))).toEqual(new Set([self]))
    })

    it('lets nothing be written for the other firm', async () => {
      const made = await attempt(self, ...insertOf(table, rows.get(other)!.get(table.name)!))
      expect(made.refused).toMatch(WALL)
    })

    it('lets nothing of the other firm be changed, and nothing be handed over to it', async () => {
      const changed = await attempt(self, `update ${table.name} set firm_id = $1 where firm_id = $2`, [
        self,
        other,
      ])
      expect(changed.touched).toBe(0)
      if (changed.refused !== null) expect(changed.refused).toMatch(NO_RIGHT)
      const handed = await attempt(self, `update ${table.name} set firm_id = $1`, [other])
      expect(handed.refused).toMatch(changed.refused === null ? WALL : NO_RIGHT)
    })

    it('lets nothing of the other firm be deleted', async () => {
      const gone = await attempt(self, `delete from ${table.name} where firm_id = $1`, [other])
      expect(gone.touched).toBe(0)
      if (gone.refused !== null) expect(gone.refused).toMatch(NO_RIGHT)
    })
  })

  it('is empty and closed where no firm is set', async () => {
    expect((await attempt(null, `select from ${table.name}`)).touched).toBe(0)
    expect((await attempt(null, `delete from ${table.name}`)).touched).toBe(0)
    expect((await attempt(null, `update ${table.name} set firm_id = firm_id`)).touched).toBe(0)
    const made = await attempt(null, ...insertOf(table, rows.get(ours)!.get(table.name)!))
    expect(made.refused).toMatch(WALL)
  })
})

describe('the catalog', () => {
  it('has no table without a forced wall, but for the exceptions, which exist and say why', async () => {
    const { rows: found } = await test.adminPool.query(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        (select jsonb_agg(jsonb_build_array(p.polpermissive, p.polcmd, p.polroles = '{0}',
           pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)))
         from pg_policy p where p.polrelid = c.oid and p.polname = 'firm_wall') as wall
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`)
    const once = '(firm_id = ( SELECT current_firm() AS current_firm))'
    const wall = [[true, '*', true, once, once]]
    for (const { name, forced, wall: policy } of found) {
      if (name in EXCEPTIONS) continue
      expect({ name, forced, policy }).toEqual({ name, forced: true, policy: wall })
    }
    const names = found.map((t) => t.name)
    for (const [name, why] of Object.entries(EXCEPTIONS)) {
      expect(names).toContain(name)
      expect(why.length).toBeGreaterThan(40)
    }
  })

  it('has no other policy than the look-up role’s, for reading, and those that hide closed matters', async () => {
    const { rows: others } = await test.adminPool.query(`
      select distinct p.polname, p.polcmd, p.polpermissive as widens, p.polroles::regrole[]::text as roles
      from pg_policy p where p.polname <> 'firm_wall' order by 1, 2`)
    expect(others).toEqual([
      { polname: 'lookup', polcmd: 'r', widens: true, roles: '{tipstaff_lookup}' },
      { polname: 'matter_wall', polcmd: '*', widens: false, roles: '{tipstaff_walled}' },
      { polname: 'matter_wall', polcmd: 'r', widens: false, roles: '{tipstaff_walled}' },
    ])
  })

  it('has no view through which rows could be seen as their owner sees them', async () => {
    const { rows: views } = await test.adminPool.query(`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')
        and not coalesce(reloptions @> '{security_invoker=true}', false)`)
    expect(views).toEqual([])
  })

  it('lets the app empty, trigger on or refer to no table: those go around the wall', async () => {
    const { rows: rights } = await test.adminPool.query(`
      select relname, verb from pg_class, unnest(array['TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) verb
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and has_table_privilege('tipstaff_app', pg_class.oid, verb)`)
    expect(rights).toEqual([])
  })
})

describe('the app role', () => {
  it('is nobody special, and can become nobody but who sees less', async () => {
    const { rows: roles } = await test.adminPool.query(`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
        (select array_agg(r.rolname::text) from pg_roles r
         where r.rolname <> 'tipstaff_app' and pg_has_role('tipstaff_app', r.oid, 'MEMBER')) as becomes
      from pg_roles where rolname = 'tipstaff_app'`)
    expect(roles).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        becomes: ['tipstaff_walled'],
      },
    ])
  })

  it('owns nothing', async () => {
    const { rows: owned } = await test.adminPool.query(`
      select classid::regclass::text, objid from pg_shdepend
      where refobjid = 'tipstaff_app'::regrole and deptype = 'o'`)
    expect(owned).toEqual([])
  })

  it.each([
    ['alter table messages disable row level security', NO_RIGHT],
    ['alter table messages no force row level security', NO_RIGHT],
    ['drop policy firm_wall on messages', NO_RIGHT],
    ['create policy open on messages using (true)', NO_RIGHT],
    ['create table mine (id int)', NO_RIGHT],
    ['create function mine() returns int language sql return 1', NO_RIGHT],
    ["create or replace function current_firm() returns uuid language sql as 'select null::uuid'", NO_RIGHT],
    ["call protect('deployment')", NO_RIGHT],
    ["call allow_lookup('messages', 'body')", NO_RIGHT],
    ['set role tipstaff_owner', NO_RIGHT],
    ['set role tipstaff_lookup', NO_RIGHT],
    ['alter role tipstaff_app bypassrls', NO_RIGHT],
    ['set session_replication_role = replica', NO_RIGHT],
    [
      'do $$ begin set local row_security = off; perform from messages; end $$',
      /would be affected by row-level security/,
    ],
  ])('may not: %s', async (sql, why) => {
    expect((await attempt(ours, sql)).refused).toMatch(why)
  })
})

describe('look-ups across firms', () => {
  interface Definer {
    name: string
    owner: string
    path: string | null
    open: boolean
    app: boolean
    results: [name: string, type: string][]
  }
  const definers = async () =>
    (
      await test.adminPool.query<Definer>(`
        select p.oid::regprocedure::text as name, p.proowner::regrole::text as owner,
          (select c from unnest(p.proconfig) c where c like 'search_path=%') as path,
          has_function_privilege('public', p.oid, 'execute') as open,
          has_function_privilege('tipstaff_app', p.oid, 'execute') as app,
          coalesce((select jsonb_agg(jsonb_build_array(n, format_type(t, null)))
            from unnest(p.proallargtypes, p.proargmodes, p.proargnames) x(t, m, n) where m in ('t', 'o')),
            jsonb_build_array(jsonb_build_array('', format_type(p.prorettype, null)))) as results
        from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1`)
    ).rows

  it('belong to a role that may do nothing else, on a pinned path, closed to everybody but the app', async () => {
    const found = await definers()
    expect(found.length).toBeGreaterThan(4)
    for (const { name, owner, path, open, app } of found) {
      // pg_temp last: left out it would be searched first, and hold whatever the session puts there.
      const pinned = 'search_path=pg_catalog, public, pg_temp'
      expect({ name, owner, path, open, app }).toEqual({
        name,
        owner: 'tipstaff_lookup',
        path: pinned,
        open: false,
        app: true,
      })
    }
  })

  it('tell ids, of the sweep the lane, and of what is late since when', async () => {
    const more: Readonly<Record<string, [string, string][]>> = {
      closed_names: [['external_id', 'text']],
      due_work: [['lane', 'text']],
      late_work: [
        ['lane', 'text'],
        ['since', 'timestamp with time zone'],
      ],
    }
    for (const { name, results } of await definers()) {
      const told = results.filter(([, type]) => type !== 'uuid')
      expect({ name, told }).toEqual({ name, told: more[name.split('(')[0]!] ?? [] })
    }
  })

  it('read the named columns and no others', async () => {
    const { rows: columns } = await test.adminPool.query<{ name: string; columns: string[] }>(
      `
      select c.relname as name, array_agg(a.attname::text) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all ($1)
        and has_column_privilege('tipstaff_lookup', c.oid, a.attnum, 'select') group by 1`,
      [Object.keys(EXCEPTIONS)],
    )
    expect(columns.length).toBeGreaterThan(3)
    for (const { name, columns: read } of columns)
      expect({ name, beyond: read.filter((c) => !LOOKUP_COLUMNS.has(c)) }).toEqual({ name, beyond: [] })
    const { rows: writes } = await test.adminPool.query(`
      select relname, verb from pg_class, unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) verb
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and has_table_privilege('tipstaff_lookup', pg_class.oid, verb)`)
    expect(writes).toEqual([])
    const { rows: role } = await test.adminPool.query(
      "select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = 'tipstaff_lookup'",
    )
    expect(role).toEqual([{ rolcanlogin: false, rolsuper: false, rolbypassrls: false }])
  })

  it('cannot be led astray by tables of the session', async () => {
    const client = await test.pool.connect()
    try {
      await client.query('begin')
      const { rows: before } = await client.query('select * from list_firms()')
      await client.query('create temporary table firms (firm_id uuid) on commit drop')
      await client.query('grant select on firms to public')
      const { rows: after } = await client.query('select * from list_firms()')
      expect(after).toEqual(before)
      expect(after.length).toBeGreaterThan(1)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

describe('the firm of a transaction', () => {
  it('is gone from the connection after a commit, a roll-back and a failed statement', async () => {
    const pool = createPool({ url: test.appUrl, max: 1, onError: () => {} })
    try {
      const db = database(pool)
      const current = async () =>
        (await pool.query('select current_firm() as firm, pg_backend_pid() as pid')).rows[0]
      const { pid } = await current()
      const seen = await db.forFirm(ours, (tx) => tx.rows<{ firm: string }>('select current_firm() as firm'))
      expect(seen).toEqual([{ firm: ours }])
      expect(await current()).toEqual({ firm: null, pid })
      await expect(db.forFirm(ours, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
      expect(await current()).toEqual({ firm: null, pid })
      await expect(db.forFirm(ours, (tx) => tx.run('select 1 / 0'))).rejects.toThrow(/division/)
      expect(await current()).toEqual({ firm: null, pid })
      expect(await db.forFirm(theirs, (tx) => tx.rows('select current_firm() as firm'))).toEqual([
        { firm: theirs },
      ])
    } finally {
      await pool.end()
    }
  })

  it('is set in one place, and for the transaction only', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    )
    const settings = files.flatMap((file) => {
      const source = readFileSync(join(ROOT, 'src', file), 'utf8')
      return [...source.matchAll(/set_config\(.*?, (\w+)\)|\bset (?:local |session )?tipstaff\./gi)].map(
        ([text, local]) => ({
          file,
          firm: text.includes('tipstaff.'),
          local: local ?? String(/^set local /i.test(text)),
        }),
      )
    })
    expect(settings.filter((s) => s.firm)).toEqual([
      // Whose walls stand, and the firm.
      { file: join('platform', 'db', 'firm-tx.ts'), firm: true, local: 'true' },
      { file: join('platform', 'db', 'firm-tx.ts'), firm: true, local: 'true' },
    ])
    expect(settings.filter((s) => s.local !== 'true')).toEqual([])
  })

  it('must be an id: nothing else gets into the statement', async () => {
    const db = database(test.pool)
    await expect(db.forFirm("x', true); drop table messages; --" as FirmId, async () => 1)).rejects.toThrow(
      TypeError,
    )
  })
})
