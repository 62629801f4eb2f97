// What the sandbox's own tests share.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { createSandbox, type Sandbox, type SandboxOptions } from './app.ts'

export type Received = { url: string; headers: http.IncomingHttpHeaders; body: string }
export type Answer = { status: number; body?: string; headers?: Record<string, string> } | 'hang up'

/** The firm's side: takes webhooks and keeps them. */
export type Receiver = {
  url: string
  received: Received[]
  /** Resolves as soon as `count` calls have come in all. */
  until(count: number): Promise<Received[]>
}

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A sandbox on a free port, closed after the test. Its speeds are all 0, so that nothing waits. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox & { url: string }> {
  const sandbox = createSandbox(options)
  const { twilio, sendgrid } = sandbox.core.settings
  Object.assign(twilio, { sentAfterMs: 0, deliveredAfterMs: 0, inboundRetryMs: 0, listLagMs: 0 })
  Object.assign(sendgrid, {
    processedAfterMs: 0,
    deliveredAfterMs: 0,
    flushMs: 0,
    retryFirstMs: 1,
    retryLongestMs: 1,
  })
  const { url, close } = await sandbox.listen(0)
  closers.push(close)
  return Object.assign(sandbox, { url })
}

/** A server that answers the nth call with `answer(n)`, n from 1; 204 by default. */
export async function startReceiver(
  answer: (n: number) => Answer = () => ({ status: 204 }),
): Promise<Receiver> {
  const received: Received[] = []
  const waiting: { count: number; resolve: (all: Received[]) => void }[] = []
  const server = http.createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    received.push({ url: request.url ?? '', headers: request.headers, body })
    const said = answer(received.length)
    if (said === 'hang up') response.destroy()
    else response.writeHead(said.status, said.headers).end(said.body)
    for (const item of waiting) if (received.length >= item.count) item.resolve(received)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    until: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve(received)
        else waiting.push({ count, resolve })
      }),
  }
}

/** A form body as one object. */
export function formOf(body: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body))
}

export const twilioAuth = `Basic ${btoa(`AC${'f1'.repeat(16)}:sandbox-twilio-auth-token`)}`
const messagesPath = `/2010-04-01/Accounts/AC${'f1'.repeat(16)}/Messages.json`

/** One send through Twilio's path; returns the answer. */
export function sendText(url: string, form: Record<string, string>, auth = twilioAuth): Promise<Response> {
  return fetch(url + messagesPath, {
    method: 'POST',
    headers: { authorization: auth, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      From: '+12015550123',
      To: '+12025550111',
      Body: 'Hello',
      ...form,
    }).toString(),
  })
}

type MailParts = { to?: string; from?: string } & Record<string, unknown>

/** One send through SendGrid's path; `parts` replace fields of a plain good mail. */
export function sendMail(url: string, parts: MailParts = {}, key = 'SG.sandbox.key'): Promise<Response> {
  const { to = 'ada@example.com', from = 'firm@example.com', ...rest } = parts
  const mail = {
    personalizations: [{ to: [{ email: to }], custom_args: { attempt: 'att_1' } }],
    from: { email: from },
    subject: 'News',
    content: [
      { type: 'text/plain', value: 'Hello' },
      { type: 'text/html', value: '<p>Hello, <a href="https://example.com/a?b=1&amp;c=2">read</a></p>' },
    ],
    ...rest,
  }
  return fetch(`${url}/v3/mail/send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(mail),
  })
}

/** A control call with a JSON body. */
export function control(url: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(url + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}
