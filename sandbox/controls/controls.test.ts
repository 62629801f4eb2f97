import { describe, expect, it } from 'vitest'
import { control, sendMail, sendText, startSandbox } from '../testing.ts'

const read = async (url: string, path: string) =>
  (await control(url, 'GET', path)).json() as Promise<Record<string, Record<string, unknown>[]>>

describe('GET /_sandbox/messages', () => {
  it('has exactly the fields of the contract, and our own two', async () => {
    const { url } = await startSandbox()
    await sendMail(url)
    const { messages } = await read(url, '/_sandbox/messages')
    const contract =
      'id provider providerMessageId channel to from subject text html reference acceptedAt status'
    expect(Object.keys(messages![0]!)).toEqual([...contract.split(' '), 'origin', 'headers'])
  })

  it('filters by the query', async () => {
    const { url } = await startSandbox()
    await sendText(url, {})
    await sendMail(url)
    const count = async (query: string) => (await read(url, `/_sandbox/messages?${query}`)).messages!.length
    expect(await count('channel=sms')).toBe(1)
    expect(await count('to=+12025550111')).toBe(1)
    expect(await count('to=%2B12025550111')).toBe(1)
    expect(await count('to=ada@example.com&channel=email')).toBe(1)
    expect(await count('since=2000-01-01T00:00:00Z')).toBe(2)
    expect(await count('since=2100-01-01T00:00:00%2B02:00')).toBe(0)
    expect(await count('limit=1')).toBe(1)
  })

  it.each(['channel=fax', 'since=yesterday', 'limit=-1'])('refuses %s and names it', async (query) => {
    const { url } = await startSandbox()
    const answer = await control(url, 'GET', `/_sandbox/messages?${query}`)
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { error: { field: query.split('=')[0] } },
    ])
  })
})

describe('GET /_sandbox/calls', () => {
  it('has exactly the fields of the contract', async () => {
    const { url } = await startSandbox()
    await sendText(url, {})
    await sendMail(url)
    const { calls } = await read(url, '/_sandbox/calls?provider=sendgrid&since=1')
    expect(calls).toEqual([
      {
        provider: 'sendgrid',
        method: 'POST',
        path: '/v3/mail/send',
        status: 202,
        reference: 'att_1',
        at: expect.stringMatching(/Z$/),
      },
    ])
    expect((await control(url, 'GET', '/_sandbox/calls?provider=fax')).status).toBe(400)
  })
})

describe('settings and clock', () => {
  it('changes what is named and nothing when a name or value is wrong', async () => {
    const { url, core } = await startSandbox()
    const put = (body: unknown) => control(url, 'PUT', '/_sandbox/settings', body)
    expect((await put({ twilio: { listLagMs: 5 } })).status).toBe(200)
    expect(core.settings.twilio.listLagMs).toBe(5)
    for (const [body, field] of [
      [{ twilio: { listLagMs: 6, nonsense: 1 } }, 'twilio.nonsense'],
      [{ twilio: { listLagMs: 6 }, sendgrid: { flushMs: -1 } }, 'sendgrid.flushMs'],
      [{ twilio: { advancedOptOut: 'yes' } }, 'twilio.advancedOptOut'],
      [[], 'body'],
    ] as const) {
      const answer = await put(body)
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: { field } }])
    }
    expect(core.settings.twilio.listLagMs).toBe(5)
  })

  it('drives the clock forward only, and lets it go', async () => {
    const { url, core } = await startSandbox()
    const put = (body: unknown) => control(url, 'PUT', '/_sandbox/clock', body)
    expect(await (await put({ now: '2100-01-01T00:00:00Z' })).json()).toEqual({
      now: '2100-01-01T00:00:00.000Z',
    })
    expect(await (await put({ advanceMs: 1500 })).json()).toEqual({ now: '2100-01-01T00:00:01.500Z' })
    for (const body of [{ now: '2000-01-01' }, { now: 'soon' }, { advanceMs: -1 }, {}])
      expect((await put(body)).status).toBe(400)
    await control(url, 'DELETE', '/_sandbox/clock')
    expect(Math.abs(core.now() - Date.now())).toBeLessThan(1000)
  })
})

it('gives a number a webhook, also a number that the account did not have', async () => {
  const { url } = await startSandbox()
  const put = (e164: string, smsUrl: string) =>
    control(url, 'PUT', `/_sandbox/twilio/numbers/${e164}`, { smsUrl })
  expect((await put('+13105550100', 'http://127.0.0.1:9/texts')).status).toBe(200)
  expect((await sendText(url, { From: '+13105550100' })).status).toBe(201)
  expect((await put('310', 'http://127.0.0.1:9/')).status).toBe(400)
  expect((await put('+13105550100', 'ftp://x')).status).toBe(400)
})
