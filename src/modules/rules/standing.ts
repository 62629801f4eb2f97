/** Whether what was decided once is still to be said, with today's facts: for releases and digests alike. */
import type { ClientId, EventId, FirmId, MatterId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { prepareValues } from '../../platform/expressions/index.ts'
import { attorneyOf, type PresentFact, participantsOf, presentFacts } from '../facts/index.ts'
import type { MatterRow } from '../matters/index.ts'
import type { Known, Notice } from '../notices/index.ts'
import type { DecisionContext, Values } from './channel.ts'
import type { CompiledRule } from './compile.ts'
import { loadSituations } from './load.ts'
import type { FirmProgram } from './program.ts'
import { type Happening, ruleValues, type Situation, writtenEvent } from './situation.ts'

interface EventRow extends Record<string, unknown> {
  id: EventId
  type: string
  subject: string
  occurred_at: Temporal.Instant
  data: Record<string, unknown>
}

/** What is known today of matters whose notices are looked at again. */
export interface Today {
  program: FirmProgram
  now: Temporal.Instant
  matters: ReadonlyMap<MatterId, MatterRow>
  events: ReadonlyMap<EventId, EventRow>
  /** Those that notices tell of, as they stand. */
  facts: ReadonlyMap<string, PresentFact>
  situation(matter: MatterRow, recipient?: ClientId | null): Situation
  decision: DecisionContext
  /** Whether the facts of a matter are older than its connection allows. */
  outdated(matter: MatterRow): boolean
  /** Whether the CMS has not known a matter for so long that nobody waits any more. */
  gone(matter: MatterRow): boolean
}

/** @param matters locked */
export async function loadToday(
  tx: FirmTx,
  program: FirmProgram,
  notices: readonly Notice[],
  matters: readonly MatterRow[],
  context: Pick<Today, 'now' | 'outdated' | 'gone'> & { firmId: FirmId; newId: NewId },
  known: (tx: FirmTx, eventIds: readonly EventId[]) => Promise<Known>,
): Promise<Today> {
  const eventIds = [...new Set(notices.map((n) => n.eventId))]
  const factIds = [...new Set(notices.flatMap((n) => (n.factId ? [n.factId] : [])))]
  const [events, loaded, facts] = await Promise.all([
    loadEvents(tx, eventIds),
    loadSituations(tx, program, matters, context.now, () => known(tx, eventIds), othersOf(notices)),
    presentFacts(tx, factIds),
  ])
  const { now, firmId, newId, outdated, gone } = context
  return {
    program,
    now,
    matters: new Map(matters.map((m) => [m.id, m])),
    events,
    facts,
    situation: loaded.situation,
    decision: {
      now,
      firmId,
      newId,
      pauses: loaded.pauses,
      withdrawals: loaded.withdrawals,
      known: loaded.known,
    },
    outdated,
    gone,
  }
}

export type Standing =
  | { kind: 'stands'; rule: CompiledRule; happening: Happening; situation: Situation }
  | { kind: 'drop'; reason: string }
  | { kind: 'wait'; reason: string; until: Temporal.Instant }
  /** What is known of its matter must be read anew before anybody can say. */
  | { kind: 'read'; matter: MatterRow }

/** What somebody wrote on a day is not sent weeks later, when whatever held it lets go: they would write otherwise. */
const writtenFor = { hours: 24 * 7 }

/** Whether what it speaks of is still so. */
export function standingOf(notice: Notice, today: Today): Standing {
  const { now, program } = today
  const matter = notice.matterId ? today.matters.get(notice.matterId) : undefined
  const event = today.events.get(notice.eventId)
  const rule = program.rulesByKey.get(notice.ruleKey)
  if (!matter || !event || !rule) return { kind: 'drop', reason: 'the rule is gone' }
  if (notice.stateEntry !== null && notice.stateEntry !== matter.state_entry) {
    const slip = notice.stateEntry === matter.state_entry - 1 && isLater(matter.settles_at, now)
    // The present state may be undone at once, and then this is still to be said.
    if (slip) return { kind: 'wait', reason: 'settling', until: matter.settles_at! }
    return { kind: 'drop', reason: 'the matter has moved on' }
  }
  const fact = notice.factId === null ? undefined : today.facts.get(notice.factId)
  if (fact && fact.mark !== notice.factMark) return { kind: 'drop', reason: 'there is newer news of it' }
  const situation =
    notice.audience === 'client' ? today.situation(matter) : today.situation(matter, notice.clientId)
  if (!takesPart(notice, situation, fact)) return { kind: 'drop', reason: 'they have no part in it any more' }
  if (event.type === writtenEvent) {
    if (Temporal.Instant.compare(event.occurred_at.add(writtenFor), now) <= 0)
      return { kind: 'drop', reason: 'written too long ago' }
    // Who wrote it had this client before their eyes.
    if (situation.recipient?.id !== notice.clientId)
      return { kind: 'drop', reason: 'the matter has another client now' }
  }
  if (today.outdated(matter)) {
    if (today.gone(matter)) return { kind: 'drop', reason: 'the CMS no longer knows the matter' }
    return { kind: 'read', matter }
  }
  return {
    kind: 'stands',
    rule,
    happening: asHappening(event, notice, matter, fact),
    situation,
  }
}

/** Who are told though they are not the client. */
const othersOf = (notices: readonly Notice[]): ClientId[] =>
  notices.flatMap((n) => (n.audience !== 'client' && n.clientId ? [n.clientId] : []))

/** Whether who was to be told still is what made us tell them. The client of a matter is looked at where it is said. */
function takesPart(notice: Notice, { matter, recipient }: Situation, fact: PresentFact | undefined): boolean {
  switch (notice.audience) {
    case 'client':
      return true
    case 'participants':
      return recipient !== null && participantsOf(fact?.data ?? {}).some((p) => p.id === recipient.externalId)
    case 'attorney':
      return recipient !== null && attorneyOf(matter.data)?.externalId === recipient.externalId
  }
}

/** @returns null when condition and evidence of a rule hold; else that they do not, or why nobody can say */
export function noLongerTrue(
  rule: CompiledRule,
  { values }: Values,
): { kind: 'drop' | 'wait'; reason: string } | null {
  for (const condition of [...(rule.when ? [rule.when] : []), ...rule.evidence.map((e) => e.that)]) {
    const held = condition.evaluate(values)
    // Not to know whether it is true is not to know that it is not.
    if (!held.ok) return { kind: 'wait', reason: `rule problem: ${held.message}` }
    if (held.value !== true) return { kind: 'drop', reason: 'no longer true' }
  }
  return null
}

export function valuesOf(happening: Happening, situation: Situation): Values {
  const raw = ruleValues(happening, situation)
  return { raw, values: prepareValues(raw) }
}

const isLater = (a: Temporal.Instant | null, b: Temporal.Instant): boolean =>
  a !== null && Temporal.Instant.compare(a, b) > 0

/** @param fact that it tells of, as it stands */
const asHappening = (
  event: EventRow,
  notice: Notice,
  matter: MatterRow,
  fact: PresentFact | undefined,
): Happening => ({
  eventId: event.id,
  type: event.type,
  subject: event.subject,
  occurredAt: event.occurred_at,
  data: event.data,
  stateEntry: notice.stateEntry,
  fact:
    notice.factId === null
      ? null
      : {
          id: notice.factId,
          mark: notice.factMark ?? '',
          appointment: fact?.kind === 'appointment' ? fact : null,
        },
  settlesAt: notice.stateEntry === null ? null : matter.settles_at,
})

async function loadEvents(tx: FirmTx, ids: readonly EventId[]): Promise<Map<EventId, EventRow>> {
  const rows = await tx.rows<EventRow>(
    'select id, type, subject, occurred_at, data from events where id = any($1)',
    [ids],
    'events_again',
  )
  return new Map(rows.map((r) => [r.id, r]))
}
