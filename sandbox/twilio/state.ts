import type { Core } from '../core/core.ts'
import { type Account, createAccount } from './account.ts'
import { createOptOuts, type OptOuts } from './optout.ts'
import type { Resource } from './resource.ts'
import { createStore, type Store } from './store.ts'

export type TwilioOptions = { sid?: string; authToken?: string; smsUrl?: string; numbers?: readonly string[] }

/** What the Twilio side of the sandbox knows. */
export type Twilio = {
  core: Core
  account: Account
  store: Store
  optOuts: OptOuts
  /** `Authorization` header of the account. */
  basicAuth: string
  /** How many messages each "every other one" recipient has had. */
  turns: Map<string, number>
}

const storeSize = 200_000

export function createTwilio(core: Core, options: TwilioOptions): Twilio {
  const account = createAccount(options, core.now())
  const twilio: Twilio = {
    core,
    account,
    store: createStore(storeSize),
    optOuts: createOptOuts(),
    basicAuth: `Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString('base64')}`,
    turns: new Map(),
  }
  core.onReset(() => {
    twilio.store.clear()
    twilio.optOuts.clear()
    twilio.turns.clear()
  })
  return twilio
}

/** Changes a message's status in every place that shows it. */
export function setStatus(
  twilio: Twilio,
  resource: Resource,
  status: Resource['status'],
  error?: { code: number; message: string },
): void {
  const now = twilio.core.now()
  resource.status = status
  resource.updatedAt = now
  if (status === 'sent' || status === 'delivered') resource.sentAt ??= now
  if (error) {
    resource.errorCode = error.code
    resource.errorMessage = error.message
  }
  if (resource.log) resource.log.status = status
  twilio.core.announce({ type: 'status', about: resource.to })
}
