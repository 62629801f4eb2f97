/** What the webhook door refuses, and with which status; nothing of it is stored. */
import http from 'node:http'
import { gzipSync } from 'node:zlib'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { post, type Signed, signed } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const payload = { caseId: '21002', newStatus: 'Investigation' }
const good = () => signed(payload, world.clock.now())
const flat = (delivery: Signed) => post(world, 'harbor-pike-flat', delivery)
const stored = async () => (await world.rows('select id from inbound_deliveries')).length

describe('nothing is stored of a webhook', () => {
  afterEach(async () => expect(await stored()).toBe(0))

  it('with one byte changed: 401', async () => {
    const { body, headers } = good()
    const text = String(body)
    for (const at of [0, 5, text.length - 1]) {
      const changed = Buffer.from(text)
      changed[at]! ^= 1
      expect(await flat({ body: changed, headers })).toBe(401)
    }
    expect(await flat({ body: `${text} `, headers })).toBe(401)
  })

  it('whose JSON was read and written anew: 401, since the bytes are what is signed', async () => {
    const { headers } = signed('{ "caseId": "21002",\n "newStatus": "Investigation" }', world.clock.now())
    expect(await flat({ body: JSON.stringify(payload), headers })).toBe(401)
  })

  it('that is 301 seconds old, or from 301 seconds ahead: 401', async () => {
    expect(await flat(signed(payload, world.clock.now().subtract({ seconds: 301 })))).toBe(401)
    expect(await flat(signed(payload, world.clock.now().add({ seconds: 301 })))).toBe(401)
    const { body, headers } = signed(payload, world.clock.now().subtract({ seconds: 301 }))
    const now = String(Math.floor(world.clock.now().epochMilliseconds / 1000))
    expect(await flat({ body, headers: { ...headers, 'webhook-timestamp': now } })).toBe(401)
  })

  it('without signature: 401; with one that is none: 400', async () => {
    const { body, headers } = good()
    const { 'webhook-signature': mark, ...unsigned } = headers
    expect(await flat({ body, headers: unsigned })).toBe(401)
    expect(await flat({ body, headers: { ...headers, 'webhook-signature': 'v1,short' } })).toBe(400)
    expect(
      await flat({ body, headers: { ...headers, 'webhook-signature': mark!.replace('v1', 'v2') } }),
    ).toBe(400)
    expect(
      await post(world, 'harbor-pike-billing', { body: '{}', headers: { 'x-billing-secret': 'guess' } }),
    ).toBe(401)
    expect(await post(world, 'harbor-pike-clio?model=matter', { body: '{}', headers: {} })).toBe(401)
  })

  it('that is compressed: 415', async () => {
    const { body, headers } = good()
    expect(
      await flat({ body: gzipSync(String(body)), headers: { ...headers, 'content-encoding': 'gzip' } }),
    ).toBe(415)
  })

  it('for an address that nobody has: 404', async () => {
    expect(await post(world, 'nobody', good())).toBe(404)
    expect(await post(world, 'harbor-pike-twilio', good())).toBe(404)
  })

  it('that is too large: 413, without its signature having been looked at', async () => {
    expect(await flat({ body: Buffer.alloc(1_048_577, 32), headers: {} })).toBe(413)
    // In chunks, without saying how much will come.
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const answer = fetch(`${world.appUrl}/hooks/harbor-pike-flat`, {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect((await answer).status).toBe(413)
  })

  it('counts what was refused, by reason', async () => {
    const { body } = await world.runtime.metrics.expose()
    for (const outcome of ['refused', 'oversized', 'unsupported', 'unknown_connection'])
      expect(body).toMatch(new RegExp(`hooks[^\\n]*outcome="${outcome}"`))
  })
})

describe('the limits themselves', () => {
  it('are inside: 300 seconds either way, one of several signatures', async () => {
    expect(
      await flat(signed({ caseId: '21002', newStatus: 'A' }, world.clock.now().subtract({ seconds: 300 }))),
    ).toBe(202)
    expect(
      await flat(signed({ caseId: '21002', newStatus: 'B' }, world.clock.now().add({ seconds: 300 }))),
    ).toBe(202)
    const { body, headers } = good()
    const marks = `v1,${Buffer.alloc(32).toString('base64')} ${headers['webhook-signature']} v2,x`
    expect(await flat({ body, headers: { ...headers, 'webhook-signature': marks } })).toBe(202)
  })
})

describe('our own fault', () => {
  it('is a 503, so that the sender tries again, and never a refusal', async () => {
    const before = await stored()
    await world.database.ownerPool.query('alter table inbound_deliveries rename to elsewhere')
    const answers = [await flat(good())]
    await world.database.ownerPool.query('alter table elsewhere rename to inbound_deliveries')
    await world.database.ownerPool.query('alter table receipts rename to elsewhere')
    answers.push(await callBack(world.appUrl))
    await world.database.ownerPool.query('alter table elsewhere rename to receipts')
    expect(answers).toEqual([503, 503])
    expect(await stored()).toBe(before)
    expect(await flat(good())).toBe(202)
    await world.settled()
  })
})

describe('behind a proxy', () => {
  it('Twilio’s signature counts over the public address, whatever host and path the proxy uses', async () => {
    expect(await callBack(world.appUrl, 'inside.example:8080')).toBe(204)
    expect(await callBack('https://inside.example:8080', 'inside.example:8080')).toBe(403)
  })
})

/** A status callback, signed for `base`, that comes to us under another Host. */
function callBack(base: string, host?: string): Promise<number> {
  const path = '/receipts/harbor-pike-twilio?attempt=01890000-0000-7000-8000-000000000000'
  const params = { MessageSid: `SM${'0'.repeat(32)}`, MessageStatus: 'delivered', To: '+12125550100' }
  const mark = getExpectedTwilioSignature('sandbox-twilio-auth-token', base + path, params)
  const { hostname, port } = new URL(world.appUrl)
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': mark,
      ...(host ? { host } : {}),
    }
    const request = http.request({ hostname, port, path, method: 'POST', headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode!))
    })
    request.on('error', reject)
    request.end(new URLSearchParams(params).toString())
  })
}
