/** Writing many rows in one statement: one JSON parameter, typed by the table itself. */
import type { FirmTx } from './firm-tx.ts'

type Cell = string | number | boolean | null | Temporal.Instant | Uint8Array | readonly unknown[] | object

/**
 * Inserts all rows in one statement.
 *
 * @param table a name from our own code, never from outside
 * @param rows all with the same keys, which are column names; bytes and instants may be passed as they are
 * @param tail e.g. `on conflict do nothing returning id`
 * @returns what `tail` returns; without a `returning` there nobody waits for it (FirmTx.later)
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
  const text =
    `insert into ${table} (firm_id, ${columns}) select (select current_firm()), ${columns} ` +
    `from json_populate_recordset(null::${table}, $1) ${tail}`
  const values = [toJson(rows)]
  if (/\breturning\b/.test(tail)) return tx.rows<R>(text, values, nameOf(table, text))
  tx.later(text, values, nameOf(table, text))
  return []
}

/** Each statement is parsed once per connection; there are as many as there are calls in our code. */
const names = new Map<string, string>()
function nameOf(table: string, text: string): string {
  let name = names.get(text)
  if (name === undefined) {
    name = `insert-${table}-${names.size}`
    names.set(text, name)
  }
  return name
}

/** JSON for json_populate_recordset or json_to_recordset: bytes become `\x…`, which bytea reads. */
export function toJson(rows: readonly object[]): string {
  // Not by a replacer: it would be called for each value, which takes several times as long.
  return JSON.stringify(rows.map(withoutBytes))
}

function withoutBytes(row: object): object {
  let plain: Record<string, unknown> | undefined
  for (const column in row) {
    const value = (row as Record<string, unknown>)[column]
    if (!(value instanceof Uint8Array)) continue
    plain ??= { ...row }
    plain[column] = `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  }
  return plain ?? row
}
