/** A firm whose system is known by its settings alone: what a poll finds is told, and webhooks that prove little are not believed. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRest } from '../../src/adapters/rest/index.ts'
import { readFirmDirectory } from '../../src/main/commands/firm-directory.ts'
import { type ConnectionSettings, connectionSettings } from '../../src/modules/connections/index.ts'
import { readDocuments } from '../../src/modules/firms/index.ts'
import { startWorld, type World } from '../support/world.ts'

const firm = join(import.meta.dirname, '../../examples/mycase-firm')
let world: World
beforeAll(async () => {
  world = await startWorld({ firm })
  await world.control('PUT', '/_sandbox/mycase/settings', { rateLimit: null })
})
afterAll(() => world.close())

const ines = '+12125550131'
const door = (code: string) => `${world.appUrl}/hooks/tide-marrow-mycase?code=${code}`
const matters = () =>
  world.rows<{ external_id: string; title: string; state: string | null }>(
    'select external_id, title, state from matters order by external_id',
  )

/** A case as a list gives it. */
async function found(id: string): Promise<string> {
  const item = readDocuments(readFirmDirectory(firm)).items.find((one) => one.key === 'tide-marrow-mycase')
  const { settings }: ConnectionSettings = connectionSettings.parse(item?.body)
  const resolved = { ...settings, baseUrl: `${world.sandboxUrl}/mycase/v1`, secret: 'sandbox-mycase-token' }
  const reader = createRest(world.clock).open(resolved)
  const page = await reader.changes!.page('case', { since: null, window: null, cursor: null }, () => {})
  if (!page.ok) throw new Error(page.detail)
  const record = page.value.records.find(({ externalId }) => externalId === id)
  return JSON.stringify(record!.payload('updated'))
}

it('takes in what there is without a word', async () => {
  await world.settled()
  expect((await matters()).length).toBeGreaterThan(3)
  expect(await world.messages()).toEqual([])
  expect(await world.rows('select from events')).toEqual([])
})

it('tells a change of status that a poll found, once, without a mapping of the firm’s own', async () => {
  await world.control('PATCH', '/_sandbox/mycase/cases/601', { case_stage: 'Trial prep' })
  // Polls overlap.
  for (let i = 0; i < 3; i++) await world.advance({ minutes: 15 })
  expect(await matters()).toContainEqual({
    external_id: '601',
    title: 'Duarte v. Harbor Freight Lines',
    state: 'trial',
  })
  const messages = await world.messages({ to: ines })
  expect(messages.map(({ text }) => text)).toEqual([
    'Ines, Tide & Marrow here: your matter is now on its way to trial. Questions? Call (212) 555-0170.',
  ])
})

it('asks again when a webhook says that something changed, and believes nothing else of it', async () => {
  const subscribe = (url: string) =>
    fetch(`${world.sandboxUrl}/mycase/v1/webhooks/subscriptions`, {
      method: 'POST',
      headers: { authorization: 'Bearer sandbox-mycase-token', 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'case', url, actions: ['created', 'updated'] }),
    })
  expect((await subscribe(door('sandbox-mycase-hook'))).status).toBe(201)
  await world.control('PATCH', '/_sandbox/mycase/cases/601', { name: 'Duarte v. Harbor Freight' })
  await world.settled()
  expect(await matters()).toContainEqual({
    external_id: '601',
    title: 'Duarte v. Harbor Freight',
    state: 'trial',
  })
  expect(await world.rows("select outcome from events where type = 'matter.touched'")).toEqual([
    { outcome: 'decided' },
  ])
  expect(await world.messages({ to: ines })).toHaveLength(1)

  // What is new is found by its lists, asked before their time; however many webhooks come, twice a minute at most.
  const polls = () => world.rows("select min(done_until) as at from cms_streams where model = 'case'")
  const before = await polls()
  await world.control('PATCH', '/_sandbox/mycase/cases/601', { case_stage: 'Negotiation' })
  await world.settled()
  expect(await polls()).toEqual(before)
  await world.advance({ seconds: 31 })
  expect(await world.messages({ to: ines })).toHaveLength(2)

  const refused = await fetch(door('guess'), { method: 'POST', body: '{"model":"case","id":602}' })
  expect(refused.status).toBe(401)
  // Who knows the way in can't pass for our own reading.
  await world.control('PATCH', '/_sandbox/mycase/cases/602', { case_stage: 'Negotiation' })
  const forged = await fetch(door('sandbox-mycase-hook'), { method: 'POST', body: await found('602') })
  expect(forged.status).toBe(422)
})
