/** Events about facts: news, or known, or gone before we heard of them. */
import type { KnownFact } from '../facts/index.ts'
import type { MatterRow } from '../matters/index.ts'
import type { Appointment, Happening } from '../rules/index.ts'
import type { Interpreted } from './interpret.ts'
import { judgeFact } from './judge-fact.ts'
import {
  type Input,
  isLateReplay,
  type Judged,
  type JudgedEvent,
  lateTask,
  named as matterNamed,
  outcomeFor,
  plainEvent,
} from './judged.ts'
import { eventInDoubt, lostTimeTask } from './lost-time.ts'

/** Its making may still be under way to us: then that is no news any more. */
export function bury(
  { delivery, mapped }: Interpreted['events'][number],
  tombstones: Map<string, Temporal.Instant>,
  judged: Judged,
): void {
  const { fact } = mapped
  if (!fact?.removed) return
  const removedAt = mapped.occurredAt ?? delivery.received_at
  const { kind, externalId } = fact
  tombstones.set(`${delivery.connection_id} ${kind} ${externalId}`, removedAt)
  judged.tombstones.push({ connectionId: delivery.connection_id, kind, externalId, removedAt })
}

/** What tells no time, and whose deletion came first, is taken for older than that. */
const isBuried = (removedAt: Temporal.Instant | undefined, occurredAt: Temporal.Instant | null): boolean =>
  removedAt !== undefined && (!occurredAt || Temporal.Instant.compare(occurredAt, removedAt) <= 0)

interface FactsSeen {
  known: Map<string, KnownFact>
  changed: Map<string, KnownFact>
  tombstones: ReadonlyMap<string, Temporal.Instant>
  /** How often the end of a fact was spoken of before. */
  ends: ReadonlyMap<string, number>
}

export function factEvent(
  item: Interpreted['events'][number],
  matter: MatterRow,
  { known, changed, tombstones, ends }: FactsSeen,
  input: Input,
  judged: Judged,
): JudgedEvent {
  const { delivery, mapped } = item
  const base = plainEvent(item, input, matter, 'unchanged')
  const { fact } = mapped
  const key = fact && `${delivery.connection_id} ${fact.kind} ${fact.externalId}`
  if (key && !known.has(key) && isBuried(tombstones.get(key), mapped.occurredAt))
    return { ...base, subject: mapped.subject ?? base.subject, outcome: 'stale' }
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
  const named =
    mapped.subject ??
    (fact ? `${fact.kind}:${fact.externalId}@${fact.version ?? ''}${when}` : `delivery:${delivery.id}`)
  // An end is named by the id alone; what came back and is gone once more has come to another one.
  const before = fact?.removed ? (ends.get(known.get(key!)?.id ?? '') ?? 0) : 0
  const subject = before === 0 ? named : `${named} once more (${before})`
  const data = { ...(fact?.data ?? {}), ...mapped.data, ...(seen?.before ? { before: seen.before } : {}) }
  if (seen?.outcome === 'again') return { ...base, subject: `${subject} again`, data }
  if (seen?.outcome === 'stale') return { ...base, subject, data, outcome: 'stale' }
  if (isLateReplay(delivery, input.now)) {
    judged.tasks.push(lateTask(base, matter, delivery, input.now))
    return { ...base, subject, data, outcome: 'stale' }
  }
  const readable = input.config.readable.has(delivery.connection_id)
  const { occurredAt } = mapped
  if (eventInDoubt({ occurredAt, receivedAt: delivery.received_at, readable }, input.lost)) {
    judged.tasks.push(lostTimeTask(matterNamed(matter), `${mapped.type} happened`, input.lost!))
    return { ...base, subject, data, outcome: 'stale' }
  }
  const happening: Happening = {
    eventId: base.id,
    type: mapped.type,
    subject: `${mapped.type} ${subject}`,
    occurredAt: base.occurredAt,
    data,
    stateEntry: null,
    fact: seen ? { id: seen.factId, mark: seen.mark, appointment: appointmentIn(seen.next) } : null,
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

/** Its edition is as before this event: how it counts now, the database says when it is stored (decide-judged.ts). */
const appointmentIn = (fact: KnownFact | null): Appointment | null =>
  fact?.kind === 'appointment'
    ? { edition: fact.edition, data: fact.data, removed: fact.removedAt !== null }
    : null
