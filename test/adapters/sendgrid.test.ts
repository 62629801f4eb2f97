import { generateKeyPairSync, sign } from 'node:crypto'
import { EventWebhook } from '@sendgrid/eventwebhook'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox/app.ts'
import { createSendgridProvider } from '../../src/adapters/sendgrid/index.ts'
import { drivenClock, systemClock } from '../../src/kernel/index.ts'
import { describeProvider } from '../../src/modules/delivery/conformance.ts'
import { openDoor } from '../../src/modules/delivery/conformance-support.ts'
import type { Attachment } from '../../src/modules/delivery/index.ts'

const settings = {
  apiKey: 'SG.sandbox.key',
  from: { email: 'notices@harborpike.example', name: 'Harbor Pike' },
  tracking: { opens: true, clicks: true },
}
const anyKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const webhookPublicKey = anyKeys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

describeProvider(
  'sendgrid',
  {
    name: 'sendgrid',
    recipient: (n) => `client-${n}@example.org`,
    refusals: [
      { to: 'error400@example.org', verdict: { kind: 'refused', code: 'http_400' } },
      { to: 'error401@example.org', verdict: { kind: 'refused', code: 'http_401', page: true } },
      { to: 'error403@example.org', verdict: { kind: 'refused', code: 'http_403', page: true } },
      { to: 'error413@example.org', verdict: { kind: 'refused', code: 'http_413' } },
      { to: 'error429@example.org', verdict: { kind: 'retry', code: 'http_429' } },
      { to: 'error500@example.org', verdict: { kind: 'retry', code: 'http_500' } },
      { to: 'not an address', verdict: { kind: 'refused', suppress: 'invalid_address' } },
      { to: 'reset@example.org', verdict: { kind: 'ambiguous' } },
    ],
    endings: [
      { to: 'bounce@example.org', receipt: { kind: 'bounced', suppress: 'bounced' } },
      { to: 'blocked@example.org', receipt: { kind: 'undelivered' } },
      { to: 'dropped@example.org', receipt: { kind: 'dropped', suppress: 'invalid_address' } },
      { to: 'spamreport@example.org', receipt: { kind: 'spam_report' } },
      { to: 'unsubscribe@example.org', receipt: { kind: 'unsubscribed' } },
      { to: 'groupunsubscribe@example.org', receipt: { kind: 'unsubscribed' } },
      { to: 'open@example.org', receipt: { kind: 'opened' } },
      { to: 'machineopen@example.org', receipt: { kind: 'machine_opened' } },
      { to: 'click@example.org', receipt: { kind: 'clicked' } },
      { to: 'outoforder@example.org', receipt: { kind: 'sent' } },
      { to: 'early@example.org', receipt: { kind: 'delivered' } },
    ],
    wrongSettings: [
      { changes: { apiKey: '' }, path: 'apiKey' },
      { changes: { from: { email: 'nobody' } }, path: 'from.email' },
      { changes: { replyTo: { email: 'nobody' } }, path: 'replyTo.email' },
      { changes: { webhookPublicKey: 'bm90IGEga2V5' }, path: 'webhookPublicKey' },
      { changes: { tracking: { opens: 'yes' } }, path: 'tracking.opens' },
      { changes: { surprise: 1 }, path: '' },
    ],
    wrongCredentials: { apiKey: 'SG.not.the-key' },
    signsUrl: false,
    takesTexts: false,
    carriesMail: true,
    canBeAsked: false,
  },
  async () => {
    const sandbox = createSandbox()
    const { url, close } = await sandbox.listen(0)
    const put = (path: string, body: unknown) =>
      fetch(`${url}/_sandbox/${path}`, { method: 'PUT', body: JSON.stringify(body) })
    await put('settings', { sendgrid: { processedAfterMs: 0, deliveredAfterMs: 1, flushMs: 1 } })
    const keys = (await (await fetch(`${url}/_sandbox/keys`)).json()) as { sendgridEventPublicKey: string }
    return {
      provider: createSendgridProvider(systemClock),
      settings: (changes) => ({
        ...settings,
        webhookPublicKey: keys.sendgridEventPublicKey,
        baseUrl: url,
        ...changes,
      }),
      sandboxUrl: url,
      connect: async ({ receipts }) => void (await put('sendgrid/webhook', { url: receipts })),
      close,
    }
  },
)

describe('a mail through SendGrid', () => {
  const message = {
    attemptId: '0199e8a0-0000-7000-8000-000000000001',
    channel: 'email',
    to: 'maria@example.org',
    subject: 'Your deposition\r\nBcc: everyone@example.org',
    text: 'October 15',
    html: '<p>October 15</p>',
    unsubscribeUrl: 'https://harborpike.example/u/abc?x=1>\r\nBcc: a@b.c',
    receiptsUrl: 'https://harborpike.example/receipts/mail',
  } as const

  async function bodyOf(
    changes: Record<string, unknown>,
    mail: Partial<Omit<typeof message, 'text'>> & { text?: string; attachments?: Attachment[] },
  ) {
    const door = await openDoor(() => undefined)
    const { sender } = createSendgridProvider(systemClock).open({
      ...settings,
      webhookPublicKey,
      baseUrl: door.url,
      ...changes,
    })
    await sender.send({ ...message, ...mail })
    sender.close!()
    await door.close()
    const { headers, body, url } = door.requests[0]!
    return { headers, url, sent: JSON.parse(Buffer.from(body).toString()) }
  }

  it('carries one-click unsubscribing, our attempt id, and no header but its own', async () => {
    const { sent, headers, url } = await bodyOf({ replyTo: { email: 'desk@harborpike.example' } }, {})
    expect(new URL(url).pathname).toBe('/v3/mail/send')
    expect(sent).toEqual({
      from: settings.from,
      reply_to: { email: 'desk@harborpike.example' },
      subject: 'Your deposition Bcc: everyone@example.org',
      personalizations: [
        {
          to: [{ email: 'maria@example.org' }],
          headers: {
            'List-Unsubscribe': '<https://harborpike.example/u/abc?x=1%3EBcc:%20a@b.c>',
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          },
        },
      ],
      content: [
        { type: 'text/plain', value: 'October 15' },
        { type: 'text/html', value: '<p>October 15</p>' },
      ],
      custom_args: { attempt: message.attemptId },
      tracking_settings: {
        open_tracking: { enable: true },
        click_tracking: { enable: true, enable_text: false },
        subscription_tracking: { enable: false },
      },
    })
    expect(Object.keys(headers)).not.toContain('list-unsubscribe')
    expect(headers.authorization).toBe('Bearer SG.sandbox.key')
  })

  it('has an invitation as a file with its method, and is refused with a parameter that SendGrid does not take', async () => {
    const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Señora\r\nEND:VCALENDAR\r\n'
    const file = { filename: 'invitation.ics', contentType: 'text/calendar; method=REQUEST', content }
    const { sent } = await bodyOf({}, { attachments: [file] })
    expect(sent.attachments).toEqual([
      {
        content: Buffer.from(content, 'utf8').toString('base64'),
        filename: 'invitation.ics',
        type: 'text/calendar; method=REQUEST',
        disposition: 'attachment',
      },
    ])
    expect((await bodyOf({}, {})).sent).not.toHaveProperty('attachments')

    const sandbox = createSandbox()
    const { url, close } = await sandbox.listen(0)
    const { sender } = createSendgridProvider(systemClock).open({
      ...settings,
      webhookPublicKey,
      baseUrl: url,
    })
    const attachments = [{ ...file, contentType: 'text/calendar; charset=utf-8; method=REQUEST' }]
    expect(await sender.send({ ...message, attachments })).toMatchObject({
      kind: 'refused',
      code: 'http_400',
    })
    sender.close!()
    await close()
  })

  it('is refused, and not left in doubt, when it can’t be made', async () => {
    const { sender } = createSendgridProvider(systemClock).open({ ...settings, webhookPublicKey })
    expect(await sender.send({ ...message, unsubscribeUrl: 'nowhere' })).toMatchObject({
      kind: 'refused',
      code: 'NOT_A_REQUEST',
    })
  })

  it('says nothing about the client outside of To, subject and content', async () => {
    const { sent } = await bodyOf({}, {})
    const { personalizations: _, subject: __, content: ___, ...rest } = sent
    expect(JSON.stringify(rest)).not.toMatch(/maria|October|deposition/i)
  })

  it('is tracked only if the firm says so, and needs no text part', async () => {
    const { sent } = await bodyOf({ tracking: undefined }, { text: '' })
    expect(sent.tracking_settings).toMatchObject({
      open_tracking: { enable: false },
      click_tracking: { enable: false },
    })
    expect(sent.content).toEqual([{ type: 'text/html', value: '<p>October 15</p>' }])
  })
})

describe('the reader of SendGrid’s event webhook', () => {
  const clock = drivenClock('2026-10-15T10:00:00Z')
  const timestamp = String(clock.now().epochMilliseconds / 1000)
  const open = (key: unknown) =>
    createSendgridProvider(clock).open({ ...settings, webhookPublicKey: key }).reader
  const reader = open(webhookPublicKey)
  const signed = (body: string | Buffer, at = timestamp, key = anyKeys.privateKey) => ({
    method: 'POST',
    url: 'https://hooks.example.com/receipts/mail',
    headers: {
      'x-twilio-email-event-webhook-timestamp': at,
      'x-twilio-email-event-webhook-signature': sign(
        'sha256',
        Buffer.concat([Buffer.from(at), Buffer.from(body)]),
        key,
      ).toString('base64'),
    },
    body: Buffer.from(body),
  })
  const event = {
    sg_event_id: 'e1',
    event: 'delivered',
    timestamp: 1_792_058_400,
    sg_message_id: 'abc.filter0001',
  }
  const batch = (...events: unknown[]) => `${JSON.stringify(events)}\r\n`

  it('accepts what SendGrid’s own verifier accepts, and refuses what it refuses', () => {
    const theirs = new EventWebhook()
    const key = theirs.convertPublicKeyToECDSA(webhookPublicKey)
    const agree = (request: ReturnType<typeof signed>) => {
      const {
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': at,
      } = request.headers
      const verdict = theirs.verifySignature(key, request.body, signature, at)
      expect(reader.receipts(request).ok).toBe(verdict)
      return verdict
    }
    const genuine = signed(batch(event))
    expect(agree(genuine)).toBe(true)
    expect(agree({ ...genuine, body: Buffer.from(batch(event).trimEnd()) })).toBe(false)
    const later = {
      ...genuine.headers,
      'x-twilio-email-event-webhook-timestamp': String(Number(timestamp) + 1),
    }
    expect(agree({ ...genuine, headers: later })).toBe(false)
  })

  it('accepts two keys while one is replaced', () => {
    const next = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const nextKey = next.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    const both = open([webhookPublicKey, nextKey])
    expect(both.receipts(signed(batch(event)))).toMatchObject({ ok: true })
    expect(both.receipts(signed(batch(event), timestamp, next.privateKey))).toMatchObject({ ok: true })
    expect(reader.receipts(signed(batch(event), timestamp, next.privateKey))).toMatchObject({ status: 403 })
  })

  it('accepts a batch that was tried for a day, not one that outlived our memory of its ids', () => {
    const daysAgo = (days: number) => String(Number(timestamp) - days * 86_400)
    expect(reader.receipts(signed(batch(event), daysAgo(2)))).toMatchObject({ ok: true })
    expect(reader.receipts(signed(batch(event), daysAgo(16)))).toMatchObject({ ok: false, status: 403 })
    expect(reader.receipts(signed(batch(event), 'yesterday'))).toMatchObject({ ok: false, status: 403 })
  })

  it('finds the message by its id where SendGrid’s own `attempt` hides ours', () => {
    const deferred = {
      ...event,
      event: 'deferred',
      attempt: '3',
      response: '451 4.7.1 <maria@example.org> try later',
    }
    expect(reader.receipts(signed(batch(deferred)))).toEqual({
      ok: true,
      receipts: [
        {
          key: 'e1',
          kind: 'deferred',
          providerMessageId: 'abc',
          detail: '451 4.7.1 <[address]> try later',
          at: Temporal.Instant.fromEpochMilliseconds(event.timestamp * 1000),
        },
      ],
    })
  })

  it.each([
    ['Bounced Address', { suppress: 'bounced' }],
    ['Unsubscribed Address', { suppress: 'unsubscribed' }],
    ['Spam Reporting Address', { suppress: 'spam_report' }],
    ['Invalid', { suppress: 'invalid_address' }],
    ['Recipient List over Package Quota', { page: true }],
  ])('understands why a mail was dropped: %s', (reason, expected) => {
    const read = reader.receipts(signed(batch({ ...event, event: 'dropped', reason })))
    expect(read).toMatchObject({ ok: true, receipts: [{ kind: 'dropped', ...expected }] })
  })

  it('blames a drop on the address only when SendGrid does', () => {
    const read = reader.receipts(
      signed(batch({ ...event, event: 'dropped', reason: 'Invalid SMTPAPI header' })),
    )
    expect(read.ok && read.receipts[0]).not.toHaveProperty('suppress')
  })

  it('takes the good of a batch and counts the rest', () => {
    const strange = [{ ...event, event: 'account_status_change' }, { ...event, sg_event_id: 5 }, 'x', null]
    const read = reader.receipts(signed(batch(strange[0], event, ...strange.slice(1))))
    expect(read).toMatchObject({ ok: true, receipts: [{ key: 'e1' }], skipped: 4 })
    expect(reader.receipts(signed('{"not":"an array"}'))).toMatchObject({ ok: false, status: 422 })
    expect(reader.receipts(signed('not JSON'))).toMatchObject({ ok: false, status: 422 })
  })

  it('never throws on what is signed', () => {
    const junk = fc.oneof(fc.jsonValue(), fc.record({ ...fieldsOf(event), timestamp: fc.jsonValue() }))
    fc.assert(
      fc.property(fc.array(junk), (events) => {
        const read = reader.receipts(signed(batch(...events)))
        expect(read.ok && read.receipts.length + (read.skipped ?? 0)).toBe(events.length)
      }),
    )
  })
})

function fieldsOf(event: Record<string, unknown>) {
  return Object.fromEntries(
    Object.keys(event).map((name) => [name, fc.oneof(fc.constant(event[name]), fc.jsonValue())]),
  )
}
