/**
 * The decide lane: stored deliveries become events, states, decisions and messages, a batch in one commit.
 * One batch per firm at a time, over all processes, so that what came first is decided first.
 */
import type { ConnectionId, DeliveryId, FirmId, NewId, NoticeId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import { record } from '../audit/index.ts'
import { rememberRemoved } from '../facts/index.ts'
import { lockMatters, saveObservations } from '../matters/index.ts'
import { carryOver, supersedeHeld, wakeEvidence, wakeHeld } from '../notices/index.ts'
import { loadSituations, storePlans } from '../rules/index.ts'
import { openTasks } from '../tasks/index.ts'
import { type Drifted, interpret } from './interpret.ts'
import { judge } from './judge.ts'
import type { MattersOf } from './judged.ts'
import type { LostTime } from './lost-time.ts'
import { storeFacts } from './new-facts.ts'
import { mayPass, type Poisoned, setAside } from './one-by-one.ts'
import { type ShapeBook, storeShapes } from './shape-book.ts'
import { endDeliveries, insertEvents, quarantine, takeDeliveries, wishForFacts } from './store.ts'
import type { IngestProgram } from './types.ts'

export interface IngestDeps {
  db: Database
  now(): Temporal.Instant
  newId: NewId
  salt: () => Uint8Array
  program(tx: FirmTx): Promise<IngestProgram>
  nudge(lane: 'deliver' | 'fetch' | 'release' | 'decide', firmId: FirmId): void
  counted(event: { type: string; outcome: string }): void
  /** After a restored backup: what may have been told at a time that this database does not know. */
  lost(): LostTime | null
  /** A delivery was put aside because it can't be worked off: the operators should know. */
  poisoned(tx: FirmTx, poisoned: Poisoned, error: unknown): Promise<void>
  /** What payloads of this firm have looked like; at most half a minute old. */
  shapes(tx: FirmTx): Promise<ShapeBook>
  /** Payloads lack what rules need: the operators should know which field, where, and for which rules. */
  drifted(tx: FirmTx, drifted: readonly Drifted[]): Promise<void>
  /** @param causes of the alerts that are over */
  healed(tx: FirmTx, causes: readonly string[]): Promise<void>
  /** Something is new at these connections, and the webhook could not be believed as to what: it is worth asking. */
  touched(tx: FirmTx, connectionIds: readonly ConnectionId[]): Promise<void>
  /** What was held can't be decided and was put off: the operators should know. */
  stuck(tx: FirmTx, noticeId: NoticeId, fault: string, error: unknown): Promise<void>
}

const batch = 100

/** Held by whoever decides for a firm: the decide and release lanes of all processes take turns. */
export async function takeDecideLock(tx: FirmTx): Promise<boolean> {
  const [row] = await tx.rows<{ taken: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken',
    [`decide ${tx.firmId}`],
    'decide_lock',
  )
  return row!.taken
}

/** For somebody who is looking at the page: their turn comes after the batch that is being decided. */
export async function awaitDecideLock(tx: FirmTx): Promise<void> {
  await tx.run(
    'select pg_advisory_xact_lock(hashtextextended($1, 0))',
    [`decide ${tx.firmId}`],
    'decide_await',
  )
}

export function decideLane(deps: IngestDeps): Lane {
  return {
    name: 'decide',
    parallel: 2,
    async run(firmId) {
      const done = await decideSome(deps, firmId)
      if (done === 'taken') return { next: 'wait', milliseconds: 20 }
      if (done.messages > 0) deps.nudge('deliver', firmId)
      if (done.wishes > 0) deps.nudge('fetch', firmId)
      if (done.woken > 0) deps.nudge('release', firmId)
      return done.more ? { next: 'more' } : { next: 'idle' }
    },
  }
}

interface Done {
  more: boolean
  messages: number
  wishes: number
  woken: number
}

/** A batch in one commit; if it can't be decided as a whole, one by one, without those that are at fault. */
async function decideSome(deps: IngestDeps, firmId: FirmId): Promise<Done | 'taken'> {
  try {
    return await deps.db.forFirm(firmId, (tx) => decideBatch(tx, deps, batch, () => {}))
  } catch (error) {
    if (mayPass(error)) throw error
  }
  const sum: Done = { more: true, messages: 0, wishes: 0, woken: 0 }
  for (let looked = 0; looked < batch && sum.more; looked++) {
    let taken: DeliveryId | undefined
    try {
      const done = await deps.db.forFirm(firmId, (tx) =>
        decideBatch(tx, deps, 1, (ids) => {
          taken = ids[0]
        }),
      )
      if (done === 'taken') return { ...sum, more: true }
      sum.more = done.more
      sum.messages += done.messages
      sum.wishes += done.wishes
      sum.woken += done.woken
    } catch (error) {
      if (taken === undefined || mayPass(error)) throw error
      await setAside(deps, firmId, taken, error)
    }
  }
  return sum
}

async function decideBatch(
  tx: FirmTx,
  deps: IngestDeps,
  limit: number,
  took: (ids: DeliveryId[]) => void,
): Promise<Done | 'taken'> {
  if (!(await takeDecideLock(tx))) return 'taken'
  const now = deps.now()
  const [deliveries, config] = await Promise.all([takeDeliveries(tx, now, limit), deps.program(tx)])
  if (deliveries.length === 0) return { more: false, messages: 0, wishes: 0, woken: 0 }
  took(deliveries.map((d) => d.id))
  const { program } = config
  const shapes = await deps.shapes(tx)
  const read = interpret(deliveries, config, shapes)
  storeShapes(tx, shapes)
  if (read.drifted.length > 0) await deps.drifted(tx, read.drifted)
  if (read.healed.length > 0) await deps.healed(tx, read.healed)
  const rows = await lockMatters(tx, read.matters)
  const matters: MattersOf = new Map(rows.map((m) => [`${m.connection_id} ${m.external_id}`, m]))
  const judged = await judge(tx, { read, matters, config, now, newId: deps.newId, lost: deps.lost() })

  const touched = [...new Set(judged.events.flatMap((e) => (e.matter ? [e.matter] : [])))]
  await saveObservations(tx, judged.observed)
  const { matters: news, editions } = await storeFacts(tx, judged.facts, now, deps.newId)
  await rememberRemoved(tx, judged.tombstones, now)
  await insertEvents(tx, judged.events, now)
  await supersedeHeld(tx, judged.slips, 'undone at once', now)
  await carryOver(tx, judged.undone)
  const ready = await wakeEvidence(
    tx,
    touched.map((m) => m.id),
    config.program.evidenceOfCourse,
    now,
  )
  const loaded = await loadSituations(tx, program, touched, now)
  const plans = judged.decide(loaded, { now, newId: deps.newId, firmId: tx.firmId, editions }, program)
  const messages = await storePlans(tx, program, plans, {
    now,
    newId: deps.newId,
    salt: deps.salt,
  })
  await openTasks(tx, judged.tasks, now)
  await quarantine(tx, judged.quarantined, now, deps.newId)
  await wishForFacts(tx, judged.wishes, now)
  if (judged.touched.length > 0) await deps.touched(tx, [...new Set(judged.touched)])
  await endDeliveries(tx, judged.ends)
  const woken = ready + (news.length > 0 ? await wakeHeld(tx, { matterIds: news }, now) : 0)
  await record(
    tx,
    judged.events.map((e) => ({
      actor: 'tipstaff',
      action: `event.${e.outcome}`,
      subject: `event:${e.id}`,
      data: { type: e.type, matter: e.matterId, delivery: e.deliveryId },
    })),
    now,
  )
  tx.afterCommit(() => {
    for (const e of judged.events) deps.counted(e)
  })
  return { more: deliveries.length === limit, messages, wishes: judged.wishes.length, woken }
}
