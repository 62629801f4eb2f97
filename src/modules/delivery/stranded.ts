/**
 * Messages whose connection can't send: removed from the firm, or not to be opened (a secret that is gone, another
 * account). They must not wait unseen: they leave by the firm's present connection for their channel, or become
 * dead letters.
 */
import type { Channel, ConnectionId, MessageId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { openDeadLetters } from './dead-letters.ts'
import type { DeliveryNews } from './news.ts'

export interface StrandedOptions {
  now: Temporal.Instant
  newId: NewId
  news: DeliveryNews
  /** Connections that can send. */
  open: ReadonlySet<ConnectionId>
  /** Where the firm sends now. */
  present: Readonly<Record<Channel, ConnectionId | null>>
}

export interface Stranded {
  rerouted: number
  /** By the key of the connection: how many still wait for it. */
  waiting: ReadonlyMap<string, number>
}

/** How long a message waits for its connection to be mended before a person must look. */
const patience = Temporal.Duration.from({ minutes: 30 })
/** As many at a time; the next look takes the next. */
const limit = 500

interface Row extends Record<string, unknown> {
  id: MessageId
  channel: Channel
  due_at: Temporal.Instant
  attempt_count: number
  connection_id: ConnectionId
  key: string
}

export async function rescueStranded(tx: FirmTx, options: StrandedOptions): Promise<Stranded> {
  const { now, open, present } = options
  const rows = await tx.rows<Row>(
    `select m.id, m.channel, m.due_at, m.attempt_count, m.connection_id, c.key
     from connections c cross join lateral (
       select m.* from open_messages o join messages m on m.id = o.message_id
       where o.firm_id = current_firm() and o.connection_id = c.id and o.state = 'queued' and o.due_at <= $1
         and m.connection_id = c.id and m.state = 'queued' and m.due_at <= $1
       limit ${limit} for update of m skip locked) m
     where c.firm_id = current_firm() and not (c.id = any($2::uuid[]))`,
    [now, [...open]],
    'stranded',
  )
  const waiting = new Map<string, number>()
  const dead: Row[] = []
  const moved: { row: Row; to: ConnectionId }[] = []
  for (const row of rows) {
    const to = present[row.channel]
    if (to !== null && open.has(to)) moved.push({ row, to })
    else if (Temporal.Duration.compare(row.due_at.until(now), patience) >= 0) dead.push(row)
    else waiting.set(row.key, (waiting.get(row.key) ?? 0) + 1)
  }
  await reroute(tx, moved, now)
  if (dead.length > 0) await giveUp(tx, dead, options)
  return { rerouted: moved.length, waiting }
}

async function reroute(
  tx: FirmTx,
  moved: readonly { row: Row; to: ConnectionId }[],
  now: Temporal.Instant,
): Promise<void> {
  if (moved.length === 0) return
  await tx.run(
    `update messages m set connection_id = x.connection_id
     from unnest($1::uuid[], $2::uuid[]) as x (id, connection_id) where m.id = x.id`,
    [moved.map(({ row }) => row.id), moved.map(({ to }) => to)],
  )
  await record(
    tx,
    moved.map(({ row, to }) => ({
      actor: 'tipstaff',
      action: 'message.rerouted',
      subject: `message:${row.id}`,
      data: { from: row.connection_id, to },
    })),
    now,
  )
}

async function giveUp(tx: FirmTx, dead: readonly Row[], options: StrandedOptions): Promise<void> {
  const { now, newId, news } = options
  await tx.run(
    // Counted like an attempt, so that this letter and that of the next attempt are two.
    `update messages set state = 'dead', reason = 'no_outlet', settled_at = $2, attempt_count = attempt_count + 1
     where id = any($1)`,
    [dead.map((row) => row.id), now],
  )
  await openDeadLetters(
    tx,
    dead.map((row) => ({
      messageId: row.id,
      attemptNumber: row.attempt_count + 1,
      cause: 'no_outlet',
      code: 'no_outlet',
      detail: `the connection ${row.key} can't send, and the firm has no other for ${row.channel}`,
      suppress: null,
      page: false,
      provider: row.key,
    })),
    { now, newId, news },
  )
}
