/** Dead letters: messages that need a human. Opened once per terminal failure, replayed or closed once. */
import type { MessageId, NewId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import type { DeliveryNews } from './news.ts'

export interface NewDeadLetter {
  messageId: MessageId
  attemptNumber: number
  /** refused · retries_used_up · undelivered · never_confirmed · ambiguous · no_outlet */
  cause: string
  code: string
  detail: string
  /** Why the contact point itself is bad; null when it is not. */
  suppress: string | null
  page: boolean
  provider: string
}

/** One letter per message and attempt, however often the failure is told. */
export async function openDeadLetters(
  tx: FirmTx,
  letters: readonly NewDeadLetter[],
  context: { now: Temporal.Instant; newId: NewId; news: DeliveryNews },
): Promise<void> {
  const rows = letters.map((letter) => ({
    id: context.newId<string>(),
    message_id: letter.messageId,
    attempt_number: letter.attemptNumber,
    cause: letter.cause,
    code: letter.code,
    detail: letter.detail.slice(0, 500),
    state: 'open',
    opened_at: context.now,
  }))
  const opened = await insertMany<{ id: string }>(
    tx,
    'dead_letters',
    rows,
    'on conflict (message_id, attempt_number) do nothing returning id',
  )
  const fresh = new Set(opened.map((r) => r.id))
  const bad = letters.filter((l) => l.suppress !== null)
  if (bad.length > 0) {
    await tx.run(
      `update contact_points p set suppressed_at = $3, suppressed_reason = x.reason
       from unnest($1::uuid[], $2::text[]) as x(message_id, reason) join messages m on m.id = x.message_id
       where p.id = m.contact_point_id and p.suppressed_at is null`,
      [bad.map((l) => l.messageId), bad.map((l) => l.suppress), context.now],
    )
  }
  const news = rows.flatMap((row, i) =>
    fresh.has(row.id)
      ? [
          {
            deadLetterId: row.id,
            messageId: row.message_id,
            cause: row.cause,
            detail: row.code,
            provider: letters[i]!.provider,
            page: letters[i]!.page,
          },
        ]
      : [],
  )
  if (news.length === 0) return
  await record(
    tx,
    news.map((n) => ({
      actor: 'tipstaff',
      action: 'dead_letter.opened',
      subject: `message:${n.messageId}`,
      data: { deadLetter: n.deadLetterId, cause: n.cause, code: n.detail },
    })),
    context.now,
  )
  await context.news.dead(tx, news, context.now)
}

/**
 * Puts messages back into the queue with a fresh budget, each once: of a hundred callers one finds it open.
 *
 * @returns the ids of the letters that this call replayed
 */
export async function replayDeadLetters(
  tx: FirmTx,
  ids: readonly string[],
  by: string,
  now: Temporal.Instant,
): Promise<string[]> {
  const replayed = await tx.rows<{ id: string; message_id: string }>(
    `with d as (
       update dead_letters set state = 'replayed', resolved_at = $2, resolved_by = $3, resolution = 'replayed'
       where id = any($1) and state = 'open' returning id, message_id
     ), m as (
       update messages m set state = 'queued', due_at = $2, retry_step = 0, reason = 'replayed', settled_at = null
       from d where m.id = d.message_id and m.state in ('dead', 'undelivered') returning m.id
     ) select d.id, d.message_id from d join m on m.id = d.message_id`,
    [ids, now, by],
  )
  await record(
    tx,
    replayed.map((r) => ({
      actor: by,
      action: 'dead_letter.replayed',
      subject: `message:${r.message_id}`,
      data: { deadLetter: r.id },
    })),
    now,
  )
  return replayed.map((r) => r.id)
}

/**
 * Closes a letter because a person told the client by other means.
 *
 * @param how e.g. "called her, spoke in person"
 * @returns false when it was not open
 */
export async function closeDeadLetter(
  tx: FirmTx,
  id: string,
  by: string,
  how: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const closed = await tx.rows<{ message_id: string }>(
    `update dead_letters set state = 'closed', resolved_at = $2, resolved_by = $3, resolution = $4
     where id = $1 and state = 'open' returning message_id`,
    [id, now, by, how],
  )
  const [letter] = closed
  if (!letter) return false
  await record(
    tx,
    [
      {
        actor: by,
        action: 'dead_letter.closed',
        subject: `message:${letter.message_id}`,
        data: { deadLetter: id, how },
      },
    ],
    now,
  )
  return true
}
