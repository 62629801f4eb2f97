/** How the firm's connections stand. */
import type { Connection } from '../../../contracts/connections.ts'
import type { ConnectionId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

interface Row extends Record<string, unknown> {
  id: ConnectionId
  key: string
  kind: string
  state: 'active' | 'broken'
  token: 'good' | 'refused' | null
  connected_at: Temporal.Instant
  connected_by: string
  expires_at: Temporal.Instant
  per_window: number | null
  used: number
  window_ends_at: Temporal.Instant | null
  closed_until: Temporal.Instant | null
  known_until: Temporal.Instant | null
}

/** @param needPerson those whose settings want a person to let us in */
export async function connectionList(
  tx: FirmTx,
  needPerson: ReadonlySet<ConnectionId>,
  now: Temporal.Instant,
): Promise<Connection[]> {
  const rows = await tx.rows<Row>(
    `select c.id, c.key, c.kind, c.state, t.state as token, t.connected_at, t.connected_by, t.expires_at,
       g.per_window, coalesce(g.used, 0) as used, g.window_ends_at, g.closed_until,
       (select case when bool_and(s.done_until is not null) then min(s.done_until) end
          from cms_streams s where s.connection_id = c.id) as known_until
     from connections c left join cms_tokens t on t.connection_id = c.id left join cms_gates g on g.connection_id = c.id
     where c.firm_id = current_firm() and c.state <> 'removed' order by c.key`,
  )
  return rows.map((row) => ({
    key: row.key,
    kind: row.kind,
    state: stateOf(row, needPerson),
    letIn:
      row.token === null
        ? null
        : {
            at: row.connected_at.toString(),
            by: row.connected_by,
            tokenUntil: row.expires_at.toString(),
          },
    knownUntil: row.known_until?.toString() ?? null,
    limit: limitOf(row, now),
  }))
}

function stateOf(row: Row, needPerson: ReadonlySet<ConnectionId>): Connection['state'] {
  if (row.token === 'refused' || row.state === 'broken') return 'broken'
  return needPerson.has(row.id) && row.token === null ? 'needs_person' : 'connected'
}

/** What was told of a window that is over says nothing of now but how large windows are. */
function limitOf(row: Row, now: Temporal.Instant): Connection['limit'] {
  const ahead = (at: Temporal.Instant | null) => (at && Temporal.Instant.compare(at, now) > 0 ? at : null)
  const [ends, closed] = [ahead(row.window_ends_at), ahead(row.closed_until)]
  if (row.per_window === null && closed === null) return null
  return {
    perWindow: row.per_window,
    used: ends ? row.used : 0,
    windowEndsAt: ends?.toString() ?? null,
    closedUntil: closed?.toString() ?? null,
  }
}
