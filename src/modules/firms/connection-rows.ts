/** Connections as rows: the id behind the key, and whether it works. What they are set to is in the configuration. */
import type { ConnectionId, FirmId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'

export interface ConnectionRow {
  readonly id: ConnectionId
  readonly key: string
  readonly kind: string
  readonly state: 'active' | 'broken' | 'removed'
}

/** Whose connection a public address `/hooks/{key}` speaks of; removed ones are not found. */
export async function findConnection(
  db: Database,
  key: string,
): Promise<{ firmId: FirmId; connectionId: ConnectionId } | undefined> {
  const rows = await db.lookup<{ firm_id: FirmId; connection_id: ConnectionId }>(
    'select firm_id, connection_id from lookup_connection($1)',
    [key],
    'firms.lookup_connection',
  )
  return rows[0] && { firmId: rows[0].firm_id, connectionId: rows[0].connection_id }
}

/** All of the firm, removed ones included, by key. */
export async function listConnections(tx: FirmTx): Promise<ConnectionRow[]> {
  return tx.rows<ConnectionRow & { [column: string]: unknown }>(
    'select id, key, kind, state from connections where firm_id = current_firm() order by key',
  )
}

/** Marks a connection as broken, or as working again; a removed one stays removed. @returns whether it changed */
export async function markConnection(
  tx: FirmTx,
  id: ConnectionId,
  state: 'active' | 'broken',
): Promise<boolean> {
  const touched = await tx.run(
    "update connections set state = $2 where firm_id = current_firm() and id = $1 and state not in ($2, 'removed')",
    [id, state],
  )
  return touched > 0
}
