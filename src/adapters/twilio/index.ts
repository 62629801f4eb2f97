/** Text messages through Twilio (twilio.com/docs/messaging/api). */
import type { Clock } from '../../kernel/index.ts'
import type { Provider } from '../../modules/delivery/index.ts'
import { check, resolved } from '../settings.ts'
import { createReader } from './reader.ts'
import { createSender } from './sender.ts'
import { twilioSettings } from './settings.ts'

/** @param clock for receipts, which carry no time, and for Retry-After dates */
export function createTwilioProvider(clock: Pick<Clock, 'now'>): Provider {
  return {
    kind: 'twilio',
    channel: 'sms',
    secrets: ['authToken', 'secondaryAuthToken'],
    parse: (settings) => check(twilioSettings, settings),
    open(settings) {
      const known = resolved('twilio', twilioSettings, settings)
      return {
        sender: createSender(known, () => clock.now().epochMilliseconds),
        reader: createReader(known, () => clock.now()),
      }
    },
  }
}
