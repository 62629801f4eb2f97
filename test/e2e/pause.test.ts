/** The red button: everything to one client stops at once, also what is queued; resuming sends what is still true. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Runtime } from '../../src/main/runtime.ts'
import { pauseTarget, resumeTarget } from '../../src/modules/console/index.ts'
import { note } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let second: Runtime
beforeAll(async () => {
  world = await startWorld()
  second = world.another()
})
afterAll(() => world.close())

const acting = () => ({
  by: 'test',
  now: world.clock.now(),
  newId: world.runtime.newId,
  nudge: (lane: string) => world.runtime.nudge(lane, world.firmId),
})
const clientId = async (externalId: number) =>
  (
    await world.rows<{ id: string }>('select id from clients where external_id = $1', [String(externalId)])
  )[0]!.id
const target = async (client: number) => ({
  target: { scope: 'client' as const, id: await clientId(client) },
  name: 'them',
})
const pause = async (client: number) => {
  const wanted = { ...(await target(client)), reason: 'the attorney calls', endsAt: null }
  return world.runtime.db.forFirm(world.firmId, (tx) => pauseTarget(tx, wanted, acting()))
}
const resume = async (client: number) => {
  const wanted = await target(client)
  return (await world.runtime.db.forFirm(world.firmId, (tx) => resumeTarget(tx, wanted, acting())))!
}
const attempts = async () =>
  (await world.rows<{ n: number }>('select count(*)::int as n from attempts'))[0]!.n
const states = () =>
  world
    .rows<{ state: string; n: number }>('select state, count(*)::int as n from messages group by 1')
    .then((rows) => Object.fromEntries(rows.map((r) => [r.state, r.n])))
/** Whether messages may leave; what is due waits in the queue meanwhile. */
const mayLeave = (may: boolean) => {
  for (const { state } of [world.runtime, second]) state.held = may ? null : 'a test'
}
const nudgeAll = () => {
  for (const { lanes } of [world.runtime, second]) lanes.nudge('deliver', world.firmId)
}

describe('pausing a client while 100 messages to them are queued and two processes claim', () => {
  it('lets no attempt commit after the pause has', async () => {
    await world.changeStage(21002, 'Investigation')
    await world.settled()
    let made = 1
    // The first is pressed before anything may leave; the others run against the claims.
    for (const ticks of [null, 0, 1, 4]) {
      mayLeave(false)
      await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          note(world, {
            matter: 21002,
            id: made + n,
            subject: 'Client update: papers',
            detail: `Paper ${made + n}.`,
          }),
        ),
      )
      // Not `settled`, which would wait for them to leave.
      await expect.poll(() => states()).toMatchObject({ queued: 100 })
      made += 100
      // The bucket fills again; a frozen clock would stop it.
      world.clock.advance({ seconds: 10 })
      if (ticks === null) await pause(11002)
      mayLeave(true)
      nudgeAll()
      for (let n = 0; n < (ticks ?? 0); n++) await new Promise((resolve) => setTimeout(resolve, 2))
      if (ticks !== null) await pause(11002)
      const committed = await attempts()
      nudgeAll()
      await world.settled()
      expect(await attempts()).toBe(committed)
      const { held = 0, delivered = 0, ...others } = await states()
      expect(others).toEqual({})
      expect(held + delivered).toBe(made)
      const answer = await resume(11002)
      expect(answer).toMatchObject({ lifted: 1, held: { messages: held } })
      await world.advance({ seconds: 10 })
      expect(await states()).toEqual({ delivered: made })
      if (ticks === null) expect(held).toBe(100)
    }
    expect(await world.messages({ to: '+13105550112' })).toHaveLength(made)
  })
})

describe('resuming', () => {
  it('names what was held, and sends what is still true; what the matter has left behind is not said', async () => {
    await world.changeStage(21001, 'Trial Prep')
    await world.changeStage(21016, 'Investigation')
    await world.settled()
    const before = (await world.messages({ to: '+12015550111' })).length
    await world.advance({ seconds: 1 })
    const since = world.clock.now()
    await pause(11001)
    await world.changeStage(21001, 'Mediation')
    await world.changeStage(21016, 'Demand Sent')
    await world.settled()
    await world.advance({ minutes: 5 })
    await world.changeStage(21001, 'Settlement Offer')
    await world.settled()
    expect(await world.messages({ to: '+12015550111' })).toHaveLength(before)

    const answer = await resume(11001)
    expect(answer.held.messages).toBe(6)
    expect(answer.held.items.map((i) => i.rule).toSorted()).toEqual([
      'settlement-offer',
      'settlement-offer',
      'status-update',
      'status-update',
      'status-update',
      'status-update',
    ])
    await world.settled()
    const rows = await world.rows<{
      template_key: string
      state: string
      reason: string | null
      number: string
    }>(
      `select m.template_key, m.state, m.reason, t.external_id as number from messages m join matters t on t.id = m.matter_id
       where m.client_id = $1 and m.created_at >= $2 and m.channel = 'sms' order by t.external_id, m.created_at, m.id`,
      [await clientId(11001), since],
    )
    expect(rows).toEqual([
      {
        number: '21001',
        template_key: 'status-update',
        state: 'cancelled',
        reason: 'the matter has moved on',
      },
      { number: '21001', template_key: 'settlement-offer', state: 'delivered', reason: null },
      { number: '21016', template_key: 'status-update', state: 'delivered', reason: null },
    ])
    const texts = (await world.messages({ to: '+12015550111' })).slice(before).map((m) => m.text)
    expect(texts).toHaveLength(2)
    expect(texts.join()).not.toContain('mediador')
  })

  it('one client leaves the firm’s own pause as it is', async () => {
    await world.runtime.db.forFirm(world.firmId, (tx) =>
      pauseTarget(
        tx,
        { target: { scope: 'firm', id: world.firmId }, name: 'all', reason: 'fire drill', endsAt: null },
        acting(),
      ),
    )
    await pause(11001)
    await world.changeStage(21016, 'Complaint Filed')
    await world.settled()
    expect((await resume(11001)).stillPaused).toHaveLength(1)
    await world.settled()
    expect((await states()).held).toBe(2)
    await world.runtime.db.forFirm(world.firmId, (tx) =>
      resumeTarget(tx, { target: { scope: 'firm', id: world.firmId }, name: 'all' }, acting()),
    )
    await world.settled()
    expect((await states()).held).toBeUndefined()
  })

  it('a pause with an end ends by itself', async () => {
    const wanted = {
      ...(await target(11001)),
      reason: 'until the call',
      endsAt: world.clock.now().add({ minutes: 30 }),
    }
    await world.runtime.db.forFirm(world.firmId, (tx) => pauseTarget(tx, wanted, acting()))
    await world.changeStage(21016, 'Mediation')
    await world.settled()
    expect((await states()).held).toBe(2)
    await world.advance({ minutes: 31 })
    expect((await states()).held).toBeUndefined()
  })
})
