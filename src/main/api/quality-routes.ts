/** The data quality queue: what is wrong with the firm's data, to be corrected here or in the CMS. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  fixRequest,
  fixResult,
  ignoreRequest,
  qualityItems,
  qualityState,
} from '../../../contracts/quality.ts'
import { fixQuality, ignoreQuality, qualityPage } from '../../modules/console/index.ts'
import { type ApiDeps, type ApiEnv, acting, countries } from './deps.ts'
import { byId, page, wrong } from './params.ts'
import { answers, jsonBody, route } from './route.ts'
import { notDone, refuseUnlessDone } from './work-routes.ts'

const getItems = route('read', {
  method: 'get',
  path: '/quality',
  summary: "What is wrong with the firm's data",
  tags: ['data quality'],
  request: {
    query: z.strictObject({
      ...page.shape,
      state: qualityState.default('open'),
      kind: z.string().max(100).optional(),
    }),
  },
  responses: answers(qualityItems, 'The newest first', [422]),
})
const postFix = route('operate', {
  method: 'post',
  path: '/quality/{id}/fix',
  summary: 'Corrected, here or in the CMS: what it held is looked at again',
  tags: ['data quality'],
  request: { params: byId, body: jsonBody(fixRequest) },
  responses: answers(fixResult, 'Fixed', [404, 409, 413, 415, 422]),
})
const ignored = z.strictObject({ id: z.uuid() }).meta({ id: 'QualityIgnored' })
const postIgnore = route('operate', {
  method: 'post',
  path: '/quality/{id}/ignore',
  summary: 'It stays as it is, and is not shown again',
  tags: ['data quality'],
  request: { params: byId, body: jsonBody(ignoreRequest) },
  responses: answers(ignored, 'Ignored', [404, 409, 413, 415, 422]),
})

export function qualityRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getItems, async (context) => {
    const query = context.req.valid('query')
    return context.json(await context.var.inFirm((tx) => qualityPage(tx, query)), 200)
  })
  app.openapi(postFix, async (context) => {
    const { id } = context.req.valid('param')
    const request = context.req.valid('json')
    const { firmId, by } = context.var.caller
    const countryOf = await countries(deps, firmId)
    const answer = await context.var.answerIn(async (tx) => {
      const fixed = await fixQuality(tx, id, request, countryOf, acting(deps, by))
      if (fixed.ok) return { id, woken: fixed.woken }
      if (fixed.why === 'wrong') throw wrong('body.address', fixed.message)
      throw notDone(fixed.why, `item ${id}`)
    })
    return context.json(answer, 200)
  })
  app.openapi(postIgnore, async (context) => {
    const { id } = context.req.valid('param')
    const { reason } = context.req.valid('json')
    const { by } = context.var.caller
    const answer = await context.var.answerIn(async (tx) => {
      refuseUnlessDone(await ignoreQuality(tx, id, reason, acting(deps, by)), `item ${id}`)
      return { id }
    })
    return context.json(answer, 200)
  })
}
