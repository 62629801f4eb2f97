import twilio from 'twilio'
import { describe, expect, it } from 'vitest'
import { readSpec } from '../core/spec.ts'
import { control, sendText, startSandbox, twilioAuth } from '../testing.ts'
import { defaultTwilio } from './account.ts'
import { twilioError } from './errors.ts'

const answers = readSpec('twilio-messaging.json', { relativeUris: true })
const json = ['content', 'application/json', 'schema']
const base = `/2010-04-01/Accounts/${defaultTwilio.sid}`

function sdk(url: string, token: string = defaultTwilio.authToken) {
  const client = twilio(defaultTwilio.sid, token)
  client.api.baseUrl = url
  return client
}

describe('the real SDK', () => {
  it('sends a text, reads it back, lists it and redacts it', async () => {
    const { url, core } = await startSandbox()
    const client = sdk(url)
    const sent = await client.messages.create({
      to: '+12025550111',
      from: defaultTwilio.number,
      body: 'Your hearing moved.',
      statusCallback: 'http://127.0.0.1:9/receipts/sms?attempt=att%201',
    })
    expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/)
    expect(sent).toMatchObject({
      status: 'queued',
      numSegments: '1',
      errorCode: null,
      direction: 'outbound-api',
    })
    expect(Math.abs(sent.dateCreated.getTime() - Date.now())).toBeLessThan(5000)
    expect((await client.messages(sent.sid).fetch()).body).toBe('Your hearing moved.')
    const listed = await client.messages.list({ to: '+12025550111', dateSent: new Date() })
    expect(listed.map((item) => item.sid)).toEqual([sent.sid])
    expect(core.messages.list({})).toMatchObject([
      {
        provider: 'twilio',
        providerMessageId: sent.sid,
        channel: 'sms',
        reference: 'att 1',
        text: 'Your hearing moved.',
      },
    ])
    const redacted = await client.messages(sent.sid).update({ body: '' })
    expect(redacted.body).toBe('')
  })

  it('gets a RestException with Twilio’s code', async () => {
    const { url } = await startSandbox()
    const attempt = sdk(url).messages.create({ to: '+15005550001', from: defaultTwilio.number, body: 'x' })
    await expect(attempt).rejects.toMatchObject({ code: 21211, status: 400 })
    await expect(sdk(url, 'wrong').messages.list()).rejects.toMatchObject({ code: 20003, status: 401 })
  })

  it('finds its account and its numbers, and sets a webhook', async () => {
    const { url, twilio: state } = await startSandbox()
    const client = sdk(url)
    expect((await client.api.accounts(defaultTwilio.sid).fetch()).status).toBe('active')
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: defaultTwilio.number })
    await client.incomingPhoneNumbers(number!.sid).update({ smsUrl: 'http://127.0.0.1:9/texts' })
    expect(state.account.numbers.get(defaultTwilio.number)!.smsUrl).toBe('http://127.0.0.1:9/texts')
  })

  it('pages through a long list without gaps or repeats', async () => {
    const { url } = await startSandbox()
    const client = sdk(url)
    for (let i = 0; i < 7; i++) await sendText(url, { Body: `n${i}` })
    const listed = await client.messages.list({ to: '+12025550111', pageSize: 3 })
    expect(listed.map((item) => item.body)).toEqual(['n6', 'n5', 'n4', 'n3', 'n2', 'n1', 'n0'])
  })
})

describe('the list', () => {
  it('shows a new message only after the lag, while it can be fetched at once', async () => {
    const { url, core } = await startSandbox()
    core.settings.twilio.listLagMs = 3000
    core.clock.drive({ advanceMs: 0 })
    const { sid } = (await (await sendText(url, {})).json()) as { sid: string }
    const get = async (path: string) =>
      (await fetch(url + base + path, { headers: { authorization: twilioAuth } })).json()
    expect(await get('/Messages.json')).toMatchObject({ messages: [] })
    expect(await get(`/Messages/${sid}.json`)).toMatchObject({ sid })
    core.clock.drive({ advanceMs: 2999 })
    expect(await get('/Messages.json')).toMatchObject({ messages: [] })
    core.clock.drive({ advanceMs: 1 })
    expect(await get('/Messages.json')).toMatchObject({ messages: [{ sid }] })
  })

  it('filters by sender and by day, bounds included', async () => {
    const { url, core } = await startSandbox()
    core.clock.drive({ now: Date.UTC(2030, 4, 5, 23, 59, 59) })
    await sendText(url, { Body: 'first day' })
    core.clock.drive({ advanceMs: 2000 })
    await sendText(url, { Body: 'second day', From: '+12015550124' })
    const list = async (query: string) => {
      const answer = await fetch(`${url + base}/Messages.json?${query}`, {
        headers: { authorization: twilioAuth },
      })
      return ((await answer.json()) as { messages: { body: string }[] }).messages.map((item) => item.body)
    }
    expect(await list('DateSent=2030-05-05')).toEqual(['first day'])
    expect(await list('DateSent%3E=2030-05-06')).toEqual(['second day'])
    expect(await list('DateSent%3C=2030-05-05')).toEqual(['first day'])
    expect(await list('DateSent%3E=2030-05-05&DateSent%3C=2030-05-06')).toEqual(['second day', 'first day'])
    expect(await list('From=%2B12015550124')).toEqual(['second day'])
  })
})

describe('what Twilio would refuse', () => {
  it.each([
    ['no recipient', { To: '' }, 21604],
    ['not a phone number', { To: '555-0111' }, 21211],
    ['no such area code', { To: '+11115550111' }, 21211],
    ['no text', { Body: '' }, 21602],
    ['a text that is too long', { Body: 'x'.repeat(1601) }, 21617],
    ['a sender that is not ours', { From: '+12025550199' }, 21606],
    ['a sender that is no number', { From: 'HARBOR' }, 21212],
    ['to and from the same', { To: '+12015550123' }, 21266],
    ['a callback that is no URL', { StatusCallback: 'not a url' }, 21609],
    ['a callback host with an underscore', { StatusCallback: 'http://my_host/x' }, 21609],
    ['media that is no URL', { MediaUrl: 'cat.jpg' }, 21620],
    ['an unknown service', { MessagingServiceSid: `MG${'0'.repeat(32)}` }, 21701],
    ['a validity that is no number', { ValidityPeriod: 'soon' }, 20001],
    ['a validity out of range', { ValidityPeriod: '36001' }, 20001],
    ['an unknown schedule', { ScheduleType: 'someday' }, 20001],
    ['a schedule without a service', { ScheduleType: 'fixed', SendAt: '2030-01-01T00:00:00Z' }, 35118],
  ])('%s', async (_, form, code) => {
    const { url, core } = await startSandbox()
    const answer = await sendText(url, form)
    const body = (await answer.json()) as { code: number; status: number }
    expect(body.code).toBe(code)
    expect(body.status).toBe(answer.status)
    expect(core.messages.list({})).toEqual([])
  })

  it('a wrong token and another account', async () => {
    const { url } = await startSandbox()
    expect((await sendText(url, {}, 'Basic xyz')).status).toBe(401)
    const other = await fetch(`${url}/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`, {
      headers: { authorization: twilioAuth },
    })
    expect(other.status).toBe(404)
  })

  it('no sender at all', async () => {
    const { url } = await startSandbox()
    const answer = await fetch(`${url + base}/Messages.json`, {
      method: 'POST',
      headers: { authorization: twilioAuth },
      body: new URLSearchParams({ To: '+12025550111', Body: 'x' }),
    })
    expect(await answer.json()).toMatchObject({ code: 21603 })
  })

  it('carries Retry-After when the rate is exceeded', async () => {
    const { url } = await startSandbox()
    const answer = await sendText(url, { To: '+15005551429' })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2'])
  })
})

it('schedules through a service, sends at the time by its clock, and cancels', async () => {
  const { url, core } = await startSandbox()
  core.clock.drive({ now: Date.UTC(2030, 0, 1) })
  const form = {
    MessagingServiceSid: defaultTwilio.serviceSid,
    ScheduleType: 'fixed',
    SendAt: '2030-01-02T00:00:00Z',
  }
  const [kept, stopped] = await Promise.all(
    [1, 2].map(async () => (await (await sendText(url, form)).json()) as { sid: string; status: string }),
  )
  expect(kept!.status).toBe('scheduled')
  const cancel = () =>
    fetch(`${url + base}/Messages/${stopped!.sid}.json`, {
      method: 'POST',
      headers: { authorization: twilioAuth },
      body: new URLSearchParams({ Status: 'canceled' }),
    })
  expect(await (await cancel()).json()).toMatchObject({ status: 'canceled' })
  expect(await (await cancel()).json()).toMatchObject({ code: 30409 })
  core.clock.drive({ now: Date.UTC(2030, 0, 2, 0, 1) })
  expect(
    core.messages
      .list({})
      .map((item) => item.status)
      .sort(),
  ).toEqual(['canceled', 'delivered'])
})

describe('answers against the published spec', () => {
  it('a sent message, a list, an account and a number are valid', async () => {
    const { url } = await startSandbox()
    const at = (path: string, method: string, status: string) =>
      answers.at('paths', `/2010-04-01/Accounts/${path}`, method, 'responses', status, ...json)
    const get = async (path: string) =>
      (await fetch(`${url}/2010-04-01/Accounts/${path}`, { headers: { authorization: twilioAuth } })).json()
    const sent = (await (await sendText(url, { MediaUrl: 'https://example.com/a.png' })).json()) as {
      sid: string
    }
    expect(at('{AccountSid}/Messages.json', 'post', '201')(sent)).toBeUndefined()
    const messages = await get(`${defaultTwilio.sid}/Messages.json`)
    expect(at('{AccountSid}/Messages.json', 'get', '200')(messages)).toBeUndefined()
    const account = await get(`${defaultTwilio.sid}.json`)
    expect(at('{Sid}.json', 'get', '200')(account)).toBeUndefined()
    const numbers = await get(`${defaultTwilio.sid}/IncomingPhoneNumbers.json`)
    expect(at('{AccountSid}/IncomingPhoneNumbers.json', 'get', '200')(numbers)).toBeUndefined()
  })

  it('name every field that the spec names, so that no client meets a gap', async () => {
    const { url } = await startSandbox()
    const sent = (await (await sendText(url, {})).json()) as object
    const spec = JSON.parse(
      await (await import('node:fs/promises')).readFile(
        new URL('../specs/twilio-messaging.json', import.meta.url),
        'utf8',
      ),
    )
    const named = Object.keys(spec.components.schemas['api.v2010.account.message'].properties)
    expect(Object.keys(sent).sort()).toEqual(named.sort())
  })

  it('the check itself fails on a wrong answer', () => {
    const check = answers.at('components', 'schemas', 'api.v2010.account.message')
    expect(check({ sid: 'SM1' })).toMatchObject({ field: 'sid' })
    expect(check({ date_created: '2026-01-01T00:00:00Z' })).toMatchObject({ field: 'date_created' })
  })
})

it('logs refused calls too, with their reference', async () => {
  const { url } = await startSandbox()
  await sendText(url, { To: '+15005550001', StatusCallback: 'http://127.0.0.1:9/r?x=1&attempt=att_2' })
  const { calls } = (await (await control(url, 'GET', '/_sandbox/calls?provider=twilio')).json()) as {
    calls: object[]
  }
  expect(calls).toEqual([
    {
      provider: 'twilio',
      method: 'POST',
      path: `${base}/Messages.json`,
      status: 400,
      reference: 'att_2',
      at: expect.any(String),
    },
  ])
})

it('writes Twilio’s error body', async () => {
  expect(await twilioError(21610).json()).toEqual({
    code: 21610,
    message: 'Attempt to send to unsubscribed recipient',
    more_info: 'https://www.twilio.com/docs/errors/21610',
    status: 400,
  })
})
