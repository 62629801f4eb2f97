/**
 * The two doors that are knocked at for every message, answered straight from Node's own request: a framework's
 * Request and Response cost more there than all that we do. Whatever is not plainly theirs goes to the app, whose
 * routes of the same name answer alike, since both ask `answers`.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { limits, type PlainAnswer, plainAnswers, problemAnswer } from './answers.ts'
import type { Runtime } from './runtime.ts'
import { type Readiness, webApp } from './web.ts'

/** Keys as connections have them; anything else is for the app to make sense of. */
const theirs = /^\/(hooks|receipts)\/([a-z][a-z0-9-]*)(?:\?([^#]*))?$/

/** @returns what answers every request of this process */
export function webListener(runtime: Runtime, readiness: () => Promise<Readiness>): RequestListener {
  const rest = getRequestListener(webApp(runtime, readiness).fetch)
  const answers = plainAnswers(runtime)
  const { metrics, log, publicUrl } = runtime

  const answer = async (request: IncomingMessage, door: RegExpExecArray): Promise<PlainAnswer> => {
    const [path, name, key = '', query] = door
    const body = await readBody(request, name === 'hooks' ? limits.hook : limits.callback)
    const headers = request.headers as Record<string, string>
    const raw = body && { method: 'POST', url: `${publicUrl}${path}`, headers, body }
    const model = query === undefined ? null : new URLSearchParams(query).get('model')
    return name === 'hooks' ? answers.hook(key, raw, model) : answers.receipts(key, raw)
  }

  const handle = async (request: IncomingMessage, response: ServerResponse, door: RegExpExecArray) => {
    const started = performance.now()
    const route = `/${door[1]}`
    let given: PlainAnswer
    try {
      given = await answer(request, door)
    } catch (error) {
      // The sender hung up in the middle of its request: there is nobody to answer.
      if (request.destroyed && !request.complete) return
      log.error({ route, err: error }, 'a request failed')
      given = problemAnswer(503, 'Tipstaff could not do this now; try again', `${route}/${door[2]}`)
    }
    const { status, headers = {}, body = '' } = given
    const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }
    response.writeHead(status, { ...headers, ...length }).end(body)
    metrics.httpRequests.inc({ route, method: 'POST', status: String(status) })
    metrics.httpSeconds.observe({ route }, (performance.now() - started) / 1000)
  }

  return (request, response) => {
    const door = request.method === 'POST' ? theirs.exec(request.url ?? '') : null
    if (door) void handle(request, response, door)
    else void rest(request, response)
  }
}

/** @returns null when it is larger than `limit` bytes; then it is not read to its end */
function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) return resolve(null)
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) resolve(null)
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => {
      if (!request.complete) reject(new Error('the sender hung up'))
    })
  })
}
