/** The same webhook many times is one event; real changes that look alike are not. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { note, post, signed, track } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const outcomes = (type: string) =>
  world
    .rows<{ outcome: string }>('select outcome from events where type = $1 order by recorded_at, id', [type])
    .then((rows) => rows.map((r) => r.outcome))
const deliveries = async () =>
  (await world.rows<{ n: number }>('select count(*)::int as n from inbound_deliveries'))[0]!.n
const clio = async (path: string) => {
  const answer = await fetch(`${world.sandboxUrl}/api/v4/${path}`, {
    headers: { authorization: 'Bearer sandbox-clio-token' },
  })
  return ((await answer.json()) as { data: never }).data
}

/** A change of a matter as Clio would send it, signed with the secret of our own subscription. */
async function clioDelivery(matter: number, stage: string) {
  const hooks: { id: number; model: string; shared_secret: string }[] = await clio(
    'webhooks.json?fields=id,model,shared_secret',
  )
  const hook = hooks.find((h) => h.model === 'matter')!
  const data = {
    id: matter,
    etag: `"made-up-${matter}"`,
    status: 'Open',
    updated_at: world.clock.now().toString(),
    matter_stage: { id: 1, name: stage },
    client: { id: 11_002 },
  }
  const body = JSON.stringify({ data, meta: { event: 'updated', webhook_id: hook.id } })
  const mark = createHmac('sha256', hook.shared_secret).update(body).digest('hex')
  return { body, headers: { 'content-type': 'application/json', 'x-hook-signature': mark } }
}

describe('the same webhook 100 times at once', () => {
  it('with an id and etag (Clio) is stored once, and is one event and one message', async () => {
    const delivery = await clioDelivery(21002, 'Investigation')
    // The CMS must say so too: the matter is read on first sight.
    await world.control('PATCH', '/_sandbox/cms/matters/21002', { description: 'seen first' })
    await world.settled()
    const stored = await deliveries()
    const before = await outcomes('matter.status_changed')
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post(world, 'harbor-pike-clio?model=matter', delivery)),
    )
    await world.settled()
    expect(answers.toSorted()).toEqual([...Array(99).fill(200), 202])
    expect((await deliveries()) - stored).toBe(1)
    expect((await outcomes('matter.status_changed')).slice(before.length)).toEqual(['decided'])
    expect(await world.messages({ to: '+13105550112' })).toHaveLength(1)
  })

  it('without any id (the tracker) is one event and one message, since the state decides', async () => {
    const delivery = signed({ caseId: '21004', newStatus: 'Demand Sent' }, world.clock.now())
    const before = await outcomes('matter.status_changed')
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post(world, 'harbor-pike-flat', delivery)),
    )
    await world.settled()
    expect(new Set(answers)).toEqual(new Set([202]))
    expect((await outcomes('matter.status_changed')).slice(before.length)).toEqual(['decided'])
    expect(await world.messages({ to: '+18085550114' })).toHaveLength(1)
    expect(
      await world.rows(
        "select reason, count(*)::int as n from inbound_deliveries where state = 'ignored' group by 1",
      ),
    ).toEqual([{ reason: 'repeated; the stored state is the same', n: 99 }])
  })

  it('with the sender’s own webhook-id (the case desk) is one event and one message', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        note(
          world,
          { matter: 21002, id: 7, subject: 'Client update: papers', detail: 'We have your papers.' },
          'msg_7',
        ),
      ),
    )
    await world.settled()
    expect(answers.filter((status) => status === 202)).toHaveLength(1)
    expect(await outcomes('comment.added')).toEqual(['decided'])
    expect(await world.messages({ to: '+13105550112' })).toHaveLength(2)
  })
})

describe('A → B → A → B on a payload without ids', () => {
  it('is four changes, four events and a message for each that the rules speak of', async () => {
    await track(world, 21011, 'Trial')
    await world.settled()
    const before = (await outcomes('matter.status_changed')).length
    const told = (await world.messages({ to: 'denise.okafor@example.com' })).length
    for (const status of ['Settlement Offer', 'Trial', 'Settlement Offer', 'Trial']) {
      expect(await track(world, 21011, status)).toBe(202)
      await world.advance({ seconds: 20 })
    }
    expect((await outcomes('matter.status_changed')).slice(before)).toEqual([
      'decided',
      'decided',
      'decided',
      'decided',
    ])
    const mails = (await world.messages({ to: 'denise.okafor@example.com' })).slice(told)
    expect(mails.map((m) => m.subject === 'News in your matter')).toEqual([false, true, false, true])
    expect(
      await world.rows("select state, state_entry from matters where external_id = '21011'"),
    ).toMatchObject([{ state: 'trial' }])
  })

  it('also when all four come at once, in order', async () => {
    const before = (await outcomes('matter.status_changed')).length
    for (const status of ['Settlement Offer', 'Trial', 'Settlement Offer', 'Trial'])
      await track(world, 21011, status)
    await world.settled()
    expect((await outcomes('matter.status_changed')).slice(before)).toEqual([
      'decided',
      'decided',
      'decided',
      'decided',
    ])
  })
})
