/** What follows when a CMS lets us in, or does so no more: who is told, and what goes on. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, ConnectionId, FirmId } from '../kernel/index.ts'
import { type NewAlert, resolve } from '../modules/alerts/index.ts'
import type { AccessNews } from '../modules/connections/index.ts'
import { wakeWishes } from '../modules/ingest/index.ts'
import { forgetTroubles } from '../modules/sync/index.ts'
import type { FirmTx } from '../platform/db/firm-tx.ts'

export const waitFor = (milliseconds: number): Promise<void> => delay(milliseconds)

/** The alert's kind; `cms_unreachable` is another, for a CMS that may well be back by itself. */
const gone = 'cms_disconnected'

export function accessNews(deps: {
  clock: Clock
  alert(tx: FirmTx, alerts: readonly NewAlert[]): Promise<void>
  /** How the firm calls a connection. */
  keyOf(firmId: FirmId, connectionId: ConnectionId): Promise<string>
  nudge(lane: string, firmId: FirmId): void
}): AccessNews {
  const over = async (tx: FirmTx, cause: ConnectionId) => {
    for (const kind of [gone, 'cms_unreachable']) await resolve(tx, { kind, cause }, deps.clock.now())
  }
  return {
    async refused(tx, connectionId) {
      const key = await deps.keyOf(tx.firmId, connectionId)
      // One alert, the one that says what to do.
      await resolve(tx, { kind: 'cms_unreachable', cause: connectionId }, deps.clock.now())
      await deps.alert(tx, [
        {
          kind: gone,
          cause: connectionId,
          severity: 'page',
          title: 'The case management system lets us in no more; what depends on it waits for a person',
          detail: { connection: key, todo: `run "npx tipstaff connect ${key}"` },
        },
      ])
    },
    async connected(tx, connectionId) {
      await over(tx, connectionId)
      await wakeWishes(tx, connectionId, deps.clock.now())
      await forgetTroubles(tx, connectionId, deps.clock.now())
      tx.afterCommit(() => {
        for (const lane of ['fetch', 'subscribe', 'poll']) deps.nudge(lane, tx.firmId)
      })
    },
    disconnected: over,
  }
}
