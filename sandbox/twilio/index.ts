import type { Hono } from 'hono'
import type { Core } from '../core/core.ts'
import { fetchAccount, listNumbers, oneNumber } from './numbers.ts'
import { fetchMessage, listMessages, updateMessage } from './read.ts'
import { sendMessage } from './send.ts'
import { createTwilio, type Twilio, type TwilioOptions } from './state.ts'

export { addNumber, defaultTwilio } from './account.ts'
export { hearText } from './inbound.ts'
export type { Resource } from './resource.ts'
export type { Twilio, TwilioOptions } from './state.ts'

/** Twilio's paths. */
export function mountTwilio(app: Hono, core: Core, options: TwilioOptions): Twilio {
  const twilio = createTwilio(core, options)
  const account = '/2010-04-01/Accounts/:sid'
  app.post(`${account}/Messages.json`, (c) => sendMessage(c, twilio))
  app.get(`${account}/Messages.json`, (c) => listMessages(c, twilio))
  app.get(`${account}/Messages/:file`, (c) => fetchMessage(c, twilio))
  app.post(`${account}/Messages/:file`, (c) => updateMessage(c, twilio))
  app.get(`${account}/IncomingPhoneNumbers.json`, (c) => listNumbers(c, twilio))
  app.on(['GET', 'POST'], `${account}/IncomingPhoneNumbers/:file`, (c) => oneNumber(c, twilio))
  app.get('/2010-04-01/Accounts/:file', (c) => fetchAccount(c, twilio))
  return twilio
}
