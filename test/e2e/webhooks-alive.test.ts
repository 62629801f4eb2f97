/** Clio's webhooks end after 31 days at most, and may be suspended: they are kept alive, and a gap is noticed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepSubscribed } from '../../src/main/keep-subscribed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const james = '+13105550112'
const look = async () => {
  const subscribed = keepSubscribed(world.runtime)
  await subscribed.now()
  subscribed.stop()
}
interface Hook {
  id: number
  url: string
  status: string
  expires_at: string
}
/** As Clio has them; those of this deployment are all there are. */
const hooks = async (): Promise<Hook[]> => {
  const answer = await fetch(`${world.sandboxUrl}/api/v4/webhooks.json?fields=id,url,status,expires_at`, {
    headers: { authorization: 'Bearer sandbox-clio-token' },
  })
  return ((await answer.json()) as { data: Hook[] }).data
}
const ids = async () => (await hooks()).map(({ id }) => id).toSorted((a, b) => a - b)
const daysLeft = async () =>
  (await hooks()).map(({ expires_at }) => world.clock.now().until(expires_at).total('hours') / 24)
/** As we know them, from which doctor judges. */
const known = async () =>
  (
    await world.rows<{ expires_at: Temporal.Instant }>(
      "select expires_at from hook_subscriptions where state = 'active'",
    )
  ).map((row) => world.clock.now().until(row.expires_at).total('hours') / 24)
const gaps = () => world.logged.filter((line) => line.includes('webhooks were missing for a while')).length
const told = async () => (await world.messages({ to: james })).length

describe('webhooks', () => {
  it('live for 31 days, and are left alone while more than a week is left', async () => {
    expect(await hooks()).toHaveLength(6)
    const made = await ids()
    for (const days of await daysLeft()) expect(days).toBeCloseTo(31, 0)
    await world.advance({ hours: 24 * 23 })
    await look()
    for (const days of await daysLeft()) expect(days).toBeLessThan(8.1)
    expect(await ids()).toEqual(made)
  })

  it('are renewed on the 24th day, the same ones, and we know their new end', async () => {
    const made = await ids()
    await world.advance({ hours: 24 })
    await look()
    expect(await ids()).toEqual(made)
    for (const days of [...(await daysLeft()), ...(await known())]) expect(days).toBeGreaterThan(30.9)
    expect(await known()).toHaveLength(6)
    expect(gaps()).toBe(0)
    await world.changeStage(21002, 'Investigation')
    await world.settled()
    expect(await told()).toBe(1)
  })

  it('that ended while nothing of ours ran are made anew 32 days later, and the gap is noticed', async () => {
    const made = await ids()
    await world.advance({ hours: 24 * 32 })
    await world.changeStage(21002, 'Demand Sent')
    await world.settled()
    expect(await told()).toBe(1)
    await look()
    expect(await hooks()).toHaveLength(6)
    expect((await ids()).filter((id) => made.includes(id))).toEqual([])
    expect(gaps()).toBe(1)
    await world.changeStage(21002, 'Complaint Filed')
    await world.settled()
    expect(await told()).toBe(2)
  })

  it('that Clio suspended are removed and made anew, and the gap is noticed', async () => {
    const made = await ids()
    await world.control('POST', '/_sandbox/cms/webhooks/suspend')
    await look()
    const now = await hooks()
    expect(now.map(({ status }) => status)).toEqual(Array(6).fill('enabled'))
    expect(now.some(({ id }) => made.includes(id))).toBe(false)
    expect(gaps()).toBe(2)
    await look()
    expect(gaps()).toBe(2)
    await world.changeStage(21002, 'Discovery')
    await world.settled()
    expect(await told()).toBe(3)
  })
})
