/**
 * Reading a stream page by page. A page and the cursor behind it are stored in one commit, so that a crash repeats at
 * most one page; and a page that is stored twice changes nothing.
 */

import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { LaneResult } from '../../platform/jobs/lanes.ts'
import type { CmsAsk, CmsPage, CmsVerdict } from '../connections/index.ts'
import { believeMissing } from './counting.ts'
import { askedSince, doneUntil, seconds, windowOf } from './policy.ts'
import { advance, endPass, putOff, rememberIds } from './store.ts'
import { type Taken, takePage } from './take.ts'
import { giveWay, keepCalls, leaseOf, noteCall, passOf, type Turn, turnLength } from './turn.ts'

/** Pages, one after the other; the next one is on its way while the last one is stored. */
export async function readSome(at: Turn, firstLease: Temporal.Instant): Promise<LaneResult> {
  const { deps, firmId, followed, stream, row } = at
  const began = deps.monotonic()
  const sum: Taken = { told: 0, kept: 0, unreadable: 0 }
  let lease = firstLease
  let asked = ask(at, row.cursor)
  for (;;) {
    const askedAt = asked.at
    const verdict = await asked.page
    if (!verdict.ok) return giveWay(at, lease, verdict)
    const { records, next } = verdict.value
    const goesOn = next !== null && deps.monotonic() - began < turnLength
    const following = goesOn ? ask(at, next) : null
    const now = deps.now().round('microsecond')
    const until = leaseOf(followed, now)
    const ours = lease
    const stored = await deps.db.forFirm(firmId, async (tx) => {
      // First of all: whoever lost the lease stores nothing.
      if (!(await advance(tx, row, ours, { cursor: next, records: records.length, leaseUntil: until })))
        return false
      await keepCalls(tx, at)
      const statuses = await deps.statuses(tx)
      const taken = await takePage(tx, records, {
        followed,
        stream,
        pass: passOf(row),
        askedAt,
        now,
        newId: deps.newId,
        statuses,
      })
      sum.told += taken.told
      sum.kept += taken.kept
      sum.unreadable += taken.unreadable
      // What is read whole each time shows by that what is gone; a first pass has nothing to compare with.
      if (stream.by !== 'since' && row.phase === 'following')
        await rememberIds(
          tx,
          row,
          records.map((r) => r.externalId),
        )
      if (row.tries > 0) await deps.recovered(tx, followed.connectionId)
      if (next === null) await afterPass(tx, at, now)
      else if (!following) await putOff(tx, row, until, now, null)
      return true
    })
    if (!stored) return { next: 'idle' }
    lease = until
    if (next === null || !following) {
      tell(at, sum)
      return { next: 'more' }
    }
    asked = following
  }
}

function tell({ deps, firmId, stream }: Turn, sum: Taken): void {
  for (const what of ['told', 'kept', 'unreadable'] as const)
    if (sum[what] > 0) deps.counted(what, stream.model, sum[what])
  if (sum.told > 0) deps.nudge('decide', firmId)
  deps.nudge('fetch', firmId)
  deps.nudge('release', firmId)
}

function ask(
  { deps, followed, stream, row, calls }: Turn,
  cursor: string | null,
): { at: Temporal.Instant; page: Promise<CmsVerdict<CmsPage>> } {
  const asked: CmsAsk = {
    since: stream.by === 'since' ? askedSince(row.pass_since, stream.holds) : null,
    window: stream.by === 'window' ? windowOf(followed, row.pass_began_at!) : null,
    cursor,
  }
  return {
    at: deps.now(),
    page: followed.changes.page(stream.model, asked, noteCall({ deps, calls })),
  }
}

/** The last page is stored. A stream that is read whole each time has shown by that what is gone. */
async function afterPass(tx: FirmTx, at: Turn, now: Temporal.Instant): Promise<void> {
  const { followed, stream, row } = at
  const due = now.add(seconds(followed.every))
  const until = doneUntil(passOf(row), row.done_until, followed.overlap)
  const whole = stream.by !== 'since'
  const again = whole && row.phase === 'following' ? await believeMissing(tx, at, now) : null
  const countDue =
    !whole &&
    stream.countable &&
    row.counted_at !== null &&
    Temporal.Instant.compare(row.counted_at.add(seconds(followed.reconcile)), now) <= 0
  await endPass(tx, row, {
    phase: 'following',
    doneUntil: until,
    counting: countDue,
    // A first pass has just listed all there is.
    countedAt: row.counted_at ?? now,
    dueAt: countDue ? now : (again ?? due),
  })
}
