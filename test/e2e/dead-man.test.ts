/** Work that nobody does: noticed by whoever lives, by who comes back, and by the outside. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readinessOf } from '../../src/main/readiness.ts'
import { webApp } from '../../src/main/web.ts'
import { firmCopy } from '../support/firm-copy.ts'
import { startOperators } from '../support/operators.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })

/** James Whitfield, Los Angeles, texts only. */
const james = '+13105550112'
const firm = firmCopy((yaml) =>
  yaml.replace('operators:\n', 'operators:\n  ping: env:HARBOR_PIKE_OPERATORS_PING\n'),
)
let world: World
let operators: Awaited<ReturnType<typeof startOperators>>
let pings = 0
const service = createServer((_, response) => {
  pings++
  response.end('OK')
})

beforeAll(async () => {
  operators = await startOperators()
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const { port } = service.address() as AddressInfo
  world = await startWorld({
    firm: firm.dir,
    env: { ...operators.env, HARBOR_PIKE_OPERATORS_PING: `http://127.0.0.1:${port}/ping/3f2a` },
  })
  // James is known before any date of his is.
  await world.settled()
})
afterAll(async () => {
  await world.close()
  operators.close()
  service.closeAllConnections()
  service.close()
  firm.remove()
})

const hearing = async (summary: string, start: string) => {
  const { data } = (await world.control('POST', '/_sandbox/cms/calendar_entries', {
    summary,
    start_at: start,
    end_at: Temporal.Instant.from(start).add({ hours: 1 }).toString(),
    matter: { id: 21002 },
    calendar_entry_event_type: { name: 'Hearing' },
  })) as { data: { id: number } }
  await world.settled()
  return data.id
}
const until = async (moment: string) => {
  const left = world.clock.now().until(Temporal.Instant.from(moment)).total('seconds')
  await world.advance({ seconds: Math.ceil(left) })
}
const minutes = async (count: number) => {
  for (let i = 0; i < count; i++) await world.advance({ minutes: 1 })
}
const alerts = (kind: string) =>
  world.rows<{ cause: string; severity: string; title: string; count: number; open: boolean }>(
    `select cause, severity, title, count, resolved_at is null as open from alerts where kind = $1 order by raised_at`,
    [kind],
  )

describe('each minute in which all is well', () => {
  it('is told to the service that watches for silence', async () => {
    await minutes(1)
    pings = 0
    await minutes(3)
    expect(pings).toBe(3)
  })

  it('is not told while a lane fails; after a quarter of an hour the operators hear which, and once it is over', async () => {
    const { adminPool } = world.database
    await adminPool.query('alter table reminder_books rename to mislaid')
    await hearing('A conference', '2030-12-20T22:00:00Z')
    await world.advance({ minutes: 3 })
    pings = 0
    await world.advance({ minutes: 9 })
    expect([pings, await alerts('work_stopped')]).toEqual([0, []])
    await world.advance({ minutes: 4 })
    expect(await alerts('work_stopped')).toMatchObject([
      { cause: 'plan', severity: 'page', open: true, count: 1 },
    ])
    const told = () => operators.webhooks.filter((one) => one.kind === 'work_stopped')
    expect(told()).toHaveLength(1)
    await adminPool.query('alter table mislaid rename to reminder_books')
    await minutes(3)
    expect(await alerts('work_stopped')).toMatchObject([{ open: false }])
    expect([pings > 0, told().length]).toEqual([true, 1])
  })

  it('is not told while everything is held', async () => {
    const { state } = world.runtime
    state.held = 'a test'
    pings = 0
    await minutes(2)
    expect(pings).toBe(0)
    state.held = null
    await minutes(1)
    expect(pings).toBe(1)
  })
})

describe('a job that has not run for 26 hours', () => {
  let moved = 0
  let off = 0
  let before = 0
  const texts = async () => (await world.messages({ to: james })).slice(before).map((m) => m.text)

  it('is missed by a process with doors alone, within a quarter of an hour', async () => {
    await hearing('The trial', '2030-10-19T17:00:00Z')
    moved = await hearing('The mediation', '2030-10-19T18:00:00Z')
    off = await hearing('The deposition', '2030-10-19T19:00:00Z')
    await hearing('The arraignment', '2030-10-18T21:00:00Z')
    await until('2030-10-18T00:00:00Z')
    await minutes(1)
    before = (await world.messages({ to: james })).length
    // What happens in the case management system meanwhile, no webhook tells us.
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 1 })
    const doors = world.another(false)
    pings = 0
    await world.restart(async () => {
      const heard = () =>
        operators.webhooks.filter((one) => one.kind === 'work_stopped' && one.cause === 'sweep')
      world.clock.advance({ minutes: 14 })
      await doors.pulse.look()
      expect(heard()).toEqual([])
      world.clock.advance({ minutes: 2 })
      await doors.pulse.look()
      world.clock.advance({ minutes: 1 })
      await doors.pulse.look()
      expect(heard()).toMatchObject([
        { severity: 'page', title: expect.stringContaining('Nothing has run since') },
      ])
      expect(pings).toBe(0)

      const { ready, checks } = await readinessOf(doors)
      expect([ready, checks.working]).toMatchObject([true, { ok: false }])
      const metrics = await (await webApp(doors, () => readinessOf(doors)).request('/metrics')).text()
      expect(Number(/^tipstaff_sweep_age_seconds (\d+)/m.exec(metrics)?.[1])).toBeGreaterThan(900)

      const edit = (id: number, fields: object) =>
        world.control('PATCH', `/_sandbox/cms/calendar_entries/${id}`, fields)
      await edit(moved, { start_at: '2030-10-22T18:00:00Z', end_at: '2030-10-22T19:00:00Z' })
      await world.control('DELETE', `/_sandbox/cms/calendar_entries/${off}`)
      const left = world.clock.now().until(Temporal.Instant.from('2030-10-19T02:00:00Z'))
      world.clock.advance({ seconds: Math.ceil(left.total('seconds')) })
      await world.control('PUT', '/_sandbox/clock', { now: world.clock.now().toString() })
    })
  })

  it('catches up with what is still true alone, each reminder once', async () => {
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 0 })
    // A second process comes at the same moment, as after a power cut.
    world.another()
    await world.settled()
    for (let i = 0; i < 12; i++) await world.advance({ seconds: 6 })
    const reminded = (await texts()).filter((text) => text.includes('reminds'))
    expect(reminded).toEqual([
      expect.stringMatching(/The trial: Saturday, October 19, 2030 at 1:00 PM EDT \(10:00 AM PDT/),
    ])
    expect((await texts()).filter((text) => /arraignment|deposition.*October 19/.test(text))).toEqual([])
  })

  it('is told of once, with how many were late and what became of them', async () => {
    await minutes(2)
    expect(await alerts('work_missed')).toMatchObject([
      {
        severity: 'page',
        count: 1,
        title: expect.stringMatching(
          /^Nothing ran from 2030-10-18T00:0\d:\d\dZ to 2030-10-19T02:00:0\dZ; 5 reminders were late: 1 sent, 4 skipped$/,
        ),
      },
    ])
    expect(operators.webhooks.filter((one) => one.kind === 'work_missed')).toHaveLength(1)
    expect((await alerts('work_stopped')).filter(({ open }) => open)).toEqual([])
    await world.restart()
    await minutes(2)
    expect(await alerts('work_missed')).toHaveLength(1)
    const reasons = await world.rows<{ reason: string; n: number }>(
      `select r.reason, count(*)::int as n from reminders r join outages o on r.id = any(o.reminders)
       where r.state <> 'said' group by 1 order by 1`,
    )
    expect(reasons).toEqual([
      { reason: 'the appointment has begun', n: 2 },
      { reason: 'the appointment has moved', n: 1 },
      { reason: 'the appointment is off', n: 1 },
    ])
  })

  it('is noticed by the process itself that slept through it', async () => {
    world.clock.advance({ hours: 2 })
    await world.control('PUT', '/_sandbox/clock', { now: world.clock.now().toString() })
    await world.settled()
    await minutes(1)
    expect((await alerts('work_missed')).map(({ title }) => title.split('; ')[1])).toEqual([
      '5 reminders were late: 1 sent, 4 skipped',
      'no reminder was late',
    ])
  })
})
