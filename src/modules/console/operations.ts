/**
 * What people do to what waits: pause, resume, replay, close. Each is one transaction; who should look at once is
 * nudged after it. The API and the commands share these.
 */
import type {
  NamedPause,
  PauseResult,
  QuarantineReplayRequest,
  ReplayRequest,
  ReplayResult,
  ResumeResult,
} from '../../../contracts/operations.ts'
import type { ClientId, ConnectionId, FirmId, MatterId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { pause as beginPause, resume as liftPauses } from '../consent/index.ts'
import {
  closeDeadLetter,
  type Readdressed,
  readdressDeadLetter,
  replayDeadLetters,
} from '../delivery/index.ts'
import { discardQuarantined, forgetShapes, replayQuarantine } from '../ingest/index.ts'
import { mattersOfClient } from '../matters/index.ts'
import { wakeHeld } from '../notices/index.ts'
import { rewind } from '../sync/index.ts'
import { completeTask } from '../tasks/index.ts'
import { countMessages, heldPage, sortIds, type Target } from './lists.ts'
import { namesOfActors } from './rows.ts'
import { targetNames } from './targets.ts'
import { loadPauses } from './trace-store.ts'

export interface Acting {
  /** `apikey:<id>`, `cli:<name>`, `staff:<id>`: as it stands in the record. */
  by: string
  now: Temporal.Instant
  newId: NewId
  /** Wakes a lane for this firm after the commit. */
  nudge(lane: string, firmId: FirmId): void
}

/** At once, also for what is queued: no attempt to this target commits after this has. */
export async function pauseTarget(
  tx: FirmTx,
  wanted: { target: Target; name: string; reason: string; endsAt: Temporal.Instant | null },
  { by, now, newId }: Acting,
): Promise<PauseResult> {
  const { scope, id: targetId } = wanted.target
  const id = newId<string>()
  const pause = {
    id,
    scope,
    targetId: targetId as ClientId,
    reason: wanted.reason,
    by,
    endsAt: wanted.endsAt,
  }
  await beginPause(tx, pause, now)
  const { queued, sending } = await countMessages(tx, wanted.target)
  const name = await namesOfActors(tx, [by])
  return {
    pause: {
      id,
      scope,
      targetId,
      reason: wanted.reason,
      by: name(by),
      at: now.toString(),
      endsAt: wanted.endsAt?.toString() ?? null,
    },
    name: wanted.name,
    stopped: queued,
    underWay: sending,
  }
}

/** How many held things a resume names; it counts them all. */
const named = 100

/**
 * Lifts what pauses this target, and has everything that was held for it looked at again: what is still true, and
 * allowed, goes.
 *
 * @returns null when nothing paused it
 */
export async function resumeTarget(
  tx: FirmTx,
  wanted: { target: Target; name: string },
  { by, now, nudge }: Acting,
): Promise<ResumeResult | null> {
  const { target } = wanted
  const lifted = await liftPauses(tx, { scope: target.scope, targetId: target.id }, by, now)
  if (lifted === 0) return null
  const counts = await countMessages(tx, target)
  const { items } = await heldPage(tx, target, { limit: named })
  await wakeHeld(tx, wakeTarget(target), now)
  if (target.scope === 'client') {
    // What others are told of their matters waited along with them.
    const matterIds = await mattersOfClient(tx, target.id as ClientId)
    if (matterIds.length > 0) await wakeHeld(tx, { matterIds }, now)
  }
  tx.afterCommit(() => {
    nudge('release', tx.firmId)
    nudge('deliver', tx.firmId)
  })
  const related = await relatedTargets(tx, target)
  const stillPaused = await loadPauses(tx, now, related.ids)
  const name = await namesOfActors(
    tx,
    stillPaused.map((p) => p.by),
  )
  for (const p of stillPaused) p.by = name(p.by)
  return {
    name: wanted.name,
    lifted,
    held: { notices: counts.notices, messages: counts.held, items },
    queued: counts.queued,
    stillPaused,
    pausedInCms: related.pausedInCms,
  }
}

function wakeTarget(target: Target): Parameters<typeof wakeHeld>[1] {
  switch (target.scope) {
    case 'firm':
      return 'firm'
    case 'matter':
      return { matterIds: [target.id as MatterId] }
    case 'client':
      return { clientId: target.id }
  }
}

/** What else may hold the same things: the firm, the client of a matter, the matters of a client. */
async function relatedTargets(tx: FirmTx, target: Target): Promise<{ ids: string[]; pausedInCms: boolean }> {
  if (target.scope === 'firm') return { ids: [tx.firmId], pausedInCms: false }
  const rows = await tx.rows<{ client_id: string | null; matter_id: string | null; paused: boolean | null }>(
    `select c.id as client_id, m.id as matter_id, c.cms_paused as paused
     from clients c full join matters m on m.client_id = c.id
     where ${target.scope === 'client' ? 'c.id' : 'm.id'} = $1`,
    [target.id],
  )
  const ids = rows.flatMap((r) => [r.client_id, r.matter_id]).filter((id) => id !== null)
  return { ids: [...new Set([tx.firmId, ...ids])], pausedInCms: rows.some((r) => r.paused === true) }
}

/** Every live pause of the firm, with what it is about. */
export async function listPauses(tx: FirmTx, now: Temporal.Instant): Promise<NamedPause[]> {
  const pauses = await loadPauses(tx, now, null)
  const target = await targetNames(tx, pauses)
  const name = await namesOfActors(
    tx,
    pauses.map((p) => p.by),
  )
  return pauses.map((p) => ({ ...p, by: name(p.by), name: target(p.targetId) }))
}

/** Ids that are nobody's, or another firm's: for us the same. */
export interface Missing {
  missing: string[]
}

/** Each open letter once, however many callers ask. */
export async function replayLetters(
  tx: FirmTx,
  request: ReplayRequest,
  { by, now, nudge }: Acting,
): Promise<ReplayResult | Missing> {
  const asked = 'ids' in request ? request.ids : await openIds(tx, 'dead_letters')
  const { missing } = await sortIds(tx, 'dead_letters', asked)
  if (missing.length > 0) return { missing }
  const replayed = await replayDeadLetters(tx, asked, by, now)
  if (replayed.length > 0) tx.afterCommit(() => nudge('deliver', tx.firmId))
  const done = new Set(replayed)
  return { replayed, notOpen: asked.filter((id) => !done.has(id)) }
}

/**
 * The address was wrong: what could not be delivered there goes to the right one, and what was held for want of one is
 * looked at again.
 *
 * @returns where it is refused, the caller rolls back
 */
export async function correctLetter(
  tx: FirmTx,
  id: string,
  address: string,
  countryOf: (connectionId: ConnectionId) => string,
  { by, now, newId, nudge }: Acting,
): Promise<Readdressed> {
  const done = await readdressDeadLetter(tx, id, address, countryOf, { by, now, newId })
  if (!done.ok) return done
  await wakeHeld(tx, { clientId: done.clientId }, now)
  tx.afterCommit(() => {
    nudge('deliver', tx.firmId)
    nudge('release', tx.firmId)
  })
  return done
}

async function openIds(tx: FirmTx, table: 'dead_letters'): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from ${table} where firm_id = current_firm() and state = 'open' order by id`,
  )
  return rows.map((r) => r.id)
}

export type Closing = 'done' | 'missing' | 'not_open'

/** The client was told by other means. @param how e.g. "called her" */
export async function closeLetter(
  tx: FirmTx,
  id: string,
  how: string,
  { by, now }: Acting,
): Promise<Closing> {
  if (await closeDeadLetter(tx, id, by, how, now)) return 'done'
  return (await exists(tx, 'dead_letters', id)) ? 'not_open' : 'missing'
}

export async function endTask(tx: FirmTx, id: string, { by, now }: Acting): Promise<Closing> {
  if (await completeTask(tx, id, by, now)) return 'done'
  return (await exists(tx, 'tasks', id)) ? 'not_open' : 'missing'
}

const exists = async (
  tx: FirmTx,
  table: 'dead_letters' | 'quarantine' | 'tasks',
  id: string,
): Promise<boolean> => (await tx.rows(`select from ${table} where id = $1`, [id])).length > 0

/** What can be understood by now becomes events; what still can't comes back to quarantine. */
export async function replayQuarantined(
  tx: FirmTx,
  request: QuarantineReplayRequest,
  { by, now, nudge }: Acting,
): Promise<{ replayed: number } | Missing> {
  if ('ids' in request) {
    const { missing } = await sortIds(tx, 'quarantine', request.ids)
    if (missing.length > 0) return { missing }
  }
  const filter = 'ids' in request ? { ids: request.ids } : 'kinds' in request ? { kinds: request.kinds } : {}
  const replayed = await replayQuarantine(tx, filter, by, now, (of) => rewind(tx, of, now))
  if (replayed > 0)
    tx.afterCommit(() => {
      nudge('decide', tx.firmId)
      nudge('poll', tx.firmId)
    })
  return { replayed }
}

/** Nothing shall come of it. @param reason e.g. "a test by the vendor" */
export async function discardFromQuarantine(
  tx: FirmTx,
  id: string,
  reason: string,
  { by, now }: Acting,
): Promise<Closing> {
  if (await discardQuarantined(tx, id, reason, by, now)) return 'done'
  return (await exists(tx, 'quarantine', id)) ? 'not_open' : 'missing'
}

/**
 * The payloads of a connection have changed, and that is meant: what they look like is learned anew, and those that
 * waited are looked at again as they are.
 *
 * @param field below the body; null: all of them
 * @returns null when there is no such connection
 */
export async function acceptChange(
  tx: FirmTx,
  wanted: { connection: string; field: string | null },
  { by, now, nudge }: Acting,
): Promise<{ fields: number; replayed: number } | null> {
  const [row] = await tx.rows<{ id: ConnectionId }>('select id from connections where key = $1', [
    wanted.connection,
  ])
  if (!row) return null
  const fields = await forgetShapes(tx, row.id, wanted.field)
  const waiting = await tx.rows<{ id: string }>(
    `select id from quarantine where connection_id = $1 and state = 'open' and kind = 'drift'`,
    [row.id],
  )
  const replayed = await replayQuarantine(tx, { ids: waiting.map((w) => w.id) }, by, now, async () => false)
  await record(
    tx,
    [
      {
        actor: by,
        action: 'drift.accepted',
        subject: `connection:${row.id}`,
        data: { field: wanted.field, fields },
      },
    ],
    now,
  )
  tx.afterCommit(() => nudge('decide', tx.firmId))
  return { fields, replayed }
}
