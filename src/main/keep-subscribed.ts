/** Keeps the webhooks that we subscribe to by a CMS's API alive: at start, every hour, and when asked. */
import type { OnCmsCall } from '../modules/connections/index.ts'
import { listFirms } from '../modules/firms/index.ts'
import type { Runtime } from './runtime.ts'
import { ensureSubscriptions } from './subscriptions.ts'

const hourly = 3_600_000

export function keepSubscribed(runtime: Runtime) {
  const { log, db } = runtime
  const now = async () => {
    for (const firmId of await listFirms(db)) {
      const firm = await runtime.firms.open(firmId)
      for (const [connectionId, connection] of firm.connections) {
        if (!connection.reader?.subscriptions || !connection.settings.hooks) continue
        const onCall: OnCmsCall = (call) => {
          if (call.error)
            log.warn({ firm: firmId, connection: connection.key, reason: call.error }, 'CMS call failed')
        }
        await ensureSubscriptions(
          { db, keys: runtime.keys, now: () => runtime.clock.now(), newId: runtime.newId, onCall, log },
          firmId,
          connectionId,
          connection.reader,
          `${runtime.publicUrl}/hooks/${connection.key}`,
        )
      }
    }
  }
  const quietly = () => now().catch((error) => log.warn({ err: error }, 'webhooks could not be looked after'))
  const timer = setInterval(quietly, hourly)
  timer.unref()
  return { now: quietly, stop: () => clearInterval(timer) }
}
