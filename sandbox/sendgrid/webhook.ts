import { type KeyObject, sign } from 'node:crypto'
import type { Core } from '../core/core.ts'

export type MailEvent = Record<string, unknown> & { event: string; email: string }

export type EventWebhook = {
  /** Where batches go; '' for nowhere, and then events are not kept. */
  url: string
  /** Queues events; they go out together with others. */
  add(events: readonly MailEvent[]): void
  /** Posts what waits now; resolves when the batch was taken or given up. */
  flush(): Promise<void>
}

const dayMs = 86_400_000

/** SendGrid's event webhook: signed batches, posted again for 24 h until a 2xx. */
export function createEventWebhook(core: Core, privateKey: KeyObject, url: string): EventWebhook {
  let waiting: MailEvent[] = []
  let cancel: (() => void) | undefined
  core.onReset(() => {
    waiting = []
    cancel = undefined
  })

  const webhook: EventWebhook = {
    url,
    add(events) {
      if (webhook.url === '') return
      waiting.push(...events)
      if (waiting.length >= core.settings.sendgrid.batchSize) void webhook.flush()
      else cancel ??= core.after(core.settings.sendgrid.flushMs, () => void webhook.flush())
    },
    async flush() {
      cancel?.()
      cancel = undefined
      const batch = waiting
      waiting = []
      if (batch.length > 0) await postBatch(core, privateKey, webhook.url, batch)
    },
  }
  return webhook
}

function postBatch(core: Core, privateKey: KeyObject, url: string, batch: readonly MailEvent[]) {
  // The real body has a line per event and ends with \r\n; the signature covers that too.
  const body = `[${batch.map((event) => JSON.stringify(event)).join(',\r\n')}]\r\n`
  return core.post(url, {
    body,
    headers: () => signedHeaders(privateKey, core.now(), body),
    retry: { delaysMs: waits(core.settings.sendgrid.retryFirstMs, core.settings.sendgrid.retryLongestMs) },
  })
}

/** SendGrid's headers: ECDSA P-256 over timestamp (s) + raw body, DER, base64. */
export function signedHeaders(privateKey: KeyObject, now: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  return {
    'content-type': 'application/json',
    'user-agent': 'SendGrid Event API',
    'x-twilio-email-event-webhook-timestamp': timestamp,
    'x-twilio-email-event-webhook-signature': sign(
      'sha256',
      Buffer.from(timestamp + body),
      privateKey,
    ).toString('base64'),
  }
}

function* waits(firstMs: number, longestMs: number): Generator<number> {
  let wait = Math.max(1, firstMs)
  for (let passed = 0; passed + wait <= dayMs; passed += wait) {
    yield wait
    wait = Math.min(wait * 2, Math.max(1, longestMs))
  }
}
