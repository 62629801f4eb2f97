/** What judging works with: what it is given, what comes of it, and what all kinds of events share. */
import type { ClientId, ConnectionId, EventId, FirmId, MatterId, NewId } from '../../kernel/index.ts'
import type { KnownFact } from '../facts/index.ts'
import type { MatterRow } from '../matters/index.ts'
import type { FirmProgram, Happening, loadSituations, Plan } from '../rules/index.ts'
import type { NewTask } from '../tasks/index.ts'
import type { Interpreted } from './interpret.ts'
import type { LostTime } from './lost-time.ts'
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

export interface Tombstone {
  connectionId: ConnectionId
  kind: KnownFact['kind']
  externalId: string
  removedAt: Temporal.Instant
}

export interface DecidingContext {
  now: Temporal.Instant
  newId: NewId
  firmId: FirmId
  /** Of the facts of this batch, as they are stored, by id. */
  editions: ReadonlyMap<string, number>
}

export interface Judged {
  events: JudgedEvent[]
  observed: MatterRow[]
  /** As they are after the last event. */
  facts: KnownFact[]
  /** Deleted before we heard of them, and of no matter that we know. */
  tombstones: Tombstone[]
  /** Entries that the matter left before they settled. */
  slips: { matterId: MatterId; stateEntry: number }[]
  /** Those of them that were undone: what was to be said of the entry before is true again. */
  undone: { matterId: MatterId; stateEntry: number }[]
  tasks: NewTask[]
  quarantined: NewQuarantine[]
  wishes: { connectionId: ConnectionId; externalId: string }[]
  /** Where something is new, and what it is, nobody has said: their lists tell. */
  touched: ConnectionId[]
  ends: DeliveryEnd[]
  decide(
    loaded: Awaited<ReturnType<typeof loadSituations>>,
    context: DecidingContext,
    program: FirmProgram,
  ): { eventId: string; plan: Plan }[]
}

export interface Input {
  read: Interpreted
  matters: MattersOf
  config: IngestProgram
  now: Temporal.Instant
  newId: NewId
  /** After a restored backup: what may have been told without our knowing. */
  lost: LostTime | null
}

export const named = (matter: MatterRow) => ({
  id: matter.id,
  number: matter.number,
  externalId: matter.external_id,
  clientId: matter.client_id,
})

export const isReplay = (delivery: StoredDelivery): boolean =>
  delivery.reason?.startsWith(replayedMark) === true

/** What lay in quarantine for longer is recorded when it is replayed, but it is for a person to say whether to tell it. */
const tellReplayed = { hours: 24 }

export const isLateReplay = (delivery: StoredDelivery, now: Temporal.Instant): boolean =>
  isReplay(delivery) && Temporal.Instant.compare(delivery.received_at.add(tellReplayed), now) < 0

/** One for a matter and day, however many are replayed. */
export const lateTask = (
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

export const outcomeFor = (config: IngestProgram, type: string): 'decided' | 'unhandled' =>
  (config.program.rules.get(type)?.length ?? 0) > 0 ? 'decided' : 'unhandled'

export function plainEvent(
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
