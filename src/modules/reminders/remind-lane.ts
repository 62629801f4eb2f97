/**
 * The lane that reminds: what is due is looked at once more, and becomes an event that is decided like any other, with
 * its gates, words, attempts and record; under the lock of all decisions.
 */
import type { ClientId, ConnectionId, EventId, FirmId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import { record } from '../audit/index.ts'
import { attorneyOf, audienceOfPerson, participantsOf, upsertAttorneys, zonesOf } from '../facts/index.ts'
import { type IngestProgram, insertEvents, takeDecideLock, wishForFacts } from '../ingest/index.ts'
import { lockMattersById, type MatterRow } from '../matters/index.ts'
import { decideRule, forMark, type Happening, loadSituations, storePlans } from '../rules/index.ts'
import { type CompiledPlan, dueEvent, ruleKeyOf } from './compile.ts'
import { judgeReminder } from './judge.ts'
import * as store from './store.ts'
import { cancellation, correction } from './types.ts'

export interface RemindDeps {
  db: Database
  now(): Temporal.Instant
  newId: NewId
  salt(): Uint8Array
  program(tx: FirmTx): Promise<{ ingest: IngestProgram; plans: ReadonlyMap<string, CompiledPlan> }>
  nudge(lane: 'deliver' | 'fetch', firmId: FirmId): void
  counted(outcome: 'said' | 'skipped' | 'superseded'): void
  /** Reminders wait because a system can't be asked whether they are still true: the operators should know. */
  unanswered(tx: FirmTx, waiting: readonly { connectionId: ConnectionId; reminders: number }[]): Promise<void>
}

const batch = 100

export function remindLane(deps: RemindDeps): Lane {
  return {
    name: 'remind',
    parallel: 1,
    async run(firmId) {
      const done = await deps.db.forFirm(firmId, (tx) => remindSome(tx, deps))
      if (done === null) return { next: 'wait', milliseconds: 50 }
      if (done.said > 0) deps.nudge('deliver', firmId)
      if (done.asked > 0) deps.nudge('fetch', firmId)
      if (done.looked === batch) return { next: 'more' }
      return done.waiting > 0 ? { next: 'wait', milliseconds: 1_000 } : { next: 'idle' }
    },
  }
}

async function remindSome(
  tx: FirmTx,
  deps: RemindDeps,
): Promise<{ looked: number; said: number; asked: number; waiting: number } | null> {
  if (!(await takeDecideLock(tx))) return null
  const now = deps.now()
  const due = await store.dueReminders(tx, now, batch)
  if (due.length === 0) return { looked: 0, said: 0, asked: 0, waiting: 0 }
  const { ingest, plans } = await deps.program(tx)
  const { program } = ingest
  // Matters before everything else, everywhere.
  const matters = new Map(
    (await lockMattersById(tx, [...new Set(due.map((d) => d.matter_id))])).map((m) => [m.id, m]),
  )
  const reminders = await store.lockReminders(
    tx,
    due.map((d) => d.id),
    now,
  )
  const told = await store.toldByRules(
    tx,
    // What a rule tells it tells the client.
    reminders.filter((r) => r.person === null && (r.step_key === correction || r.step_key === cancellation)),
  )
  const judged = reminders.map((reminder) => ({
    reminder,
    verdict: judgeReminder(reminder, {
      now,
      firmZone: program.settings.timeZone,
      plan: plans.get(reminder.plan_key),
      readable: ingest.readable.has(reminder.connection_id),
      toldByRule: told.has(reminder.id),
      takesPart: takesPart(reminder, matters.get(reminder.matter_id)),
    }),
  }))
  const saying = judged.flatMap(({ reminder, verdict }) => {
    const matter = matters.get(reminder.matter_id)
    return verdict.kind === 'say' && matter ? [{ reminder, matter }] : []
  })
  const ends: Parameters<typeof store.endReminders>[1][number][] = []
  const waits: Parameters<typeof store.waitReminders>[1][number][] = []
  const asked: store.DueReminder[] = []
  const unanswered: store.DueReminder[] = []
  for (const { reminder, verdict } of judged) {
    switch (verdict.kind) {
      case 'say':
        break
      case 'end':
        ends.push({ id: reminder.id, state: verdict.state, reason: verdict.reason })
        break
      case 'ask':
      case 'wait':
      case 'hold': {
        const { kind, dueAt, reason } = verdict
        waits.push({ id: reminder.id, dueAt, reason, askedNow: kind === 'ask' })
        if (kind === 'ask') asked.push(reminder)
        if (kind === 'hold') unanswered.push(reminder)
        break
      }
    }
  }
  const events = await say(tx, deps, program, saying, now)
  await store.endReminders(tx, [...ends, ...events], now)
  await store.waitReminders(tx, waits, now)
  await ask(tx, asked, matters, now)
  if (unanswered.length > 0)
    await deps.unanswered(
      tx,
      [...Map.groupBy(unanswered, (r) => r.connection_id)].map(([connectionId, those]) => ({
        connectionId,
        reminders: those.length,
      })),
    )
  tx.afterCommit(() => {
    for (const { state } of [...ends, ...events]) deps.counted(state)
  })
  return { looked: judged.length, said: events.length, asked: asked.length, waiting: waits.length }
}

/** Each becomes an event of its matter, and what the plan says to it is decided at once. */
async function say(
  tx: FirmTx,
  deps: RemindDeps,
  program: IngestProgram['program'],
  saying: readonly { reminder: store.DueReminder; matter: MatterRow }[],
  now: Temporal.Instant,
): Promise<{ id: string; state: 'said'; reason: string | null; eventId: EventId }[]> {
  if (saying.length === 0) return []
  const people = await peopleOf(tx, deps, saying, now)
  const loaded = await loadSituations(
    tx,
    program,
    [...new Set(saying.map((s) => s.matter))],
    now,
    undefined,
    [...people.values()],
  )
  const happenings = saying.map(({ reminder, matter }) => ({
    reminder,
    matter,
    happening: happeningOf(reminder, deps.newId<EventId>(), now),
  }))
  await insertEvents(
    tx,
    happenings.map(({ reminder, matter, happening }) => ({
      id: happening.eventId as EventId,
      deliveryId: null,
      connectionId: reminder.connection_id,
      type: dueEvent,
      matterId: matter.id,
      clientId: reminder.person === null ? matter.client_id : (people.get(reminder.id) ?? null),
      subject: happening.subject,
      occurredAt: happening.occurredAt,
      data: happening.data,
      outcome: 'decided' as const,
    })),
    now,
  )
  const decision = {
    now,
    newId: deps.newId,
    firmId: tx.firmId,
    pauses: loaded.pauses,
    withdrawals: loaded.withdrawals,
    known: loaded.known,
  }
  const plans = happenings.map(({ reminder, matter, happening }) => {
    const audience = audienceOfPerson(reminder.person)
    const rule = program.rulesByKey.get(ruleKeyOf(reminder.plan_key, reminder.step_key, audience))
    const situation =
      audience === 'client'
        ? loaded.situation(matter)
        : loaded.situation(matter, people.get(reminder.id) ?? null)
    return {
      eventId: happening.eventId,
      plan: rule
        ? decideRule(program, rule, happening, situation, decision)
        : { results: [], notices: [], messages: [], tasks: [] },
    }
  })
  await storePlans(tx, program, plans, { now, newId: deps.newId, salt: deps.salt })
  await record(
    tx,
    happenings.map(({ reminder, happening }) => ({
      actor: 'tipstaff',
      action: 'reminder.said',
      subject: `event:${happening.eventId}`,
      data: { reminder: reminder.id, plan: reminder.plan_key, step: reminder.step_key },
    })),
    now,
  )
  return happenings.map(({ reminder, happening }, i) => ({
    id: reminder.id,
    state: 'said' as const,
    reason: plans[i]!.plan.results[0]?.reason ?? null,
    eventId: happening.eventId as EventId,
  }))
}

function happeningOf(reminder: store.DueReminder, eventId: EventId, now: Temporal.Instant): Happening {
  const { plan_key: plan, step_key: step, external_id: externalId, edition, person } = reminder
  const before = reminder.previous_data
  return {
    eventId,
    type: dueEvent,
    subject: `${dueEvent} ${plan}/${step} appointment:${externalId}@${edition}${person === null ? '' : `${forMark}${person}`}`,
    // When it was due, should it be late: after a restored backup it may have been said then, and is asked about.
    occurredAt: Temporal.Instant.compare(reminder.due_at, now) < 0 ? reminder.due_at : now,
    data: {
      ...reminder.data,
      plan,
      step,
      starts_at: reminder.starts_at.toString(),
      zone: reminder.zone,
      ...(person === null ? {} : { for: audienceOfPerson(reminder.person) }),
      ...(before && (step === correction || step === cancellation) ? { before } : {}),
    },
    stateEntry: null,
    fact: {
      id: reminder.fact_id,
      mark: reminder.mark,
      appointment: { edition, data: reminder.data, removed: reminder.removed },
    },
    settlesAt: null,
  }
}

/** The appointment and its matter say who has a part in it; the client has, whoever that is by now. */
function takesPart(reminder: store.DueReminder, matter: MatterRow | undefined): boolean {
  switch (audienceOfPerson(reminder.person)) {
    case 'client':
      return true
    case 'participants':
      return participantsOf(reminder.data).some((p) => p.id === reminder.person)
    case 'attorney':
      return matter !== undefined && attorneyOf(matter.data)?.externalId === reminder.person
  }
}

/** @returns who is told, by the reminder that is for them; the client's are not among them */
async function peopleOf(
  tx: FirmTx,
  deps: RemindDeps,
  saying: readonly { reminder: store.DueReminder; matter: MatterRow }[],
  now: Temporal.Instant,
): Promise<Map<string, ClientId>> {
  const others = saying.filter((s) => s.reminder.person !== null)
  const found = new Map<string, ClientId>()
  const listed = others.filter((s) => audienceOfPerson(s.reminder.person) === 'participants')
  const known = await zonesOf(
    tx,
    listed.map(({ reminder }) => ({ connectionId: reminder.connection_id, externalId: reminder.person! })),
  )
  for (const { reminder } of listed) {
    const person = known.get(`${reminder.connection_id} ${reminder.person}`)
    if (person) found.set(reminder.id, person.id)
  }
  const attorneys = Map.groupBy(
    others.filter((s) => audienceOfPerson(s.reminder.person) === 'attorney'),
    (s) => s.matter.connection_id,
  )
  for (const [connectionId, those] of attorneys) {
    const ids = await upsertAttorneys(
      tx,
      connectionId,
      those.flatMap((s) => attorneyOf(s.matter.data) ?? []),
      now,
      deps.newId,
    )
    for (const { reminder } of those) {
      const id = ids.get(reminder.person!)
      if (id) found.set(reminder.id, id)
    }
  }
  return found
}

/** One read of the matter for all of its reminders. */
async function ask(
  tx: FirmTx,
  asked: readonly store.DueReminder[],
  matters: ReadonlyMap<string, MatterRow>,
  now: Temporal.Instant,
): Promise<void> {
  await wishForFacts(
    tx,
    asked.flatMap((r) => {
      const matter = matters.get(r.matter_id)
      return matter ? [{ connectionId: matter.connection_id, externalId: matter.external_id }] : []
    }),
    now,
  )
}
