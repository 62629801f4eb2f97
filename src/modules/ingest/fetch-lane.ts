/** The fetch lane: reads the CMS for what deliveries wait for, with no connection held, and sets them free. */
import type { ConnectionId, FirmId, MatterId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import type { CmsHolding, CmsReader, CmsSnapshot, CmsTrouble, CmsVerdict } from '../connections/index.ts'
import {
  type FactKind,
  factsAsKnown,
  type NewFact,
  placeFacts,
  quietMark,
  removeMissing,
  takePlaceLock,
  upsertClient,
  upsertFacts,
} from '../facts/index.ts'
import { lockMatters, mattersOfClient, upsertMatter } from '../matters/index.ts'
import { wakeHeld } from '../notices/index.ts'
import { reportRejected } from '../quality/index.ts'
import { openTasks } from '../tasks/index.ts'
import { logCalls, type TimedCall } from './cms-calls.ts'
import { matterGone } from './gone.ts'
import { type LostTime, lostTimeTask, readInLostTime, whatChanged } from './lost-time.ts'
import { type FactWish, takeWishes, wishFailed, wishFulfilled, wishHopeless, wishStillOurs } from './store.ts'

export interface FetchDeps {
  db: Database
  now(): Temporal.Instant
  newId: NewId
  /** Null: the connection is no longer configured, or can't be read. */
  reader(firmId: FirmId, connectionId: ConnectionId): Promise<CmsReader | null>
  /** How long a read belongs to its process: longer than any of the firm's readers may take. */
  lease(firmId: FirmId): Promise<Temporal.Duration>
  nudge(lane: 'decide' | 'release', firmId: FirmId): void
  /** It could be read again. */
  recovered(tx: FirmTx, connectionId: ConnectionId): Promise<void>
  /** The CMS refuses us or has been silent for a while; the operator should know. */
  trouble(
    tx: FirmTx,
    trouble: { connectionId: ConnectionId; kind: CmsTrouble['kind']; tries: number; detail: string },
  ): Promise<void>
  counted(kind: string, outcome: string): void
  /** After a restored backup: what may have been told at a time that this database does not know. */
  lost(): LostTime | null
}

const limit = 10

export function fetchLane(deps: FetchDeps): Lane {
  return {
    name: 'fetch',
    // A turn is at most `limit` reads at once, so that one slow CMS takes one of these places and no more.
    parallel: 4,
    async run(firmId) {
      const now = deps.now().round('microsecond')
      const leaseUntil = now.add(await deps.lease(firmId))
      const wishes = await deps.db.forFirm(firmId, (tx) => takeWishes(tx, now, leaseUntil, limit))
      const done = await Promise.allSettled(wishes.map((wish) => fetchOne(deps, firmId, wish, leaseUntil)))
      for (const one of done) if (one.status === 'rejected') throw one.reason
      return wishes.length === limit ? { next: 'more' } : { next: 'idle' }
    },
  }
}

async function fetchOne(
  deps: FetchDeps,
  firmId: FirmId,
  wish: FactWish,
  leaseUntil: Temporal.Instant,
): Promise<void> {
  const reader = await deps.reader(firmId, wish.connection_id)
  const calls: TimedCall[] = []
  const began = deps.now()
  const verdict: CmsVerdict<CmsSnapshot> = reader
    ? await reader.readMatter(wish.external_id, (call) => calls.push({ ...call, at: deps.now() }))
    : { ok: false, kind: 'unauthorised', detail: 'the connection is not configured to be read' }
  deps.counted(reader?.kind ?? 'none', verdict.ok ? 'ok' : verdict.kind)

  const store = async (tx: FirmTx) => {
    const now = deps.now()
    await takePlaceLock(tx, 'place')
    // Matters before all else: who decides holds them while it wishes for facts.
    await lockMatters(tx, [{ connectionId: wish.connection_id, externalId: wish.external_id }])
    await logCalls(
      tx,
      { connectionId: wish.connection_id, matterExternalId: wish.external_id },
      calls,
      deps.newId,
    )
    // Whoever was frozen past the lease brings yesterday's facts: a pause set in the CMS since must not be undone.
    if (!(await wishStillOurs(tx, wish, leaseUntil))) return
    if (verdict.ok) {
      await storeSnapshot(
        tx,
        wish.connection_id,
        verdict.value,
        {
          began,
          now,
          lost: deps.lost(),
          link: (holds, id) => reader?.survey?.link(holds, id) ?? null,
        },
        deps.newId,
      )
      await wishFulfilled(tx, wish, began, now)
      await deps.recovered(tx, wish.connection_id)
      return
    }
    if (verdict.kind === 'not_found' || verdict.kind === 'refused') {
      await wishHopeless(tx, wish, now, deps.newId)
      await matterGone(tx, wish, now)
      return
    }
    await wishFailed(tx, wish, verdict.detail, now.add({ seconds: backoff(wish.tries, verdict) }))
    await deps.trouble(tx, {
      connectionId: wish.connection_id,
      kind: verdict.kind,
      tries: wish.tries + 1,
      detail: verdict.detail,
    })
  }
  try {
    await deps.db.forFirm(firmId, store)
  } catch (error) {
    // What could not be stored is read once more, and not only when the lease has ended.
    await deps.db.forFirm(firmId, async (tx) => {
      if (await wishStillOurs(tx, wish, leaseUntil))
        await wishFailed(tx, wish, 'could not be stored', deps.now().add({ seconds: backoff(wish.tries) }))
    })
    throw error
  }
  if (!verdict.ok) return
  deps.nudge('decide', firmId)
  deps.nudge('release', firmId)
}

/** 15 s, doubling, at most 10 minutes; never sooner than the CMS asked. */
const backoff = (tries: number, trouble?: CmsTrouble) =>
  Math.max(trouble?.retryAfter ?? 0, Math.min(15 * 2 ** tries, 600))

export interface SnapshotContext {
  /** When the read began. */
  began: Temporal.Instant
  now: Temporal.Instant
  lost: LostTime | null
  /** Nothing may have been taken in since the lost time: what is gone counts as told, too. */
  catchingUp?: boolean
  /** Where a person finds the record in the CMS; null: nobody knows. */
  link(holds: CmsHolding, externalId: string): string | null
}

/** Stores what a read of the CMS says. The caller holds the lock to place facts. @returns our id of the matter */
export async function storeSnapshot(
  tx: FirmTx,
  connectionId: ConnectionId,
  snapshot: CmsSnapshot,
  { began, now, lost, link, catchingUp = false }: SnapshotContext,
  newId: NewId,
): Promise<MatterId> {
  const { matter, client } = snapshot
  const stored = client
    ? await upsertClient(
        tx,
        { connectionId, ...client, cmsPaused: client.paused, contactPoints: snapshot.contactPoints },
        now,
        newId,
      )
    : null
  const clientId = stored?.id ?? null
  const matterId = await upsertMatter(tx, {
    id: newId(),
    connectionId,
    externalId: matter.externalId,
    clientId,
    number: matter.number,
    title: matter.title,
    data: matter.data,
    observedAt: now,
  })
  await placeFacts(tx, [{ id: matterId, connectionId, externalId: matter.externalId }])
  const known = lost ? await knownOf(tx, connectionId, snapshot) : new Map<string, never>()
  const lostKinds: FactKind[] = []
  const facts = (kind: FactKind, list: CmsSnapshot['documents']): NewFact[] =>
    list.map((f) => {
      const before = known.get(`${kind} ${f.externalId}`)
      const told = readInLostTime(f, before, lost)
      if (told.lost) lostKinds.push(kind)
      return {
        connectionId,
        kind,
        externalId: f.externalId,
        matterId,
        data: f.data,
        version: f.version,
        sourceUpdatedAt: f.updatedAt,
        mark: markOf(kind, f.version, told.quiet && before?.data.state !== f.data.state),
        announced: told.quiet,
        removedAt: null,
      }
    })
  const listed = [
    ...facts('document', snapshot.documents),
    ...facts('bill', snapshot.bills),
    ...facts('appointment', snapshot.appointments),
  ]
  await upsertFacts(tx, listed, now, newId)
  const gone = await removeMissing(
    tx,
    { connectionId, matterId },
    listed.map(({ kind, externalId }) => ({ kind, externalId })),
    began,
    now,
    catchingUp,
  )
  if (catchingUp) lostKinds.push(...gone.map((g) => g.kind))
  if (lost && lostKinds.length > 0) {
    const { number, externalId } = matter
    const about = { id: matterId, number, externalId, clientId }
    await openTasks(tx, [lostTimeTask(about, whatChanged(lostKinds), lost)], now)
  }
  // A pause that the CMS lifts is lifted for all matters of the client, though only one was read.
  const others = stored?.resumed ? await mattersOfClient(tx, stored.id) : []
  await wakeHeld(tx, { matterIds: [...new Set([matterId, ...others])] }, now)
  if (client)
    await reportRejected(
      tx,
      {
        connectionId,
        clientExternalId: client.externalId,
        rejected: snapshot.rejected,
        link: link('client', client.externalId),
      },
      now,
      newId,
    )
  return matterId
}

/** Of a bill only its events tell what was last said of it, unless nobody could. */
const markOf = (kind: FactKind, version: string | null, quiet: boolean): string | null => {
  switch (kind) {
    case 'appointment':
      return version
    case 'document':
      return 'there'
    case 'bill':
      return quiet ? quietMark : null
  }
}

async function knownOf(tx: FirmTx, connectionId: ConnectionId, snapshot: CmsSnapshot) {
  const named = (kind: FactKind, list: CmsSnapshot['documents']) =>
    list.map(({ externalId }) => ({ connectionId, kind, externalId }))
  const known = await factsAsKnown(tx, [
    ...named('document', snapshot.documents),
    ...named('bill', snapshot.bills),
    ...named('appointment', snapshot.appointments),
  ])
  return new Map(known.map((k) => [`${k.kind} ${k.externalId}`, k]))
}
