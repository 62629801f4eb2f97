import twilio from 'twilio'
import { describe, expect, it } from 'vitest'
import {
  type Answer,
  control,
  formOf,
  type Received,
  sendText,
  startReceiver,
  startSandbox,
} from '../testing.ts'
import { defaultTwilio } from './account.ts'

const client = '+12025550111'
const firmNumber = defaultTwilio.number

async function world(answer?: (n: number) => Answer) {
  const firm = await startReceiver(answer)
  const sandbox = await startSandbox({ twilio: { smsUrl: `${firm.url}/texts/sms` } })
  const says = async (body: string) => {
    const said = await control(sandbox.url, 'POST', '/_sandbox/texts?wait', {
      from: client,
      to: firmNumber,
      body,
    })
    return (await said.json()) as {
      text: { sid: string; optOut: string | null }
      webhook: { status: number; attempts: number }
    }
  }
  const heard = () => sandbox.core.messages.list({ to: client })
  return { ...sandbox, firm, says, heard }
}

const genuine = (firm: string, call: Received) =>
  twilio.validateRequest(
    defaultTwilio.authToken,
    String(call.headers['x-twilio-signature']),
    `${firm}/texts/sms`,
    formOf(call.body),
  )

describe('a client’s text', () => {
  it('is posted to the number’s webhook, signed', async () => {
    const { firm, says } = await world()
    const { text } = await says('Can’t make it Tuesday 😟')
    const [call] = firm.received
    expect(formOf(call!.body)).toMatchObject({
      MessageSid: text.sid,
      AccountSid: defaultTwilio.sid,
      From: client,
      To: firmNumber,
      Body: 'Can’t make it Tuesday 😟',
      NumMedia: '0',
    })
    expect(formOf(call!.body)).not.toHaveProperty('OptOutType')
    expect(genuine(firm.url, call!)).toBe(true)
  })

  it.each<[string, (n: number) => Answer, number, number]>([
    ['a 5xx', (n) => ({ status: n === 1 ? 503 : 204 }), 2, 204],
    ['a dropped connection', (n) => (n === 1 ? 'hang up' : { status: 204 }), 2, 204],
    ['two 5xx, and then no more', () => ({ status: 500 }), 2, 500],
    ['no retry after a 4xx', () => ({ status: 403 }), 1, 403],
  ])('is posted once more with the same token: %s', async (_, answer, attempts, status) => {
    const { firm, says } = await world(answer)
    expect((await says('hi')).webhook).toMatchObject({ attempts, status })
    const tokens = new Set(firm.received.map((call) => call.headers['i-twilio-idempotency-token']))
    expect([firm.received.length, tokens.size]).toEqual([attempts, 1])
    expect([...tokens][0]).toMatch(/\S/)
  })

  it('gets the reply that TwiML asks for', async () => {
    const body = '<?xml version="1.0"?><Response><Message>Thanks &amp; bye</Message></Response>'
    const { says, heard } = await world(() => ({
      status: 200,
      body,
      headers: { 'content-type': 'text/xml' },
    }))
    await says('hi')
    expect(heard()).toMatchObject([
      { text: 'Thanks & bye', origin: 'twiml', reference: null, from: firmNumber },
    ])
  })

  it('is refused by the control when a field is wrong', async () => {
    const { url } = await world()
    for (const [text, field] of [
      [{ to: firmNumber, body: 'x' }, 'from'],
      [{ from: client, to: '+12025550000', body: 'x' }, 'to'],
      [{ from: client, to: firmNumber, body: '' }, 'body'],
      [{ from: client, to: firmNumber, body: 'x', extra: 1 }, 'extra'],
    ] as const) {
      const answer = await control(url, 'POST', '/_sandbox/texts', text)
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: { field } }])
    }
  })
})

describe('STOP', () => {
  it.each(['STOP', 'stop ', 'StopAll', 'unsubscribe', 'CANCEL', 'end', 'Quit', 'revoke', 'OPTOUT'])(
    '%s is confirmed once by Twilio, told to the firm, and later sends are refused with 21610',
    async (word) => {
      const { url, says, heard, firm } = await world()
      expect((await says(word)).text.optOut).toBe('STOP')
      await says(word)
      expect(heard()).toMatchObject([
        { origin: 'opt-out-reply', reference: null, channel: 'sms', from: firmNumber },
      ])
      expect(firm.received).toHaveLength(2)
      const refused = await sendText(url, { To: client })
      expect([refused.status, await refused.json()]).toMatchObject([400, { code: 21610 }])
      expect((await sendText(url, { To: client, From: '+12015550124' })).status).toBe(201)
    },
  )

  it.each(['please stop', 'opt out', 'stop it', 'STOP!'])('%j is not a word of Twilio’s', async (words) => {
    const { url, says, heard } = await world()
    expect((await says(words)).text.optOut).toBeNull()
    expect(heard()).toEqual([])
    expect((await sendText(url, { To: client })).status).toBe(201)
  })

  it('is undone by START with a confirmation', async () => {
    const { url, says, heard } = await world()
    await says('stop')
    await says('start')
    expect(heard().map((item) => item.text)).toEqual([
      expect.stringContaining('unsubscribed'),
      expect.stringContaining('re-subscribed'),
    ])
    expect((await sendText(url, { To: client })).status).toBe(201)
  })

  it('keeps a TwiML reply from the phone', async () => {
    const body = '<Response><Message>Sorry to see you go</Message></Response>'
    const { says, heard } = await world(() => ({
      status: 200,
      body,
      headers: { 'content-type': 'text/xml' },
    }))
    await says('STOP')
    expect(heard().map((item) => item.origin)).toEqual(['opt-out-reply'])
  })

  it('YES says nothing while nobody opted out; HELP is always answered', async () => {
    const { says, heard } = await world()
    await says('yes')
    await says('HELP')
    await says('info')
    expect(heard().map((item) => item.text)).toEqual([
      expect.stringContaining('Reply STOP'),
      expect.stringContaining('Reply STOP'),
    ])
  })

  it('tells OptOutType only when Advanced Opt-Out is on', async () => {
    const { url, says, firm } = await world()
    await control(url, 'PUT', '/_sandbox/settings', { twilio: { advancedOptOut: true } })
    await says('stop')
    expect(formOf(firm.received[0]!.body)).toMatchObject({
      OptOutType: 'STOP',
      MessagingServiceSid: defaultTwilio.serviceSid,
    })
  })

  it('is forgotten by a reset', async () => {
    const { url, says, core } = await world()
    await says('stop')
    expect((await control(url, 'DELETE', '/_sandbox/messages')).status).toBe(204)
    expect([core.messages.list({}), core.calls.list({})]).toEqual([[], []])
    expect((await sendText(url, { To: client })).status).toBe(201)
  })
})
