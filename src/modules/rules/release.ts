/**
 * Release: what was held is looked at again with today's facts, rules and gates. It goes, waits on, or is dropped;
 * a hold is never a promise.
 */
import type { EventId, FirmId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { prepareValues } from '../../platform/expressions/index.ts'
import { type HeldMessage, heldMessages, insertMessages, settleHeld } from '../delivery/index.ts'
import { lockMattersById, type MatterRow } from '../matters/index.ts'
import { insertNotices, knownOfEvents, type Notice, takeHeld, updateNotices } from '../notices/index.ts'
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

const batch = 100

/** @returns how many notices were looked at, and whether messages are now ready to leave */
export async function releaseHeld(
  tx: FirmTx,
  program: FirmProgram,
  context: StoreContext & { firmId: FirmId; newId: NewId },
): Promise<{ looked: number; more: boolean }> {
  const { now } = context
  const notices = await takeHeld(tx, now, batch)
  if (notices.length === 0) return { looked: 0, more: false }
  const matterIds = [...new Set(notices.flatMap((n) => (n.matterId ? [n.matterId] : [])))]
  const matters = new Map((await lockMattersById(tx, matterIds)).map((m) => [m.id, m]))
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
  const done: Released = { notices: [], newMessages: [], settled: [], tasks: [], results: [] }

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
      drop(done, group, messages, 'the matter has moved on')
      continue
    }
    const happening = asHappening(event, first, matter)
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
  await insertNotices(
    tx,
    done.notices.filter((n) => !existing.has(n.id)),
    now,
  )
  await insertMessages(tx, done.newMessages, context)
  await settleHeld(tx, done.settled, now)
  await openTasks(tx, done.tasks, now)
  await insertDecisions(tx, done.results, context)
  return { looked: notices.length, more: notices.length === batch }
}

interface Released {
  notices: Notice[]
  newMessages: Parameters<typeof insertMessages>[1][number][]
  settled: Parameters<typeof settleHeld>[1][number][]
  tasks: Parameters<typeof openTasks>[1][number][]
  results: { eventId: string; trigger: 'release'; results: RuleResult[] }[]
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
  if (action?.kind !== 'tell' || !situation.client) return drop('the rule has changed')
  const raw = ruleValues(happening, situation)
  const values = prepareValues(raw)
  const holds = (e: { evaluate(v: typeof values): { ok: boolean; value?: unknown } } | null) =>
    e === null || e.evaluate(values).value === true
  if (!holds(rule.when) || !rule.evidence.every((e) => holds(e.that))) return drop('no longer true')

  // What is looked at is no message "about the same already".
  const others = new Set(decision.known.messages)
  others.delete(message.cause)
  const asked = forChannel(
    program,
    action,
    message.channel,
    notice,
    situation.client.id,
    situation,
    { raw, values },
    { ...decision, known: { ...decision.known, messages: others } },
  )
  if (asked.kind === 'suppressed') return drop(asked.outcomes.at(-1)?.reason ?? asked.gate)
  if (asked.kind === 'problem') {
    // The words fail now: look again when something changes, and at the latest in an hour.
    const dueAt = decision.now.add({ hours: 1 })
    return { id: message.id, to: 'held', reason: asked.problems[0]!, dueAt }
  }
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
    templateVersion: m.templateVersion,
  }
}

const asHappening = (event: EventRow, notice: Notice, matter: MatterRow): Happening => ({
  eventId: event.id,
  type: event.type,
  subject: event.subject,
  occurredAt: event.occurred_at,
  data: event.data,
  stateEntry: notice.stateEntry,
  settlesAt: notice.stateEntry === null ? null : matter.settles_at,
})

async function loadEvents(tx: FirmTx, ids: readonly EventId[]): Promise<Map<EventId, EventRow>> {
  const rows = await tx.rows<EventRow>(
    'select id, type, subject, occurred_at, data from events where id = any($1)',
    [ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}
