/** What the calls came to, written in batches. A late outcome never overwrites what is already known better. */
import type { AttemptId, FirmId, MessageId, NewId, SendVerdict } from '../../kernel/index.ts'
import { toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { openDeadLetters } from './dead-letters.ts'
import type { DeliveryNews } from './news.ts'
import { afterVerdict, type NextStep } from './policy.ts'

export interface Outcome {
  firmId: FirmId
  attemptId: AttemptId
  messageId: MessageId
  number: number
  retryStep: number
  verdict: SendVerdict | { kind: 'abandoned' }
  provider: string
}

/**
 * When an answer moves its message: its attempt is the newest and is under way, or was given up for lost. A process
 * that comes back late knows better than `unknown`, and than "absent" if it was accepted; but it must not touch what
 * another has begun since.
 */
const moves = `(m.attempt_count = x.number and (m.state in ('sending', 'unknown')
  or (m.state in ('queued', 'held') and was.verdict = 'absent' and x.verdict = 'accepted')))`

export async function writeOutcomes(
  tx: FirmTx,
  outcomes: readonly Outcome[],
  context: {
    now: Temporal.Instant
    schedule: readonly Temporal.Duration[]
    newId: NewId
    news: DeliveryNews
  },
): Promise<{ retried: boolean; unknown: boolean }> {
  const { now } = context
  const steps = outcomes.map((o) => ({ outcome: o, next: nextStep(o, context.schedule, now) }))
  const rows = steps.map(({ outcome, next }) => ({
    attempt_id: outcome.attemptId,
    message_id: outcome.messageId,
    number: outcome.number,
    verdict: outcome.verdict.kind,
    code: 'code' in outcome.verdict ? outcome.verdict.code : null,
    detail: 'detail' in outcome.verdict ? outcome.verdict.detail.slice(0, 500) : null,
    provider_message_id: next.state === 'sent' ? next.providerMessageId : null,
    finished: next.state !== 'unknown',
    state: next.state,
    due_at: 'dueAt' in next ? next.dueAt : null,
    retry_step: next.state === 'queued' ? next.retryStep : null,
    reason: 'reason' in next ? next.reason : null,
    sent_at: next.state === 'sent' ? now : null,
    settled_at: next.state === 'dead' ? now : null,
  }))
  // Two lists in one answer: a join of what was written compares each row with each.
  const written = await tx.rows<{ attempt_id: AttemptId | null; message_id: MessageId | null }>(
    `with x as (
       select * from json_to_recordset($1) as x(attempt_id uuid, message_id uuid, number integer, verdict text, code text,
         detail text, provider_message_id text, finished boolean, state text, due_at timestamptz, retry_step integer,
         reason text, sent_at timestamptz, settled_at timestamptz)
     ), l as (
       -- Messages first, by id, as receipts lock them: two that write the same ones can't wait for each other.
       select m.id from messages m where m.id = any($3) order by m.id for update
     ), was as (
       select id, verdict from attempts where id = any($4)
     ), a as (
       update attempts a set verdict = x.verdict, code = x.code, detail = x.detail,
         provider_message_id = coalesce(a.provider_message_id, case when not exists
           (select from attempts o where o.connection_id = a.connection_id and o.id <> a.id
            and o.provider_message_id = x.provider_message_id) then x.provider_message_id end),
         finished_at = case when x.finished then $2::timestamptz end
       from x join l on l.id = x.message_id
       where a.id = any($4) and a.id = x.attempt_id and (a.finished_at is null or (a.verdict = 'absent' and x.verdict = 'accepted'))
       returning a.id
     ), m as (
       update messages m set
         state = case when ${moves} then x.state else m.state end,
         due_at = case when ${moves} then coalesce(x.due_at, m.due_at) else m.due_at end,
         retry_step = case when ${moves} then coalesce(x.retry_step, m.retry_step) else m.retry_step end,
         reason = case when ${moves} then x.reason else m.reason end,
         settled_at = case when ${moves} then x.settled_at else m.settled_at end,
         lease_until = case when m.attempt_count = x.number then null else m.lease_until end,
         provider_message_id = coalesce(x.provider_message_id, m.provider_message_id),
         sent_at = coalesce(m.sent_at, x.sent_at)
       from x join a on a.id = x.attempt_id join was on was.id = a.id
       where m.id = any($3) and m.id = x.message_id
       returning m.id, m.state = x.state as moved
     ) select id as attempt_id, null as message_id from a union all select null, id from m where moved`,
    [toJson(rows), now, rows.map((r) => r.message_id), rows.map((r) => r.attempt_id)],
    'outcomes_write',
  )
  const moved = new Set(written.map((w) => w.message_id))
  const news = new Set(written.map((w) => w.attempt_id))

  const dead = steps.filter(({ outcome, next }) => next.state === 'dead' && moved.has(outcome.messageId))
  if (dead.length > 0) {
    await openDeadLetters(
      tx,
      dead.map(({ outcome, next }) => {
        const end = next as Extract<NextStep, { state: 'dead' }>
        return {
          messageId: outcome.messageId,
          attemptNumber: outcome.number,
          cause: outcome.verdict.kind === 'refused' ? 'refused' : 'retries_used_up',
          code: end.reason,
          detail: 'detail' in outcome.verdict ? outcome.verdict.detail : '',
          suppress: end.suppress,
          page: end.page,
          provider: outcome.provider,
        }
      }),
      context,
    )
  }
  await record(
    tx,
    // Told before: its commit went through and only the answer was lost.
    steps
      .filter(({ outcome }) => news.has(outcome.attemptId))
      .map(({ outcome, next }) => ({
        actor: outcome.provider,
        action: `attempt.${outcome.verdict.kind}`,
        subject: `message:${outcome.messageId}`,
        data: { attempt: outcome.attemptId, number: outcome.number, next: next.state },
      })),
    now,
  )
  return {
    retried: steps.some(({ next }) => next.state === 'queued'),
    unknown: steps.some(({ next }) => next.state === 'unknown'),
  }
}

function nextStep(outcome: Outcome, schedule: readonly Temporal.Duration[], now: Temporal.Instant): NextStep {
  if (outcome.verdict.kind === 'abandoned')
    return { state: 'queued', dueAt: now, retryStep: outcome.retryStep, reason: 'abandoned' }
  return afterVerdict(outcome.verdict, outcome.retryStep, schedule, now)
}
