import type { Context, Next } from 'hono'
import type { Tokens } from './tokens.ts'

/** Minor versions that the API answers to, and the one it takes when none is asked for. */
const VERSIONS = ['4.0.4', '4.0.5', '4.0.6', '4.0.7', '4.0.8', '4.0.9', '4.0.10']
const DEFAULT_VERSION = '4.0.9'

/** Checks the bearer token, the minor version and the rate limit, and adds Clio's headers to every answer. */
export function guard(tokens: Tokens) {
  return async (c: Context, next: Next): Promise<Response | undefined> => {
    const access = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    switch (tokens.check(access)) {
      case 'missing':
        return c.json({ error: { type: 'Unauthorized', message: 'An access token is required' } }, 401, {
          'WWW-Authenticate': 'Bearer realm="sandbox"',
        })
      case 'unknown':
      case 'expired':
        // This one comes from the OAuth layer and has its shape, not the API's (providers.md §4).
        return c.json(
          { error: 'invalid_token', error_description: 'The access token is unknown, revoked or expired' },
          401,
          { 'WWW-Authenticate': 'Bearer realm="sandbox", error="invalid_token"' },
        )
    }
    const version = c.req.header('x-api-version') ?? DEFAULT_VERSION
    if (!VERSIONS.includes(version)) {
      return c.json({ error: { type: 'Gone', message: `X-API-VERSION ${version} is not served` } }, 410)
    }
    const rate = tokens.spend(access as string)
    if (rate !== null) {
      c.header('X-RateLimit-Limit', String(rate.limit))
      c.header('X-RateLimit-Remaining', String(rate.remaining))
      c.header('X-RateLimit-Reset', String(rate.reset))
      if (rate.retryAfter !== undefined) {
        const message = `More than ${rate.limit} requests in 60 seconds. Wait ${rate.retryAfter} seconds.`
        return c.json({ error: { type: 'RateLimited', message } }, 429, {
          'Retry-After': String(rate.retryAfter),
        })
      }
    }
    c.header('X-API-VERSION', version)
    await next()
    return undefined
  }
}
