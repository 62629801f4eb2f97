/** How much waits, in one call: for a console's navigation, and for whoever watches a firm. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { counts as schema } from '../../../contracts/counts.ts'
import { counts } from '../../modules/console/index.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { answers, route } from './route.ts'

const getCounts = route('read', {
  method: 'get',
  path: '/counts',
  summary: 'How much waits for people: the length of each list, exact up to 1,000',
  tags: ['counts'],
  request: { query: z.strictObject({}) },
  responses: answers(schema, 'What is open now, without what is closed to whoever asks', [422]),
})

export function countRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getCounts, async (context) =>
    context.json(await context.var.inFirm((tx) => counts(tx, deps.clock.now())), 200),
  )
}
