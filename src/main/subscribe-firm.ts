/** One look after a firm's webhooks at its case management systems. */
import type { FirmId } from '../kernel/index.ts'
import type { OnCmsCall } from '../modules/connections/index.ts'
import type { Firms } from './firms.ts'
import { ensureSubscriptions, type SubscriptionDeps } from './subscriptions.ts'

/** Looks after the webhooks of each connection of a firm. */
export async function subscribeFirm(
  deps: Omit<SubscriptionDeps, 'onCall' | 'now'> & {
    clock: { now(): Temporal.Instant }
    firms: Pick<Firms, 'open'>
    publicUrl: string
  },
  firmId: FirmId,
): Promise<void> {
  const { clock, firms, publicUrl, log } = deps
  const firm = await firms.open(firmId)
  for (const [connectionId, connection] of firm.connections) {
    if (!connection.reader?.subscriptions || !connection.settings.hooks?.verify) continue
    const onCall: OnCmsCall = (call) => {
      if (call.error)
        log.warn({ firm: firmId, connection: connection.key, reason: call.error }, 'CMS call failed')
    }
    await ensureSubscriptions(
      { ...deps, now: () => clock.now(), onCall },
      firmId,
      connectionId,
      connection.reader,
      `${publicUrl}/hooks/${connection.key}`,
    )
  }
}
