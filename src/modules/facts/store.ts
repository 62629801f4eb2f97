/** Facts that rules, gates and templates read: clients with their contact points, documents, bills, appointments. */
import type { Channel, ClientId, ConnectionId, ContactPointId, MatterId, NewId } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export type FactKind = 'document' | 'bill' | 'appointment'

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
  data: Record<string, unknown>
  contactPoints: ContactPoint[]
}

export interface FactRow {
  matterId: MatterId
  kind: FactKind
  externalId: string
  data: Record<string, unknown>
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
    data: Record<string, unknown>
    points: ContactPoint[]
  }>(
    `select c.id, c.external_id, c.name, c.first_name, c.last_name, c.language, c.time_zone, c.preference, c.cms_paused, c.data,
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
        data: r.data,
        contactPoints: r.points,
      },
    ]),
  )
}

export function loadFacts(tx: FirmTx, matterIds: readonly MatterId[]): Promise<FactRow[]> {
  return tx.rows<FactRow & Record<string, unknown>>(
    `select matter_id as "matterId", kind, external_id as "externalId", data from facts
     where matter_id = any($1) and removed_at is null order by observed_at, id`,
    [matterIds],
    'facts_load',
  )
}

export interface NewFact {
  connectionId: ConnectionId
  kind: FactKind
  externalId: string
  matterId: MatterId
  data: Record<string, unknown>
  version: string | null
  sourceUpdatedAt: Temporal.Instant | null
}

/** A fact older than the one we have is left alone. */
export async function upsertFacts(
  tx: FirmTx,
  facts: readonly NewFact[],
  now: Temporal.Instant,
  newId: NewId,
): Promise<void> {
  const last = new Map(facts.map((f) => [`${f.connectionId} ${f.kind} ${f.externalId}`, f]))
  await insertMany(
    tx,
    'facts',
    [...last.values()].map((f) => ({
      id: newId<string>(),
      connection_id: f.connectionId,
      kind: f.kind,
      external_id: f.externalId,
      matter_id: f.matterId,
      data: f.data,
      version: f.version,
      source_updated_at: f.sourceUpdatedAt,
      observed_at: now,
    })),
    `on conflict (connection_id, kind, external_id) do update set data = facts.data || excluded.data,
       matter_id = excluded.matter_id, version = excluded.version, source_updated_at = excluded.source_updated_at,
       observed_at = excluded.observed_at, removed_at = null
     where facts.source_updated_at is null or excluded.source_updated_at is null
       or facts.source_updated_at <= excluded.source_updated_at`,
  )
}

export interface ReadClient {
  connectionId: ConnectionId
  externalId: string
  name: string
  firstName: string | null
  lastName: string | null
  language: string | null
  timeZone: string | null
  preference: string | null
  cmsPaused: boolean
  data: Record<string, unknown>
  contactPoints: readonly { channel: Channel; address: string; label: string | null; rank: number }[]
}

/** Stores what the CMS says of a client; contact points that it no longer has are marked removed, never deleted. */
export async function upsertClient(
  tx: FirmTx,
  client: ReadClient,
  now: Temporal.Instant,
  newId: NewId,
): Promise<ClientId> {
  if (client.cmsPaused) await holdOff(tx, client)
  const [row] = await insertMany<{ id: ClientId }>(
    tx,
    'clients',
    [
      {
        id: newId<ClientId>(),
        connection_id: client.connectionId,
        external_id: client.externalId,
        name: client.name,
        first_name: client.firstName,
        last_name: client.lastName,
        language: client.language,
        time_zone: client.timeZone,
        preference: client.preference,
        cms_paused: client.cmsPaused,
        data: client.data,
        observed_at: now,
      },
    ],
    `on conflict (connection_id, external_id) do update set name = excluded.name, first_name = excluded.first_name,
       last_name = excluded.last_name, language = excluded.language, time_zone = excluded.time_zone,
       preference = excluded.preference, cms_paused = excluded.cms_paused, data = excluded.data,
       observed_at = excluded.observed_at
     returning id`,
  )
  const id = row!.id
  await insertMany(
    tx,
    'contact_points',
    client.contactPoints.map((p) => ({
      id: newId<ContactPointId>(),
      client_id: id,
      channel: p.channel,
      address: p.address,
      rank: p.rank,
      origin: 'cms',
      observed_at: now,
    })),
    `on conflict (client_id, channel, address) do update set rank = excluded.rank, removed_at = null,
       observed_at = excluded.observed_at`,
  )
  await tx.run(
    `update contact_points p set removed_at = $2 where client_id = $1 and origin = 'cms' and removed_at is null
       and not exists (select from json_to_recordset($3) as x(channel text, address text)
                       where x.channel = p.channel and x.address = p.address)`,
    [id, now, toJson(client.contactPoints)],
  )
  return id
}

/** As a pause of our own: once this has committed, no attempt to the client commits any more (consent/pauses.ts). */
async function holdOff(tx: FirmTx, client: ReadClient): Promise<void> {
  await tx.run(
    `select pg_advisory_xact_lock(hashtextextended('client ' || id, 0)) from clients
     where connection_id = $1 and external_id = $2 and not cms_paused`,
    [client.connectionId, client.externalId],
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

export interface KnownFact {
  connectionId: ConnectionId
  kind: FactKind
  externalId: string
  matterId: MatterId
  version: string | null
  data: Record<string, unknown>
  observedAt: Temporal.Instant
}

export function factsAsKnown(
  tx: FirmTx,
  wanted: readonly { connectionId: ConnectionId; kind: FactKind; externalId: string }[],
): Promise<KnownFact[]> {
  return tx.rows<KnownFact & Record<string, unknown>>(
    `select connection_id as "connectionId", kind, external_id as "externalId", matter_id as "matterId", version, data,
            observed_at as "observedAt"
     from facts where (connection_id, kind, external_id) in (select * from unnest($1::uuid[], $2::text[], $3::text[]))`,
    [wanted.map((w) => w.connectionId), wanted.map((w) => w.kind), wanted.map((w) => w.externalId)],
  )
}

export async function removeFacts(
  tx: FirmTx,
  facts: readonly { connectionId: ConnectionId; kind: FactKind; externalId: string }[],
  now: Temporal.Instant,
): Promise<void> {
  if (facts.length === 0) return
  await tx.run(
    `update facts set removed_at = $4, observed_at = $4
     where (connection_id, kind, external_id) in (select * from unnest($1::uuid[], $2::text[], $3::text[]))`,
    [facts.map((f) => f.connectionId), facts.map((f) => f.kind), facts.map((f) => f.externalId), now],
  )
}

/** @returns external ids of the matters of a client, by the client's id in the CMS */
export async function mattersOfClients(tx: FirmTx, connectionId: ConnectionId, clientExternalId: string): Promise<string[]> {
  const rows = await tx.rows<{ external_id: string }>(
    `select m.external_id from matters m join clients c on c.id = m.client_id
     where c.connection_id = $1 and c.external_id = $2 order by m.id limit 50`,
    [connectionId, clientExternalId],
  )
  return rows.map((r) => r.external_id)
}

/** The reason why an address was not used any more is gone. */
export async function liftSuppression(tx: FirmTx, channel: Channel, address: string, reason: string): Promise<void> {
  await tx.run(
    `update contact_points set suppressed_at = null, suppressed_reason = null
     where firm_id = current_firm() and channel = $1 and address = $2 and suppressed_reason = $3`,
    [channel, address, reason],
  )
}
