/** Every route says what a key must be allowed for it: there is no other way to make one. */
import { createRoute, type RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { problem } from '../../../contracts/common.ts'
import { type Caller, callerOf } from '../../modules/console/index.ts'
import { type Scope, scopesOf } from '../../modules/staff/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { together } from '../../platform/http/together.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { idempotent } from './idempotency.ts'

/** Where a route's scope stands in its definition, and in openapi.json. */
export const scopeField = 'x-scope'

/** @param told as the API words it; the test of the examples holds it against the schema */
const refused =
  (description: string, told: Partial<z.infer<typeof problem>> = {}) =>
  (status: number) => ({
    description,
    content: {
      'application/problem+json': {
        schema: problem,
        example: { type: 'about:blank', title: description, status, ...told },
      },
    },
  })

const refusedFor = {
  401: refused('No key, or one that is not valid', {
    title: 'This key is not valid',
    detail: 'Send "Authorization: Bearer tsk_…"; "tipstaff keys create" makes one',
  }),
  403: refused('The key may not do this', {
    title: 'This key may not do that',
    detail: 'it takes the scope "operate"; the key has: read',
  }),
  404: refused('This firm has no such thing', { detail: 'nothing is known by "nobody"' }),
  409: refused('It is not in a state that allows this', { title: 'It is not open' }),
  413: refused('The body is too large', { detail: 'more than 262144 bytes' }),
  415: refused('The body is not JSON'),
  422: refused('The request is well-formed and wrong; each error says where', {
    title: 'The request is wrong',
    errors: [{ path: 'query.limit', message: 'Too big: expected number to be <=200' }],
  }),
  429: refused('Too many requests: `Retry-After` says when the next is let through', {
    type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
    title: 'Too many requests',
    detail: '1200 in 60 s are let through for one key; the next in 3 s',
  }),
}
type ProblemStatus = keyof typeof refusedFor

/** @param errors beside 401, 403 and 429, which all routes may answer */
export const answers = <T extends z.ZodType>(
  schema: T,
  description: string,
  errors: readonly ProblemStatus[] = [],
) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...refusals(errors),
})

/** @param errors beside 401, 403 and 429, which all routes may answer */
export const refusals = (errors: readonly ProblemStatus[]) =>
  Object.fromEntries([401, 403, 429, ...errors].map((s) => [s, refusedFor[s as ProblemStatus](s)])) as Record<
    never,
    never
  >

export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** @param scope what the key must be allowed */
export const route = <P extends string, R extends Omit<RouteConfig, 'path'> & { path: P }>(
  scope: Scope,
  config: R,
) =>
  createRoute({
    ...config,
    ...(config.method === 'post' ? repeatable(config) : {}),
    security: [{ apiKey: [scope] }, { session: [scope] }],
    [scopeField]: scope,
    middleware:
      config.method === 'post'
        ? [requires(scope, config.path), idempotent(config.path)]
        : requires(scope, config.path),
  })

/** What each POST takes and may answer for it. Typed as nothing: no handler has anything to do with it. */
const repeatable = ({ request, responses }: Pick<RouteConfig, 'request' | 'responses'>) =>
  ({
    request: { ...request, headers: idempotencyHeader },
    responses: { ...responses, ...refusals([409, 422]) },
  }) as Record<never, never>
const idempotencyHeader = z.object({
  'idempotency-key': z.string().max(600).optional().meta({
    description:
      'A name of your own for this request, such as a UUID. For 24 hours the same request with the same key is answered as the first was, marked by `Idempotent-Replayed: true`, and is done once',
    example: '019f0a52-4e0c-7c1a-9d55-0242ac120002',
  }),
})

const requires =
  (scope: Scope, path: string): MiddlewareHandler<ApiEnv> =>
  async (context, next) => {
    const { caller } = context.var
    if (caller.person?.needs) {
      // Who they are, and what they lack, is all that they may ask.
      if (path === '/me') return next()
      throw new ProblemError({
        status: 403,
        title: 'Set up a second factor first',
        detail: 'your firm asks everybody for one; until then GET /me is all that is answered',
      })
    }
    if (!caller.scopes.includes(scope)) {
      throw new ProblemError({
        status: 403,
        title: caller.person ? 'You may not do that' : 'This key may not do that',
        detail: `it takes the scope "${scope}"; ${caller.person ? `your role (${caller.person.role})` : 'the key'} has: ${caller.scopes.join(', ') || 'none'}`,
      })
    }
    await next()
  }

/** Who asks: a script by its key (RFC 6750), or a person by their session. */
export const authenticate = (deps: ApiDeps): MiddlewareHandler<ApiEnv> => {
  const shared = together()
  return async (context, next) => {
    const { headers, method } = context.req.raw
    const caller = await identify(deps, headers)
    if (!caller) {
      const key = keyIn(headers)
      context.header('www-authenticate', key === undefined ? 'Bearer' : 'Bearer error="invalid_token"')
      throw new ProblemError({
        status: 401,
        title: key === undefined ? 'A key is needed, or to be signed in' : 'This key is not valid',
        detail: 'Send "Authorization: Bearer tsk_…"; "tipstaff keys create" makes one',
      })
    }
    // A browser sends the cookie along with whatever page makes it ask (OWASP, CSRF: verify the origin).
    if (caller.person && !safeMethods.has(method) && !deps.signIn.ours(headers))
      throw new ProblemError({ status: 403, title: 'This did not come from a page of Tipstaff' })
    context.set('caller', caller)
    context.set('inFirm', (work) => deps.db.forFirm(caller.firmId, work, caller.walledFor))
    context.set('answerIn', context.var.inFirm)
    context.set('together', (what, read) =>
      shared(`${caller.firmId} ${caller.walledFor ?? 'all'} ${what}`, read),
    )
    context.set('deps', deps)
    await deps.seen(caller)
    await next()
  }
}

const keyIn = (headers: Headers): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]

/** @returns null for who is nobody, or nobody any more */
export function identify(deps: ApiDeps, headers: Headers): Promise<Caller | null> {
  const key = keyIn(headers)
  return key === undefined ? personOf(deps, headers) : callerOf(deps.db, key, deps.clock.now())
}

/** RFC 9110 §9.2.1: they change nothing. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

async function personOf(deps: ApiDeps, headers: Headers): Promise<Caller | null> {
  const asking = await deps.signIn.asking(headers)
  if (!asking) return null
  const { firmId, staffId, name, email, role, twoFactor, needs, walled } = asking
  const person = { staffId, email, role, twoFactor, needs }
  return {
    firmId,
    by: `staff:${staffId}`,
    scopes: needs ? [] : scopesOf[role],
    name,
    person,
    key: null,
    walledAs: staffId,
    walledFor: walled ? staffId : null,
  }
}
