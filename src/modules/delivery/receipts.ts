/** Receipts: stored once, merged monotonically. Any order gives the same end; `delivered` never goes back. */
import type { AttemptId, ClientId, ConnectionId, MessageId, NewId } from '../../kernel/index.ts'
import { isUuid } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { recordConsent } from '../consent/index.ts'
import { type NewDeadLetter, openDeadLetters } from './dead-letters.ts'
import type { DeliveryNews } from './news.ts'
import { tryNextContactPoint } from './next-contact-point.ts'
import { afterReceipt, furthest, type Reported } from './policy.ts'
import type { Receipt } from './ports.ts'
import type { MessageState } from './types.ts'

interface Target extends Record<string, unknown> {
  attempt_id: AttemptId
  provider_message_id: string | null
  number: number
  reported: Reported
  message_id: MessageId
  state: MessageState
  retry_step: number
  attempt_count: number
  channel: 'sms' | 'email'
  address: string
  purpose: string
  client_id: ClientId
}

export interface ReceiptContext {
  now: Temporal.Instant
  connectionId: ConnectionId
  provider: string
  schedule: readonly Temporal.Duration[]
  newId: NewId
  news: DeliveryNews
}

/** @returns how many were new */
export async function writeReceipts(
  tx: FirmTx,
  receipts: readonly Receipt[],
  context: ReceiptContext,
): Promise<number> {
  const targets = await lockTargets(tx, receipts, context.connectionId)
  const rows = receipts.map((receipt) => {
    const target = targets.find(receipt)
    return {
      id: context.newId<string>(),
      connection_id: context.connectionId,
      key: receipt.key,
      attempt_id: target?.attempt_id ?? null,
      message_id: target?.message_id ?? null,
      provider_message_id: receipt.providerMessageId ?? null,
      kind: receipt.kind,
      code: receipt.code ?? null,
      detail: receipt.detail?.slice(0, 500) ?? null,
      suppress: receipt.suppress ?? null,
      retryable: receipt.retryable ?? false,
      page: receipt.page ?? false,
      at: receipt.at,
      received_at: context.now,
    }
  })
  const stored = new Set(
    (
      await insertMany<{ key: string }>(
        tx,
        'receipts',
        rows,
        'on conflict (connection_id, key) do nothing returning key',
      )
    ).map((r) => r.key),
  )
  const fresh: { receipt: Receipt; target: Target }[] = []
  for (const receipt of receipts) {
    const target = targets.find(receipt)
    if (target && stored.delete(receipt.key)) fresh.push({ receipt, target })
    else stored.delete(receipt.key)
  }
  await merge(tx, fresh, context)
  return rows.length
}

/** As in due_work(): a receipt of somebody else's message is not looked for for ever. */
const lateFor = { minutes: 15 }

/** Receipts that came before we knew their message (a provider id without our attempt id) are looked at again. */
export async function matchLateReceipts(
  tx: FirmTx,
  context: Omit<ReceiptContext, 'connectionId'>,
): Promise<void> {
  const late = await tx.rows<{
    id: string
    connection_id: ConnectionId
    key: string
    kind: Receipt['kind']
    provider_message_id: string | null
    code: string | null
    suppress: string | null
    retryable: boolean
    page: boolean
    at: Temporal.Instant
  }>(
    `select r.id, r.connection_id, r.key, r.kind, r.provider_message_id, r.code, r.suppress, r.retryable, r.page, r.at
     from receipts r join attempts a on a.connection_id = r.connection_id and a.provider_message_id = r.provider_message_id
     where r.firm_id = current_firm() and r.message_id is null and r.received_at > $1 limit 500`,
    [context.now.subtract(lateFor)],
  )
  for (const connectionId of new Set(late.map((r) => r.connection_id))) {
    const receipts = late
      .filter((r) => r.connection_id === connectionId)
      .map(
        (r): Receipt => ({
          key: r.key,
          kind: r.kind,
          at: r.at,
          ...(r.provider_message_id === null ? {} : { providerMessageId: r.provider_message_id }),
          ...(r.code === null ? {} : { code: r.code }),
          ...(r.suppress === null ? {} : { suppress: r.suppress }),
          retryable: r.retryable,
          page: r.page,
        }),
      )
    const targets = await lockTargets(tx, receipts, connectionId)
    const fresh = receipts.flatMap((receipt) => {
      const target = targets.find(receipt)
      return target ? [{ receipt, target }] : []
    })
    await tx.run(
      `update receipts r set message_id = x.message_id, attempt_id = x.attempt_id
       from json_to_recordset($1) as x(key text, message_id uuid, attempt_id uuid)
       where r.connection_id = $2 and r.key = x.key`,
      [
        toJson(
          fresh.map(({ receipt, target }) => ({
            key: receipt.key,
            message_id: target.message_id,
            attempt_id: target.attempt_id,
          })),
        ),
        connectionId,
      ],
    )
    await merge(tx, fresh, { ...context, connectionId })
  }
}

async function lockTargets(tx: FirmTx, receipts: readonly Receipt[], connectionId: ConnectionId) {
  const attemptIds = receipts.flatMap((r) => (r.attemptId && isUuid(r.attemptId) ? [r.attemptId] : []))
  const providerIds = receipts.flatMap((r) => (r.providerMessageId ? [r.providerMessageId] : []))
  const rows = await tx.rows<Target>(
    `with meant as materialized (
       select message_id from attempts where id = any($1) and connection_id = $3
       union select message_id from attempts where connection_id = $3 and provider_message_id = any($2)),
     locked as materialized (
       select id, state, retry_step, attempt_count, channel, address, purpose, client_id from messages
       where id = any(array(select message_id from meant)) order by id for update)
     -- Of each message its few attempts, more than are meant: a list of ids here was read anew for each message.
     select a.id as attempt_id, a.provider_message_id, a.number, a.reported, m.id as message_id, m.state, m.retry_step,
            m.attempt_count, m.channel, m.address, m.purpose, m.client_id
     from locked m cross join lateral (
       select id, provider_message_id, number, reported from attempts
       where message_id = m.id and connection_id = $3 for update) a`,
    [attemptIds, providerIds, connectionId],
    'receipts_targets',
  )
  const byAttempt = new Map<string, Target>(rows.map((r) => [r.attempt_id, r]))
  const byProviderId = new Map(
    rows.flatMap((r) => (r.provider_message_id ? [[r.provider_message_id, r]] : [])),
  )
  return {
    find: (r: Receipt): Target | undefined =>
      (r.attemptId ? byAttempt.get(r.attemptId) : undefined) ??
      (r.providerMessageId ? byProviderId.get(r.providerMessageId) : undefined),
  }
}

interface MessageChange {
  id: MessageId
  state?: MessageState
  due_at?: Temporal.Instant
  retry_step?: number
  reason?: string | null
  sent_at?: Temporal.Instant
  settled_at?: Temporal.Instant
  opened_at?: Temporal.Instant
  machine_opened_at?: Temporal.Instant
  clicked_at?: Temporal.Instant
}

const engagement = {
  opened: 'opened_at',
  machine_opened: 'machine_opened_at',
  clicked: 'clicked_at',
} as const

async function merge(
  tx: FirmTx,
  fresh: readonly { receipt: Receipt; target: Target }[],
  context: ReceiptContext,
): Promise<void> {
  if (fresh.length === 0) return
  const { now } = context
  const messages = new Map<MessageId, MessageChange>()
  const attempts = new Map<
    AttemptId,
    { id: AttemptId; reported: Reported; provider_message_id: string | null }
  >()
  const letters: NewDeadLetter[] = []
  const lost: { messageId: MessageId; letter: NewDeadLetter }[] = []
  const states = new Map<MessageId, { state: MessageState; retryStep: number }>()
  const suppressed: { message_id: MessageId; reason: string }[] = []

  for (const { receipt, target } of fresh) {
    const known = states.get(target.message_id) ?? { state: target.state, retryStep: target.retry_step }
    const before = attempts.get(target.attempt_id)?.reported ?? target.reported
    const after = furthest(before, receipt.kind)
    attempts.set(target.attempt_id, {
      id: target.attempt_id,
      reported: after,
      provider_message_id: target.provider_message_id ?? receipt.providerMessageId ?? null,
    })
    const change: MessageChange = messages.get(target.message_id) ?? { id: target.message_id }
    messages.set(target.message_id, change)

    const next = afterReceipt(
      { ...known, attemptCount: target.attempt_count },
      { number: target.number, before, after },
      { code: receipt.code ?? receipt.kind, retryable: receipt.retryable ?? false },
      context.schedule,
      now,
    )
    if (next) {
      states.set(target.message_id, {
        state: next.state,
        retryStep: next.state === 'queued' ? next.retryStep : known.retryStep,
      })
      change.state = next.state
      if ('dueAt' in next) change.due_at = next.dueAt
      if (next.state === 'queued') change.retry_step = next.retryStep
      change.reason = 'reason' in next ? next.reason : (receipt.code ?? null)
      change.sent_at = receipt.at
      if (next.state === 'delivered' || next.state === 'undelivered' || next.state === 'dead')
        change.settled_at = now
    }
    if (receipt.kind in engagement) change[engagement[receipt.kind as keyof typeof engagement]] ??= receipt.at
    if (receipt.suppress) suppressed.push({ message_id: target.message_id, reason: receipt.suppress })
    if (next?.state === 'undelivered' || next?.state === 'dead') {
      const letter: NewDeadLetter = {
        messageId: target.message_id,
        attemptNumber: target.number,
        cause: next.state === 'dead' ? 'retries_used_up' : 'undelivered',
        code: receipt.code ?? receipt.kind,
        detail: receipt.detail ?? '',
        suppress: receipt.suppress ?? null,
        page: receipt.page ?? false,
        provider: context.provider,
      }
      if (next.state === 'dead') letters.push(letter)
      else lost.push({ messageId: target.message_id, letter })
    }
    await consentFrom(tx, receipt, target, now)
  }

  tx.later(
    // Another attempt may have been taken for this one's by the reconciler: then its number stays where it is.
    // A receipt is an answer too: its attempt is not left open when the process that made it never came back.
    `update attempts a set reported = x.reported, verdict = coalesce(a.verdict, 'accepted'), provider_message_id = coalesce(a.provider_message_id, case when not exists
       (select from attempts o where o.connection_id = a.connection_id and o.id <> a.id
        and o.provider_message_id = x.provider_message_id) then x.provider_message_id end)
     from json_to_recordset($1) as x(id uuid, reported text, provider_message_id text)
     where a.id = any($2) and a.id = x.id`,
    [toJson([...attempts.values()]), [...attempts.keys()]],
    'receipts_attempts',
  )
  // Most receipts say "sent" of what is known to be sent: such a row is left alone.
  const changed = [...messages.values()].filter((change) => Object.keys(change).length > 1)
  if (changed.length > 0)
    tx.later(
      `update messages m set state = coalesce(x.state, m.state), due_at = coalesce(x.due_at, m.due_at),
       retry_step = coalesce(x.retry_step, m.retry_step), reason = case when x.state is null then m.reason else x.reason end,
       sent_at = coalesce(m.sent_at, x.sent_at), settled_at = coalesce(x.settled_at, m.settled_at),
       lease_until = case when x.state is null then m.lease_until end,
       opened_at = least(m.opened_at, x.opened_at), machine_opened_at = least(m.machine_opened_at, x.machine_opened_at),
       clicked_at = least(m.clicked_at, x.clicked_at)
     from json_to_recordset($1) as x(id uuid, state text, due_at timestamptz, retry_step integer, reason text,
       sent_at timestamptz, settled_at timestamptz, opened_at timestamptz, machine_opened_at timestamptz,
       clicked_at timestamptz)
     where m.id = any($2) and m.id = x.id`,
      [toJson(changed), changed.map((c) => c.id)],
      'receipts_messages',
    )
  if (suppressed.length > 0) {
    await tx.run(
      `update contact_points p set suppressed_at = $2, suppressed_reason = x.reason
       from json_to_recordset($1) as x(message_id uuid, reason text) join messages m on m.id = x.message_id
       where p.id = m.contact_point_id and p.suppressed_at is null`,
      [toJson(suppressed), now],
    )
  }
  const arrived = [...states].filter(([, s]) => s.state === 'delivered' || s.state === 'sent')
  if (arrived.length > 0) {
    // It left after all: nobody needs to act on it.
    tx.later(
      `update dead_letters d set state = 'closed', resolved_at = $3, resolved_by = $4, resolution = x.state || ' after all'
       from unnest($1::uuid[], $2::text[]) as x (message_id, state)
       where d.message_id = x.message_id and d.state = 'open'`,
      [arrived.map(([id]) => id), arrived.map(([, s]) => s.state), now, context.provider],
      'receipts_close_letters',
    )
  }
  if (lost.length > 0) {
    const helped = await tryNextContactPoint(
      tx,
      lost.map((l) => l.messageId),
      context,
    )
    letters.push(...lost.filter((l) => !helped.has(l.messageId)).map((l) => l.letter))
  }
  if (letters.length > 0) await openDeadLetters(tx, letters, context)
  await record(
    tx,
    fresh.map(({ receipt, target }) => ({
      actor: context.provider,
      action: `receipt.${receipt.kind}`,
      subject: `message:${target.message_id}`,
      data: { attempt: target.attempt_id, code: receipt.code ?? null },
    })),
    now,
  )
}

/** A digest speaks for all that it says. */
async function purposesOf(tx: FirmTx, { message_id, purpose }: Target): Promise<string[]> {
  const [row] = await tx.rows<{ purposes: string[] | null }>(
    'select d.purposes from messages m join digests d on d.id = m.carries where m.id = $1',
    [message_id],
  )
  return row?.purposes ?? [purpose]
}

/** An unsubscribe ends this purpose, a spam report every purpose, on this address and channel only. */
async function consentFrom(
  tx: FirmTx,
  receipt: Receipt,
  target: Target,
  now: Temporal.Instant,
): Promise<void> {
  const out = receipt.kind === 'unsubscribed' || receipt.kind === 'spam_report'
  if (!out && receipt.kind !== 'resubscribed') return
  const purposes = receipt.kind === 'spam_report' ? ['*'] : await purposesOf(tx, target)
  for (const purpose of purposes)
    await recordConsent(tx, {
      channel: target.channel,
      address: target.address,
      purpose,
      granted: !out,
      how: `provider reported ${receipt.kind.replace('_', ' ')}`,
      by: 'client',
      at: now,
    })
}
