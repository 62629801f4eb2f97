/** Writing many rows in one statement: one JSON parameter, typed by the table itself. */
import type { FirmTx } from './firm-tx.ts'

type Cell = string | number | boolean | null | Temporal.Instant | Uint8Array | readonly unknown[] | object

/**
 * Inserts all rows in one statement.
 *
 * @param table a name from our own code, never from outside
 * @param rows all with the same keys, which are column names; bytes and instants may be passed as they are
 * @param tail e.g. `on conflict do nothing returning id`
 * @returns what `tail` returns
 */
export async function insertMany<R extends Record<string, unknown> = never>(
  tx: FirmTx,
  table: string,
  rows: readonly Readonly<Record<string, Cell | undefined>>[],
  tail = '',
): Promise<R[]> {
  const first = rows[0]
  if (first === undefined) return []
  const columns = Object.keys(first).join(', ')
  return tx.rows<R>(
    `insert into ${table} (firm_id, ${columns}) select current_firm(), ${columns} ` +
      `from json_populate_recordset(null::${table}, $1) ${tail}`,
    [toJson(rows)],
  )
}

/** JSON for json_populate_recordset or json_to_recordset: bytes become `\x…`, which bytea reads. */
export function toJson(rows: readonly unknown[]): string {
  // The holder is asked, since a Buffer turns itself into an object before a replacer sees it.
  return JSON.stringify(rows, function (this: Record<string, unknown>, key, value: unknown) {
    const raw = this[key]
    return raw instanceof Uint8Array ? `\\x${Buffer.from(raw).toString('hex')}` : value
  })
}
