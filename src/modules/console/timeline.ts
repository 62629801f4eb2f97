/** One line in time from many streams: the newest first, page by page. */
import type { Timeline, TimelineItem, WrittenBy } from '../../../contracts/timeline.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { audienceOfPerson } from '../facts/index.ts'
import { namesOfActors, outRows } from './rows.ts'
import { type TimelineCursor, type TimelineOf, timelineStatements } from './timeline-statements.ts'

interface Row extends Record<string, unknown> {
  id: string
  at: string
  kind: TimelineItem['kind']
}

/**
 * @param query.cursor `next` of the page before
 * @returns null when the cursor is none of ours
 */
export async function timelinePage(
  tx: FirmTx,
  of: TimelineOf,
  query: { limit: number; cursor?: string | undefined },
): Promise<Timeline | null> {
  const before = query.cursor === undefined ? null : readCursor(query.cursor)
  if (query.cursor !== undefined && before === null) return null
  const statements = timelineStatements(tx.firmId, of, before, query.limit + 1)
  const read = await Promise.all(
    statements.map(async ({ kind, sql, values }) =>
      (await outRows<Omit<Row, 'kind'>>(tx, sql, values, `timeline_${of.scope}_${kind}`)).map(
        (row): Row => ({ ...row, id: row.id as string, at: row.at as string, kind }),
      ),
    ),
  )
  const rows = read.flat().sort(newestFirst)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const next = last && rows.length > query.limit ? `${last.at}~${keyOf(last)}` : null
  return { items: await shown(tx, page), next }
}

const keyOf = (row: Row): string => `${row.kind}:${row.id}`

/** As the statements have it: by time, then by key. */
function newestFirst(a: Row, b: Row): number {
  const byTime = Temporal.Instant.compare(Temporal.Instant.from(b.at), Temporal.Instant.from(a.at))
  if (byTime !== 0) return byTime
  return keyOf(a) < keyOf(b) ? 1 : -1
}

function readCursor(text: string): TimelineCursor | null {
  const [at, key, ...more] = text.split('~')
  if (!at || !key || more.length > 0 || !/^[a-z]+:[0-9a-f-]{1,36}$/.test(key)) return null
  try {
    return { at: Temporal.Instant.from(at), key }
  } catch {
    return null
  }
}

async function shown(tx: FirmTx, rows: readonly Row[]): Promise<TimelineItem[]> {
  const actors = rows.flatMap((row) => [row.by, row.doneBy, row.actor, writer(row), resolver(row)])
  const name = await namesOfActors(
    tx,
    actors.filter((one) => typeof one === 'string'),
  )
  const named = (actor: unknown) => (typeof actor === 'string' ? name(actor) : null)
  return rows.map((row) => lineOf(row, named))
}

/** Without what was read only to find names by. */
function lineOf(row: Row, named: (actor: unknown) => string | null): TimelineItem {
  const { kind, id, at, matterId = null, matter = null } = row
  const about = { id, at, matterId, matter }
  switch (kind) {
    case 'message': {
      const { notice_id: _, written, failure, ...rest } = row
      return {
        ...rest,
        ...about,
        written: asWritten(written, named),
        failure: asFailure(failure, named),
      } as TimelineItem
    }
    case 'text': {
      const { matter_of: _, ...rest } = row
      return { ...rest, ...about } as TimelineItem
    }
    case 'notice': {
      const { client_id: _, ...rest } = row
      return { ...rest, ...about } as TimelineItem
    }
    case 'reminder': {
      const { person, ...rest } = row
      return { ...rest, ...about, audience: audienceOfPerson(person as string | null) } as TimelineItem
    }
    case 'state':
      return { ...row, ...about } as TimelineItem
    case 'consent':
      return { ...row, ...about, by: named(row.by) } as TimelineItem
    case 'task':
      return { ...row, ...about, doneBy: named(row.doneBy) } as TimelineItem
    case 'act': {
      const { actor, subject, ...rest } = row
      const [scope, target = null] = String(subject).split(':')
      return {
        ...rest,
        ...about,
        matterId: scope === 'matter' ? target : null,
        who: named(actor),
      } as TimelineItem
    }
  }
}

interface Written {
  by: string
  overrides: WrittenBy['overrides']
  reason: string | null
}

const writer = (row: Row): unknown => (row.written as Written | null | undefined)?.by

const resolver = (row: Row): unknown =>
  (row.failure as { resolvedBy: string | null } | null | undefined)?.resolvedBy

const asFailure = (failure: unknown, named: (actor: unknown) => string | null): unknown =>
  typeof failure === 'object' && failure !== null
    ? { ...failure, resolvedBy: named((failure as { resolvedBy: unknown }).resolvedBy) }
    : null

const asWritten = (written: unknown, named: (actor: unknown) => string | null): WrittenBy | null => {
  if (typeof written !== 'object' || written === null) return null
  const { by, overrides, reason } = written as Written
  return { by: named(by) ?? by, overrides, reason }
}
