import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListedMessage, Today } from '../../contracts/today.ts'
import { messagesStatement } from '../../src/modules/console/index.ts'
import { closeMatter } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, somebody } from './api-support.ts'
import { phone, thingsIn } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let ours: FirmWorld
let key: string
let closed: Awaited<ReturnType<typeof thingsIn>>
let walled: Awaited<ReturnType<typeof somebody>>

beforeAll(async () => {
  world = await apiWorld()
  ours = await world.firm('ours')
  key = (await ours.key(['read'], 'all')).key
  await thingsIn(world.clock, await world.firm('theirs'))
  for (let n = 0; n < 3; n++) closed = await thingsIn(world.clock, ours)
  walled = await somebody(world, ours, 'staff')
  await ours.inFirm((tx) =>
    closeMatter(tx, { matterId: closed.matter as never, staffId: walled.staffId }, 'kin', {
      by: 'test',
      now: world.clock.now(),
    }),
  )
})
afterAll(() => world.deps.signIn.close())

const get = async <T>(who: typeof key | typeof walled, path: string): Promise<T> => {
  const { status, body } = await world.call(who, 'GET', path)
  expect({ path, status }).toEqual({ path, status: 200 })
  return body as T
}

const lists: Readonly<Record<keyof Today, string>> = {
  deadLetters: '/dead-letters',
  tasks: '/tasks',
  quarantine: '/quarantine',
  held: '/held',
  quality: '/quality',
  events: '/events?outcome=unhandled',
}

describe('what needs a person today', () => {
  it('is the beginning of each list, which goes on from there; walls included', async () => {
    for (const who of [key, walled]) {
      const today = await get<Today>(who, '/today?limit=1')
      for (const [name, path] of Object.entries(lists)) {
        const list = today[name as keyof Today]
        const whole = await get<Today['tasks']>(who, path)
        expect(list.items).toEqual(whole.items.slice(0, 1))
        expect(whole.items.length).toBeGreaterThan(1)
        const rest = await get<Today['tasks']>(
          who,
          `${path}${path.includes('?') ? '&' : '?'}cursor=${list.next}`,
        )
        expect([...list.items, ...rest.items]).toEqual(whole.items)
      }
    }
    const [all, few] = await Promise.all([key, walled].map((who) => get<Today>(who, '/today')))
    expect(few!.deadLetters.items.length).toBeLessThan(all!.deadLetters.items.length)
  })

  it('is at most twenty of each', async () => {
    expect((await world.call(key, 'GET', '/today?limit=21')).status).toBe(422)
  })
})

describe('the messages', () => {
  it('are all that was said, the newest first, page by page, each once', async () => {
    const bo = await ours.client('Bo Diaz', { phone: phone() }, `B-${newId()}`)
    // Written in the same moment, as a batch is.
    await ours.tell(bo, { messages: [{ channel: 'sms' }, { channel: 'sms' }, { channel: 'sms' }] })
    const all = (await get<{ items: ListedMessage[] }>(key, '/messages')).items
    const rows = await ours.inFirm((tx) =>
      tx.rows<{ id: string }>('select id from messages order by created_at desc, id desc'),
    )
    expect(all.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    expect(all.slice(0, 3).map(({ client, clientId, matterId }) => ({ client, clientId, matterId }))).toEqual(
      Array.from({ length: 3 }, () => ({ client: 'Bo Diaz', clientId: bo.id, matterId: bo.matterId })),
    )
    const read: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: ListedMessage[]; next: string | null } = await get(
        key,
        `/messages?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      read.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(read).toEqual(rows.map(({ id }) => id))
  })

  it('of a closed matter are nowhere for whom it is closed, and no cursor either', async () => {
    const seen = (await get<{ items: ListedMessage[] }>(walled, '/messages')).items
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.filter(({ matterId }) => matterId === closed.matter)).toEqual([])
    const all = (await get<{ items: ListedMessage[] }>(key, '/messages')).items
    const hidden = all.find(({ matterId }) => matterId === closed.matter)!
    const { status, body } = await world.call(walled, 'GET', `/messages?cursor=${hidden.id}`)
    expect({ status, errors: body.errors }).toEqual({
      status: 422,
      errors: [{ path: 'query.cursor', message: 'is not a message of this firm' }],
    })
  })

  it('are read from the end of an index, however many there are', async () => {
    const plan = await ours.inFirm(async (tx) => {
      await tx.run('set local enable_seqscan = off')
      const rows = await tx.rows<{ 'QUERY PLAN': string }>(
        `explain ${messagesStatement.replaceAll('$1', 'now()').replaceAll('$2', 'null').replaceAll('$3', '9')}`,
      )
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toContain('messages_created')
    expect(plan).not.toContain('Seq Scan')
  })
})
