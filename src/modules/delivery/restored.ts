/**
 * After a backup was restored: what the copy would send may have been sent at a time that it does not know.
 * Providers that can be asked are asked; what nobody can answer goes to a human, whatever its purpose.
 */
import type { AttemptId, Channel, ConnectionId, FirmId, MessageId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { openDeadLetters } from './dead-letters.ts'
import type { FirmDelivery } from './dispatcher.ts'
import type { DeliveryNews } from './news.ts'
import { receiptExpected } from './policy.ts'
import type { FoundMessage } from './ports.ts'

/** A message that would go, or whose end is open, and that may already have been said. */
export interface Suspect extends Record<string, unknown> {
  id: MessageId
  state: 'held' | 'queued' | 'sending' | 'unknown'
  channel: Channel
  address: string
  body: string | null
  connection_id: ConnectionId
  template_key: string
  attempt_count: number
  created_at: Temporal.Instant
  /** It waited for a digest whose window ended since: what was said has other words than this. */
  in_digest: boolean
}

export type RestoredOutcome =
  /** The provider has it: it counts as sent. */
  | 'adopted'
  /** The provider was asked and has never seen it. */
  | 'may_go'
  /** Nobody can say; a dead letter waits for someone who can. */
  | 'human'
  /** The provider could not be reached: nothing may be released before it was. */
  | 'unreachable'
  /** Something else moved it meanwhile. */
  | 'moved'

export interface RestoredDeps {
  db: Database
  firm: FirmDelivery
  now(): Temporal.Instant
  newId: NewId
  news: DeliveryNews
  /** The newest thing that the copy knew. */
  knewUntil: Temporal.Instant
}

/**
 * What the time between the backup and now may have settled without our knowing: all that is not final, but for
 * what is about something that came after the copy was found, or could not have left before that.
 *
 * @param copiedAt when the copy was found to be one; since then nothing has left
 */
export function suspects(tx: FirmTx, copiedAt: Temporal.Instant): Promise<Suspect[]> {
  return tx.rows<Suspect>(
    `select m.id, m.state, m.channel, m.address, m.body, m.connection_id, m.template_key, m.attempt_count, m.created_at,
       d.id is not null as in_digest
     from open_messages o join messages m on m.id = o.message_id
       join notices n on n.id = m.notice_id join events e on e.id = n.event_id
       left join digests d on d.id = m.digest_id and d.state = 'open' and m.state = 'held'
     where o.firm_id = current_firm() and m.state in ('held', 'queued', 'sending', 'unknown')
       and e.occurred_at <= $1
       and not (m.state = 'queued' and m.due_at > $1)
       and not (m.state = 'held' and m.reason = 'quiet_hours' and m.due_at > $1)
       and (d.id is null or d.due_at <= $1)
     order by m.created_at, m.id`,
    [copiedAt],
  )
}

/** Asks about one message and writes down what follows; in its own transaction, after the call. */
export async function settleSuspect(
  firmId: FirmId,
  suspect: Suspect,
  deps: RestoredDeps,
): Promise<RestoredOutcome> {
  const outlet = deps.firm.outlets.get(suspect.connection_id)
  if (!outlet) return 'unreachable'
  const { sender } = outlet
  let found: FoundMessage[] | null = null
  if (sender.find && suspect.body !== null && !suspect.in_digest) {
    const since = earlier(suspect.created_at, deps.knewUntil)
    try {
      found = await sender.find({
        to: suspect.address,
        text: suspect.body,
        // The provider's clock and ours may differ by a little.
        from: since.subtract({ seconds: 10 }),
        until: deps.now().add({ seconds: 60 }),
      })
    } catch {
      return 'unreachable'
    }
  }
  return deps.db.forFirm(firmId, (tx) => write(tx, suspect, found, sender.provider, deps))
}

async function write(
  tx: FirmTx,
  suspect: Suspect,
  found: readonly FoundMessage[] | null,
  provider: string,
  deps: RestoredDeps,
): Promise<RestoredOutcome> {
  const now = deps.now()
  const still = await tx.rows(
    'select from messages where id = $1 and state = $2 and attempt_count = $3 for update',
    [suspect.id, suspect.state, suspect.attempt_count],
  )
  if (still.length === 0) return 'moved'
  const ours = found === null ? null : await unowned(tx, suspect, found)
  const note = (action: string, data: Record<string, string>) =>
    record(tx, [{ actor: 'reconciler', action, subject: `message:${suspect.id}`, data }], now)

  if (ours?.length === 0) {
    await note('message.not_sent_since', { provider })
    return 'may_go'
  }
  const attempt = await openAttempt(tx, suspect, now, deps.newId)
  if (ours?.length === 1) {
    const { providerMessageId, createdAt } = ours[0]!
    await tx.run(
      `update attempts set verdict = 'accepted', finished_at = $2, provider_message_id = $3, started_at = least(started_at, $4)
       where id = $1`,
      [attempt.id, now, providerMessageId, createdAt],
    )
    await tx.run(
      `update messages set state = 'sent', reason = 'found at the provider', sent_at = coalesce(sent_at, $2),
         provider_message_id = $3, lease_until = null, due_at = $4 where id = $1`,
      [suspect.id, createdAt, providerMessageId, now.add(receiptExpected)],
    )
    await note('message.adopt', { found: providerMessageId })
    return 'adopted'
  }
  await tx.run(
    `update attempts set verdict = 'ambiguous', finished_at = $2,
       detail = 'a backup was restored: this may have been sent at a time that it does not know' where id = $1`,
    [attempt.id, now],
  )
  await tx.run(
    `update messages set state = 'dead', reason = 'restored_backup', settled_at = $2, lease_until = null where id = $1`,
    [suspect.id, now],
  )
  const detail = suspect.in_digest
    ? 'it may have been said in a digest'
    : ours === null
      ? `${provider} can't be asked`
      : `${provider} has ${ours.length} with these words`
  await openDeadLetters(
    tx,
    [
      {
        messageId: suspect.id,
        attemptNumber: attempt.number,
        cause: 'restored_backup',
        code: 'restored_backup',
        detail,
        suppress: null,
        page: false,
        provider,
      },
    ],
    { now, newId: deps.newId, news: deps.news },
  )
  return 'human'
}

/** Those that no other attempt has. */
async function unowned(
  tx: FirmTx,
  suspect: Suspect,
  found: readonly FoundMessage[],
): Promise<FoundMessage[]> {
  const rows = await tx.rows<{ id: string }>(
    'select provider_message_id as id from attempts where connection_id = $1 and provider_message_id = any($2)',
    [suspect.connection_id, found.map((m) => m.providerMessageId)],
  )
  const owned = new Set(rows.map((row) => row.id))
  return found.filter((m) => !owned.has(m.providerMessageId))
}

/** The attempt that is still open, or one for the call that this database does not know of. Each step is a legal one. */
async function openAttempt(
  tx: FirmTx,
  suspect: Suspect,
  now: Temporal.Instant,
  newId: NewId,
): Promise<{ id: AttemptId; number: number }> {
  if (suspect.state === 'sending' || suspect.state === 'unknown') {
    const [open] = await tx.rows<{ id: AttemptId; number: number }>(
      'select id, number from attempts where message_id = $1 and number = $2',
      [suspect.id, suspect.attempt_count],
    )
    if (open) return open
  }
  if (suspect.state === 'held')
    await tx.run(`update messages set state = 'queued', due_at = $2 where id = $1`, [suspect.id, now])
  const id = newId<AttemptId>()
  const number = suspect.attempt_count + 1
  await tx.run(
    `insert into attempts (firm_id, id, message_id, number, connection_id, started_at, lease_until)
     values (current_firm(), $1, $2, $3, $4, $5, $5)`,
    [id, suspect.id, number, suspect.connection_id, now],
  )
  await tx.run(`update messages set state = 'sending', attempt_count = $2, lease_until = $3 where id = $1`, [
    suspect.id,
    number,
    now,
  ])
  return { id, number }
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) < 0 ? a : b)
