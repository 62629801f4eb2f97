import client from '@sendgrid/mail'
import { describe, expect, it } from 'vitest'
import { readSpec } from '../core/spec.ts'
import { control, sendMail, startSandbox } from '../testing.ts'

const answers = readSpec('sendgrid-mail-send.json')
const errorSchema = (status: number) =>
  answers.at(
    'paths',
    '/v3/mail/send',
    'post',
    'responses',
    String(status),
    'content',
    'application/json',
    'schema',
  )

describe('the real SDK', () => {
  const point = (url: string, key = 'SG.sandbox.key') => {
    client.setApiKey(key)
    // biome-ignore lint/suspicious/noExplicitAny: the SDK keeps its client out of its types.
    ;(client as any).client.setDefaultRequest('baseUrl', `${url}/`)
  }

  it('sends a mail with top-level custom args', async () => {
    const { url, core } = await startSandbox()
    point(url)
    const [answer] = await client.send({
      to: 'Ada <ada@example.com>',
      from: { email: 'firm@example.com', name: 'Harbor Pike' },
      replyTo: 'desk@example.com',
      subject: 'Your hearing',
      text: 'It moved.',
      html: '<p>It moved.</p>',
      customArgs: { attempt: 'att_9' },
      headers: { 'List-Unsubscribe': '<https://example.com/u>' },
    })
    expect(answer.statusCode).toBe(202)
    expect(answer.body).toBe('')
    expect(core.messages.list({})).toMatchObject([
      {
        provider: 'sendgrid',
        providerMessageId: answer.headers['x-message-id'],
        channel: 'email',
        to: 'ada@example.com',
        from: 'firm@example.com',
        subject: 'Your hearing',
        text: 'It moved.',
        html: '<p>It moved.</p>',
        reference: 'att_9',
        headers: { 'List-Unsubscribe': '<https://example.com/u>', 'Reply-To': 'desk@example.com' },
      },
    ])
  })

  it('gets the errors with message and field', async () => {
    const { url } = await startSandbox()
    point(url, 'SG.wrong')
    const attempt = client.send({ to: 'ada@example.com', from: 'firm@example.com', subject: 'x', text: 'x' })
    await expect(attempt).rejects.toMatchObject({
      code: 401,
      response: {
        body: { errors: [{ message: expect.stringContaining('authorization grant is invalid') }] },
      },
    })
  })
})

describe('what SendGrid would refuse', () => {
  const to = [{ email: 'ada@example.com' }]
  it.each<[string, Record<string, unknown>, string]>([
    ['no personalization', { personalizations: [] }, 'personalizations'],
    ['no recipient', { personalizations: [{ to: [] }] }, 'personalizations.0.to'],
    ['a bad address', { personalizations: [{ to: [{ email: 'ada' }] }] }, 'personalizations.0.to.0.email'],
    [
      'the same address twice',
      { personalizations: [{ to, cc: [{ email: 'ADA@example.com' }] }] },
      'personalizations.0',
    ],
    ['a bad sender', { from: { email: 'firm' } }, 'from.email'],
    ['no sender', { from: undefined }, 'from.email'],
    ['an empty subject', { subject: '' }, 'subject'],
    ['no subject', { subject: undefined }, 'subject'],
    ['no content', { content: [] }, 'content'],
    ['empty content', { content: [{ type: 'text/plain', value: '' }] }, 'content.0.value'],
    [
      'HTML before text',
      {
        content: [
          { type: 'text/html', value: 'x' },
          { type: 'text/plain', value: 'x' },
        ],
      },
      'content.1.type',
    ],
    ['too many categories', { categories: Array.from({ length: 11 }, (_, i) => `c${i}`) }, 'categories'],
    [
      'a custom arg that is no text',
      { personalizations: [{ to, custom_args: { attempt: 1 } }] },
      'personalizations.0.custom_args.attempt',
    ],
    ['top-level custom args too long', { custom_args: { a: 'x'.repeat(10_001) } }, 'custom_args'],
    ['a reserved header', { headers: { Subject: 'x' } }, 'headers.Subject'],
    ['a header with a line break', { headers: { 'X-A': 'a\r\nBcc: b@example.com' } }, 'headers.X-A'],
    ['two kinds of reply-to', { reply_to: to[0], reply_to_list: to }, 'reply_to'],
    [
      'an attachment that is not base64',
      { attachments: [{ content: '!!', filename: 'a.txt' }] },
      'attachments.0.content',
    ],
    ['a time too far ahead', { send_at: 4_000_000_000 }, 'send_at'],
  ])('%s', async (_, parts, field) => {
    const { url, core } = await startSandbox()
    const mail = parts.from === undefined && 'from' in parts ? { ...parts, from: '' } : parts
    const answer = await sendMail(url, mail as Record<string, string>)
    const body = (await answer.json()) as { errors: { field: string }[] }
    expect([answer.status, body.errors[0]!.field]).toEqual([400, field])
    expect(errorSchema(400)(body)).toBeUndefined()
    expect(core.messages.list({})).toEqual([])
  })

  it.each([400, 401, 403, 413, 429, 500, 503])('error%i@… is answered with that status', async (status) => {
    const { url, core } = await startSandbox()
    const answer = await sendMail(url, { to: `error${status}@example.com` })
    expect(answer.status).toBe(status)
    const body = await answer.json()
    if (status !== 429 && status !== 503) expect(errorSchema(status)(body)).toBeUndefined()
    expect(core.messages.list({})).toEqual([])
    expect(core.calls.list({})).toMatchObject([{ provider: 'sendgrid', status, reference: 'att_1' }])
  })

  it('a sender that is not verified: 403', async () => {
    const { url } = await startSandbox()
    const answer = await sendMail(url, { from: 'unverified@example.com' })
    expect([answer.status, await answer.json()]).toMatchObject([403, { errors: [{ field: 'from' }] }])
  })

  it('a body that is not JSON, or not an object', async () => {
    const { url } = await startSandbox()
    for (const body of ['{', 'null', '5', '[]', '{"personalizations":"x"}']) {
      const headers = { authorization: 'Bearer SG.sandbox.key', 'content-type': 'application/json' }
      expect((await fetch(`${url}/v3/mail/send`, { method: 'POST', headers, body })).status).toBe(400)
    }
  })
})

it('takes custom args of the personalization before those of the whole mail', async () => {
  const { url, core } = await startSandbox()
  await sendMail(url, {
    personalizations: [
      { to: [{ email: 'a@example.com' }], custom_args: { attempt: 'one' }, subject: 'Own' },
      { to: [{ email: 'b@example.com' }] },
    ],
    custom_args: { attempt: 'all' },
  })
  const seen = core.messages.list({}).map(({ to, reference, subject }) => [to, reference, subject])
  expect(seen).toEqual([
    ['a@example.com', 'one', 'Own'],
    ['b@example.com', 'all', 'News'],
  ])
})

describe('attachments', () => {
  const ics = 'BEGIN:VCALENDAR\r\nSUMMARY:ñ\r\nEND:VCALENDAR\r\n'
  const file = {
    content: Buffer.from(ics).toString('base64'),
    filename: 'a.ics',
    type: 'text/calendar; method=REQUEST',
  }

  it('are kept: texts as they are, other files as they came', async () => {
    const { url } = await startSandbox()
    const picture = { content: 'iVBORw0KGgo=', filename: 'map.png', type: 'image/png' }
    expect((await sendMail(url, { attachments: [file, picture] })).status).toBe(202)
    const { messages } = (await (await control(url, 'GET', '/_sandbox/messages')).json()) as {
      messages: { attachments: unknown }[]
    }
    expect(messages[0]!.attachments).toEqual([
      { filename: 'a.ics', contentType: 'text/calendar; method=REQUEST', content: ics },
      { filename: 'map.png', contentType: 'image/png', content: 'iVBORw0KGgo=' },
    ])
  })

  it.each([
    [{ content: 'not base64!' }, 'attachments.0.content'],
    [{ type: 'text/calendar; charset=utf-8' }, 'attachments.0.type'],
    [{ type: 'text/calendar; method=REQUEST; charset=utf-8' }, 'attachments.0.type'],
    [{ type: 'text/calendar\r\nX: y' }, 'attachments.0.type'],
    [{ disposition: 'elsewhere' }, 'attachments.0.disposition'],
    [{ filename: undefined }, 'attachments.0.filename'],
  ])('are refused with %j', async (changes, field) => {
    const { url } = await startSandbox()
    const answer = await sendMail(url, { attachments: [{ ...file, ...changes }] })
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ field }] }])
  })
})

it('checks but does not send in SendGrid’s own sandbox mode', async () => {
  const { url, core } = await startSandbox()
  const answer = await sendMail(url, { mail_settings: { sandbox_mode: { enable: true } } })
  expect([answer.status, core.messages.list({}).length]).toEqual([200, 0])
})

it('accepts, then hangs up, for reset@…', async () => {
  const { url, core } = await startSandbox()
  await expect(sendMail(url, { to: 'reset@example.com' })).rejects.toThrow()
  expect(core.messages.list({})).toHaveLength(1)
})

it('tells the key’s scopes to the doctor, and refuses a wrong key', async () => {
  const { url } = await startSandbox()
  const ask = (key: string) => fetch(`${url}/v3/scopes`, { headers: { authorization: `Bearer ${key}` } })
  expect(await (await ask('SG.sandbox.key')).json()).toMatchObject({
    scopes: expect.arrayContaining(['mail.send']),
  })
  expect((await ask('SG.no')).status).toBe(401)
  expect((await control(url, 'GET', '/_sandbox/keys')).status).toBe(200)
})
