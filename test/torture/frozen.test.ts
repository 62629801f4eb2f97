/** A process that stood still and comes back, not knowing that time has passed, in the places where that could harm. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startWorld, type World } from '../support/world.ts'
import { firmOfOneRetry } from './firm-of-one-retry.ts'

/** Where it stands still: until `go` is called. */
class Stop {
  closed = false
  waiting = 0
  #go: (() => void)[] = []

  pass(): Promise<void> {
    if (!this.closed) return Promise.resolve()
    this.waiting++
    return new Promise((resolve) => this.#go.push(resolve))
  }

  go(): void {
    this.closed = false
    this.waiting = 0
    for (const go of this.#go.splice(0)) go()
  }
}

const dir = firmOfOneRetry()
const beforeTheWire = new Stop()
const afterTheAnswer = new Stop()
/** What the provider can be asked: really, nothing at all, or it never knows. */
let asked: 'really' | 'not' | 'in vain' = 'really'
let world: World
let matters: { id: number; number: string }[]

beforeAll(async () => {
  world = await startWorld({
    firm: dir,
    adapters: (given) => ({
      ...given,
      providers: given.providers.map((provider) => ({
        ...provider,
        open(settings) {
          const { sender, reader } = provider.open(settings)
          return {
            reader,
            sender: {
              ...sender,
              async send(message, mayLeave) {
                await beforeTheWire.pass()
                const verdict = await sender.send(message, mayLeave)
                await afterTheAnswer.pass()
                return verdict
              },
              get find() {
                if (asked === 'not') return undefined as never
                return asked === 'in vain' ? async () => [] : sender.find!
              },
            },
          }
        },
      })),
    }),
  })
  await world.control('PUT', '/_sandbox/cms/settings', { retryBaseSeconds: 0 })
  // Receipts would settle all of it before anyone is asked.
  const late = 86_400_000
  await world.control('PUT', '/_sandbox/settings', { twilio: { sentAfterMs: late, deliveredAfterMs: late } })
  await world.control('POST', '/_sandbox/cms/seed', { matters: 4, clients: 4, preference: 'SMS' })
  const { data } = (await world.control('GET', '/_sandbox/cms/matters')) as {
    data: { id: number; display_number: string }[]
  }
  matters = data.slice(-4).map((m) => ({ id: m.id, number: m.display_number }))
}, 60_000)
afterAll(async () => {
  await world.close()
  rmSync(dir, { recursive: true, force: true })
})
beforeEach(() => {
  asked = 'really'
})

/** Time passes while a call hangs: what is due by then is worked off, but the call is not waited for. */
async function pass(seconds: number): Promise<void> {
  world.clock.advance({ seconds })
  await world.control('PUT', '/_sandbox/clock', { now: world.clock.now().toString() })
  await world.runtime.sweep()
  await world.runtime.lanes.settled()
}

/** A change is told, and the process stands still on the way. */
async function standStillAt(stop: Stop) {
  const matter = matters.pop()!
  stop.closed = true
  await world.changeStage(matter.id, 'Investigation')
  await expect.poll(() => stop.waiting, { timeout: 10_000 }).toBe(1)
  const name = `matter ${matter.number} is`
  return {
    message: async () =>
      (
        await world.rows<{ state: string; reason: string | null }>(
          `select state, reason from messages where body like '%' || $1 || '%'`,
          [name],
        )
      )[0]!,
    said: async () => (await world.messages()).filter((m) => m.text.includes(name)).length,
    verdicts: async () =>
      (
        await world.rows<{ verdict: string }>(
          `select a.verdict from attempts a join messages m on m.id = a.message_id where m.body like '%' || $1 || '%'
           order by a.number`,
          [name],
        )
      ).map((a) => a.verdict),
  }
}

it('sends nothing when it wakes between the claim and the wire, past half its lease', async () => {
  const it = await standStillAt(beforeTheWire)
  world.clock.advance({ seconds: 25 })
  beforeTheWire.go()
  await world.settled()
  expect(await it.verdicts()).toEqual(['abandoned', 'accepted'])
  expect(await it.said()).toBe(1)
})

it('sends nothing when it wakes after another gave the message up and took it over', async () => {
  const it = await standStillAt(beforeTheWire)
  await pass(41)
  expect(await it.message()).toMatchObject({ state: 'unknown', reason: 'lease_over' })
  for (const seconds of [5, 5, 15, 40, 10]) await pass(seconds)
  expect(await it.message()).toMatchObject({ state: 'queued', reason: 'absent' })
  beforeTheWire.go()
  await world.settled()
  expect(await it.said()).toBe(0)
  await world.advance({ seconds: 65 })
  expect(await it.said()).toBe(1)
  expect(await it.verdicts()).toEqual(['absent', 'accepted'])
})

it('knows better than "unknown" when it comes back with the answer', async () => {
  asked = 'not'
  const it = await standStillAt(afterTheAnswer)
  await pass(41)
  await pass(5)
  expect(await it.message()).toMatchObject({ state: 'unknown' })
  afterTheAnswer.go()
  await world.settled()
  expect(await it.message()).toMatchObject({ state: 'sent' })
  expect(await it.verdicts()).toEqual(['accepted'])
})

it('keeps a message from being said again that was given up as absent', async () => {
  asked = 'in vain'
  const it = await standStillAt(afterTheAnswer)
  for (const seconds of [41, 5, 5, 15, 40, 10]) await pass(seconds)
  expect(await it.message()).toMatchObject({ state: 'queued', reason: 'absent' })
  afterTheAnswer.go()
  await world.settled()
  expect(await it.message()).toMatchObject({ state: 'sent' })
  await world.advance({ seconds: 65 })
  expect(await it.said()).toBe(1)
})
