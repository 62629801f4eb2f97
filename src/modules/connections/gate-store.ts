/** The only SQL on cms_gates and cms_turns. */
import type { ConnectionId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { freshGate, type GateState } from './gate-policy.ts'

interface Row extends Record<string, unknown> {
  per_window: number | null
  used: number
  under_way: number
  window_no: number
  window_ends_at: Temporal.Instant | null
  told: boolean
  closed_until: Temporal.Instant | null
}

const columns = 'per_window, used, under_way, window_no, window_ends_at, told, closed_until'

export async function readGate(tx: FirmTx, connectionId: ConnectionId): Promise<GateState> {
  return stateOf(
    await tx.rows<Row>(`select ${columns} from cms_gates where connection_id = $1`, [connectionId]),
  )
}

/** As `readGate`, and nobody else changes it until the commit. */
export async function lockGate(tx: FirmTx, connectionId: ConnectionId): Promise<GateState> {
  tx.later(
    `insert into cms_gates (firm_id, connection_id) values (current_firm(), $1)
     on conflict (connection_id) do nothing`,
    [connectionId],
    'cms_gates-make',
  )
  return stateOf(
    await tx.rows<Row>(
      `select ${columns} from cms_gates where connection_id = $1 for update`,
      [connectionId],
      'cms_gates-lock',
    ),
  )
}

export function writeGate(tx: FirmTx, connectionId: ConnectionId, state: GateState): void {
  tx.later(
    `update cms_gates set per_window = $2, used = $3, under_way = $4, window_no = $5, window_ends_at = $6, told = $7,
       closed_until = $8 where connection_id = $1`,
    [
      connectionId,
      state.perWindow,
      state.used,
      state.underWay,
      state.window,
      state.endsAt,
      state.told,
      state.closedUntil,
    ],
    'cms_gates-write',
  )
}

const stateOf = ([row]: readonly Row[]): GateState =>
  row
    ? {
        perWindow: row.per_window,
        used: row.used,
        underWay: row.under_way,
        window: row.window_no,
        endsAt: row.window_ends_at,
        told: row.told,
        closedUntil: row.closed_until,
      }
    : freshGate

/** A turn; those whose holder let its lease end are free. @returns its place, or null when all are taken */
export async function takeTurn(
  tx: FirmTx,
  connectionId: ConnectionId,
  atOnce: number,
  turn: { holder: string; now: Temporal.Instant; until: Temporal.Instant },
): Promise<number | null> {
  const [taken] = await tx.rows<{ place: number }>(
    `insert into cms_turns (firm_id, connection_id, place, holder, held_until)
     select current_firm(), $1, place, $3, $5 from generate_series(0, $2 - 1) place
     where not exists (select from cms_turns t where t.connection_id = $1 and t.place = place.place and t.held_until > $4)
     order by place limit 1
     on conflict (connection_id, place) do update set holder = excluded.holder, held_until = excluded.held_until
       where cms_turns.held_until <= $4
     returning place`,
    [connectionId, atOnce, turn.holder, turn.now, turn.until],
    'cms_turns-take',
  )
  return taken?.place ?? null
}

/** Only one's own: whoever slept past the lease frees nobody else's. */
export async function giveTurn(tx: FirmTx, connectionId: ConnectionId, holder: string): Promise<void> {
  await tx.run(
    'delete from cms_turns where connection_id = $1 and holder = $2',
    [connectionId, holder],
    'cms_turns-give',
  )
}
