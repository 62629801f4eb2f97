/** How much waits, what is the newest of it, and what goes out: for a console's first page, and for whoever watches a firm. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { counts as schema } from '../../../contracts/counts.ts'
import { messages, today } from '../../../contracts/today.ts'
import { counts, messagePage, todayOf } from '../../modules/console/index.ts'
import { type ApiDeps, type ApiEnv, statesOf } from './deps.ts'
import { limit, page, wrong } from './params.ts'
import { answers, route } from './route.ts'

const getCounts = route('read', {
  method: 'get',
  path: '/counts',
  summary: 'How much waits for people: the length of each list, exact up to 1,000',
  tags: ['counts'],
  request: { query: z.strictObject({}) },
  responses: answers(schema, 'What is open now, without what is closed to whoever asks', [422]),
})

const getToday = route('read', {
  method: 'get',
  path: '/today',
  summary: 'What needs a person: the newest of each list, in one call',
  tags: ['counts'],
  request: {
    query: z.strictObject({ limit: limit.max(20).default(5).meta({ description: 'Of each list' }) }),
  },
  responses: answers(today, 'Each list begins as it does by itself, and goes on there', [422]),
})
const getMessages = route('read', {
  method: 'get',
  path: '/messages',
  summary: 'What was said to clients, whatever became of it',
  tags: ['trace'],
  request: { query: page },
  responses: answers(messages, 'The newest first', [422]),
})

export function countRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getCounts, async (context) =>
    context.json(
      await context.var.together('counts', () => context.var.inFirm((tx) => counts(tx, deps.clock.now()))),
      200,
    ),
  )
  app.openapi(getToday, async (context) => {
    const { limit } = context.req.valid('query')
    return context.json(
      await context.var.together(`today ${limit}`, () =>
        context.var.inFirm(async (tx) => todayOf(tx, limit, await statesOf(deps, tx))),
      ),
      200,
    )
  })
  app.openapi(getMessages, async (context) => {
    const query = context.req.valid('query')
    const read = () => context.var.inFirm((tx) => messagePage(tx, query))
    const found = await (query.cursor === undefined
      ? context.var.together(`messages ${query.limit}`, read)
      : read())
    if (!found) throw wrong('query.cursor', 'is not a message of this firm')
    return context.json(found, 200)
  })
}
