/** Hours of quiet that a client asked for, and how often they want to hear. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { wishesRequest, wishesResult } from '../../../contracts/wishes.ts'
import { changeClientWishes, clientWishesOf } from '../../modules/console/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type ApiDeps, type ApiEnv, acting } from './deps.ts'
import { notFound } from './params.ts'
import { answers, jsonBody, route } from './route.ts'
import { wanted } from './target.ts'

const getWishes = route('read', {
  method: 'get',
  path: '/wishes',
  summary: 'What a client has asked for: hours of quiet, and how often to hear what is not urgent',
  tags: ['clients'],
  request: { query: z.strictObject({ client: z.string().trim().min(1).max(300) }) },
  responses: answers(wishesResult, 'Their wishes', [404, 422]),
})

const putWishes = route('operate', {
  method: 'put',
  path: '/wishes',
  summary: 'Write down what a client has asked for; what waits for them is looked at again',
  tags: ['clients'],
  request: { body: jsonBody(wishesRequest) },
  responses: answers(wishesResult, 'Their wishes from now on', [404, 413, 415, 422]),
})

export function wishesRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getWishes, async (context) => {
    const { client } = context.req.valid('query')
    const found = await context.var.inFirm(async (tx) =>
      clientWishesOf(tx, await oneClient(tx, client, 'query.client')),
    )
    if (!found) throw notFound('there is no such client')
    return context.json(found, 200)
  })

  app.openapi(putWishes, async (context) => {
    const { client, ...change } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const done = await context.var.inFirm(async (tx) =>
      changeClientWishes(tx, await oneClient(tx, client, 'body.client'), change, me),
    )
    if (!done) throw notFound('there is no such client')
    return context.json(done, 200)
  })
}

async function oneClient(tx: FirmTx, text: string, path: string): Promise<{ id: string; name: string }> {
  const { target, name } = await wanted(tx, 'client', text, path)
  return { id: target.id, name }
}
