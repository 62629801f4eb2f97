/**
 * Release: what was held is looked at again with today's facts, rules and gates. It goes, waits on, or is dropped;
 * a hold is never a promise.
 */
import type { FirmId, NewId, NoticeId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import {
  type HeldMessage,
  heldMessages,
  insertMessages,
  type NewMessage,
  type SettledHeld,
  settleHeld,
  untilLifted,
} from '../delivery/index.ts'
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
import { capLifted, overCap, underCap } from './cap.ts'
import { type Again, forChannel } from './channel.ts'
import { fire, type RuleResult } from './decide.ts'
import type { FirmProgram } from './program.ts'
import { loadToday, noLongerTrue, type Standing, standingOf, type Today, valuesOf } from './standing.ts'
import { insertDecisions, type StoreContext } from './store.ts'

/** Facts that are too old are read anew first; that wakes what is held. Should the CMS be silent, it holds on. */
const forNewFacts = { hours: 1 }

export interface ReleaseContext extends StoreContext, Pick<Today, 'outdated' | 'gone'> {
  firmId: FirmId
  newId: NewId
  /** How many to look for; their companions of the same rule and event come on top. */
  limit: number
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
  const matters = await lockMattersById(tx, due.matterIds)
  const notices = await lockHeld(tx, due.ids)
  const today = await loadToday(tx, program, notices, matters, context, knownOfEvents)
  const messages = Map.groupBy(
    await heldMessages(
      tx,
      notices.filter((n) => n.state === 'messaged').map((n) => n.id),
      now,
    ),
    (m) => m.notice_id,
  )
  const done: Released = { notices: [], newMessages: [], settled: [], tasks: [], results: [] }
  const wishes = new Set<MatterRow>()

  // One event and rule: what holds of one of its notices holds of all.
  for (const group of Map.groupBy(notices, (n) => `${n.eventId} ${n.ruleKey}`).values()) {
    const standing = standingOf(group[0]!, today)
    switch (standing.kind) {
      case 'drop':
        drop(done, group, messages, standing.reason)
        break
      case 'wait':
        waitOn(done, group, messages, standing.reason, standing.until)
        break
      case 'read':
        wishes.add(standing.matter)
        waitOn(done, group, messages, null, now.add(forNewFacts))
        break
      case 'stands': {
        const held = group.filter((n) => n.state === 'held')
        if (held.length > 0) again(done, today, standing, held)
        for (const notice of group.filter((n) => n.state === 'messaged'))
          for (const message of messages.get(notice.id) ?? [])
            done.settled.push(lookAgain(done.newMessages, today, standing, notice, message, { anew: true }))
      }
    }
  }

  const existing = new Set(notices.map((n) => n.id))
  const lifted = capLifted(notices, now)
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
    await underCap(
      tx,
      program,
      done.newMessages.filter((m) => existing.has(m.noticeId) || made.has(m.noticeId)),
      now,
      lifted,
    ),
    context,
  )
  await settleHeld(
    tx,
    await settledUnderCap(
      tx,
      program,
      done.settled,
      [...messages.values()].flat().filter((m) => !lifted.has(m.notice_id)),
      now,
    ),
    context,
  )
  await openTasks(tx, done.tasks, now)
  await insertDecisions(tx, done.results, context)
  return { looked: notices.length, more: due.more, wishes: [...wishes] }
}

/** What was released may be too much for the day. */
async function settledUnderCap(
  tx: FirmTx,
  program: FirmProgram,
  settled: readonly SettledHeld[],
  messages: readonly HeldMessage[],
  now: Temporal.Instant,
): Promise<SettledHeld[]> {
  const held = new Map(messages.map((m) => [m.id, m]))
  const leaving = settled.flatMap(({ id, to }) => {
    const message = held.get(id)
    return to === 'queued' && message ? [{ ...message, clientId: message.client_id }] : []
  })
  const over = new Map(
    [...(await overCap(tx, program, leaving, now))].map(([m, held]) => [m.id, { ...m, ...held }]),
  )
  return settled.map((one): SettledHeld => {
    const found = over.get(one.id)
    if (!found) return one
    const { clientId, channel, reason } = found
    return {
      id: one.id,
      to: 'held',
      reason,
      dueAt: untilLifted,
      digest: { ...found.digest, clientId, channel },
    }
  })
}

interface Released {
  notices: Notice[]
  newMessages: NewMessage[]
  settled: SettledHeld[]
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
        digest: null,
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

type Stands = Extract<Standing, { kind: 'stands' }>

/** Held before anything was written: the whole rule is decided anew. */
function again(
  done: Released,
  { program, decision }: Today,
  { rule, happening, situation }: Stands,
  held: readonly Notice[],
): void {
  const fired = fire(
    program,
    rule,
    happening,
    situation,
    valuesOf(happening, situation),
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

/**
 * Written already but held on its channel: still true, still allowed? Then with the words of today.
 *
 * @param newMessages is given the message for another address, where the client has one by now
 */
export function lookAgain(
  newMessages: NewMessage[],
  { program, decision }: Today,
  { rule, happening, situation }: Stands,
  notice: Notice,
  message: Pick<HeldMessage, 'id' | 'channel' | 'address'>,
  again: Again,
): SettledHeld {
  const drop = (reason: string) => ({ id: message.id, to: 'cancelled' as const, reason })
  // Until something changes, and at the latest for an hour.
  const wait = (reason: string) => {
    const dueAt = decision.now.add({ hours: 1 })
    return { id: message.id, to: 'held' as const, reason, dueAt, digest: null }
  }
  const action = rule.actions[notice.action]
  const { recipient: client } = situation
  if (action?.kind !== 'tell' || !client || !action.tell.channels.includes(message.channel))
    return drop('the rule has changed')
  const given = valuesOf(happening, situation)
  const untrue = noLongerTrue(rule, given)
  if (untrue) return untrue.kind === 'drop' ? drop(untrue.reason) : wait(untrue.reason)

  const asked = forChannel(
    program,
    action,
    message.channel,
    notice,
    client.id,
    happening,
    situation,
    given,
    decision,
    again,
  )
  if (asked.kind === 'suppressed') return drop(asked.outcomes.at(-1)?.reason ?? asked.gate)
  if (asked.kind === 'problem') return wait(asked.problems[0]!)
  const m = asked.message
  if (m.address !== message.address) {
    // They have another number or mailbox by now: the message for the old one ends, and one for the new one begins.
    newMessages.push(m)
    return drop('contact_point_lost')
  }
  if (m.state === 'held') {
    const digest = m.digest && { ...m.digest, clientId: client.id, channel: message.channel }
    return { id: message.id, to: 'held', reason: m.reason!, dueAt: m.dueAt, digest }
  }
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
