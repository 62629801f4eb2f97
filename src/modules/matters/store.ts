/** Matters: the row is locked while facts change and while decisions are made. */
import type { ClientId, ConnectionId, MatterId, NewId } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export interface MatterRow extends Record<string, unknown> {
  id: MatterId
  connection_id: ConnectionId
  external_id: string
  client_id: ClientId | null
  /** The client's id in the CMS. */
  client_external_id: string | null
  number: string | null
  title: string | null
  raw_status: string | null
  state: string | null
  previous_state: string | null
  state_entry: number
  state_entered_at: Temporal.Instant | null
  settles_at: Temporal.Instant | null
  data: Record<string, unknown>
  source_updated_at: Temporal.Instant | null
  /** When the newest delivery came whose status was applied. */
  status_received_at: Temporal.Instant | null
  observed_at: Temporal.Instant
  /** As of which restored copy its state and facts are those of the CMS. */
  caught_up_at: Temporal.Instant | null
  /** Since when the CMS says that it does not know it. */
  gone_since: Temporal.Instant | null
}

const columns = `id, connection_id, external_id, client_id, number, title, raw_status, state, previous_state, state_entry,
  state_entered_at, settles_at, data, source_updated_at, status_received_at, observed_at, caught_up_at,
  gone_since,   (select c.external_id from clients c where c.id = matters.client_id) as client_external_id`

/** Locks in the order of their ids, so that two transactions can't wait for each other. */
export function lockMatters(
  tx: FirmTx,
  wanted: readonly { connectionId: ConnectionId; externalId: string }[],
): Promise<MatterRow[]> {
  return tx.rows<MatterRow>(
    `select ${columns} from matters
     where (connection_id, external_id) in (select * from unnest($1::uuid[], $2::text[])) order by id for update`,
    [wanted.map((w) => w.connectionId), wanted.map((w) => w.externalId)],
    'matters_lock',
  )
}

export function lockMattersById(tx: FirmTx, ids: readonly MatterId[]): Promise<MatterRow[]> {
  return tx.rows<MatterRow>(
    `select ${columns} from matters where id = any($1) order by id for update`,
    [ids],
    'matters_lock_by_id',
  )
}

/** As they are, for who only looks. */
export function readMatters(tx: FirmTx, ids: readonly MatterId[]): Promise<MatterRow[]> {
  return tx.rows<MatterRow>(`select ${columns} from matters where id = any($1)`, [ids])
}

/** @returns all matters of a client; nothing is locked */
export async function mattersOfClient(tx: FirmTx, clientId: ClientId): Promise<MatterId[]> {
  const rows = await tx.rows<{ id: MatterId }>('select id from matters where client_id = $1', [clientId])
  return rows.map((row) => row.id)
}

/** Writes back what observing changed: status and state, nothing that the CMS read brought. */
export async function saveObservations(tx: FirmTx, matters: readonly MatterRow[]): Promise<void> {
  if (matters.length === 0) return
  tx.later(
    `update matters m set raw_status = x.raw_status, state = x.state, previous_state = x.previous_state,
       state_entry = x.state_entry, state_entered_at = x.state_entered_at, settles_at = x.settles_at,
       source_updated_at = x.source_updated_at, status_received_at = x.status_received_at
     from json_to_recordset($1) as x(id uuid, raw_status text, state text, previous_state text, state_entry integer,
       state_entered_at timestamptz, settles_at timestamptz, source_updated_at timestamptz,
       status_received_at timestamptz)
     where m.id = any($2) and m.id = x.id`,
    [
      toJson(
        matters.map((m) => ({
          id: m.id,
          raw_status: m.raw_status,
          state: m.state,
          previous_state: m.previous_state,
          state_entry: m.state_entry,
          state_entered_at: m.state_entered_at,
          settles_at: m.settles_at,
          source_updated_at: m.source_updated_at,
          status_received_at: m.status_received_at,
        })),
      ),
      matters.map((m) => m.id),
    ],
    'matters_save',
  )
}

/** After a restored backup: state and facts of this matter are those of the CMS again. */
export async function markCaughtUp(tx: FirmTx, id: MatterId, copiedAt: Temporal.Instant): Promise<void> {
  await tx.run('update matters set caught_up_at = $2 where id = $1', [id, copiedAt])
}

/** The CMS does not know it. @returns the matter, if we do */
export async function markGone(
  tx: FirmTx,
  matter: { connectionId: ConnectionId; externalId: string },
  now: Temporal.Instant,
): Promise<(Pick<MatterRow, 'id' | 'number' | 'client_id'> & { gone_since: Temporal.Instant }) | null> {
  const [row] = await tx.rows<{
    id: MatterId
    number: string | null
    client_id: ClientId | null
    gone_since: Temporal.Instant
  }>(
    `update matters set gone_since = coalesce(gone_since, $3) where connection_id = $1 and external_id = $2
     returning id, number, client_id, gone_since`,
    [matter.connectionId, matter.externalId, now],
  )
  return row ?? null
}

/**
 * Stores what a read of the CMS said of a matter. Its status is not applied here: statuses become events first,
 * so that nothing is skipped. On first sight the row is made without a state.
 */
export async function upsertMatter(
  tx: FirmTx,
  matter: {
    id: MatterId
    connectionId: ConnectionId
    externalId: string
    clientId: ClientId | null
    number: string | null
    title: string | null
    data: Record<string, unknown>
    observedAt: Temporal.Instant
  },
): Promise<MatterId> {
  const [row] = await tx.rows<{ id: MatterId }>(
    `insert into matters (firm_id, id, connection_id, external_id, client_id, number, title, data, observed_at)
     values (current_firm(), $1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (connection_id, external_id) do update set client_id = excluded.client_id, number = excluded.number,
       title = excluded.title, data = excluded.data, observed_at = excluded.observed_at, gone_since = null
     returning id`,
    [
      matter.id,
      matter.connectionId,
      matter.externalId,
      matter.clientId,
      matter.number,
      matter.title,
      JSON.stringify(matter.data),
      matter.observedAt,
    ],
  )
  return row!.id
}

/** A matter as a list of the CMS has it. */
export interface ListedMatter {
  connectionId: ConnectionId
  externalId: string
  clientId: ClientId | null
  number: string | null
  title: string | null
  data: Record<string, unknown>
  /** What the matter is taken to have been all along, where we did not know it; null: unknown until an event tells. */
  standing: {
    rawStatus: string
    state: string | null
    since: Temporal.Instant | null
    updatedAt: Temporal.Instant | null
  } | null
}

/**
 * Stores a page of matters. Those that we know keep their status, which only events change; of the others it is
 * written down, and nothing is said of it.
 *
 * @param began when the CMS was asked: what was observed later stays as it is
 */
export async function upsertMatters(
  tx: FirmTx,
  matters: readonly ListedMatter[],
  began: Temporal.Instant,
  newId: NewId,
): Promise<void> {
  await insertMany(
    tx,
    'matters',
    matters
      .toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))
      .map(({ standing, ...m }) => ({
        id: newId<MatterId>(),
        connection_id: m.connectionId,
        external_id: m.externalId,
        client_id: m.clientId,
        number: m.number,
        title: m.title,
        data: m.data,
        raw_status: standing?.rawStatus ?? null,
        state: standing?.state ?? null,
        state_entry: standing?.state ? 1 : 0,
        state_entered_at: standing?.state ? (standing.since ?? standing.updatedAt ?? began) : null,
        source_updated_at: standing?.updatedAt ?? null,
        observed_at: began,
      })),
    `on conflict (connection_id, external_id) do update set client_id = excluded.client_id, number = excluded.number,
       title = excluded.title, data = excluded.data, observed_at = excluded.observed_at, gone_since = null
     where matters.observed_at <= excluded.observed_at`,
  )
}

/** @returns our ids of these matters, by their ids in the CMS; nothing is locked */
export async function matterIds(
  tx: FirmTx,
  connectionId: ConnectionId,
  externalIds: readonly string[],
): Promise<Map<string, MatterId>> {
  const rows = await tx.rows<{ id: MatterId; external_id: string }>(
    'select id, external_id from matters where connection_id = $1 and external_id = any($2)',
    [connectionId, externalIds],
    'matter_ids',
  )
  return new Map(rows.map((r) => [r.external_id, r.id]))
}
