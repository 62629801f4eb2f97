/** Clio's handshake, also when it comes before we have saved the connection that it is for. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepSubscribed } from '../../src/main/keep-subscribed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ firm: null })
})
afterAll(() => world.close())

const api = async (method: string, path: string, data?: object) => {
  const answer = await fetch(`${world.sandboxUrl}/api/v4/${path}`, {
    method,
    headers: { authorization: 'Bearer sandbox-clio-token', 'content-type': 'application/json' },
    ...(data ? { body: JSON.stringify({ data }) } : {}),
  })
  return ((await answer.json()) as { data: never }).data
}
const hooks = (): Promise<{ status: string; url: string; id: number }[]> =>
  api('GET', 'webhooks.json?fields=id,url,status')

describe('a handshake', () => {
  it('is echoed for a connection that is not there yet, so that Clio enables the webhook', async () => {
    const url = `${world.appUrl}/hooks/harbor-pike-clio?model=matter`
    const made: { status: string } = await api('POST', 'webhooks.json?fields=id,status', {
      url,
      model: 'matter',
      events: ['updated'],
      fields: 'id,etag',
    })
    expect(made.status).toBe('enabled')
  })

  it('gives nobody a way in: what is signed with an offered secret is refused', async () => {
    const answer = await fetch(`${world.appUrl}/hooks/harbor-pike-clio`, {
      method: 'POST',
      headers: { 'x-hook-secret': 'a-secret-of-somebody' },
    })
    expect([answer.status, answer.headers.get('x-hook-secret')]).toEqual([200, 'a-secret-of-somebody'])
    const { createHmac } = await import('node:crypto')
    const body = '{"data":{"id":21002},"meta":{"event":"updated"}}'
    const mark = createHmac('sha256', 'a-secret-of-somebody').update(body).digest('hex')
    const signed = { method: 'POST', body, headers: { 'x-hook-signature': mark } }
    expect((await fetch(`${world.appUrl}/hooks/harbor-pike-clio`, signed)).status).toBe(404)
    const offers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        fetch(`${world.appUrl}/hooks/made-up-${i}`, {
          method: 'POST',
          headers: { 'x-hook-secret': 'a-secret-of-somebody' },
        }),
      ),
    )
    // Offers are counted: nobody can make us echo without end.
    expect(offers.filter((o) => o.status === 200).length).toBeLessThan(20)
    expect(offers.at(-1)!.status).toBe(404)

    expect((await world.apply(join(import.meta.dirname, '../../examples/harbor-pike'))).code).toBe(0)
    const late = await fetch(`${world.appUrl}/hooks/harbor-pike-clio?model=matter`, {
      method: 'POST',
      headers: { 'x-hook-secret': 'a-secret-of-somebody' },
    })
    // Nothing is subscribing now.
    expect([late.status, late.headers.get('x-hook-secret')]).toEqual([403, null])
    expect((await fetch(`${world.appUrl}/hooks/harbor-pike-clio?model=matter`, signed)).status).toBe(401)
  })

  it('completes once the connection is saved: one live webhook per model, and a change arrives', async () => {
    const subscribed = keepSubscribed(world.runtime)
    await subscribed.now()
    await subscribed.now()
    subscribed.stop()
    const live = (await hooks()).filter((h) => h.status === 'enabled').map((h) => new URL(h.url).search)
    expect(live.toSorted()).toEqual(
      ['bill', 'calendar_entry', 'communication', 'contact', 'document', 'matter'].map(
        (model) => `?model=${model}`,
      ),
    )
    await world.changeStage(21002, 'Investigation')
    await world.settled()
    expect(await world.messages({ to: '+13105550112' })).toHaveLength(1)
  })

  it('is done anew when Clio has forgotten a webhook', async () => {
    const lost = (await hooks()).find((h) => h.url.endsWith('model=matter'))!
    await fetch(`${world.sandboxUrl}/api/v4/webhooks/${lost.id}.json`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer sandbox-clio-token' },
    })
    const subscribed = keepSubscribed(world.runtime)
    await subscribed.now()
    subscribed.stop()
    await world.changeStage(21002, 'Demand Sent')
    await world.settled()
    expect(await world.messages({ to: '+13105550112' })).toHaveLength(2)
  })
})
