/** The CMS is followed by its lists: what there was, what webhooks dropped, and what is gone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firmCopy, followed } from '../support/firm-copy.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
const firm = firmCopy(followed)
beforeAll(async () => {
  world = await startWorld({ firm: firm.dir })
  await world.settled()
})
afterAll(async () => {
  await world.close()
  firm.remove()
})

const streams = () =>
  world.rows<{ model: string; phase: string; records: string; tries: number }>(
    `select model, phase, records, tries from cms_streams s join connections c on c.id = s.connection_id
     where c.key = 'harbor-pike-clio' order by model`,
  )
const events = (type: string) =>
  world.rows<{ subject: string; outcome: string }>(
    'select subject, outcome from events where type = $1 order by recorded_at, subject',
    [type],
  )
const james = '+13105550112'
const texts = async (to: string) => (await world.messages({ to })).length
/** Nothing comes by webhook any more. */
const webhooks = (dropShare: number) => world.control('PUT', '/_sandbox/cms/settings', { dropShare, seed: 7 })

describe('a first sync', () => {
  it('takes in all there is, list by list', async () => {
    expect(await streams()).toMatchObject(
      ['bill', 'calendar_entry', 'communication', 'contact', 'document', 'matter'].map((model) => ({
        model,
        phase: 'following',
        tries: 0,
      })),
    )
    const [count] = await world.rows<{ matters: string; clients: string; stated: string; facts: string }>(
      `select (select count(*) from matters) as matters, (select count(*) from clients) as clients,
         (select count(*) from matters where state is not null) as stated, (select count(*) from facts) as facts`,
    )
    expect(Number(count!.matters)).toBe(16)
    expect(Number(count!.clients)).toBeGreaterThanOrEqual(15)
    expect(Number(count!.stated)).toBeGreaterThan(10)
    expect(Number(count!.facts)).toBeGreaterThan(0)
  })

  it('says nothing of it, and makes no events', async () => {
    expect(await world.messages()).toEqual([])
    expect(await world.rows('select from events')).toEqual([])
    expect(await world.rows('select from quarantine')).toEqual([])
  })

  it('knows the facts well enough that the next change is told without another read', async () => {
    const before = (await world.calls('clio')).length
    await world.changeStage(21002, 'Investigation')
    await world.settled()
    expect(await texts(james)).toBe(1)
    expect((await world.calls('clio')).length).toBe(before)
  })
})

describe('a change whose webhook was dropped', () => {
  it('is told after the next poll, once', async () => {
    await webhooks(1)
    await world.changeStage(21002, 'Demand Sent')
    await world.settled()
    expect(await texts(james)).toBe(1)
    await world.advance({ minutes: 15 })
    expect(await texts(james)).toBe(2)
    await world.advance({ minutes: 15 })
    await world.advance({ minutes: 15 })
    expect(await texts(james)).toBe(2)
  })

  it('is told once when its webhook comes after all', async () => {
    await webhooks(0)
    await world.changeStage(21002, 'Complaint Filed')
    await world.settled()
    const told = await texts(james)
    await world.advance({ minutes: 15 })
    expect(await texts(james)).toBe(told)
    expect((await events('matter.status_changed')).map((e) => e.outcome)).toEqual([
      'decided',
      'decided',
      'decided',
    ])
  })

  it('is found in the diary, too: a new hearing, another time, and its end', async () => {
    await webhooks(1)
    const made = (await world.control('POST', '/_sandbox/cms/calendar_entries', {
      summary: 'Hearing on the motion',
      matter_id: 21002,
      start_at: '2030-11-20T15:00:00Z',
      end_at: '2030-11-20T16:00:00Z',
    })) as { data: { id: string } }
    await world.advance({ minutes: 15 })
    expect(await events('hearing.scheduled')).toHaveLength(1)
    await world.control('PATCH', `/_sandbox/cms/calendar_entries/${made.data.id}`, {
      start_at: '2030-11-21T15:00:00Z',
    })
    await world.advance({ minutes: 15 })
    expect(await events('hearing.moved')).toHaveLength(1)
    await world.control('DELETE', `/_sandbox/cms/calendar_entries/${made.data.id}`)
    await world.advance({ hours: 7 })
    expect(await events('hearing.cancelled')).toEqual([])
    // Missing twice, a while apart.
    await world.advance({ minutes: 2 })
    expect(await events('hearing.cancelled')).toHaveLength(1)
    await world.advance({ hours: 7 })
    await world.advance({ minutes: 2 })
    expect(await events('hearing.cancelled')).toHaveLength(1)
  })
})
