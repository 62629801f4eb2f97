/** The poll lane: one stream of one firm at a time, for some seconds, then the next. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import { countSome } from './counting.ts'
import { readSome } from './pages.ts'
import { sinceOf } from './policy.ts'
import { claimStream, loadStreams, openStreams, unopened } from './store.ts'
import { leaseOf, type SyncDeps, type Turn } from './turn.ts'
import type { Followed, StreamRow } from './types.ts'

export function pollLane(deps: SyncDeps): Lane {
  return {
    name: 'poll',
    parallel: 4,
    async run(firmId) {
      const followed = await deps.followed(firmId)
      if (followed.length === 0) return { next: 'idle' }
      const now = deps.now().round('microsecond')
      const found = await deps.db.forFirm(firmId, async (tx) => {
        let rows = await loadStreams(tx)
        const missing = unopened(followed, rows)
        if (missing.length > 0) {
          await openStreams(tx, missing, now)
          rows = await loadStreams(tx)
        }
        return claim(tx, followed, rows, now)
      })
      if (found === null) return { next: 'idle' }
      const { leaseUntil, ...claimed } = found
      const at: Turn = { deps, firmId, ...claimed, calls: [] }
      return claimed.row.counting ? countSome(at, leaseUntil) : readSome(at, leaseUntil)
    },
  }
}

/** What has waited longest, but a first sync in order: clients before matters, matters before what belongs to them. */
async function claim(
  tx: FirmTx,
  followed: readonly Followed[],
  rows: readonly StreamRow[],
  now: Temporal.Instant,
) {
  const due = rows
    .flatMap((row) => {
      const of = followed.find((f) => f.connectionId === row.connection_id)
      const position = of?.changes.streams.findIndex((s) => s.model === row.model) ?? -1
      const before = of?.changes.streams.slice(0, position).map((s) => s.model) ?? []
      const waits = rows.some(
        (r) => r.connection_id === row.connection_id && r.phase === 'first' && before.includes(r.model),
      )
      const free = row.lease_until === null || Temporal.Instant.compare(row.lease_until, now) <= 0
      const isDue = Temporal.Instant.compare(row.due_at, now) <= 0
      return of && position >= 0 && !waits && free && isDue
        ? [{ of, stream: of.changes.streams[position]!, row }]
        : []
    })
    .toSorted((a, b) => Temporal.Instant.compare(a.row.due_at, b.row.due_at))
  for (const { of, stream, row } of due) {
    const leaseUntil = leaseOf(of, now)
    const begun =
      row.pass_began_at === null
        ? { ...row, pass_began_at: now, pass_since: row.phase === 'first' ? null : sinceOf(row, of.overlap) }
        : row
    if (await claimStream(tx, begun, now, leaseUntil)) return { followed: of, stream, row: begun, leaseUntil }
  }
  return null
}
