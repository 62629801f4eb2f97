/** Notices: the decision to tell someone something, before and after it was allowed. */
import type {
  Audience,
  Channel,
  ClientId,
  EventId,
  MatterId,
  NoticeId,
  Purpose,
  Urgency,
} from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import {
  cancelMessagesOf,
  noticesWithHeldMessages,
  postponeHeldMessages,
  saidByNotices,
  wakeHeldMessages,
} from '../delivery/index.ts'
import { removedMark } from '../facts/index.ts'
import type { GateOutcome, Overridable, Overrides } from './gates.ts'

export const noticeStates = ['decided', 'held', 'suppressed', 'superseded', 'expired', 'messaged'] as const
export type NoticeState = (typeof noticeStates)[number]

/** What may follow what. docs/state-machines.md draws it; every statement that writes a state is held against that in tests. */
export const noticeTransitions: Readonly<Record<NoticeState, readonly NoticeState[]>> = {
  decided: ['held', 'suppressed', 'superseded', 'messaged'],
  held: ['held', 'suppressed', 'superseded', 'expired', 'messaged'],
  suppressed: [],
  superseded: [],
  expired: [],
  messaged: [],
}

export interface Notice {
  id: NoticeId
  eventId: EventId
  matterId: MatterId | null
  /** Whom it is for; the matter's client unless `audience` says otherwise. */
  clientId: ClientId | null
  audience: Audience
  ruleKey: string
  ruleVersion: number
  /** Which of the rule's `then`; -1 stands for a rule without one, which waits for evidence. */
  action: number
  purpose: Purpose
  urgency: Urgency
  templateKey: string
  state: NoticeState
  reason: string | null
  gates: GateOutcome[]
  /** The matter's entry when this was decided; null when it is not about a state. */
  stateEntry: number | null
  /** The fact that this tells of, and its mark when this was decided; null when it is about none. */
  factId: string | null
  factMark: string | null
  dueAt: Temporal.Instant | null
  deadlineAt: Temporal.Instant | null
  cause: string
  /** What a person let it pass; absent: nobody let it pass anything. */
  overrides?: Overrides | null
}

/** What was decided before, and what became messages of it. */
export interface Known {
  /** By cause of the notice: whether messages were made of it. */
  notices: Map<string, boolean>
  /** What there are messages about: the notice's cause and the channel, at whichever address. */
  messages: Set<string>
}

/**
 * @returns notices about these matters that are not about an entry into a state: only those can come again, since
 *   each entry has a number of its own
 */
export async function knownAbout(tx: FirmTx, matterIds: readonly MatterId[]): Promise<Known> {
  if (matterIds.length === 0) return { notices: new Map(), messages: new Set() }
  const rows = await tx.rows<KnownRow>(
    'select id, cause, state from notices where matter_id = any($1) and state_entry is null',
    [matterIds],
    'notices_known',
  )
  return known(tx, rows)
}

/** @returns every notice that these events led to */
export async function knownOfEvents(tx: FirmTx, eventIds: readonly EventId[]): Promise<Known> {
  const rows = await tx.rows<KnownRow>('select id, cause, state from notices where event_id = any($1)', [
    eventIds,
  ])
  return known(tx, rows)
}

interface KnownRow extends Record<string, unknown> {
  id: NoticeId
  cause: string
  state: NoticeState
}

async function known(tx: FirmTx, rows: readonly KnownRow[]): Promise<Known> {
  const messaged = rows.filter((r) => r.state === 'messaged').map((r) => r.id)
  const causes = new Map(rows.map((r) => [r.id, r.cause]))
  return {
    notices: new Map(rows.map((r) => [r.cause, r.state === 'messaged'])),
    messages: new Set(
      (await saidByNotices(tx, messaged)).map(({ id, channel }) => saidKey(causes.get(id)!, channel)),
    ),
  }
}

/** Between the cause of a notice and the event that brought the same once more. */
export const repeatMark = ' again in '

/** What a message says and where, whichever event it was that brought it, and whatever the address. */
export const saidKey = (cause: string, channel: Channel): string => `${cause.split(repeatMark)[0]} ${channel}`

/**
 * The same cause is stored once, whoever comes second.
 *
 * @returns the ids of those that were new
 */
export async function insertNotices(
  tx: FirmTx,
  notices: readonly Notice[],
  now: Temporal.Instant,
): Promise<Set<NoticeId>> {
  // Hardly any has: what rules tell need not carry it through the insert.
  const overridden = notices.some((n) => n.overrides)
  const made = await insertMany<{ id: NoticeId }>(
    tx,
    'notices',
    notices.map((n) => ({
      id: n.id,
      event_id: n.eventId,
      matter_id: n.matterId,
      client_id: n.clientId,
      audience: n.audience,
      rule_key: n.ruleKey,
      rule_version: n.ruleVersion,
      action: n.action,
      purpose: n.purpose,
      urgency: n.urgency,
      template_key: n.templateKey,
      state: n.state,
      reason: n.reason,
      gates: n.gates,
      state_entry: n.stateEntry,
      fact_id: n.factId,
      fact_mark: n.factMark,
      due_at: n.dueAt,
      deadline_at: n.deadlineAt,
      cause: n.cause,
      created_at: now,
      updated_at: now,
      ...(overridden
        ? { overrides: n.overrides?.gates ?? [], overrides_until: n.overrides?.until ?? null }
        : {}),
    })),
    'on conflict (firm_id, cause) do nothing returning id',
  )
  return new Set(made.map((row) => row.id))
}

/** Writes back what a release decided. */
export async function updateNotices(
  tx: FirmTx,
  notices: readonly Pick<
    Notice,
    'id' | 'state' | 'reason' | 'gates' | 'dueAt' | 'deadlineAt' | 'ruleVersion'
  >[],
  now: Temporal.Instant,
): Promise<void> {
  if (notices.length === 0) return
  await tx.run(
    `update notices n set state = x.state, reason = x.reason, gates = x.gates, due_at = x.due_at,
       deadline_at = x.deadline_at, rule_version = x.rule_version, updated_at = $2
     from json_to_recordset($1) as x(id uuid, state text, reason text, gates jsonb, due_at timestamptz,
       deadline_at timestamptz, rule_version integer)
     where n.id = x.id`,
    [
      toJson(
        notices.map((n) => ({
          id: n.id,
          state: n.state,
          reason: n.reason,
          gates: n.gates,
          due_at: n.dueAt,
          deadline_at: n.deadlineAt,
          rule_version: n.ruleVersion,
        })),
      ),
      now,
    ],
  )
}

interface HeldRow extends Record<string, unknown> {
  id: NoticeId
  event_id: EventId
  matter_id: MatterId | null
  client_id: ClientId | null
  audience: Audience
  rule_key: string
  rule_version: number
  action: number
  purpose: Purpose
  urgency: Urgency
  template_key: string
  state: NoticeState
  reason: string | null
  gates: GateOutcome[]
  state_entry: number | null
  fact_id: string | null
  fact_mark: string | null
  due_at: Temporal.Instant | null
  deadline_at: Temporal.Instant | null
  cause: string
  overrides: Overridable[]
  overrides_until: Temporal.Instant | null
}

const columns = `id, event_id, matter_id, client_id, audience, rule_key, rule_version, action, purpose, urgency, template_key, state,
  reason, gates, state_entry, fact_id, fact_mark, due_at, deadline_at, cause, overrides, overrides_until`

const fromRow = (r: HeldRow): Notice => ({
  id: r.id,
  eventId: r.event_id,
  matterId: r.matter_id,
  clientId: r.client_id,
  audience: r.audience,
  ruleKey: r.rule_key,
  ruleVersion: r.rule_version,
  action: r.action,
  purpose: r.purpose,
  urgency: r.urgency,
  templateKey: r.template_key,
  state: r.state,
  reason: r.reason,
  gates: r.gates,
  stateEntry: r.state_entry,
  factId: r.fact_id,
  factMark: r.fact_mark,
  dueAt: r.due_at,
  deadlineAt: r.deadline_at,
  cause: r.cause,
  overrides: r.overrides_until && { gates: r.overrides, until: r.overrides_until },
})

/**
 * Held notices whose moment has come, and those whose messages wait for release; with each all that its rule holds of
 * the same event, since they are decided together. Nothing is locked yet: matters are locked before notices.
 *
 * @param limit how many are looked for; their companions come on top
 */
export async function dueHeld(
  tx: FirmTx,
  now: Temporal.Instant,
  limit: number,
): Promise<{ ids: NoticeId[]; matterIds: MatterId[]; more: boolean }> {
  const waiting = await noticesWithHeldMessages(tx, now, limit)
  const due = await tx.rows<{
    id: NoticeId
    event_id: EventId
    rule_key: string
    matter_id: MatterId | null
  }>(
    `select id, event_id, rule_key, matter_id from notices
     where firm_id = current_firm() and state = 'held' and due_at <= $1 order by due_at, id limit $2`,
    [now, limit],
  )
  const all = await tx.rows<{ id: NoticeId; matter_id: MatterId | null }>(
    `select id, matter_id from notices where id = any($1)
     union select id, matter_id from notices
       where state = 'held' and (event_id, rule_key) in (select * from unnest($2::uuid[], $3::text[]))`,
    [waiting, due.map((d) => d.event_id), due.map((d) => d.rule_key)],
  )
  return {
    ids: all.map((n) => n.id),
    matterIds: [...new Set(all.flatMap((n) => (n.matter_id ? [n.matter_id] : [])))],
    more: due.length === limit || waiting.length === limit,
  }
}

/** Locks these notices, in the order of their ids; what has been settled meanwhile is left out. */
export async function lockHeld(tx: FirmTx, ids: readonly NoticeId[]): Promise<Notice[]> {
  const rows = await tx.rows<HeldRow>(
    `select ${columns} from notices where id = any($1) and state in ('held', 'messaged') order by id for update`,
    [ids],
  )
  return rows.map(fromRow)
}

/** What can't be decided now must not stand before everything else. */
export async function postponeHeld(
  tx: FirmTx,
  ids: readonly NoticeId[],
  reason: string,
  until: Temporal.Instant,
): Promise<void> {
  await tx.run(`update notices set due_at = $2, reason = $3 where id = any($1) and state = 'held'`, [
    ids,
    until,
    reason,
  ])
  await postponeHeldMessages(tx, ids, until)
}

/** @returns how many notices wait for this matter, with or without messages of theirs */
export async function countHeld(tx: FirmTx, matterId: MatterId): Promise<number> {
  const [row] = await tx.rows<{ n: number }>(
    `select count(*)::int as n from notices n where n.matter_id = $1 and (n.state = 'held'
       or (n.state = 'messaged' and exists (select from messages m where m.notice_id = n.id and m.state = 'held')))`,
    [matterId],
  )
  return row!.n
}

/**
 * Makes held notices and held messages due, so that the release lane looks at them again.
 *
 * @param target what changed: a matter or client (its facts, its pause), or the whole firm (its rules, its pause)
 * @returns how many were touched
 */
export async function wakeHeld(
  tx: FirmTx,
  target: { matterIds: readonly string[] } | { clientId: string } | 'firm',
  now: Temporal.Instant,
): Promise<number> {
  const matters = typeof target === 'object' && 'matterIds' in target ? target.matterIds : null
  const client = typeof target === 'object' && 'clientId' in target ? target.clientId : null
  // What waits for a moment of its own (quiet hours, settling) is looked at and held again; that is cheap and safe.
  const notices = await tx.run(
    `update notices set due_at = $1 where id in (
       select id from notices where firm_id = current_firm() and state = 'held'
         and ($2::uuid[] is null or matter_id = any($2)) and ($3::uuid is null or client_id = $3)
       order by id for update)`,
    [now, matters, client],
  )
  return notices + (await wakeHeldMessages(tx, { matterIds: matters, clientId: client }, now))
}

/**
 * The state of these matters is another, or something has happened to them: what waits for evidence of that is due.
 *
 * @param ruleKeys rules whose evidence reads states or events
 * @returns how many
 */
export async function wakeEvidence(
  tx: FirmTx,
  matterIds: readonly MatterId[],
  ruleKeys: readonly string[],
  now: Temporal.Instant,
): Promise<number> {
  if (matterIds.length === 0 || ruleKeys.length === 0) return 0
  return tx.run(
    `update notices set due_at = $3 where id in (
       select id from notices where firm_id = current_firm() and state = 'held' and matter_id = any($1)
         and rule_key = any($2) and deadline_at is not null
       order by id for update)`,
    [matterIds, ruleKeys, now],
    'notices_wake_evidence',
  )
}

/** There is newer news of these facts: what was still to be said of them with another mark is not said any more. */
export async function supersedeAbout(
  tx: FirmTx,
  facts: readonly { factId: string; mark: string }[],
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  const older = await tx.rows<{ id: NoticeId; state: NoticeState }>(
    `select n.id, n.state from notices n join unnest($1::uuid[], $2::text[]) as x(fact_id, mark) on n.fact_id = x.fact_id
     where n.firm_id = current_firm() and n.fact_mark is distinct from x.mark and n.state in ('held', 'messaged')
     order by n.id for update of n`,
    [facts.map((f) => f.factId), facts.map((f) => f.mark)],
    'notices_older_news',
  )
  if (older.length === 0) return
  await tx.run(
    `update notices set state = 'superseded', reason = $2, due_at = null, updated_at = $3 where id = any($1)`,
    [older.filter((n) => n.state === 'held').map((n) => n.id), reason, now],
  )
  await cancelMessagesOf(
    tx,
    older.filter((n) => n.state === 'messaged').map((n) => n.id),
    'superseded',
    now,
  )
}

/** @returns for each of these facts how many events of its end led to notices */
export async function endsTold(tx: FirmTx, factIds: readonly string[]): Promise<Map<string, number>> {
  if (factIds.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; ends: number }>(
    `select fact_id as id, count(distinct event_id)::int as ends from notices
     where firm_id = current_firm() and fact_id = any($1) and fact_mark = $2 group by fact_id`,
    [factIds, removedMark],
  )
  return new Map(rows.map((row) => [row.id, row.ends]))
}

/**
 * A slip of the hand was undone: what was to be said of the state before it is true again, as of the new entry.
 *
 * @param slips the entry that was a slip; the one before it is meant, and becomes the one after it
 */
export async function carryOver(
  tx: FirmTx,
  slips: readonly { matterId: MatterId; stateEntry: number }[],
): Promise<void> {
  // One after the other: what one slip carried over, the next may carry on.
  for (const { matterId, stateEntry } of slips) {
    await tx.run(
      `update notices set state_entry = $2 + 1
       where firm_id = current_firm() and state in ('held', 'messaged') and matter_id = $1 and state_entry = $2 - 1`,
      [matterId, stateEntry],
    )
  }
}

/** The state they speak of has been left, or turned out to be a slip of the hand. */
export async function supersedeHeld(
  tx: FirmTx,
  slips: readonly { matterId: MatterId; stateEntry: number }[],
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  if (slips.length === 0) return
  await tx.run(
    `update notices n set state = 'superseded', reason = $3, due_at = null, updated_at = $4
     from unnest($1::uuid[], $2::int[]) as x(matter_id, state_entry)
     where n.firm_id = current_firm() and n.state = 'held' and n.matter_id = x.matter_id and n.state_entry = x.state_entry`,
    [slips.map((s) => s.matterId), slips.map((s) => s.stateEntry), reason, now],
  )
}
