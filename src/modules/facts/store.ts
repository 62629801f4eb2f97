/** The rows of facts that rules, gates and templates read: documents, bills, appointments. */
import type { ConnectionId, MatterId, NewId } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export type FactKind = 'document' | 'bill' | 'appointment'

export interface FactRow {
  matterId: MatterId
  kind: FactKind
  externalId: string
  data: Record<string, unknown>
}

export function loadFacts(tx: FirmTx, matterIds: readonly MatterId[]): Promise<FactRow[]> {
  return tx.rows<FactRow & Record<string, unknown>>(
    `select matter_id as "matterId", kind, external_id as "externalId", data from facts
     where matter_id = any($1) and removed_at is null order by observed_at, id`,
    [matterIds],
    'facts_load',
  )
}

/** The mark of a bill that changed when nobody could say so: the next event of the same state is no news. */
export const quietMark = 'quiet'

/** The mark of what is gone. */
export const removedMark = 'removed'

/** What a payload or a read of the CMS says of a fact. */
export interface NewFact {
  /** For one that we do not know yet; absent: any. */
  id?: string
  connectionId: ConnectionId
  kind: FactKind
  externalId: string
  /** Null: the matter is not known yet (places.ts); then `waitingFor` names it. */
  matterId: MatterId | null
  waitingFor?: string
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
 *
 * @returns the editions of those that were written, by id
 */
export async function upsertFacts(
  tx: FirmTx,
  facts: readonly NewFact[],
  now: Temporal.Instant,
  newId: NewId,
): Promise<Map<string, number>> {
  const last = new Map(facts.map((f) => [`${f.connectionId} ${f.kind} ${f.externalId}`, f]))
  const written = await insertMany<{ id: string; edition: number }>(
    tx,
    'facts',
    [...last.values()].map((f) => ({
      id: f.id ?? newId<string>(),
      connection_id: f.connectionId,
      kind: f.kind,
      external_id: f.externalId,
      matter_id: f.matterId,
      waiting_for: f.matterId === null ? f.waitingFor : null,
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
       matter_id = excluded.matter_id, waiting_for = excluded.waiting_for,
       source_updated_at = coalesce(excluded.source_updated_at, facts.source_updated_at),
       observed_at = excluded.observed_at, removed_at = excluded.removed_at,
       mark = case when excluded.mark <> '' then excluded.mark when facts.mark = '${removedMark}' then '' else facts.mark end,
       version = coalesce(excluded.version, facts.version),
       version_since = case when ${sameAgain} then facts.version_since else excluded.version_since end,
       previous_data = case when ${sameAgain} then facts.previous_data else facts.data end,
       announced = case when ${sameAgain} then facts.announced or excluded.announced else excluded.announced end
     where facts.source_updated_at is null or excluded.source_updated_at is null
       or facts.source_updated_at <= excluded.source_updated_at
     returning id, edition`,
  )
  return new Map(written.map((w) => [w.id, w.edition]))
}

/** The row that is there says the same already. A payload that tells of a removal brings no version. */
const sameAgain = `(facts.removed_at is null) = (excluded.removed_at is null)
  and (excluded.removed_at is not null or facts.version is not distinct from excluded.version)`

/**
 * A read of the CMS listed all there is: what we know of this matter beyond that is gone, though no webhook said so.
 *
 * @param before what was observed since the read began may be newer than what it saw
 * @param announced counts as told: the webhook of the removal, should it come, is no news
 */
export async function removeMissing(
  tx: FirmTx,
  of: { connectionId: ConnectionId; matterId: MatterId },
  listed: readonly { kind: FactKind; externalId: string }[],
  before: Temporal.Instant,
  now: Temporal.Instant,
  announced = false,
): Promise<{ kind: FactKind }[]> {
  return tx.rows<{ kind: FactKind }>(
    `update facts f set removed_at = $4, observed_at = $4, mark = '${removedMark}', announced = $6,
       previous_data = data, version_since = $4
     where f.connection_id = $1 and f.matter_id = $2 and f.removed_at is null and f.observed_at < $3
       and not exists (select from json_to_recordset($5) as x(kind text, "externalId" text)
                       where x.kind = f.kind and x."externalId" = f.external_id)
     returning f.kind`,
    [of.connectionId, of.matterId, before, now, toJson(listed), announced],
  )
}

export interface KnownFact {
  id: string
  connectionId: ConnectionId
  kind: FactKind
  externalId: string
  /** Null: the matter that it names is not known yet. */
  matterId: MatterId | null
  version: string | null
  /** The source's time when this version was first seen. */
  versionSince: Temporal.Instant | null
  /** Whether an event told of this version, or of its removal. */
  announced: boolean
  /** How often it has become another: counted where it is stored. */
  edition: number
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
            version_since as "versionSince", announced, edition, data, previous_data as "previousData", mark,
            source_updated_at as "sourceUpdatedAt", removed_at as "removedAt"
     from facts where (connection_id, kind, external_id) in (select * from unnest($1::uuid[], $2::text[], $3::text[]))`,
    [wanted.map((w) => w.connectionId), wanted.map((w) => w.kind), wanted.map((w) => w.externalId)],
  )
}

/** A fact as it stands, for what was decided about it earlier. */
export interface PresentFact extends Record<string, unknown> {
  id: string
  kind: FactKind
  mark: string
  edition: number
  data: Record<string, unknown>
  removed: boolean
}

/** @returns these facts, by id */
export async function presentFacts(tx: FirmTx, ids: readonly string[]): Promise<Map<string, PresentFact>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<PresentFact>(
    'select id, kind, mark, edition, data, removed_at is not null as removed from facts where id = any($1)',
    [ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}
