/**
 * Release: what was held is looked at again with today's facts, rules and gates. It goes, waits on, or is dropped;
 * a hold is never a promise.
 */
import type { EventId, FirmId, NewId, NoticeId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { prepareValues } from '../../platform/expressions/index.ts'
import { type HeldMessage, heldMessages, insertMessages, settleHeld } from '../delivery/index.ts'
import { type PresentFact, presentFacts } from '../facts/index.ts'
import { lockMattersById, type MatterRow } from '../matters/index.ts'
import {
  dueHeld,
  insertNotices,
  knownOfEvents,
  lockHeld,
  type Notice,
  updateNotices,
} from '../notices/index.ts'
import { openTasks } from '../tasks/index.ts'
import { type DecisionContext, fire, forChannel, type RuleResult } from './decide.ts'
import { loadSituations } from './load.ts'
import type { FirmProgram } from './program.ts'
import { type Happening, ruleValues, type Situation } from './situation.ts'
import { insertDecisions, type StoreContext } from './store.ts'

interface EventRow extends Record<string, unknown> {
  id: EventId
  type: string
  subject: string
  occurred_at: Temporal.Instant
  data: Record<string, unknown>
}

/** Facts that are too old are read anew first; that wakes what is held. Should the CMS be silent, it holds on. */
const forNewFacts = { hours: 1 }

export interface ReleaseContext extends StoreContext {
  firmId: FirmId
  newId: NewId
  /** How many to look for; their companions of the same rule and event come on top. */
  limit: number
  /** Whether the facts of a matter are older than its connection allows. */
  outdated(matter: MatterRow): boolean
  /** Whether the CMS has not known a matter for so long that nobody waits any more. */
  gone(matter: MatterRow): boolean
  /** Told of the notices before anything is done with them. */
  took(ids: readonly NoticeId[]): void
}

/** @returns how many notices were looked at, whether there may be more, and matters whose facts must be read first */
export async function releaseHeld(
  tx: FirmTx,
  program: FirmProgram,
  context: ReleaseContext,
): Promise<{ looked: number; more: boolean; wishes: MatterRow[] }> {
  const { now } = context
  const due = await dueHeld(tx, now, context.limit)
  if (due.ids.length === 0) return { looked: 0, more: false, wishes: [] }
  context.took(due.ids)
  // Matters before notices, everywhere: two who lock in another order wait for each other.
  const matters = new Map((await lockMattersById(tx, due.matterIds)).map((m) => [m.id, m]))
  const notices = await lockHeld(tx, due.ids)
  const events = await loadEvents(tx, [...new Set(notices.map((n) => n.eventId))])
  const loaded = await loadSituations(tx, program, [...matters.values()], now)
  const messages = Map.groupBy(
    await heldMessages(
      tx,
      notices.filter((n) => n.state === 'messaged').map((n) => n.id),
      now,
    ),
    (m) => m.notice_id,
  )
  const decision: DecisionContext = {
    ...context,
    pauses: loaded.pauses,
    withdrawals: loaded.withdrawals,
    known: await knownOfEvents(tx, [...events.keys()]),
  }
  const facts = await presentFacts(tx, [...new Set(notices.flatMap((n) => (n.factId ? [n.factId] : [])))])
  const done: Released = { notices: [], newMessages: [], settled: [], tasks: [], results: [] }
  const wishes = new Set<MatterRow>()

  for (const group of Map.groupBy(notices, (n) => `${n.eventId} ${n.ruleKey}`).values()) {
    const first = group[0]!
    const matter = first.matterId ? matters.get(first.matterId) : undefined
    const event = events.get(first.eventId)
    const rule = program.rulesByKey.get(first.ruleKey)
    if (!matter || !event || !rule) {
      drop(done, group, messages, 'the rule is gone')
      continue
    }
    if (first.stateEntry !== null && first.stateEntry !== matter.state_entry) {
      const slip = first.stateEntry === matter.state_entry - 1 && isLater(matter.settles_at, now)
      // The present state may be undone at once, and then this is still to be said.
      if (slip) waitOn(done, group, messages, 'settling', matter.settles_at!)
      else drop(done, group, messages, 'the matter has moved on')
      continue
    }
    const fact = first.factId === null ? undefined : facts.get(first.factId)
    if (fact && fact.mark !== first.factMark) {
      drop(done, group, messages, 'there is newer news of it')
      continue
    }
    if (context.outdated(matter)) {
      if (context.gone(matter)) {
        drop(done, group, messages, 'the CMS no longer knows the matter')
        continue
      }
      wishes.add(matter)
      waitOn(done, group, messages, null, now.add(forNewFacts))
      continue
    }
    const happening = asHappening(event, first, matter, fact)
    const situation = loaded.situation(matter)
    const held = group.filter((n) => n.state === 'held')
    if (held.length > 0) again(done, program, rule, happening, situation, decision, held)
    for (const notice of group.filter((n) => n.state === 'messaged')) {
      const waiting = messages.get(notice.id) ?? []
      for (const message of waiting)
        done.settled.push(lookAgain(done, program, rule, happening, situation, decision, notice, message))
    }
  }

  const existing = new Set(notices.map((n) => n.id))
  await updateNotices(
    tx,
    done.notices.filter((n) => existing.has(n.id)),
    now,
  )
  const made = await insertNotices(
    tx,
    done.notices.filter((n) => !existing.has(n.id)),
    now,
  )
  await insertMessages(
    tx,
    done.newMessages.filter((m) => existing.has(m.noticeId) || made.has(m.noticeId)),
    context,
  )
  await settleHeld(tx, done.settled, now)
  await openTasks(tx, done.tasks, now)
  await insertDecisions(tx, done.results, context)
  return { looked: notices.length, more: due.more, wishes: [...wishes] }
}

const isLater = (a: Temporal.Instant | null, b: Temporal.Instant): boolean =>
  a !== null && Temporal.Instant.compare(a, b) > 0

interface Released {
  notices: Notice[]
  newMessages: Parameters<typeof insertMessages>[1][number][]
  settled: Parameters<typeof settleHeld>[1][number][]
  tasks: Parameters<typeof openTasks>[1][number][]
  results: { eventId: string; trigger: 'release'; results: RuleResult[] }[]
}

/** Looked at again then. @param reason null: as it was */
function waitOn(
  done: Released,
  group: readonly Notice[],
  messages: ReadonlyMap<string, HeldMessage[]>,
  reason: string | null,
  dueAt: Temporal.Instant,
): void {
  for (const notice of group) {
    if (notice.state === 'held') done.notices.push({ ...notice, reason: reason ?? notice.reason, dueAt })
    for (const m of messages.get(notice.id) ?? [])
      done.settled.push({
        id: m.id,
        to: 'held',
        reason: reason ?? m.reason ?? 'facts are older than allowed',
        dueAt,
      })
  }
}

function drop(
  done: Released,
  group: readonly Notice[],
  messages: ReadonlyMap<string, HeldMessage[]>,
  reason: string,
): void {
  for (const notice of group) {
    if (notice.state === 'held') done.notices.push({ ...notice, state: 'superseded', reason, dueAt: null })
    for (const m of messages.get(notice.id) ?? []) done.settled.push({ id: m.id, to: 'cancelled', reason })
  }
}

/** Held before anything was written: the whole rule is decided anew. */
function again(
  done: Released,
  program: FirmProgram,
  rule: Parameters<typeof fire>[1],
  happening: Happening,
  situation: Situation,
  decision: DecisionContext,
  held: readonly Notice[],
): void {
  const raw = ruleValues(happening, situation)
  const fired = fire(
    program,
    rule,
    happening,
    situation,
    { raw, values: prepareValues(raw) },
    decision,
    new Map(held.map((n) => [n.action, n])),
  )
  const told = new Set(fired.notices.map((n) => n.id))
  done.notices.push(...fired.notices)
  // An action that the rule no longer has.
  for (const n of held)
    if (!told.has(n.id))
      done.notices.push({ ...n, state: 'superseded', reason: 'the rule has changed', dueAt: null })
  done.newMessages.push(...fired.messages)
  done.tasks.push(...fired.tasks)
  done.results.push({ eventId: happening.eventId, trigger: 'release', results: [fired.result] })
}

/** Written already but held on its channel: still true, still allowed? Then with the words of today. */
function lookAgain(
  done: Released,
  program: FirmProgram,
  rule: Parameters<typeof fire>[1],
  happening: Happening,
  situation: Situation,
  decision: DecisionContext,
  notice: Notice,
  message: HeldMessage,
): Released['settled'][number] {
  const drop = (reason: string) => ({ id: message.id, to: 'cancelled' as const, reason })
  const action = rule.actions[notice.action]
  if (action?.kind !== 'tell' || !situation.client || !action.tell.channels.includes(message.channel))
    return drop('the rule has changed')
  const raw = ruleValues(happening, situation)
  const values = prepareValues(raw)
  // Until something changes, and at the latest for an hour.
  const wait = (reason: string) => {
    const dueAt = decision.now.add({ hours: 1 })
    return { id: message.id, to: 'held' as const, reason, dueAt }
  }
  for (const condition of [...(rule.when ? [rule.when] : []), ...rule.evidence.map((e) => e.that)]) {
    const held = condition.evaluate(values)
    // Not to know whether it is true is not to know that it is not.
    if (!held.ok) return wait(`rule problem: ${held.message}`)
    if (held.value !== true) return drop('no longer true')
  }

  const asked = forChannel(
    program,
    action,
    message.channel,
    notice,
    situation.client.id,
    happening,
    situation,
    { raw, values },
    decision,
    true,
  )
  if (asked.kind === 'suppressed') return drop(asked.outcomes.at(-1)?.reason ?? asked.gate)
  if (asked.kind === 'problem') return wait(asked.problems[0]!)
  const m = asked.message
  if (m.address !== message.address) {
    // They have another number or mailbox by now: the message for the old one ends, and one for the new one begins.
    done.newMessages.push(m)
    return drop('contact_point_lost')
  }
  if (m.state === 'held') return { id: message.id, to: 'held', reason: m.reason!, dueAt: m.dueAt }
  return {
    id: message.id,
    to: 'queued',
    reason: null,
    dueAt: decision.now,
    subject: m.subject,
    body: m.body,
    language: m.language,
    segments: m.segments,
    calendar: m.calendar,
    templateVersion: m.templateVersion,
  }
}

/** @param fact that it tells of, as it stands */
const asHappening = (
  event: EventRow,
  notice: Notice,
  matter: MatterRow,
  fact: PresentFact | undefined,
): Happening => ({
  eventId: event.id,
  type: event.type,
  subject: event.subject,
  occurredAt: event.occurred_at,
  data: event.data,
  stateEntry: notice.stateEntry,
  fact:
    notice.factId === null
      ? null
      : {
          id: notice.factId,
          mark: notice.factMark ?? '',
          appointment: fact?.kind === 'appointment' ? fact : null,
        },
  settlesAt: notice.stateEntry === null ? null : matter.settles_at,
})

async function loadEvents(tx: FirmTx, ids: readonly EventId[]): Promise<Map<EventId, EventRow>> {
  const rows = await tx.rows<EventRow>(
    'select id, type, subject, occurred_at, data from events where id = any($1)',
    [ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}
