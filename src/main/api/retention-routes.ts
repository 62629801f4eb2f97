/** Legal holds, and what retention would delete. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  holdRequest,
  legalHolds as holdsSchema,
  legalHold,
  releaseRequest,
  retentionPlan,
} from '../../../contracts/retention.ts'
import type { ClientId, MatterId } from '../../kernel/index.ts'
import { holdById, holdPage } from '../../modules/console/index.ts'
import { countRetention, cutoffsOf, placeHold, releaseHold } from '../../modules/retention/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { type ApiDeps, type ApiEnv, acting } from './deps.ts'
import { byId, notFound, page } from './params.ts'
import { answers, jsonBody, route } from './route.ts'
import { wanted } from './target.ts'

const getHolds = route('read', {
  method: 'get',
  path: '/holds',
  summary: 'Legal holds: what is not deleted, by whom and why',
  tags: ['retention'],
  request: {
    query: z.strictObject({ ...page.shape, state: z.enum(['live', 'released']).default('live') }),
  },
  responses: answers(holdsSchema, 'The newest first', [422]),
})
const postHold = route('operate', {
  method: 'post',
  path: '/holds',
  summary: 'Keep every word of a matter, or of a client with all their matters, until this is released',
  tags: ['retention'],
  request: { body: jsonBody(holdRequest) },
  responses: answers(legalHold, 'From now on nothing of it is deleted', [404, 413, 415, 422]),
})
const postRelease = route('configure', {
  method: 'post',
  path: '/holds/{id}/release',
  summary: 'Release a legal hold: what is old enough is deleted from then on',
  tags: ['retention'],
  request: { params: byId, body: jsonBody(releaseRequest) },
  responses: answers(legalHold, 'Released', [404, 409, 413, 415, 422]),
})
const getRetention = route('read', {
  method: 'get',
  path: '/retention',
  summary: 'What would be deleted now under the firm’s rules, and what is kept although it is old enough',
  tags: ['retention'],
  request: { query: z.strictObject({}) },
  responses: answers(retentionPlan, 'By rule; none: everything is kept', [422]),
})

export function retentionRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getHolds, async (context) =>
    context.json(await context.var.inFirm((tx) => holdPage(tx, context.req.valid('query'))), 200),
  )
  app.openapi(postHold, async (context) => {
    const { scope, target, reason } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const hold = await context.var.answerIn(async (tx) => {
      const { id } = (await wanted(tx, scope, target, 'body.target')).target
      const on = scope === 'matter' ? { scope, id: id as MatterId } : ({ scope, id: id as ClientId } as const)
      return holdById(tx, await placeHold(tx, on, reason, me))
    })
    return context.json(hold!, 200)
  })
  app.openapi(postRelease, async (context) => {
    const { id } = context.req.valid('param')
    const { reason } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const hold = await context.var.answerIn(async (tx) => {
      const done = await releaseHold(tx, id, reason, me)
      if (done === 'unknown') throw notFound(`no legal hold has the id ${id}`)
      if (done === 'released') throw new ProblemError({ status: 409, title: 'It was released before' })
      return holdById(tx, id)
    })
    return context.json(hold!, 200)
  })
  app.openapi(getRetention, async (context) => {
    const { firmId } = context.var.caller
    const { retention, timeZone } = (await deps.firms.open(firmId)).code.program.settings
    const cutoffs = cutoffsOf(retention ?? {}, deps.clock.now(), timeZone)
    return context.json({ items: await context.var.inFirm((tx) => countRetention(tx, cutoffs)) }, 200)
  })
}
