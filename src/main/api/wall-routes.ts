/** Ethical walls: which matters are closed to whom. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { id } from '../../../contracts/common.ts'
import { named, wallLiftRequest, wallRequest, walls } from '../../../contracts/staff.ts'
import { namesOfActors } from '../../modules/console/index.ts'
import { closeMatter, listStaff, openMatter, wallsOf } from '../../modules/staff/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { type ApiDeps, type ApiEnv, acting } from './deps.ts'
import { notFound } from './params.ts'
import { answers, jsonBody, route } from './route.ts'
import { wanted } from './target.ts'

const getWalls = route('administer', {
  method: 'get',
  path: '/walls',
  summary: 'Which matters are closed to whom',
  tags: ['staff'],
  responses: answers(walls, 'The newest first'),
})
const postWall = route('administer', {
  method: 'post',
  path: '/walls',
  summary: 'Close a matter to somebody, who then finds it nowhere',
  tags: ['staff'],
  request: { body: jsonBody(wallRequest) },
  responses: answers(named, 'Closed: the id of the matter', [404, 409, 413, 415, 422]),
})
const liftWall = route('administer', {
  method: 'post',
  path: '/walls/{staffId}/{matterId}/lift',
  summary: 'Open a matter to somebody again; why is kept in the record',
  tags: ['staff'],
  request: { params: z.strictObject({ staffId: id, matterId: id }), body: jsonBody(wallLiftRequest) },
  responses: answers(named, 'Open again', [404, 413, 415, 422]),
})

export function wallRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getWalls, async (context) => {
    const items = await context.var.inFirm(async (tx) => {
      const found = await wallsOf(tx)
      const name = await namesOfActors(
        tx,
        found.map(({ createdBy }) => createdBy),
      )
      return found.map((wall) => ({ ...wall, createdBy: name(wall.createdBy) }))
    })
    return context.json({ items }, 200)
  })

  app.openapi(postWall, async (context) => {
    const { matter, staffId, reason } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const closed = await context.var.answerIn(async (tx) => {
      const { target } = await wanted(tx, 'matter', matter, 'body.matter')
      if (!(await listStaff(tx, me.now)).some((m) => m.id === staffId && m.state !== 'removed'))
        throw notFound(`nobody with the id ${staffId} works here`)
      if (!(await closeMatter(tx, { matterId: target.id as never, staffId }, reason, me)))
        throw new ProblemError({ status: 409, title: 'It is closed to them already', detail: matter })
      return { id: target.id as string }
    })
    return context.json(closed, 200)
  })

  app.openapi(liftWall, async (context) => {
    const { staffId, matterId } = context.req.valid('param')
    const { reason } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const opened = await context.var.answerIn(async (tx) => {
      if (!(await openMatter(tx, { staffId, matterId: matterId as never }, reason, me)))
        throw notFound('there is no such wall')
      return { id: matterId }
    })
    return context.json(opened, 200)
  })
}
