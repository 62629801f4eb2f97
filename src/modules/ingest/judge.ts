/**
 * What each mapped event means for the matters we know: which facts are still wanted, what the state machine says,
 * and what is to be decided. Matters are changed in memory, in the order of the events.
 */
import type { ClientId, ConnectionId, EventId, FirmId, MatterId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { factsAsKnown, type KnownFact, mattersOfClients } from '../facts/index.ts'
import { lockMatters, lockMattersById, type MatterRow, type MatterView, observe } from '../matters/index.ts'
import { saidKey } from '../notices/index.ts'
import {
  decide,
  type FirmProgram,
  type Happening,
  type loadSituations,
  overtaken,
  type Plan,
} from '../rules/index.ts'
import type { NewTask } from '../tasks/index.ts'
import type { Interpreted } from './interpret.ts'
import { judgeFact } from './judge-fact.ts'
import {
  type DeliveryEnd,
  type NewEvent,
  type NewQuarantine,
  replayedMark,
  type StoredDelivery,
} from './store.ts'
import type { IngestProgram } from './types.ts'

export type MattersOf = Map<string, MatterRow>

export interface JudgedEvent extends NewEvent {
  matter: MatterRow | null
  happening: Happening | null
  /** The matter as it was right after this event, since later ones of the batch change the row. */
  snapshot: MatterRow | null
}

export interface Judged {
  events: JudgedEvent[]
  observed: MatterRow[]
  /** As they are after the last event. */
  facts: KnownFact[]
  /** Entries that the matter left before they settled. */
  slips: { matterId: MatterId; stateEntry: number }[]
  /** Those of them that were undone: what was to be said of the entry before is true again. */
  undone: { matterId: MatterId; stateEntry: number }[]
  tasks: NewTask[]
  quarantined: NewQuarantine[]
  wishes: { connectionId: ConnectionId; externalId: string }[]
  ends: DeliveryEnd[]
  decide(
    loaded: Awaited<ReturnType<typeof loadSituations>>,
    context: { now: Temporal.Instant; newId: NewId; firmId: FirmId },
    program: FirmProgram,
  ): { eventId: string; plan: Plan }[]
}

interface Input {
  read: Interpreted
  matters: MattersOf
  config: IngestProgram
  now: Temporal.Instant
  newId: NewId
}

export async function judge(tx: FirmTx, input: Input): Promise<Judged> {
  const { read, matters, config, now } = input
  const judged: Judged = {
    events: [],
    observed: [],
    facts: [],
    slips: [],
    undone: [],
    tasks: [],
    quarantined: [...read.quarantined],
    wishes: [],
    ends: [...read.ends],
    decide: (loaded, context, program) => decideAll(judged, loaded, context, program),
  }
  const ended = new Map<string, DeliveryEnd>()
  const known = await knownFacts(tx, input)
  const byClient = await mattersByClient(tx, input)
  const changed = new Map<string, KnownFact>()
  const observed = new Set<MatterRow>()

  for (const item of read.events) {
    const { delivery, mapped, mattersOf } = item
    if (ended.has(delivery.id)) continue
    const fact =
      mapped.fact && known.get(`${delivery.connection_id} ${mapped.fact.kind} ${mapped.fact.externalId}`)
    const theirs = byClient.get(`${mattersOf} ${mapped.clientExternalId}`) ?? []
    if (mapped.type === 'client.changed') {
      // Someone edited a client in the CMS: their matters are read anew, at once.
      for (const id of theirs) judged.wishes.push({ connectionId: mattersOf, externalId: id })
      judged.events.push(plainEvent(item, input, null, 'decided'))
      continue
    }
    if (mapped.type === 'matter.touched') {
      // Someone who proves little says that it changed: what it is now, its own system is asked.
      const { matterExternalId: touched } = mapped
      if (touched !== null && config.readable.has(mattersOf))
        judged.wishes.push({ connectionId: mattersOf, externalId: touched })
      const matter = matters.get(`${mattersOf} ${touched}`) ?? null
      judged.events.push(plainEvent(item, input, matter, 'decided'))
      continue
    }
    const externalId = mapped.matterExternalId ?? (theirs.length === 1 ? theirs[0]! : null)
    const matter =
      externalId !== null
        ? matters.get(`${mattersOf} ${externalId}`)
        : fact && [...matters.values()].find((m) => m.id === fact.matterId)

    if (externalId === null && !matter && mapped.clientExternalId === null) {
      ended.set(delivery.id, {
        id: delivery.id,
        state: 'ignored',
        reason: 'about a fact of no matter we know',
      })
      continue
    }
    const wanted = wish(item, matter, config, now)
    if (wanted !== null && externalId !== null) {
      judged.wishes.push({ connectionId: mattersOf, externalId })
      ended.set(delivery.id, {
        id: delivery.id,
        state: 'waiting',
        reason: isReplay(delivery) ? `${replayedMark}; ${wanted}` : wanted,
        waitingFor: `${mattersOf} ${externalId}`,
      })
      continue
    }
    if (!matter) {
      judged.quarantined.push({
        connectionId: delivery.connection_id,
        deliveryId: delivery.id,
        kind: 'no_matter',
        rawStatus: mapped.status,
        detail: {
          matter: externalId,
          client: mapped.clientExternalId,
          message:
            theirs.length > 1
              ? 'it names only a client, who has several matters'
              : 'no such matter is known and its system cannot be asked',
        },
      })
      ended.set(delivery.id, { id: delivery.id, state: 'quarantined', reason: 'no_matter' })
      continue
    }

    if (mapped.type === 'matter.status_changed') {
      const outcome = judgeStatus(item, matter, input, judged)
      if (outcome === 'changed') observed.add(matter)
      if (outcome === 'quarantined') {
        observed.add(matter)
        ended.set(delivery.id, { id: delivery.id, state: 'quarantined', reason: 'unknown_status' })
      }
      if (outcome === 'repeat')
        ended.set(delivery.id, {
          id: delivery.id,
          state: 'ignored',
          reason: 'repeated; the stored state is the same',
        })
      continue
    }

    if (delivery.repeat) {
      ended.set(delivery.id, { id: delivery.id, state: 'ignored', reason: 'repeated within 10 minutes' })
      continue
    }
    judged.events.push(factEvent(item, matter, known, changed, input, judged))
  }

  judged.observed = [...observed]
  judged.facts = [...changed.values()]
  const eventful = new Set(judged.events.map((e) => e.deliveryId))
  for (const id of new Set(read.events.map((e) => e.delivery.id))) {
    const end = ended.get(id)
    if (end) judged.ends.push(end)
    else if (eventful.has(id)) judged.ends.push({ id, state: 'done', reason: null })
  }
  return judged
}

/**
 * First sight, older than the connection allows, or of another client than ours: the CMS is asked before anything is
 * decided.
 *
 * @returns why, or null when what we have will do
 */
function wish(
  { delivery, mapped, mattersOf }: Interpreted['events'][number],
  matter: MatterRow | undefined,
  config: IngestProgram,
  now: Temporal.Instant,
): string | null {
  if (!config.readable.has(mattersOf)) return null
  if (!matter) return 'first sight'
  if (factsTooOld(matter, config, now)) return 'facts are older than allowed'
  const other = mapped.clientExternalId !== null && mapped.clientExternalId !== matter.client_external_id
  // Asked once: a system with clients of its own would have us ask for ever.
  return other && !delivery.reason?.endsWith(otherClient) ? otherClient : null
}

const otherClient = 'it names another client'

/** Whether the matter must be read anew before anything is said about it. */
export function factsTooOld(matter: MatterRow, config: IngestProgram, now: Temporal.Instant): boolean {
  const readable = config.readable.get(matter.connection_id)
  if (!readable?.maxAge) return false
  const age = now.epochMilliseconds - matter.observed_at.epochMilliseconds
  return age > readable.maxAge.total({ unit: 'milliseconds', relativeTo: '2026-01-01' })
}

/**
 * A matter that we see for the first time, whose status the CMS says is much older than this webhook:
 * the webhook was about something else, and telling the client now would be telling old news.
 */
const oldNews = { hours: 1 }

function judgeStatus(
  item: Interpreted['events'][number],
  matter: MatterRow,
  input: Input,
  judged: Judged,
): 'changed' | 'same' | 'quarantined' | 'repeat' {
  const { delivery, mapped } = item
  const { config, now } = input
  const raw = mapped.status!
  const found = config.program.statuses.lookup(raw)
  const state = 'state' in found ? found.state : null
  const seen = observe(
    viewOf(matter),
    { raw, state, at: mapped.occurredAt, receivedAt: delivery.received_at, now },
    config.program.statuses,
  )
  if (seen.outcome === 'unchanged' && delivery.repeat) return 'repeat'
  if (seen.outcome === 'unknown_status' && delivery.repeat && matter.raw_status === raw) return 'repeat'
  const slip = { matterId: matter.id, stateEntry: matter.state_entry }
  const settlesBefore = matter.settles_at
  const updatedBefore = matter.source_updated_at
  apply(matter, seen.next)
  const event: JudgedEvent = {
    ...plainEvent(item, input, matter, 'unchanged'),
    subject: `entry:${matter.state_entry}`,
    data: { ...mapped.data, from: seen.from, to: seen.to, raw },
  }
  switch (seen.outcome) {
    case 'unknown_status':
      judged.quarantined.push({
        connectionId: delivery.connection_id,
        deliveryId: delivery.id,
        kind: 'unknown_status',
        rawStatus: raw.slice(0, 500),
        detail: { matter: matter.external_id, suggestions: 'suggestions' in found ? found.suggestions : [] },
      })
      return 'quarantined'
    case 'unchanged':
    case 'stale':
      judged.events.push({ ...event, subject: `delivery:${delivery.id}`, outcome: seen.outcome })
      if (seen.outcome === 'unchanged' && editedOtherwise(item, matter, updatedBefore, config))
        judged.wishes.push({ connectionId: item.mattersOf, externalId: matter.external_id })
      return seen.outcome === 'unchanged' ? 'changed' : 'same'
    case 'flip_flop':
      judged.slips.push(slip)
      judged.undone.push(slip)
      for (const { happening } of judged.events.filter((e) => e.matter === matter))
        if (happening?.stateEntry === slip.stateEntry - 1) happening.stateEntry = matter.state_entry
      judged.events.push({ ...event, outcome: 'flip_flop' })
      return 'changed'
    case 'flagged':
      judged.tasks.push({
        kind: 'forbidden_transition',
        title: `Matter ${matter.number ?? matter.external_id}: ${seen.reason}`,
        detail: `The CMS moved it to "${raw}". The client was not told. Correct the CMS, or allow this step in statuses.yaml.`,
        matterId: matter.id,
        clientId: matter.client_id,
        assignee: 'staff',
        dueAt: null,
        cause: `flagged ${matter.id} entry:${matter.state_entry}`,
      })
      judged.events.push({ ...event, outcome: 'flagged' })
      return 'changed'
    case 'changed': {
      const since = statusSince(matter, seen.to, config)
      if (
        seen.from === null &&
        since &&
        Temporal.Instant.compare(since.add(oldNews), delivery.received_at) < 0
      ) {
        judged.events.push({ ...event, outcome: 'unchanged', data: { ...event.data, first_sight: true } })
        return 'changed'
      }
      // What was held for a state that the matter has left before it settled is never said, unless this is a slip.
      if (settlesBefore && Temporal.Instant.compare(settlesBefore, now) > 0 && !matter.settles_at)
        judged.slips.push(slip)
      if (isLateReplay(delivery, now)) {
        judged.tasks.push(lateTask(event, matter, delivery, now))
        judged.events.push({ ...event, outcome: 'stale' })
        return 'changed'
      }
      const happening: Happening = {
        eventId: event.id,
        type: event.type,
        subject: event.subject,
        occurredAt: event.occurredAt,
        data: event.data,
        stateEntry: matter.state_entry,
        fact: null,
        settlesAt: matter.settles_at,
      }
      judged.events.push({
        ...event,
        outcome: outcomeFor(config, event.type),
        happening,
        snapshot: { ...matter },
      })
      return 'changed'
    }
  }
}

/** Since when the CMS itself has it so, where its connector reads that; another system may know of a newer status. */
function statusSince(
  matter: MatterRow,
  state: string | null,
  config: IngestProgram,
): Temporal.Instant | null {
  const { status_since: since, stage, status } = matter.data
  const own = stage ?? status
  if (typeof since !== 'string' || typeof own !== 'string') return null
  const found = config.program.statuses.lookup(own)
  if (!('state' in found) || found.state !== state) return null
  try {
    return Temporal.Instant.from(since)
  } catch {
    return null
  }
}

/** The CMS says that its matter was edited, and not in its status: a pause, another attorney. */
function editedOtherwise(
  { delivery, mapped, mattersOf }: Interpreted['events'][number],
  matter: MatterRow,
  updatedBefore: Temporal.Instant | null,
  config: IngestProgram,
): boolean {
  const own = delivery.connection_id === mattersOf && config.readable.has(mattersOf)
  if (!own || !mapped.occurredAt || !updatedBefore) return false
  return (
    Temporal.Instant.compare(mapped.occurredAt, updatedBefore) > 0 &&
    Temporal.Instant.compare(matter.observed_at, delivery.received_at) < 0
  )
}

const isReplay = (delivery: StoredDelivery): boolean => delivery.reason?.startsWith(replayedMark) === true

/** What lay in quarantine for longer is recorded when it is replayed, but it is for a person to say whether to tell it. */
const tellReplayed = { hours: 24 }

const isLateReplay = (delivery: StoredDelivery, now: Temporal.Instant): boolean =>
  isReplay(delivery) && Temporal.Instant.compare(delivery.received_at.add(tellReplayed), now) < 0

/** One for a matter and day, however many are replayed. */
const lateTask = (
  event: NewEvent,
  matter: MatterRow,
  delivery: StoredDelivery,
  now: Temporal.Instant,
): NewTask => ({
  kind: 'late_replay',
  title: `Matter ${matter.number ?? matter.external_id}: old news came out of quarantine`,
  detail: `${event.type}, received at ${delivery.received_at.round('second')}, is recorded. Nobody was told: see whether the client must be.`,
  matterId: matter.id,
  clientId: matter.client_id,
  assignee: 'staff',
  dueAt: null,
  cause: `late replay ${matter.id} ${now.toZonedDateTimeISO('UTC').toPlainDate()}`,
})

function factEvent(
  item: Interpreted['events'][number],
  matter: MatterRow,
  known: Map<string, KnownFact>,
  changed: Map<string, KnownFact>,
  input: Input,
  judged: Judged,
): JudgedEvent {
  const { delivery, mapped } = item
  const base = plainEvent(item, input, matter, 'unchanged')
  const { fact } = mapped
  const key = fact && `${delivery.connection_id} ${fact.kind} ${fact.externalId}`
  const seen =
    fact &&
    judgeFact(known.get(key!), {
      fact,
      type: mapped.type,
      connectionId: delivery.connection_id,
      matterId: matter.id,
      occurredAt: mapped.occurredAt,
      receivedAt: delivery.received_at,
      newId: input.newId<string>(),
    })
  if (seen?.next) {
    known.set(key!, seen.next)
    changed.set(key!, seen.next)
  }
  // The same date may come twice, with another between: where the firm names no subject, the time tells them apart.
  const when = fact?.kind === 'appointment' ? ` ${base.occurredAt}` : ''
  const subject =
    mapped.subject ??
    (fact ? `${fact.kind}:${fact.externalId}@${fact.version ?? ''}${when}` : `delivery:${delivery.id}`)
  const data = { ...(fact?.data ?? {}), ...mapped.data, ...(seen?.before ? { before: seen.before } : {}) }
  if (seen?.outcome === 'again') return { ...base, subject: `${subject} again`, data }
  if (seen?.outcome === 'stale') return { ...base, subject, data, outcome: 'stale' }
  if (isLateReplay(delivery, input.now)) {
    judged.tasks.push(lateTask(base, matter, delivery, input.now))
    return { ...base, subject, data, outcome: 'stale' }
  }
  const happening: Happening = {
    eventId: base.id,
    type: mapped.type,
    subject: `${mapped.type} ${subject}`,
    occurredAt: base.occurredAt,
    data,
    stateEntry: null,
    fact: seen ? { id: seen.factId, mark: seen.mark } : null,
    settlesAt: null,
  }
  return {
    ...base,
    subject: happening.subject,
    data,
    outcome: outcomeFor(input.config, mapped.type),
    happening,
    snapshot: { ...matter },
  }
}

const outcomeFor = (config: IngestProgram, type: string): 'decided' | 'unhandled' =>
  (config.program.rules.get(type)?.length ?? 0) > 0 ? 'decided' : 'unhandled'

function plainEvent(
  item: Interpreted['events'][number],
  input: Input,
  matter: MatterRow | null,
  outcome: NewEvent['outcome'],
): JudgedEvent {
  const { delivery, mapped } = item
  return {
    id: input.newId<EventId>(),
    deliveryId: delivery.id,
    connectionId: delivery.connection_id,
    type: mapped.type,
    matterId: matter?.id ?? null,
    clientId: (matter?.client_id ?? null) as ClientId | null,
    subject: `delivery:${delivery.id}`,
    occurredAt: mapped.occurredAt ?? delivery.received_at,
    data: mapped.data,
    outcome,
    matter,
    happening: null,
    snapshot: null,
  }
}

/** Why nothing is said of an event that a later one of the same batch has overtaken; null: it stands. */
function overtakenBy(
  { matter, happening }: JudgedEvent,
  marks: ReadonlyMap<string, string>,
  now: Temporal.Instant,
): string | null {
  if (!matter || !happening) return null
  const entered = happening.stateEntry
  if (entered !== null && entered !== matter.state_entry && !mayComeBack(entered, matter, now))
    return 'the matter had moved on when this was decided'
  const mark = happening.fact && marks.get(happening.fact.id)
  return happening.fact && mark !== undefined && mark !== happening.fact.mark
    ? 'there is newer news of it'
    : null
}

/** The present state may be a slip of the hand, and this the entry before it. */
const mayComeBack = (entry: number, matter: MatterRow, now: Temporal.Instant): boolean =>
  entry === matter.state_entry - 1 &&
  matter.settles_at !== null &&
  Temporal.Instant.compare(matter.settles_at, now) > 0

/** Then it is held until that is known. */
const onTrial = (happening: Happening, matter: MatterRow, now: Temporal.Instant): Happening =>
  happening.stateEntry !== null && mayComeBack(happening.stateEntry, matter, now)
    ? { ...happening, settlesAt: matter.settles_at }
    : happening

function decideAll(
  { events, facts }: Judged,
  loaded: Awaited<ReturnType<typeof loadSituations>>,
  context: { now: Temporal.Instant; newId: NewId; firmId: FirmId },
  program: FirmProgram,
): { eventId: string; plan: Plan }[] {
  const { known } = loaded
  const marks = new Map(facts.map((f) => [f.id, f.mark]))
  return events.flatMap((event) => {
    if (!event.matter || !event.happening || !event.snapshot) return []
    const decided = decide(
      program,
      onTrial(event.happening, event.matter, context.now),
      loaded.situation(event.snapshot),
      {
        ...context,
        pauses: loaded.pauses,
        withdrawals: loaded.withdrawals,
        known,
      },
    )
    const overtook = overtakenBy(event, marks, context.now)
    const plan = overtook === null ? decided : overtaken(decided, overtook)
    const causes = new Map(plan.notices.map((notice) => [notice.id, notice.cause]))
    for (const notice of plan.notices) known.notices.set(notice.cause, notice.state === 'messaged')
    for (const { noticeId, channel } of plan.messages)
      known.messages.add(saidKey(causes.get(noticeId)!, channel))
    return [{ eventId: event.id, plan }]
  })
}

/** Facts that payloads speak of, as they were before; their matters are locked too. */
async function knownFacts(tx: FirmTx, input: Input): Promise<Map<string, KnownFact>> {
  const wanted = input.read.events.flatMap(({ delivery, mapped }) =>
    mapped.fact
      ? [{ connectionId: delivery.connection_id, kind: mapped.fact.kind, externalId: mapped.fact.externalId }]
      : [],
  )
  if (wanted.length === 0) return new Map()
  const known = await factsAsKnown(tx, wanted)
  const locked = new Set([...input.matters.values()].map((m) => m.id))
  const further = [...new Set(known.map((k) => k.matterId))].filter((id) => !locked.has(id))
  if (further.length > 0) {
    for (const m of await lockMattersById(tx, further))
      input.matters.set(`${m.connection_id} ${m.external_id}`, m)
  }
  return new Map(known.map((k) => [`${k.connectionId} ${k.kind} ${k.externalId}`, k]))
}

/** Payloads may name a client instead of a matter: by connection and client, external ids of their matters, locked. */
async function mattersByClient(tx: FirmTx, input: Input): Promise<Map<string, string[]>> {
  const named = new Map<string, string[]>()
  for (const { mapped, mattersOf } of input.read.events) {
    const { clientExternalId } = mapped
    const key = `${mattersOf} ${clientExternalId}`
    if (clientExternalId === null || mapped.matterExternalId !== null || named.has(key)) continue
    const ids = await mattersOfClients(tx, mattersOf, clientExternalId)
    named.set(key, ids)
    const missing = ids.filter((id) => !input.matters.has(`${mattersOf} ${id}`))
    for (const m of await lockMatters(
      tx,
      missing.map((externalId) => ({ connectionId: mattersOf, externalId })),
    ))
      input.matters.set(`${m.connection_id} ${m.external_id}`, m)
  }
  return named
}

const viewOf = (m: MatterRow): MatterView => ({
  rawStatus: m.raw_status,
  state: m.state,
  previousState: m.previous_state,
  stateEntry: m.state_entry,
  stateEnteredAt: m.state_entered_at,
  settlesAt: m.settles_at,
  sourceUpdatedAt: m.source_updated_at,
  statusReceivedAt: m.status_received_at,
})

function apply(m: MatterRow, next: MatterView): void {
  m.raw_status = next.rawStatus
  m.state = next.state
  m.previous_state = next.previousState
  m.state_entry = next.stateEntry
  m.state_entered_at = next.stateEnteredAt
  m.settles_at = next.settlesAt
  m.source_updated_at = next.sourceUpdatedAt
  m.status_received_at = next.statusReceivedAt ?? null
}
