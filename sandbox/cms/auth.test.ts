import { describe, expect, it } from 'vitest'
import { CLIENT_ID, CLIENT_SECRET } from './index.ts'
import { type Door, startSandbox } from './test-support.ts'

const redirect = 'http://127.0.0.1:9/callback'

async function authorize(door: Door, query: Record<string, string> = {}): Promise<Response> {
  const params = {
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: redirect,
    state: 's1',
    ...query,
  }
  return fetch(`${door.url}/oauth/authorize?${new URLSearchParams(params)}`, { redirect: 'manual' })
}

async function token(
  door: Door,
  values: Record<string, string>,
): Promise<{ status: number; body: Record<string, string> }> {
  const form = new URLSearchParams({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, ...values })
  const response = await fetch(`${door.url}/oauth/token`, { method: 'POST', body: form })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

async function grant(door: Door) {
  const answer = await authorize(door, { auto_approve: '1' })
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
  return { code, ...(await token(door, { grant_type: 'authorization_code', code, redirect_uri: redirect })) }
}

const withToken = (door: Door, access: string | undefined) =>
  door.api('GET', '/api/v4/users/who_am_i.json?fields=name', undefined, { authorization: `Bearer ${access}` })

describe('OAuth', () => {
  it('asks on a page, and sends the code and the state back', async () => {
    const door = await startSandbox()
    const asked = await authorize(door)
    expect(asked.status).toBe(200)
    expect(await asked.text()).toContain('Approve')
    const answer = await fetch(`${door.url}/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ redirect_uri: redirect, state: 's1', answer: 'approve' }),
    })
    const back = new URL(answer.headers.get('location') ?? '')
    expect(back.searchParams.get('state')).toBe('s1')
    const code = back.searchParams.get('code') ?? ''
    expect(
      (await token(door, { grant_type: 'authorization_code', code, redirect_uri: redirect })).status,
    ).toBe(200)
  })

  it('says no when the user does', async () => {
    const door = await startSandbox()
    const answer = await fetch(`${door.url}/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ redirect_uri: redirect, answer: 'deny' }),
    })
    expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe('access_denied')
  })

  it('gives tokens that open the API until they expire, and refreshes them without a new refresh token', async () => {
    const door = await startSandbox()
    await door.control('PUT', '/cms/settings', { expiresIn: 60 })
    const { body } = await grant(door)
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 60 })
    expect((await withToken(door, body.access_token)).status).toBe(200)
    door.clock.drive({ advanceMs: 60_000 })
    const expired = await withToken(door, body.access_token)
    expect(expired.status).toBe(401)
    expect(expired.body.error).toBe('invalid_token')
    const fresh = await token(door, { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' })
    expect(fresh.body.refresh_token).toBeUndefined()
    expect((await withToken(door, fresh.body.access_token)).status).toBe(200)
  })

  it('takes a code once, and only for its redirect URI', async () => {
    const door = await startSandbox()
    const { code } = await grant(door)
    const again = await token(door, { grant_type: 'authorization_code', code, redirect_uri: redirect })
    expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const answer = await authorize(door, { auto_approve: '1' })
    const other = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const stolen = await token(door, {
      grant_type: 'authorization_code',
      code: other,
      redirect_uri: 'https://x.example/',
    })
    expect(stolen.body.error).toBe('invalid_grant')
  })

  it('takes form bodies only, and the right secret only', async () => {
    const door = await startSandbox()
    const json = await door.api('POST', '/oauth/token', { grant_type: 'refresh_token' })
    expect(json).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect((await token(door, { client_secret: 'wrong', grant_type: 'refresh_token' })).status).toBe(401)
  })

  it('forgets a grant that is given back', async () => {
    const door = await startSandbox()
    const { body } = await grant(door)
    const authorization = `Bearer ${body.access_token}`
    expect((await door.api('POST', '/oauth/deauthorize', undefined, { authorization })).status).toBe(200)
    expect((await withToken(door, body.access_token)).status).toBe(401)
    const late = await token(door, { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' })
    expect(late.body.error).toBe('invalid_grant')
  })

  it('can be taken away or cut short by a control, and counts refreshes', async () => {
    const door = await startSandbox()
    const { body } = await grant(door)
    const refreshed = () =>
      token(door, { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' })
    expect((await door.control('POST', '/cms/oauth/expire')).body).toEqual({ expired: 1 })
    expect((await withToken(door, body.access_token)).status).toBe(401)
    expect((await withToken(door, (await refreshed()).body.access_token)).status).toBe(200)
    expect((await door.control('POST', '/cms/oauth/revoke')).body).toEqual({ revoked: 1 })
    expect((await refreshed()).body.error).toBe('invalid_grant')
    expect((await door.control('GET', '/cms/oauth')).body).toEqual({
      consents: 0,
      refreshes: 1,
      refreshesRefused: 1,
    })
  })

  it('rotates refresh tokens and knows registered redirect URIs where it is told to', async () => {
    const door = await startSandbox()
    await door.control('PUT', '/cms/settings', { rotateRefresh: true, redirectUris: [redirect] })
    const { body } = await grant(door)
    const first = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' }
    const rotated = (await token(door, first)).body.refresh_token ?? ''
    expect(rotated).not.toBe(body.refresh_token)
    expect((await token(door, first)).body.error).toBe('invalid_grant')
    expect((await token(door, { ...first, refresh_token: rotated })).status).toBe(200)
    expect((await authorize(door, { redirect_uri: `${redirect}/` })).status).toBe(400)
    const wrong = await door.control('PUT', '/cms/settings', { redirectUris: 'http://x' })
    expect(wrong.body.error.field).toBe('redirectUris')
  })

  it('answers 401 without a token, in the API’s own words', async () => {
    const door = await startSandbox()
    const { status, body } = await door.api('GET', '/api/v4/matters.json', undefined, { authorization: '' })
    expect(status).toBe(401)
    expect(body.error.type).toBe('Unauthorized')
  })
})

describe('rate limit', () => {
  it('counts 50 a minute for an OAuth token, says so in headers, and then answers 429', async () => {
    const door = await startSandbox()
    door.clock.drive({ advanceMs: 0 })
    const { body } = await grant(door)
    for (let left = 49; left >= 0; left--) {
      const { status, headers } = await withToken(door, body.access_token)
      expect([status, headers.get('x-ratelimit-remaining')]).toEqual([200, String(left)])
    }
    const over = await withToken(door, body.access_token)
    expect(over.status).toBe(429)
    expect(over.body.error.type).toBe('RateLimited')
    expect(over.headers.get('x-ratelimit-limit')).toBe('50')
    expect(Number(over.headers.get('x-ratelimit-reset'))).toBeGreaterThan(door.clock.now() / 1_000)
    door.clock.drive({ advanceMs: Number(over.headers.get('retry-after')) * 1_000 })
    expect((await withToken(door, body.access_token)).status).toBe(200)
  })

  it('is 600 for the static token, can be set, and can be lifted', async () => {
    const door = await startSandbox()
    const limit = async () => (await door.api('GET', '/api/v4/matters.json')).headers.get('x-ratelimit-limit')
    expect(await limit()).toBe('600')
    await door.control('PUT', '/cms/settings', { rateLimit: 3 })
    expect(await limit()).toBe('3')
    await door.control('PUT', '/cms/settings', { rateLimit: null })
    expect(await limit()).toBeNull()
    expect((await door.control('PUT', '/cms/settings', { rateLimit: -1 })).body.error.field).toBe('rateLimit')
  })
})
