import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import twilio from 'twilio'
import { afterAll, describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox/app.ts'
import { createTwilioProvider } from '../../src/adapters/twilio/index.ts'
import { policyOf } from '../../src/adapters/twilio/policy.ts'
import { drivenClock, systemClock } from '../../src/kernel/index.ts'
import { describeProvider } from '../../src/modules/delivery/conformance.ts'
import { openTrouble } from '../../src/modules/delivery/conformance-support.ts'

const accountSid = `AC${'f1'.repeat(16)}`
const authToken = 'sandbox-twilio-auth-token'
const settings = { accountSid, authToken, from: '+12015550123' }

describeProvider(
  'twilio',
  {
    name: 'twilio',
    recipient: (n) => `+1212555${String(n).padStart(4, '0')}`,
    refusals: [
      { to: '+15005551003', verdict: { kind: 'refused', code: '20003', page: true } },
      { to: '+15005551429', verdict: { kind: 'retry', code: '20429', after: 2 } },
      { to: '+15005551500', verdict: { kind: 'retry', code: '20500' } },
      { to: '+15005552211', verdict: { kind: 'refused', code: '21211', suppress: 'invalid_number' } },
      { to: '+15005552408', verdict: { kind: 'refused', code: '21408' } },
      { to: '+15005552608', verdict: { kind: 'refused', code: '21608' } },
      { to: '+15005552610', verdict: { kind: 'refused', code: '21610', suppress: 'opted_out' } },
      { to: '+15005552611', verdict: { kind: 'retry', code: '21611' } },
      { to: '+15005552614', verdict: { kind: 'refused', code: '21614', suppress: 'not_mobile' } },
      { to: '+15005559006', verdict: { kind: 'ambiguous' } },
    ],
    endings: [
      { to: '+15005553001', receipt: { kind: 'failed', code: '30001', retryable: true } },
      { to: '+15005553002', receipt: { kind: 'failed', code: '30002', page: true } },
      { to: '+15005553003', receipt: { kind: 'undelivered', code: '30003', retryable: true } },
      { to: '+15005553004', receipt: { kind: 'undelivered', code: '30004', suppress: 'blocked' } },
      { to: '+15005553005', receipt: { kind: 'undelivered', code: '30005', suppress: 'unknown_handset' } },
      { to: '+15005553006', receipt: { kind: 'undelivered', code: '30006', suppress: 'landline' } },
      { to: '+15005553007', receipt: { kind: 'undelivered', code: '30007', page: true } },
      { to: '+15005553008', receipt: { kind: 'undelivered', code: '30008', retryable: true } },
      { to: '+15005553034', receipt: { kind: 'undelivered', code: '30034', page: true } },
      { to: '+15005553036', receipt: { kind: 'failed', code: '30036' } },
      { to: '+15005559002', receipt: { kind: 'sent' } },
      { to: '+15005559004', receipt: { kind: 'delivered' } },
    ],
    wrongSettings: [
      { changes: { accountSid: 'SK00' }, path: 'accountSid' },
      { changes: { authToken: '' }, path: 'authToken' },
      { changes: { from: '201-555-0123' }, path: 'from' },
      { changes: { from: undefined }, path: 'from' },
      { changes: { messagingServiceSid: `MG${'f1'.repeat(16)}` }, path: 'from' },
      { changes: { baseUrl: 'ftp://example.com' }, path: 'baseUrl' },
      { changes: { timeoutMs: 0 }, path: 'timeoutMs' },
    ],
    wrongCredentials: { authToken: 'not-the-token' },
    signsUrl: true,
    takesTexts: true,
    carriesMail: false,
    canBeAsked: true,
  },
  async () => {
    const sandbox = createSandbox()
    const { url, close } = await sandbox.listen(0)
    await fetch(`${url}/_sandbox/settings`, {
      method: 'PUT',
      body: JSON.stringify({ twilio: { sentAfterMs: 0, deliveredAfterMs: 1, listLagMs: 0 } }),
    })
    return {
      provider: createTwilioProvider(systemClock),
      settings: (changes) => ({ ...settings, baseUrl: url, ...changes }),
      sandboxUrl: url,
      // Receipts go where each message says, texts where the number says.
      connect: async () => {},
      close,
    }
  },
)

describe('the reader of Twilio’s callbacks', () => {
  const clock = drivenClock('2026-10-15T10:00:00Z')
  const attempt = '0199e8a0-0000-7000-8000-000000000001'
  const { reader } = createTwilioProvider(clock).open({ ...settings, secondaryAuthToken: 'the-other-token' })
  const signed = (url: string, params: Record<string, string>, token = authToken) => ({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(token, url, params),
    },
    body: Buffer.from(new URLSearchParams(params).toString()),
  })
  const delivered = { MessageSid: 'SM1', MessageStatus: 'delivered' }

  it('agrees with the signature in Twilio’s documentation', () => {
    const { reader: documented } = createTwilioProvider(clock).open({ ...settings, authToken: '12345' })
    const request = {
      method: 'POST',
      url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
      headers: { 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
      body: Buffer.from(
        'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212',
      ),
    }
    // Genuine, though not about a message.
    expect(documented.receipts(request)).toMatchObject({ ok: false, status: 422 })
    expect(documented.receipts({ ...request, url: `${request.url}3` })).toMatchObject({
      ok: false,
      status: 403,
    })
  })

  it.each([
    ['with the default port', 'https://hooks.example.com:443/receipts/sms?attempt='],
    ['without it', 'https://hooks.example.com/receipts/sms?attempt='],
  ])('accepts what was signed %s', (_, signedUrl) => {
    const request = {
      ...signed(signedUrl + attempt, delivered),
      url: `https://hooks.example.com/receipts/sms?attempt=${attempt}`,
    }
    expect(reader.receipts(request)).toEqual({
      ok: true,
      receipts: [
        {
          key: 'SM1:delivered',
          kind: 'delivered',
          providerMessageId: 'SM1',
          attemptId: attempt,
          at: clock.now(),
        },
      ],
    })
  })

  it('accepts both tokens while they are rotated, and no third', () => {
    const url = 'https://hooks.example.com/receipts/sms'
    expect(reader.receipts(signed(url, delivered, 'the-other-token'))).toMatchObject({ ok: true })
    expect(reader.receipts(signed(url, delivered, 'a-third-token'))).toMatchObject({ ok: false, status: 403 })
  })

  it('reads a JSON body that is covered by its hash in the URL', () => {
    const body = JSON.stringify(delivered)
    const hash = createHash('sha256').update(body).digest('hex')
    const url = `https://hooks.example.com/receipts/sms?attempt=${attempt}&bodySHA256=${hash}`
    const headers = {
      'content-type': 'application/json',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(authToken, url, {}),
    }
    const request = { method: 'POST', url, headers, body: Buffer.from(body) }
    expect(reader.receipts(request)).toMatchObject({ ok: true, receipts: [{ attemptId: attempt }] })
    const changed = Buffer.from(body.replace('delivered', 'undelivered'))
    expect(reader.receipts({ ...request, body: changed })).toMatchObject({ ok: false, status: 403 })
  })

  it('takes an attempt id for one only if it is a UUID, and refuses a status that it does not know', () => {
    const read = reader.receipts(signed('https://hooks.example.com/r?attempt=%27%3B--', delivered))
    expect(read.ok && read.receipts[0]).not.toHaveProperty('attemptId')
    const strange = signed('https://hooks.example.com/r', { MessageSid: 'SM1', MessageStatus: 'teleported' })
    expect(reader.receipts(strange)).toMatchObject({ ok: false, status: 422 })
    expect(reader.receipts(signed('https://hooks.example.com/r', { a: 'b' }))).toMatchObject({ status: 422 })
  })

  it('reads media, and what the carrier has already acted on', () => {
    const params = {
      MessageSid: 'MM1',
      From: '+12125550100',
      To: '+12015550123',
      Body: 'STOP',
      NumMedia: '2',
      MediaUrl0: 'https://api.twilio.com/a',
      MediaContentType0: 'image/jpeg',
      MediaUrl1: 'https://api.twilio.com/b',
      OptOutType: 'STOP',
    }
    expect(reader.texts!(signed('https://hooks.example.com/texts/sms', params))).toEqual({
      ok: true,
      texts: [
        {
          providerMessageId: 'MM1',
          from: '+12125550100',
          to: '+12015550123',
          body: 'STOP',
          media: [
            { url: 'https://api.twilio.com/a', contentType: 'image/jpeg' },
            { url: 'https://api.twilio.com/b', contentType: 'application/octet-stream' },
          ],
          carrierAction: 'stop',
        },
      ],
    })
  })
})

describe('Twilio’s codes', () => {
  it('are retried, suppressed and paged as the table in our provider facts says', () => {
    const codes = Array.from({ length: 11_000 }, (_, i) => String(20_000 + i))
    const having = (what: 'retryable' | 'suppress' | 'page') => codes.filter((code) => policyOf(code)[what])
    // 21611, a full queue, is ours: nothing was taken.
    expect(having('retryable')).toEqual(['20429', '21611', '30001', '30003', '30008'])
    expect(having('suppress')).toEqual(['21211', '21610', '21614', '30004', '30005', '30006'])
    expect(having('page')).toEqual(expect.arrayContaining(['20003', '30002', '30007', '30034']))
  })

  it('heard in the answer itself are not taken for a success', async () => {
    const body = JSON.stringify({
      sid: 'SM1',
      status: 'failed',
      error_code: 30006,
      error_message: 'Landline +12125550100',
    })
    const server = await openTrouble({ status: 201, body })
    const { sender } = createTwilioProvider(systemClock).open({ ...settings, baseUrl: server.url })
    const message = {
      attemptId: 'a',
      channel: 'sms',
      to: '+12125550100',
      text: 'x',
      receiptsUrl: 'https://a.b/r',
    } as const
    expect(await sender.send(message)).toEqual({
      kind: 'refused',
      code: '30006',
      detail: 'Landline [number]',
      suppress: 'landline',
    })
    sender.close!()
    await server.close()
  })
})

describe('a Twilio list of many pages', () => {
  it('is read until it is older than the window', async () => {
    const sandbox = createSandbox()
    const { url, close } = await sandbox.listen(0)
    afterAll(close)
    sandbox.core.settings.twilio.listLagMs = 0
    const { sender } = createTwilioProvider(systemClock).open({ ...settings, baseUrl: url })
    const message = { channel: 'sms', to: '+12125550100', receiptsUrl: 'http://127.0.0.1:9/r' } as const
    const from = Temporal.Now.instant()
    for (let i = 0; i < 250; i++) await sender.send({ ...message, attemptId: `a${i}`, text: `text ${i}` })
    const until = Temporal.Now.instant()
    for (const text of ['text 0', 'text 120', 'text 249']) {
      expect(await sender.find!({ to: message.to, text, from, until })).toHaveLength(1)
    }
    expect(await sender.find!({ to: message.to, text: 'text 250', from, until })).toEqual([])
    sender.close!()
  })
})

describe('the weight of the SDK', () => {
  it('is carried in part only: neither voice, JWT nor the package’s index are loaded', () => {
    const imports = ['client', 'reader'].flatMap((file) => {
      const source = readFileSync(new URL(`../../src/adapters/twilio/${file}.ts`, import.meta.url), 'utf8')
      return [...source.matchAll(/from '(twilio[^']*)'/g)].map(([, name]) => name)
    })
    expect(imports).toContain('twilio/lib/rest/Twilio.js')
    expect(imports).not.toContain('twilio')
  })
})
