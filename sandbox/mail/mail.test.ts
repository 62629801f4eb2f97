import { describe, expect, it } from 'vitest'
import { startSandbox } from '../testing.ts'

async function post(url: string, path: string, headers: Record<string, string>, body: unknown) {
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, type: answer.headers.get('x-amzn-errortype'), body: await answer.json() }
}

describe('Postmark', () => {
  const token = { 'x-postmark-server-token': 'sandbox-postmark-token' }
  const good = {
    From: 'Harbor Pike <firm@example.com>',
    To: 'ada@example.com',
    Subject: 'News',
    TextBody: 'Hello',
    Metadata: { attempt: 'att_1' },
    Headers: [{ Name: 'List-Unsubscribe', Value: '<https://example.com/u>' }],
  }

  it('accepts and logs', async () => {
    const { url, core } = await startSandbox()
    const { status, body } = await post(url, '/email', token, good)
    expect([status, body]).toMatchObject([200, { To: 'ada@example.com', ErrorCode: 0, Message: 'OK' }])
    expect(core.messages.list({})).toMatchObject([
      {
        provider: 'postmark',
        reference: 'att_1',
        from: 'firm@example.com',
        to: 'ada@example.com',
        text: 'Hello',
      },
    ])
  })

  it.each([
    [{}, good, 401, 10],
    [token, { ...good, To: 'ada' }, 422, 300],
    [token, { ...good, From: '' }, 422, 300],
    [token, { ...good, TextBody: '' }, 422, 300],
    [token, { ...good, To: 'inactive@example.com' }, 422, 406],
  ])('refuses %#', async (headers, mail, status, ErrorCode) => {
    const { url, core } = await startSandbox()
    expect(await post(url, '/email', headers as Record<string, string>, mail)).toMatchObject({
      status,
      body: { ErrorCode },
    })
    expect(core.messages.list({})).toEqual([])
  })
})

describe('SES', () => {
  const path = '/v2/email/outbound-emails'
  const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=x' }
  const good = {
    FromEmailAddress: 'firm@example.com',
    Destination: { ToAddresses: ['ada@example.com'] },
    Content: {
      Simple: {
        Subject: { Data: 'News' },
        Body: { Text: { Data: 'Hello' }, Html: { Data: '<p>Hello</p>' } },
      },
    },
    EmailTags: [{ Name: 'attempt', Value: 'att_1' }],
  }

  it('accepts and logs', async () => {
    const { url, core } = await startSandbox()
    const { status, body } = await post(url, path, signed, good)
    expect([status, body]).toEqual([200, { MessageId: core.messages.list({})[0]!.providerMessageId }])
    expect(core.messages.list({})).toMatchObject([
      { provider: 'ses', reference: 'att_1', subject: 'News', text: 'Hello', html: '<p>Hello</p>' },
    ])
  })

  it.each([
    [{}, good, 403, 'MissingAuthenticationTokenException'],
    [signed, { ...good, Destination: {} }, 400, 'BadRequestException'],
    [signed, { ...good, Content: {} }, 400, 'BadRequestException'],
    [signed, { ...good, FromEmailAddress: '' }, 400, 'BadRequestException'],
  ])('refuses %#', async (headers, mail, status, type) => {
    const { url } = await startSandbox()
    const answer = await post(url, path, headers as Record<string, string>, mail)
    expect(answer).toMatchObject({ status, type, body: { message: expect.any(String) } })
  })
})
