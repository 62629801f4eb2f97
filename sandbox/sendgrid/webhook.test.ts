import { generateKeyPairSync } from 'node:crypto'
import eventwebhook from '@sendgrid/eventwebhook'
import { describe, expect, it } from 'vitest'
import { type Answer, control, type Received, sendMail, startReceiver, startSandbox } from '../testing.ts'

type Event = Record<string, unknown> & {
  event: string
  email: string
  sg_event_id: string
  sg_message_id: string
}

const eventsOf = (received: readonly Received[]) =>
  received.flatMap((call) => JSON.parse(call.body) as Event[])

function genuine(call: Received, publicKey: string): boolean {
  const webhook = new eventwebhook.EventWebhook()
  const header = (name: string) => String(call.headers[name.toLowerCase()])
  return webhook.verifySignature(
    webhook.convertPublicKeyToECDSA(publicKey),
    call.body,
    header(eventwebhook.EventWebhookHeader.SIGNATURE()),
    header(eventwebhook.EventWebhookHeader.TIMESTAMP()),
  )
}

async function world(answer?: (n: number) => Answer) {
  const firm = await startReceiver(answer)
  const sandbox = await startSandbox({ sendgrid: { webhookUrl: `${firm.url}/receipts/mail` } })
  sandbox.core.settings.sendgrid.flushMs = 20
  sandbox.core.clock.drive({ advanceMs: 0 })
  /** Sends a mail, lets its life pass, and gives its events in order. */
  const life = async (parts: Record<string, unknown>) => {
    const before = firm.received.length
    await sendMail(sandbox.url, parts)
    sandbox.core.clock.drive({ advanceMs: 20 })
    return eventsOf((await firm.until(before + 1)).slice(before))
  }
  return { ...sandbox, firm, life }
}

describe('the signature', () => {
  it('is accepted by SendGrid’s verifier with the public key of the control, and refused after any change', async () => {
    const { url, life, firm } = await world()
    await life({})
    const [call] = firm.received
    const { sendgridEventPublicKey } = (await (await control(url, 'GET', '/_sandbox/keys')).json()) as Record<
      string,
      string
    >
    expect(call!.body.endsWith(']\r\n')).toBe(true)
    expect(genuine(call!, sendgridEventPublicKey!)).toBe(true)
    expect(genuine({ ...call!, body: call!.body.trimEnd() }, sendgridEventPublicKey!)).toBe(false)
    expect(genuine({ ...call!, body: call!.body.replace('ada', 'bob') }, sendgridEventPublicKey!)).toBe(false)
  })

  it('can be made with a key of one’s own; a key on another curve is refused', async () => {
    const pair = (namedCurve: string) =>
      generateKeyPairSync('ec', { namedCurve })
        .privateKey.export({ type: 'pkcs8', format: 'der' })
        .toString('base64')
    const { sendgrid } = await startSandbox({ sendgrid: { privateKey: pair('P-256') } })
    expect(sendgrid.keys.publicKey).not.toBe((await startSandbox()).sendgrid.keys.publicKey)
    await expect(startSandbox({ sendgrid: { privateKey: pair('P-384') } })).rejects.toThrow('P-256')
  })
})

describe('events', () => {
  it('are an array with custom args at the top and an id that begins with X-Message-Id', async () => {
    const { life, core } = await world()
    const events = await life({ categories: ['status'] })
    const { providerMessageId } = core.messages.list({})[0]!
    expect(events.map((event) => event.event)).toEqual(['processed', 'delivered'])
    for (const event of events) {
      expect(event).toMatchObject({ email: 'ada@example.com', attempt: 'att_1', category: ['status'] })
      expect(event.sg_message_id.split('.')[0]).toBe(providerMessageId)
      expect(event.timestamp).toBe(Math.floor(core.now() / 1000))
    }
    expect(new Set(events.map((event) => event.sg_event_id)).size).toBe(2)
    expect(core.messages.list({})[0]!.status).toBe('delivered')
  })

  it.each<[string, string[], string, object]>([
    ['bounce', ['processed', 'bounce'], 'bounced', { type: 'bounce', status: '5.1.1' }],
    ['blocked', ['processed', 'bounce'], 'bounced', { type: 'blocked' }],
    ['dropped', ['dropped'], 'dropped', { reason: 'Invalid' }],
    ['deferred', ['processed', 'deferred', 'delivered'], 'delivered', {}],
    ['spamreport', ['processed', 'delivered', 'spamreport'], 'delivered', {}],
    ['unsubscribe', ['processed', 'delivered', 'unsubscribe'], 'delivered', {}],
    ['groupunsubscribe', ['processed', 'delivered', 'group_unsubscribe'], 'delivered', { asm_group_id: 1 }],
    ['open', ['processed', 'delivered', 'open'], 'delivered', { sg_machine_open: false }],
    ['machineopen', ['processed', 'delivered', 'open'], 'delivered', { sg_machine_open: true }],
    ['click', ['processed', 'delivered', 'open', 'click'], 'delivered', { url: 'https://example.com/' }],
    ['outoforder', ['delivered', 'processed'], 'delivered', {}],
    ['doubled', ['processed', 'processed', 'delivered', 'delivered'], 'delivered', {}],
    ['Bounce+tag', ['processed', 'bounce'], 'bounced', {}],
  ])('%s@… has its own life', async (local, names, status, last) => {
    const { life, core } = await world()
    const events = await life({ to: `${local}@example.com` })
    expect(events.map((event) => event.event)).toEqual(names)
    expect(events.at(-1)).toMatchObject(last)
    expect(core.messages.list({})[0]!.status).toBe(status)
    if (local === 'doubled') expect(new Set(events.map((event) => event.sg_event_id)).size).toBe(2)
  })

  it('silent@… has none', async () => {
    const { life, url } = await world()
    await sendMail(url, { to: 'silent@example.com' })
    expect((await life({})).map((event) => event.email)).toEqual(['ada@example.com', 'ada@example.com'])
  })

  it('early@…: they are in before the answer', async () => {
    const { firm, url } = await world()
    expect((await sendMail(url, { to: 'early@example.com' })).status).toBe(202)
    expect(eventsOf(firm.received).map((event) => event.event)).toEqual(['processed', 'delivered'])
  })

  it('after a bounce, mail to the address is dropped, until a reset', async () => {
    const { life, url } = await world()
    await life({ to: 'bounce@example.com' })
    expect(await life({ to: 'BOUNCE@example.com' })).toMatchObject([
      { event: 'dropped', reason: 'Bounced Address' },
    ])
    await control(url, 'DELETE', '/_sandbox/messages')
    expect((await life({ to: 'bounce@example.com' })).map((event) => event.event)).toEqual([
      'processed',
      'bounce',
    ])
  })
})

describe('batches', () => {
  it('wait for others, and go when they are full', async () => {
    const { firm, url, core } = await world()
    Object.assign(core.settings.sendgrid, { flushMs: 50, batchSize: 6 })
    for (let i = 0; i < 4; i++) await sendMail(url)
    core.clock.drive({ advanceMs: 49 })
    expect(eventsOf(await firm.until(1))).toHaveLength(6)
    core.clock.drive({ advanceMs: 1 })
    expect(eventsOf(await firm.until(2))).toHaveLength(8)
  })

  it('are posted again, newly signed, until they are taken', async () => {
    const { firm, url, core, sendgrid } = await world((n) =>
      n === 1 ? { status: 503 } : n === 2 ? 'hang up' : { status: 200 },
    )
    core.clock.drive(null)
    await sendMail(url)
    const received = await firm.until(3)
    expect(new Set(received.map((call) => call.body)).size).toBe(1)
    for (const call of received) expect(genuine(call, sendgrid.keys.publicKey)).toBe(true)
  })

  it('go nowhere without an address, and start when one is set', async () => {
    const { firm, url, core, sendgrid } = await world()
    sendgrid.webhook.url = ''
    await sendMail(url, { to: 'lost@example.com' })
    core.clock.drive({ advanceMs: 20 })
    expect((await control(url, 'PUT', '/_sandbox/sendgrid/webhook', { url: 'nowhere' })).status).toBe(400)
    await control(url, 'PUT', '/_sandbox/sendgrid/webhook', { url: `${firm.url}/here` })
    await sendMail(url)
    core.clock.drive({ advanceMs: 20 })
    expect(eventsOf(await firm.until(1)).map((event) => event.email)).toEqual([
      'ada@example.com',
      'ada@example.com',
    ])
  })
})
