/** What Clio's answers tell of its rate limit, and a gate for who has no other. */
import type { Clock } from '../../kernel/index.ts'
import type { CmsGate, CmsLimit } from '../../modules/connections/index.ts'
import { trouble } from '../cms-answers.ts'

/** A clock that is wrong on either side must not close us for hours. */
const farthestMs = 120_000

/** @returns undefined: this answer teaches nothing */
export function limitOf(answer: Response, now: number): CmsLimit | undefined {
  if (answer.status === 429)
    return {
      kind: 'closed',
      until: instant(now + Math.min((retryAfter(answer, now) ?? 60) * 1000, farthestMs)),
    }
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => {
    const text = answer.headers.get(`x-ratelimit-${name}`)
    return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null
  })
  if (limit == null || limit === 0 || remaining == null || reset == null)
    return answer.ok ? { kind: 'none' } : undefined
  return {
    kind: 'window',
    limit,
    remaining: Math.min(remaining, limit),
    resetsAt: instant(Math.min(reset * 1000, now + farthestMs)),
  }
}

/**
 * Retry-After in seconds or as a date (RFC 9110 §10.2.3), else when the minute's calls are counted anew.
 *
 * @param now milliseconds since the epoch
 * @returns seconds
 */
export function retryAfter(answer: Response, now: number): number | undefined {
  const text = answer.headers.get('retry-after')
  if (text !== null && /^\d{1,6}$/.test(text)) return Number(text)
  const date = text === null ? Number.NaN : Date.parse(text)
  if (Number.isFinite(date)) return Math.max(0, Math.ceil((date - now) / 1000))
  const reset = Number(answer.headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000
  return Number.isFinite(reset) && answer.status === 429
    ? Math.max(1, Math.ceil((reset - now) / 1000))
    : undefined
}

/** In memory only: after a 429, and after the last call of a window, nobody is let through before the time told. */
export function localGate(clock: Clock): CmsGate {
  let closedUntil = 0
  return {
    enter() {
      const wait = Math.ceil((closedUntil - clock.now().epochMilliseconds) / 1000)
      if (wait > 0)
        return Promise.resolve(trouble('rate_limited', 'the calls of this minute are used up', wait))
      return Promise.resolve({
        ok: true,
        value: {
          leave(told) {
            if (told?.kind === 'closed') closedUntil = Math.max(closedUntil, told.until.epochMilliseconds)
            if (told?.kind === 'window' && told.remaining === 0)
              closedUntil = Math.max(closedUntil, told.resetsAt.epochMilliseconds)
          },
        },
      })
    },
  }
}

const instant = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms)
