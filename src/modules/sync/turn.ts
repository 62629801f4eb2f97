/** What a turn of the poll lane works on and with; and how it ends when the CMS is in trouble. */
import type { ConnectionId, FirmId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { LaneResult } from '../../platform/jobs/lanes.ts'
import type { CmsStream, CmsTrouble, OnCmsCall } from '../connections/index.ts'
import { logCalls, type TimedCall } from '../ingest/index.ts'
import type { StatusMap } from '../matters/index.ts'
import { backoff, type Pass } from './policy.ts'
import { putOff } from './store.ts'
import type { Followed, StreamRow } from './types.ts'

export interface SyncDeps {
  db: Database
  now(): Temporal.Instant
  monotonic(): number
  newId: NewId
  /** The firm's connections that are followed. */
  followed(firmId: FirmId): Promise<readonly Followed[]>
  statuses(tx: FirmTx): Promise<StatusMap>
  nudge(lane: 'decide' | 'fetch' | 'release', firmId: FirmId): void
  /** It could be read again. */
  recovered(tx: FirmTx, connectionId: ConnectionId): Promise<void>
  /** The CMS refuses us or has been silent for a while. */
  trouble(
    tx: FirmTx,
    trouble: { connectionId: ConnectionId; kind: CmsTrouble['kind']; tries: number; detail: string },
  ): Promise<void>
  /** So much is missing at once that it is not believed. */
  shrunk(
    tx: FirmTx,
    found: { connectionId: ConnectionId; model: string; missing: number; known: number },
  ): Promise<void>
  counted(what: 'told' | 'kept' | 'unreadable' | 'gone', model: string, records: number): void
}

/** What a turn works on. */
export interface Turn {
  deps: SyncDeps
  firmId: FirmId
  followed: Followed
  stream: CmsStream
  row: StreamRow
  /** Calls made and not yet written down. */
  calls: TimedCall[]
}

export const noteCall =
  ({ deps, calls }: Pick<Turn, 'deps' | 'calls'>): OnCmsCall =>
  (call) =>
    calls.push({ ...call, at: deps.now() })

/** With what the calls brought, in the same commit. */
export const keepCalls = (tx: FirmTx, { deps, followed, calls }: Turn): Promise<void> =>
  logCalls(tx, { connectionId: followed.connectionId, matterExternalId: null }, calls.splice(0), deps.newId)

/** A turn ends after so long, in milliseconds, so that a first sync of one firm does not stop the others. */
export const turnLength = 5_000
/** Beyond the longest call: storing a page. */
const margin = { seconds: 30 }

export const leaseOf = (followed: Followed, now: Temporal.Instant): Temporal.Instant =>
  now.add({ milliseconds: followed.timeoutMs }).add(margin).round('microsecond')

export const passOf = (row: StreamRow): Pass => ({
  phase: row.phase,
  beganAt: row.pass_began_at!,
  since: row.pass_since,
})

/** The pass stays where it is, and goes on when the CMS may be asked again. */
export async function giveWay(turn: Turn, lease: Temporal.Instant, trouble: CmsTrouble): Promise<LaneResult> {
  const { deps, firmId, followed, row } = turn
  const now = deps.now()
  const wait = backoff(row.tries, trouble)
  const limited = trouble.kind === 'rate_limited'
  // A cursor may be too old to go on from: then the pass begins anew, which changes nothing that is stored.
  const spent = trouble.kind === 'refused'
  await deps.db.forFirm(firmId, async (tx) => {
    await keepCalls(tx, turn)
    await putOff(tx, row, lease, now.add({ seconds: wait }), limited ? null : trouble.detail, spent)
    if (!limited)
      await deps.trouble(tx, {
        connectionId: followed.connectionId,
        kind: trouble.kind,
        tries: row.tries + 1,
        detail: trouble.detail,
      })
  })
  // To the second, and not at the next sweep: a limit per minute is to be used.
  return limited ? { next: 'wait', milliseconds: wait * 1_000 } : { next: 'more' }
}
