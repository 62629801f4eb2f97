/**
 * Which stories come next: the newest by what happened last in them (an event came, a notice was made, a message was
 * written), whichever is asked for. Each of the three is read from the end of its index, a few rows per client or matter.
 */
import type { EventId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Subject } from './subjects.ts'

export interface Step {
  /** Which index, and whose part of it: these were read in order, up to a limit. */
  stream: string
  eventId: EventId
  at: Temporal.Instant
}

export interface StoryCursor {
  at: Temporal.Instant
  eventId: string
}

export interface StoryPage {
  eventIds: EventId[]
  next: StoryCursor | null
  /** Reading ended before anything was certain: ask again with a larger `depth`. */
  tooShallow: boolean
}

/**
 * Merges what was read. Pure.
 *
 * @param depth how many rows were read of each stream at most; one that is full may hide older rows, so that nothing
 *   older than its end is certain
 */
export function mergeSteps(
  steps: readonly Step[],
  depth: number,
  limit: number,
  before: StoryCursor | null,
): StoryPage {
  let floor: Temporal.Instant | null = null
  for (const rows of Map.groupBy(steps, (s) => s.stream).values()) {
    if (rows.length < depth) continue
    const end = rows.reduce((a, b) => (Temporal.Instant.compare(a.at, b.at) < 0 ? a : b)).at
    if (floor === null || Temporal.Instant.compare(end, floor) > 0) floor = end
  }
  const certain = steps
    .filter((s) => floor === null || Temporal.Instant.compare(s.at, floor) > 0)
    .filter((s) => before === null || newestFirst(before, s) < 0)
    .sort(newestFirst)
  const seen = new Map(certain.toReversed().map((s) => [s.eventId, s]))
  const distinct = [...seen.values()].sort(newestFirst)
  const page = distinct.slice(0, limit)
  const last = page.at(-1)
  const more = distinct.length > limit || floor !== null
  return {
    eventIds: page.map((s) => s.eventId),
    next: last && more ? { at: last.at, eventId: last.eventId } : null,
    tooShallow: page.length === 0 && floor !== null,
  }
}

const newestFirst = (a: StoryCursor | Step, b: StoryCursor | Step): number =>
  Temporal.Instant.compare(b.at, a.at) || (a.eventId < b.eventId ? 1 : a.eventId > b.eventId ? -1 : 0)

/** @param quiet also events by which nothing changed */
export async function loadPage(
  tx: FirmTx,
  subject: Subject,
  options: { limit: number; before: StoryCursor | null; quiet: boolean },
): Promise<StoryPage> {
  if (subject.only) return { eventIds: [subject.only.eventId], next: null, tooShallow: false }
  // An event has two or three messages; too little is noticed and costs one more look.
  for (let depth = options.limit * 4; ; depth *= 4) {
    const steps = await readSteps(tx, subject, depth, options)
    const page = mergeSteps(steps, depth, options.limit, options.before)
    if (!page.tooShallow) return page
  }
}

const far = Temporal.Instant.from('9999-12-31T23:59:59Z')

function readSteps(
  tx: FirmTx,
  subject: Subject,
  depth: number,
  options: { before: StoryCursor | null; quiet: boolean },
): Promise<Step[]> {
  const whose = subject.as === 'matter' ? 'matter_id' : 'client_id'
  const owners = subject.as === 'matter' ? subject.matterIds : subject.clientIds
  return tx.rows<Step & Record<string, unknown>>(
    `select 'm' || w.id as stream, n.event_id as "eventId", x.created_at as at
     from unnest($1::uuid[]) as w(id),
       lateral (select notice_id, created_at from messages where ${whose} = w.id and created_at <= $3
                order by created_at desc limit $4) x
     join notices n on n.id = x.notice_id
     union all
     select 'n' || w.id, x.event_id, x.created_at
     from unnest($1::uuid[]) as w(id),
       lateral (select event_id, created_at from notices where ${whose} = w.id and created_at <= $3
                order by created_at desc limit $4) x
     union all
     select 'e' || w.id, x.id, x.recorded_at
     from unnest($2::uuid[]) as w(id),
       lateral (select id, recorded_at from events where matter_id = w.id and recorded_at <= $3
                and ($5 or outcome not in ('unchanged', 'stale'))
                order by recorded_at desc limit $4) x`,
    [owners, subject.matterIds, options.before?.at ?? far, depth, options.quiet],
    `trace_steps_${whose}`,
  )
}

/** @returns null when the text is no cursor of ours */
export function readCursor(text: string): StoryCursor | null {
  const [at, eventId, ...more] = text.split('~')
  if (!at || !eventId || more.length > 0 || !/^[0-9a-f-]{36}$/.test(eventId)) return null
  try {
    return { at: Temporal.Instant.from(at), eventId }
  } catch {
    return null
  }
}

export const writeCursor = (cursor: StoryCursor): string => `${cursor.at}~${cursor.eventId}`
