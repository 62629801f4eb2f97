import { describe, expect, it } from 'vitest'
import { limitOf } from './limits.ts'

const now = Date.parse('2030-10-15T18:00:00Z')
const told = (headers: Record<string, string>) => limitOf(200, new Headers(headers), now)

describe('what an answer tells of the rate limit', () => {
  it('is the window, by the names that are in use', () => {
    expect(
      told({ 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '49', 'x-ratelimit-reset': '30' }),
    ).toEqual({
      kind: 'window',
      limit: 50,
      remaining: 49,
      resetsAt: Temporal.Instant.fromEpochMilliseconds(now + 30_000),
    })
  })

  it('is no window that nothing fits into: the answer itself came through', () => {
    expect(
      told({ 'ratelimit-limit': '0', 'ratelimit-remaining': '0', 'ratelimit-reset': '60' }),
    ).toBeUndefined()
  })

  it('leaves no more than the limit', () => {
    expect(
      told({ 'ratelimit-limit': '50', 'ratelimit-remaining': '5000', 'ratelimit-reset': '60' }),
    ).toMatchObject({
      remaining: 50,
    })
  })
})
