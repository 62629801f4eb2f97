/** The page of a client, the page of a matter, and everything that was said and heard about either. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { clientPage, matterPage } from '../../../contracts/subject-pages.ts'
import { timeline } from '../../../contracts/timeline.ts'
import { clientPageOf, type Looking, matterPageOf, timelineOf } from '../../modules/console/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type ApiDeps, type ApiEnv, zoneOf } from './deps.ts'
import { byId, limit, notFound, wrong } from './params.ts'
import { answers, route } from './route.ts'

const timelineQuery = z.strictObject({
  limit: limit.default(50),
  cursor: z.string().max(120).optional().meta({ description: '`next` of the page before' }),
})

const getClient = route('read', {
  method: 'get',
  path: '/clients/{id}',
  summary: 'One client: what is known, what holds messages to them, what waits and what comes',
  tags: ['clients'],
  request: { params: byId },
  responses: answers(clientPage, 'As of now; each fact says when it was read', [404, 422]),
})
const getMatter = route('read', {
  method: 'get',
  path: '/matters/{id}',
  summary: 'One matter: its state and how it got there, what holds messages, what waits and what comes',
  tags: ['matters'],
  request: { params: byId },
  responses: answers(matterPage, 'As of now; each fact says when it was read', [404, 422]),
})
const getClientTimeline = route('read', {
  method: 'get',
  path: '/clients/{id}/timeline',
  summary: 'Everything said to a client and heard from them, over all their matters',
  tags: ['clients'],
  request: { params: byId, query: timelineQuery },
  responses: answers(timeline, 'The newest first', [404, 422]),
})
const getMatterTimeline = route('read', {
  method: 'get',
  path: '/matters/{id}/timeline',
  summary: 'Everything said and heard about a matter, and what was done',
  tags: ['matters'],
  request: { params: byId, query: timelineQuery },
  responses: answers(timeline, 'The newest first', [404, 422]),
})

export function subjectRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getClient, async (context) => {
    const { id } = context.req.valid('param')
    const zone = await zoneOf(deps, context.var.caller.firmId)
    const found = await context.var.inFirm(async (tx) =>
      clientPageOf(tx, id, await lookingIn(deps, tx, zone)),
    )
    if (!found) throw notFound(`no client ${id}`)
    return context.json(found, 200)
  })
  app.openapi(getMatter, async (context) => {
    const { id } = context.req.valid('param')
    const zone = await zoneOf(deps, context.var.caller.firmId)
    const found = await context.var.inFirm(async (tx) =>
      matterPageOf(tx, id, await lookingIn(deps, tx, zone)),
    )
    if (!found) throw notFound(`no matter ${id}`)
    return context.json(found, 200)
  })
  app.openapi(getClientTimeline, async (context) => {
    const { id } = context.req.valid('param')
    const query = context.req.valid('query')
    const found = await context.var.inFirm((tx) => timelineOf(tx, 'client', id, query))
    if (found === null) throw notFound(`no client ${id}`)
    if (found === 'bad_cursor') throw wrong('query.cursor', 'is not a cursor of a timeline')
    return context.json(found, 200)
  })
  app.openapi(getMatterTimeline, async (context) => {
    const { id } = context.req.valid('param')
    const query = context.req.valid('query')
    const found = await context.var.inFirm((tx) => timelineOf(tx, 'matter', id, query))
    if (found === null) throw notFound(`no matter ${id}`)
    if (found === 'bad_cursor') throw wrong('query.cursor', 'is not a cursor of a timeline')
    return context.json(found, 200)
  })
}

/** Where its configuration can't be used, people are shown all the same what is known. */
async function lookingIn(deps: ApiDeps, tx: FirmTx, zone: string): Promise<Looking> {
  const now = deps.clock.now()
  try {
    return { program: (await deps.firms.code(tx)).program, zone, now }
  } catch {
    return { program: null, zone, now }
  }
}
