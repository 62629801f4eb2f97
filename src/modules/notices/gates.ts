/**
 * Gates: reasons to hold or suppress a notice on one channel, pure and in this order. Every outcome is kept, also
 * "pass", up to the gate that closed.
 */
import type { Channel, ClientId, FirmId, MatterId, Purpose, Urgency } from '../../kernel/index.ts'
import { type ConsentRow, hasOptedOut, type Pause } from '../consent/index.ts'
import type { Client, ContactPoint } from '../facts/index.ts'
import { clientsWish, type QuietTable } from '../moments/index.ts'

/** What a person may let a message of theirs pass: never a pause, an opt-out, a preference or an address that does not work. */
export const overridable = ['quiet_hours', 'cap'] as const
export type Overridable = (typeof overridable)[number]

export interface Overrides {
  gates: readonly Overridable[]
  /** Later the gates hold again. */
  until: Temporal.Instant
}

/** @param overrides absent: nobody let it pass anything */
export const lets = (
  overrides: Overrides | null | undefined,
  gate: Overridable,
  now: Temporal.Instant,
): boolean => overrides?.gates.includes(gate) === true && Temporal.Instant.compare(now, overrides.until) < 0

export interface GateInput {
  now: Temporal.Instant
  firmId: FirmId
  matterId: MatterId | null
  clientId: ClientId
  channel: Channel
  purpose: Purpose
  urgency: Urgency
  client: Client
  /** Whose matter it is, where another is told: a pause of theirs holds everything about them. */
  matterClient?: { id: ClientId; cmsPaused: boolean } | null
  /** The CMS says that nothing is to be sent about this matter. */
  matterPaused?: boolean
  pauses: readonly Pause[]
  withdrawals: readonly ConsentRow[]
  /** True when this same thing was already said on this channel. */
  alreadySaid(address: string): boolean
  quiet: QuietTable
  /** What a person let it pass. */
  overrides?: Overrides | null | undefined
  /** The digest that this waits for instead of being said at once, and till when. */
  digest: { key: string; until: Temporal.Instant } | null
}

export type GateVerdict =
  | { verdict: 'pass'; note?: string }
  | { verdict: 'hold'; reason: string; until: Temporal.Instant | null }
  | { verdict: 'suppress'; reason: string }

export interface Gate {
  readonly name: string
  look(input: GateInput): GateVerdict
}

const pass: GateVerdict = { verdict: 'pass' }

/** Where a client has several addresses, the first by rank that still works and that they did not close. */
export function contactPointFor(input: GateInput): ContactPoint | undefined {
  return input.client.contactPoints.find(
    (p) =>
      p.channel === input.channel &&
      !p.suppressed &&
      !hasOptedOut(input.withdrawals, p.channel, p.address, input.purpose),
  )
}

const paused: Gate = {
  name: 'paused',
  look(input) {
    if (input.client.cmsPaused || input.matterPaused || input.matterClient?.cmsPaused)
      return { verdict: 'hold', reason: 'paused in the CMS', until: null }
    const targets = new Set<string>([
      input.firmId,
      input.clientId,
      ...(input.matterId ? [input.matterId] : []),
      ...(input.matterClient ? [input.matterClient.id] : []),
    ])
    const live = input.pauses.filter((p) => targets.has(p.target_id))
    if (live.length === 0) return pass
    // Held until the last of them ends; one without an end outlasts the others.
    const ends = live.map((p) => p.ends_at)
    const until = ends.includes(null)
      ? null
      : (ends as Temporal.Instant[]).reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b))
    return { verdict: 'hold', reason: `${live[0]!.scope} paused`, until }
  },
}

const optedOut: Gate = {
  name: 'opted_out',
  look(input) {
    const points = input.client.contactPoints.filter((p) => p.channel === input.channel && !p.suppressed)
    if (points.length === 0 || contactPointFor(input)) return pass
    return { verdict: 'suppress', reason: `opted out of ${input.purpose} by ${input.channel}` }
  },
}

/** The client's own words, in any case; blank is None: SMS, Email, Both, None. */
const wishes: Readonly<Record<string, readonly Channel[]>> = {
  sms: ['sms'],
  text: ['sms'],
  email: ['email'],
  mail: ['email'],
  both: ['sms', 'email'],
  none: [],
  '': [],
}

const preference: Gate = {
  name: 'preference',
  look(input) {
    const wish = (input.client.preference ?? '').trim().toLowerCase()
    const channels = wishes[wish]
    if (!channels) return { verdict: 'suppress', reason: 'the preference on file is not one we know' }
    if (channels.includes(input.channel)) return pass
    return { verdict: 'suppress', reason: wish === '' ? 'no preference on file' : `prefers ${wish}` }
  },
}

const contactPoint: Gate = {
  name: 'contact_point',
  look(input) {
    if (contactPointFor(input)) return pass
    const any = input.client.contactPoints.some((p) => p.channel === input.channel)
    return { verdict: 'suppress', reason: any ? 'no address that works' : 'no address on file' }
  },
}

const alreadySaid: Gate = {
  name: 'already_said',
  look(input) {
    const point = contactPointFor(input)
    return point && input.alreadySaid(point.address)
      ? { verdict: 'suppress', reason: 'there is a message about the same already' }
      : pass
  },
}

const quietHours: Gate = {
  name: 'quiet_hours',
  look(input) {
    // A digest looks at the hours when it ends.
    if (input.digest) return pass
    const { client, clientId, channel, purpose } = input
    const quiet = input.quiet.look(input.now, {
      clientId,
      channel,
      purpose,
      urgent: input.urgency === 'urgent',
      timeZone: client.timeZone,
      region: client.region,
      wishes: client.wishes,
    })
    const note = `${quiet.zoneOf}'s zone ${quiet.zone}`
    if (!quiet.quiet) return { verdict: 'pass', note }
    const reason = `quiet hours, ${note}: ${quiet.by.join(', ')}`
    if (lets(input.overrides, 'quiet_hours', input.now) && !quiet.by.includes(clientsWish))
      return { verdict: 'pass', note: `let pass by hand: ${reason}` }
    return {
      verdict: 'hold',
      reason: quiet.until ? reason : `${reason}; together they leave no hour of the week`,
      until: quiet.leaves,
    }
  },
}

const digest: Gate = {
  name: 'digest',
  look: ({ digest }) =>
    digest ? { verdict: 'hold', reason: `waits for the digest ${digest.key}`, until: digest.until } : pass,
}

/** In the order in which they are asked. */
export const gates: readonly Gate[] = [
  paused,
  optedOut,
  preference,
  contactPoint,
  alreadySaid,
  quietHours,
  digest,
]

export interface GateOutcome {
  channel: Channel
  gate: string
  verdict: 'pass' | 'hold' | 'suppress'
  reason?: string
  until?: Temporal.Instant
}

export type GatesResult =
  | { verdict: 'pass'; contactPoint: ContactPoint; outcomes: GateOutcome[] }
  | {
      verdict: 'hold'
      gate: string
      reason: string
      until: Temporal.Instant | null
      contactPoint: ContactPoint
      outcomes: GateOutcome[]
    }
  | { verdict: 'suppress'; gate: string; reason: string; outcomes: GateOutcome[] }

/**
 * Asks the gates in order. A gate that holds does not end the questions: what is suppressed anyway need not wait,
 * and of several holds the longest counts.
 */
export function askGates(input: GateInput): GatesResult {
  const outcomes: GateOutcome[] = []
  let hold: { gate: string; reason: string; until: Temporal.Instant | null } | undefined
  for (const gate of gates) {
    const v = gate.look(input)
    outcomes.push({
      channel: input.channel,
      gate: gate.name,
      verdict: v.verdict,
      ...(v.verdict === 'pass' ? (v.note ? { reason: v.note } : {}) : { reason: v.reason }),
      ...(v.verdict === 'hold' && v.until ? { until: v.until } : {}),
    })
    if (v.verdict === 'suppress') return { verdict: 'suppress', gate: gate.name, reason: v.reason, outcomes }
    if (v.verdict === 'hold' && (!hold || longer(v.until, hold.until)))
      hold = { gate: gate.name, reason: v.reason, until: v.until }
  }
  // There is one, or that gate had closed.
  const contactPoint = contactPointFor(input)!
  return hold
    ? { verdict: 'hold', ...hold, contactPoint, outcomes }
    : { verdict: 'pass', contactPoint, outcomes }
}

/** Null, until someone lifts it, outlasts every moment. */
const longer = (a: Temporal.Instant | null, b: Temporal.Instant | null): boolean =>
  b !== null && (a === null || Temporal.Instant.compare(a, b) > 0)
