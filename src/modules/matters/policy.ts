/**
 * What seeing a status in the CMS means for a matter. The state always follows the CMS; the outcome decides whether
 * anything may be said about it. Drawn in docs/state-machines.md, which policy.test.ts compares with this code.
 */
import type { StatusMap } from './status-map.ts'

/** What we keep of a matter's state, as in the table `matters`. */
export interface MatterView {
  rawStatus: string | null
  state: string | null
  previousState: string | null
  /** How many times this matter has entered a state. */
  stateEntry: number
  stateEnteredAt: Temporal.Instant | null
  /** Until then the present state may be a slip of the hand; null: no such window. */
  settlesAt: Temporal.Instant | null
  /** The newest `updated_at` that was applied. */
  sourceUpdatedAt: Temporal.Instant | null
  /** When the newest delivery came whose status was applied. */
  statusReceivedAt?: Temporal.Instant | null
}

export interface ObservedStatus {
  raw: string
  /** What the map makes of `raw`; null when it does not know it. */
  state: string | null
  /** The source's own `updated_at`; null when it tells none, and then the time when it reached us counts. */
  at: Temporal.Instant | null
  /** When it reached us; what waited in quarantine is older than it looks. */
  receivedAt?: Temporal.Instant
  now: Temporal.Instant
}

export const observationOutcomes = [
  /** The state is the same; the raw words may differ. */
  'unchanged',
  /** Older than what we applied: recorded, nothing else. */
  'stale',
  /** The map does not know it: quarantined, nothing is said, the state stays. */
  'unknown_status',
  /** Back where it was while the window was open: nothing is said, what was held for the slip is superseded. */
  'flip_flop',
  /** The firm's configuration does not allow this step: staff are told, nothing else is said. */
  'flagged',
  /** A step that rules may speak of. `from` is null when the matter is seen for the first time. */
  'changed',
] as const
export type ObservationOutcome = (typeof observationOutcomes)[number]

export interface Observation {
  outcome: ObservationOutcome
  /** The state before and after. */
  from: string | null
  to: string | null
  /** What to store. */
  next: MatterView
  /** Why it was flagged, in words for staff. */
  reason?: string
}

/** Pure. Neither argument is changed. */
export function observe(matter: MatterView, observed: ObservedStatus, map: StatusMap): Observation {
  const { raw, state, at } = observed
  const from = matter.state
  const late = cameBefore(matter, observed)
  if (isOlder(at, matter.sourceUpdatedAt) || (late && state !== null))
    return { outcome: 'stale', from, to: from, next: matter }
  // However old: it will come again, and somebody should map it.
  if (late) return { outcome: 'unknown_status', from, to: from, next: matter }
  const seen: MatterView = {
    ...matter,
    rawStatus: raw,
    sourceUpdatedAt: at ?? matter.sourceUpdatedAt,
    ...(observed.receivedAt
      ? { statusReceivedAt: latest(matter.statusReceivedAt, observed.receivedAt) }
      : {}),
  }
  if (state === null) return { outcome: 'unknown_status', from, to: from, next: seen }
  if (state === from) return { outcome: 'unchanged', from, to: from, next: seen }
  if (from !== null && state === matter.previousState && windowOpen(matter, observed.now)) {
    // The window closes with the undoing, so that a third change in a row is one.
    return { outcome: 'flip_flop', from, to: state, next: enter(seen, state, observed.now, null) }
  }
  const next = enter(seen, state, observed.now, settleOf(state, observed.now, map))
  const reason = from === null ? undefined : notAllowed(from, state, map)
  return reason === undefined
    ? { outcome: 'changed', from, to: state, next }
    : { outcome: 'flagged', from, to: state, next, reason }
}

const isOlder = (at: Temporal.Instant | null, applied: Temporal.Instant | null): boolean =>
  at !== null && applied !== null && Temporal.Instant.compare(at, applied) < 0

/** It reached us before what we applied, and its own time does not prove that it is the newer one. */
const cameBefore = (matter: MatterView, { at, receivedAt }: ObservedStatus): boolean =>
  isOlder(receivedAt ?? null, matter.statusReceivedAt ?? null) && !isOlder(matter.sourceUpdatedAt, at)

const latest = (a: Temporal.Instant | null | undefined, b: Temporal.Instant): Temporal.Instant =>
  a && Temporal.Instant.compare(a, b) > 0 ? a : b

/** The last instant of the window no longer belongs to it. */
export const windowOpen = (matter: Pick<MatterView, 'settlesAt'>, now: Temporal.Instant): boolean =>
  matter.settlesAt !== null && Temporal.Instant.compare(now, matter.settlesAt) < 0

const enter = (
  matter: MatterView,
  state: string,
  now: Temporal.Instant,
  settlesAt: Temporal.Instant | null,
): MatterView => ({
  ...matter,
  state,
  previousState: matter.state,
  stateEntry: matter.stateEntry + 1,
  stateEnteredAt: now,
  settlesAt,
})

function settleOf(state: string, now: Temporal.Instant, map: StatusMap): Temporal.Instant | null {
  const settle = map.states.get(state)?.settle
  if (settle === undefined) return null
  // An instant knows no days; here a day is 24 hours.
  const length = Temporal.Duration.from(settle).total({ unit: 'milliseconds', relativeTo: '1970-01-01' })
  return length > 0 ? now.add({ milliseconds: Math.round(length) }) : null
}

/** A state as staff know it: as their CMS calls it, else its key, readable. (Its words are for clients.) */
export const stateLabel = ({ states }: Pick<StatusMap, 'states'>, key: string): string =>
  states.get(key)?.raw[0] ?? key.replaceAll('_', ' ')

function notAllowed(from: string, to: string, map: StatusMap): string | undefined {
  const before = map.states.get(from)
  // After a state was renamed in the configuration, its matters would else be told of a change that was none.
  if (before === undefined) return `the state ${from}, which the matter was in, is no longer configured`
  return before.next.includes(to)
    ? undefined
    : `"${stateLabel(map, to)}" does not follow "${stateLabel(map, from)}"`
}
