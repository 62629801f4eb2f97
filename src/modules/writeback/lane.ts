/** The lane that writes into CMSs what was said and what is to be done, with no connection held while it does. */
import type { ConnectionId, FirmId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import { record } from '../audit/index.ts'
import type { CmsCall, CmsTrouble, CmsVerdict } from '../connections/index.ts'
import { logCalls } from '../ingest/index.ts'
import { openTasks } from '../tasks/index.ts'
import { afterTrouble, writingOf } from './policy.ts'
import * as store from './store.ts'
import type { ClaimedWrite, WriteSource, WriteTarget } from './types.ts'

export interface WritebackDeps {
  db: Database
  now(): Temporal.Instant
  /** Milliseconds that no change of the clock moves. */
  monotonic(): number
  newId: NewId
  /** The firm's connections that something is to be written into. */
  targets(firmId: FirmId): Promise<readonly WriteTarget[]>
  /** False while a restored copy is held: it may lack what was written last. */
  mayWrite(): boolean
  /** The CMS refuses us or has been silent for a while; the operator should know. */
  trouble(
    tx: FirmTx,
    trouble: { connectionId: ConnectionId; kind: CmsTrouble['kind']; tries: number; detail: string },
  ): Promise<void>
  recovered(tx: FirmTx, connectionId: ConnectionId): Promise<void>
  counted(kind: string, outcome: string): void
}

/** Taken at once; they are written one after the other, since a CMS's limit is what holds us up. */
const batch = 5
/** Twice as long as the slowest write takes (40 s), with room for those before it. */
const lease = { seconds: 150 }

export function writebackLane(deps: WritebackDeps): Lane {
  /** Firms that write nothing back, and whose last look is forgotten. */
  const quiet = new Set<FirmId>()
  return {
    name: 'writeback',
    parallel: 4,
    async run(firmId) {
      if (!deps.mayWrite()) return { next: 'idle' }
      const targets = await deps.targets(firmId)
      if (targets.length === 0 && quiet.has(firmId)) return { next: 'idle' }
      await deps.db.forFirm(firmId, (tx) => store.lookForWrites(tx, targets, deps.now()))
      if (targets.length === 0) quiet.add(firmId)
      else quiet.delete(firmId)
      const more = await Promise.all(targets.map((target) => writeSome(deps, firmId, target)))
      return more.includes(true) ? { next: 'more' } : { next: 'idle' }
    },
  }
}

/** @returns whether there may be more to write now */
async function writeSome(deps: WritebackDeps, firmId: FirmId, target: WriteTarget): Promise<boolean> {
  const { connectionId, writer } = target
  if (writer === null) return false
  const now = deps.now().round('microsecond')
  const leaseUntil = now.add(lease)
  const began = deps.monotonic()
  // A frozen process must not wake up and write what another has written meanwhile.
  const late = () => deps.monotonic() - began > Temporal.Duration.from(lease).total('milliseconds') / 2
  const { writes, sources } = await deps.db.forFirm(firmId, async (tx) => {
    const taken = await store.claimWrites(tx, connectionId, now, leaseUntil, batch)
    return { writes: taken, sources: await store.sourcesOf(tx, connectionId, taken) }
  })
  let stopped: Temporal.Instant | null = null
  for (const write of writes) {
    const source = sources.get(write.source_id)
    const what = source === undefined ? null : writingOf(write, source)
    if (what === null) {
      await deps.db.forFirm(firmId, (tx) => store.dropWrite(tx, write.id, leaseUntil))
      continue
    }
    if (stopped !== null || late()) {
      const dueAt = stopped ?? deps.now()
      await deps.db.forFirm(firmId, (tx) =>
        store.writeLater(tx, write.id, leaseUntil, { dueAt, counts: false, detail: null }),
      )
      continue
    }
    const calls: (CmsCall & { at: Temporal.Instant })[] = []
    const verdict = await writer.write(what, write.tries > 0 || write.doubtful, (call) =>
      calls.push({ ...call, at: deps.now() }),
    )
    deps.counted(target.kind, verdict.ok ? 'written' : verdict.kind)
    stopped = await settle(deps, firmId, target, {
      write,
      of: source!.source,
      verdict,
      calls,
      leaseUntil,
    })
  }
  return writes.length === batch && stopped === null
}

interface Outcome {
  write: ClaimedWrite
  of: WriteSource['source']
  verdict: CmsVerdict<{ externalId: string }>
  calls: readonly (CmsCall & { at: Temporal.Instant })[]
  leaseUntil: Temporal.Instant
}

/** @returns until when the connection's other writes wait; null: they need not */
function settle(
  deps: WritebackDeps,
  firmId: FirmId,
  target: WriteTarget,
  { write, of, verdict, calls, leaseUntil }: Outcome,
): Promise<Temporal.Instant | null> {
  const { connectionId } = target
  return deps.db.forFirm(firmId, async (tx) => {
    const now = deps.now()
    await logCalls(tx, { connectionId, matterExternalId: write.matter_external_id }, calls, deps.newId)
    const subject = `${of}:${write.source_id}`
    const note = (action: string, data: Record<string, string>) =>
      record(tx, [{ actor: 'tipstaff', action, subject, data: { connection: target.key, ...data } }], now)
    if (verdict.ok) {
      const { externalId } = verdict.value
      if (await store.writeWritten(tx, write.id, leaseUntil, externalId, now)) {
        await note('cms.written', { kind: write.kind, externalId })
        await deps.recovered(tx, connectionId)
      }
      return null
    }
    const step = afterTrouble(verdict, write.tries)
    if (step.state === 'dead') {
      if (await store.writeDead(tx, write.id, leaseUntil, verdict.detail)) {
        await note('cms.write_refused', { kind: write.kind, detail: verdict.detail })
        await tellStaff(tx, target, write, of, verdict.detail, now)
      }
      return null
    }
    const dueAt = now.add({ seconds: step.inSeconds })
    const others = now.add({ seconds: step.othersInSeconds })
    await store.putOff(tx, connectionId, others)
    await store.writeLater(tx, write.id, leaseUntil, { dueAt, counts: step.counts, detail: verdict.detail })
    if (verdict.kind !== 'rate_limited')
      await deps.trouble(tx, {
        connectionId,
        kind: verdict.kind,
        tries: write.tries + 1,
        detail: verdict.detail,
      })
    return others
  })
}

const whats = { message: 'what the client was told', task: 'a task', answer: "the client's answer" } as const

async function tellStaff(
  tx: FirmTx,
  target: WriteTarget,
  write: ClaimedWrite,
  of: WriteSource['source'],
  detail: string,
  now: Temporal.Instant,
): Promise<void> {
  const what = whats[of]
  await openTasks(
    tx,
    [
      {
        kind: 'writeback_failed',
        title: `Matter ${write.matter_number ?? write.matter_external_id}: ${what} could not be written into ${target.key}`,
        detail: `${detail}. Write it there by hand, or mend what stands in its way and have it tried again (tipstaff writeback retry).`,
        matterId: write.matter_id,
        clientId: null,
        assignee: 'staff',
        dueAt: null,
        // Tried again in vain, it is told of again.
        cause: `writeback ${write.id} ${write.tries + 1}`,
      },
    ],
    now,
  )
}
