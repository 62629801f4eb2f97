/** Puts the modules together: one process's lanes, doors and open firms. News travels upward here and nowhere else. */
import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { type Clock, type ConnectionId, type FirmId, uuidSource } from '../kernel/index.ts'
import {
  type AlertMailer,
  type AlertPoster,
  deliverAlerts,
  type NewAlert,
  type Pinger,
  raise,
} from '../modules/alerts/index.ts'
import type { AnchorFiles, SealingKey } from '../modules/audit/index.ts'
import { Live } from '../modules/console/index.ts'
import {
  confirmLane,
  type DeliveryDeps,
  type DeliveryNews,
  dispatcher,
  reconcileLane,
} from '../modules/delivery/index.ts'
import { listFirms } from '../modules/firms/index.ts'
import { decideLane, hookDoor, type IngestDeps, lostTime, releaseLane } from '../modules/ingest/index.ts'
import type { Pace } from '../modules/moments/index.ts'
import { pollNow, pollSoon } from '../modules/sync/index.ts'
import { type Database, database, type FirmTx } from '../platform/db/firm-tx.ts'
import { createPool } from '../platform/db/pool.ts'
import { type Lane, Lanes } from '../platform/jobs/lanes.ts'
import { nudges } from '../platform/jobs/nudges.ts'
import type { Log } from '../platform/log/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import type { Keys } from '../platform/secrets/index.ts'
import type { Adapters } from './adapter-kinds.ts'
import { type ApiRates, usualRates } from './api-rates.ts'
import { callbackDoors } from './callbacks.ts'
import { accessNews, waitFor } from './cms-access.ts'
import { cmsLanes } from './cms-lanes.ts'
import { configEdits } from './config-edits.ts'
import { connecting } from './connecting.ts'
import { connectionTester } from './connection-test.ts'
import { makeDigestLane, readDigest } from './digest-lane.ts'
import { doorUpSince } from './door.ts'
import { driftWatch } from './drift.ts'
import { Firms } from './firms.ts'
import { laneWatch } from './lane-watch.ts'
import { configLanguage } from './language.ts'
import { lastSeen } from './last-seen.ts'
import { outletsLane } from './outlets-lane.ts'
import type { Profile } from './profiles.ts'
import { pulse as pulseOf } from './pulse.ts'
import { recordKeeper } from './record.ts'
import { reminderLanes } from './reminder-lanes.ts'
import { retentionLane, retentionMac } from './retention-lane.ts'
import { signInDoor } from './sign-in.ts'
import { subscribeFirm } from './subscribe-firm.ts'

export interface RuntimeOptions {
  databaseUrl: string
  publicUrl: string
  adapters: Adapters
  keys: Keys
  /** What this deployment is for (profiles.ts); without one by default. */
  profile?: { name: Profile | null; sandboxUrl: string }
  mailer(smtpUrl: string): AlertMailer
  poster: AlertPoster
  pinger: Pinger
  sealing: { key: SealingKey; anchors: AnchorFiles }
  clock: Clock
  log: Log
  metrics: Metrics
  env: Readonly<Record<string, string | undefined>>
  /** Where `file:` references may lead. */
  secretsDir: string
  /** Milliseconds between sweeps; null: only when told (tests). */
  sweepEvery: number | null
  /** This process only has doors: what others work on, they seal. */
  sealsElsewhere?: boolean
  /** Connections of the pool. */
  poolSize?: number
  /** Addresses or ranges whose X-Forwarded-For is believed; none by default. */
  trustedProxies?: readonly string[]
  /** How often one key, and one person, may ask the API. */
  apiRates?: ApiRates
  /** How long an attempt is ours; longer than the slowest provider's time-out. */
  lease?: Temporal.Duration
  /** How long a provider must not know a message before it counts as never accepted; a minute by default. */
  absentFor?: Temporal.Duration
}

interface Address extends Record<string, unknown> {
  firm_id: FirmId
  connection_id: ConnectionId
}

export type Runtime = ReturnType<typeof createRuntime>

/** What a firm's configuration may give to do, with no row yet that says so. */
const onOpening = ['poll', 'plan'] as const

const defaultLease = Temporal.Duration.from({ seconds: 40 })

export function createRuntime(options: RuntimeOptions) {
  const { clock, log, metrics } = options
  const lease = options.lease ?? defaultLease
  const newId = uuidSource(
    () => clock.now().epochMilliseconds,
    (bytes) => crypto.getRandomValues(bytes),
  )
  const pool: Pool = createPool({
    url: options.databaseUrl,
    max: options.poolSize ?? 10,
    onError: (error) => {
      metrics.databaseErrors.inc()
      log.warn({ err: error }, 'database connection lost')
    },
  })
  const db: Database = database(pool)
  const profile = options.profile ?? { name: null, sandboxUrl: '' }
  const firms = new Firms({
    db,
    adapters: options.adapters,
    keys: options.keys,
    env: options.env,
    secretsDir: options.secretsDir,
    publicUrl: options.publicUrl,
    profile,
    mailer: options.mailer,
    lease,
    monotonic: () => clock.monotonic(),
    // A list that is not followed yet has no row that could be due, nor has a plan that is another than before.
    opened(firmId) {
      for (const lane of onOpening) local(lane)(firmId)
    },
    now: () => clock.now(),
    newId,
    wait: waitFor,
    // What it does is not there yet; nobody is refused before a firm is open.
    accessNews: {
      refused: (tx, id) => access.refused(tx, id),
      connected: (tx, id) => access.connected(tx, id),
      disconnected: (tx, id) => access.disconnected(tx, id),
    },
    log,
  })
  const self = newId<string>()
  const state = {
    held: null as string | null,
    /** A restored copy that has not caught up yet: what comes in is kept, and decided once it has. */
    blind: false,
    /** When the database was last found to be a copy, and what it knew then. */
    copied: { copied_at: null, knew_until: null } as Parameters<typeof lostTime>[0],
    draining: false,
    working: false,
    /** When the last sweep of the timer ended, on the monotonic clock; null where no timer sweeps. */
    sweptAt: null as number | null,
  }

  const lanes = new Lanes({
    onError: (lane, firmId, error) => {
      metrics.jobs.inc({ lane, outcome: 'error' })
      log.error({ lane, firm: firmId, err: error }, 'a batch failed')
    },
  })
  const watch = laneWatch(
    metrics,
    () => clock.monotonic(),
    (lane, firmId) => pulse.touched(lane, firmId),
  )
  const remote = nudges({
    url: options.databaseUrl,
    db,
    self,
    onError: (error) => log.warn({ err: error }, 'nudges are down; the sweep goes on'),
  })
  /** A process that only has doors tells the others; one that works begins at once. */
  const nudge = (lane: string, firmId: FirmId) => {
    local(lane)(firmId)
    remote.send(lane, firmId)
  }
  const local = (lane: string) => (firmId: FirmId) => {
    if (state.working) lanes.nudge(lane, firmId)
  }

  /** Raises alerts in the caller's transaction, with the paths that the firm has configured. */
  const alert = async (tx: FirmTx, alerts: readonly NewAlert[]) => {
    const { operators } = await firms.opened(tx.firmId)
    await raise(tx, alerts, {
      operators,
      newId,
      now: () => clock.now(),
      log,
      metrics,
      nudge: (id) => nudge('alert', id),
    })
  }
  const pulse = pulseOf({
    db,
    clock,
    newId,
    pinger: options.pinger,
    pingOf: async (firmId) => (await firms.open(firmId)).operators.ping ?? null,
    alert,
    async tell(firmId) {
      await tellOperators(firmId)
    },
    watch,
    state,
    metrics,
    log,
  })
  const access = accessNews({
    clock,
    alert,
    keyOf: async (firmId, id) => (await firms.opened(firmId)).connections.get(id)?.key ?? id,
    nudge,
  })
  /** Webhooks of a CMS were missing for a while, and what changed meanwhile is to be looked for at once. */
  const onGap = async (tx: FirmTx, connectionId: ConnectionId) => {
    log.warn({ firm: tx.firmId, connection: connectionId }, 'webhooks were missing for a while')
    await pollNow(tx, connectionId, clock.now())
    tx.afterCommit(() => nudge('poll', tx.firmId))
  }
  const news: DeliveryNews = {
    async dead(tx, letters) {
      for (const letter of letters) metrics.deadLetters.inc({ cause: letter.cause })
      await alert(
        tx,
        letters.map((letter) => ({
          kind: 'dead_letter',
          cause: letter.deadLetterId,
          severity: letter.page ? 'page' : 'warning',
          title: `A message could not be delivered by ${letter.provider} and needs a human`,
          detail: { cause: letter.cause, code: letter.detail, message: letter.messageId },
        })),
      )
    },
  }

  const delivery: DeliveryDeps = {
    db,
    clock,
    newId,
    firm: async (firmId) => (await firms.open(firmId)).delivery,
    news,
    lease,
    maxInFlight: 96,
    maySend: () => state.held === null,
    observe: {
      attempt(provider, verdict, seconds) {
        metrics.attempts.inc({ provider, verdict })
        metrics.providerSeconds.observe({ provider }, seconds)
      },
      dispatched: (seconds) => metrics.dispatchSeconds.observe(seconds),
      outcomeNotWritten: (error) =>
        log.error({ err: error }, 'an outcome could not be written; its lease will end'),
    },
  }
  const deliver = dispatcher(delivery, local('deliver'))
  const lost = () => lostTime(state.copied, clock.now())
  const ingest: IngestDeps = {
    ...driftWatch({
      firms,
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      alert,
    }),
    db,
    now: () => clock.now(),
    newId,
    salt: () => randomBytes(16),
    program: (tx) => firms.code(tx),
    nudge,
    lost,
    counted: ({ type, outcome }) => metrics.events.inc({ type, outcome }),
    async poisoned(tx, { deliveryId, connectionId, fault }, error) {
      log.error(
        { lane: 'decide', firm: tx.firmId, delivery: deliveryId, err: error },
        'a delivery was put aside',
      )
      await alert(tx, [
        {
          kind: 'quarantine',
          cause: deliveryId,
          severity: 'warning',
          title: 'A webhook could not be worked off and was put into quarantine',
          detail: { delivery: deliveryId, connection: connectionId, fault },
        },
      ])
    },
    async touched(tx, connectionIds) {
      if ((await pollSoon(tx, connectionIds, clock.now())) > 0) tx.afterCommit(() => nudge('poll', tx.firmId))
    },
    async stuck(tx, notice, fault, error) {
      log.error(
        { lane: 'release', firm: tx.firmId, notice, err: error },
        'what was held could not be decided',
      )
      await alert(tx, [
        {
          kind: 'release_stuck',
          cause: notice,
          severity: 'warning',
          title: 'Something that was held could not be decided and was put off',
          detail: { notice, fault },
        },
      ])
    },
  }
  const register = (lane: Lane) => lanes.register(watch.watch(lane))
  const seeing = (lane: Lane): Lane => ({
    ...lane,
    run: async (firmId) => (state.blind ? { next: 'wait', milliseconds: 2_000 } : lane.run(firmId)),
  })
  register(seeing(decideLane(ingest)))
  register(seeing(releaseLane(ingest)))
  register(deliver.lane)
  register(
    outletsLane({
      db,
      firms,
      now: () => clock.now(),
      newId,
      news,
      alert,
      nudge,
      maySend: () => state.held === null,
    }),
  )
  register(
    reconcileLane(
      {
        ...delivery,
        doorUpSince: () => doorUpSince(db, clock.now()),
        ...(options.absentFor ? { absentFor: options.absentFor } : {}),
      },
      (firmId) => nudge('deliver', firmId),
    ),
  )
  register(confirmLane(delivery, (firmId) => nudge('deliver', firmId)))
  for (const lane of cmsLanes({
    db,
    clock,
    newId,
    firms,
    lease,
    profile: profile.name,
    metrics,
    alert,
    nudge,
    lost,
    mayWrite: () => state.held === null && !state.blind,
    seeing,
  }))
    register(lane)
  const saying = { db, clock, newId, salt: () => randomBytes(16), firms, metrics, nudge }
  for (const lane of reminderLanes({ ...saying, alert, seeing })) register(lane)

  const digestDeps = { ...saying, alert, log, keys: options.keys, publicUrl: options.publicUrl }
  // While a restored copy is held, what waited for a digest is in doubt, each thing by itself (delivery/restored.ts).
  const digests = makeDigestLane(digestDeps)
  register({
    ...digests,
    run: async (firmId) =>
      state.held === null ? digests.run(firmId) : { next: 'wait', milliseconds: 2_000 },
  })

  const tellOperators = async (firmId: FirmId) => {
    const { operators, mailer } = await firms.open(firmId)
    return deliverAlerts(db, firmId, {
      operators,
      ...(mailer ? { mailer } : {}),
      poster: options.poster,
      now: () => clock.now(),
      log,
      metrics,
    })
  }
  register({
    name: 'alert',
    parallel: 1,
    run: async (firmId) => ({ next: (await tellOperators(firmId)).next }),
  })
  const { lanes: recordLanes, ...record } = recordKeeper({
    db,
    clock,
    sealing: options.sealing,
    alert,
    log,
    metrics,
    ...(options.sealsElsewhere ? { sealElsewhere: (firmId: FirmId) => nudge('seal', firmId) } : {}),
  })
  for (const lane of recordLanes) register(lane)
  const mac = retentionMac(options.keys.tokens)
  register(
    retentionLane({ db, clock, firms, mac, mayDelete: () => state.held === null && !state.blind, log }),
  )

  const subscribing = new Map<FirmId, Promise<void>>()
  /** One pass after the other, so that no webhook is made twice. */
  const subscribe = (firmId: FirmId): Promise<void> => {
    const pass = (subscribing.get(firmId) ?? Promise.resolve())
      .catch(() => {})
      .then(() =>
        subscribeFirm(
          { db, keys: options.keys, clock, newId, log, firms, publicUrl: options.publicUrl, onGap },
          firmId,
        ),
      )
    subscribing.set(firmId, pass)
    return pass
  }
  register({
    name: 'subscribe',
    parallel: 2,
    async run(firmId) {
      await subscribe(firmId)
      return { next: 'idle' }
    },
  })

  const hooks = hookDoor({
    db,
    now: () => clock.now(),
    newId,
    connection: async (key, fresh) => {
      const [found] = await connectionByKey(key)
      return found ? firms.hooks(found.firm_id, found.connection_id, fresh) : null
    },
    stored: (firmId) => nudge('decide', firmId),
    counted: (connection, outcome) => metrics.hooks.inc({ kind: connection, outcome }),
  })
  const callbacks = callbackDoors({
    db,
    clock,
    newId,
    salt: () => randomBytes(16),
    firms,
    news,
    metrics,
    nudge,
    connectionByKey,
  })

  // Which firm a public address belongs to never changes; that it is gone shows when the firm is opened.
  const addresses = new Map<string, Promise<Address[]>>()
  function connectionByKey(key: string): Promise<Address[]> {
    // Keys are made of these alone (connections.key); anything else need not be asked for, and some can't be (NUL).
    if (!/^[a-z][a-z0-9-]{1,62}$/.test(key)) return Promise.resolve([])
    const known = addresses.get(key)
    if (known) return known
    const found = db.lookup<Address>(
      'select firm_id, connection_id from lookup_connection($1)',
      [key],
      'lookup_connection',
    )
    if (addresses.size > 10_000) addresses.clear()
    addresses.set(key, found)
    found.then((rows) => rows.length === 0 && addresses.delete(key)).catch(() => addresses.delete(key))
    return found
  }

  /** Firms whose lists this process has looked for: what nobody follows yet has no row that could be due. */
  const looked = new Set<FirmId>()
  /** Finds what is due and not moving: nudges that were lost, moments that have come. */
  const sweep = async () => {
    if (!state.working) return 0
    await pulse.woke()
    const due = await db.lookup<{ lane: string; firm_id: FirmId }>('select lane, firm_id from due_work($1)', [
      clock.now(),
    ])
    pulse.saw(due)
    for (const { lane, firm_id } of due) if (lanes.names.includes(lane)) lanes.nudge(lane, firm_id)
    for (const firmId of await listFirms(db)) {
      lanes.nudge('seal', firmId)
      lanes.nudge('check', firmId)
      lanes.nudge('retain', firmId)
      lanes.nudge('outlets', firmId)
      // A firm may have been opened before this process began to work.
      if (!looked.has(firmId)) for (const lane of onOpening) lanes.nudge(lane, firmId)
      looked.add(firmId)
      lanes.nudge('writeback', firmId)
    }
    await pulse.beat()
    return due.length
  }
  const live = new Live({ db, onError: (error) => log.warn({ err: error }, 'live updates failed') })
  let sweeper: NodeJS.Timeout | undefined
  const endWork = async () => {
    state.draining = true
    clearInterval(sweeper)
    // Pages that are open ask again, and find the next process.
    await live.close()
    await lanes.drain()
    await deliver.drain()
  }

  const letIn = connecting({
    db,
    keys: options.keys,
    clock,
    firms,
    publicUrl: options.publicUrl,
    news: access,
    log,
  })

  const signIn = signInDoor({
    db,
    databaseUrl: options.databaseUrl,
    clock,
    newId,
    log,
    key: options.keys.sessions,
    publicUrl: options.publicUrl,
    trustedProxies: options.trustedProxies ?? [],
    firms,
  })

  return {
    db,
    pool,
    firms,
    signIn,
    live,
    record,
    lanes,
    hooks,
    callbacks,
    connecting: letIn,
    tryConnection: connectionTester({ db, clock, publicUrl: options.publicUrl, firms }),
    seen: lastSeen({ db, clock, log }),
    edits: configEdits({ clock, newId, language: configLanguage(options.adapters), nudge }),
    /** The page behind a digest's link. @param choice how often its reader wants to hear; null: no choice */
    digest: (token: string, choice: Pace | null) => readDigest(digestDeps, token, choice),
    subscribe,
    newId,
    clock,
    log,
    metrics,
    news,
    keys: options.keys,
    rates: options.apiRates ?? usualRates,
    publicUrl: options.publicUrl,
    profile: profile.name,
    state,
    nudge,
    sweep,
    pulse,
    watch,
    /** Whether other processes' nudges are heard. */
    listening: () => remote.listening,
    /** Starts listening to other processes and sweeping. */
    work() {
      state.working = true
      remote.listen((heard) => {
        if (heard === null) sweep().catch((error) => log.warn({ err: error }, 'sweep failed'))
        else if (lanes.names.includes(heard.lane)) lanes.nudge(heard.lane, heard.firmId)
      })
      if (options.sweepEvery !== null) {
        state.sweptAt = clock.monotonic()
        sweeper = setInterval(() => {
          sweep()
            .then(() => {
              state.sweptAt = clock.monotonic()
            })
            .catch((error) => log.warn({ err: error }, 'sweep failed'))
        }, options.sweepEvery)
      }
    },
    /** No new work, and what runs ends. Doors may stay open: what comes in is stored for the next process. */
    endWork,
    /** Ends in order: no new work, what runs ends, connections close. The doors must be closed by now. */
    async stop() {
      await endWork()
      await hooks.drain()
      await callbacks.drain()
      await remote.close()
      await signIn.close()
      await pool.end()
    },
    /** For tests of what a kill leaves behind: connections are dropped, and nothing is waited for. */
    async abandon() {
      state.draining = true
      state.working = false
      clearInterval(sweeper)
      void lanes.drain()
      await remote.close()
      await live.close()
      await signIn.close()
      await pool.end()
    },
    /** For tests: resolves when nothing moves any more. */
    async settled() {
      for (;;) {
        await signIn.drain()
        await hooks.drain()
        await callbacks.drain()
        await lanes.settled()
        await deliver.drain()
        await pulse.idle()
        if (lanes.quiet) return
      }
    },
  }
}
