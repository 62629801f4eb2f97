/** The systems around a firm, and letting us into them. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { connections, connectionTest, invitation } from '../../../contracts/connections.ts'
import { connectionList } from '../../modules/console/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { needPerson } from '../connecting.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { notFound } from './params.ts'
import { answers, route } from './route.ts'

const getConnections = route('read', {
  method: 'get',
  path: '/connections',
  summary: 'The systems around the firm: do they let us in, and how much may we ask of them',
  tags: ['connections'],
  responses: answers(connections, 'All that are configured, by key'),
})
const byKey = z.strictObject({ key: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/) })
const postTest = route('operate', {
  method: 'post',
  path: '/connections/{key}/test',
  summary:
    'Ask the system now: does it let us in, and do its webhooks and receipts prove where they come from',
  description:
    'The checks that `npx tipstaff doctor` makes. Nothing is sent to anybody. An answer takes up to 15 seconds.',
  tags: ['connections'],
  request: { params: byKey },
  responses: answers(connectionTest, 'What works and what does not', [404, 422]),
})
const postConnect = route('operate', {
  method: 'post',
  path: '/connections/{key}/connect',
  summary: 'An address for the person who may let us in',
  tags: ['connections'],
  request: { params: byKey },
  responses: answers(invitation, 'Where to send them', [404, 409, 422]),
})

export function connectionRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getConnections, async (context) => {
    const { firmId } = context.var.caller
    const wanting = needPerson(await deps.firms.open(firmId))
    const items = await context.var.inFirm((tx) => connectionList(tx, wanting, deps.clock.now()))
    return context.json({ items }, 200)
  })
  app.openapi(postTest, async (context) => {
    const { firmId, by } = context.var.caller
    const { key } = context.req.valid('param')
    const found = await deps.tryConnection(firmId, key, by)
    if (!found) throw notFound(`no connection ${key}`)
    return context.json(found, 200)
  })
  app.openapi(postConnect, async (context) => {
    const { firmId, by } = context.var.caller
    const made = await deps.connecting.invite(firmId, context.req.valid('param').key, by)
    if (!made.ok) {
      if (made.kind === 'unknown') throw notFound(made.message)
      throw new ProblemError({ status: 409, title: 'It can not be connected', detail: made.message })
    }
    const { address, addressUntil, authorisation, authorisationUntil } = made.value
    return context.json(
      {
        address,
        addressUntil: addressUntil.toString(),
        authorisation,
        authorisationUntil: authorisationUntil.toString(),
      },
      200,
    )
  })
}
