/**
 * After a restored backup: states that changed while nobody looked. Their webhooks were answered before the loss and do
 * not come again, so the CMS is read, and the clients, who may have been told then, are not told again.
 */
import type { ConnectionId, FirmId, MatterId } from '../kernel/index.ts'
import { record } from '../modules/audit/index.ts'
import type { CmsHolding } from '../modules/connections/index.ts'
import { takePlaceLock } from '../modules/facts/index.ts'
import { type LostTime, storeSnapshot } from '../modules/ingest/index.ts'
import { lockMattersById, markCaughtUp, observe, saveObservations } from '../modules/matters/index.ts'
import { openTasks } from '../modules/tasks/index.ts'
import type { OpenFirm } from './firms.ts'
import type { Runtime } from './runtime.ts'

export interface CaughtUp {
  /** How many matters were read. */
  read: number
  /** How many had moved; staff have a task for each. */
  moved: number
  /** How many the CMS did not tell us of. */
  unread: number
}

interface Known extends Record<string, unknown> {
  id: MatterId
  connection_id: ConnectionId
  external_id: string
}

/** Waits longer than this, in seconds, are not waited for. */
const patience = 120

/**
 * Reads every matter whose system can be read, and brings its state and facts up to what the CMS says, in silence.
 *
 * @param lost what changed after it brings its own webhook, and is left to it
 */
export async function catchUp(
  runtime: Runtime,
  firmId: FirmId,
  lost: LostTime,
  pause: (milliseconds: number) => Promise<void>,
): Promise<CaughtUp> {
  const firm = await runtime.firms.open(firmId)
  const done: CaughtUp = { read: 0, moved: 0, unread: 0 }
  const known = await runtime.db.forFirm(firmId, (tx) =>
    tx.rows<Known>(
      'select id, connection_id, external_id from matters where firm_id = current_firm() order by id',
    ),
  )
  for (const matter of known) {
    if (!firm.connections.get(matter.connection_id)?.reader) continue
    const outcome = await one(runtime, firmId, firm, matter, lost, pause)
    if (outcome === 'unread') done.unread++
    else done.read++
    if (outcome === 'moved') done.moved++
  }
  return done
}

async function one(
  runtime: Runtime,
  firmId: FirmId,
  firm: OpenFirm,
  matter: Known,
  lost: LostTime,
  pause: (milliseconds: number) => Promise<void>,
): Promise<'same' | 'moved' | 'unread'> {
  const reader = firm.connections.get(matter.connection_id)!.reader!
  const began = runtime.clock.now()
  let verdict = await reader.readMatter(matter.external_id, () => {})
  if (!verdict.ok && verdict.kind === 'rate_limited' && (verdict.retryAfter ?? 1) <= patience) {
    await pause((verdict.retryAfter ?? 1) * 1_000)
    verdict = await reader.readMatter(matter.external_id, () => {})
  }
  // What is gone there can't move.
  if (!verdict.ok) return verdict.kind === 'not_found' ? 'same' : 'unread'
  const snapshot = verdict.value
  const { rawStatus, updatedAt, data } = snapshot.matter
  const since = typeof data.status_since === 'string' ? instantOf(data.status_since) : null
  const { statuses } = firm.code.program
  const found = rawStatus === null ? null : statuses.lookup(rawStatus)
  return runtime.db.forFirm(firmId, async (tx) => {
    const now = runtime.clock.now()
    await takePlaceLock(tx, 'place')
    const [row] = await lockMattersById(tx, [matter.id])
    if (!row) return 'same'
    const context = {
      began,
      now,
      lost,
      catchingUp: true,
      link: (holds: CmsHolding, id: string) => reader.survey?.link(holds, id) ?? null,
    }
    await storeSnapshot(tx, matter.connection_id, snapshot, context, runtime.newId)
    await markCaughtUp(tx, row.id, lost.until)
    if (since && Temporal.Instant.compare(since, lost.until) > 0) return 'same'
    // Never told of a status before: its first is told, or not, by the age of it.
    if (
      rawStatus === null ||
      !found ||
      !('state' in found) ||
      row.state === null ||
      row.state === found.state
    )
      return 'same'
    const view = {
      rawStatus: row.raw_status,
      state: row.state,
      previousState: row.previous_state,
      stateEntry: row.state_entry,
      stateEnteredAt: row.state_entered_at,
      // A change that lies in the past is no slip of the hand.
      settlesAt: null,
      sourceUpdatedAt: row.source_updated_at,
    }
    const seen = observe(view, { raw: rawStatus, state: found.state, at: updatedAt, now }, statuses)
    if (seen.outcome === 'stale') return 'same'
    const { next } = seen
    await saveObservations(tx, [
      {
        ...row,
        raw_status: next.rawStatus,
        state: next.state,
        previous_state: next.previousState,
        state_entry: next.stateEntry,
        state_entered_at: next.stateEnteredAt,
        settles_at: null,
        source_updated_at: next.sourceUpdatedAt,
      },
    ])
    await openTasks(
      tx,
      [
        {
          kind: 'restored_backup',
          title: `Matter ${row.number ?? row.external_id} moved to ${next.state} at a time that was lost: was the client told?`,
          detail: `A backup was restored that still had it in ${row.state}. The client was probably told when it moved, so nothing is said now. Look into the provider's log or ask, and tell them by hand if not.`,
          matterId: row.id,
          clientId: row.client_id,
          assignee: 'staff',
          dueAt: null,
          cause: `caught up ${row.id} entry:${next.stateEntry}`,
        },
      ],
      now,
    )
    await record(
      tx,
      [
        {
          actor: 'reconciler',
          action: 'matter.caught_up',
          subject: `matter:${row.id}`,
          data: { from: row.state, to: next.state },
        },
      ],
      now,
    )
    return 'moved'
  })
}

function instantOf(text: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return null
  }
}
