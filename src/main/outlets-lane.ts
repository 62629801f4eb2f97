/**
 * Looks after the firm's ways out of the house: who can't be opened is an alert at once, and what waits for one that
 * is gone leaves by another, or becomes a dead letter. Nudged with every sweep.
 */
import type { ConnectionId, FirmId, NewId } from '../kernel/index.ts'
import { type NewAlert, openCauses, resolve } from '../modules/alerts/index.ts'
import { type DeliveryNews, rescueStranded } from '../modules/delivery/index.ts'
import type { Database, FirmTx } from '../platform/db/firm-tx.ts'
import type { Lane } from '../platform/jobs/lanes.ts'
import type { Firms, OpenFirm } from './firms.ts'

export interface OutletsDeps {
  db: Database
  firms: Pick<Firms, 'open'>
  now(): Temporal.Instant
  newId: NewId
  news: DeliveryNews
  alert(tx: FirmTx, alerts: readonly NewAlert[]): Promise<void>
  nudge(lane: 'deliver', firmId: FirmId): void
  /** False while a restored copy is held: nothing is given up then. */
  maySend(): boolean
}

const kind = 'connection_unusable'

export function outletsLane(deps: OutletsDeps): Lane {
  /** What this process has told of, by firm; absent: nothing yet. */
  const told = new Map<FirmId, ReadonlySet<string>>()
  return {
    name: 'outlets',
    parallel: 2,
    async run(firmId) {
      const firm = await deps.firms.open(firmId)
      const broken = unusable(firm)
      await deps.db.forFirm(firmId, async (tx) => {
        const now = deps.now()
        const open = new Set(firm.delivery.outlets.keys())
        const { outlets: present } = firm.code.program
        const { rerouted, waiting } = deps.maySend()
          ? await rescueStranded(tx, { newId: deps.newId, news: deps.news, now, open, present })
          : { rerouted: 0, waiting: new Map<string, number>() }
        for (const [key] of waiting)
          if (!broken.has(key))
            broken.set(key, 'it is no longer configured, and there is no other for its channel')
        const known = told.get(firmId) ?? new Set(await openCauses(tx, kind))
        for (const key of known) if (!broken.has(key)) await resolve(tx, { kind, cause: key }, now)
        await deps.alert(
          tx,
          [...broken]
            .filter(([key]) => !known.has(key))
            .map(([key, reason]) => alertOf(key, reason, waiting.get(key))),
        )
        tx.afterCommit(() => {
          told.set(firmId, new Set(broken.keys()))
          if (rerouted > 0) deps.nudge('deliver', firmId)
        })
      })
      return { next: 'idle' }
    },
  }
}

/** The connections that firm.yaml sends by and that can't send, with the reason. */
function unusable({ code, connections, delivery, problems }: OpenFirm): Map<string, string> {
  const found = new Map<string, string>()
  for (const [channel, id] of Object.entries(code.program.outlets) as [string, ConnectionId | null][]) {
    const connection = id === null ? undefined : connections.get(id)
    if (!connection || delivery.outlets.has(id!)) continue
    const problem = problems.find((p) => p.connection === connection.key)
    found.set(
      connection.key,
      problem?.message ?? `a connection of kind ${connection.kind} carries no ${channel}`,
    )
  }
  return found
}

const alertOf = (key: string, reason: string, waiting: number | undefined): NewAlert => ({
  kind,
  cause: key,
  severity: 'page',
  title: `Nothing can be sent by ${key}: it can't be opened`,
  detail: { connection: key, reason, ...(waiting ? { waiting } : {}) },
})
