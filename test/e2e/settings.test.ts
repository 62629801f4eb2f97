/** Quiet hours, zone, cap, days off and retention over the API, as editions of the configuration. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createKey } from '../../src/modules/console/index.ts'
import { type Scope, scopes } from '../../src/modules/staff/index.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 180_000 })
let world: World
const keys = {} as Record<'all' | 'attorney' | 'staff', string>
beforeAll(async () => {
  // 23:00 in Los Angeles.
  world = await startWorld({ now: '2030-10-16T06:00:00Z' })
  const may: Record<keyof typeof keys, readonly Scope[]> = {
    all: scopes,
    attorney: ['read', 'operate', 'configure'],
    staff: ['read', 'operate'],
  }
  for (const [name, allowed] of Object.entries(may))
    await world.runtime.db.forFirm(world.firmId, async (tx) => {
      const acting = { by: 'test', now: world.clock.now(), newId: world.runtime.newId }
      const { key } = await createKey(tx, { name, scopes: allowed }, acting)
      keys[name as keyof typeof keys] = key
    })
  await world.changeStage(21002, 'Mediation')
  await world.settled()
})
afterAll(() => world.close())

const ask = async (method: string, path: string, body?: unknown, key = keys.all) => {
  const response = await fetch(`${world.appUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}
const hoursNow = async () => (await ask('GET', '/settings/hours')).body
/** When the text to James Whitfield in Los Angeles leaves, by his clock. */
const leaves = async () => {
  const rows = await world.rows<{ due: string }>(
    `select to_char(due_at at time zone 'America/Los_Angeles', 'HH24:MI') as due from messages
     where state = 'held' and address = '+13105550112'`,
  )
  return rows.map(({ due }) => due)
}

describe('quiet hours', () => {
  it('are read with the zone, the cap, the law beside them, days off, and what waits for them', async () => {
    expect(await hoursNow()).toMatchObject({
      hours: {
        timeZone: 'America/New_York',
        quietHours: { from: '21:00', until: '08:00', mail: false, urgent: 'wait', spread: 'PT10M' },
        cap: null,
      },
      digests: ['updates'],
      law: expect.arrayContaining([expect.objectContaining({ key: 'us-tx', where: 'US-TX' })]),
      plans: expect.arrayContaining([expect.objectContaining({ daysOff: { country: 'US', state: 'NY' } })]),
      waiting: 1,
      origin: 'git',
      ahead: false,
    })
  })

  it('are tried on what waits before, and judge it anew at once when they are published', async () => {
    expect(await leaves()).toEqual([expect.stringMatching(/^08:0/)])
    const { edition, hours } = await hoursNow()
    const later = { ...hours, quietHours: { ...hours.quietHours, until: '10:00' } }
    expect((await ask('POST', '/settings/hours/preview', { hours: later }, keys.staff)).body).toEqual({
      problems: [],
      waiting: 1,
      atOnce: 0,
      sooner: 0,
      later: 1,
      same: 0,
    })
    expect(await leaves()).toEqual([expect.stringMatching(/^08:0/)])
    const draft = { hours: later, basedOn: edition, reason: 'The office opens at ten' }
    expect((await ask('PUT', '/settings/hours', draft, keys.staff)).status).toBe(403)
    const done = await ask('PUT', '/settings/hours', draft, keys.attorney)
    expect(done).toMatchObject({ status: 200, body: { edition: edition + 1, changed: true } })
    expect(done.body.touched).toBeGreaterThanOrEqual(1)
    await world.settled()
    expect(await leaves()).toEqual([expect.stringMatching(/^10:0/)])
    expect(await hoursNow()).toMatchObject({
      edition: edition + 1,
      origin: 'console',
      changedBy: 'the key "attorney"',
      reason: 'The office opens at ten',
      ahead: true,
    })
    // Saying the same again changes nothing, and touches nothing.
    const again = { ...draft, basedOn: edition + 1 }
    expect((await ask('PUT', '/settings/hours', again)).body).toMatchObject({ changed: false, touched: 0 })
    expect((await ask('GET', '/settings/history')).body.items).toMatchObject([
      { edition: edition + 1, reason: 'The office opens at ten', hours: later },
      { edition, origin: 'git', hours },
    ])
  })

  it('of two who change them at once one is told that the other was quicker', async () => {
    const { edition, hours } = await hoursNow()
    const draft = (until: string) => ({
      hours: { ...hours, quietHours: { ...hours.quietHours, until } },
      basedOn: edition,
      reason: until,
    })
    const both = await Promise.all(
      ['07:30', '09:30'].map((until) => ask('PUT', '/settings/hours', draft(until))),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    await world.settled()
  })

  it('are refused with the place of each mistake, as apply refuses them', async () => {
    const { edition, hours } = await hoursNow()
    const wrong = {
      timeZone: 'America/Nowhere',
      quietHours: { ...hours.quietHours, from: '25:00' },
      cap: { perDay: 3, digest: 'no-such' },
    }
    const places = ['body.hours.timeZone', 'body.hours.quietHours.from']
    const { body } = await ask('POST', '/settings/hours/preview', { hours: wrong })
    expect(body.problems.map(({ path }: { path: string }) => path)).toEqual(expect.arrayContaining(places))
    const sent = await ask('PUT', '/settings/hours', { hours: wrong, basedOn: edition, reason: 'r' })
    expect(sent.status).toBe(422)
    expect(sent.body.errors.map(({ path }: { path: string }) => path)).toEqual(expect.arrayContaining(places))
    const capped = { ...hours, cap: wrong.cap }
    expect((await ask('POST', '/settings/hours/preview', { hours: capped })).body.problems).toEqual([
      { path: 'body.hours.cap.digest', message: expect.stringContaining('no-such') },
    ])
    expect((await hoursNow()).edition).toBe(edition)
  })

  it('are not overwritten in silence by the next apply', async () => {
    const { printed, code } = await world.apply(world.firmDir!)
    expect(code).toBe(2)
    expect(printed).toContain('! firm: changed elsewhere')
    expect((await hoursNow()).ahead).toBe(true)
  })
})

describe('days off', () => {
  it('of a plan are changed by the same rules; a calendar that there is not is refused', async () => {
    const [plan] = (await hoursNow()).plans
    const path = `/settings/days-off/${plan.key}`
    const change = (daysOff: unknown, basedOn = plan.edition) =>
      ask('PUT', path, { daysOff, basedOn, reason: 'We moved' })
    expect(await change({ country: 'US', state: 'NOWHERE' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.daysOff.state' }] },
    })
    expect((await change({ country: 'US', state: 'CA' })).status).toBe(200)
    expect((await hoursNow()).plans[0].daysOff).toEqual({ country: 'US', state: 'CA' })
    expect((await change(null)).status).toBe(409)
    expect(
      (await ask('PUT', '/settings/days-off/none', { daysOff: null, basedOn: 1, reason: 'r' })).status,
    ).toBe(404)
  })
})

describe('retention', () => {
  const kept = {
    status: null,
    reminder: null,
    conversation: null,
    billing: null,
    intake: null,
    marketing: null,
    webhooks: null,
  }
  const words = () =>
    world.rows<{ n: number }>(
      `select count(*)::int as n from messages where purpose = 'status' and body is not null`,
    )

  it('is shortened by an owner alone, who types the firm’s name; then words go within the hour, and proof stays', async () => {
    // What was held leaves in the morning, and gets old.
    await world.advance({ hours: 12 })
    await world.advance({ hours: 24 * 40 })
    const [{ n } = { n: 0 }] = await words()
    expect(n).toBeGreaterThan(0)
    const months = { ...kept, status: 1 }
    const preview = (await ask('POST', '/settings/retention/preview', { months })).body
    expect(preview).toMatchObject({ problems: [], shorter: true, gone: { messages: n } })
    const { edition } = (await ask('GET', '/settings/retention')).body
    const draft = { months, basedOn: edition, reason: 'Data protection' }
    expect(
      await ask('PUT', '/settings/retention', { ...draft, confirm: 'Harbor & Pike' }, keys.attorney),
    ).toMatchObject({
      status: 403,
    })
    for (const confirm of [undefined, 'yes', 'harbor & pike'])
      expect(await ask('PUT', '/settings/retention', { ...draft, confirm })).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'body.confirm' }] },
      })
    expect(await words()).toEqual([{ n }])
    const done = await ask('PUT', '/settings/retention', { ...draft, confirm: ' Harbor & Pike ' })
    expect(done).toMatchObject({ status: 200, body: { changed: true } })
    await world.advance({ hours: 1 })
    expect(await words()).toEqual([{ n: 0 }])
    const hashes = await world.rows(`select words_hash from messages where purpose = 'status'`)
    expect(hashes.every(({ words_hash }) => words_hash !== null)).toBe(true)
  })

  it('is lengthened by an attorney without that; what will be old enough soon is told beforehand', async () => {
    const { edition, months } = (await ask('GET', '/settings/retention')).body
    const draft = { months: { ...months, status: 24 }, basedOn: edition, reason: 'A client asked' }
    expect((await ask('PUT', '/settings/retention', draft, keys.attorney)).status).toBe(200)
    const found = (await ask('GET', '/settings/retention', undefined, keys.staff)).body
    expect(found.now).toMatchObject([{ rule: 'status', months: 24, messages: 0 }])
    expect(
      Temporal.Instant.from(found.soon[0].before)
        .since(Temporal.Instant.from(found.now[0].before))
        .total('hours'),
    ).toBeGreaterThan(24 * 25)
    expect(
      (await ask('POST', '/settings/retention/preview', { months: { ...months, status: 0 } })).body.problems,
    ).toEqual([{ path: 'body.months.status', message: expect.any(String) }])
  })
})
