/** The lanes that talk to case management systems: reading on demand, following lists, writing back. */
import type { Clock, FirmId, NewId } from '../kernel/index.ts'
import { type NewAlert, resolve } from '../modules/alerts/index.ts'
import { consentOf } from '../modules/connections/index.ts'
import { type FetchDeps, fetchLane, type LostTime } from '../modules/ingest/index.ts'
import { pollLane } from '../modules/sync/index.ts'
import { writebackLane } from '../modules/writeback/index.ts'
import type { Database, FirmTx } from '../platform/db/firm-tx.ts'
import type { Lane } from '../platform/jobs/lanes.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import type { Firms } from './firms.ts'
import { followedOf } from './following.ts'
import type { Profile } from './profiles.ts'
import { writeTargets } from './write-targets.ts'

export interface CmsLaneDeps {
  db: Database
  clock: Clock
  newId: NewId
  firms: Firms
  /** How long a read is ours, at least. */
  lease: Temporal.Duration
  profile: Profile | null
  metrics: Metrics
  alert(tx: FirmTx, alerts: readonly NewAlert[]): Promise<void>
  nudge(lane: string, firmId: FirmId): void
  lost(): LostTime | null
  mayWrite(): boolean
  /** Makes a lane wait while this process does not know yet what a restored copy has missed. */
  seeing(lane: Lane): Lane
}

/** Tries in a row that fail before the operators are told; by then some minutes have passed. */
const triesBeforeAlert = 4

export function cmsLanes(deps: CmsLaneDeps): Lane[] {
  const { db, clock, newId, firms, metrics, alert, nudge } = deps
  const now = () => clock.now()
  const monotonic = () => clock.monotonic()
  const news = cmsNews(deps)
  return [
    fetchLane({
      db,
      now,
      newId,
      async lease(firmId) {
        const { connections } = await firms.open(firmId)
        const longest = Math.max(0, ...[...connections.values()].map((c) => c.reader?.timeoutMs ?? 0))
        const needed = Temporal.Duration.from({ milliseconds: longest + 2_000 })
        return Temporal.Duration.compare(deps.lease, needed) > 0 ? deps.lease : needed
      },
      reader: async (firmId, connectionId) =>
        (await firms.open(firmId)).connections.get(connectionId)?.reader ?? null,
      nudge,
      lost: deps.lost,
      counted: (kind, outcome) => metrics.fetches.inc({ kind, outcome }),
      ...news,
    }),
    writebackLane({
      db,
      now,
      monotonic,
      newId,
      targets: async (firmId) => writeTargets(await firms.open(firmId)),
      mayWrite: deps.mayWrite,
      counted: (kind, outcome) => metrics.cmsWrites.inc({ kind, outcome }),
      ...news,
    }),
    deps.seeing(
      pollLane({
        db,
        now,
        monotonic,
        newId,
        followed: async (firmId) => followedOf(await firms.open(firmId), deps.profile),
        statuses: async (tx) => (await firms.code(tx)).program.statuses,
        nudge,
        ...news,
        async shrunk(tx, { connectionId, model, missing, known }) {
          await alert(tx, [
            {
              kind: 'cms_shrunk',
              cause: `${connectionId} ${model}`,
              severity: 'warning',
              title: `The case management system no longer lists ${missing} of ${known} records (${model}); nothing was done about it`,
              detail: {
                connection: connectionId,
                hint: 'Has the account that we read with lost a permission? Nothing is said of these records until they are listed again, or are found missing a few at a time.',
              },
            },
          ])
        },
        counted: (what, model, records) => metrics.polled.inc({ what, model }, records),
      }),
    ),
  ]
}

/** What all of them tell the operators of: a system that can't be reached, and that it can again. */
function cmsNews({ clock, alert }: CmsLaneDeps): Pick<FetchDeps, 'recovered' | 'trouble'> {
  return {
    async recovered(tx, connectionId) {
      for (const kind of ['cms_unreachable', 'reminders_waiting'])
        await resolve(tx, { kind, cause: connectionId }, clock.now())
    },
    async trouble(tx, trouble) {
      if (trouble.kind !== 'unauthorised' && trouble.tries < triesBeforeAlert) return
      // That the consent is gone has been told of, with what to do.
      if ((await consentOf(tx, trouble.connectionId)) === 'refused') return
      await alert(tx, [
        {
          kind: 'cms_unreachable',
          cause: trouble.connectionId,
          severity: trouble.kind === 'unauthorised' ? 'page' : 'warning',
          title: 'The case management system cannot be read; what depends on it waits',
          detail: { reason: trouble.kind, detail: trouble.detail },
        },
      ])
    },
  }
}
