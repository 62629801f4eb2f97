/** The rows of ingest: deliveries as received, their keys, events, quarantine, and wishes to read the CMS. */
import type { ClientId, ConnectionId, DeliveryId, EventId, MatterId, NewId } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export interface Arrival {
  id: DeliveryId
  connectionId: ConnectionId
  receivedAt: Temporal.Instant
  model: string | null
  headers: Record<string, string>
  body: Uint8Array
  key: string
  /** No key is configured: the body's hash stands for one, and only for 10 minutes. */
  keyless: boolean
}

const keylessMemory = { minutes: 10 }

/** @returns for each arrival whether it is new, that is, stored */
export async function storeArrivals(tx: FirmTx, arrivals: readonly Arrival[]): Promise<boolean[]> {
  const name = (a: { connectionId: string; key: string }) => `${a.connectionId} ${a.key}`
  const seen = new Set<string>()
  const firsts = arrivals.filter((a) => !a.keyless && !seen.has(name(a)) && seen.add(name(a)))
  const fresh = new Set(
    (
      await insertMany<{ connection_id: string; key: string }>(
        tx,
        'inbound_keys',
        firsts.map((a) => ({ connection_id: a.connectionId, key: a.key, seen_at: a.receivedAt })),
        'on conflict (connection_id, key) do nothing returning connection_id, key',
      )
    ).map((r) => name({ connectionId: r.connection_id, key: r.key })),
  )
  const keyless = arrivals.filter((a) => a.keyless)
  const repeats = keyless.length > 0 ? await rememberBodies(tx, keyless) : new Set<string>()
  const stored = arrivals.map((a) => a.keyless || fresh.delete(name(a)))
  await insertMany(
    tx,
    'inbound_deliveries',
    arrivals
      .filter((_, i) => stored[i])
      .map((a) => ({
        id: a.id,
        connection_id: a.connectionId,
        received_at: a.receivedAt,
        model: a.model,
        headers: a.headers,
        body: a.body,
        repeat: repeats.has(a.id),
        state: 'stored',
        due_at: a.receivedAt,
      })),
  )
  return stored
}

/** @returns the deliveries whose body came before, within the memory */
async function rememberBodies(tx: FirmTx, arrivals: readonly Arrival[]): Promise<Set<string>> {
  const keys = [...new Set(arrivals.map((a) => `${a.connectionId} ${a.key}`))].sort()
  await tx.run(`select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest($1::text[]) k`, [keys])
  const known = await tx.rows<{ connection_id: string; key: string; seen_at: Temporal.Instant }>(
    `select connection_id, key, seen_at from inbound_keys
     where (connection_id, key) in (select * from unnest($1::uuid[], $2::text[]))`,
    [arrivals.map((a) => a.connectionId), arrivals.map((a) => a.key)],
  )
  const last = new Map(known.map((k) => [`${k.connection_id} ${k.key}`, k.seen_at]))
  const repeats = new Set<string>()
  for (const a of arrivals) {
    const name = `${a.connectionId} ${a.key}`
    const before = last.get(name)
    if (before && Temporal.Instant.compare(before.add(keylessMemory), a.receivedAt) > 0) repeats.add(a.id)
    last.set(name, a.receivedAt)
  }
  await tx.run(
    `insert into inbound_keys (firm_id, connection_id, key, seen_at)
     select current_firm(), connection_id, key, seen_at
     from json_to_recordset($1) as x(connection_id uuid, key text, seen_at timestamptz)
     on conflict (connection_id, key) do update set seen_at = excluded.seen_at`,
    [
      toJson(
        [...last].map(([name, at]) => ({
          connection_id: name.slice(0, name.indexOf(' ')),
          key: name.slice(name.indexOf(' ') + 1),
          seen_at: at,
        })),
      ),
    ],
  )
  return repeats
}

/** The reason of a delivery that came back from quarantine begins so. */
export const replayedMark = 'replayed'

export interface StoredDelivery extends Record<string, unknown> {
  id: DeliveryId
  connection_id: ConnectionId
  received_at: Temporal.Instant
  model: string | null
  headers: Record<string, string>
  body: Uint8Array
  repeat: boolean
  /** Why it is here once more: it was replayed, or waited for a read of the CMS. */
  reason: string | null
}

/** In the order in which they came; the caller holds the firm's decide lock, so nobody overtakes. */
export function takeDeliveries(tx: FirmTx, now: Temporal.Instant, limit: number): Promise<StoredDelivery[]> {
  return tx.rows<StoredDelivery>(
    `select id, connection_id, received_at, model, headers, body, repeat, reason
     from inbound_deliveries
     where firm_id = current_firm() and state = 'stored' and due_at <= $1
     order by received_at, id limit $2 for update`,
    [now, limit],
    'deliveries_take',
  )
}

export interface DeliveryEnd {
  id: DeliveryId
  state: 'done' | 'ignored' | 'quarantined' | 'waiting'
  reason: string | null
  waitingFor?: string
}

export async function endDeliveries(tx: FirmTx, ends: readonly DeliveryEnd[]): Promise<void> {
  if (ends.length === 0) return
  tx.later(
    `update inbound_deliveries d set state = x.state, reason = x.reason, waiting_for = x.waiting_for
     from json_to_recordset($1) as x(id uuid, state text, reason text, waiting_for text)
     where d.id = any($2) and d.id = x.id`,
    [
      toJson(
        ends.map((e) => ({ id: e.id, state: e.state, reason: e.reason, waiting_for: e.waitingFor ?? null })),
      ),
      ends.map((e) => e.id),
    ],
    'deliveries_end',
  )
}

export type EventOutcome =
  | 'decided'
  | 'unhandled'
  | 'unchanged'
  | 'stale'
  | 'flagged'
  | 'flip_flop'
  | 'quarantined'
  | 'no_matter'

export interface NewEvent {
  id: EventId
  /** Null: nothing came in, a moment did. */
  deliveryId: DeliveryId | null
  connectionId: ConnectionId
  type: string
  matterId: MatterId | null
  clientId: ClientId | null
  subject: string
  occurredAt: Temporal.Instant
  data: Record<string, unknown>
  outcome: EventOutcome
}

export async function insertEvents(
  tx: FirmTx,
  events: readonly NewEvent[],
  now: Temporal.Instant,
): Promise<void> {
  await insertMany(
    tx,
    'events',
    events.map((e) => ({
      id: e.id,
      delivery_id: e.deliveryId,
      connection_id: e.connectionId,
      type: e.type,
      matter_id: e.matterId,
      client_id: e.clientId,
      subject: e.subject,
      occurred_at: e.occurredAt,
      recorded_at: now,
      data: e.data,
      outcome: e.outcome,
    })),
  )
}

export type QuarantineKind =
  | 'unreadable'
  | 'unmapped'
  | 'unknown_status'
  | 'no_matter'
  | 'mapping_error'
  | 'drift'

export interface NewQuarantine {
  connectionId: ConnectionId
  deliveryId: DeliveryId
  kind: QuarantineKind
  rawStatus: string | null
  detail: Record<string, unknown>
}

export async function quarantine(
  tx: FirmTx,
  items: readonly NewQuarantine[],
  now: Temporal.Instant,
  newId: NewId,
): Promise<void> {
  await insertMany(
    tx,
    'quarantine',
    items.map((q) => ({
      id: newId<string>(),
      connection_id: q.connectionId,
      delivery_id: q.deliveryId,
      kind: q.kind,
      raw_status: q.rawStatus,
      detail: q.detail,
      state: 'open',
      at: now,
    })),
    `on conflict (delivery_id) where state = 'open' do update set kind = excluded.kind, detail = excluded.detail,
       raw_status = excluded.raw_status`,
  )
}

/**
 * Puts quarantined deliveries back before the decide lane, oldest first; what still can't be understood comes back here.
 *
 * @param filter nothing: all that is open
 * @param readAnew has a connection's list read again from a time on; false: it is not followed. What has drifted is
 *   taken from there, since the payload that was kept still lacks what it lacked
 * @returns how many
 */
export async function replayQuarantine(
  tx: FirmTx,
  filter: { ids?: readonly string[]; kinds?: readonly QuarantineKind[] },
  by: string,
  now: Temporal.Instant,
  readAnew: (of: {
    connectionId: ConnectionId
    model: string | null
    since: Temporal.Instant
  }) => Promise<boolean>,
): Promise<number> {
  const rows = await tx.rows<{
    delivery_id: DeliveryId
    kind: QuarantineKind
    connection_id: ConnectionId
    model: string | null
    received_at: Temporal.Instant
    key: string | null
  }>(
    `update quarantine q set state = 'replayed', resolved_at = $1, resolved_by = $2
     from inbound_deliveries d
     where q.firm_id = current_firm() and q.state = 'open' and d.id = q.delivery_id
       and ($3::uuid[] is null or q.id = any($3)) and ($4::text[] is null or q.kind = any($4))
     returning q.delivery_id, q.kind, q.connection_id, d.model, d.received_at, q.detail ->> 'key' as key`,
    [now, by, filter.ids ?? null, filter.kinds ?? null],
  )
  if (rows.length === 0) return 0
  const anew = new Set<DeliveryId>()
  const drifted = Map.groupBy(
    rows.filter((r) => r.kind === 'drift'),
    (r) => `${r.connection_id} ${r.model}`,
  )
  for (const those of drifted.values()) {
    const [first] = those.toSorted((a, b) => Temporal.Instant.compare(a.received_at, b.received_at))
    const { connection_id: connectionId, model, received_at: since } = first!
    if (!(await readAnew({ connectionId, model, since }))) continue
    for (const r of those) anew.add(r.delivery_id)
    await tx.run('delete from inbound_keys where connection_id = $1 and key = any($2)', [
      connectionId,
      those.flatMap((r) => r.key ?? []),
    ])
  }
  await tx.run(
    `update inbound_deliveries set state = 'ignored', reason = 'its list is read anew'
     where id = any($1) and state = 'quarantined'`,
    [[...anew]],
  )
  await tx.run(
    `update inbound_deliveries set state = 'stored', due_at = $2, reason = '${replayedMark}'
     where id = any($1) and state = 'quarantined'`,
    [rows.map((r) => r.delivery_id).filter((id) => !anew.has(id)), now],
  )
  return rows.length
}

/** Wishes to read the CMS; a hundred deliveries for one matter make one. */
export async function wishForFacts(
  tx: FirmTx,
  wishes: readonly { connectionId: ConnectionId; externalId: string }[],
  now: Temporal.Instant,
): Promise<void> {
  const distinct = new Map(wishes.map((w) => [`${w.connectionId} ${w.externalId}`, w]))
  await insertMany(
    tx,
    'fact_requests',
    [...distinct.values()].map((w) => ({
      connection_id: w.connectionId,
      external_id: w.externalId,
      requested_at: now,
      due_at: now,
      tries: 0,
    })),
    // Asked again while a read is under way: that read may have begun too early, so it is made once more.
    `on conflict (connection_id, external_id) do update set requested_at = excluded.requested_at`,
  )
}

/** What waits for a CMS is asked for at once: it can be reached again. */
export async function wakeWishes(
  tx: FirmTx,
  connectionId: ConnectionId,
  now: Temporal.Instant,
): Promise<void> {
  await tx.run('update fact_requests set due_at = $2, tries = 0 where connection_id = $1 and due_at > $2', [
    connectionId,
    now,
  ])
}

export interface FactWish extends Record<string, unknown> {
  connection_id: ConnectionId
  external_id: string
  requested_at: Temporal.Instant
  tries: number
}

export function takeWishes(
  tx: FirmTx,
  now: Temporal.Instant,
  leaseUntil: Temporal.Instant,
  limit: number,
): Promise<FactWish[]> {
  return tx.rows<FactWish>(
    `update fact_requests set lease_until = $2
     where (connection_id, external_id) in (
       select connection_id, external_id from fact_requests
       where firm_id = current_firm() and due_at <= $1 and (lease_until is null or lease_until <= $1)
       order by due_at limit $3 for update skip locked)
     returning connection_id, external_id, requested_at, tries`,
    [now, leaseUntil, limit],
  )
}

/** False when the lease ended and another took the wish, or has fulfilled it. Locks the wish until the commit. */
export async function wishStillOurs(
  tx: FirmTx,
  wish: FactWish,
  leaseUntil: Temporal.Instant,
): Promise<boolean> {
  const rows = await tx.rows(
    'select from fact_requests where connection_id = $1 and external_id = $2 and lease_until = $3 for update',
    [wish.connection_id, wish.external_id, leaseUntil],
  )
  return rows.length > 0
}

/**
 * The read is done: the deliveries that waited for it go on. Of what came after it `began` it knows nothing, and another
 * is made.
 */
export async function wishFulfilled(
  tx: FirmTx,
  wish: FactWish,
  began: Temporal.Instant,
  now: Temporal.Instant,
): Promise<number> {
  const gone = await tx.run(
    'delete from fact_requests where connection_id = $1 and external_id = $2 and requested_at = $3',
    [wish.connection_id, wish.external_id, wish.requested_at],
  )
  if (gone === 0) {
    await tx.run(
      'update fact_requests set lease_until = null, due_at = $3, tries = 0 where connection_id = $1 and external_id = $2',
      [wish.connection_id, wish.external_id, now],
    )
  }
  return tx.run(
    `update inbound_deliveries set state = 'stored', due_at = $2
     where waiting_for = $1 and state = 'waiting' and firm_id = current_firm() and ($3 or received_at <= $4)`,
    [`${wish.connection_id} ${wish.external_id}`, now, gone > 0, began],
  )
}

export async function wishFailed(
  tx: FirmTx,
  wish: FactWish,
  error: string,
  dueAt: Temporal.Instant,
): Promise<void> {
  await tx.run(
    `update fact_requests set tries = tries + 1, last_error = $3, due_at = $4, lease_until = null
     where connection_id = $1 and external_id = $2`,
    [wish.connection_id, wish.external_id, error.slice(0, 500), dueAt],
  )
}

/** The CMS does not know the matter: what waited for it needs a human. */
export async function wishHopeless(
  tx: FirmTx,
  wish: FactWish,
  now: Temporal.Instant,
  newId: NewId,
): Promise<void> {
  await tx.run('delete from fact_requests where connection_id = $1 and external_id = $2', [
    wish.connection_id,
    wish.external_id,
  ])
  const waiting = await tx.rows<{ id: DeliveryId; connection_id: ConnectionId }>(
    `update inbound_deliveries set state = 'quarantined', reason = 'no_matter'
     where waiting_for = $1 and state = 'waiting' and firm_id = current_firm() returning id, connection_id`,
    [`${wish.connection_id} ${wish.external_id}`],
  )
  await quarantine(
    tx,
    waiting.map((d) => ({
      connectionId: d.connection_id,
      deliveryId: d.id,
      kind: 'no_matter',
      rawStatus: null,
      detail: { matter: wish.external_id, message: 'the CMS does not know this matter' },
    })),
    now,
    newId,
  )
}
