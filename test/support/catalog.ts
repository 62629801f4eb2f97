/** Rows made from the catalog: for tests that ask something of every table, also of those that come later. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Pool } from 'pg'

export interface CatalogTable {
  name: string
  columns: { name: string; type: string; required: boolean; oneOf: string | null }[]
  parents: { columns: string[]; table: string; referenced: string[] }[]
}

/** @returns every table of the schema `public`, as the catalog knows it */
export async function tablesOf(pool: Pool): Promise<CatalogTable[]> {
  const { rows } = await pool.query<CatalogTable>(`
    select c.relname as name,
      (select jsonb_agg(jsonb_build_object(
           'name', a.attname, 'type', format_type(a.atttypid, null),
           'required', a.attnotnull and not a.atthasdef and a.attidentity = '',
           'oneOf', (select (regexp_match(pg_get_constraintdef(k.oid), 'ANY \\(ARRAY\\[''([^'']+)'''))[1]
                     from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum])
         ) order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(jsonb_agg(jsonb_build_object(
           'table', k.confrelid::regclass::text,
           'columns', (select jsonb_agg(a.attname order by x.n) from unnest(k.conkey) with ordinality x(att, n)
                       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.att),
           'referenced', (select jsonb_agg(a.attname order by x.n) from unnest(k.confkey) with ordinality x(att, n)
                          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.att)
         )), '[]')
       from pg_constraint k where k.conrelid = c.oid and k.contype = 'f') as parents
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`)
  return rows
}

/** A value that is fit for the type and unlike any other of its kind where the type allows that. */
const values: Readonly<Record<string, () => unknown>> = {
  uuid: () => randomUUID(),
  text: () => `t${randomBytes(6).toString('hex')}`,
  integer: () => 1,
  bigint: () => 1,
  'double precision': () => 1,
  boolean: () => true,
  jsonb: () => '{}',
  bytea: () => randomBytes(8),
  xid8: () => '1',
  'text[]': () => '{}',
  'uuid[]': () => '{}',
  date: () => '2030-01-02',
  'timestamp with time zone': () => '2030-01-02T03:04:05Z',
}

export type Row = Record<string, unknown>

/**
 * Puts one row for this firm into every table that has a `firm_id`, parents first, as a superuser.
 *
 * @returns the rows as stored, by table
 * @throws naming the table and column for which there is no value yet
 */
export async function fillTables(
  admin: Pool,
  tables: readonly CatalogTable[],
  firmId: string,
): Promise<ReadonlyMap<string, Row>> {
  const done = new Map<string, Row>()
  const under = new Set<string>()
  const fill = async (table: CatalogTable): Promise<Row> => {
    const known = done.get(table.name)
    if (known) return known
    under.add(table.name)
    const row: Row = {}
    for (const { name, type, required, oneOf } of table.columns) {
      if (!required) continue
      const make = values[type]
      if (!make) throw new Error(`${table.name}.${name}: test/support/catalog.ts has no value for ${type}`)
      row[name] = oneOf ?? make()
    }
    row.firm_id = firmId
    for (const { columns, table: parent, referenced } of table.parents) {
      const above = tables.find((t) => t.name === parent)!
      // A table that points back at one that is being filled: only an optional reference can, and stays empty.
      if (under.has(parent) && !done.has(parent)) continue
      const there = await fill(above)
      for (const [i, column] of columns.entries()) row[column] = there[referenced[i]!]
    }
    const names = Object.keys(row)
    const { rows } = await admin.query(
      `insert into ${table.name} (${names}) values (${names.map((_, i) => `$${i + 1}`)}) returning *`,
      Object.values(row),
    )
    done.set(table.name, rows[0])
    return rows[0]
  }
  for (const table of tables) if (table.columns.some((c) => c.name === 'firm_id')) await fill(table)
  return done
}
