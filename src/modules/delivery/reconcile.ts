/**
 * `unknown` has an end. Orphans of a crashed or frozen process become unknown when their lease is over;
 * the provider is asked where it can be, otherwise its receipt is awaited and then the purpose decides.
 */
import type { AttemptId, ConnectionId, FirmId, MessageId, NewId, Purpose } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import { record } from '../audit/index.ts'
import { openDeadLetters } from './dead-letters.ts'
import type { DeliveryDeps, FirmDelivery } from './dispatcher.ts'
import type { DeliveryNews } from './news.ts'
import { afterAbsence, receiptExpected } from './policy.ts'
import type { FoundMessage } from './ports.ts'
import { matchLateReceipts, writeReceipts } from './receipts.ts'

interface Unknown extends Record<string, unknown> {
  message_id: MessageId
  attempt_id: AttemptId
  number: number
  connection_id: ConnectionId
  address: string
  body: string | null
  purpose: Purpose
  retry_step: number
  started_at: Temporal.Instant
  lease_until: Temporal.Instant
  absent_since: Temporal.Instant | null
  /** How many attempts ended because our process died, if this one did; else 0. */
  crashes: number
}

export type Answer =
  | { kind: 'found'; messages: FoundMessage[] }
  | { kind: 'unreachable' }
  /** This provider can't be asked. */
  | { kind: 'no_question' }

export type Resolution =
  | { kind: 'adopt'; providerMessageId: string }
  | { kind: 'human'; cause: 'ambiguous' | 'never_confirmed' }
  | { kind: 'absent' }
  | { kind: 'ask_again'; at: Temporal.Instant; absentSince: Temporal.Instant | null }

/** Twice absent, this far apart, counts as never accepted (DESIGN, `unknown` has an end). */
const absentForDefault = Temporal.Duration.from({ seconds: 60 })
/** How long messages with the same words to the same address wait for each other before a human looks at them. */
const rivalsFor = Temporal.Duration.from({ minutes: 5 })
/** How long a receipt is awaited from a provider that can't be asked, while our receipts door is up. */
const awaitReceipt = Temporal.Duration.from({ minutes: 15 })
/** A provider that can't be reached for so long is a matter for a person. */
const giveUpAsking = Temporal.Duration.from({ hours: 24 })
/** Rather twice than never: for these a human would be too late. */
const mayBeSaidTwice: ReadonlySet<Purpose> = new Set(['reminder'])

/** Other attempts at the same words to the same address at the same time, whose own provider id is not known yet. */
export interface Rivals {
  calling: number
  unknown: number
}

/**
 * What to make of the provider's answer. Pure.
 *
 * @param owned provider ids that other attempts already have
 * @param doorUpSince since when receipts could reach us without a break
 * @param rivals what was found may be theirs: it is not adopted while that can still show
 */
export function resolve(
  unknown: Pick<Unknown, 'absent_since' | 'started_at' | 'lease_until' | 'purpose'>,
  answer: Answer,
  owned: ReadonlySet<string>,
  now: Temporal.Instant,
  doorUpSince: Temporal.Instant,
  rivals: Rivals = { calling: 0, unknown: 0 },
  absentFor: Temporal.Duration = absentForDefault,
): Resolution {
  switch (answer.kind) {
    case 'unreachable':
      // Credentials that were revoked, an account that was closed: nobody will ever answer.
      if (Temporal.Duration.compare(unknown.started_at.until(now), giveUpAsking) >= 0)
        return { kind: 'human', cause: 'never_confirmed' }
      return { kind: 'ask_again', at: now.add({ seconds: 30 }), absentSince: unknown.absent_since }
    case 'found': {
      const ours = answer.messages.filter((m) => !owned.has(m.providerMessageId))
      const candidates = rivals.calling + rivals.unknown + 1
      if (ours.length > 0 && candidates > 1) {
        // As many as there are of us: the words are the same, so it does not matter whose is whose.
        if (ours.length === candidates && rivals.calling === 0)
          return { kind: 'adopt', providerMessageId: ours[0]!.providerMessageId }
        if (Temporal.Instant.compare(now, unknown.lease_until.add(rivalsFor)) < 0)
          return { kind: 'ask_again', at: now.add({ seconds: 10 }), absentSince: unknown.absent_since }
        return { kind: 'human', cause: 'ambiguous' }
      }
      if (ours.length === 1) return { kind: 'adopt', providerMessageId: ours[0]!.providerMessageId }
      if (ours.length > 1) return { kind: 'human', cause: 'ambiguous' }
      const since = unknown.absent_since ?? now
      if (Temporal.Duration.compare(since.until(now), absentFor) >= 0) return { kind: 'absent' }
      const waited = since.until(now).total('seconds')
      // Soon again at first, since lists lag by seconds; then at the moment that decides.
      const next = waited < 20 ? Math.max(4, waited) : absentFor.total('seconds') - waited
      return { kind: 'ask_again', at: now.add({ milliseconds: Math.ceil(next * 1000) }), absentSince: since }
    }
    case 'no_question': {
      const from =
        Temporal.Instant.compare(unknown.started_at, doorUpSince) > 0 ? unknown.started_at : doorUpSince
      const until = from.add(awaitReceipt)
      if (Temporal.Instant.compare(now, until) < 0) return { kind: 'ask_again', at: until, absentSince: null }
      return mayBeSaidTwice.has(unknown.purpose)
        ? { kind: 'absent' }
        : { kind: 'human', cause: 'never_confirmed' }
    }
  }
}

export interface ReconcileDeps extends DeliveryDeps {
  /** Since when receipts could reach us, whichever process has the doors. */
  doorUpSince(): Promise<Temporal.Instant>
  /** How long a provider must not know a message, asked twice, before it counts as never accepted: a minute by default. */
  absentFor?: Temporal.Duration
}

/** @param nudge wakes the deliver lane after something went back into the queue */
export function reconcileLane(deps: ReconcileDeps, nudge: (firmId: FirmId) => void): Lane {
  return {
    name: 'reconcile',
    // Each turn ends within `patience`, so that firms whose provider is slow do not keep the others waiting.
    parallel: 4,
    async run(firmId) {
      const firm = await deps.firm(firmId)
      const now = deps.clock.now()
      // What a crash left behind comes first, by itself: nothing that follows may undo or delay it.
      await deps.db.forFirm(firmId, (tx) => orphansBecomeUnknown(tx, now))
      const unknowns = await deps.db.forFirm(firmId, async (tx) => {
        await matchLateReceipts(tx, {
          now,
          provider: 'provider',
          schedule: firm.schedule,
          newId: deps.newId,
          news: deps.news,
        })
        return takeUnknown(tx, now)
      })
      const doorUpSince = unknowns.length > 0 ? await deps.doorUpSince() : now
      await Promise.all(
        unknowns.map(async (unknown) => {
          const answer = await inTime(ask(firm, unknown))
          await deps.db.forFirm(firmId, (tx) => settle(tx, unknown, answer, firm, { ...deps, doorUpSince }))
        }),
      )
      if (unknowns.length > 0) nudge(firmId)
      return unknowns.length === limit ? { next: 'more' } : { next: 'idle' }
    },
  }
}

/** Questions to a provider at the same time, and in one turn: the next turn takes the next, after other firms' turns. */
const limit = 10
/** How long a turn waits for answers, in milliseconds; who has not answered by then counts as out of reach for now. */
const patience = 15_000

async function inTime(answer: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<Answer>()
  const timer = setTimeout(() => late.resolve({ kind: 'unreachable' }), patience)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** The code of an attempt whose process did not come back. */
const leaseOver = 'lease_over'

async function orphansBecomeUnknown(tx: FirmTx, now: Temporal.Instant): Promise<void> {
  const orphans = await tx.rows<{ id: string }>(
    `with m as (
       update messages set state = 'unknown', reason = 'lease_over', due_at = $1, lease_until = null
       where id in (select m.id from open_messages o join messages m on m.id = o.message_id
                    where o.firm_id = current_firm() and o.state = 'sending' and o.lease_until <= $1
                      and m.state = 'sending' and m.lease_until <= $1 for update of m skip locked)
       returning id, attempt_count
     ), a as (
       update attempts a set verdict = 'ambiguous', code = '${leaseOver}', detail = 'the process that made this call did not come back'
       from m where a.message_id = m.id and a.number = m.attempt_count and a.finished_at is null
     ) select id from m`,
    [now],
  )
  await record(
    tx,
    orphans.map((o) => ({
      actor: 'tipstaff',
      action: 'message.unknown',
      subject: `message:${o.id}`,
      data: { reason: 'lease_over' },
    })),
    now,
  )
}

/** Takes them by moving due_at on: whoever dies while asking leaves them to the next. */
function takeUnknown(tx: FirmTx, now: Temporal.Instant): Promise<Unknown[]> {
  return tx.rows<Unknown>(
    `with m as (
       update messages set due_at = $2
       where id in (select m.id from open_messages o join messages m on m.id = o.message_id
                    where o.firm_id = current_firm() and o.state = 'unknown' and o.due_at <= $1
                      and m.state = 'unknown' and m.due_at <= $1
                    order by o.due_at limit ${limit} for update of m skip locked)
       returning id, connection_id, address, body, purpose, retry_step, attempt_count
     )
     select m.id as message_id, a.id as attempt_id, a.number, m.connection_id, m.address, m.body, m.purpose, m.retry_step,
            a.started_at, a.lease_until, a.absent_since,
            case when a.code = '${leaseOver}' then (select count(*)::int from attempts x
              where x.message_id = m.id and x.code = '${leaseOver}') else 0 end as crashes
     from m join attempts a on a.message_id = m.id and a.number = m.attempt_count`,
    [now, now.add({ seconds: 60 })],
  )
}

/** How far a provider's clock may be from ours. */
const skew = { minutes: 2 }

async function ask(firm: FirmDelivery, unknown: Unknown): Promise<Answer> {
  const sender = firm.outlets.get(unknown.connection_id)?.sender
  if (!sender?.find || unknown.body === null) return { kind: 'no_question' }
  try {
    const messages = await sender.find({
      to: unknown.address,
      text: unknown.body,
      // The provider's clock and ours may differ; what other attempts own is told apart anyway.
      from: unknown.started_at.subtract(skew),
      until: unknown.lease_until.add(skew),
    })
    return { kind: 'found', messages }
  } catch {
    return { kind: 'unreachable' }
  }
}

async function settle(
  tx: FirmTx,
  unknown: Unknown,
  answer: Answer,
  firm: FirmDelivery,
  deps: Pick<ReconcileDeps, 'clock' | 'newId' | 'news' | 'absentFor'> & { doorUpSince: Temporal.Instant },
): Promise<void> {
  const now = deps.clock.now()
  // Who was frozen while asking may find it unknown again, but of another attempt, of which this answer says nothing.
  const still = await tx.rows(
    `select id from messages where id = $1 and state = 'unknown' and attempt_count = $2 for update`,
    [unknown.message_id, unknown.number],
  )
  if (still.length === 0) return
  const owned =
    answer.kind === 'found'
      ? (
          await tx.rows<{ id: string }>(
            `select provider_message_id as id from attempts
             where connection_id = $1 and provider_message_id = any($2) and id <> $3`,
            [unknown.connection_id, answer.messages.map((m) => m.providerMessageId), unknown.attempt_id],
          )
        ).map((r) => r.id)
      : []
  const rivals =
    answer.kind === 'found' && answer.messages.length > owned.length ? await rivalsOf(tx, unknown) : undefined
  const resolution = resolve(unknown, answer, new Set(owned), now, deps.doorUpSince, rivals, deps.absentFor)
  const log = (data: Record<string, string | number | null>) =>
    record(
      tx,
      [
        {
          actor: 'reconciler',
          action: `message.${resolution.kind}`,
          subject: `message:${unknown.message_id}`,
          data: { attempt: unknown.attempt_id, ...data },
        },
      ],
      now,
    )
  const provider = firm.outlets.get(unknown.connection_id)?.sender.provider ?? 'provider'
  switch (resolution.kind) {
    case 'ask_again':
      await tx.run('update messages set due_at = $2 where id = $1', [unknown.message_id, resolution.at])
      await tx.run('update attempts set absent_since = $2 where id = $1', [
        unknown.attempt_id,
        resolution.absentSince,
      ])
      return
    case 'adopt':
      await tx.run(
        `update attempts set verdict = 'accepted', finished_at = $2, provider_message_id = $3 where id = $1`,
        [unknown.attempt_id, now, resolution.providerMessageId],
      )
      await tx.run(
        `update messages set state = 'sent', reason = 'found at the provider', sent_at = coalesce(sent_at, $2),
           provider_message_id = $3, due_at = $4 where id = $1`,
        [unknown.message_id, now, resolution.providerMessageId, now.add(receiptExpected)],
      )
      await log({ found: resolution.providerMessageId })
      return adoptFate(tx, unknown, answer, resolution.providerMessageId, provider, firm, deps)
    case 'human':
      await finish(tx, unknown, 'ambiguous', now)
      await toDead(tx, unknown, resolution.cause, provider, deps, now)
      return log({ cause: resolution.cause })
    case 'absent': {
      await finish(tx, unknown, 'absent', now)
      const next = afterAbsence(unknown.crashes, unknown.retry_step, firm.schedule, now)
      if (next.state !== 'queued') return toDead(tx, unknown, 'retries_used_up', provider, deps, now)
      await tx.run(
        `update messages set state = 'queued', due_at = $2, retry_step = $3, reason = $4 where id = $1`,
        [
          unknown.message_id,
          next.dueAt,
          next.retryStep,
          answer.kind === 'found' ? 'absent' : 'again_by_policy',
        ],
      )
      return log({ again: answer.kind === 'found' ? 'absent' : 'by_policy' })
    }
  }
}

/** The provider took it and could not bring it: its list says so, whether or not its receipt ever reached us. */
async function adoptFate(
  tx: FirmTx,
  unknown: Unknown,
  answer: Answer,
  providerMessageId: string,
  provider: string,
  firm: FirmDelivery,
  deps: Pick<ReconcileDeps, 'clock' | 'newId' | 'news'>,
): Promise<void> {
  const found =
    answer.kind === 'found'
      ? answer.messages.find((m) => m.providerMessageId === providerMessageId)
      : undefined
  if (!found || !/^(failed|undelivered|canceled)$/.test(found.status)) return
  await writeReceipts(
    tx,
    [
      {
        key: `found ${providerMessageId} ${found.status}`,
        kind: found.status === 'undelivered' ? 'undelivered' : 'failed',
        attemptId: unknown.attempt_id,
        providerMessageId,
        at: found.createdAt,
        code: found.status,
        detail: 'as the provider lists it',
      },
    ],
    {
      now: deps.clock.now(),
      connectionId: unknown.connection_id,
      provider,
      schedule: firm.schedule,
      newId: deps.newId,
      news: deps.news,
    },
  )
}

async function rivalsOf(tx: FirmTx, unknown: Unknown): Promise<Rivals> {
  const [rivals] = await tx.rows<Rivals & Record<string, unknown>>(
    `select count(*) filter (where m.state = 'sending')::int as calling,
            count(*) filter (where m.state = 'unknown')::int as unknown
     from messages m join attempts a on a.message_id = m.id and a.number = m.attempt_count
     where m.firm_id = current_firm() and m.address = $1 and m.connection_id = $2 and m.body = $3 and m.id <> $4
       and m.state in ('sending', 'unknown') and a.provider_message_id is null
       and a.started_at <= $6 and a.lease_until >= $5`,
    [
      unknown.address,
      unknown.connection_id,
      unknown.body,
      unknown.message_id,
      unknown.started_at.subtract(skew).subtract(skew),
      unknown.lease_until.add(skew).add(skew),
    ],
  )
  return rivals!
}

const finish = (tx: FirmTx, unknown: Unknown, verdict: string, now: Temporal.Instant) =>
  tx.run('update attempts set verdict = $3, finished_at = $2 where id = $1', [
    unknown.attempt_id,
    now,
    verdict,
  ])

async function toDead(
  tx: FirmTx,
  unknown: Unknown,
  cause: string,
  provider: string,
  deps: { newId: NewId; news: DeliveryNews },
  now: Temporal.Instant,
): Promise<void> {
  await tx.run(`update messages set state = 'dead', reason = $2, settled_at = $3 where id = $1`, [
    unknown.message_id,
    cause,
    now,
  ])
  await openDeadLetters(
    tx,
    [
      {
        messageId: unknown.message_id,
        attemptNumber: unknown.number,
        cause,
        code: cause,
        detail: '',
        suppress: null,
        page: false,
        provider,
      },
    ],
    { now, newId: deps.newId, news: deps.news },
  )
}
