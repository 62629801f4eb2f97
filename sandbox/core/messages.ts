import { randomUUID } from 'node:crypto'
import type { Provider } from './deps.ts'
import { createRing } from './ring.ts'

/** A file that came with a mail. */
export type Attachment = {
  filename: string
  contentType: string
  /** A text as it is, anything else as base64. */
  content: string
}

/** What the outside world accepted for one recipient. The shape of `GET /_sandbox/messages`. */
export type Message = {
  id: string
  provider: Provider
  providerMessageId: string
  channel: 'sms' | 'email'
  to: string
  from: string
  subject: string | null
  text: string | null
  html: string | null
  /** The sender's attempt id; null where the provider spoke by itself. */
  reference: string | null
  acceptedAt: string
  status: string
  /** `api`: sent through the provider's API; the others are the carrier's own or TwiML replies. */
  origin: 'api' | 'opt-out-reply' | 'twiml'
  headers?: Record<string, string>
  attachments?: Attachment[]
}

export type MessageFilter = { channel?: string; to?: string; since?: number; limit?: number }

export type Messages = {
  add(message: Omit<Message, 'id'>): Message
  /** Oldest first. `since` is inclusive; `limit` keeps the newest, or the oldest when `since` is given. */
  list(filter: MessageFilter): Message[]
  /** All messages of one recipient, oldest first. */
  of(to: string): readonly Message[]
  find(id: string): Message | undefined
  /** Recipients of a channel, the latest first. */
  recipients(channel: Message['channel']): { to: string; latest: Message; count: number }[]
  clear(): void
}

/** `size` messages are kept; `announce` hears of each new one. */
export function createMessages(size: number, announce: (message: Message) => void): Messages {
  const byRecipient = new Map<string, Message[]>()
  const byId = new Map<string, Message>()
  const ring = createRing<Message>()
  let weight = 0

  function forgetOldest(): void {
    const gone = ring.shift()!
    weight -= weightOf(gone)
    byId.delete(gone.id)
    const key = recipientKey(gone.to)
    const rest = byRecipient.get(key)
    // The oldest of all is also the oldest of its recipient.
    rest?.shift()
    if (rest?.length === 0) byRecipient.delete(key)
  }

  return {
    add(fields) {
      const message: Message = { id: randomUUID(), ...fields }
      ring.push(message)
      weight += weightOf(message)
      byId.set(message.id, message)
      const key = recipientKey(message.to)
      const list = byRecipient.get(key)
      if (list) list.push(message)
      else byRecipient.set(key, [message])
      while (ring.length > size || weight > weightLimit) forgetOldest()
      announce(message)
      return message
    },
    list({ channel, to, since, limit }) {
      const sinceText = since === undefined ? '' : new Date(since).toISOString()
      const keep = (message: Message) =>
        (channel === undefined || message.channel === channel) && message.acceptedAt >= sinceText
      const found =
        to === undefined ? ring.filter(keep) : (byRecipient.get(recipientKey(to)) ?? []).filter(keep)
      if (limit === undefined || found.length <= limit) return found
      return since === undefined ? found.slice(found.length - limit) : found.slice(0, limit)
    },
    of: (to) => byRecipient.get(recipientKey(to)) ?? [],
    find: (id) => byId.get(id),
    recipients(channel) {
      const found: { to: string; latest: Message; count: number }[] = []
      for (const list of byRecipient.values()) {
        const latest = list[list.length - 1]!
        if (latest.channel === channel) found.push({ to: latest.to, latest, count: list.length })
      }
      return found.sort((a, b) => (a.latest.acceptedAt < b.latest.acceptedAt ? 1 : -1))
    },
    clear() {
      ring.clear()
      byRecipient.clear()
      byId.clear()
      weight = 0
    },
  }
}

// Characters of all bodies together: whole letters of a long rehearsal would fill the memory.
const weightLimit = 200_000_000

function weightOf(message: Message): number {
  const files = (message.attachments ?? []).reduce((sum, file) => sum + file.content.length, 0)
  return (message.text?.length ?? 0) + (message.html?.length ?? 0) + files
}

/** Mail addresses are compared without regard to case; a '+' lost in a query is given back. */
function recipientKey(to: string): string {
  return to.toLowerCase().replace(/^ (?=\d)/, '+')
}
