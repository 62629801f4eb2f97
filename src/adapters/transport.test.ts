import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { CallFailed, createTransport, notARequest, verdictOfFailure } from './transport.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function serve(handle: http.RequestListener): Promise<{ url: string; connections(): number }> {
  let connections = 0
  const server = http.createServer(handle)
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections }
}

function transport(options: { timeoutMs: number; maxSockets?: number }) {
  const made = createTransport(options)
  cleanups.push(made.close)
  return made
}

const post = (url: string, body = 'x') => ({ method: 'POST', url, headers: {}, body })

describe('the transport to providers', () => {
  it('gives any complete answer, with its headers and its body as text', async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(418, { 'X-Some': 'thing' })
      request.pipe(response)
    })
    const answer = await transport({ timeoutMs: 2000 }).call(post(url, 'ñ 😀'))
    expect(answer).toMatchObject({ status: 418, headers: { 'x-some': 'thing' }, body: 'ñ 😀' })
  })

  it('keeps its connections', async () => {
    const { url, connections } = await serve((_, response) => response.end())
    const { call } = transport({ timeoutMs: 2000 })
    for (let i = 0; i < 10; i++) await call(post(url))
    expect(connections()).toBe(1)
  })

  it('knows that a call which waited in vain for a connection has not left', async () => {
    const { url } = await serve(() => {})
    const { call } = transport({ timeoutMs: 150, maxSockets: 1 })
    const [busy, waiting] = await Promise.allSettled([call(post(url)), call(post(url))])
    expect(busy).toMatchObject({ reason: { code: 'TIMEOUT', mayHaveLeft: true } })
    expect(waiting).toMatchObject({ reason: { code: 'TIMEOUT', mayHaveLeft: false } })
  })

  it('takes a kept connection that closes under the request for one that may have carried it', async () => {
    let count = 0
    const { url } = await serve((request, response) => {
      if (count++ === 0) response.end()
      else request.socket.destroy()
    })
    const { call } = transport({ timeoutMs: 2000 })
    await call(post(url))
    await expect(call(post(url))).rejects.toMatchObject({ mayHaveLeft: true })
  })

  it.each(['a new connection', 'a kept one'])(
    'writes nothing on %s when a guarded call may not leave any more',
    async (on) => {
      let seen = 0
      const { url } = await serve((_, response) => {
        seen++
        response.end()
      })
      const { call, guarded } = transport({ timeoutMs: 2000 })
      if (on === 'a kept one') await call(post(url))
      const before = seen
      const tooLate = guarded(
        () => false,
        () => call(post(url)),
      )
      await expect(tooLate).rejects.toMatchObject({ code: 'TOO_LATE', mayHaveLeft: false })
      // One that may leave comes through, and is the only one that the server sees.
      await guarded(
        () => true,
        () => call(post(url)),
      )
      expect(seen).toBe(before + 1)
    },
  )

  it('gives up on an answer without end', async () => {
    const { url } = await serve((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more)
      }
      more()
    })
    await expect(transport({ timeoutMs: 10_000 }).call(post(url))).rejects.toMatchObject({
      code: 'TOO_LARGE',
    })
  })

  it('rejects what is no request before anything leaves', async () => {
    const { call } = transport({ timeoutMs: 2000 })
    await expect(call(post('no url'))).rejects.toMatchObject({ mayHaveLeft: false })
    const smuggling = { ...post('http://127.0.0.1:9'), headers: { a: 'b\r\nc: d' } }
    await expect(call(smuggling)).rejects.toMatchObject({ mayHaveLeft: false })
  })

  it('lets only what surely never left be tried again', () => {
    expect(verdictOfFailure(new CallFailed('ECONNREFUSED', false, 'refused'))).toMatchObject({
      kind: 'retry',
    })
    expect(verdictOfFailure(new CallFailed('ECONNRESET', true, 'reset'))).toMatchObject({ kind: 'ambiguous' })
    expect(verdictOfFailure(notARequest(new Error('no URL')))).toMatchObject({
      kind: 'refused',
      detail: 'no URL',
    })
  })
})
