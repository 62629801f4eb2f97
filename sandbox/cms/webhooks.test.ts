import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { DEFAULT_STANDARD_SECRET } from './index.ts'
import { startReceiver, startSandbox, subscribe } from './test-support.ts'

const toStage = (name: string) => ({ matter_stage: { name } })
const DAY = 86_400_000

describe('Clio webhooks', () => {
  it('sends the handshake before the create call returns, and is enabled by the echo', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    const hook = await subscribe(door, receiver.url)
    expect(receiver.received).toHaveLength(1)
    expect(receiver.received[0]?.headers['x-hook-secret']).toBe(hook.shared_secret)
    expect(receiver.received[0]?.json.meta.webhook_id).toBe(hook.id)
    expect(hook.status).toBe('enabled')
  })

  it('stays pending without the echo and sends nothing, until it is activated with the secret', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver(() => 200, false)
    const hook = await subscribe(door, receiver.url)
    expect(hook.status).toBe('pending')
    await door.control('PATCH', '/cms/matters/21001', toStage('Mediation'))
    const path = `/api/v4/webhooks/${hook.id}/activate.json?fields=status`
    expect((await door.api('PUT', path, undefined, { 'x-hook-secret': 'wrong' })).status).toBe(422)
    const done = await door.api('PUT', path, undefined, { 'x-hook-secret': hook.shared_secret })
    expect(done.body.data.status).toBe('enabled')
    await door.control('PATCH', '/cms/matters/21001', toStage('Trial'))
    const received = await receiver.arrived(2)
    expect(received).toHaveLength(2)
    expect(received[1]?.json.data.matter_stage.name).toBe('Trial')
  })

  it('signs the raw body with HMAC-SHA256 in hex, and carries the fields and no model', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    const hook = await subscribe(door, receiver.url)
    await door.control('PATCH', '/cms/matters/21001', toStage('Settlement Offer'))
    const [, delivery] = await receiver.arrived(2)
    const expected = createHmac('sha256', hook.shared_secret)
      .update(delivery?.body ?? '')
      .digest('hex')
    expect(delivery?.headers['x-hook-signature']).toBe(expected)
    expect(delivery?.json).toEqual({
      data: {
        id: 21001,
        etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
        status: 'Open',
        matter_stage: { id: 111, name: 'Settlement Offer' },
      },
      meta: { event: 'updated', webhook_id: hook.id },
    })
  })

  it('tells only of watched fields, except for the first news of a record', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    await subscribe(door, receiver.url, { fields: 'id,matter_stage{name}' })
    await door.control('PATCH', '/cms/matters/21001', { location: 'Room 1' })
    await door.control('PATCH', '/cms/matters/21001', { location: 'Room 2' })
    await door.control('PATCH', '/cms/matters/21001', toStage('Trial'))
    await door.control('PATCH', '/cms/matters/21001', toStage('Trial'))
    const { body } = await door.control('GET', '/cms/deliveries')
    await receiver.arrived(3)
    expect(body.counts.attempts).toBe(2)
  })

  it('tells of a matter that is closed, and of what is made and deleted', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    await subscribe(door, receiver.url, { fields: 'id', events: ['created', 'deleted', 'matter_closed'] })
    const made = await door.control('POST', '/cms/matters', { client_id: 11001, description: 'New' })
    await receiver.arrived(2)
    await door.control('PATCH', `/cms/matters/${made.body.data.id}`, { status: 'Closed' })
    await receiver.arrived(3)
    await door.control('DELETE', `/cms/matters/${made.body.data.id}`)
    const events = (await receiver.arrived(4)).slice(1).map((one) => [one.json.meta.event, one.json.data.id])
    expect(events.map((one) => one[0])).toEqual(['created', 'matter_closed', 'deleted'])
    expect(new Set(events.map((one) => one[1]))).toEqual(new Set([made.body.data.id]))
  })

  it('tries five times more, waiting 2 min and then twice as long each time', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver((one) => (one.headers['x-hook-secret'] ? 200 : 500))
    await subscribe(door, receiver.url)
    door.clock.drive({ advanceMs: 0 })
    await door.control('PATCH', '/cms/matters/21001', toStage('Trial'))
    await receiver.arrived(2)
    for (let retry = 0; retry < 5; retry++) {
      const waitMs = 120_000 * 2 ** retry
      const tries = async () => (await door.control('GET', '/cms/deliveries')).body
      // The log shows the try a moment after the receiver saw it.
      await expect.poll(async () => (await tries()).data[0].attempt).toBe(retry + 1)
      door.clock.drive({ advanceMs: waitMs - 1 })
      expect((await tries()).counts.attempts).toBe(retry + 1)
      door.clock.drive({ advanceMs: 1 })
      await receiver.arrived(3 + retry)
    }
    const last = async () => (await door.control('GET', '/cms/deliveries')).body.data[0].outcome
    await expect.poll(last).toBe('failed')
    door.clock.drive({ advanceMs: 30 * DAY })
    const { body } = await door.control('GET', '/cms/deliveries')
    expect(body.counts).toMatchObject({ attempts: 6, failed: 1, pending: 0, retrying: 0 })
    expect(new Set(receiver.received.slice(1).map((one) => one.body)).size).toBe(1)
  })

  it('stops for good when told 410', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver((one) => (one.headers['x-hook-secret'] ? 200 : 410))
    const hook = await subscribe(door, receiver.url)
    await door.control('PATCH', '/cms/matters/21001', toStage('Trial'))
    const status = async () =>
      (await door.api('GET', `/api/v4/webhooks/${hook.id}.json?fields=status`)).body.data.status
    await expect.poll(status).toBe('suspended')
    await door.control('PATCH', '/cms/matters/21001', toStage('Mediation'))
    expect((await door.control('GET', '/cms/deliveries')).body.counts.attempts).toBe(1)
  })

  it('lives 3 days unless told, 31 at most, and can be renewed', async () => {
    const door = await startSandbox()
    door.clock.drive({ advanceMs: 0 })
    const receiver = await startReceiver()
    const hook = await subscribe(door, receiver.url)
    expect(Date.parse(hook.expires_at) - door.clock.now()).toBeGreaterThan(3 * DAY - 1_001)
    const renew = (days: number) =>
      door.api('PATCH', `/api/v4/webhooks/${hook.id}.json`, {
        data: { expires_at: new Date(door.clock.now() + days * DAY).toISOString() },
      })
    expect((await renew(32)).status).toBe(422)
    expect((await renew(-1)).status).toBe(422)
    door.clock.drive({ advanceMs: 3 * DAY })
    await door.control('PATCH', '/cms/matters/21001', toStage('Trial'))
    expect((await door.control('GET', '/cms/deliveries')).body.counts.attempts).toBe(0)
    expect((await renew(31)).status).toBe(200)
    await door.control('PATCH', '/cms/matters/21001', toStage('Mediation'))
    expect(await receiver.arrived(2)).toHaveLength(2)
  })

  it.each([
    [{ url: 'http://example.com/x' }, 'url'],
    [{ url: 'https://example.com/x', model: 'note' }, 'model'],
    [{ fields: 'id,nope' }, 'fields'],
    [{ fields: `id,${'etag,'.repeat(200)}` }, 'fields'],
    [{ events: ['renamed'] }, 'events'],
  ])('refuses %j and names the field', async (more, field) => {
    const door = await startSandbox()
    const data = { url: 'http://127.0.0.1:9/', model: 'matter', fields: 'id', ...more }
    const { status, body } = await door.api('POST', '/api/v4/webhooks.json', { data })
    expect(status).toBe(422)
    expect(body.error.message.startsWith(`${field} `)).toBe(true)
  })

  it('gives the secret to who asks for it only, and forgets what is deleted', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    const hook = await subscribe(door, receiver.url)
    const shown = await door.api('GET', '/api/v4/webhooks.json')
    expect(Object.keys(shown.body.data[0])).toEqual(['id', 'etag'])
    expect((await door.api('DELETE', `/api/v4/webhooks/${hook.id}.json`)).status).toBe(204)
    expect((await door.api('GET', `/api/v4/webhooks/${hook.id}.json`)).status).toBe(404)
  })

  it('drops and doubles a share of deliveries when a rehearsal asks for it', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    await subscribe(door, receiver.url)
    await door.control('PUT', '/cms/settings', { doubleShare: 1 })
    await door.control('PATCH', '/cms/matters/21001', toStage('Trial'))
    expect(await receiver.arrived(3)).toHaveLength(3)
    await door.control('PUT', '/cms/settings', { dropShare: 1 })
    await door.control('PATCH', '/cms/matters/21001', toStage('Mediation'))
    expect((await door.control('GET', '/cms/deliveries')).body.counts).toMatchObject({
      attempts: 2,
      dropped: 1,
    })
  })
})

describe('other kinds of webhook', () => {
  it('signs by Standard Webhooks, as the reference verifier agrees, with one id over retries', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver((_one, count) => (count === 1 ? 503 : 204))
    await door.control('PUT', '/cms/settings', { retryBaseSeconds: 0 })
    await door.control('POST', '/cms/hooks', { kind: 'standard', url: receiver.url })
    await door.control('PATCH', '/cms/matters/21001', toStage('Settlement Offer'))
    const received = await receiver.arrived(2)
    for (const one of received) {
      const verified = new Webhook(DEFAULT_STANDARD_SECRET).verify(
        one.body,
        one.headers as Record<string, string>,
      )
      expect(verified).toEqual({
        data: {
          client_id: 11001,
          matter_id: 21001,
          previous_attributes: { status: 'Discovery' },
          current_attributes: { status: 'Settlement Offer' },
        },
      })
    }
    expect(received[0]?.headers['webhook-id']).toBe(received[1]?.headers['webhook-id'])
  })

  it('sends a flat payload with a shared secret in a header', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    const order = {
      name: 'old',
      kind: 'header',
      template: 'flat',
      url: receiver.url,
      header: 'x-token',
      secret: 's3',
    }
    await door.control('POST', '/cms/hooks', order)
    await door.control('POST', '/cms/hooks', order)
    await door.control('PATCH', '/cms/matters/21001', { status: 'closed' })
    const [one] = await receiver.arrived(1)
    expect(one?.json).toEqual({ caseId: '21001', newStatus: 'Closed' })
    expect(one?.headers['x-token']).toBe('s3')
    expect((await door.control('GET', '/cms/deliveries')).body.counts.attempts).toBe(1)
  })

  it('may leave the matter out, and may tell of notes', async () => {
    const door = await startSandbox()
    const receiver = await startReceiver()
    const events = ['matter.status_changed', 'note.created']
    await door.control('POST', '/cms/hooks', { url: receiver.url, withMatterId: false, events })
    await door.control('PATCH', '/cms/matters/21001', toStage('Trial'))
    expect((await receiver.arrived(1))[0]?.json.data).not.toHaveProperty('matter_id')
    await door.control('POST', '/cms/notes', { matter_id: 21001, subject: 'Call', detail: 'All is well.' })
    expect((await receiver.arrived(2))[1]?.json).toMatchObject({
      type: 'note.created',
      data: { client_id: 11001, matter_id: 21001, note: { detail: 'All is well.' } },
    })
  })

  it.each([
    [{ url: 'ftp://x' }, 'url'],
    [{ kind: 'soap' }, 'kind'],
    [{ secret: 'whsec_c2hvcnQ=' }, 'secret'],
    [{ template: 'deep' }, 'template'],
    [{ colour: 'red' }, 'colour'],
  ])('refuses %j and names the field', async (more, field) => {
    const door = await startSandbox()
    const { status, body } = await door.control('POST', '/cms/hooks', { url: 'http://127.0.0.1:9/', ...more })
    expect([status, body.error.field]).toEqual([422, field])
  })
})
