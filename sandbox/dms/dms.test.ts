import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { type Door, startReceiver, startSandbox } from '../cms/test-support.ts'
import { DMS_API_KEY, DMS_WEBHOOK_SECRET } from './index.ts'

const read = (door: Door, query = '', key = DMS_API_KEY) =>
  door.api('GET', `/dms/v1/documents${query}`, undefined, { 'x-api-key': key })
const file = (door: Door, more: object = {}) =>
  door.control('POST', '/dms/documents', {
    matter: '21001',
    name: 'Transcript.pdf',
    category: 'Transcripts',
    ...more,
  })

describe('the document system', () => {
  it('opens with its key only', async () => {
    const door = await startSandbox()
    expect((await read(door, '', 'wrong')).status).toBe(401)
    expect((await read(door)).status).toBe(200)
  })

  it('finds documents by matter, category, tag and time, page by page', async () => {
    const door = await startSandbox()
    door.clock.drive({ advanceMs: 0 })
    await file(door, { tags: ['testimony'] })
    door.clock.drive({ advanceMs: 60_000 })
    const since = new Date(door.clock.now()).toISOString()
    await file(door, { matter: 21002 })
    await file(door, { name: 'Letter.pdf', category: 'Letters' })
    const names = async (query: string) =>
      (await read(door, query)).body.documents.map((held: { name: string }) => held.name)
    expect(await names('?matter=21001')).toEqual(['Transcript.pdf', 'Letter.pdf'])
    expect(await names('?matter=21001&category=Transcripts')).toEqual(['Transcript.pdf'])
    expect(await names('?tag=testimony')).toEqual(['Transcript.pdf'])
    expect((await names(`?modifiedSince=${since}`)).length).toBe(2)
    const first = await read(door, '?limit=2')
    expect(first.body.next).toBe(2)
    expect((await read(door, '?limit=2&skip=2')).body).toMatchObject({
      next: null,
      documents: [{ name: 'Letter.pdf' }],
    })
  })

  it.each(['?limit=0', '?limit=101', '?uploaded=yes', '?modifiedSince=x', '?colour=red'])(
    'refuses %s with 400',
    async (query) => {
      const door = await startSandbox()
      expect((await read(door, query)).status).toBe(400)
    },
  )

  it('tells its receiver what was filed, signed by Standard Webhooks, once it is all there', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    await door.control('PUT', '/dms/webhook', { url: receiver.url })
    const waiting = await file(door, { uploaded: false, matterNumber: '00001-Santos' })
    await door.control('PATCH', `/dms/documents/${waiting.body.data.id}`, { uploaded: true })
    const [one] = await receiver.arrived(1)
    const verified = new Webhook(DMS_WEBHOOK_SECRET).verify(
      one?.body ?? '',
      one?.headers as Record<string, string>,
    )
    expect(verified).toEqual({
      type: 'document.filed',
      timestamp: expect.any(String),
      data: expect.objectContaining({ matter: '21001', matterNumber: '00001-Santos', uploaded: true }),
    })
    await door.control('PATCH', `/dms/documents/${waiting.body.data.id}`, {
      name: 'Transcript, corrected.pdf',
    })
    expect((await receiver.arrived(2))[1]?.json.type).toBe('document.updated')
  })

  it('lists nothing of what was deleted, and tells nobody', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    const kept = await file(door)
    const gone = await file(door)
    await door.control('PUT', '/dms/webhook', { url: receiver.url })
    expect((await door.control('DELETE', `/dms/documents/${gone.body.data.id}`)).status).toBe(204)
    expect((await door.control('DELETE', `/dms/documents/${gone.body.data.id}`)).status).toBe(404)
    expect((await read(door)).body.documents).toEqual([kept.body.data])
    expect((await door.control('GET', '/dms/deliveries')).body.data).toEqual([])
  })

  it('tries again with the same id and a fresh signature', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver((_one, count) => (count === 1 ? 500 : 204))
    await door.control('PUT', '/dms/settings', { retryBaseSeconds: 0 })
    await door.control('PUT', '/dms/webhook', { url: receiver.url })
    await file(door)
    const [first, second] = await receiver.arrived(2)
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  })

  it.each([
    [{ matter: '' }, 'matter'],
    [{ name: 5 }, 'name'],
    [{ tags: 'x' }, 'tags'],
    [{ pages: 3 }, 'pages'],
  ])('refuses %j and names the field', async (more, field) => {
    const door = await startSandbox()
    const { status, body } = await file(door, more)
    expect(status).toBe(422)
    expect(body.error.message.startsWith(`${field} `)).toBe(true)
  })

  it('fails as it is told to', async () => {
    const door = await startSandbox()
    door.faults.set([{ provider: 'dms', kind: 'status', status: 502, count: 1 }])
    expect((await read(door)).status).toBe(502)
    expect((await read(door)).status).toBe(200)
  })
})
