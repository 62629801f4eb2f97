import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { createSandbox } from '../app.ts'
import { mountDms } from '../dms/index.ts'
import { type CmsState, mountCms, STATIC_TOKEN } from './index.ts'

export interface Answer<T = unknown> {
  status: number
  headers: Headers
  body: T
}

/** JSON of any shape, for reading answers in tests. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails where it is not there
export type Loose = any

export interface Door {
  url: string
  clock: ReturnType<typeof createSandbox>['core']['clock']
  faults: ReturnType<typeof createSandbox>['core']['faults']
  calls: ReturnType<typeof createSandbox>['core']['calls']
  cms: CmsState
  /** Calls the API with the static token, unless told otherwise. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<Loose>>
  /** Calls a control under `/_sandbox`. */
  control(method: string, path: string, body?: unknown): Promise<Answer<Loose>>
}

/** A sandbox on a free port, gone when the test ends. */
export async function startSandbox(): Promise<Door> {
  const sandbox = createSandbox({ mounts: [mountCms, mountDms] })
  const { url, close } = await sandbox.listen(0)
  onTestFinished(close)
  const call = async (method: string, target: string, body: unknown, headers: Record<string, string>) => {
    const response = await fetch(target, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = text !== '' && (response.headers.get('content-type') ?? '').includes('json')
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text }
  }
  return {
    url,
    clock: sandbox.core.clock,
    faults: sandbox.core.faults,
    calls: sandbox.core.calls,
    cms: sandbox.mounted[0] as CmsState,
    api: (method, path, body, headers = {}) =>
      call(method, `${url}${path}`, body, { authorization: `Bearer ${STATIC_TOKEN}`, ...headers }),
    control: (method, path, body) => call(method, `${url}/_sandbox${path}`, body, {}),
  }
}

export interface Received {
  headers: IncomingHttpHeaders
  body: string
  json: Loose
}

export interface Receiver {
  url: string
  received: Received[]
  /** Resolves once that many requests have arrived. */
  arrived(count: number): Promise<Received[]>
}

/** What a receiver answers: an HTTP status; by default 200, echoing a handshake's secret. */
export type Reply = (request: Received, count: number) => number

/** An endpoint for webhooks on a free port, gone when the test ends. */
export async function startReceiver(reply: Reply = () => 200, echo = true): Promise<Receiver> {
  const received: Received[] = []
  let waiting: { count: number; done(): void }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const one: Received = { headers: request.headers, body, json: JSON.parse(body) }
      received.push(one)
      const secret = request.headers['x-hook-secret']
      if (echo && typeof secret === 'string') response.setHeader('X-Hook-Secret', secret)
      response.statusCode = reply(one, received.length)
      response.end()
      for (const wait of waiting.filter((held) => held.count <= received.length)) wait.done()
      waiting = waiting.filter((held) => held.count > received.length)
    })
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  )
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    arrived: (count) =>
      received.length >= count
        ? Promise.resolve(received)
        : new Promise((resolve) => void waiting.push({ count, done: () => resolve(received) })),
  }
}

/** Subscribes a receiver to a model; answers the webhook with its secret. The handshake is request one. */
export async function subscribe(door: Door, url: string, more: Record<string, unknown> = {}): Promise<Loose> {
  const { body } = await door.api('POST', '/api/v4/webhooks.json?fields=id,status,shared_secret,expires_at', {
    data: {
      url,
      model: 'matter',
      events: ['updated'],
      fields: 'id,etag,status,matter_stage{id,name}',
      ...more,
    },
  })
  return body.data
}
