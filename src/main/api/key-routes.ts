/** Keys for scripts: made, shown once, revoked. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { apiKeys, keyRequest, keyResult, named } from '../../../contracts/staff.ts'
import {
  type ApiKey,
  type Caller,
  createKey,
  listKeys,
  namesOfActors,
  revokeKey,
} from '../../modules/console/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { type ApiDeps, type ApiEnv, acting } from './deps.ts'
import { refuseMore } from './giving.ts'
import { byId, notFound, wrong } from './params.ts'
import { answers, jsonBody, route } from './route.ts'

const getKeys = route('administer', {
  method: 'get',
  path: '/keys',
  summary: 'Keys for scripts, without the keys themselves',
  tags: ['keys'],
  responses: answers(apiKeys, 'The earliest first'),
})
const postKey = route('administer', {
  method: 'post',
  path: '/keys',
  summary: 'Make a key; it is shown this once',
  tags: ['keys'],
  request: { body: jsonBody(keyRequest) },
  responses: answers(keyResult, 'The key', [413, 415, 422]),
})
const deleteKey = route('administer', {
  method: 'delete',
  path: '/keys/{id}',
  summary: 'Revoke a key: the next request with it is refused',
  tags: ['keys'],
  request: { params: byId },
  responses: answers(named, 'Revoked', [404, 422]),
})

export function keyRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getKeys, async (context) => {
    const now = deps.clock.now()
    const items = await context.var.inFirm(async (tx) => {
      const keys = await listKeys(tx)
      const name = await namesOfActors(
        tx,
        keys.map(({ createdBy }) => createdBy),
      )
      return keys.map((key) => ({
        ...key,
        createdBy: key.createdBy && name(key.createdBy),
        state: stateOfKey(key, now),
      }))
    })
    return context.json({ items }, 200)
  })

  app.openapi(postKey, async (context) => {
    const { caller, answerIn } = context.var
    const wished = context.req.valid('json')
    refuseMore(caller, wished.scopes, 'such a key')
    const me = acting(deps, caller.by)
    const expiresAt = wished.expiresAt === undefined ? null : Temporal.Instant.from(wished.expiresAt)
    if (expiresAt && Temporal.Instant.compare(expiresAt, me.now) <= 0)
      throw wrong('body.expiresAt', 'has passed already')
    refuseLonger(caller, expiresAt)
    const scopes = [...new Set(wished.scopes)]
    const key = { name: wished.name, scopes, expiresAt, walledAs: caller.walledAs }
    return context.json(await answerIn((tx) => createKey(tx, key, me)), 200)
  })

  app.openapi(deleteKey, async (context) => {
    const { id: keyId } = context.req.valid('param')
    const done = await context.var.inFirm((tx) => revokeKey(tx, keyId, acting(deps, context.var.caller.by)))
    if (!done) throw notFound(`no key ${keyId}, or it is revoked already`)
    return context.json({ id: keyId }, 200)
  })
}

/** A key that ends can't make one that outlasts it. */
function refuseLonger({ key }: Caller, until: Temporal.Instant | null): void {
  if (!key?.expiresAt || (until && Temporal.Instant.compare(until, key.expiresAt) <= 0)) return
  throw new ProblemError({
    status: 403,
    title: 'You may not give more than you have',
    detail: `this key is good until ${key.expiresAt}, and so are those that it makes at most`,
  })
}

function stateOfKey({ revokedAt, expiresAt }: ApiKey, now: Temporal.Instant) {
  if (revokedAt !== null) return 'revoked' as const
  const over = expiresAt !== null && Temporal.Instant.compare(Temporal.Instant.from(expiresAt), now) <= 0
  return over ? ('expired' as const) : ('good' as const)
}
