/** Dates that move: the client is never told an older one after a newer one, nor of a move that was none. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clioHook } from '../support/overtaking.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

/** James Whitfield, Los Angeles, texts only. */
const james = '+13105550112'
let before = 0
beforeEach(async () => {
  before = (await world.messages({ to: james })).length
})
const told = async () => (await world.messages({ to: james })).slice(before).map((m) => m.text)
const hearing = async (more: object = {}) => {
  const { data } = (await world.control('POST', '/_sandbox/cms/calendar_entries', {
    summary: 'Motion hearing',
    start_at: '2030-11-20T18:00:00Z',
    end_at: '2030-11-20T19:00:00Z',
    matter: { id: 21002 },
    calendar_entry_event_type: { name: 'Hearing' },
    ...more,
  })) as { data: { id: string } }
  await world.settled()
  return data.id
}
const edit = (id: string, fields: object) =>
  world.control('PATCH', `/_sandbox/cms/calendar_entries/${id}`, fields)
/** A webhook for an entry that the sandbox knows nothing of. */
const entry = (id: string, start: string, updated: string) => ({
  id,
  etag: `"${updated}"`,
  summary: 'Hearing',
  description: null,
  location: null,
  all_day: false,
  start_at: start,
  end_at: start.replace(':00:00Z', ':30:00Z'),
  updated_at: updated,
  matter: { id: 21002 },
  calendar_entry_event_type: { name: 'Hearing' },
})
const outcomes = async (id: string) =>
  (
    await world.rows<{ type: string; outcome: string }>(
      `select type, outcome from events where subject like '%appointment:' || $1 || '@%' order by recorded_at, id`,
      [id],
    )
  ).map((e) => `${e.type} ${e.outcome}`)

describe('webhooks that overtake each other', () => {
  it('an older move that comes last is stale, and nothing is said of it', async () => {
    await clioHook(
      world,
      'calendar_entry',
      'created',
      entry('901', '2030-12-01T18:00:00Z', '2030-10-15T17:00:00Z'),
    )
    await clioHook(
      world,
      'calendar_entry',
      'updated',
      entry('901', '2030-12-03T18:00:00Z', '2030-10-15T17:02:00Z'),
    )
    await clioHook(
      world,
      'calendar_entry',
      'updated',
      entry('901', '2030-12-02T18:00:00Z', '2030-10-15T17:01:00Z'),
    )
    expect(await outcomes('901')).toEqual([
      'hearing.scheduled decided',
      'hearing.moved decided',
      'hearing.moved stale',
    ])
    const texts = await told()
    expect(texts).toHaveLength(2)
    expect(texts.at(-1)).toContain('December 3')
    expect(texts.join()).not.toContain('December 2')
  })

  it('a date that was deleted before its making was heard of is never told', async () => {
    const data = entry('902', '2030-12-05T18:00:00Z', '2030-10-15T17:00:00Z')
    await clioHook(world, 'calendar_entry', 'deleted', data)
    await clioHook(world, 'calendar_entry', 'created', data)
    expect(await told()).toEqual([])
    expect((await outcomes('902')).at(-1)).toBe('hearing.scheduled stale')
  })

  it('nor is one whose deletion named nothing but its id; one made since is', async () => {
    await clioHook(world, 'calendar_entry', 'deleted', { id: '903', etag: '"e"' })
    await world.settled()
    expect(await world.rows('select kind, external_id from fact_tombstones')).toEqual([
      { kind: 'appointment', external_id: '903' },
    ])
    const late = entry('903', '2030-12-05T18:00:00Z', '2030-10-15T17:00:00Z')
    await clioHook(world, 'calendar_entry', 'created', late)
    expect(await told()).toEqual([])
    expect(await outcomes('903')).toEqual(['hearing.scheduled stale'])
    const again = entry('903', '2030-12-06T18:00:00Z', world.clock.now().add({ minutes: 1 }).toString())
    await clioHook(world, 'calendar_entry', 'updated', again)
    expect((await told()).join()).toContain('December 6')
  })
})

describe('a date that has moved on', () => {
  it('a text for the old one that waits for its retry is not sent any more', async () => {
    const id = await hearing()
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500, count: 1 }])
    await edit(id, { start_at: '2030-11-21T18:00:00Z', end_at: '2030-11-21T19:00:00Z' })
    await world.settled()
    await world.advance({ seconds: 30 })
    await edit(id, { start_at: '2030-11-22T18:00:00Z', end_at: '2030-11-22T19:00:00Z' })
    await world.settled()
    await world.advance({ minutes: 40 })
    const texts = await told()
    expect(texts).toHaveLength(2)
    expect(texts.at(-1)).toContain('November 22')
    expect(texts.join()).not.toContain('November 21')
    expect(
      await world.rows(
        `select state, reason from messages where state = 'cancelled' and reason = 'superseded'`,
      ),
    ).toHaveLength(1)
  })

  it('of all that happened to it in the night, the morning tells the last', async () => {
    // 22:30 in Los Angeles.
    await world.advance({ hours: 10, minutes: 49 })
    const id = await hearing()
    for (const day of ['23', '24', '25']) {
      await edit(id, { start_at: `2030-11-${day}T18:00:00Z`, end_at: `2030-11-${day}T19:00:00Z` })
      await world.settled()
      await world.advance({ minutes: 5 })
    }
    expect(await told()).toEqual([])
    await world.advance({ hours: 12 })
    const texts = await told()
    expect(texts).toHaveLength(1)
    expect(texts[0]).toContain('November 25')
  })
})

describe('a move that was none', () => {
  it('rewording an entry is not told, though our facts were old and had to be read first', async () => {
    const id = await hearing()
    expect(await told()).toHaveLength(1)
    await world.advance({ hours: 2 })
    await edit(id, { description: 'bring the blue binder' })
    await world.settled()
    expect(await told()).toHaveLength(1)
    expect((await outcomes(id)).at(-1)).toBe('hearing.moved unchanged')
  })

  it('a move that a read of the CMS saw first is told when its webhook comes, and once', async () => {
    const id = await hearing()
    await world.advance({ hours: 2 })
    await edit(id, { start_at: '2030-11-28T18:00:00Z', end_at: '2030-11-28T19:00:00Z' })
    await world.settled()
    await world.advance({ hours: 2 })
    await edit(id, { description: 'bring it all the same' })
    await world.settled()
    expect((await told()).filter((text) => text.includes('November 28'))).toHaveLength(1)
  })
})

it('a date that is gone from the CMS is gone for us at the next read, though no webhook said so', async () => {
  const id = await hearing({ calendar_entry_event_type: { name: 'Deposition' } })
  const gone = async () =>
    (
      await world.rows<{ gone: boolean }>(
        `select removed_at is not null as gone from facts where kind = 'appointment' and external_id = $1`,
        [id],
      )
    )[0]?.gone
  expect(await gone()).toBe(false)
  await world.rows(`update facts set external_id = 'lost-' || external_id where external_id = $1`, [id])
  await world.advance({ hours: 3 })
  await world.changeStage(21002, 'Deposition Scheduled')
  await world.settled()
  expect(
    await world.rows(`select removed_at is not null as gone from facts where external_id = 'lost-' || $1`, [
      id,
    ]),
  ).toEqual([{ gone: true }])
  expect(await gone()).toBe(false)
})
