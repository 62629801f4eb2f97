/**
 * Since when receipts could reach us without a break. A worker may live in another process than the doors, so those
 * leave a sign of life in the database, and the reconciler reads it there.
 */

import type { Clock } from '../kernel/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import type { Log } from '../platform/log/index.ts'

/** How often a process with doors says that it lives, in milliseconds. */
const beatEvery = 10_000
/** Silence that counts as a break: a provider may have called in vain. */
const longestGap = { seconds: 60 }

export async function beat(db: Database, now: Temporal.Instant): Promise<void> {
  await db.lookup(
    `update deployment set
       receipts_door_since = case when receipts_door_seen_at >= $2 then receipts_door_since else $1 end,
       receipts_door_seen_at = greatest(receipts_door_seen_at, $1)
     returning epoch`,
    [now, now.subtract(longestGap)],
  )
}

/** @returns now, if no door is open */
export async function doorUpSince(db: Database, now: Temporal.Instant): Promise<Temporal.Instant> {
  const [row] = await db.lookup<{ since: Temporal.Instant }>(
    `select receipts_door_since as since from deployment where receipts_door_seen_at >= $1`,
    [now.subtract(longestGap)],
  )
  return row?.since ?? now
}

/** Says that this process has doors, from now on until it is stopped. */
export async function keepDoor({
  db,
  clock,
  log,
}: {
  db: Database
  clock: Clock
  log: Log
}): Promise<{ stop(): void }> {
  await beat(db, clock.now())
  const timer = setInterval(() => {
    beat(db, clock.now()).catch((error) => log.warn({ err: error }, 'the door could not say that it is open'))
  }, beatEvery)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
