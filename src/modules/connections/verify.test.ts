import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import type { RawRequest } from '../../kernel/index.ts'
import type { HookVerification } from './types.ts'
import { verifyHook } from './verify.ts'

const now = Temporal.Instant.from('2026-10-15T12:00:00Z')
const body = '{"data":{"id":1}}'
const request = (headers: Record<string, string>, text = body): RawRequest => ({
  method: 'POST',
  url: 'https://firm.example/hooks/cms',
  headers,
  body: Buffer.from(text),
})

describe('Standard Webhooks', () => {
  const scheme: HookVerification = { scheme: 'standard-webhooks', secrets: ['env:A'] }
  const [first, second] = [0, 1].map(() => `whsec_${randomBytes(32).toString('base64')}`) as [string, string]
  /** The independent signer: the specification's own library. */
  const signed = (secret: string, seconds = 0, id = 'msg_1', text = body): Record<string, string> => {
    const at = now.add({ seconds })
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.epochMilliseconds / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, new Date(at.epochMilliseconds), text),
    }
  }
  const verify = (headers: Record<string, string>, active = [first], text = body) =>
    verifyHook(scheme, request(headers, text), { active }, now)

  it("takes what the specification's own library signed", () => {
    expect(verify(signed(first))).toEqual({ ok: true, secretIndex: 0 })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), (text, id) => {
        expect(verify(signed(first, 0, id, text), [first], text)).toEqual({ ok: true, secretIndex: 0 })
      }),
    )
  })

  it('takes either secret while one is rotated out, and says which', () => {
    expect(verify(signed(second), [first, second])).toEqual({ ok: true, secretIndex: 1 })
    expect(verify(signed(second), [first])).toMatchObject({ status: 401 })
  })

  it('takes any right one of several signatures', () => {
    const both = {
      ...signed(first),
      'webhook-signature': `${signed(second)['webhook-signature']} ${signed(first)['webhook-signature']} v1a,abc`,
    }
    expect(verify(both)).toEqual({ ok: true, secretIndex: 0 })
  })

  it('takes five minutes either way, to the second', () => {
    expect(verify(signed(first, -300))).toMatchObject({ ok: true })
    expect(verify(signed(first, 300))).toMatchObject({ ok: true })
    expect(verify(signed(first, -301))).toEqual({
      ok: false,
      status: 401,
      reason: 'webhook-timestamp is too old: 301 s, at most 300',
    })
    expect(verify(signed(first, 301))).toMatchObject({
      status: 401,
      reason: expect.stringContaining('301 s in the future'),
    })
  })

  it('refuses one byte changed, JSON written anew, and an old id under a fresh time', () => {
    expect(verify(signed(first), [first], body.replace('1', '2'))).toMatchObject({ status: 401 })
    expect(verify(signed(first), [first], JSON.stringify(JSON.parse(body), null, 1))).toMatchObject({
      status: 401,
    })
    expect(
      verify({ ...signed(first, -400), 'webhook-timestamp': signed(first)['webhook-timestamp'] ?? '' }),
    ).toMatchObject({
      status: 401,
      reason: 'the signature does not match',
    })
    expect(verify({ ...signed(first), 'webhook-id': 'msg_2' })).toMatchObject({ status: 401 })
  })

  it('does not tell strangers about the time', () => {
    expect(verify(signed(second, -9_999), [first])).toMatchObject({ reason: 'the signature does not match' })
  })

  it.each([
    ['webhook-signature', '', 401],
    ['webhook-signature', 'nonsense', 400],
    ['webhook-signature', 'v2,AAAA', 400],
    ['webhook-id', '', 400],
    ['webhook-timestamp', '', 400],
    ['webhook-timestamp', 'yesterday', 400],
    ['webhook-timestamp', '-5', 400],
    ['webhook-timestamp', '1e9', 400],
  ])('answers %s %j with %i', (name, value, status) => {
    const headers = signed(first)
    if (value === '') delete headers[name]
    else headers[name] = value
    expect(verify(headers)).toMatchObject({ ok: false, status })
  })

  it('never takes an empty secret', () => {
    for (const empty of ['', 'whsec_']) {
      const headers = signed(first)
      const mark = createHmac('sha256', '')
        .update(`msg_1.${headers['webhook-timestamp']}.${body}`)
        .digest('base64')
      expect(verify({ ...headers, 'webhook-signature': `v1,${mark}` }, [empty])).toMatchObject({
        status: 401,
      })
    }
  })

  it('takes it for our own fault when there is no secret at all', () => {
    expect(() => verify(signed(first), [])).toThrow('no secret')
  })
})

describe("Clio's signature", () => {
  const verify = (headers: Record<string, string>, active: string[], text = body) =>
    verifyHook({ scheme: 'clio' }, request(headers, text), { active }, now)
  const sign = (secret: string, encoding: 'hex' | 'base64') =>
    createHmac('sha256', secret).update(body).digest(encoding)

  it('is taken in hex, small or capital, and in base64', () => {
    for (const mark of [sign('k', 'hex'), sign('k', 'hex').toUpperCase(), sign('k', 'base64')]) {
      expect(verify({ 'x-hook-signature': mark }, ['other', 'k'])).toEqual({ ok: true, secretIndex: 1 })
    }
  })

  it('is refused over another body, by another secret, or before any secret is known', () => {
    const headers = { 'x-hook-signature': sign('k', 'hex') }
    expect(verify(headers, ['k'], `${body} `)).toMatchObject({ status: 401 })
    expect(verify(headers, ['j'])).toMatchObject({ status: 401 })
    expect(verify(headers, [])).toMatchObject({ status: 401 })
    expect(
      verify({ 'x-hook-signature': createHmac('sha256', '').update(body).digest('hex') }, ['']),
    ).toMatchObject({ status: 401 })
  })

  it('missing is 401, malformed 400', () => {
    expect(verify({}, ['k'])).toEqual({ ok: false, status: 401, reason: 'X-Hook-Signature is missing' })
    expect(verify({ 'x-hook-signature': 'abc' }, ['k'])).toMatchObject({ status: 400 })
  })

  it('is preceded by a handshake, which proves nothing yet', () => {
    const verdict = verify({ 'x-hook-secret': 'fresh-secret' }, [])
    expect(verdict).toEqual({ handshake: 'fresh-secret' })
    expect('ok' in verdict).toBe(false)
    expect(verify({ 'x-hook-secret': 'a\tb' }, [])).toMatchObject({ status: 400 })
    // A signed delivery is judged by its signature, whatever secret it offers.
    expect(
      verify({ 'x-hook-secret': 'fresh-secret', 'x-hook-signature': sign('j', 'hex') }, ['k']),
    ).toMatchObject({ status: 401 })
  })
})

describe('a shared header', () => {
  const verify = (headers: Record<string, string>, active = ['s3cret']) =>
    verifyHook({ scheme: 'header', header: 'X-Cms-Key', secret: 'env:A' }, request(headers), { active }, now)

  it('is compared whole, whatever case its name has', () => {
    expect(verify({ 'x-cms-key': 's3cret' })).toEqual({ ok: true, secretIndex: 0 })
    expect(verify({ 'x-cms-key': 'new' }, ['s3cret', 'new'])).toEqual({ ok: true, secretIndex: 1 })
    for (const wrong of ['s3cre', 's3crett', 'S3CRET', ' s3cret']) {
      expect(verify({ 'x-cms-key': wrong })).toMatchObject({ status: 401 })
    }
    expect(verify({})).toEqual({ ok: false, status: 401, reason: 'X-Cms-Key is missing' })
    expect(verify({ 'x-cms-key': '' }, [''])).toMatchObject({ status: 401 })
  })
})

describe('a shared secret in the address', () => {
  const verify = (query: string, active = ['s3cret&']) =>
    verifyHook(
      { scheme: 'query', name: 'code', secret: 'env:A' },
      { ...request({}), url: `https://tipstaff.example.com/hooks/cms${query}` },
      { active },
      now,
    )

  it('is compared whole, as it was encoded', () => {
    expect(verify('?model=case&code=s3cret%26')).toEqual({ ok: true, secretIndex: 0 })
    for (const query of ['?code=s3cret', '?code=S3cret%26', '?other=s3cret%26', '?code='])
      expect(verify(query)).toMatchObject({ ok: false, status: 401 })
    expect(verify('')).toMatchObject({ ok: false, reason: '?code= is missing' })
  })
})
