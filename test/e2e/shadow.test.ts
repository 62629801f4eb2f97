/** A shadow reads the CMS, decides everything, and reaches nobody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shadowCommand } from '../../src/main/commands/shadow.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ profile: 'shadow' })
  await world.settled()
})
afterAll(() => world.close())

const report = async (profile = world.runtime.profile) => {
  const out: string[] = []
  const err: string[] = []
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    colour: false,
  }
  const code = await shadowCommand(
    { ...world.runtime, terminal, by: 'test', profile },
    { last: 'P1D', limit: 50 },
  )
  return { code, out: out.join(''), err: err.join('') }
}

describe('a shadow deployment', () => {
  it('asks for no webhooks', async () => {
    expect(await world.rows('select from hook_subscriptions')).toEqual([])
    expect((await world.calls('clio')).filter((c) => c.method !== 'GET')).toEqual([])
  })

  it('follows the CMS by its lists, though nobody has told it to', async () => {
    const streams = await world.rows("select from cms_streams where phase = 'following'")
    expect(streams.length).toBeGreaterThan(3)
  })

  it('decides what would be said, says it to nobody, and shows it', async () => {
    await world.changeStage(21002, 'Investigation')
    await world.advance({ minutes: 15 })
    expect(await world.messages()).toEqual([])
    expect(await world.calls('twilio')).toEqual([])
    expect(await world.calls('sendgrid')).toEqual([])
    const { code, out } = await report()
    expect(code).toBe(0)
    expect(out).toMatch(/sms {4}James/)
    expect(out).toMatch(/Would have been sent since .*: \d/)
  })

  it('wakes no operator', async () => {
    await world.fault([{ provider: 'clio', kind: 'status', status: 503 }])
    for (let i = 0; i < 8; i++) await world.advance({ minutes: 15 })
    await world.clearFaults()
    expect(await world.rows("select from alerts where kind = 'cms_unreachable'")).toHaveLength(1)
    expect(await world.rows('select from alert_deliveries')).toEqual([])
  })

  it('is the only one that has such a report', async () => {
    const { code, err } = await report(null)
    expect(code).toBe(1)
    expect(err).toMatch(/this deployment is no shadow/)
  })
})
