/** "Did she get it?" over HTTP. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { messageStory } from '../../../contracts/operations.ts'
import { searchResult } from '../../../contracts/search.ts'
import { askedFor, trace as traceSchema } from '../../../contracts/trace.ts'
import { defaultLimit, search, trace } from '../../modules/console/index.ts'
import { type ApiDeps, type ApiEnv, zoneOf } from './deps.ts'
import { ambiguous, byId, limit, notFound, wrong } from './params.ts'
import { answers, route } from './route.ts'

const getTrace = route('read', {
  method: 'get',
  path: '/trace',
  summary: 'The whole story of a client, number, address, matter or message',
  tags: ['trace'],
  request: {
    query: z.strictObject({
      q: z.string().trim().min(1).max(300).meta({
        description: 'A phone number in any spelling, a mail address, a name, an id, a number of a matter',
        example: '(212) 555-0142',
      }),
      as: askedFor.optional().meta({ description: 'What `q` is; absent: whatever finds something' }),
      limit: limit
        .default(defaultLimit)
        .meta({ description: 'Stories per page, and the length of each list' }),
      cursor: z.string().max(100).optional().meta({ description: '`next` of the page before' }),
      quiet: z.enum(['true', 'false']).default('false').meta({
        description: 'Also events by which nothing changed',
      }),
    }),
  },
  responses: answers(traceSchema, 'The newest stories, each with everything that came of it', [404, 422]),
})

const getMessage = route('read', {
  method: 'get',
  path: '/messages/{id}',
  summary: 'One message: was it delivered, and how it went',
  tags: ['trace'],
  request: { params: byId },
  responses: answers(messageStory, 'The message with attempts, receipts and dead letters', [404, 422]),
})

const getSearch = route('read', {
  method: 'get',
  path: '/search',
  summary: 'People, cases and messages, by whatever somebody remembers of them',
  tags: ['trace'],
  request: {
    query: z.strictObject({
      q: z.string().trim().max(100).meta({
        description: 'Part of a name, some digits of a number, part of an address or title, an id',
        example: 'santos',
      }),
      limit: limit.max(50).default(8).meta({ description: 'Of each kind' }),
    }),
  },
  responses: answers(searchResult, 'What fits best first', [422]),
})

export function traceRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const look = async (context: { var: ApiEnv['Variables'] }, query: Parameters<typeof trace>[1]) => {
    const { firmId } = context.var.caller
    const options = { zone: await zoneOf(deps, firmId), now: deps.clock.now() }
    return context.var.inFirm((tx) => trace(tx, query, options))
  }

  app.openapi(getTrace, async (context) => {
    const { q, as, limit, cursor, quiet } = context.req.valid('query')
    const found = await look(context, {
      value: q,
      limit,
      quiet: quiet === 'true',
      ...(as === undefined ? {} : { as }),
      ...(cursor === undefined ? {} : { cursor }),
    })
    switch (found.kind) {
      case 'found':
        return context.json(found.trace, 200)
      case 'none':
        throw notFound(found.reason)
      case 'several':
        throw ambiguous('query.q', found.candidates)
      case 'bad_cursor':
        throw wrong('query.cursor', 'is not a cursor of a trace')
    }
  })

  app.openapi(getSearch, async (context) => {
    const { q, limit } = context.req.valid('query')
    return context.json(await context.var.inFirm((tx) => search(tx, q, limit)), 200)
  })

  app.openapi(getMessage, async (context) => {
    const { id } = context.req.valid('param')
    const found = await look(context, { value: id, as: 'message' })
    if (found.kind !== 'found') throw notFound(`no message ${id}`)
    const messages = found.trace.stories.flatMap((s) => s.notices.flatMap((n) => n.messages))
    const message = messages.find((m) => m.id === found.trace.asked.value)
    const answer = found.trace.answers.find((a) => a.messageId === message?.id)
    if (!message || !answer) throw notFound(`no message ${id}`)
    return context.json({ answer, message }, 200)
  })
}
