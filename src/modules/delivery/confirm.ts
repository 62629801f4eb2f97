/**
 * Messages that a provider took and told nothing more of: it is asked what became of them, a few times within a day.
 * What it says is merged like a receipt, so that whatever else comes, and when, leads to the same end.
 */
import type { AttemptId, ConnectionId, FirmId, MessageId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import { record } from '../audit/index.ts'
import type { DeliveryDeps, FirmDelivery } from './dispatcher.ts'
import { receiptExpected } from './policy.ts'
import type { Receipt } from './ports.ts'
import { writeReceipts } from './receipts.ts'
import { untilLifted } from './types.ts'

interface Silent extends Record<string, unknown> {
  message_id: MessageId
  attempt_id: AttemptId | null
  number: number
  connection_id: ConnectionId
  provider_message_id: string | null
  started_at: Temporal.Instant
}

type Fate =
  | { kind: 'told'; receipt: Receipt }
  /** The provider does not know this id any more, or there is no id to ask for. */
  | { kind: 'not_known' }
  | { kind: 'unreachable' }

/** How long after the attempt the provider is asked. Later than a day a carrier tells nothing more. */
const questions = [receiptExpected, { hours: 1 }, { hours: 6 }, { hours: 24 }] as const
/** A provider that can't be reached is asked again so long after the last of the questions… */
const onceMore = { hours: 1 }
/** …until the attempt is so old. */
const giveUp = { hours: 48 }

/**
 * When a message that is still `sent` is asked for once more. Pure.
 *
 * @param startedAt when the attempt began
 * @returns null: no more; it stays as it is
 */
export function nextQuestion(
  startedAt: Temporal.Instant,
  fate: Fate['kind'],
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (fate === 'not_known') return null
  const next = questions
    .map((after) => startedAt.add(after))
    .find((at) => Temporal.Instant.compare(at, now) > 0)
  if (next) return next
  const waiting = fate === 'unreachable' && Temporal.Instant.compare(startedAt.add(giveUp), now) > 0
  return waiting ? now.add(onceMore) : null
}

/** Questions at the same time, and in one turn. */
const limit = 10
/** Milliseconds between two turns of a firm: after a long outage thousands are due, and a provider allows so many calls. */
const pace = 1_000

/** @param nudge wakes the deliver lane after something went back into the queue */
export function confirmLane(deps: DeliveryDeps, nudge: (firmId: FirmId) => void): Lane {
  return {
    name: 'confirm',
    parallel: 2,
    async run(firmId) {
      const firm = await deps.firm(firmId)
      const now = deps.clock.now()
      const silent = await deps.db.forFirm(firmId, async (tx) => {
        await leaveUnasked(tx, firm, now)
        return takeSilent(tx, now)
      })
      await Promise.all(
        silent.map(async (message) => {
          const fate = await ask(firm, message)
          await deps.db.forFirm(firmId, (tx) => write(tx, message, fate, firm, deps))
        }),
      )
      if (silent.length > 0) nudge(firmId)
      return silent.length === limit ? { next: 'wait', milliseconds: pace } : { next: 'idle' }
    },
  }
}

/** Of providers that can't be asked nothing is expected but their receipts, whenever they come. */
async function leaveUnasked(tx: FirmTx, firm: FirmDelivery, now: Temporal.Instant): Promise<void> {
  const askable = [...firm.outlets].filter(([, outlet]) => outlet.sender.statusOf).map(([id]) => id)
  await tx.run(
    `update messages set due_at = $2 where id in (
       select m.id from open_messages o join messages m on m.id = o.message_id
       where o.firm_id = current_firm() and o.state = 'sent' and o.due_at <= $1 and m.state = 'sent'
         and m.due_at <= $1 and m.connection_id <> all($3)
       order by o.due_at limit 1000 for update of m skip locked)`,
    [now, untilLifted, askable],
  )
}

/** Takes them by moving due_at on: whoever dies while asking leaves them to the next. */
function takeSilent(tx: FirmTx, now: Temporal.Instant): Promise<Silent[]> {
  return tx.rows<Silent>(
    `with m as (
       update messages set due_at = $2
       where id in (select m.id from open_messages o join messages m on m.id = o.message_id
                    where o.firm_id = current_firm() and o.state = 'sent' and o.due_at <= $1 and m.state = 'sent'
                      and m.due_at <= $1
                    order by o.due_at limit ${limit} for update of m skip locked)
       returning id, connection_id, attempt_count, created_at
     )
     -- The newest attempt that the provider took: a later one may have been given up without a call.
     select m.id as message_id, a.id as attempt_id, m.attempt_count as number, m.connection_id, a.provider_message_id,
            coalesce(a.started_at, m.created_at) as started_at
     from m left join lateral (
       select id, provider_message_id, started_at from attempts
       where message_id = m.id and connection_id = m.connection_id and provider_message_id is not null
       order by number desc limit 1) a on true`,
    [now, now.add({ seconds: 60 })],
  )
}

async function ask(firm: FirmDelivery, message: Silent): Promise<Fate> {
  const sender = firm.outlets.get(message.connection_id)?.sender
  if (!sender?.statusOf || message.provider_message_id === null) return { kind: 'not_known' }
  try {
    const receipt = await sender.statusOf(message.provider_message_id)
    return receipt === null ? { kind: 'not_known' } : { kind: 'told', receipt }
  } catch {
    return { kind: 'unreachable' }
  }
}

async function write(
  tx: FirmTx,
  message: Silent,
  fate: Fate,
  firm: FirmDelivery,
  deps: Pick<DeliveryDeps, 'clock' | 'newId' | 'news'>,
): Promise<void> {
  const now = deps.clock.now()
  if (fate.kind === 'told' && message.attempt_id !== null) {
    const { receipt } = fate
    await writeReceipts(
      tx,
      [{ ...receipt, attemptId: message.attempt_id, detail: receipt.detail ?? 'told when asked' }],
      {
        now,
        connectionId: message.connection_id,
        provider: firm.outlets.get(message.connection_id)!.sender.provider,
        schedule: firm.schedule,
        newId: deps.newId,
        news: deps.news,
      },
    )
  }
  const next = nextQuestion(message.started_at, fate.kind, now)
  const left = await tx.rows<{ id: MessageId }>(
    `update messages set due_at = $2, reason = case when $3 then 'never_confirmed' else reason end
     where id = $1 and state = 'sent' and attempt_count = $4 returning id`,
    [message.message_id, next ?? untilLifted, next === null, message.number],
  )
  if (next !== null || left.length === 0) return
  await record(
    tx,
    [
      {
        actor: 'reconciler',
        action: 'message.never_confirmed',
        subject: `message:${message.message_id}`,
        data: { said: fate.kind === 'told' ? fate.receipt.kind : fate.kind },
      },
    ],
    now,
  )
}
