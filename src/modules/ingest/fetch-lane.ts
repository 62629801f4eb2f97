/** The fetch lane: reads the CMS for what deliveries wait for, with no connection held, and sets them free. */
import type { ConnectionId, FirmId, NewId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import type {
  CmsCall,
  CmsHolding,
  CmsReader,
  CmsSnapshot,
  CmsTrouble,
  CmsVerdict,
} from '../connections/index.ts'
import { type FactKind, type NewFact, removeMissing, upsertClient, upsertFacts } from '../facts/index.ts'
import { lockMatters, mattersOfClient, upsertMatter } from '../matters/index.ts'
import { wakeHeld } from '../notices/index.ts'
import { reportRejected } from '../quality/index.ts'
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
  /** The CMS refuses us or has been silent for a while; the operator should know. */
  /** It could be read again. */
  recovered(tx: FirmTx, connectionId: ConnectionId): Promise<void>
  trouble(
    tx: FirmTx,
    trouble: { connectionId: ConnectionId; kind: CmsTrouble['kind']; tries: number; detail: string },
  ): Promise<void>
  counted(kind: string, outcome: string): void
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
  const calls: (CmsCall & { at: Temporal.Instant })[] = []
  const began = deps.now()
  const verdict: CmsVerdict<CmsSnapshot> = reader
    ? await reader.readMatter(wish.external_id, (call) => calls.push({ ...call, at: deps.now() }))
    : { ok: false, kind: 'unauthorised', detail: 'the connection is not configured to be read' }
  deps.counted(reader?.kind ?? 'none', verdict.ok ? 'ok' : verdict.kind)

  const store = async (tx: FirmTx) => {
    const now = deps.now()
    // Matters before all else: who decides holds them while it wishes for facts.
    await lockMatters(tx, [{ connectionId: wish.connection_id, externalId: wish.external_id }])
    await logCmsCalls(
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
        { began, now },
        deps.newId,
        (holds, id) => reader?.survey?.link(holds, id) ?? null,
      )
      await wishFulfilled(tx, wish, now)
      await deps.recovered(tx, wish.connection_id)
      return
    }
    if (verdict.kind === 'not_found' || verdict.kind === 'refused') {
      await wishHopeless(tx, wish, now, deps.newId)
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

async function storeSnapshot(
  tx: FirmTx,
  connectionId: ConnectionId,
  snapshot: CmsSnapshot,
  { began, now }: { began: Temporal.Instant; now: Temporal.Instant },
  newId: NewId,
  linkTo: (holds: CmsHolding, externalId: string) => string | null,
): Promise<void> {
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
  const facts = (kind: FactKind, list: CmsSnapshot['documents']): NewFact[] =>
    list.map((f) => ({
      connectionId,
      kind,
      externalId: f.externalId,
      matterId,
      data: f.data,
      version: f.version,
      sourceUpdatedAt: f.updatedAt,
      // Of a bill only its events tell what was last said of it.
      mark: kind === 'appointment' ? f.version : kind === 'document' ? 'there' : null,
      announced: false,
      removedAt: null,
    }))
  const listed = [
    ...facts('document', snapshot.documents),
    ...facts('bill', snapshot.bills),
    ...facts('appointment', snapshot.appointments),
  ]
  await upsertFacts(tx, listed, now, newId)
  await removeMissing(
    tx,
    { connectionId, matterId },
    listed.map(({ kind, externalId }) => ({ kind, externalId })),
    began,
    now,
  )
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
        link: linkTo('client', client.externalId),
      },
      now,
      newId,
    )
}

/** Keeps what was called, beside the matter that it was about. */
export async function logCmsCalls(
  tx: FirmTx,
  about: { connectionId: ConnectionId; matterExternalId: string | null },
  calls: readonly (CmsCall & { at: Temporal.Instant })[],
  newId: NewId,
): Promise<void> {
  await insertMany(
    tx,
    'cms_calls',
    calls.map((c) => ({
      id: newId<string>(),
      connection_id: about.connectionId,
      at: c.at,
      method: c.method,
      path: c.path,
      status: c.status,
      milliseconds: Math.round(c.ms),
      error: c.error,
      matter_external_id: about.matterExternalId,
    })),
  )
}
