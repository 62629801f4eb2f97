/** Keeps the webhooks that we subscribe to by a CMS's API alive: at start, every hour, and when asked. */
import { listFirms } from '../modules/firms/index.ts'
import type { Runtime } from './runtime.ts'

const hourly = 3_600_000

export function keepSubscribed(runtime: Pick<Runtime, 'db' | 'log' | 'subscribe'>) {
  const { log, db } = runtime
  const now = async () => {
    for (const firmId of await listFirms(db)) {
      try {
        await runtime.subscribe(firmId)
      } catch (error) {
        // The other firms' webhooks end too when nobody renews them.
        log.warn({ firm: firmId, err: error }, "a firm's webhooks could not be looked after")
      }
    }
  }
  const quietly = () => now().catch((error) => log.warn({ err: error }, 'webhooks could not be looked after'))
  const timer = setInterval(quietly, hourly)
  timer.unref()
  return { now: quietly, stop: () => clearInterval(timer) }
}
