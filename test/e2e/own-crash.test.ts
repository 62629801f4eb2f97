/** Our own process dies in the middle of a call: that is no failure of the provider's, and costs the message no try. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWorld, type World } from '../support/world.ts'

let world: World
/** The next calls never come back, since their process dies in them. */
let deaths = 0

beforeAll(async () => {
  world = await startWorld({
    adapters: (given) => ({
      ...given,
      providers: given.providers.map((provider) => ({
        ...provider,
        open(settings: unknown) {
          const { sender, reader } = provider.open(settings)
          const send: typeof sender.send = (message, mayLeave) => {
            if (deaths === 0 || provider.channel !== 'sms') return sender.send(message, mayLeave)
            deaths--
            return new Promise(() => {})
          }
          return { sender: { ...sender, send }, reader }
        },
      })),
    }),
  })
})
afterAll(() => world.close())

const james = '+13105550112'
const message = async () =>
  (
    await world.rows<{ id: string; state: string; retry_step: number; attempt_count: number }>(
      `select id, state, retry_step, attempt_count from messages where address = $1
       order by created_at desc, id desc limit 1`,
      [james],
    )
  )[0]!
/** The process dies in its call; the next one finds what is left when the lease is over, and asks the provider. */
const die = async (begin: () => Promise<unknown>) => {
  deaths = 1
  await begin()
  while (deaths > 0) {
    await world.runtime.sweep()
    await world.runtime.lanes.settled()
  }
  world.crash()
  await world.advance({ seconds: 41 })
  // Absent twice, a minute apart.
  for (let asked = 0; asked < 2; asked++) await world.advance({ seconds: 5 })
}

/** Moves the clock without waiting for the end of what then begins. */
const later = async (duration: Temporal.DurationLike) => {
  world.clock.advance(duration)
  await world.control('PUT', '/_sandbox/clock', { now: world.clock.now().toString() })
}

/** It is found absent for the second time, waits, and the process dies in the next call. */
const dieAgain = async (wait: Temporal.DurationLike) => {
  await world.advance({ seconds: 60 })
  await die(() => later(wait))
}

it('is tried again when the provider has not seen it, with its budget untouched', async () => {
  await die(() => world.changeStage(21002, 'Investigation'))
  for (let again = 0; again < 3; again++) await dieAgain({ minutes: 1 })
  await world.advance({ seconds: 60 })
  await world.advance({ minutes: 1 })
  const { id, ...told } = await message()
  expect(told).toEqual({ state: 'delivered', retry_step: 0, attempt_count: 5 })
  expect(
    await world.rows('select verdict, code from attempts where message_id = $1 order by number', [id]),
  ).toEqual([
    ...Array.from({ length: 4 }, () => ({ verdict: 'absent', code: 'lease_over' })),
    { verdict: 'accepted', code: null },
  ])
  expect(await world.messages({ to: james })).toHaveLength(1)
})

it('is not forgiven for ever: what kills its process each time becomes a dead letter', {
  timeout: 60_000,
}, async () => {
  await die(() => world.changeStage(21002, 'Demand Sent'))
  for (let again = 0; again < 5; again++) await dieAgain({ minutes: 1 })
  // From here on its budget is used.
  for (const minutes of [1, 5, 30]) await dieAgain({ minutes })
  await world.advance({ seconds: 60 })
  expect(await message()).toMatchObject({ state: 'dead', retry_step: 3, attempt_count: 9 })
})
