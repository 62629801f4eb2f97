/** Deletes words, batch by batch, each in the caller's transaction and with an entry in the record for each. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import * as when from './conditions.ts'
import type { Cutoff } from './types.ts'

export interface Deleting {
  now: Temporal.Instant
  limit: number
  /** HMAC-SHA-256 in hex, by a key that is not in the database. */
  mac(bytes: Uint8Array): string
}

/**
 * Holds and deletions of a firm take turns: once a hold is on record, nothing that was decided before it is deleted
 * after it.
 */
export async function takeTurn(tx: FirmTx): Promise<void> {
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('retention ' || current_firm(), 0))`)
}

/** The moment of every rule, for what waits for the longest of several. */
export const momentsOf = (cutoffs: readonly Cutoff[]): string =>
  JSON.stringify(Object.fromEntries(cutoffs.map(({ rule, before }) => [rule, before.toString()])))

/** @returns the messages whose words went */
export async function deleteMessageWords(
  tx: FirmTx,
  cutoff: Cutoff,
  all: readonly Cutoff[],
  { now, limit }: Deleting,
): Promise<string[]> {
  const gone = await tx.rows<{ id: string; hash: string; carries: string | null }>(
    // Materialised: joined as it stands it may be carried out once for each row, and the limit be none.
    `with x as materialized (
       select m.id, m.salt, m.body from messages m
       where ${when.oldMessage} and not ${when.messageNeeded} and not ${when.messageHeld}
       order by m.created_at limit $5 for update skip locked)
     update messages m set body = null, subject = null, salt = null, words_deleted_at = $4, words_deleted_rule = $1,
       words_hash = encode(sha256(x.salt || convert_to(x.body, 'UTF8')), 'hex')
     from x where m.id = x.id returning m.id, m.words_hash as hash, m.carries`,
    [cutoff.rule, cutoff.before, momentsOf(all), now, limit],
  )
  // What a person typed into a message went out with its words, and goes with them.
  await tx.run(
    `update events set data = data - 'typed' where type = 'message.written' and id in
       (select n.event_id from messages m join notices n on n.id = m.notice_id where m.id = any($1))`,
    [gone.map(({ id }) => id)],
  )
  const digests = gone.flatMap(({ carries }) => (carries === null ? [] : [carries]))
  if (digests.length > 0) await tx.run('update digests set lines = null where id = any($1)', [digests])
  await record(
    tx,
    gone.map(({ id, hash }) => entry('message.words_deleted', `message:${id}`, cutoff, { bodyHash: hash })),
    now,
  )
  return gone.map(({ id }) => id)
}

/** Texts that clients wrote, under the rule for conversations. @returns how many */
export async function deleteTextWords(tx: FirmTx, cutoff: Cutoff, given: Deleting): Promise<number> {
  const due = await tx.rows<{ id: string; body: string }>(
    `select t.id, t.body from incoming_texts t
     where ${when.oldText} and not ${when.textNeeded} and not ${when.textHeld}
     order by t.received_at limit $2 for update skip locked`,
    [cutoff.before, given.limit],
  )
  const gone = due.map(({ id, body }) => ({ id, hash: given.mac(Buffer.from(body)) }))
  if (gone.length === 0) return 0
  await tx.run(
    `update incoming_texts t set body = null, media = '[]', words_deleted_at = $2, words_deleted_rule = $3, words_hash = x.hash
     from json_to_recordset($1) as x(id uuid, hash text) where t.id = x.id`,
    [JSON.stringify(gone), given.now, cutoff.rule],
  )
  await record(
    tx,
    gone.map(({ id, hash }) => entry('text.words_deleted', `text:${id}`, cutoff, { bodyHash: hash })),
    given.now,
  )
  return gone.length
}

/**
 * Raw webhooks.
 *
 * @param of messages whose words just went: with the last words that came of it goes the webhook. Absent: all that are
 *   old enough
 * @returns how many
 */
export async function deletePayloads(
  tx: FirmTx,
  cutoff: Cutoff,
  given: Deleting,
  of?: readonly string[],
): Promise<number> {
  const which = of
    ? `and d.id in (select e.delivery_id from messages m join notices n on n.id = m.notice_id
         join events e on e.id = n.event_id where m.id = any($3)) and not ${when.deliverySpoken}`
    : ''
  const due = await tx.rows<{ id: string; body: Buffer }>(
    `select d.id, d.body from inbound_deliveries d
     where ${when.oldDelivery} ${which} and not ${when.deliveryNeeded} and not ${when.deliveryHeld}
     order by d.received_at limit $2 for update skip locked`,
    [cutoff.before, given.limit, ...(of ? [of] : [])],
  )
  const gone = due.map(({ id, body }) => ({ id, hash: given.mac(body) }))
  if (gone.length === 0) return 0
  await tx.run(
    `update inbound_deliveries d set body = null, headers = '{}', body_deleted_at = $2, body_deleted_rule = $3, body_hash = x.hash
     from json_to_recordset($1) as x(id uuid, hash text) where d.id = x.id`,
    [JSON.stringify(gone), given.now, cutoff.rule],
  )
  await record(
    tx,
    gone.map(({ id, hash }) => entry('delivery.body_deleted', `delivery:${id}`, cutoff, { bodyHash: hash })),
    given.now,
  )
  return gone.length
}

const entry = (action: string, subject: string, { rule, months }: Cutoff, more: object) => ({
  actor: 'tipstaff',
  action,
  subject,
  data: { rule, months, ...more },
})
