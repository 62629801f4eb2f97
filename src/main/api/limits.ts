/** How often one key, or one person, may ask (draft-ietf-httpapi-ratelimit-headers). Who they are is known by then. */
import type { Context, MiddlewareHandler } from 'hono'
import { ProblemError } from '../../platform/http/problems.ts'
import { type Draw, type Rate, RateLimiter } from '../../platform/http/rate.ts'
import type { ApiRates } from '../api-rates.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'

/** The draft's name for it, §5.3. */
const quotaExceeded = 'https://iana.org/assignments/http-problem-types#quota-exceeded'

/**
 * Counted in this process: of several behind a balancer each counts what comes to it, so that together they let through
 * so many times as much. A row that all share would cost each question a write.
 *
 * @throws ProblemError 429 with when the next is let through
 */
export function limited(deps: Pick<ApiDeps, 'clock' | 'rates'>): MiddlewareHandler<ApiEnv> {
  const limiters = new Map<keyof ApiRates, RateLimiter>()
  return async (context, next) => {
    const { firmId, by, person } = context.var.caller
    const policy = person ? 'person' : 'key'
    const limiter = limiters.get(policy) ?? new RateLimiter(deps.rates[policy], () => deps.clock.monotonic())
    limiters.set(policy, limiter)
    const drawn = limiter.draw(`${firmId} ${by}`)
    const headers = headersOf(policy, limiter.rate, drawn)
    if (!drawn.allowed)
      throw new ProblemError(
        {
          type: quotaExceeded,
          status: 429,
          title: 'Too many requests',
          detail: `${limiter.rate.quota} in ${limiter.rate.seconds} s are let through for one ${policy}; the next in ${drawn.retry} s`,
        },
        { ...headers, 'retry-after': String(drawn.retry) },
      )
    await next()
    say(context, headers)
  }
}

const headersOf = (policy: string, { quota, seconds }: Rate, { left, full }: Draw) => ({
  'ratelimit-policy': `"${policy}";q=${quota};w=${seconds}`,
  ratelimit: `"${policy}";r=${left};t=${full}`,
})

function say(context: Context<ApiEnv>, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) context.header(name, value)
}
