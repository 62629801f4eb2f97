import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it, onTestFinished } from 'vitest'
import { alertPoster, type PosterOptions, pinger, signWebhook } from './index.ts'

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`

async function receiver(answer: RequestListener = (_, response) => response.end('ok')) {
  const received: { headers: IncomingMessage['headers']; body: string; url: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push({ headers: request.headers, body, url: request.url ?? '' })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { received, port, url: `http://127.0.0.1:${port}/alerts?x=1` }
}

const poster = (more: Partial<PosterOptions> = {}) =>
  alertPoster({ allowPrivate: true, now: () => Temporal.Now.instant(), ...more })

describe("the operators' webhook", () => {
  it('is signed so that the Standard Webhooks library accepts it, and refuses it with a byte changed', async () => {
    const { received, url } = await receiver()
    expect(await poster().post({ url, secret }, 'delivery-1', '{"é":1}')).toEqual({ ok: true })
    const [{ headers, body, url: path }] = received as [(typeof received)[0]]
    expect(path).toBe('/alerts?x=1')
    expect(headers['content-type']).toBe('application/json')
    expect(headers['webhook-id']).toBe('delivery-1')
    const verifier = new Webhook(secret)
    expect(verifier.verify(body, headers as Record<string, string>)).toEqual({ é: 1 })
    expect(() => verifier.verify(`${body} `, headers as Record<string, string>)).toThrow()
  })

  it("needs a secret of the standard's form", async () => {
    const now = Temporal.Instant.from('2026-01-01T00:00:00Z')
    for (const bad of ['', 'secret', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${'!'.repeat(40)}`]) {
      expect(() => signWebhook(bad, 'id', now, ''), bad).toThrow('whsec_')
    }
    const { received, url } = await receiver()
    expect(await poster().post({ url, secret: 'plain' }, 'i', '{}')).toMatchObject({ ok: false })
    expect(received).toEqual([])
  })

  it('counts as told by a 2xx only; a redirect is not followed', async () => {
    const other = await receiver()
    for (const status of [204, 302, 307, 400, 500]) {
      const { url } = await receiver((_, response) =>
        response.writeHead(status, { location: other.url }).end(),
      )
      const told = await poster().post({ url, secret }, 'i', '{}')
      expect(told).toEqual(status === 204 ? { ok: true } : { ok: false, detail: `answered ${status}` })
    }
    expect(other.received).toEqual([])
  })

  it('gives up on who does not answer, and does not read an endless answer', async () => {
    const silent = await receiver(() => {})
    expect(await poster({ timeoutMs: 60 }).post({ url: silent.url, secret }, 'i', '{}')).toEqual({
      ok: false,
      detail: 'no answer in 60 ms',
    })
    const endless = await receiver((_, response) => {
      response.writeHead(200)
      const more = () => response.write('x'.repeat(16_384), () => response.destroyed || setImmediate(more))
      more()
    })
    expect(await poster().post({ url: endless.url, secret }, 'i', '{}')).toEqual({ ok: true })
  })

  it('reaches nothing inside the network unless the deployment allows it, however the address is written', async () => {
    const { port, received } = await receiver()
    const hosts = [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'localhost',
    ]
    for (const host of hosts) {
      const told = await poster({ allowPrivate: false }).post(
        { url: `http://${host}:${port}/`, secret },
        'i',
        '{}',
      )
      expect(told, host).toMatchObject({ ok: false, detail: expect.stringContaining('inside the network') })
    }
    expect(received).toEqual([])
  })

  it('checks the address that it connects to: a name may not point elsewhere the second time', async () => {
    const { port, received } = await receiver()
    let asked = 0
    const resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
    const url = `http://rebind.example:${port}/`
    expect(await poster({ resolve }).post({ url, secret }, 'i', '{}')).toEqual({ ok: true })
    expect(await poster({ resolve }).post({ url, secret }, 'i', '{}')).toMatchObject({ ok: false })
    expect(asked).toBe(2)
    expect(received).toHaveLength(1)
    const mixed = async () => [
      { address: '1.1.1.1', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]
    const told = await poster({ allowPrivate: false, resolve: mixed }).post({ url, secret }, 'i', '{}')
    expect(told).toEqual({ ok: false, detail: 'its host is an address inside the network' })
  })

  it('speaks http and https only, and says what is wrong with an address that is none', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://example.test/', 'gopher://x/', 'not a url']) {
      expect(await poster().post({ url, secret }, 'i', '{}'), url).toMatchObject({ ok: false })
    }
  })
})

describe('the service that watches for silence', () => {
  const ask = (url: string, more: Partial<PosterOptions> = {}) =>
    pinger({ allowPrivate: true, ...more }).ping(url)

  it('is called by a plain GET at its very address, which counts by a 2xx alone', async () => {
    const methods: (string | undefined)[] = []
    const { received, url } = await receiver((request, response) => {
      methods.push(request.method)
      response.writeHead(methods.length > 1 ? 503 : 200).end()
    })
    expect(await ask(url)).toEqual({ ok: true })
    expect(await ask(url)).toEqual({ ok: false, detail: 'answered 503' })
    expect(methods).toEqual(['GET', 'GET'])
    expect(received.map((one) => [one.url, one.body])).toEqual([
      ['/alerts?x=1', ''],
      ['/alerts?x=1', ''],
    ])
  })

  it('is not waited for without end', async () => {
    const { url } = await receiver(() => {})
    expect(await ask(url, { timeoutMs: 50 })).toEqual({ ok: false, detail: 'no answer in 50 ms' })
  })

  it('can lead neither into the network nor to another kind of address, not by a redirect either', async () => {
    const { received, url, port } = await receiver()
    expect(await ask(url, { allowPrivate: false })).toMatchObject({ ok: false })
    const inside = { allowPrivate: false, resolve: async () => [{ address: '127.0.0.1', family: 4 }] }
    expect(await ask(`http://ping.example:${port}/`, inside)).toMatchObject({ ok: false })
    expect(await ask('http://169.254.169.254/latest/meta-data')).toMatchObject({ ok: false })
    expect(await ask('file:///etc/passwd')).toMatchObject({ ok: false })
    const away = await receiver((_, response) => response.writeHead(302, { location: url }).end())
    expect(await ask(away.url)).toEqual({ ok: false, detail: 'answered 302' })
    expect(received).toEqual([])
  })
})
