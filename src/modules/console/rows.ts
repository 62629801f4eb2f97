/** Rows on their way out: instants become ISO texts, the names are the contract's already. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { staffNames } from '../staff/index.ts'

/** @returns rows as the caller's contract has them; the statement names its columns so */
export async function outRows<T>(
  tx: FirmTx,
  sql: string,
  values: readonly unknown[],
  name?: string,
): Promise<T[]> {
  const rows = await tx.rows<Record<string, unknown>>(sql, values, name)
  return rows.map((row) => {
    for (const key in row) {
      const value = row[key]
      if (value instanceof Temporal.Instant) row[key] = value.toString()
    }
    return row as T
  })
}

/** A page of at most `limit`, from a statement that was asked for one more. */
export function pageFrom<T extends { id: string }>(rows: T[], limit: number) {
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}

/** What stands in `paused_by`, `resolved_by`: the id of a key or of somebody is made a name, since people read it. */
export async function namesOfActors(
  tx: FirmTx,
  actors: readonly (string | null)[],
): Promise<(actor: string) => string> {
  const idsOf = (kind: string) => [
    ...new Set(actors.flatMap((a) => (a?.startsWith(`${kind}:`) ? [a.slice(kind.length + 1)] : []))),
  ]
  const [keys, people] = [idsOf('apikey'), idsOf('staff')]
  const rows = keys.length === 0 ? [] : await keyNames(tx, keys)
  const staff = people.length === 0 ? [] : await staffNames(tx, people)
  const names = new Map<string, string>([
    ...rows.map((row) => [`apikey:${row.id}`, `the key "${row.name}"`] as const),
    ...staff.map((row) => [`staff:${row.id}`, row.name] as const),
  ])
  return (actor) => names.get(actor) ?? actor
}

const keyNames = (tx: FirmTx, ids: readonly string[]) =>
  tx.rows<{ id: string; name: string }>(
    'select id, name from api_keys where id::text = any($1)',
    [ids],
    'console_key_names',
  )
