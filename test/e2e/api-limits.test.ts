import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problem } from '../../contracts/common.ts'
import { api } from '../../src/main/api/index.ts'
import { usualRates } from '../../src/main/api-rates.ts'
import { ConfigError, readConfig } from '../../src/main/config.ts'
import { RateLimiter } from '../../src/platform/http/rate.ts'
import { apiWorld, type FirmWorld, somebody } from './api-support.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let ours: FirmWorld

beforeAll(async () => {
  world = await apiWorld()
  ours = await world.firm('ours')
})

afterAll(() => world.deps.signIn.close())

/** An API that lets through as little, to whom one gets a key or a session. */
function strict(rates: { key: number; person: number }) {
  const app = api({
    ...world.deps,
    rates: {
      key: { quota: rates.key, seconds: 60 },
      person: { quota: rates.person, seconds: 60 },
    },
  })
  return (headers: Record<string, string>) => app.request('/pauses', { headers })
}
const bearer = async (name: string) => ({
  authorization: `Bearer ${(await ours.key(['read'], name)).key}`,
})

describe('the rate of the API', () => {
  it('lets a key ask so often, says what is left, and then when to come back', async () => {
    const ask = strict({ key: 3, person: 3 })
    const key = await bearer('busy')
    for (const left of [2, 1, 0]) {
      const answer = await ask(key)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('ratelimit-policy')).toBe('"key";q=3;w=60')
      expect(answer.headers.get('ratelimit')).toBe(`"key";r=${left};t=${(3 - left) * 20}`)
    }
    const refused = await ask(key)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('20')
    expect(refused.headers.get('ratelimit')).toBe('"key";r=0;t=60')
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(problem.parse(await refused.json())).toMatchObject({
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      status: 429,
    })
    world.clock.advance({ seconds: 19 })
    expect((await ask(key)).status).toBe(429)
    world.clock.advance({ seconds: 1 })
    expect((await ask(key)).status).toBe(200)
    expect((await ask(key)).status).toBe(429)
  })

  it('counts each key and each person by themselves, wherever they sit', async () => {
    const ask = strict({ key: 1, person: 2 })
    const [one, two] = [await bearer('one'), await bearer('two')]
    expect([await ask(one), await ask(one), await ask(two)].map((a) => a.status)).toEqual([200, 429, 200])
    const { cookie } = await somebody(world, ours, 'staff')
    const asked = [await ask({ cookie }), await ask({ cookie }), await ask({ cookie })]
    expect(asked.map((a) => a.status)).toEqual([200, 200, 429])
    expect(asked[0]!.headers.get('ratelimit-policy')).toBe('"person";q=2;w=60')
  })

  it('says what is left also when it refuses for another reason, and of nobody says nothing', async () => {
    const key = await bearer('lost')
    const nothing = await world.app.request('/messages/0', { headers: key })
    expect(nothing.status).toBe(422)
    expect(nothing.headers.get('ratelimit')).toMatch(/^"key";r=\d+;t=\d+$/)
    const nobody = await world.app.request('/pauses')
    expect(nobody.status).toBe(401)
    expect(nobody.headers.get('ratelimit')).toBeNull()
  })

  it('is never met by fifty pages of one person, each read anew every second for ten minutes', () => {
    let now = 0
    const limiter = new RateLimiter(usualRates.person, () => now)
    for (let second = 0; second < 600; second++) {
      now = second * 1_000
      // What a page asks for at most: the counts, what is paused, the queue, its list, who asks.
      for (let asked = 0; asked < 50 * 5; asked++)
        if (!limiter.draw('one').allowed) throw new Error('refused')
    }
  })

  it('is set by the operator', () => {
    const config = readConfig({ API_REQUESTS_PER_KEY: '60', API_REQUESTS_PER_PERSON: '90' })
    expect(config.apiRates).toEqual({ key: { quota: 60, seconds: 60 }, person: { quota: 90, seconds: 60 } })
    expect(readConfig({}).apiRates).toEqual(usualRates)
    expect(() => readConfig({ API_REQUESTS_PER_KEY: '0' })).toThrow(ConfigError)
  })
})
