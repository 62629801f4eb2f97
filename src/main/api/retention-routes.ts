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
import {
  retentionDraft,
  retentionPreview,
  retentionRequest,
  retentionSettings,
  settingsPublished,
} from '../../../contracts/settings.ts'
import type { ClientId, MatterId } from '../../kernel/index.ts'
import { holdById, holdPage } from '../../modules/console/index.ts'
import { firmSettings, loadConfig } from '../../modules/firms/index.ts'
import { countRetention, cutoffsOf, placeHold, releaseHold } from '../../modules/retention/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { isShorter, monthsOf, withMonths } from '../firm-edits.ts'
import { type ApiDeps, type ApiEnv, acting } from './deps.ts'
import { placedInRequest } from './edits.ts'
import { byId, notFound, page } from './params.ts'
import { answers, jsonBody, route } from './route.ts'
import { firmChange, firmItem, publishForm, refuseUnlessTyped } from './settings-routes.ts'
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

const getSettings = route('read', {
  method: 'get',
  path: '/settings/retention',
  summary:
    'How long words are kept by what they were for, what is old enough now, and what will be in 30 days',
  tags: ['settings'],
  responses: answers(retentionSettings, 'As it holds now'),
})
const postPreview = route('read', {
  method: 'post',
  path: '/settings/retention/preview',
  summary: 'How much would go by other rules that does not go by these; nothing is stored or deleted',
  tags: ['settings'],
  request: { body: jsonBody(retentionDraft) },
  responses: answers(retentionPreview, 'Counted over the whole firm', [413, 415, 422]),
})
const putSettings = route('configure', {
  method: 'put',
  path: '/settings/retention',
  summary:
    'Publish other rules: within the hour what is old enough by them is deleted, and does not come back',
  description:
    'Where words would go sooner than before, it takes the right to administer as well, and the name of the firm in `confirm`. What is under a legal hold stays.',
  tags: ['settings'],
  request: { body: jsonBody(retentionRequest) },
  responses: answers(settingsPublished, 'The edition that holds', [409, 413, 415, 422]),
})

/** What is told of beforehand, in days. */
const ahead = 30

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

  app.openapi(getSettings, async (context) => {
    const now = deps.clock.now()
    const found = await context.var.inFirm(async (tx) => {
      const item = firmItem(await loadConfig(tx))
      const { retention = {}, timeZone } = firmSettings.parse(item.body)
      const counted = (at: Temporal.Instant) => countRetention(tx, cutoffsOf(retention, at, timeZone))
      return {
        ...(await firmChange(tx, item)),
        months: monthsOf(item.body),
        now: await counted(now),
        soon: await counted(now.add({ hours: 24 * ahead })),
      }
    })
    return context.json(found, 200)
  })

  app.openapi(postPreview, async (context) => {
    const { firmId } = context.var.caller
    const { months } = context.req.valid('json')
    const now = deps.clock.now()
    // Whoever decides this decides it for the whole firm: counts, and nothing else, are those of all matters.
    const found = await deps.db.forFirm(firmId, async (tx) => {
      const item = firmItem(await loadConfig(tx))
      const body = withMonths(item.body, months)
      const shorter = isShorter(monthsOf(item.body), months)
      const { problems } = await deps.edits.checkBody(tx, { kind: 'firm', key: item.key, body })
      if (problems.length > 0) {
        const gone = { messages: 0, texts: 0, webhooks: 0 }
        return {
          problems: placedInRequest(problems, item, 'body.months', 'retention'),
          shorter,
          items: [],
          gone,
        }
      }
      const counted = (of: typeof body) => {
        const { retention = {}, timeZone } = firmSettings.parse(of)
        return countRetention(tx, cutoffsOf(retention, now, timeZone))
      }
      const [before, items] = [await counted(item.body), await counted(body)]
      const more = (what: 'messages' | 'texts' | 'webhooks') => {
        const sum = (counts: typeof items) => counts.reduce((all, one) => all + one[what], 0)
        return Math.max(0, sum(items) - sum(before))
      }
      const gone = { messages: more('messages'), texts: more('texts'), webhooks: more('webhooks') }
      return { problems: [], shorter, items, gone }
    })
    return context.json(found, 200)
  })

  app.openapi(putSettings, async (context) => {
    const { caller } = context.var
    const { months, basedOn, reason, confirm } = context.req.valid('json')
    const done = await publishForm(deps, caller, {
      kind: 'firm',
      find: firmItem,
      change: ({ body }) => withMonths(body, months),
      basedOn,
      reason,
      root: 'body.months',
      within: 'retention',
      guard({ body }) {
        if (!isShorter(monthsOf(body), months)) return
        if (!caller.scopes.includes('administer'))
          throw new ProblemError({
            status: 403,
            title: 'Only an owner may have words deleted sooner',
            detail: 'it takes the scope "administer" as well; keeping them longer does not',
          })
        refuseUnlessTyped(confirm, firmSettings.parse(body).name)
      },
    })
    return context.json(done, 200)
  })
}
