/** A CMS with thousands of matters: a first sync that is killed midway, webhooks that are lost, doubled and shuffled. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { firmCopy, followed } from '../support/firm-copy.ts'
import { startWorld, type World } from '../support/world.ts'

const many = 2_000
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })
let world: World
const firm = firmCopy(followed)
beforeAll(async () => {
  world = await startWorld({ webhooksOnly: true })
  await world.control('POST', '/_sandbox/cms/seed', {
    matters: many,
    clients: many,
    seed: 3,
    preference: 'Email',
  })
})
afterAll(async () => {
  await world.close()
  firm.remove()
})

const one = async (sql: string) => Number((await world.rows<{ n: string }>(sql))[0]!.n)

describe('a first sync that is killed midway', () => {
  it('goes on where it was, and makes no event of anything', async () => {
    await world.apply(firm.dir)
    // How long an open firm is trusted.
    world.clock.advance({ seconds: 2 })
    await world.runtime.sweep()
    // Signals, not sleep: each look is a round trip.
    while (
      (await one("select coalesce(max(records), 0) as n from cms_streams where model = 'matter'")) === 0
    );
    const before = await one("select records as n from cms_streams where model = 'matter'")
    expect(before).toBeLessThan(many)
    world.crash()
    await world.settled()
    // What the killed process held is taken up when its lease has ended.
    await world.advance({ minutes: 2 })
    expect(await one('select count(*) as n from matters')).toBe(many + 16)
    expect(await one('select count(*) as n from matters where client_id is null')).toBe(0)
    expect(await one("select count(*) as n from cms_streams where phase = 'first'")).toBe(0)
    expect(await one('select count(*) as n from events')).toBe(0)
    expect(await one('select count(*) as n from inbound_deliveries')).toBe(0)
  })

  it('repeats one page at most', async () => {
    const pages = (await world.calls('clio')).filter((c) => c.path.startsWith('/api/v4/matters.json')).length
    // Two of the pages of 200 may have been under way when it was killed, one being stored and one being read.
    expect(pages).toBeLessThanOrEqual(Math.ceil((many + 16) / 200) + 2)
  })
})

describe('webhooks of which 10 % are lost, 10 % doubled, and the order is shuffled', () => {
  it('leave each change an event, exactly once, after one poll', async () => {
    await world.control('PUT', '/_sandbox/cms/settings', {
      dropShare: 0.1,
      doubleShare: 0.1,
      shuffleMs: 5_000,
      seed: 11,
    })
    await world.control('POST', '/_sandbox/cms/play', {
      events: many,
      perSecond: 1_000,
      seed: 5,
      kind: 'status',
      distinct: true,
      stage: 'Investigation',
    })
    await world.advance({ seconds: 3 })
    await world.advance({ seconds: 6 })
    const byWebhook = await one("select count(*) as n from events where type = 'matter.status_changed'")
    expect(byWebhook).toBeGreaterThan(many * 0.85)
    expect(byWebhook).toBeLessThan(many * 0.95)
    await world.advance({ minutes: 16 })
    const told = await world.rows<{ times: number; n: number }>(
      `select times, count(*) as n from (select count(*) as times from events where type = 'matter.status_changed'
         group by matter_id) per_matter group by times`,
    )
    expect(told).toEqual([{ times: 1, n: many }])
    const { data } = (await world.control('GET', '/_sandbox/cms/matters?limit=5000')) as {
      data: { id: number; matter_stage: { name: string } }[]
    }
    const ours = await world.rows<{ external_id: string; raw_status: string }>(
      'select external_id, raw_status from matters',
    )
    expect(new Map(ours.map((m) => [m.external_id, m.raw_status]))).toEqual(
      new Map(data.map((m) => [String(m.id), m.matter_stage.name])),
    )
  })
})

describe('hearings, documents and invoices, their webhooks treated as badly', () => {
  it('are each told of once', async () => {
    const before = await one("select count(*) as n from events where type = 'document.filed'")
    const play = (await world.control('POST', '/_sandbox/cms/play', {
      events: 400,
      perSecond: 1_000,
      seed: 6,
    })) as { id: string }
    await world.advance({ seconds: 2 })
    await world.advance({ seconds: 6 })
    await world.advance({ minutes: 16 })
    const { byKind } = (await world.control('GET', `/_sandbox/cms/play/${play.id}`)) as {
      byKind: Record<string, number>
    }
    expect(byKind.document).toBeGreaterThan(20)
    expect((await one("select count(*) as n from events where type = 'document.filed'")) - before).toBe(
      byKind.document,
    )
    const lost = await world.rows(
      `select kind, external_id from facts f where f.announced and not exists
         (select from events e where e.matter_id = f.matter_id and (e.subject like '%' || f.external_id || '%'))`,
    )
    expect(lost).toEqual([])
    const twice = await world.rows(
      `select subject from events where outcome in ('decided', 'unhandled') and type <> 'matter.status_changed'
         and type <> 'client.changed' group by subject having count(*) > 1`,
    )
    expect(twice).toEqual([])
  })
})

describe('a CMS that suddenly lists far less', () => {
  it('is not believed: nothing is said of what it leaves out, and the operators hear of it', async () => {
    await world.rows(
      `insert into matters (firm_id, id, connection_id, external_id, data, observed_at)
       select current_firm(), gen_random_uuid(), (select id from connections where key = 'harbor-pike-clio'),
         '9' || n, '{}', '2030-01-01Z' from generate_series(100000, 100199) n returning id`,
    )
    await world.advance({ hours: 7 })
    expect(await one("select count(*) as n from events where type = 'matter.removed'")).toBe(0)
    expect(await world.rows("select severity from alerts where kind = 'cms_shrunk'")).toEqual([
      { severity: 'warning' },
    ])
  })
})
