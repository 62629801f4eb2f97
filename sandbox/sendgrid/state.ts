import type { Core } from '../core/core.ts'
import type { Message } from '../core/messages.ts'
import { createRing } from '../core/ring.ts'
import { type WebhookKeys, webhookKeys } from './keys.ts'
import { createEventWebhook, type EventWebhook } from './webhook.ts'

export type SendGridOptions = { apiKey?: string; privateKey?: string; webhookUrl?: string }

/** Test credential; it opens nothing but this sandbox. */
export const defaultSendGridKey = 'SG.sandbox.key'

/** One accepted mail to one recipient. */
export type Mail = {
  log: Message
  customArgs: Record<string, string>
  categories: readonly string[]
  trackOpens: boolean
  trackClicks: boolean
  groupId: number | null
  /** How many events it has had; makes the event ids. */
  events: number
}

/** What the SendGrid side of the sandbox knows. */
export type SendGrid = {
  core: Core
  apiKey: string
  keys: WebhookKeys
  webhook: EventWebhook
  /** By the id of the message log. */
  mails: { get(id: string): Mail | undefined; add(mail: Mail): void }
  /** Address to the reason why mail to it is dropped. */
  suppressed: Map<string, string>
}

const mailLimit = 200_000

export function createSendGrid(core: Core, options: SendGridOptions): SendGrid {
  const keys = webhookKeys(options.privateKey)
  const byId = new Map<string, Mail>()
  const ring = createRing<string>()
  const sendgrid: SendGrid = {
    core,
    apiKey: options.apiKey ?? defaultSendGridKey,
    keys,
    webhook: createEventWebhook(core, keys.privateKey, options.webhookUrl ?? ''),
    mails: {
      get: (id) => byId.get(id),
      add(mail) {
        byId.set(mail.log.id, mail)
        ring.push(mail.log.id)
        if (ring.length > mailLimit) byId.delete(ring.shift()!)
      },
    },
    suppressed: new Map(),
  }
  core.onReset(() => {
    byId.clear()
    ring.clear()
    sendgrid.suppressed.clear()
  })
  return sendgrid
}
