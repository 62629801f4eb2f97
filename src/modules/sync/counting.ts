/**
 * What is gone: the CMS lists ids, and what we know of and it does not is missing. Believed only when it is missing
 * twice, a while apart, and only when it is not too much at once.
 */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { LaneResult } from '../../platform/jobs/lanes.ts'
import type { CmsVerdict } from '../connections/index.ts'
import { implausible, lookAgain, missingFor, seconds, windowOf } from './policy.ts'
import { advance, endPass, forgetIds, noteMissing, putOff, rememberIds, uncounted } from './store.ts'
import { arrival, takeIn } from './take.ts'
import { giveWay, keepCalls, leaseOf, noteCall, type Turn, turnLength } from './turn.ts'

/**
 * A read of a matter may notice first that something of it is gone, and says nothing of it. Beyond the time between two
 * countings: room for a second look, and for a process that was away.
 */
const readFirst = { hours: 24 }

type Ids = CmsVerdict<{ ids: string[]; next: string | null }>

/** Lists ids, page after page. */
export async function countSome(at: Turn, firstLease: Temporal.Instant): Promise<LaneResult> {
  const { deps, firmId, followed, stream, row } = at
  const began = deps.monotonic()
  const ask = (cursor: string | null): Promise<Ids> =>
    followed.changes.ids(stream.model, cursor, noteCall(at))
  let lease = firstLease
  let cursor = row.cursor
  for (;;) {
    const verdict = await ask(cursor)
    if (!verdict.ok) return giveWay(at, lease, verdict)
    const { ids, next } = verdict.value
    const now = deps.now().round('microsecond')
    const until = leaseOf(followed, now)
    const ours = lease
    const goesOn = next !== null && deps.monotonic() - began < turnLength
    const stored = await deps.db.forFirm(firmId, async (tx) => {
      if (!(await advance(tx, row, ours, { cursor: next, records: 0, leaseUntil: until }))) return false
      await keepCalls(tx, at)
      await rememberIds(tx, row, ids)
      if (next === null) await endCount(tx, at, now)
      else if (!goesOn) await putOff(tx, row, until, now, null)
      return true
    })
    if (!stored) return { next: 'idle' }
    lease = until
    cursor = next
    if (goesOn) continue
    deps.nudge('decide', firmId)
    return { next: 'more' }
  }
}

async function endCount(tx: FirmTx, at: Turn, now: Temporal.Instant): Promise<void> {
  const { followed, row } = at
  const again = await believeMissing(tx, at, now)
  await endPass(tx, row, {
    phase: row.phase,
    doneUntil: row.done_until,
    counting: again !== null,
    countedAt: now,
    dueAt: again ?? now.add(seconds(followed.every)),
  })
}

/**
 * Tells of what is gone as its webhook would have, and forgets the ids that were listed.
 *
 * @returns when to look again for what is missing for the first time; null: nothing is in doubt
 */
export async function believeMissing(
  tx: FirmTx,
  { deps, followed, stream, row }: Turn,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  if (stream.holds === 'client' || stream.holds === 'other') {
    await forgetIds(tx, row)
    return null
  }
  const unsaidSince = row.pass_began_at!.subtract(seconds(followed.reconcile)).subtract(readFirst)
  const found = await uncounted(tx, row, stream.holds, unsaidSince)
  await forgetIds(tx, row)
  const missing =
    stream.by === 'window' ? found.missing.filter(inWindow(followed, row.pass_began_at!)) : found.missing
  const { connectionId } = followed
  if (implausible(missing.length, found.known)) {
    await deps.shrunk(tx, { connectionId, model: stream.model, missing: missing.length, known: found.known })
    return null
  }
  const ids = missing.map((m) => m.externalId)
  const { gone, fresh } = await noteMissing(tx, row, ids, now, now.subtract(missingFor))
  const context = { followed, stream, now, newId: deps.newId }
  const told = await takeIn(
    tx,
    gone.map(({ externalId: id, since }) => ({
      ...arrival(id, followed.changes.gone(stream.model, id), context, null),
      // Told once for as long as it is missing; it may come back, and go again.
      key: `gone:${stream.model}:${id}:${since}`,
    })),
  )
  if (told > 0) deps.counted('gone', stream.model, told)
  return fresh > 0 ? now.add(lookAgain) : null
}

/** A diary that is read by dates says nothing of what lies outside them, nor of what begins at its very edge. */
function inWindow(followed: Turn['followed'], beganAt: Temporal.Instant) {
  const { from, until } = windowOf(followed, beganAt)
  return ({ startsAt }: { startsAt: string | null }): boolean => {
    if (startsAt === null) return false
    try {
      const at = Temporal.Instant.from(startsAt)
      return (
        Temporal.Instant.compare(at, from.add({ hours: 24 })) > 0 &&
        Temporal.Instant.compare(at, until.subtract({ hours: 24 })) < 0
      )
    } catch {
      return false
    }
  }
}
