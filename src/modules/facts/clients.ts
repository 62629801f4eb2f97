/** The rows of clients and their contact points: what the CMS says of people, and what staff put right. */
import type { Channel, ClientId, ConnectionId, ContactPointId, MatterId, NewId } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import type { ClientWishes } from '../moments/index.ts'

export interface ContactPoint {
  id: ContactPointId
  channel: Channel
  address: string
  rank: number
  suppressed: boolean
}

export interface Client {
  id: ClientId
  externalId: string
  name: string
  firstName: string | null
  lastName: string | null
  language: string | null
  timeZone: string | null
  preference: string | null
  cmsPaused: boolean
  /** ISO 3166-2 of where they live: `US-TX`. */
  region: string | null
  /** What they, or staff for them, have asked for; never from the CMS. */
  wishes: ClientWishes | null
  data: Record<string, unknown>
  contactPoints: ContactPoint[]
}

export async function loadClients(tx: FirmTx, ids: readonly ClientId[]): Promise<Map<ClientId, Client>> {
  const rows = await tx.rows<{
    id: ClientId
    external_id: string
    name: string
    first_name: string | null
    last_name: string | null
    language: string | null
    time_zone: string | null
    preference: string | null
    cms_paused: boolean
    wishes: ClientWishes | null
    data: Record<string, unknown>
    points: ContactPoint[]
  }>(
    `select c.id, c.external_id, c.name, c.first_name, c.last_name, c.language, c.time_zone, c.preference, c.cms_paused,
       c.wishes, c.data,
       coalesce((select json_agg(json_build_object('id', p.id, 'channel', p.channel, 'address', p.address, 'rank', p.rank,
           'suppressed', p.suppressed_at is not null) order by p.rank, p.id)
         from contact_points p where p.client_id = c.id and p.removed_at is null), '[]') as points
     from clients c where c.id = any($1)`,
    [ids],
    'clients_load',
  )
  return new Map(
    rows.map((r) => [
      r.id,
      {
        id: r.id,
        externalId: r.external_id,
        name: r.name,
        firstName: r.first_name,
        lastName: r.last_name,
        language: r.language,
        timeZone: r.time_zone,
        preference: r.preference,
        cmsPaused: r.cms_paused,
        region: regionOf(r.data),
        wishes: r.wishes,
        data: r.data,
        contactPoints: r.points,
      },
    ]),
  )
}

const regionOf = ({ region }: Record<string, unknown>): string | null =>
  typeof region === 'string' ? region : null

export interface ReadClient extends Omit<Client, 'id' | 'contactPoints' | 'region' | 'wishes'> {
  connectionId: ConnectionId
  /** Somebody of the firm, whom reminders go to; else a person whom the CMS knows. */
  kind?: 'staff'
  contactPoints: readonly { channel: Channel; address: string; label: string | null; rank: number }[]
}

/**
 * Stores what the CMS says of a client; contact points that it no longer has are marked removed, never deleted.
 *
 * @returns the client, and whether the CMS has just lifted a pause of theirs
 */
export async function upsertClient(
  tx: FirmTx,
  client: ReadClient,
  now: Temporal.Instant,
  newId: NewId,
): Promise<{ id: ClientId; resumed: boolean }> {
  const [stored] = await upsertClients(tx, client.connectionId, [client], { began: null, now }, newId)
  return stored!
}

/**
 * The same of many, in few statements; two of the same client would be an error.
 *
 * @param at `began`: when the CMS was asked; who was observed later than that stays as they are. Null: what is given is
 *   the newest there is
 * @returns those who were stored
 */
export async function upsertClients(
  tx: FirmTx,
  connectionId: ConnectionId,
  clients: readonly Omit<ReadClient, 'connectionId'>[],
  { began, now }: { began: Temporal.Instant | null; now: Temporal.Instant },
  newId: NewId,
): Promise<{ id: ClientId; externalId: string; resumed: boolean }[]> {
  if (clients.length === 0) return []
  // In one order, so that two transactions can't wait for each other.
  const sorted = clients.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))
  await holdOff(tx, connectionId, sorted)
  const before = await tx.rows<{ external_id: string; cms_paused: boolean }>(
    'select external_id, cms_paused from clients where connection_id = $1 and external_id = any($2)',
    [connectionId, sorted.map((c) => c.externalId)],
    'clients_before',
  )
  const rows = await insertMany<{ id: ClientId; external_id: string }>(
    tx,
    'clients',
    sorted.map((client) => ({
      id: newId<ClientId>(),
      connection_id: connectionId,
      external_id: client.externalId,
      name: client.name,
      first_name: client.firstName,
      last_name: client.lastName,
      language: client.language,
      time_zone: client.timeZone,
      preference: client.preference,
      cms_paused: client.cmsPaused,
      kind: client.kind ?? 'person',
      data: client.data,
      observed_at: began ?? now,
    })),
    `on conflict (connection_id, external_id) do update set name = excluded.name, first_name = excluded.first_name,
       last_name = excluded.last_name, language = excluded.language, time_zone = excluded.time_zone,
       preference = excluded.preference, cms_paused = excluded.cms_paused, data = excluded.data,
       observed_at = excluded.observed_at
     ${began === null ? '' : 'where clients.observed_at <= excluded.observed_at'}
     returning id, external_id`,
  )
  const ids = new Map(rows.map((r) => [r.external_id, r.id]))
  const stored = sorted.filter((c) => ids.has(c.externalId))
  await storeContactPoints(
    tx,
    stored.map((c) => ({ id: ids.get(c.externalId)!, points: c.contactPoints })),
    new Set(before.flatMap((b) => ids.get(b.external_id) ?? [])),
    now,
    newId,
  )
  const paused = new Set(before.filter((b) => b.cms_paused).map((b) => b.external_id))
  return stored.map((c) => ({
    id: ids.get(c.externalId)!,
    externalId: c.externalId,
    resumed: paused.has(c.externalId) && !c.cmsPaused,
  }))
}

/** @param known clients who may have others of before */
async function storeContactPoints(
  tx: FirmTx,
  of: readonly { id: ClientId; points: ReadClient['contactPoints'] }[],
  known: ReadonlySet<ClientId>,
  now: Temporal.Instant,
  newId: NewId,
): Promise<void> {
  const points = of.flatMap(({ id, points }) => points.map((p) => ({ client_id: id, ...p })))
  const stored = await insertMany<StoredPoint>(
    tx,
    'contact_points',
    points.map((p) => ({
      id: newId<ContactPointId>(),
      client_id: p.client_id,
      channel: p.channel,
      address: p.address,
      rank: p.rank,
      origin: 'cms',
      observed_at: now,
    })),
    // What staff gave is the CMS's own once it has it too; until then it comes first, and is not the CMS's to take away.
    // Only of clients who were there before is it asked what is new: a first sync need not wait for the answer.
    `on conflict (client_id, channel, address) do update set rank = excluded.rank, removed_at = null,
       origin = 'cms', observed_at = excluded.observed_at
     ${known.size === 0 ? '' : 'returning client_id, channel, rank, xmax = 0 as fresh'}`,
  )
  if (known.size === 0) return
  await endCorrections(
    tx,
    stored.filter((p) => p.fresh && p.rank === 0 && known.has(p.client_id)),
    now,
  )
  tx.later(
    `update contact_points p set removed_at = $2 where client_id = any($1) and origin = 'cms' and removed_at is null
       and not exists (select from json_to_recordset($3) as x(client_id uuid, channel text, address text)
                       where x.client_id = p.client_id and x.channel = p.channel and x.address = p.address)`,
    [
      [...known],
      now,
      toJson(points.map(({ client_id, channel, address }) => ({ client_id, channel, address }))),
    ],
    'contact_points_removed',
  )
}

interface StoredPoint extends Record<string, unknown> {
  client_id: ClientId
  channel: Channel
  rank: number
  /** It was never there before. */
  fresh: boolean
}

/** What staff gave answered what the CMS said then; a main address that is new there since is newer than theirs. */
async function endCorrections(
  tx: FirmTx,
  fresh: readonly StoredPoint[],
  now: Temporal.Instant,
): Promise<void> {
  if (fresh.length === 0) return
  const ended = await tx.rows<{ client_id: ClientId; channel: Channel }>(
    `update contact_points p set removed_at = $2 from json_to_recordset($1) as x(client_id uuid, channel text)
     where p.client_id = x.client_id and p.channel = x.channel and p.origin = 'staff' and p.removed_at is null
     returning p.client_id, p.channel`,
    [toJson(fresh.map(({ client_id, channel }) => ({ client_id, channel }))), now],
    'contact_points_overtaken',
  )
  await record(
    tx,
    ended.map((e) => ({
      actor: 'cms',
      action: 'contact_point.overtaken',
      subject: `client:${e.client_id}`,
      data: { channel: e.channel },
    })),
    now,
  )
}

/** Why an address is not used that staff replaced. */
const replacedReason = 'replaced by staff'

/**
 * A phone number or mail address that staff gave: used before those of the CMS, which does not overwrite it until it
 * has the same.
 *
 * @param given `address` is normalised; `replaces`: the one that was wrong, not used any more
 */
export async function correctContactPoint(
  tx: FirmTx,
  given: { clientId: ClientId; channel: Channel; address: string; replaces: string | null },
  now: Temporal.Instant,
  newId: NewId,
): Promise<void> {
  const { clientId, channel, address, replaces } = given
  // An earlier correction of the same is overtaken.
  await tx.run(
    `update contact_points set removed_at = $4 where client_id = $1 and channel = $2 and address <> $3
       and origin = 'staff' and removed_at is null`,
    [clientId, channel, address, now],
  )
  await insertMany(
    tx,
    'contact_points',
    [
      {
        id: newId<ContactPointId>(),
        client_id: clientId,
        channel,
        address,
        rank: -1,
        origin: 'staff',
        observed_at: now,
      },
    ],
    `on conflict (client_id, channel, address) do update set rank = -1, origin = 'staff', removed_at = null,
       suppressed_at = null, suppressed_reason = null, observed_at = excluded.observed_at`,
  )
  if (replaces === null) return
  await tx.run(
    `update contact_points set suppressed_at = $4, suppressed_reason = $5
     where client_id = $1 and channel = $2 and lower(address) = lower($3) and suppressed_at is null`,
    [clientId, channel, replaces, now, replacedReason],
  )
}

/** As a pause of our own: once this has committed, no attempt to the client commits any more (consent/pauses.ts). */
async function holdOff(
  tx: FirmTx,
  connectionId: ConnectionId,
  clients: readonly Pick<ReadClient, 'externalId' | 'cmsPaused'>[],
): Promise<void> {
  const paused = clients.filter((c) => c.cmsPaused).map((c) => c.externalId)
  if (paused.length === 0) return
  await tx.run(
    `select pg_advisory_xact_lock(hashtextextended('client ' || id, 0)) from
       (select id from clients where connection_id = $1 and external_id = any($2) and not cms_paused order by id) c`,
    [connectionId, paused],
  )
}

/** Whose phone or mailbox this is, or was; a family may share one. */
export function clientsByAddress(
  tx: FirmTx,
  channel: Channel,
  address: string,
): Promise<{ client_id: ClientId; matter_id: MatterId | null; state: string | null; former: boolean }[]> {
  return tx.rows(
    `select distinct p.client_id, m.id as matter_id, m.state, p.removed_at is not null as former from contact_points p
     left join matters m on m.client_id = p.client_id
     where p.firm_id = current_firm() and p.channel = $1 and p.address = $2`,
    [channel, address],
  )
}

/** @returns external ids of the matters of a client, by the client's id in the CMS */
export async function mattersOfClients(
  tx: FirmTx,
  connectionId: ConnectionId,
  clientExternalId: string,
): Promise<string[]> {
  const rows = await tx.rows<{ external_id: string }>(
    `select m.external_id from matters m join clients c on c.id = m.client_id
     where c.connection_id = $1 and c.external_id = $2 order by m.id limit 50`,
    [connectionId, clientExternalId],
  )
  return rows.map((r) => r.external_id)
}

/** The reason why an address was not used any more is gone. */
export async function liftSuppression(
  tx: FirmTx,
  channel: Channel,
  address: string,
  reason: string,
): Promise<void> {
  await tx.run(
    `update contact_points set suppressed_at = null, suppressed_reason = null
     where firm_id = current_firm() and channel = $1 and address = $2 and suppressed_reason = $3`,
    [channel, address, reason],
  )
}

/** @returns our ids of these clients, by their ids in the CMS */
export async function clientIds(
  tx: FirmTx,
  connectionId: ConnectionId,
  externalIds: readonly string[],
): Promise<Map<string, ClientId>> {
  const rows = await tx.rows<{ id: ClientId; external_id: string }>(
    'select id, external_id from clients where connection_id = $1 and external_id = any($2)',
    [connectionId, externalIds],
    'client_ids',
  )
  return new Map(rows.map((r) => [r.external_id, r.id]))
}
