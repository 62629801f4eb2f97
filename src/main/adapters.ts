/** Every adapter that this release brings. */
import { createClio } from '../adapters/clio/index.ts'
import { createRest } from '../adapters/rest/index.ts'
import { createSendgridProvider } from '../adapters/sendgrid/index.ts'
import { createSoapCms } from '../adapters/soap-cms/index.ts'
import { createTwilioProvider } from '../adapters/twilio/index.ts'
import type { Clock } from '../kernel/index.ts'
import type { Adapters } from './adapter-kinds.ts'

export const adapters = (clock: Clock): Adapters => ({
  providers: [createTwilioProvider(clock), createSendgridProvider(clock)],
  cms: [createClio(clock), createRest(clock), createSoapCms(clock)],
})
