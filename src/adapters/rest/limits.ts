/** What an answer's headers tell of the rate limit, and the gate of a connection that shares none. */
import type { Clock } from '../../kernel/index.ts'
import type { CmsGate, CmsLimit } from '../../modules/connections/index.ts'
import { retryAfter } from '../answers.ts'
import { trouble } from '../cms-answers.ts'

/** A clock that is wrong on either side must not close us for hours. */
const longestMs = 15 * 60_000

/**
 * `Retry-After` (RFC 9110 §10.2.3) of a 429 or 503, else `X-RateLimit-*` and `RateLimit-*`; their reset is a moment in
 * unix seconds or, as small as a number of seconds to wait is, just that.
 *
 * @param now milliseconds since the epoch
 */
export function limitOf(status: number, headers: Headers, now: number): CmsLimit | undefined {
  const after = retryAfter(headers.get('retry-after') ?? undefined, now)
  const reset = resetOf(headers, now)
  const until = (ms: number) => Temporal.Instant.fromEpochMilliseconds(Math.min(ms, now + longestMs))
  if (status === 429) {
    const wait = after === undefined ? (reset ?? now + 60_000) : now + after * 1000
    return { kind: 'closed', until: until(Math.max(wait, now + 1000)) }
  }
  if (status === 503 && after !== undefined) return { kind: 'closed', until: until(now + after * 1000) }
  const limit = numberOf(headers, 'limit')
  const remaining = numberOf(headers, 'remaining')
  // A limit of none, said by an answer that came through, is no limit; believed, it would be the last answer ever.
  if (limit === undefined || limit === 0 || remaining === undefined || reset === undefined) return undefined
  return { kind: 'window', limit, remaining: Math.min(remaining, limit), resetsAt: until(reset) }
}

function numberOf(headers: Headers, name: string): number | undefined {
  for (const header of [`x-ratelimit-${name}`, `x-rate-limit-${name}`, `ratelimit-${name}`]) {
    const text = headers.get(header)
    if (text !== null && /^\d{1,12}$/.test(text.trim())) return Number(text)
  }
  return undefined
}

function resetOf(headers: Headers, now: number): number | undefined {
  const reset = numberOf(headers, 'reset')
  if (reset === undefined) return undefined
  return reset > 1_000_000_000 ? reset * 1000 : now + reset * 1000
}

/** For a connection without a shared gate: what one process learns, it heeds. */
export function ownGate(clock: Clock): CmsGate {
  let closedUntil = 0
  return {
    enter() {
      const wait = Math.ceil((closedUntil - clock.now().epochMilliseconds) / 1000)
      if (wait > 0)
        return Promise.resolve(trouble('rate_limited', 'the calls of this window are used up', wait))
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
