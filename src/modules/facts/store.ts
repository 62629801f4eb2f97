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

/** The mark of what is gone. */
export const removedMark = 'removed'

/** What a payload or a read of the CMS says of a fact. */
export interface NewFact {
  /** For one that we do not know yet; absent: any. */
  id?: string
  connectionId: ConnectionId
  kind: FactKind
  externalId: string
  matterId: MatterId
  data: Record<string, unknown>
  version: string | null
  sourceUpdatedAt: Temporal.Instant | null
  /** What messages about it must agree with; null: as it was. */
  mark: string | null
  /** An event tells of this version; a read of the CMS does not. */
  announced: boolean
  /** When it was gone; the row stays, so that older news of it is known to be old. */
  removedAt: Temporal.Instant | null
}

/**
 * A fact older than the one we have is left alone. What was said before is kept beside it when the version changes.
 */
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
      id: f.id ?? newId<string>(),
      connection_id: f.connectionId,
      kind: f.kind,
      external_id: f.externalId,
      matter_id: f.matterId,
      data: f.data,
      version: f.version,
      version_since: f.sourceUpdatedAt ?? now,
      announced: f.announced,
      mark: f.mark ?? '',
      source_updated_at: f.sourceUpdatedAt,
      observed_at: now,
      removed_at: f.removedAt,
    })),
    `on conflict (connection_id, kind, external_id) do update set data = facts.data || excluded.data,
       matter_id = excluded.matter_id, source_updated_at = coalesce(excluded.source_updated_at, facts.source_updated_at),
       observed_at = excluded.observed_at, removed_at = excluded.removed_at,
       mark = case when excluded.mark <> '' then excluded.mark when facts.mark = '${removedMark}' then '' else facts.mark end,
       version = coalesce(excluded.version, facts.version),
       version_since = case when ${sameAgain} then facts.version_since else excluded.version_since end,
       previous_data = case when ${sameAgain} then facts.previous_data else facts.data end,
       announced = case when ${sameAgain} then facts.announced or excluded.announced else excluded.announced end
     where facts.source_updated_at is null or excluded.source_updated_at is null
       or facts.source_updated_at <= excluded.source_updated_at`,
  )
}

/** The row that is there says the same already. A payload that tells of a removal brings no version. */
const sameAgain = `(facts.removed_at is null) = (excluded.removed_at is null)
  and (excluded.removed_at is not null or facts.version is not distinct from excluded.version)`

/**
 * A read of the CMS listed all there is: what we know of this matter beyond that is gone, though no webhook said so.
 *
 * @param before what was observed since the read began may be newer than what it saw
 */
export async function removeMissing(
  tx: FirmTx,
  of: { connectionId: ConnectionId; matterId: MatterId },
  listed: readonly { kind: FactKind; externalId: string }[],
  before: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> {
  await tx.run(
    `update facts f set removed_at = $4, observed_at = $4, mark = '${removedMark}', announced = false,
       previous_data = data, version_since = $4
     where f.connection_id = $1 and f.matter_id = $2 and f.removed_at is null and f.observed_at < $3
       and not exists (select from json_to_recordset($5) as x(kind text, "externalId" text)
                       where x.kind = f.kind and x."externalId" = f.external_id)`,
    [of.connectionId, of.matterId, before, now, toJson(listed)],
  )
}

export interface ReadClient extends Omit<Client, 'id' | 'contactPoints'> {
  connectionId: ConnectionId
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
  if (client.cmsPaused) await holdOff(tx, client)
  const [before] = await tx.rows<{ cms_paused: boolean }>(
    'select cms_paused from clients where connection_id = $1 and external_id = $2',
    [client.connectionId, client.externalId],
  )
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
    // What staff gave is the CMS's own once it has it too; until then it comes first, and is not the CMS's to take away.
    `on conflict (client_id, channel, address) do update set rank = excluded.rank, removed_at = null,
       origin = 'cms', observed_at = excluded.observed_at`,
  )
  await tx.run(
    `update contact_points p set removed_at = $2 where client_id = $1 and origin = 'cms' and removed_at is null
       and not exists (select from json_to_recordset($3) as x(channel text, address text)
                       where x.channel = p.channel and x.address = p.address)`,
    [id, now, toJson(client.contactPoints)],
  )
  return { id, resumed: before?.cms_paused === true && !client.cmsPaused }
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
  id: string
  connectionId: ConnectionId
  kind: FactKind
  externalId: string
  matterId: MatterId
  version: string | null
  /** The source's time when this version was first seen. */
  versionSince: Temporal.Instant | null
  /** Whether an event told of this version, or of its removal. */
  announced: boolean
  data: Record<string, unknown>
  /** What it said before this version. */
  previousData: Record<string, unknown> | null
  mark: string
  sourceUpdatedAt: Temporal.Instant | null
  removedAt: Temporal.Instant | null
}

export function factsAsKnown(
  tx: FirmTx,
  wanted: readonly { connectionId: ConnectionId; kind: FactKind; externalId: string }[],
): Promise<KnownFact[]> {
  return tx.rows<KnownFact & Record<string, unknown>>(
    `select id, connection_id as "connectionId", kind, external_id as "externalId", matter_id as "matterId", version,
            version_since as "versionSince", announced, data, previous_data as "previousData", mark,
            source_updated_at as "sourceUpdatedAt", removed_at as "removedAt"
     from facts where (connection_id, kind, external_id) in (select * from unnest($1::uuid[], $2::text[], $3::text[]))`,
    [wanted.map((w) => w.connectionId), wanted.map((w) => w.kind), wanted.map((w) => w.externalId)],
  )
}

/** @returns the marks of these facts, by id */
export async function marksOfFacts(tx: FirmTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; mark: string }>('select id, mark from facts where id = any($1)', [
    ids,
  ])
  return new Map(rows.map((r) => [r.id, r.mark]))
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
