/** The rows of digests: which is open for whom, what waits in it, and what becomes of that. */
import type { Channel, ClientId, MessageId, NewId } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { type DigestSlot, untilLifted } from './types.ts'

/** Why a message ended that a digest says. */
export const inDigest = 'in a digest'

/** What waits in a digest is looked at when that ends, or when something changes. */
interface Joining {
  id: MessageId
  client_id: ClientId
  channel: Channel
  digest: DigestSlot
}

const slotKey = (clientId: string, channel: string, key: string) => `${clientId} ${channel} ${key}`

/**
 * Finds or opens the digest of each: one is open at a time for a client, channel and class, and the first to join says
 * when it ends, unless a later one must not wait as long.
 *
 * @returns the digest of each message
 */
export async function joinDigests(
  tx: FirmTx,
  joining: readonly Joining[],
  { now, newId }: { now: Temporal.Instant; newId: NewId },
): Promise<Map<MessageId, string>> {
  if (joining.length === 0) return new Map()
  const wanted = new Map<string, Joining>()
  for (const one of joining) {
    const name = slotKey(one.client_id, one.channel, one.digest.key)
    const before = wanted.get(name)
    if (!before || Temporal.Instant.compare(one.digest.until, before.digest.until) < 0) wanted.set(name, one)
  }
  // In one order, so that two who join several can't wait for each other.
  const rows = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  const open = await insertMany<{ id: string; client_id: string; channel: string; key: string }>(
    tx,
    'digests',
    rows.map(({ client_id, channel, digest }) => ({
      id: newId<string>(),
      client_id,
      channel,
      key: digest.key,
      state: 'open',
      due_at: digest.until,
      opened_at: now,
      purposes: [],
      matter_ids: [],
    })),
    `on conflict (firm_id, client_id, channel, key) where state = 'open'
       do update set due_at = least(digests.due_at, excluded.due_at) returning id, client_id, channel, key`,
  )
  const ids = new Map(open.map((d) => [slotKey(d.client_id, d.channel, d.key), d.id]))
  return new Map(
    joining.map((one) => [one.id, ids.get(slotKey(one.client_id, one.channel, one.digest.key))!]),
  )
}

export interface OpenDigest extends Record<string, unknown> {
  id: string
  client_id: ClientId
  channel: Channel
  key: string
  opened_at: Temporal.Instant
  asked_at: Temporal.Instant | null
}

/** @returns open digests whose window has ended, the matters of what waits in them, and whether there are more */
export async function dueDigests(
  tx: FirmTx,
  now: Temporal.Instant,
  limit: number,
): Promise<{ ids: string[]; matterIds: string[] }> {
  const rows = await tx.rows<{ id: string; matter_ids: string[] }>(
    `select d.id, array(select distinct m.matter_id from messages m
         where m.digest_id = d.id and m.state = 'held' and m.matter_id is not null) as matter_ids
     from digests d where d.firm_id = current_firm() and d.state = 'open' and d.due_at <= $1
     order by d.due_at, d.id limit $2`,
    [now, limit],
    'digests_due',
  )
  return {
    ids: rows.map((r) => r.id),
    matterIds: [...new Set(rows.flatMap((r) => r.matter_ids))],
  }
}

/** Locks these digests, as far as they are still open; after their matters and before their messages. */
export function lockDigests(tx: FirmTx, ids: readonly string[]): Promise<OpenDigest[]> {
  return tx.rows<OpenDigest>(
    `select id, client_id, channel, key, opened_at, asked_at from digests
     where id = any($1) and state = 'open' order by id for update`,
    [ids],
    'digests_lock',
  )
}

/** Looked at again then. @param asked the CMS was asked for newer facts */
export async function postponeDigests(
  tx: FirmTx,
  digests: readonly { id: string; until: Temporal.Instant; asked: boolean }[],
  now: Temporal.Instant,
): Promise<void> {
  if (digests.length === 0) return
  await tx.run(
    `update digests d set due_at = x.until, asked_at = case when x.asked then coalesce(d.asked_at, $2) else d.asked_at end
     from json_to_recordset($1) as x(id uuid, until timestamptz, asked boolean) where d.id = x.id and d.state = 'open'`,
    [toJson(digests), now],
    'digests_postpone',
  )
}

export interface ClosedDigest {
  id: string
  outcome: 'nothing' | 'one' | 'digest'
  /** Of what it says. */
  purposes: readonly string[]
  matterIds: readonly string[]
  lines: object | null
}

export async function closeDigests(
  tx: FirmTx,
  closed: readonly ClosedDigest[],
  now: Temporal.Instant,
): Promise<void> {
  if (closed.length === 0) return
  tx.later(
    `update digests d set state = 'closed', outcome = x.outcome, closed_at = $2, lines = x.lines,
       purposes = coalesce(x.purposes, '{}'), matter_ids = coalesce(x.matter_ids, '{}')
     from json_to_recordset($1) as x(id uuid, outcome text, lines jsonb, purposes text[], matter_ids uuid[])
     where d.id = x.id`,
    [
      toJson(
        closed.map(({ id, outcome, purposes, matterIds, lines }) => ({
          id,
          outcome,
          purposes,
          matter_ids: matterIds,
          lines,
        })),
      ),
      now,
    ],
    'digests_close',
  )
}

/** What waits in these digests, as far as it still does. */
export interface DigestItem extends Record<string, unknown> {
  id: MessageId
  digest_id: string
  notice_id: string
  address: string
}

export function digestItems(tx: FirmTx, digestIds: readonly string[]): Promise<DigestItem[]> {
  return tx.rows<DigestItem>(
    `select id, digest_id, notice_id, address from messages
     where digest_id = any($1) and state = 'held' order by id for update`,
    [digestIds],
    'digest_items',
  )
}

/**
 * A digest says these now; each ends. One entry of the record for each digest, not for each of what it says.
 *
 * @param said by message that is a digest: what it says
 */
export async function endInDigest(
  tx: FirmTx,
  said: ReadonlyMap<MessageId, readonly MessageId[]>,
  now: Temporal.Instant,
): Promise<void> {
  if (said.size === 0) return
  await tx.run(
    `update messages set state = 'cancelled', reason = $2, settled_at = $3, due_at = $3 where id = any($1) and state = 'held'`,
    [[...said.values()].flat(), inDigest, now],
    'digest_items_end',
  )
  await record(
    tx,
    [...said].map(([message, items]) => ({
      actor: 'tipstaff',
      action: 'digest.made',
      subject: `message:${message}`,
      data: { says: items },
    })),
    now,
  )
}

/**
 * Digests that may not leave as they were written are taken apart: the message ends, what it said waits again in the
 * open digest of its class and is looked at then.
 *
 * @param digests the messages that are digests, and until when what they said must wait at least
 */
export async function takeApart(
  tx: FirmTx,
  digests: readonly { carries: string; until: Temporal.Instant }[],
  { now, newId }: { now: Temporal.Instant; newId: NewId },
): Promise<void> {
  if (digests.length === 0) return
  const until = new Map(digests.map((d) => [d.carries, d.until]))
  const items = await tx.rows<{
    id: MessageId
    client_id: ClientId
    channel: Channel
    digest_id: string
    key: string
  }>(
    `select m.id, m.client_id, m.channel, m.digest_id, d.key from messages m join digests d on d.id = m.digest_id
     where m.digest_id = any($1) and m.state = 'cancelled' and m.reason = $2 order by m.id for update of m`,
    [[...until.keys()], inDigest],
  )
  const joined = await joinDigests(
    tx,
    items.map((item) => ({ ...item, digest: { key: item.key, until: until.get(item.digest_id)! } })),
    { now, newId },
  )
  await tx.run(
    `update messages m set state = 'held', reason = $2, settled_at = null, due_at = $3, digest_id = x.digest_id
     from json_to_recordset($1) as x(id uuid, digest_id uuid) where m.id = x.id`,
    [
      toJson([...joined].map(([id, digest_id]) => ({ id, digest_id }))),
      'its digest was taken apart',
      untilLifted,
    ],
  )
  await tx.run(`update digests set outcome = 'apart' where id = any($1)`, [[...until.keys()]])
  await record(
    tx,
    digests.map(({ carries }) => ({
      actor: 'tipstaff',
      action: 'digest.apart',
      subject: `digest:${carries}`,
      data: { items: items.filter((item) => item.digest_id === carries).length },
    })),
    now,
  )
}

/** Facts of these matters or this client are newer: digests that were waiting for them are looked at now. */
export function wakeDigests(
  tx: FirmTx,
  { matterIds, clientId }: { matterIds: readonly string[] | null; clientId: string | null },
  now: Temporal.Instant,
): Promise<number> {
  return tx.run(
    `update digests d set due_at = $1 where d.firm_id = current_firm() and d.state = 'open' and d.asked_at is not null
       and ($3::uuid is null or d.client_id = $3)
       and ($2::uuid[] is null or exists (select from messages m where m.digest_id = d.id and m.state = 'held' and m.matter_id = any($2)))`,
    [now, matterIds, clientId],
    'digests_wake',
  )
}
