/** The only SQL on quality_items. An item is one thing wrong with one record, however often it is seen. */
import type { ClientId, ConnectionId, MatterId, NewId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { ItemState, ItemSubject, NewItem } from './types.ts'

const chunk = 1_000

/**
 * Opens items, or notes that they were seen again. What was fixed and is seen again is open once more, unless staff
 * corrected it here: then the CMS merely has not followed yet. What is ignored stays so.
 *
 * @returns how many are new or open again
 */
export async function report(
  tx: FirmTx,
  items: readonly NewItem[],
  now: Temporal.Instant,
  newId: NewId,
): Promise<number> {
  // One statement must not touch a row twice.
  const last = new Map(
    items.map((i) => [`${i.connectionId} ${i.kind} ${i.subject} ${i.externalId} ${i.field}`, i]),
  )
  const all = [...last.values()]
  let news = 0
  for (let at = 0; at < all.length; at += chunk) {
    const rows = await insertMany<{ first: boolean }>(
      tx,
      'quality_items',
      all.slice(at, at + chunk).map((i) => ({
        id: newId<string>(),
        connection_id: i.connectionId,
        kind: i.kind,
        subject: i.subject,
        external_id: i.externalId,
        field: i.field,
        value: i.value?.slice(0, 300) ?? null,
        reason: i.reason,
        suggestion: i.suggestion?.slice(0, 300) ?? null,
        link: i.link,
        state: 'open',
        corrected_here: false,
        first_seen_at: now,
        last_seen_at: now,
      })),
      `on conflict (connection_id, kind, subject, external_id, field) do update set
         last_seen_at = excluded.last_seen_at, reason = excluded.reason, link = excluded.link,
         suggestion = ${stillShut} then null else excluded.suggestion end,
         value = ${stillShut} then null else excluded.value end,
         resolved_at = ${stillShut} then quality_items.resolved_at end,
         resolved_by = ${stillShut} then quality_items.resolved_by end,
         resolution = ${stillShut} then quality_items.resolution end,
         first_seen_at = case when quality_items.state = 'fixed' and not quality_items.corrected_here
           then excluded.first_seen_at else quality_items.first_seen_at end,
         state = ${stillShut} then quality_items.state else 'open' end
       returning state = 'open' and first_seen_at = last_seen_at as first`,
    )
    news += rows.filter(({ first }) => first).length
  }
  return news
}

const stillShut = `case when quality_items.state = 'ignored' or quality_items.state = 'fixed' and quality_items.corrected_here`

/**
 * What a complete read did not show any more is fixed. Where staff had corrected it here the CMS has followed with this:
 * what it shows wrong from now on is news again.
 *
 * @param scope `before`: what was seen since then was seen by this read, or by a later one
 * @returns the records concerned
 */
export async function settle(
  tx: FirmTx,
  scope: {
    connectionId: ConnectionId
    before: Temporal.Instant
    subjects?: readonly ItemSubject[]
    kinds?: readonly string[]
    externalId?: string
  },
  now: Temporal.Instant,
): Promise<{ subject: ItemSubject; externalId: string }[]> {
  return tx.rows<{ subject: ItemSubject; externalId: string } & Record<string, unknown>>(
    `with followed as (
       update quality_items set corrected_here = false
       where connection_id = $1 and last_seen_at < $2 and state = 'fixed' and corrected_here and ${inScope})
     update quality_items set state = 'fixed', resolved_at = $3, resolved_by = 'tipstaff',
       resolution = 'no longer there in the CMS', value = null, suggestion = null
     where connection_id = $1 and last_seen_at < $2 and state = 'open' and ${inScope}
     returning subject, external_id as "externalId"`,
    [
      scope.connectionId,
      scope.before,
      now,
      scope.subjects ?? null,
      scope.kinds ?? null,
      scope.externalId ?? null,
    ],
  )
}

const inScope = `($4::text[] is null or subject = any($4)) and ($5::text[] is null or kind = any($5))
  and ($6::text is null or external_id = $6)`

export interface Item {
  id: string
  connectionId: ConnectionId
  kind: string
  subject: ItemSubject
  externalId: string
  field: string
  value: string | null
  state: ItemState
}

export async function lockItem(tx: FirmTx, id: string): Promise<Item | null> {
  const [row] = await tx.rows<Item & Record<string, unknown>>(
    `select id, connection_id as "connectionId", kind, subject, external_id as "externalId", field, value, state
     from quality_items where id = $1 for update`,
    [id],
  )
  return row ?? null
}

export async function close(
  tx: FirmTx,
  id: string,
  end: { state: 'fixed' | 'ignored'; by: string; how: string; correctedHere: boolean },
  now: Temporal.Instant,
): Promise<void> {
  await tx.run(
    `update quality_items set state = $2, resolved_by = $3, resolution = $4, corrected_here = $5, resolved_at = $6,
       value = null, suggestion = null where id = $1`,
    [id, end.state, end.by, end.how, end.correctedHere, now],
  )
}

/** Other items that the same correction answers. */
export async function closeAlike(
  tx: FirmTx,
  item: Item,
  kinds: readonly string[],
  end: { by: string; how: string },
  now: Temporal.Instant,
): Promise<void> {
  await tx.run(
    `update quality_items set state = 'fixed', resolved_by = $5, resolution = $6, corrected_here = true,
       resolved_at = $7, value = null, suggestion = null
     where connection_id = $1 and subject = $2 and external_id = $3 and kind = any($4) and state = 'open'`,
    [item.connectionId, item.subject, item.externalId, kinds, end.by, end.how, now],
  )
}

/** @returns our client for a record of the CMS */
export async function clientOf(
  tx: FirmTx,
  connectionId: ConnectionId,
  externalId: string,
): Promise<ClientId | null> {
  const [row] = await tx.rows<{ id: ClientId }>(
    'select id from clients where connection_id = $1 and external_id = $2',
    [connectionId, externalId],
  )
  return row?.id ?? null
}

/** @returns our matters that these records concern */
export async function mattersOf(
  tx: FirmTx,
  connectionId: ConnectionId,
  records: readonly { subject: ItemSubject; externalId: string }[],
): Promise<MatterId[]> {
  if (records.length === 0) return []
  const ids = (subject: ItemSubject) =>
    records.filter((one) => one.subject === subject).map((one) => one.externalId)
  const facts = records.filter(({ subject }) => ['appointment', 'document', 'bill'].includes(subject))
  const rows = await tx.rows<{ id: MatterId }>(
    `select id from matters where connection_id = $1 and (external_id = any($2) or raw_status = any($3)
       or client_id in (select id from clients where connection_id = $1 and external_id = any($4)))
     union select matter_id from facts where connection_id = $1
       and (kind, external_id) in (select * from unnest($5::text[], $6::text[]))`,
    [
      connectionId,
      ids('matter'),
      ids('status'),
      ids('client'),
      facts.map((one) => one.subject),
      facts.map((one) => one.externalId),
    ],
  )
  return rows.map(({ id }) => id)
}
