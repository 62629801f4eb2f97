/**
 * The decide lane: stored deliveries become events, states, decisions and messages, a batch in one commit.
 * One batch per firm at a time, over all processes, so that what came first is decided first.
 */
import type { FirmId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import { record } from '../audit/index.ts'
import { lockMatters, saveObservations } from '../matters/index.ts'
import { supersedeHeld, wakeHeld } from '../notices/index.ts'
import { loadSituations, storePlans } from '../rules/index.ts'
import { openTasks } from '../tasks/index.ts'
import { interpret } from './interpret.ts'
import type { IngestProgram } from './types.ts'
import { type MattersOf, judge } from './judge.ts'
import { storeFacts } from './new-facts.ts'
import { endDeliveries, insertEvents, quarantine, takeDeliveries, wishForFacts } from './store.ts'

export interface IngestDeps {
  db: Database
  now(): Temporal.Instant
  newId: NewId
  salt: () => Uint8Array
  program(tx: FirmTx): Promise<IngestProgram>
  nudge(lane: 'deliver' | 'fetch' | 'release' | 'decide', firmId: FirmId): void
  counted(event: { type: string; outcome: string }): void
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

export function decideLane(deps: IngestDeps): Lane {
  return {
    name: 'decide',
    parallel: 2,
    async run(firmId) {
      const done = await deps.db.forFirm(firmId, (tx) => decideBatch(tx, deps))
      if (done === 'taken') return { next: 'wait', milliseconds: 20 }
      if (done.messages > 0) deps.nudge('deliver', firmId)
      if (done.wishes > 0) deps.nudge('fetch', firmId)
      if (done.woken > 0) deps.nudge('release', firmId)
      return done.deliveries === batch ? { next: 'more' } : { next: 'idle' }
    },
  }
}

async function decideBatch(tx: FirmTx, deps: IngestDeps) {
  if (!(await takeDecideLock(tx))) return 'taken' as const
  const now = deps.now()
  const deliveries = await takeDeliveries(tx, now, batch)
  if (deliveries.length === 0) return { deliveries: 0, messages: 0, wishes: 0, woken: 0 }
  const config = await deps.program(tx)
  const { program } = config
  const read = interpret(deliveries, config)
  const rows = await lockMatters(tx, read.matters)
  const matters: MattersOf = new Map(rows.map((m) => [`${m.connection_id} ${m.external_id}`, m]))
  const judged = await judge(tx, { read, matters, config, now, newId: deps.newId })

  const touched = [...new Set(judged.events.flatMap((e) => (e.matter ? [e.matter] : [])))]
  await saveObservations(tx, judged.observed)
  const news = await storeFacts(tx, judged.facts, now, deps.newId)
  await insertEvents(tx, judged.events, now)
  await supersedeHeld(tx, judged.slips, 'undone at once', now)
  const loaded = await loadSituations(tx, program, touched, now)
  const plans = judged.decide(loaded, { now, newId: deps.newId, firmId: tx.firmId }, program)
  const messages = await storePlans(tx, plans, {
    now,
    newId: deps.newId,
    salt: deps.salt,
    revision: program.revision,
  })
  await openTasks(tx, judged.tasks, now)
  await quarantine(tx, judged.quarantined, now, deps.newId)
  await wishForFacts(tx, judged.wishes, now)
  await endDeliveries(tx, judged.ends)
  const woken = news.length > 0 ? await wakeHeld(tx, { matterIds: news }, now) : 0
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
  return { deliveries: deliveries.length, messages, wishes: judged.wishes.length, woken }
}
