/** When people may be written to: the law of where they live, the firm's hours, their own wish, and not too much a day. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { wishesCommand } from '../../src/main/commands/wishes.ts'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })
let world: World
beforeAll(async () => {
  // A Saturday, 11:00 in Los Angeles.
  world = await startWorld({ now: '2030-10-19T18:00:00Z' })
  await world.settled()
})
afterAll(() => world.close())

/** James Whitfield, Los Angeles, texts only. */
const james = { phone: '+13105550112', matter: 21002, zone: 'America/Los_Angeles' }
let before = 0
beforeEach(async () => {
  before = (await world.messages({ to: james.phone })).length
})
const told = async () => (await world.messages({ to: james.phone })).slice(before)
/** The next time that a clock of theirs shows it. */
const comes = async (plainTime: string) => {
  const today = world.clock.now().toZonedDateTimeISO(james.zone).withPlainTime(plainTime)
  const next =
    Temporal.Instant.compare(today.toInstant(), world.clock.now()) > 0 ? today : today.add({ days: 1 })
  await world.advance(world.clock.now().until(next.toInstant()))
}
const change = async (stage: string) => {
  await world.changeStage(james.matter, stage)
  await world.settled()
}
const heldNow = () =>
  world.rows<{ reason: string; due: string }>(
    `select reason, to_char(due_at at time zone '${james.zone}', 'Dy HH24:MI') as due from messages
     where state = 'held' and address = $1`,
    [james.phone],
  )
const printed: string[] = []
const wishes = async (client: string, options: { quiet?: string[]; updates?: string }) => {
  const deps = {
    db: world.runtime.db,
    clock: world.clock,
    newId: world.runtime.newId,
    nudge: world.runtime.nudge,
    terminal: { out: (t: string) => printed.push(t), err: (t: string) => printed.push(t), colour: false },
    by: 'cli:test',
  }
  const code = await wishesCommand(deps as never, client, options)
  await world.settled()
  return code
}

describe('a client who lives in Texas', () => {
  it('gets no text on a Sunday morning, though the firm and the country would allow it; the trace says whose rule', async () => {
    await world.control('PATCH', '/_sandbox/cms/contacts/11002', {
      addresses: [
        { street: '1 Elm Street', city: 'Austin', province: 'TX', country: 'United States', name: 'Home' },
      ],
    })
    await world.settled()
    await comes('10:30')
    await change('Mediation')
    expect(await told()).toEqual([])
    const [held] = await heldNow()
    expect(held!.reason).toBe(
      "quiet hours, client's zone America/Los_Angeles: us-tx (Tex. Bus. & Com. Code § 301.051)",
    )
    expect(held!.due).toMatch(/^Sun 12:0\d$/)
    await comes('12:10')
    expect(await told()).toHaveLength(1)
    await world.control('PATCH', '/_sandbox/cms/contacts/11002', {
      addresses: [
        {
          id: (
            (await world.control('GET', '/_sandbox/cms/contacts/11002')) as {
              data: { addresses: { id: number }[] }
            }
          ).data.addresses[0]!.id,
          _destroy: true,
        },
      ],
    })
    await world.settled()
  })
})

describe('what a client wishes', () => {
  it('is kept to, on their own clock, and told back', async () => {
    expect(await wishes('James Whitfield', { quiet: ['mon', '13:00-15:00'] })).toBe(0)
    expect(printed.at(-1)).toBe('James Whitfield\n  not on mon\n  not on any day 13:00-15:00\n')
    // The day after that Sunday.
    await comes('11:00')
    await change('Discovery')
    expect(await told()).toEqual([])
    expect((await heldNow()).map((h) => h.reason)).toEqual([
      "quiet hours, client's zone America/Los_Angeles: the client's wish",
    ])
    // What is urgent does not wait for a wish.
    await change('Settlement Offer')
    expect(await told()).toHaveLength(1)
  })

  it('is taken back, and what waited for it goes if it is still true', async () => {
    await comes('11:00')
    await comes('13:30')
    await change('Trial')
    expect(await told()).toEqual([])
    expect(await wishes('James Whitfield', { quiet: ['none'] })).toBe(0)
    expect((await told()).map((m) => m.text)).toEqual([expect.stringContaining('trial')])
    expect(await wishes('James Whitfield', { quiet: ['tomorrow'] })).toBe(1)
    expect(printed.at(-1)).toContain('--quiet "tomorrow" is neither days (sat,sun) nor hours')
  })
})

describe('a cap of two a day', () => {
  it('lets two go, and has the rest wait for the digest of the day; what is urgent goes all the same', async () => {
    await applyChanged(world, {
      'firm.yaml': [
        [
          '# Who is told when a message could',
          'cap: { perDay: 2, digest: updates }\n\n# Who is told when a message could',
        ],
      ],
    })
    await comes('10:00')
    for (const number of ['5001', '5002', '5003', '5004']) {
      await world.control('POST', '/_sandbox/cms/bills', {
        number,
        total: 10,
        paid: 10,
        state: 'paid',
        matters: [{ id: james.matter }],
      })
      await world.settled()
    }
    expect(await told()).toHaveLength(2)
    expect((await heldNow()).map((h) => h.reason)).toEqual([
      '2 were sent today: waits for the digest updates',
      '2 were sent today: waits for the digest updates',
    ])
    await change('Settlement Offer')
    expect(await told()).toHaveLength(3)
    await comes('17:00')
    const texts = (await told()).slice(3).map((m) => m.text)
    expect(texts).toEqual([expect.stringContaining('has 2 updates for you')])
    // Another day, another count.
    await comes('10:00')
    await world.control('POST', '/_sandbox/cms/bills', {
      number: '5005',
      total: 10,
      paid: 10,
      state: 'paid',
      matters: [{ id: james.matter }],
    })
    await world.settled()
    expect((await told()).at(-1)!.text).toContain('5005')
    await applyChanged(world, {})
  })
})

describe('the end of quiet hours', () => {
  it('is no burst: what waited leaves over ten minutes, each client at a moment of their own', async () => {
    await comes('23:00')
    await change('Mediation')
    const [held] = await world.rows<{ due_at: Temporal.Instant }>(
      `select due_at from messages where state = 'held' and address = $1`,
      [james.phone],
    )
    const due = held!.due_at.toZonedDateTimeISO(james.zone)
    expect([due.hour, due.minute < 10]).toEqual([8, true])
    await world.advance(world.clock.now().until(held!.due_at.subtract({ seconds: 1 })))
    expect(await told()).toEqual([])
    await world.advance({ seconds: 1 })
    expect(await told()).toHaveLength(1)
  })
})
