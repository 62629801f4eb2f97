import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { FILEVINE_PAT, mountFilevine } from '../filevine/index.ts'
import { MYCASE_TOKEN, mountMycase } from '../mycase/index.ts'
import { control, startReceiver, startSandbox } from '../testing.ts'

const start = () => startSandbox({ mounts: [mountMycase, mountFilevine] })
const json = async (answer: Response | Promise<Response>) =>
  (await answer).json() as Promise<Record<string, never>>

describe('the MyCase-like system', () => {
  const headers = { authorization: `Bearer ${MYCASE_TOKEN}` }

  it('gives plain lists, page by page by the Link header', async () => {
    const { url } = await start()
    const first = await fetch(`${url}/mycase/v1/cases?page_size=3`, { headers })
    expect(await first.json()).toHaveLength(3)
    const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1]
    const last = await fetch(next!, { headers })
    expect(await last.json()).toHaveLength(2)
    expect(last.headers.get('link')).toBeNull()
    expect((await fetch(`${url}/mycase/v1/cases`)).status).toBe(401)
    expect((await fetch(`${url}/mycase/v1/cases?page_size=1001`, { headers })).status).toBe(400)
  })

  it('takes 25 calls a second, then says when to come again', async () => {
    const { url, core } = await start()
    core.clock.drive({ now: core.now() })
    const statuses: number[] = []
    for (let at = 0; at < 26; at++)
      statuses.push((await fetch(`${url}/mycase/v1/cases/601`, { headers })).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(25)
    const refused = await fetch(`${url}/mycase/v1/cases/601`, { headers })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  })

  it('tells subscribers of changes, unsigned', async () => {
    const { url } = await start()
    const receiver = await startReceiver()
    await fetch(`${url}/mycase/v1/webhooks/subscriptions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model: 'case', url: `${receiver.url}/?code=1`, actions: ['updated'] }),
    })
    await control(url, 'PATCH', '/_sandbox/mycase/cases/601', { case_stage: 'Trial' })
    const [told] = await receiver.until(1)
    expect(JSON.parse(told!.body)).toMatchObject({
      model: 'case',
      action: 'updated',
      id: 601,
      client_id: 501,
    })
    expect(told!.url).toBe('/?code=1')
  })
})

describe('the Filevine-like system', () => {
  const token = async (url: string, form: Record<string, string>) =>
    fetch(`${url}/filevine/connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: 'sandbox-filevine-client',
        client_secret: 'sandbox-filevine-secret',
        ...form,
      }),
    })
  const grant = { grant_type: 'personal_access_token', token: FILEVINE_PAT }

  it('changes a personal access token for one that ends', async () => {
    const { url, core } = await start()
    core.clock.drive({ now: core.now() })
    const { access_token, expires_in } = await json(token(url, grant))
    expect(expires_in).toBe(1800)
    const headers = { authorization: `Bearer ${access_token}`, 'x-fv-orgid': '7001', 'x-fv-userid': '901' }
    const project = () => fetch(`${url}/filevine/fv-app/v2/Projects/4101`, { headers })
    expect(await json(project())).toMatchObject({ projectId: { native: 4101 }, clientId: { native: 3101 } })
    core.clock.drive({ advanceMs: 1_800_000 })
    expect((await project()).status).toBe(401)
    expect(await json(token(url, { ...grant, token: 'x' }))).toEqual({ error: 'invalid_grant' })
  })

  it('gives lists by offset, and appointments by date', async () => {
    const { url } = await start()
    const { access_token } = await json(token(url, grant))
    const headers = { authorization: `Bearer ${access_token}`, 'x-fv-orgid': '7001', 'x-fv-userid': '901' }
    const list = (path: string) => json(fetch(`${url}/filevine/fv-app/v2${path}`, { headers }))
    expect(await list('/Projects?limit=3')).toMatchObject({
      count: 3,
      hasMore: true,
      links: { next: expect.stringContaining('offset=3') },
    })
    expect(await list('/Projects?limit=3&offset=3')).toMatchObject({ count: 1, hasMore: false })
    expect(await list('/Projects/4102/Appointments')).toMatchObject({ count: 2 })
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    expect(await list(`/Projects/4102/Appointments?startDate=${day(0)}&endDate=${day(30)}`)).toMatchObject({
      count: 1,
    })
  })

  it('signs its webhooks by a key that it publishes', async () => {
    const { url } = await start()
    const receiver = await startReceiver()
    await control(url, 'PUT', '/_sandbox/filevine/webhook', { url: receiver.url })
    await control(url, 'PATCH', '/_sandbox/filevine/projects/4101', { phaseName: 'Litigation' })
    const [told] = await receiver.until(1)
    expect(JSON.parse(told!.body)).toMatchObject({
      Object: 'Project',
      Event: 'Updated',
      ProjectId: 4101,
      OrgId: 7001,
    })
    const [head, claims, mark] = told!.headers.authorization!.replace('Bearer ', '').split('.')
    const { keys } = (await json(fetch(`${url}/filevine/.well-known/jwks`))) as unknown as { keys: [object] }
    const key = createPublicKey({ key: keys[0] as never, format: 'jwk' })
    expect(verify('RSA-SHA512', Buffer.from(`${head}.${claims}`), key, Buffer.from(mark!, 'base64url'))).toBe(
      true,
    )
  })
})

it('the controls of both name what is wrong', async () => {
  const { url } = await start()
  const wrong = async (method: string, path: string, body?: object) => {
    const answer = await control(url, method, `/_sandbox${path}`, body)
    return [answer.status, ((await answer.json()) as { error: { field: string } }).error.field]
  }
  expect(await wrong('POST', '/mycase/matters', {})).toEqual([400, 'list'])
  expect(await wrong('POST', '/mycase/events', { case: 5 })).toEqual([400, 'case'])
  expect(await wrong('PATCH', '/filevine/projects/1', {})).toEqual([400, 'id'])
  expect(await wrong('PUT', '/filevine/settings', { speed: 1 })).toEqual([400, 'speed'])
  expect((await control(url, 'POST', '/_sandbox/mycase/reset')).status).toBe(204)
})
