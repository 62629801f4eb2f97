/** The only SQL on firms, config_versions, config_heads and connections. */
import type { ConnectionId, FirmId, NewId } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { diff } from './diff.ts'
import { absentHash, hashOf, isObject, type Json } from './hash.ts'
import type { ConfigItem, ConfigProblem } from './kinds.ts'
import { type ConfigHead, outcome, type Plan, type PlannedChange } from './plan.ts'

/** An item as it holds now, with the version that messages and decisions pin. */
export interface StoredItem extends ConfigItem {
  readonly version: number
  readonly hash: string
}

export interface StoredConfig {
  readonly firmId: FirmId
  readonly revision: number
  readonly items: readonly StoredItem[]
  /** Ids of the firm's connections by key, removed ones not. */
  readonly connections: ReadonlyMap<string, ConnectionId>
}

/** Who changes the configuration, from where and when. */
export interface Authorship {
  readonly author: string
  readonly origin: 'git' | 'console'
  readonly at: Temporal.Instant
  /** Why, in the words of whoever edits in the console. */
  readonly reason?: string | undefined
}

/** Thrown inside a transaction so that all of it rolls back; the problems say why. */
export class ConfigRefused extends Error {
  readonly problems: readonly ConfigProblem[]
  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map((problem) => problem.message).join('; '))
    this.name = 'ConfigRefused'
    this.problems = problems
  }
}

export async function findFirm(db: Database, key: string): Promise<FirmId | undefined> {
  return (await db.lookup<{ firm_id: FirmId }>('select firm_id from lookup_firm($1)', [key]))[0]?.firm_id
}

export async function listFirms(db: Database): Promise<FirmId[]> {
  return (await db.lookup<{ firm_id: FirmId }>('select firm_id from list_firms()')).map((row) => row.firm_id)
}

/**
 * Makes the row of a new firm, without configuration.
 * @returns false when another firm of the deployment has that key
 */
export async function createFirm(
  tx: FirmTx,
  firm: { key: string; name: string; at: Temporal.Instant },
): Promise<boolean> {
  const made = await tx.run(
    'insert into firms (firm_id, key, name, created_at) values (current_firm(), $1, $2, $3) on conflict do nothing',
    [firm.key, firm.name, firm.at],
  )
  return made > 0
}

/**
 * Holds everyone else's changes to this firm's configuration off until the transaction ends.
 * @returns the present revision; undefined when there is no such firm
 */
export async function lockConfig(tx: FirmTx): Promise<number | undefined> {
  const rows = await tx.rows<{ revision: number }>(
    'select config_revision as revision from firms where firm_id = current_firm() for update',
  )
  return rows[0]?.revision
}

/** Every head, removed ones included. */
export async function loadHeads(tx: FirmTx): Promise<ConfigHead[]> {
  return tx.rows<ConfigHead & { [column: string]: unknown }>(
    `select h.kind, h.key, h.version, v.body, h.hash, h.applied_hash as "appliedHash"
       from config_heads h join config_versions v using (firm_id, kind, key, version)
      where h.firm_id = current_firm() order by h.kind, h.key`,
  )
}

/** The firm's present revision; 0: nothing was ever configured. One cheap read. */
export async function readRevision(tx: FirmTx): Promise<number> {
  const rows = await tx.rows<{ revision: number }>(
    'select config_revision as revision from firms where firm_id = current_firm()',
    [],
    'firms.revision',
  )
  return rows[0]?.revision ?? 0
}

/** What holds now, in one statement: revision, items and connections of the same moment. */
export async function loadConfig(tx: FirmTx): Promise<StoredConfig> {
  const rows = await tx.rows<{
    revision: number
    items: StoredItem[]
    connections: [string, ConnectionId][]
  }>(
    `select f.config_revision as revision,
            coalesce((select json_agg(json_build_object('kind', h.kind, 'key', h.key, 'version', h.version,
                                                        'hash', h.hash, 'body', v.body) order by h.kind, h.key)
                        from config_heads h join config_versions v using (firm_id, kind, key, version)
                       where h.firm_id = f.firm_id and v.body is not null), '[]') as items,
            coalesce((select json_agg(json_build_array(c.key, c.id)) from connections c
                       where c.firm_id = f.firm_id and c.state <> 'removed'), '[]') as connections
       from firms f where f.firm_id = current_firm()`,
  )
  const row = rows[0]
  return {
    firmId: tx.firmId,
    revision: row?.revision ?? 0,
    items: row?.items ?? [],
    connections: new Map(row?.connections),
  }
}

/** Items as they were at those versions: what a message pinned. Removed ones and unknown ones are left out. */
export async function loadVersions(
  tx: FirmTx,
  wanted: readonly { kind: string; key: string; version: number }[],
): Promise<StoredItem[]> {
  if (wanted.length === 0) return []
  return tx.rows<StoredItem & { [column: string]: unknown }>(
    `select v.kind, v.key, v.version, v.body, v.hash
       from json_to_recordset($1) as w (kind text, key text, version integer)
       join config_versions v using (kind, key, version)
      where v.firm_id = current_firm() and v.body is not null`,
    [toJson(wanted)],
  )
}

/** One version of an item, for people who want to know who changed what. */
export interface ConfigVersion {
  readonly version: number
  readonly body: Json | null
  readonly origin: 'git' | 'console'
  readonly author: string
  readonly at: Temporal.Instant
  /** Null: applied from Git, where the commit says why. */
  readonly reason: string | null
}

/** Who made the editions that hold now, of all items of a kind, by key. */
export async function loadAuthors(tx: FirmTx, kind: string): Promise<Map<string, ItemAuthor>> {
  const rows = await tx.rows<ItemAuthor & { key: string; [column: string]: unknown }>(
    `select h.key, v.origin, v.author, v.at, v.reason, h.applied_hash is distinct from h.hash as ahead
       from config_heads h join config_versions v using (firm_id, kind, key, version)
      where h.firm_id = current_firm() and h.kind = $1 and v.body is not null`,
    [kind],
  )
  return new Map(rows.map(({ key, ...author }) => [key, author]))
}

export interface ItemAuthor extends Pick<ConfigVersion, 'origin' | 'author' | 'at' | 'reason'> {
  /** Git does not have it so: `apply` will call it a conflict, `export` brings it into the files. */
  readonly ahead: boolean
}

/** Newest first; editions in which the item was removed are among them. */
export async function loadHistory(tx: FirmTx, kind: string, key: string): Promise<ConfigVersion[]> {
  return tx.rows<ConfigVersion & { [column: string]: unknown }>(
    `select version, body, origin, author, at, reason from config_versions
      where firm_id = current_firm() and kind = $1 and key = $2 order by version desc`,
    [kind, key],
  )
}

/**
 * Carries a plan out, all or nothing. The caller holds {@link lockConfig} since before the plan was made.
 *
 * @returns the revision that holds afterwards; the same as before when the plan changes nothing
 * @throws TypeError for a plan with conflicts
 * @throws ConfigRefused when a connection's key belongs to another firm
 */
export async function applyPlan(
  tx: FirmTx,
  planned: Plan,
  by: Authorship,
  newId: NewId,
): Promise<{ revision: number; changed: number }> {
  if (planned.conflicts.length > 0) throw new TypeError('applyPlan: the plan has conflicts')
  const written = planned.changes.filter((change) => change.action !== 'same' && change.action !== 'keep')
  const adopted = planned.changes.filter((change) => change.action === 'same')
  await adopt(tx, adopted)
  if (written.length === 0) return { revision: await readRevision(tx), changed: 0 }
  return { revision: await write(tx, written, outcome(planned), by, newId), changed: written.length }
}

/**
 * Stores one item as edited in the console. It must have been checked before: see `editConfig`.
 *
 * @param body null removes the item
 * @returns the revision and the item's version that hold afterwards, and what changed; null: the body is what held
 */
export async function saveEdit(
  tx: FirmTx,
  kind: string,
  key: string,
  body: Json | null,
  by: Authorship,
  newId: NewId,
): Promise<{ revision: number; version: number; change: PlannedChange | null }> {
  const heads = await loadHeads(tx)
  const head = heads.find((candidate) => candidate.kind === kind && candidate.key === key)
  const hash = hashOf(body)
  if ((head?.hash ?? absentHash) === hash) {
    return { revision: await readRevision(tx), version: head?.version ?? 0, change: null }
  }
  const change: PlannedChange = {
    action: head === undefined || head.body === null ? 'add' : body === null ? 'remove' : 'change',
    kind,
    key,
    body,
    hash,
    fromVersion: head?.version ?? 0,
    appliedHash: head?.appliedHash ?? null,
    diff: diff(head?.body ?? undefined, body ?? undefined),
  }
  const others = heads.filter((candidate) => candidate !== head)
  const items = [...others, change].flatMap((item) =>
    item.body === null ? [] : [{ ...item, body: item.body }],
  )
  const revision = await write(tx, [change], items, by, newId)
  return { revision, version: change.fromVersion + 1, change }
}

/** Git says what already holds: from now on an edit elsewhere is told apart from Git's. */
async function adopt(tx: FirmTx, changes: readonly PlannedChange[]): Promise<void> {
  if (changes.length === 0) return
  await tx.run(
    `update config_heads h set applied_hash = w.applied_hash
       from json_to_recordset($1) as w (kind text, key text, applied_hash text)
      where h.firm_id = current_firm() and h.kind = w.kind and h.key = w.key
        and h.applied_hash is distinct from w.applied_hash`,
    [toJson(changes.map(({ kind, key, appliedHash }) => ({ kind, key, applied_hash: appliedHash })))],
  )
}

async function write(
  tx: FirmTx,
  changes: readonly PlannedChange[],
  result: readonly ConfigItem[],
  by: Authorship,
  newId: NewId,
): Promise<number> {
  const rows = changes.map((change) => ({
    kind: change.kind,
    key: change.key,
    version: change.fromVersion + 1,
    body: change.body,
    hash: change.hash,
    origin: by.origin,
    author: by.author,
    at: by.at,
    reason: by.reason ?? null,
  }))
  await insertMany(tx, 'config_versions', rows)
  await insertMany(
    tx,
    'config_heads',
    changes.map(({ kind, key, fromVersion, hash, appliedHash }) => ({
      kind,
      key,
      version: fromVersion + 1,
      hash,
      applied_hash: appliedHash,
    })),
    `on conflict (firm_id, kind, key) do update
       set version = excluded.version, hash = excluded.hash, applied_hash = excluded.applied_hash`,
  )
  if (changes.some((change) => change.kind === 'connection')) await syncConnections(tx, changes, by.at, newId)
  const firm = result.find((item) => item.kind === 'firm')?.body
  const name = isObject(firm) && typeof firm.name === 'string' ? firm.name : null
  const asks = isObject(firm) ? { factor: firm.secondFactor === 'required', own: isOwnOnly(firm) } : null
  const updated = await tx.rows<{ revision: number }>(
    `update firms set config_revision = config_revision + 1, name = coalesce($1, name),
        second_factor = coalesce($2, second_factor), own_sign_in_only = coalesce($3, own_sign_in_only)
      where firm_id = current_firm() returning config_revision as revision`,
    [name, asks?.factor ?? null, asks?.own ?? null],
  )
  return updated[0]!.revision
}

const isOwnOnly = ({ signIn }: { readonly [name: string]: Json }): boolean =>
  isObject(signIn) && signIn.only === true

/** A connection keeps its id as long as its key; what it brought in stays attached to it when it is removed. */
async function syncConnections(
  tx: FirmTx,
  changes: readonly PlannedChange[],
  at: Temporal.Instant,
  newId: NewId,
): Promise<void> {
  const connections = changes.filter((change) => change.kind === 'connection')
  const present = connections.flatMap(({ key, body }) =>
    isObject(body ?? undefined) ? [{ key, kind: String((body as { kind?: Json }).kind ?? '') }] : [],
  )
  const removed = connections.filter(({ body }) => body === null).map(({ key }) => key)
  await insertMany(
    tx,
    'connections',
    present.map((row) => ({ id: newId(), ...row, state: 'active', created_at: at })),
    'on conflict (key) do nothing',
  )
  // A row of another firm is invisible here, so it is neither inserted nor updated: that is how it shows.
  const own = await tx.rows<{ key: string }>(
    `update connections c set kind = w.kind, state = 'active'
       from json_to_recordset($1) as w (key text, kind text)
      where c.firm_id = current_firm() and c.key = w.key returning c.key`,
    [toJson(present)],
  )
  const mine = new Set(own.map((row) => row.key))
  const taken = present.filter((row) => !mine.has(row.key))
  if (taken.length > 0) {
    throw new ConfigRefused(
      taken.map(({ key }) => ({
        kind: 'connection',
        key,
        path: ['key'],
        message: `is the key of another firm's connection; it is part of the public address /hooks/${key}, so choose another`,
      })),
    )
  }
  await tx.run(
    "update connections set state = 'removed' where firm_id = current_firm() and key = any($1) and state <> 'removed'",
    [removed],
  )
}
