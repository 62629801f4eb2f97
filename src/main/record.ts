/** What a process does with the record: seals it, looks over all of it once a day, and hands out what proves it. */
import type { KeyObject } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, FirmId } from '../kernel/index.ts'
import type { NewAlert } from '../modules/alerts/index.ts'
import {
  type AnchorFiles,
  type AuditReport,
  checkFirm,
  lastCheck,
  oldestUnsealed,
  type SealingKey,
  type SealResult,
  sealFirm,
} from '../modules/audit/index.ts'
import type { Database, FirmTx } from '../platform/db/firm-tx.ts'
import type { Lane } from '../platform/jobs/lanes.ts'
import type { Log } from '../platform/log/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'

/** A million entries take some seconds: often enough to page somebody the same day, too rare to be felt. */
const lookEvery = { hours: 24 }
/** How often a process asks whether another one has looked. */
const askEvery = { hours: 1 }
/** Milliseconds that another process may take to seal: it does so every few seconds anyway. */
const patience = 6_000

export interface RecordDeps {
  db: Database
  clock: Clock
  sealing: { key: SealingKey; anchors: AnchorFiles }
  alert(tx: FirmTx, alerts: readonly NewAlert[]): Promise<void>
  log: Log
  metrics: Metrics
  /**
   * Where another process seals: tells it to. Absent: this one does. A machine that only has doors makes no anchors.
   */
  sealElsewhere?: ((firmId: FirmId) => void) | undefined
}

export type RecordKeeper = ReturnType<typeof recordKeeper>

export function recordKeeper({ db, clock, sealing, alert, log, metrics, sealElsewhere }: RecordDeps) {
  const now = () => clock.now()
  const looking = new Map<FirmId, Promise<AuditReport>>()
  const asked = new Map<FirmId, Temporal.Instant>()
  const passed = (since: Temporal.Instant | null | undefined, time: Temporal.DurationLike) =>
    !since || Temporal.Instant.compare(since.add(time), now()) <= 0

  const look = async (firmId: FirmId): Promise<AuditReport> => {
    // Each machine anchors what it seals (docs/runbook.md, Anchors): what is missing here may lie on another.
    const given = { anchors: sealing.anchors, keys: await publicKeys(), now, elsewhere: true }
    const report = await checkFirm(db, firmId, given)
    if (report.missingAnchors > 0)
      log.warn(
        { firm: firmId, missing: report.missingAnchors },
        'anchors of the record are not on this machine',
      )
    if (!report.ok) {
      log.error({ firm: firmId, problems: report.problemCount }, 'the record is not what was sealed')
      const [first] = report.problems
      await db.forFirm(firmId, (tx) =>
        alert(tx, [
          {
            kind: 'record_altered',
            cause: `batch ${first?.n ?? 0}`,
            severity: 'page',
            title: 'The record is not what was sealed: it was altered, or parts of it are missing',
            detail: { problems: report.problemCount, first: first?.detail ?? '' },
          },
        ]),
      )
    }
    return report
  }
  /** Public halves of all keys that ever sealed here, by id. */
  const publicKeys = async (): Promise<Map<string, KeyObject>> =>
    (await sealing.anchors.publicKeys()).set(sealing.key.id, sealing.key.publicKey)

  const seal = (firmId: FirmId): Promise<SealResult> =>
    sealFirm(db, firmId, { ...sealing, now, log, metrics })
  const keeper = {
    key: sealing.key,
    publicKeys,
    seal,
    /** What is finished now is sealed when this ends, but where it can't be within a few seconds. */
    async settle(firmId: FirmId): Promise<void> {
      if (!sealElsewhere) return void (await seal(firmId))
      sealElsewhere(firmId)
      for (const began = clock.monotonic(); clock.monotonic() - began < patience; await delay(50))
        if ((await db.forFirm(firmId, oldestUnsealed)) === null) return
    },
    /** Looks over the whole record of a firm; who asks while that goes on gets the same answer. */
    check(firmId: FirmId): Promise<AuditReport> {
      const running = looking.get(firmId)
      if (running) return running
      const begun = look(firmId).finally(() => looking.delete(firmId))
      looking.set(firmId, begun)
      return begun
    },
  }
  const lanes: Lane[] = [
    {
      name: 'seal',
      parallel: 1,
      run: async (firmId) => ({ next: (await keeper.seal(firmId)).next }),
    },
    {
      name: 'check',
      parallel: 1,
      async run(firmId) {
        if (!passed(asked.get(firmId), askEvery)) return { next: 'idle' }
        asked.set(firmId, now())
        if (passed(await lastCheck(db, firmId), lookEvery)) await keeper.check(firmId)
        return { next: 'idle' }
      },
    },
  ]
  return { ...keeper, lanes }
}
