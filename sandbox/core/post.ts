import http from 'node:http'
import https from 'node:https'
import type { PostOptions, PostResult } from './deps.ts'

/** The outgoing side: webhooks and callbacks over kept-alive connections. */
export type Poster = {
  post(url: string, options: PostOptions): Promise<PostResult>
  /** Drops all connections and makes open calls end with status 0. */
  close(): void
}

const defaultTimeoutMs = 15_000

/** `after` is the sandbox's clock: waits between tries follow it, time-outs are real. */
export function createPoster(after: (ms: number, task: () => void) => unknown): Poster {
  // Node leaves a connection before the time that the other side's Keep-Alive header names, so a
  // callback does not die on a connection that was just being closed.
  const options = { keepAlive: true, maxSockets: 256, scheduling: 'lifo' } as const
  const agents = { http: new http.Agent(options), https: new https.Agent(options) }

  function once(
    url: string,
    { headers, body, timeoutMs = defaultTimeoutMs }: PostOptions,
  ): Promise<PostResult> {
    return new Promise((resolve) => {
      const fail = (error: string) => resolve({ status: 0, headers: {}, body: '', attempts: 1, error })
      const secure = url.startsWith('https:')
      let request: http.ClientRequest
      try {
        const how = {
          method: 'POST',
          agent: secure ? agents.https : agents.http,
          headers: {
            ...(typeof headers === 'function' ? headers() : headers),
            'content-length': Buffer.byteLength(body),
          },
        }
        request = secure ? https.request(url, how) : http.request(url, how)
      } catch (error) {
        return fail(String(error))
      }
      const timer = setTimeout(() => request.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
      request.on('error', (error) => {
        clearTimeout(timer)
        fail(error.message || String(error))
      })
      request.on('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', (error) => fail(error.message))
        response.on('close', () => clearTimeout(timer))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: flat(response.headers),
            body: Buffer.concat(chunks).toString(),
            attempts: 1,
          }),
        )
      })
      request.end(body)
    })
  }

  return {
    async post(url, options) {
      const done = options.retry?.done ?? ((result) => result.status >= 200 && result.status < 300)
      let result = await once(url, options)
      for (const delayMs of options.retry?.delaysMs ?? []) {
        if (done(result)) break
        await new Promise<void>((resolve) => after(delayMs, resolve))
        result = { ...(await once(url, options)), attempts: result.attempts + 1 }
      }
      return result
    },
    close() {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

function flat(headers: http.IncomingHttpHeaders): Record<string, string> {
  const result: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) result[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return result
}
