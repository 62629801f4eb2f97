/**
 * What happened lately, as it is kept, for trying a rule on it (trial.ts).
 *
 * Kept are the events whole, the states that each matter went through, what has happened before (`happened`), and of
 * matters and clients the values that rules read when it was decided (`decisions.results`). For the rest today's facts
 * stand in; each is named (`standIns`).
 */
import type { EventId, MatterId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Client } from '../facts/index.ts'
import { type MatterRow, readMatters } from '../matters/index.ts'
import type { CompiledRule } from './compile.ts'
import { loadSituations } from './load.ts'
import type { FirmProgram } from './program.ts'
import type { Happening, Situation } from './situation.ts'

interface PastEvent extends Record<string, unknown> {
  id: EventId
  type: string
  matterId: MatterId
  subject: string
  occurredAt: Temporal.Instant
  recordedAt: Temporal.Instant
  data: Record<string, unknown>
  /** Values by path, as decisions kept them: `matter.practice_area`. */
  recorded: Record<string, unknown>[] | null
  overtaken: boolean
  undone: boolean
  repeated: boolean
}

/** Something that happened, with what was known then as far as it is kept. */
export interface Past {
  event: Pick<PastEvent, 'id' | 'type' | 'matterId' | 'occurredAt' | 'recordedAt'>
  happening: Happening
  situation: Situation
  /** Paths for which today's values stand in. */
  standIns: readonly string[]
  /** Nothing was to be said of it, whatever the rules: it was undone at once, overtaken, or told before. */
  passedOver: boolean
}

export interface Lately {
  past: Past[]
  withdrawals: Awaited<ReturnType<typeof loadSituations>>['withdrawals']
  /** There are more before the last of these. */
  more: boolean
  /** The last event that was looked at, seen or not; null: there was none. */
  last: string | null
}

/** Ids are ordered by time (UUID version 7): what is older need not be looked for. */
const oldestId = (at: Temporal.Instant): string => {
  const hex = Math.max(at.epochMilliseconds, 0).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/**
 * @param rules both editions: what they read is loaded
 * @param before the last event of the part before; null: from now on back
 * @returns the newest first, at most `limit`
 */
export async function loadLately(
  tx: FirmTx,
  program: FirmProgram,
  rules: readonly CompiledRule[],
  window: { since: Temporal.Instant; before: string | null; limit: number },
): Promise<Lately> {
  const types = [...new Set(rules.map((rule) => rule.on))]
  const events = await eventsOf(tx, types, window)
  const ids = [...new Set(events.map((event) => event.matterId))]
  const matters = await readMatters(tx, ids)
  const asked: FirmProgram = {
    ...program,
    rulesByKey: new Map(rules.map((rule, index) => [`${index}`, rule])),
  }
  // What `happened` may look back on is counted from the oldest of these events.
  const nothing = async () => ({ notices: new Map(), messages: new Set<string>() })
  const loaded = await loadSituations(tx, asked, matters, window.since, nothing)
  const courses = await coursesOf(tx, ids)
  const byId = new Map(matters.map((matter) => [matter.id, matter]))
  const reads = [...new Set(rules.flatMap((rule) => rule.reads))]
  const past = events.flatMap((event): Past[] => {
    const today = byId.get(event.matterId)
    if (!today) return []
    const then = matterThen(today, event, courses.get(event.matterId) ?? [])
    const kept = Object.assign({}, ...(event.recorded ?? []))
    const { situation, overlaid } = asRecorded(loaded.situation(then.matter), kept, reads)
    return [
      {
        event,
        happening: happeningOf(event),
        situation,
        standIns: reads.filter((path) => isStandIn(path, then.known, overlaid)),
        passedOver: event.overtaken || event.undone || event.repeated,
      },
    ]
  })
  return {
    past,
    withdrawals: loaded.withdrawals,
    more: events.length === window.limit,
    last: events.at(-1)?.id ?? null,
  }
}

/** Why nothing was said of an event that a later one of its batch had overtaken (ingest/decide-judged.ts). */
const overtakenReasons = ['the matter had moved on when this was decided', 'there is newer news of it']

function eventsOf(
  tx: FirmTx,
  types: readonly string[],
  { since, before, limit }: { since: Temporal.Instant; before: string | null; limit: number },
): Promise<PastEvent[]> {
  return tx.rows<PastEvent>(
    `with lately as (
       select id, type, matter_id, subject, occurred_at, recorded_at, data from events
       where firm_id = current_firm() and id >= $1 and ($2::uuid is null or id < $2) and recorded_at >= $3
         and type = any($4) and outcome in ('decided', 'unhandled') and matter_id is not null
       order by id desc limit $5)
     select e.id, e.type, e.matter_id as "matterId", e.subject, e.occurred_at as "occurredAt",
            e.recorded_at as "recordedAt", e.data, d.recorded, coalesce(d.overtaken, false) as overtaken,
            case when e.subject ~ '^entry:[0-9]{1,9}$' then exists (
              select from events f
              where f.matter_id = e.matter_id and f.recorded_at >= e.recorded_at and f.outcome = 'flip_flop'
                and f.subject = 'entry:' || (substr(e.subject, 7)::integer + 1)) else false end as undone,
            exists (
              select from events f
              where f.matter_id = e.matter_id and f.recorded_at <= e.recorded_at and f.id < e.id
                and f.type = e.type and f.subject = e.subject and f.outcome in ('decided', 'unhandled')) as repeated
     from lately e
     left join lateral (
       select json_agg(r -> 'values') as recorded, bool_or(r ->> 'reason' = any($6)) as overtaken
       from decisions d, jsonb_array_elements(d.results) r
       where d.event_id = e.id and d.trigger = 'event') d on true
     order by e.id desc`,
    [oldestId(since.subtract({ hours: 24 })), before, since, types, limit, overtakenReasons],
  )
}

interface Step extends Record<string, unknown> {
  id: string
  matter_id: MatterId
  recorded_at: Temporal.Instant
  occurred_at: Temporal.Instant
  from: string | null
  to: string | null
  raw: string | null
}

/** The states that matters went through, as far as events are kept, the oldest first. */
async function coursesOf(tx: FirmTx, ids: readonly MatterId[]): Promise<Map<MatterId, Step[]>> {
  const rows = await tx.rows<Step>(
    `select id, matter_id, recorded_at, occurred_at, data ->> 'from' as "from", data ->> 'to' as "to",
            data ->> 'raw' as raw
     from events
     where matter_id = any($1) and type = 'matter.status_changed' and data ? 'to'
       and (outcome in ('decided', 'unhandled', 'flagged', 'flip_flop') or data ? 'first_sight')
     order by id`,
    [ids],
  )
  return Map.groupBy(rows, (row) => row.matter_id)
}

/** The matter in the state that it was in right after the event; `known` false: nothing tells, it is as today. */
function matterThen(
  today: MatterRow,
  event: PastEvent,
  course: readonly Step[],
): { matter: MatterRow; known: boolean } {
  const before = course.findLast((step) => step.id <= event.id)
  if (before) {
    const { to, from, raw, occurred_at } = before
    const state = { state: to, previous_state: from, raw_status: raw, state_entered_at: occurred_at }
    return { matter: { ...today, ...state }, known: true }
  }
  const next = course[0]
  if (!next) return { matter: today, known: false }
  // Before the first step that is kept it was where that step began; what was before is not known.
  const state = { state: next.from, previous_state: null, raw_status: null, state_entered_at: null }
  return { matter: { ...today, ...state }, known: true }
}

const ofState: readonly string[] = ['matter.state', 'matter.previous_state', 'matter.raw_status']

/** @returns the situation with what was recorded in the place of today's, and the paths of that */
function asRecorded(
  situation: Situation,
  kept: Readonly<Record<string, unknown>>,
  reads: readonly string[],
): { situation: Situation; overlaid: ReadonlySet<string> } {
  const overlaid = new Set<string>()
  const matter = { ...situation.matter, data: { ...situation.matter.data } }
  const client = situation.client && { ...situation.client, data: { ...situation.client.data } }
  for (const path of reads) {
    const [owner, field, ...rest] = path.split('.')
    const value = kept[path]
    if (value === undefined || field === undefined || rest.length > 0 || !isWhole(value)) continue
    if (ofState.includes(path)) continue
    if (owner === 'matter') setMatter(matter, field, value)
    else if (owner === 'client' && client) setClient(client, field, value)
    else continue
    overlaid.add(path)
  }
  const recipient = situation.recipient === situation.client ? client : situation.recipient
  return { situation: { ...situation, matter, client, recipient }, overlaid }
}

/** A long text was cut, and of a list only the length was kept (situation.ts, valuesAt). */
const isWhole = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.length < 200 && !/^\d+ listed$/.test(value)
    : typeof value !== 'object' || value === null

function setMatter(matter: MatterRow, field: string, value: unknown): void {
  if (field === 'number' || field === 'title') matter[field] = value as string | null
  else matter.data[field] = value
}

const clientFields: Readonly<Record<string, 'name' | 'firstName' | 'lastName' | 'language' | 'preference'>> =
  {
    name: 'name',
    first_name: 'firstName',
    last_name: 'lastName',
    language: 'language',
    preference: 'preference',
  }

function setClient(client: Client, field: string, value: unknown): void {
  const own = clientFields[field]
  if (own) Object.assign(client, { [own]: value })
  else client.data[field] = value
}

/** What an event brought is kept whole, and so is what happened before it. */
function isStandIn(path: string, stateKnown: boolean, overlaid: ReadonlySet<string>): boolean {
  if (path === 'event' || path.startsWith('event.') || path.endsWith('()')) return false
  return ofState.includes(path) ? !stateKnown : !overlaid.has(path)
}

const happeningOf = (event: PastEvent): Happening => ({
  eventId: event.id,
  type: event.type,
  subject: event.subject,
  occurredAt: event.occurredAt,
  data: event.data,
  stateEntry: /^entry:\d+$/.test(event.subject) ? Number(event.subject.slice(6)) : null,
  // What it tells of is needed for calendar entries alone, which are not compared.
  fact: null,
  settlesAt: null,
})
