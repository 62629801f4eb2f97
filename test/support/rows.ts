/** Rows written into the tables as they end up: for what only reads them. */
import type pg from 'pg'

export type Rows = Record<string, unknown>[]

/**
 * @param pool a superuser's: no trigger and no key is looked at
 * @param tables rows by table; columns that the first row of a table does not name keep their defaults
 */
export async function writeRows(
  pool: pg.Pool,
  firmId: string,
  tables: Readonly<Record<string, Rows>>,
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('set session_replication_role = replica')
    for (const [table, rows] of Object.entries(tables)) await insert(client, table, firmId, rows)
    await client.query('analyze')
  } finally {
    await client.query('reset session_replication_role')
    client.release()
  }
}

async function insert(client: pg.PoolClient, table: string, firmId: string, rows: Rows): Promise<void> {
  for (let at = 0; at < rows.length; at += 2_000) {
    const some = rows.slice(at, at + 2_000).map((row) => ({ firm_id: firmId, ...row }))
    const columns = Object.keys(some[0]!).join(', ')
    await client.query(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(some)],
    )
  }
}
