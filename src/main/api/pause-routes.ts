/** The red button, and letting go of it; what waits, and taking it back. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  held,
  pauseRequest,
  pauseResult,
  pauses,
  resumeRequest,
  resumeResult,
  withdrawRequest,
} from '../../../contracts/operations.ts'
import { heldPage, listPauses, pauseTarget, resumeTarget } from '../../modules/console/index.ts'
import { withdrawMessage } from '../../modules/delivery/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { type ApiDeps, type ApiEnv, acting } from './deps.ts'
import { byId, notFound, page, wrong } from './params.ts'
import { answers, jsonBody, route } from './route.ts'
import { wanted } from './target.ts'

const getPauses = route('read', {
  method: 'get',
  path: '/pauses',
  summary: 'What is paused now, by whom and why',
  tags: ['pauses'],
  responses: answers(pauses, 'Every live pause'),
})

const postPause = route('operate', {
  method: 'post',
  path: '/pauses',
  summary: 'Stop everything to one client, one matter or from the whole firm, at once',
  tags: ['pauses'],
  request: { body: jsonBody(pauseRequest) },
  responses: answers(pauseResult, 'Paused: no attempt commits after this', [404, 413, 415, 422]),
})

const postResume = route('operate', {
  method: 'post',
  path: '/pauses/resume',
  summary: 'Lift what pauses it; what was held is looked at again, and goes if it is still true',
  tags: ['pauses'],
  request: { body: jsonBody(resumeRequest) },
  responses: answers(resumeResult, 'What was held', [404, 409, 413, 415, 422]),
})

const withdrawn = z.strictObject({ id: z.uuid() }).meta({ id: 'Withdrawn' })
const postWithdraw = route('operate', {
  method: 'post',
  path: '/messages/{id}/withdraw',
  summary: 'Take back a message that has not begun to leave',
  tags: ['messages'],
  request: { params: byId, body: jsonBody(withdrawRequest) },
  responses: answers(withdrawn, 'It does not go', [404, 409, 413, 415, 422]),
})

const getHeld = route('read', {
  method: 'get',
  path: '/held',
  summary: 'What is held, and why',
  tags: ['pauses'],
  request: {
    query: z.strictObject({
      ...page.shape,
      client: z.string().trim().min(1).max(300).optional(),
      matter: z.string().trim().min(1).max(300).optional(),
    }),
  },
  responses: answers(held, 'The newest first', [404, 422]),
})

export function pauseRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getPauses, async (context) => {
    const items = await context.var.together('pauses', () =>
      context.var.inFirm((tx) => listPauses(tx, deps.clock.now())),
    )
    return context.json({ items }, 200)
  })

  app.openapi(postPause, async (context) => {
    const { scope, target, reason, endsAt } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const end = endsAt === undefined ? null : Temporal.Instant.from(endsAt)
    if (end && Temporal.Instant.compare(end, me.now) <= 0) throw wrong('body.endsAt', 'has passed already')
    const done = await context.var.answerIn(async (tx) =>
      pauseTarget(tx, { ...(await wanted(tx, scope, target, 'body.target')), reason, endsAt: end }, me),
    )
    return context.json(done, 200)
  })

  app.openapi(postResume, async (context) => {
    const { scope, target } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const done = await context.var.answerIn(async (tx) => {
      const found = await wanted(tx, scope, target, 'body.target')
      const resumed = await resumeTarget(tx, found, me)
      if (!resumed)
        throw new ProblemError({ status: 409, title: 'It is not paused', detail: `${scope} ${found.name}` })
      return resumed
    })
    return context.json(done, 200)
  })

  app.openapi(postWithdraw, async (context) => {
    const { id } = context.req.valid('param')
    const { reason } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const done = await context.var.answerIn(async (tx) => {
      const found = await withdrawMessage(tx, id, reason, me)
      if (found === 'missing') throw notFound(`no message ${id}`)
      if (found === 'left')
        throw new ProblemError({
          status: 409,
          title: 'It can not be taken back',
          detail: 'It is on its way, or over, or it carries a digest',
        })
      return { id }
    })
    return context.json(done, 200)
  })

  app.openapi(getHeld, async (context) => {
    const { client, matter, ...query } = context.req.valid('query')
    if (client !== undefined && matter !== undefined)
      throw wrong('query.matter', 'stands beside client; give one of them')
    const items = await context.var.inFirm(async (tx) => {
      const scope = client !== undefined ? 'client' : matter !== undefined ? 'matter' : 'firm'
      const { target } = await wanted(tx, scope, client ?? matter, `query.${scope}`)
      return heldPage(tx, target, query)
    })
    return context.json(items, 200)
  })
}
