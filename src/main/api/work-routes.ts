/** What needs a person: dead letters, quarantine, tasks, events without a rule; and how long the queue is. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  closeRequest,
  correctRequest,
  correctResult,
  deadLetters,
  discardRequest,
  quarantined,
  quarantineReplayRequest,
  quarantineReplayResult,
  queue,
  replayRequest,
  replayResult,
  tasks,
  unhandledEvents,
} from '../../../contracts/operations.ts'
import {
  type Closing,
  closeLetter,
  correctLetter,
  deadLetterPage,
  discardFromQuarantine,
  endTask,
  quarantinePage,
  replayLetters,
  replayQuarantined,
  taskPage,
  unhandledPage,
} from '../../modules/console/index.ts'
import type { Readdressed } from '../../modules/delivery/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { queueOf } from '../queue.ts'
import { type ApiDeps, type ApiEnv, acting, countries, statesOf } from './deps.ts'
import { byId, missingIds, notFound, page, wrong } from './params.ts'
import { answers, jsonBody, route } from './route.ts'

const closed = z.strictObject({ id: z.uuid() }).meta({ id: 'Closed' })

const getDeadLetters = route('read', {
  method: 'get',
  path: '/dead-letters',
  summary: 'Messages that need a human',
  tags: ['dead letters'],
  request: {
    query: z.strictObject({ ...page.shape, state: z.enum(['open', 'replayed', 'closed']).default('open') }),
  },
  responses: answers(deadLetters, 'The newest first', [422]),
})
const postReplay = route('operate', {
  method: 'post',
  path: '/dead-letters/replay',
  summary: 'Try them again, each once however often this is called',
  tags: ['dead letters'],
  request: { body: jsonBody(replayRequest) },
  responses: answers(replayResult, 'Which were put back into the queue', [404, 413, 415, 422]),
})
const postClose = route('operate', {
  method: 'post',
  path: '/dead-letters/{id}/close',
  summary: 'The client was told by other means',
  tags: ['dead letters'],
  request: { params: byId, body: jsonBody(closeRequest) },
  responses: answers(closed, 'Closed', [404, 409, 413, 415, 422]),
})
const postCorrect = route('operate', {
  method: 'post',
  path: '/dead-letters/{id}/correct',
  summary: 'The phone number or mail address was wrong: send it to the right one',
  tags: ['dead letters'],
  request: { params: byId, body: jsonBody(correctRequest) },
  responses: answers(correctResult, 'Corrected, and on its way', [404, 409, 413, 415, 422]),
})
const getQuarantine = route('read', {
  method: 'get',
  path: '/quarantine',
  summary: 'What came in and could not be understood',
  tags: ['quarantine'],
  request: { query: page },
  responses: answers(quarantined, 'What is open, the newest first', [422]),
})
const postQuarantine = route('operate', {
  method: 'post',
  path: '/quarantine/replay',
  summary: 'Look at it again, after a fix',
  tags: ['quarantine'],
  request: { body: jsonBody(quarantineReplayRequest) },
  responses: answers(quarantineReplayResult, 'How many are looked at again', [404, 413, 415, 422]),
})
const postDiscard = route('operate', {
  method: 'post',
  path: '/quarantine/{id}/discard',
  summary: 'Nothing shall come of it',
  tags: ['quarantine'],
  request: { params: byId, body: jsonBody(discardRequest) },
  responses: answers(closed, 'Discarded', [404, 409, 413, 415, 422]),
})
const getTasks = route('read', {
  method: 'get',
  path: '/tasks',
  summary: 'Work for people at the firm',
  tags: ['tasks'],
  request: { query: z.strictObject({ ...page.shape, state: z.enum(['open', 'done']).default('open') }) },
  responses: answers(tasks, 'The newest first', [422]),
})
const postTask = route('operate', {
  method: 'post',
  path: '/tasks/{id}/complete',
  summary: 'A task is done',
  tags: ['tasks'],
  request: { params: byId },
  responses: answers(closed, 'Done', [404, 409, 422]),
})
const getQueue = route('read', {
  method: 'get',
  path: '/queue',
  summary: 'How much is due, and when it will be through',
  tags: ['queue'],
  responses: answers(queue, 'By connection and by lane'),
})
const getEvents = route('read', {
  method: 'get',
  path: '/events',
  summary: 'Events that no rule handles',
  tags: ['events'],
  request: { query: z.strictObject({ ...page.shape, outcome: z.enum(['unhandled']) }) },
  responses: answers(unhandledEvents, 'The newest first', [422]),
})

export function workRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getDeadLetters, async (context) => {
    const query = context.req.valid('query')
    return context.json(await context.var.inFirm((tx) => deadLetterPage(tx, query)), 200)
  })
  app.openapi(postReplay, async (context) => {
    const request = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const answer = await context.var.answerIn(async (tx) => {
      const done = await replayLetters(tx, request, me)
      if ('missing' in done) throw missingIds('ids' in request ? request.ids : [], done.missing)
      return done
    })
    return context.json(answer, 200)
  })
  app.openapi(postClose, async (context) => {
    const { id } = context.req.valid('param')
    const { how } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const answer = await context.var.answerIn(async (tx) => {
      refuseUnlessDone(await closeLetter(tx, id, how, me), `dead letter ${id}`)
      return { id }
    })
    return context.json(answer, 200)
  })
  app.openapi(postCorrect, async (context) => {
    const { id } = context.req.valid('param')
    const { address } = context.req.valid('json')
    const { firmId, by } = context.var.caller
    const countryOf = await countries(deps, firmId)
    // What is refused leaves nothing behind.
    const answer = await context.var.answerIn(async (tx) => {
      const corrected = await correctLetter(tx, id, address, countryOf, acting(deps, by))
      if (!corrected.ok) throw refuseCorrection(corrected, id)
      return { address: corrected.address, replayed: corrected.letters }
    })
    return context.json(answer, 200)
  })
  app.openapi(getQuarantine, async (context) => {
    const query = context.req.valid('query')
    return context.json(
      await context.var.inFirm(async (tx) => quarantinePage(tx, query, await statesOf(deps, tx))),
      200,
    )
  })
  app.openapi(postQuarantine, async (context) => {
    const request = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const answer = await context.var.answerIn(async (tx) => {
      const done = await replayQuarantined(tx, request, me)
      if ('missing' in done) throw missingIds('ids' in request ? request.ids : [], done.missing)
      return done
    })
    return context.json(answer, 200)
  })
  app.openapi(postDiscard, async (context) => {
    const { id } = context.req.valid('param')
    const { reason } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const answer = await context.var.answerIn(async (tx) => {
      refuseUnlessDone(await discardFromQuarantine(tx, id, reason, me), `quarantined delivery ${id}`)
      return { id }
    })
    return context.json(answer, 200)
  })
  app.openapi(getTasks, async (context) => {
    const query = context.req.valid('query')
    return context.json(
      await context.var.inFirm(async (tx) => taskPage(tx, query, await statesOf(deps, tx))),
      200,
    )
  })
  app.openapi(postTask, async (context) => {
    const { id } = context.req.valid('param')
    const me = acting(deps, context.var.caller.by)
    const answer = await context.var.answerIn(async (tx) => {
      refuseUnlessDone(await endTask(tx, id, me), `task ${id}`)
      return { id }
    })
    return context.json(answer, 200)
  })
  app.openapi(getQueue, async (context) => {
    const { caller, inFirm } = context.var
    return context.json(await context.var.together('queue', () => queueOf(deps, caller.firmId, inFirm)), 200)
  })
  app.openapi(getEvents, async (context) => {
    const query = context.req.valid('query')
    return context.json(await context.var.inFirm((tx) => unhandledPage(tx, query)), 200)
  })
}

function refuseCorrection(refused: Exclude<Readdressed, { ok: true }>, id: string): ProblemError {
  switch (refused.why) {
    case 'missing':
      return notFound(`no dead letter ${id}`)
    case 'not_open':
      return new ProblemError({ status: 409, title: 'It is not open', detail: `dead letter ${id}` })
    case 'wrong':
      return wrong('body.address', refused.message)
    case 'refused':
      return new ProblemError({ status: 409, title: 'It can not go there', detail: refused.message })
  }
}

export function refuseUnlessDone(closing: Closing, what: string): void {
  if (closing !== 'done') throw notDone(closing, what)
}

export const notDone = (why: Exclude<Closing, 'done'>, what: string): ProblemError =>
  why === 'missing'
    ? notFound(`no ${what}`)
    : new ProblemError({ status: 409, title: 'It is not open', detail: what })
