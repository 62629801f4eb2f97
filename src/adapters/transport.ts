/**
 * HTTP to a provider, lean and honest about one thing: whether a request that failed may have left us.
 * It stands in for the axios inside the vendors' SDKs, which costs several times the CPU per call and tells
 * a refused connection from a lost answer only by guessing.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import type { SendVerdict } from '../kernel/index.ts'

export interface Answer {
  status: number
  /** Names in lower case. */
  headers: http.IncomingHttpHeaders
  body: string
}

export interface OutgoingRequest {
  method: string
  url: string
  headers: http.OutgoingHttpHeaders
  body?: string
}

export interface Transport {
  readonly timeoutMs: number
  /** Any complete answer resolves, whatever its status. Rejects with CallFailed only. */
  call(request: OutgoingRequest): Promise<Answer>
  /**
   * Calls made by `work`, also through an SDK, ask `mayLeave` when the connection stands and nothing has been written
   * yet: between an earlier look and that moment a process may have been frozen for minutes. When it says no, the call
   * fails with `TOO_LATE` and nothing has left.
   */
  guarded<T>(mayLeave: (() => boolean) | undefined, work: () => Promise<T>): Promise<T>
  /** Drops the kept connections; calls under way fail. */
  close(): void
}

/** There is no complete answer. */
export class CallFailed extends Error {
  /** Node's error code, or `TIMEOUT`, `TOO_LATE`, `CUT_SHORT`, `TOO_LARGE`. */
  readonly code: string
  /** False: the provider has surely seen nothing (name not found, refused, no free connection in time, TLS failed). */
  readonly mayHaveLeft: boolean

  constructor(code: string, mayHaveLeft: boolean, message: string) {
    super(message)
    this.name = 'CallFailed'
    this.code = code
    this.mayHaveLeft = mayHaveLeft
  }
}

/** The provider answered, with a status that is not a success. Thrown through the SDKs and caught by our senders. */
export class CallRefused extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(`HTTP ${answer.status}`)
    this.name = 'CallRefused'
    this.answer = answer
  }
}

// Idle connections are dropped before the other side does it (Node's servers: 5 s, AWS load balancers: 60 s): a
// request that meets a closing connection can't be told from one whose answer was lost. Where the server names its
// own time in a Keep-Alive header, Node's agent stays a second below that.
const idleMs = 4_000
const maxAnswerBytes = 8 * 1024 * 1024

/**
 * @param timeoutMs for the whole exchange, from the call to the last byte of the answer, in milliseconds
 * @param maxSockets calls at once to one host; further ones wait, within their time
 */
export function createTransport({
  timeoutMs,
  maxSockets = 256,
}: {
  timeoutMs: number
  maxSockets?: number
}): Transport {
  const options = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets, timeout: idleMs } as const
  const agents = { http: new http.Agent(options), https: new https.Agent(options) }
  // Connections on which a request can be written at once.
  const open = new WeakSet<Socket>()
  const guards = new AsyncLocalStorage<() => boolean>()

  function call({ method, url, headers, body }: OutgoingRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      let mayHaveLeft = false
      let timer: NodeJS.Timeout | undefined
      const mayLeave = guards.getStore()
      const fail = (code: string, message: string) => {
        clearTimeout(timer)
        reject(new CallFailed(code, mayHaveLeft, message))
      }
      const secure = url.startsWith('https:')
      let request: http.ClientRequest
      try {
        const target = new URL(url)
        const how: http.RequestOptions = {
          method,
          hostname: target.hostname.replace(/^\[|\]$/g, ''),
          port: target.port,
          path: target.pathname + target.search,
          headers: body === undefined ? headers : { ...headers, 'Content-Length': Buffer.byteLength(body) },
          agent: secure ? agents.https : agents.http,
        }
        request = secure ? https.request(how) : http.request(how)
      } catch (error) {
        return reject(notARequest(error))
      }
      // Runs right before Node writes: on a kept connection after this event, on a new one after its listener below.
      const leave = () => {
        if (mayLeave && !mayLeave()) {
          fail('TOO_LATE', 'the call came too late to be made')
          request.destroy()
        } else mayHaveLeft = true
      }
      request.once('socket', (socket) => {
        if (open.has(socket)) leave()
        else {
          // Nothing is written before this: the connection must stand, and its TLS handshake be done.
          socket.once(secure ? 'secureConnect' : 'connect', () => {
            open.add(socket)
            leave()
          })
        }
      })
      request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.name, describe(error)))
      request.once('response', (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          if (text.length <= maxAnswerBytes) return
          fail('TOO_LARGE', `the answer is larger than ${maxAnswerBytes} bytes`)
          request.destroy()
        })
        response.on('error', (error: NodeJS.ErrnoException) =>
          fail(error.code ?? error.name, describe(error)),
        )
        response.once('end', () => {
          clearTimeout(timer)
          if (response.complete)
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
          else fail('CUT_SHORT', 'the answer was cut short')
        })
      })
      timer = setTimeout(() => {
        fail('TIMEOUT', `no answer within ${timeoutMs} ms`)
        request.destroy()
      }, timeoutMs)
      request.end(body)
    })
  }

  return {
    timeoutMs,
    call,
    guarded: (mayLeave, work) => (mayLeave ? guards.run(mayLeave, work) : work()),
    close() {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

// A connection tried on several addresses fails with an AggregateError, whose own message is empty.
function describe(error: NodeJS.ErrnoException): string {
  return error.message || (error.code ?? error.name)
}

/** What can't be made into a request at all. */
export function notARequest(error: unknown): CallFailed {
  return new CallFailed('NOT_A_REQUEST', false, error instanceof Error ? error.message : String(error))
}

/** A call without a complete answer: tried again only when it surely never left, and could. */
export function verdictOfFailure(failure: CallFailed): SendVerdict {
  if (failure.code === 'NOT_A_REQUEST')
    return { kind: 'refused', code: failure.code, detail: failure.message }
  return failure.mayHaveLeft
    ? { kind: 'ambiguous', detail: `${failure.code}: ${failure.message}` }
    : { kind: 'retry', code: failure.code, detail: failure.message }
}
