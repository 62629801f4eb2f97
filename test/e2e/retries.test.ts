/** When a provider fails: retries on schedule, one dead letter, one alert by another path, one replay. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { replayDeadLetters } from '../../src/modules/delivery/index.ts'
import { afterVerdict } from '../../src/modules/delivery/policy.ts'
import { startOperators } from '../support/operators.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let operators: Awaited<ReturnType<typeof startOperators>>
beforeAll(async () => {
  operators = await startOperators()
  world = await startWorld({ env: operators.env })
})
afterAll(async () => {
  await world.close()
  operators.close()
})
beforeEach(async () => {
  await world.clearFaults()
  operators.webhooks.length = 0
  operators.mails.length = 0
})

/** James Whitfield, by text only; Los Angeles, where it is 11 in the morning. */
const matter = 21002
const phone = '+13105550112'
const sends = async () =>
  (await world.calls('twilio'))
    .filter((c) => c.method === 'POST')
    .map((c) => ({ at: c.at, status: c.status }))
const messageOf = (address: string) =>
  world.rows<{ id: string; state: string; reason: string | null; attempt_count: number }>(
    'select id, state, reason, attempt_count from messages where address = $1 order by created_at desc, id desc limit 1',
    [address],
  )
const letters = () =>
  world.rows<{ id: string; cause: string; code: string; state: string }>(
    'select id, cause, code, state from dead_letters',
  )

describe('Twilio at HTTP 500', () => {
  it('is tried at once and after 1, 5 and 30 minutes, and not in between', async () => {
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500 }])
    const start = world.clock.now()
    await world.changeStage(matter, 'Investigation')
    await world.settled()
    for (const minutes of [0.5, 0.5, 4, 1, 29, 1]) await world.advance({ seconds: minutes * 60 })
    const after = (await sends()).map((s) => Temporal.Instant.from(s.at).since(start).total('minutes'))
    expect(after).toEqual([0, 1, 6, 36])
    expect(await messageOf(phone)).toMatchObject([{ state: 'dead', attempt_count: 4 }])
  })

  it('ends in exactly one dead letter and one alert, which does not leave through the provider that fails', async () => {
    await world.advance({ hours: 2 })
    expect(await sends()).toHaveLength(4)
    const opened = await letters()
    expect(opened).toMatchObject([{ cause: 'retries_used_up', state: 'open' }])
    const alerts = await world.rows<{ kind: string; cause: string }>(
      "select kind, cause from alerts where kind = 'dead_letter'",
    )
    expect(alerts).toEqual([{ kind: 'dead_letter', cause: opened[0]!.id }])
  })

  it('told the operators by webhook and by mail, once each, without the client’s number', async () => {
    await world.changeStage(21004, 'Demand Sent')
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500 }])
    await world.settled()
    for (const minutes of [1, 5, 30, 5]) await world.advance({ minutes })
    const told = operators.webhooks.filter((w) => w.kind === 'dead_letter')
    expect(told).toHaveLength(1)
    expect(operators.mails).toHaveLength(1)
    expect(operators.mails[0]).toContain('Harbor & Pike: A message could not be delivered')
    expect(JSON.stringify(told) + operators.mails[0]).not.toContain('5550114')
    expect(
      world.logged.some((line) => line.includes('"level":"error"') && line.includes('dead_letter')),
    ).toBe(true)
    const { body } = await world.runtime.metrics.expose()
    expect(body).toMatch(/dead_letters[^\n]*retries_used_up[^\n]* 2/)
  })

  it('is sent once when it works again, however often it is replayed', async () => {
    const open = (await letters()).filter((l) => l.state === 'open').map((l) => l.id)
    expect(open).toHaveLength(2)
    const replays = await Promise.all(
      Array.from({ length: 100 }, () =>
        world.runtime.db.forFirm(world.firmId, (tx) =>
          replayDeadLetters(tx, open, 'test', world.clock.now()),
        ),
      ),
    )
    expect(replays.flat().toSorted()).toEqual(open.toSorted())
    await world.settled()
    expect(await world.messages({ to: phone })).toHaveLength(1)
    expect(await messageOf(phone)).toMatchObject([{ state: 'delivered', attempt_count: 5 }])
    expect((await letters()).every((l) => l.state === 'replayed')).toBe(true)
    const again = await world.runtime.db.forFirm(world.firmId, (tx) =>
      replayDeadLetters(tx, open, 'test', world.clock.now()),
    )
    expect(again).toEqual([])
  })
})

describe('a provider that says when to come back', () => {
  it('is obeyed where that is later than our own schedule', () => {
    const now = world.clock.now()
    const schedule = ['PT1M', 'PT5M'].map((wait) => Temporal.Duration.from(wait))
    const due = (after: number) => {
      const next = afterVerdict({ kind: 'retry', code: '20429', detail: '', after }, 0, schedule, now)
      return next.state === 'queued' ? next.dueAt.since(now).total('seconds') : next.state
    }
    expect([due(2), due(600.2)]).toEqual([60, 601])
  })

  it('is asked again after our own minute where the header names two seconds', async () => {
    await world.changePhone(11002, '+15005551429')
    await world.changeStage(matter, 'Demand Sent')
    await world.settled()
    const [message] = await world.rows<{ due_at: Temporal.Instant; state: string; reason: string }>(
      "select due_at, state, reason from messages where address = '+15005551429'",
    )
    expect(message).toMatchObject({ state: 'queued', reason: '20429' })
    expect(message!.due_at.since(world.clock.now()).total('seconds')).toBe(60)
  })
})

describe('a permanent error', () => {
  it('is never tried again: dead letter at once, and the number is not used any more', async () => {
    await world.changePhone(11004, '+15005550001')
    await world.changeStage(21004, 'Complaint Filed')
    await world.settled()
    expect(await messageOf('+15005550001')).toMatchObject([
      { state: 'dead', reason: '21211', attempt_count: 1 },
    ])
    expect(
      await world.rows("select suppressed_reason from contact_points where address = '+15005550001'"),
    ).toEqual([{ suppressed_reason: 'invalid_number' }])
    await world.changeStage(21004, 'Discovery')
    await world.settled()
    expect((await sends()).filter((s) => s.status === 400)).toHaveLength(1)
    expect(await world.tasks('unreachable')).toMatchObject([
      { title: expect.stringContaining('no phone number') },
    ])
  })
})
