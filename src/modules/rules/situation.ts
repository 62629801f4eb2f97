/** What is known at the moment of a decision, in the form that expressions and templates read. */
import type { Client, FactRow } from '../facts/index.ts'
import type { MatterRow } from '../matters/index.ts'

/** One thing that happened to one matter, with the state it brought. */
export interface Happening {
  eventId: string
  type: string
  /** Names the cause: `entry:7`, `document:88@etag`. */
  subject: string
  occurredAt: Temporal.Instant
  data: Record<string, unknown>
  /** Set for changes of state: which entry of the matter this was. */
  stateEntry: number | null
  /** The fact that it tells of, and what a message about it must agree with (facts.mark). */
  fact: { id: string; mark: string; appointment: Appointment | null } | null
  /** Until when the state may be a slip of the hand. */
  settlesAt: Temporal.Instant | null
}

/** The event of a message that a person wrote; no rule can be on it. */
export const writtenEvent = 'message.written'

/** An appointment in the version that a message tells of, whole: an event may bring no more than what has changed. */
export interface Appointment {
  /** How often it has become another (facts.edition). */
  edition: number
  data: Record<string, unknown>
  removed: boolean
}

export interface Situation {
  matter: MatterRow
  client: Client | null
  /** Who is told: the client, unless a reminder is for somebody else. */
  recipient: Client | null
  facts: readonly FactRow[]
  /** Events of this matter, the one that is decided among them or not. */
  history: readonly { id: string; type: string; at: Temporal.Instant }[]
}

/** A client as expressions and templates see them. */
export const clientValues = (client: Client): Record<string, unknown> => ({
  ...client.data,
  name: client.name,
  first_name: client.firstName,
  last_name: client.lastName,
  language: client.language,
  preference: client.preference,
})

/** The variables of rules (compile.ts, ruleVariables), and what `happened` needs. */
export function ruleValues(happening: Happening, situation: Situation): Record<string, unknown> {
  const { matter, client } = situation
  const facts = (kind: FactRow['kind']) =>
    situation.facts.filter((f) => f.kind === kind).map((f) => ({ id: f.externalId, ...f.data }))
  return {
    event: { ...happening.data, type: happening.type, at: happening.occurredAt },
    matter: {
      ...matter.data,
      number: matter.number,
      title: matter.title,
      state: matter.state,
      previous_state: matter.previous_state,
      raw_status: matter.raw_status,
    },
    client: client ? clientValues(client) : {},
    documents: facts('document'),
    bills: facts('bill'),
    appointments: facts('appointment'),
    // Plain numbers: what expressions are given holds no Temporal (expressions/values.ts).
    history: situation.history
      .filter((past) => past.id !== happening.eventId)
      .map(({ type, at }) => ({ type, at: at.epochMilliseconds })),
    at: happening.occurredAt.epochMilliseconds,
  }
}

/**
 * The values at the paths that an expression reads: what decided. Long texts are cut; whole objects are left out.
 */
export function valuesAt(values: Record<string, unknown>, paths: readonly string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const path of paths) {
    if (path === 'happened()') {
      found[path] = lately(values)
      continue
    }
    let value: unknown = values
    for (const part of path.split('.')) {
      value =
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined
    }
    if (Array.isArray(value)) found[path] = `${value.length} listed`
    else if (typeof value === 'string') found[path] = value.slice(0, 200)
    else if (value instanceof Temporal.Instant) found[path] = value.toString()
    else if (typeof value === 'number' || typeof value === 'boolean') found[path] = value
    else if (value === undefined || value === null) found[path] = null
  }
  return found
}

/** What `happened` looked at: the latest events before this one, each with its time. */
function lately(values: Record<string, unknown>): string[] {
  const history = values.history as { type: string; at: number }[]
  return history
    .filter((past) => past.at <= (values.at as number))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, 10)
    .map(({ type, at }) => `${type} ${Temporal.Instant.fromEpochMilliseconds(at)}`)
}
