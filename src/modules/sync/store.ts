/** The rows of following: streams with their cursors, and what a counting pass found and missed. */
import type { ConnectionId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Followed, StreamRow } from './types.ts'

const columns = `connection_id, model, phase, cursor, pass_began_at, pass_since, done_until, records, counting, counted_at,
  due_at, lease_until, tries, last_error`

export function loadStreams(tx: FirmTx): Promise<StreamRow[]> {
  return tx.rows<StreamRow>(
    `select ${columns} from cms_streams where firm_id = current_firm()`,
    [],
    'streams_load',
  )
}

/** Makes the rows of streams that have none yet; they are due at once. */
export async function openStreams(
  tx: FirmTx,
  missing: readonly { connectionId: ConnectionId; model: string }[],
  now: Temporal.Instant,
): Promise<void> {
  await insertMany(
    tx,
    'cms_streams',
    missing.map((s) => ({
      connection_id: s.connectionId,
      model: s.model,
      phase: 'first',
      records: 0,
      counting: false,
      due_at: now,
      tries: 0,
    })),
    'on conflict (connection_id, model) do nothing',
  )
}

/** @returns false when somebody else has it */
export async function claimStream(
  tx: FirmTx,
  row: StreamRow,
  now: Temporal.Instant,
  leaseUntil: Temporal.Instant,
): Promise<boolean> {
  const taken = await tx.run(
    `update cms_streams set lease_until = $4, pass_began_at = coalesce(pass_began_at, $3), pass_since = $5
     where connection_id = $1 and model = $2 and due_at <= $3 and (lease_until is null or lease_until <= $3)`,
    [row.connection_id, row.model, now, leaseUntil, row.pass_since],
  )
  return taken > 0
}

/** A page is stored: the pass goes on from here, whoever goes on. @returns false when the lease was lost */
export async function advance(
  tx: FirmTx,
  row: StreamRow,
  ours: Temporal.Instant,
  to: { cursor: string | null; records: number; leaseUntil: Temporal.Instant },
): Promise<boolean> {
  const done = await tx.run(
    `update cms_streams set cursor = $4, records = records + $5, lease_until = $6, tries = 0, last_error = null
     where connection_id = $1 and model = $2 and lease_until = $3`,
    [row.connection_id, row.model, ours, to.cursor, to.records, to.leaseUntil],
    'stream_advance',
  )
  return done > 0
}

export interface PassEnd {
  phase: StreamRow['phase']
  doneUntil: Temporal.Instant | null
  counting: boolean
  countedAt: Temporal.Instant | null
  dueAt: Temporal.Instant
}

export async function endPass(tx: FirmTx, row: StreamRow, end: PassEnd): Promise<void> {
  await tx.run(
    `update cms_streams set phase = $3, done_until = $4, counting = $5, counted_at = $6, due_at = $7, cursor = null,
       pass_began_at = null, pass_since = null, lease_until = null, tries = 0, last_error = null
     where connection_id = $1 and model = $2`,
    [row.connection_id, row.model, end.phase, end.doneUntil, end.counting, end.countedAt, end.dueAt],
  )
}

/** Another's turn, or trouble: the pass stays where it is, unless it is to begin `anew`. */
export async function putOff(
  tx: FirmTx,
  row: StreamRow,
  ours: Temporal.Instant,
  dueAt: Temporal.Instant,
  error: string | null,
  anew = false,
): Promise<void> {
  await tx.run(
    `update cms_streams set lease_until = null, due_at = $4, last_error = $5, cursor = case when $6 then null else cursor end,
       tries = case when $5::text is null then 0 else tries + 1 end
     where connection_id = $1 and model = $2 and lease_until = $3`,
    [row.connection_id, row.model, ours, dueAt, error?.slice(0, 500) ?? null, anew],
  )
}

/** A webhook may have been missed, or a person asks: all that is followed is looked at now. @returns how many streams */
export function pollNow(tx: FirmTx, connectionId: ConnectionId, now: Temporal.Instant): Promise<number> {
  return tx.run('update cms_streams set due_at = least(due_at, $2) where connection_id = $1', [
    connectionId,
    now,
  ])
}

/** However often a webhook says that something is new, lists are not asked more often. */
const breath = { seconds: 30 }

/**
 * Something is new, nobody knows what: the lists are asked before their time, but with a breath between two polls.
 *
 * @returns how many streams are due sooner
 */
export function pollSoon(
  tx: FirmTx,
  connectionIds: readonly ConnectionId[],
  now: Temporal.Instant,
): Promise<number> {
  return tx.run(
    `update cms_streams set due_at = greatest($2, done_until + $3::interval)
     where connection_id = any($1) and phase = 'following' and due_at > greatest($2, done_until + $3::interval)`,
    [connectionIds, now, Temporal.Duration.from(breath).toString()],
    'stream_poll_soon',
  )
}

/**
 * Reads a list again from a time on: what it brought since was not whole.
 *
 * @param model null: every list of the connection
 * @returns false when it is not followed
 */
export async function rewind(
  tx: FirmTx,
  of: { connectionId: ConnectionId; model: string | null; since: Temporal.Instant },
  now: Temporal.Instant,
): Promise<boolean> {
  const touched = await tx.run(
    `update cms_streams set done_until = least(done_until, $3), due_at = $4, counting = false, cursor = null,
       pass_began_at = null, pass_since = null, lease_until = null
     where connection_id = $1 and ($2::text is null or model = $2) and phase = 'following'`,
    [of.connectionId, of.model, of.since, now],
  )
  return touched > 0
}

/** The same of a connection that came back to life after a person connected it again. */
export async function forgetTroubles(
  tx: FirmTx,
  connectionId: ConnectionId,
  now: Temporal.Instant,
): Promise<void> {
  await tx.run('update cms_streams set due_at = $2, tries = 0, lease_until = null where connection_id = $1', [
    connectionId,
    now,
  ])
}

export async function rememberIds(tx: FirmTx, row: StreamRow, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  tx.later(
    `insert into cms_counted (firm_id, connection_id, model, external_id)
     select current_firm(), $1, $2, unnest($3::text[]) on conflict do nothing`,
    [row.connection_id, row.model, ids],
    'counted_remember',
  )
}

export async function forgetIds(tx: FirmTx, row: StreamRow): Promise<void> {
  tx.later('delete from cms_counted where connection_id = $1 and model = $2', [row.connection_id, row.model])
}

/**
 * What we know of and the pass did not list. What was observed since it began may be newer than the list.
 *
 * @param unsaidSince what a read of its matter found gone since then, and nobody has told, counts as known
 */
export async function uncounted(
  tx: FirmTx,
  row: StreamRow,
  holds: 'matter' | 'document' | 'bill' | 'appointment',
  unsaidSince: Temporal.Instant,
): Promise<{ missing: { externalId: string; startsAt: string | null }[]; known: number }> {
  const known =
    holds === 'matter'
      ? `select external_id, observed_at, null::text as starts_at from matters where connection_id = $1`
      : `select external_id, observed_at, data ->> 'start_at' as starts_at from facts
         where connection_id = $1 and kind = '${holds}'
           and (removed_at is null or (not announced and removed_at > $4))`
  const rows = await tx.rows<{ external_id: string; starts_at: string | null; known: string }>(
    `with known as (${known})
     select external_id, starts_at, (select count(*) from known) as known from known k
     where k.observed_at < $3 and not exists
       (select from cms_counted c where c.connection_id = $1 and c.model = $2 and c.external_id = k.external_id)`,
    holds === 'matter'
      ? [row.connection_id, row.model, row.pass_began_at]
      : [row.connection_id, row.model, row.pass_began_at, unsaidSince],
  )
  return {
    missing: rows.map((r) => ({ externalId: r.external_id, startsAt: r.starts_at })),
    known: Number(rows[0]?.known ?? 0),
  }
}

/**
 * Writes down what is missing.
 *
 * @returns what was missing long enough before, too, since when, and how many are missing for the first time
 */
export async function noteMissing(
  tx: FirmTx,
  row: StreamRow,
  ids: readonly string[],
  now: Temporal.Instant,
  longEnough: Temporal.Instant,
): Promise<{ gone: { externalId: string; since: Temporal.Instant }[]; fresh: number }> {
  await tx.run(
    'delete from cms_missing where connection_id = $1 and model = $2 and external_id <> all($3::text[])',
    [row.connection_id, row.model, ids],
  )
  if (ids.length === 0) return { gone: [], fresh: 0 }
  const fresh = await tx.run(
    `insert into cms_missing (firm_id, connection_id, model, external_id, since)
     select current_firm(), $1, $2, unnest($3::text[]), $4 on conflict do nothing`,
    [row.connection_id, row.model, ids, now],
  )
  const gone = await tx.rows<{ external_id: string; since: Temporal.Instant }>(
    'select external_id, since from cms_missing where connection_id = $1 and model = $2 and since <= $3',
    [row.connection_id, row.model, longEnough],
  )
  return { gone: gone.map((g) => ({ externalId: g.external_id, since: g.since })), fresh }
}

/** Which streams of the followed connections have no row. */
export const unopened = (followed: readonly Followed[], rows: readonly StreamRow[]) => {
  const there = new Set(rows.map((r) => `${r.connection_id} ${r.model}`))
  return followed.flatMap(({ connectionId, changes }) =>
    changes.streams
      .filter(({ model }) => !there.has(`${connectionId} ${model}`))
      .map(({ model }) => ({ connectionId, model })),
  )
}
