/** Mail through SendGrid (docs.sendgrid.com, v3 Mail Send and the signed Event Webhook). */
import type { Clock } from '../../kernel/index.ts'
import type { Provider } from '../../modules/delivery/index.ts'
import { check, resolved } from '../settings.ts'
import { createReader } from './reader.ts'
import { createSender } from './sender.ts'
import { sendgridSettings } from './settings.ts'

/** @param clock for rate limits given as times, and for the age of a signature */
export function createSendgridProvider(clock: Pick<Clock, 'now'>): Provider {
  const now = () => clock.now().epochMilliseconds
  return {
    kind: 'sendgrid',
    channel: 'email',
    secrets: ['apiKey'],
    parse: (settings) => check(sendgridSettings, settings),
    from: (settings) =>
      sendgridSettings.shape.from.safeParse((settings as { from?: unknown } | null)?.from).data ?? null,
    open(settings) {
      const known = resolved('sendgrid', sendgridSettings, settings)
      return { sender: createSender(known, now), reader: createReader(known, now) }
    },
  }
}
