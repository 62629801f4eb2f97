/**
 * The dead-man switch, put together: who works leaves signs of life, every process looks for them each minute, and an
 * outside service hears of each minute in which all is well (docs/adr/0020).
 */
import type { Clock, FirmId, NewId } from '../kernel/index.ts'
import {
  isGap,
  markTold,
  type NewAlert,
  openCauses,
  outageAlert,
  type Pinger,
  readBeats,
  readLate,
  resolve,
  patience as restsAtMost,
  type Standstill,
  saveOutage,
  standstill,
  stoppedAlerts,
  type Untouched,
  untoldOutages,
  workStopped,
  writeBeats,
} from '../modules/alerts/index.ts'
import { listFirms } from '../modules/firms/index.ts'
import { overdue, whatBecameOf } from '../modules/reminders/index.ts'
import type { Database, FirmTx } from '../platform/db/firm-tx.ts'
import type { Log } from '../platform/log/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import type { LaneWatch } from './lane-watch.ts'

/** The lanes without which nobody is reminded of anything. */
export const essentialLanes = ['plan', 'remind', 'deliver', 'poll'] as const

/** How often a sign of life is written at most, and how often it is looked for. */
const eachMinute = Temporal.Duration.from({ minutes: 1 })
/** What the look before sending may take after an outage, before the operators hear what became of the reminders. */
const aftermath = { minutes: 10 }
/** A minute was well when nothing had waited for longer than this. */
const wellWithin = { minutes: 2 }
/** A batch that has been running for longer than this, in milliseconds, is stuck; as in readiness.ts. */
const stuckAfter = 180_000

export interface PulseDeps {
  db: Database
  clock: Clock
  newId: NewId
  pinger: Pinger
  /** Where a firm's service is that watches for silence; null: it has none. */
  pingOf(firmId: FirmId): Promise<string | null>
  alert(tx: FirmTx, alerts: readonly NewAlert[]): Promise<void>
  /** Tells the operators now, by this process: the lane that does it may be what stands still. */
  tell(firmId: FirmId): Promise<void>
  watch: Pick<LaneWatch, 'stuck'>
  state: { readonly held: string | null; readonly working: boolean }
  metrics: Metrics
  log: Log
}

export type Pulse = ReturnType<typeof pulse>

export function pulse(deps: PulseDeps) {
  const { db, clock, state, log, metrics } = deps
  const lookingSince = clock.now()
  /** Due work that no batch has ended without an error for, by lane and firm: since when. */
  const untouched = new Map<string, Untouched>()
  /** Firms of which an alert may be open: all that this process has not looked at yet. */
  const told = new Set<FirmId>()
  const seen = new Set<FirmId>()
  let beaten: Temporal.Instant | null = null
  let waking: Promise<void> | null = null
  const pings = new Set<Promise<void>>()

  const isRecent = (moment: Temporal.Instant | null, within: Temporal.DurationLike) =>
    moment !== null && Temporal.Instant.compare(moment.add(within), clock.now()) > 0

  /** What had passed when work began again is remembered, so that its end can be told. */
  const wake = async () => {
    const now = clock.now()
    const before = (await readBeats(db)).get('sweep')
    if (before === undefined || !isGap(before, now)) return
    log.error({ from: before, to: now }, 'nothing ran for a while')
    seen.clear()
    for (const firmId of await listFirms(db))
      await db.forFirm(firmId, async (tx) => {
        const outage = { id: deps.newId<string>(), from: before, to: now, reminders: await overdue(tx, now) }
        await saveOutage(tx, outage, now.add(aftermath))
      })
    await writeBeats(db, ['sweep'], now)
  }

  const tellOutages = (firmId: FirmId) =>
    db.forFirm(firmId, async (tx) => {
      for (const { id, from_at, to_at, reminders, due_at } of await untoldOutages(tx)) {
        const became = await whatBecameOf(tx, reminders)
        const late = reminders.length
        if (became.said + became.dropped < late && Temporal.Instant.compare(due_at, clock.now()) > 0) continue
        await deps.alert(tx, [outageAlert({ from: from_at, to: to_at, late, ...became })])
        await markTold(tx, id)
      }
    })

  const tellStandstill = async (firmId: FirmId, found: Standstill) => {
    const alerts = stoppedAlerts(found, firmId)
    if (alerts.length === 0 && seen.has(firmId) && !told.has(firmId)) return alerts
    await db.forFirm(firmId, async (tx) => {
      const open = await openCauses(tx, workStopped)
      await deps.alert(
        tx,
        alerts.filter(({ cause }) => !open.includes(cause)),
      )
      // What a lane fails at is known to who works alone.
      if (!state.working || found.kind === 'everything') return
      for (const cause of open)
        if (!alerts.some((alert) => alert.cause === cause))
          await resolve(tx, { kind: workStopped, cause }, clock.now())
    })
    seen.add(firmId)
    if (alerts.length > 0) told.add(firmId)
    else told.delete(firmId)
    return alerts
  }

  const ping = async (firmId: FirmId) => {
    const url = await deps.pingOf(firmId)
    if (url === null) return
    const answer = await deps.pinger.ping(url)
    metrics.pings.inc({ outcome: answer.ok ? 'ok' : 'failed' })
    if (!answer.ok)
      log.warn(
        { firm: firmId, reason: answer.detail },
        'the service that watches for silence was not reached',
      )
  }

  return {
    /** Before a sweep of this process: did nobody work until now? */
    async woke(): Promise<void> {
      if (isRecent(beaten, eachMinute)) return
      waking ??= wake().finally(() => {
        waking = null
      })
      await waking
    },

    /** What a sweep found due, before anybody is told to work on it. */
    saw(due: readonly { lane: string; firm_id: FirmId }[]): void {
      const found = new Set(due.map(({ lane, firm_id }) => `${lane} ${firm_id}`))
      for (const key of untouched.keys()) if (!found.has(key)) untouched.delete(key)
      for (const { lane, firm_id } of due) {
        const key = `${lane} ${firm_id}`
        if (!untouched.has(key)) untouched.set(key, { lane, firmId: firm_id, since: clock.now() })
      }
    },

    /** A sign of life after a sweep, at most once a minute. */
    async beat(): Promise<void> {
      const now = clock.now()
      if (isRecent(beaten, eachMinute)) return
      beaten = now
      const late = [...untouched.values()].filter(({ since }) => !isRecent(since, wellWithin))
      const moving = essentialLanes.filter((lane) => !late.some((one) => one.lane === lane))
      await writeBeats(db, ['sweep', ...moving], now)
    },

    /** A batch ended without an error: whatever is still due after it is due anew. */
    touched(lane: string, firmId: FirmId): void {
      untouched.delete(`${lane} ${firmId}`)
    },

    /** Looks whether the work stands still, tells whom it concerns, and tells the outside that it does not. */
    async look(): Promise<void> {
      const now = clock.now()
      const beats = await readBeats(db)
      const sweptAt = beats.get('sweep') ?? null
      const { untouched: late, outages } = await readLate(db, now.subtract(restsAtMost))
      const own = [...untouched.values()]
      const rows = late.filter(
        (row) => !own.some((o) => o.lane === row.lane && o.firmId === row.firmId && isGap(o.since, now)),
      )
      const held = state.held !== null
      const found = standstill({ now, sweptAt, lookingSince, held, untouched: [...own, ...rows] })
      const hanging = deps.watch.stuck(stuckAfter).length > 0
      for (const firmId of await listFirms(db)) {
        if (outages.has(firmId)) await tellOutages(firmId)
        const alerts = await tellStandstill(firmId, found)
        if (found.kind === 'everything') await deps.tell(firmId)
        const waits = own.some((one) => one.firmId === firmId && !isRecent(one.since, wellWithin))
        const well = alerts.length === 0 && !waits && !hanging && !held && isRecent(sweptAt, wellWithin)
        if (!well || !state.working) continue
        // Nobody waits for it: a slow service must not keep work, or the next firm's ping.
        const going = ping(firmId)
          .catch((error: unknown) => log.warn({ firm: firmId, err: error }, 'could not ping'))
          .finally(() => pings.delete(going))
        pings.add(going)
      }
    },

    /** Resolves when no ping is under way. */
    async idle(): Promise<void> {
      await Promise.all(pings)
    },
  }
}

/** Looks each minute, in every process that stays. */
export function keepPulse({ pulse: watched, log }: { pulse: Pulse; log: Log }): { stop(): void } {
  const timer = setInterval(() => {
    watched.look().catch((error) => log.warn({ err: error }, 'signs of life could not be looked for'))
  }, eachMinute.total('milliseconds'))
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
