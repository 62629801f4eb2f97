import twilio from 'twilio'
import { describe, expect, it } from 'vitest'
import { formOf, sendText, startReceiver, startSandbox } from '../testing.ts'
import { defaultTwilio } from './account.ts'
import { deliveryErrors } from './errors.ts'
import { signature } from './sign.ts'

describe('the signature', () => {
  it('is the one of Twilio’s own vector', () => {
    const params = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    }
    expect(signature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', params)).toBe(
      'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    )
  })

  it('is accepted by the SDK’s check for each callback, and refused after any change', async () => {
    const firm = await startReceiver()
    const { url } = await startSandbox()
    const callback = `${firm.url}/receipts/sms?attempt=a%20b&x=ü`
    await sendText(url, { StatusCallback: callback })
    for (const { headers, body } of await firm.until(2)) {
      const params = formOf(body)
      const header = String(headers['x-twilio-signature'])
      expect(twilio.validateRequest(defaultTwilio.authToken, header, callback, params)).toBe(true)
      expect(twilio.validateRequest(defaultTwilio.authToken, header, callback, { ...params, To: '+1' })).toBe(
        false,
      )
      expect(twilio.validateRequest('other', header, callback, params)).toBe(false)
    }
  })
})

const statusesOf = (received: readonly { body: string }[]) =>
  received.map(({ body }) => formOf(body).MessageStatus)

describe('receipts', () => {
  it('say sent, then delivered, with Twilio’s parameters', async () => {
    const firm = await startReceiver()
    const { url, core } = await startSandbox()
    const { sid } = (await (await sendText(url, { StatusCallback: firm.url })).json()) as { sid: string }
    const received = await firm.until(2)
    expect(statusesOf(received).sort()).toEqual(['delivered', 'sent'])
    expect(formOf(received[0]!.body)).toMatchObject({
      MessageSid: sid,
      SmsSid: sid,
      AccountSid: defaultTwilio.sid,
      From: defaultTwilio.number,
      To: '+12025550111',
    })
    expect(core.messages.list({})[0]!.status).toBe('delivered')
  })

  it('come at the set times', async () => {
    const firm = await startReceiver()
    const { url, core } = await startSandbox()
    Object.assign(core.settings.twilio, { sentAfterMs: 50, deliveredAfterMs: 150 })
    core.clock.drive({ advanceMs: 0 })
    await sendText(url, { StatusCallback: firm.url })
    core.clock.drive({ advanceMs: 149 })
    expect(statusesOf(await firm.until(1))).toEqual(['sent'])
    expect(core.messages.list({})[0]!.status).toBe('sent')
    core.clock.drive({ advanceMs: 1 })
    expect(statusesOf(await firm.until(2))).toEqual(['sent', 'delivered'])
  })

  it('are not said again when the firm fails to take them', async () => {
    const firm = await startReceiver((n) =>
      n === 1 ? { status: 500 } : n === 2 ? 'hang up' : { status: 204 },
    )
    const { url, core } = await startSandbox()
    core.clock.drive({ advanceMs: 0 })
    await sendText(url, { StatusCallback: `${firm.url}/a` })
    core.clock.drive({ advanceMs: 1 })
    await firm.until(2)
    core.clock.drive({ advanceMs: 86_400_000 })
    await sendText(url, { StatusCallback: `${firm.url}/b` })
    core.clock.drive({ advanceMs: 1 })
    const paths = (await firm.until(4)).map((call) => call.url)
    expect(paths).toEqual(['/a', '/a', '/b', '/b'])
  })
})

describe('magic recipients', () => {
  it.each(Object.keys(deliveryErrors).map(Number))(
    '%i is told in the last receipt and kept on the message',
    async (code) => {
      const firm = await startReceiver()
      const { url, core } = await startSandbox()
      const to = `+1500555${3000 + (code - 30_000)}`
      await sendText(url, { To: to, StatusCallback: firm.url })
      const { status } = deliveryErrors[code]!
      const received = await firm.until(status === 'failed' ? 1 : 2)
      const last = received.map(({ body }) => formOf(body)).find((form) => form.ErrorCode !== undefined)
      expect(last).toMatchObject({ MessageStatus: status, ErrorCode: String(code) })
      expect(core.messages.list({})[0]!.status).toBe(status)
    },
  )

  it('out of order: delivered first, and the status stays', async () => {
    const firm = await startReceiver()
    const { url, core } = await startSandbox()
    core.settings.twilio.deliveredAfterMs = 10
    core.clock.drive({ advanceMs: 0 })
    await sendText(url, { To: '+15005559002', StatusCallback: firm.url })
    core.clock.drive({ advanceMs: 1 })
    await firm.until(1)
    core.clock.drive({ advanceMs: 10 })
    expect(statusesOf(await firm.until(2))).toEqual(['delivered', 'sent'])
    expect(core.messages.list({})[0]!.status).toBe('delivered')
  })

  it('doubled: each receipt twice', async () => {
    const firm = await startReceiver()
    const { url } = await startSandbox()
    await sendText(url, { To: '+15005559003', StatusCallback: firm.url })
    expect(statusesOf(await firm.until(4)).sort()).toEqual(['delivered', 'delivered', 'sent', 'sent'])
  })

  it('early: both receipts are in before the answer', async () => {
    const firm = await startReceiver()
    const { url } = await startSandbox()
    expect((await sendText(url, { To: '+15005559004', StatusCallback: firm.url })).status).toBe(201)
    expect(statusesOf(firm.received)).toEqual(['sent', 'delivered'])
  })

  it('silent and stuck: no receipt, or only the first', async () => {
    const firm = await startReceiver()
    const { url, core } = await startSandbox()
    core.clock.drive({ advanceMs: 0 })
    await sendText(url, { To: '+15005559001', StatusCallback: `${firm.url}/silent` })
    await sendText(url, { To: '+15005559005', StatusCallback: `${firm.url}/stuck` })
    core.clock.drive({ advanceMs: 86_400_000 })
    await firm.until(1)
    await sendText(url, { StatusCallback: `${firm.url}/after` })
    core.clock.drive({ advanceMs: 1 })
    expect((await firm.until(3)).map((call) => call.url)).toEqual(['/stuck', '/after', '/after'])
  })

  it('reset: accepted, and the caller hears nothing', async () => {
    const { url, core } = await startSandbox()
    await expect(sendText(url, { To: '+15005559006' })).rejects.toThrow()
    expect(core.messages.list({})).toHaveLength(1)
    expect(core.calls.list({})[0]!.status).toBe(0)
  })

  it('flaky: every other message is undelivered with 30003', async () => {
    const { url, core } = await startSandbox()
    core.clock.drive({ advanceMs: 0 })
    for (let i = 0; i < 4; i++) await sendText(url, { To: '+15005559008' })
    core.clock.drive({ advanceMs: 1 })
    const statuses = core.messages.list({}).map((item) => item.status)
    expect(statuses).toEqual(['undelivered', 'delivered', 'undelivered', 'delivered'])
  })
})
