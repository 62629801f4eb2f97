/**
 * Is this database the one that we knew? A restored backup, a copy or a promoted standby may lack what was sent
 * last, so it holds everything back until `tipstaff reconcile` has asked (safety.md, goal 11).
 */
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { FirmId } from '../kernel/index.ts'
import { raise, resolve } from '../modules/alerts/index.ts'
import { hasBatch, newestAnchor, newestEntry } from '../modules/audit/index.ts'
import { listFirms } from '../modules/firms/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import type { Runtime } from './runtime.ts'

export interface Deployment extends Record<string, unknown> {
  epoch: number
  server_identity: string | null
  held_since: Temporal.Instant | null
  held_reason: string | null
  copied_at: Temporal.Instant | null
  knew_until: Temporal.Instant | null
}

export async function readDeployment(db: Database): Promise<Deployment> {
  const [row] = await db.lookup<Deployment>(
    'select epoch, server_identity, held_since, held_reason, copied_at, knew_until from deployment',
  )
  return row!
}

/** Lies in a data directory that `tipstaff backup` made; whoever starts from it starts a copy. */
export const backupMark = 'backup.json'

export interface RecogniseDeps {
  db: Database
  dataDir: string
  now(): Temporal.Instant
}

/**
 * Looks whether this database is the one that wrote what we have beside it, and holds it if not. Called before
 * anything is taken in or sent; may be called by several processes at once.
 *
 * A copy begins a new epoch at once: it gives out transaction numbers that the record has seen before.
 *
 * @returns the deployment as it stands now
 */
export async function recognise(deps: RecogniseDeps): Promise<Deployment> {
  const { db } = deps
  for (;;) {
    const known = await readDeployment(db)
    const identity = await identityOf(db)
    const reason =
      whyAnother(known.server_identity, identity) ?? markOf(deps.dataDir) ?? (await lostBatches(deps, known))
    if (reason === null) {
      if (known.server_identity === null && identity !== null)
        await db.lookup('update deployment set server_identity = $1 where server_identity is null', [
          identity,
        ])
      return known
    }
    const held = await db.lookup(
      `update deployment set epoch = epoch + 1, held_since = $2, held_reason = $3, copied_at = $2,
         knew_until = case when held_since is null or knew_until is null then $4 else least(knew_until, $4) end,
         server_identity = coalesce($5, server_identity)
       where epoch = $1 returning epoch`,
      [known.epoch, deps.now(), reason, await knewUntil(db, deps.now()), identity],
    )
    const mark = join(deps.dataDir, backupMark)
    if (existsSync(mark)) renameSync(mark, join(deps.dataDir, `restored-from-${backupMark}`))
    // Another process was quicker: what it wrote is read again.
    if (held.length > 0) return readDeployment(db)
  }
}

/** Held because it is a copy, not by hand: then it does not know everything. */
export const isCopy = ({ held_since, copied_at }: Deployment): boolean =>
  held_since !== null && copied_at !== null && Temporal.Instant.compare(copied_at, held_since) >= 0

/** An operator stops everything, for any reason. */
export async function hold(db: Database, reason: string, now: Temporal.Instant): Promise<void> {
  await db.lookup('update deployment set held_since = $1, held_reason = $2 where held_since is null', [
    now,
    reason,
  ])
}

/** A person's word: the copy knows everything that happened until it was found. */
export async function nothingWasLost(db: Database, epoch: number): Promise<void> {
  await db.lookup('update deployment set knew_until = copied_at where epoch = $1 returning epoch', [epoch])
}

/** @returns false when it was held anew meanwhile */
export async function release(db: Database, epoch: number): Promise<boolean> {
  const rows = await db.lookup(
    'update deployment set held_since = null, held_reason = null where epoch = $1 and held_since is not null returning epoch',
    [epoch],
  )
  return rows.length > 0
}

/** Null where the server does not say who it is: then the marks beside the database must do. */
async function identityOf(db: Database): Promise<string | null> {
  try {
    const [row] = await db.lookup<{ identity: string }>(
      `select (select system_identifier from pg_control_system())::text || '/' ||
         ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int || '/' ||
         (select oid from pg_database where datname = current_database()) as identity`,
    )
    return row?.identity ?? null
  } catch {
    return null
  }
}

function whyAnother(known: string | null, now: string | null): string | null {
  if (known === null || now === null || known === now) return null
  const [system, timeline, database] = known.split('/')
  const [newSystem, newTimeline, newDatabase] = now.split('/')
  if (system !== newSystem)
    return 'the database is on another server than before: restored, copied or upgraded'
  if (timeline !== newTimeline)
    return `the server is on timeline ${newTimeline}, before it was ${timeline}: restored to a moment, or a standby was promoted`
  return `the database has number ${newDatabase}, before it was ${database}: restored from a dump, or copied`
}

function markOf(dataDir: string): string | null {
  const file = join(dataDir, backupMark)
  if (!existsSync(file)) return null
  const { madeAt } = JSON.parse(readFileSync(file, 'utf8')) as { madeAt: string }
  return `this data directory is the backup of ${madeAt}`
}

/** Anchors lie outside the database: one that it lacks was sealed after the copy was made. */
async function lostBatches({ db, dataDir }: RecogniseDeps, known: Deployment): Promise<string | null> {
  for (const firmId of await listFirms(db)) {
    const anchor = await newestAnchor(join(dataDir, 'anchors'), firmId)
    if (!anchor) continue
    if (known.copied_at !== null && Temporal.Instant.compare(anchor.sealedAt, known.copied_at) <= 0) continue
    if (await db.forFirm(firmId, (tx) => hasBatch(tx, anchor))) continue
    return `the record's batch ${anchor.n} of ${anchor.sealedAt} is anchored here and missing in the database: an older copy`
  }
  return null
}

async function knewUntil(db: Database, now: Temporal.Instant): Promise<Temporal.Instant> {
  let newest: Temporal.Instant | null = null
  for (const firmId of await listFirms(db)) {
    const at = await db.forFirm(firmId, newestEntry)
    if (at && (newest === null || Temporal.Instant.compare(at, newest) > 0)) newest = at
  }
  return newest ?? now
}

/** How soon a process notices that another held or released the deployment, in milliseconds. */
const lookEvery = 2_000

export interface HoldWatch {
  /** Looks now. */
  look(): Promise<void>
  stop(): void
}

/**
 * Keeps `runtime.state.held` as the database has it. Must have looked once before the runtime works.
 *
 * @param every milliseconds; null: only when told (tests)
 */
export function watchHold(runtime: Runtime, every: number | null = lookEvery): HoldWatch {
  const { db, state, log, metrics } = runtime
  const look = async () => {
    const deployment = await readDeployment(db)
    const { held_since, held_reason } = deployment
    const held = held_since === null ? null : (held_reason ?? 'held')
    state.blind = isCopy(deployment)
    state.copied = deployment
    metrics.held.set(held === null ? 0 : 1)
    if (held === state.held) return
    state.held = held
    if (held !== null) {
      log.error({ reason: held, since: held_since }, 'nothing is sent: run "npx tipstaff reconcile"')
      return
    }
    log.info({}, 'released: messages go again')
    for (const firmId of await listFirms(db))
      for (const lane of ['decide', 'release', 'deliver']) runtime.nudge(lane, firmId)
  }
  const timer =
    every === null
      ? undefined
      : setInterval(() => {
          look().catch((error) => log.warn({ err: error }, 'the hold could not be looked up'))
        }, every)
  timer?.unref()
  return { look, stop: () => clearInterval(timer) }
}

/** Each firm's operators hear of it once; the alert's own path is not held. */
export async function tellHeld(runtime: Runtime, { held_reason, held_since }: Deployment): Promise<void> {
  if (held_since === null) return
  await eachFirm(runtime, async (firmId) => {
    const { operators } = await runtime.firms.open(firmId)
    await runtime.db.forFirm(firmId, (tx) =>
      raise(
        tx,
        [
          {
            kind: 'held',
            cause: 'deployment',
            severity: 'page',
            title: 'Nothing is sent until somebody runs "npx tipstaff reconcile"',
            detail: { reason: held_reason, since: held_since.toString() },
          },
        ],
        {
          operators,
          newId: runtime.newId,
          now: () => runtime.clock.now(),
          log: runtime.log,
          metrics: runtime.metrics,
          nudge: (id) => runtime.nudge('alert', id),
        },
      ),
    )
  })
}

export const tellReleased = (runtime: Runtime): Promise<void> =>
  eachFirm(runtime, (firmId) =>
    runtime.db.forFirm(firmId, async (tx) => {
      await resolve(tx, { kind: 'held', cause: 'deployment' }, runtime.clock.now())
    }),
  )

async function eachFirm(runtime: Runtime, work: (firmId: FirmId) => Promise<void>): Promise<void> {
  for (const firmId of await listFirms(runtime.db)) await work(firmId)
}
