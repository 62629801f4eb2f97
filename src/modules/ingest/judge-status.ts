/** What a status in the CMS means for a matter we know, and whether anything may be said of it. */
import { type MatterRow, type MatterView, observe, stateLabel } from '../matters/index.ts'
import type { Happening } from '../rules/index.ts'
import type { Interpreted } from './interpret.ts'
import {
  type Input,
  isLateReplay,
  type Judged,
  type JudgedEvent,
  lateTask,
  named,
  outcomeFor,
  plainEvent,
} from './judged.ts'
import { beganInLostTime, lostTimeTask, statusInDoubt } from './lost-time.ts'
import type { IngestProgram } from './types.ts'

/**
 * A matter that we see for the first time, whose status the CMS says is much older than this webhook:
 * the webhook was about something else, and telling the client now would be telling old news.
 */
const oldNews = { hours: 1 }

export function judgeStatus(
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
  const before = {
    state: matter.state,
    caughtUpAt: matter.caught_up_at,
    statusReceivedAt: matter.status_received_at,
  }
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
      const since = statusSince(matter, seen.to, config) ?? toldSince(mapped.data)
      if (
        seen.from === null &&
        since &&
        Temporal.Instant.compare(since.add(oldNews), delivery.received_at) < 0 &&
        !beganInLostTime(since, input.lost)
      ) {
        judged.events.push({ ...event, outcome: 'unchanged', data: { ...event.data, first_sight: true } })
        return 'changed'
      }
      if (statusInDoubt(since, before, input.lost)) {
        judged.tasks.push(
          lostTimeTask(
            named(matter),
            `it moved to "${stateLabel(config.program.statuses, seen.to!)}"`,
            input.lost!,
          ),
        )
        judged.events.push({ ...event, outcome: 'stale' })
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
  if (typeof own !== 'string') return null
  const found = config.program.statuses.lookup(own)
  return 'state' in found && found.state === state ? asInstant(since) : null
}

/** The same, where the webhook itself tells it (a mapping's `data: {status_since: …}`). */
const toldSince = (data: Record<string, unknown>): Temporal.Instant | null => asInstant(data.status_since)

function asInstant(value: unknown): Temporal.Instant | null {
  if (typeof value !== 'string') return null
  try {
    return Temporal.Instant.from(value)
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
