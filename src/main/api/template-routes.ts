/** Templates: read, tried on a real matter, published as a new version, and what became of them. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { removalRequest, removed } from '../../../contracts/config.ts'
import {
  previewRequest,
  previewResult,
  publishRequest,
  publishResult,
  templateDetail,
  templateHistory,
  templateList,
  templateRates,
} from '../../../contracts/templates.ts'
import type { MatterId } from '../../kernel/index.ts'
import {
  templateHistory as historyOf,
  templateList as listOf,
  templateRates as ratesOf,
  sampleMatter,
  standardVariables,
  templateOf,
} from '../../modules/console/index.ts'
import { type ConfigProblem, type Json, pathText, problemText, zodKind } from '../../modules/firms/index.ts'
import { previewTemplate } from '../../modules/rules/index.ts'
import { compileTemplate, templateConfig } from '../../modules/templates/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { refuseUnlessEdited } from './edits.ts'
import { removeItem } from './item-editing.ts'
import { notFound } from './params.ts'
import { answers, jsonBody, route } from './route.ts'
import { wanted } from './target.ts'

const byKey = z.strictObject({ key: z.string().min(1).max(100) })
const tags = ['templates']

const getTemplates = route('read', {
  method: 'get',
  path: '/templates',
  summary: 'What clients are told, in every language',
  tags,
  responses: answers(templateList, 'By key'),
})
const getRates = route('read', {
  method: 'get',
  path: '/templates/rates',
  summary: 'How what was said by each template was received',
  tags,
  request: {
    query: z.strictObject({
      days: z.coerce.number<string>().int().min(1).max(366).default(30).meta({ type: 'integer' }),
    }),
  },
  responses: answers(templateRates, 'Of messages that left in these days', [422]),
})
const getTemplate = route('read', {
  method: 'get',
  path: '/templates/{key}',
  summary: 'One template, with what it may speak of',
  tags,
  request: { params: byKey },
  responses: answers(templateDetail, 'As it holds now', [404, 422]),
})
const getHistory = route('read', {
  method: 'get',
  path: '/templates/{key}/history',
  summary: 'Its editions, with who and why',
  tags,
  request: { params: byKey },
  responses: answers(templateHistory, 'The newest first', [404, 422]),
})
const postPreview = route('read', {
  method: 'post',
  path: '/templates/{key}/preview',
  summary: 'What a draft would say about a real matter, and what is wrong with it; nobody is told',
  tags,
  request: { params: byKey, body: jsonBody(previewRequest) },
  responses: answers(previewResult, 'In each language, on each channel', [404, 413, 415, 422]),
})
const putTemplate = route('configure', {
  method: 'put',
  path: '/templates/{key}',
  summary: 'Publish a draft: from the next message on it is what clients are told',
  tags,
  request: { params: byKey, body: jsonBody(publishRequest) },
  responses: answers(publishResult, 'Published', [404, 409, 413, 415, 422]),
})

const putRemoval = route('configure', {
  method: 'put',
  path: '/templates/{key}/removal',
  summary: 'Remove a template that nothing says any more; what it said, and its history, stay',
  tags,
  request: { params: byKey, body: jsonBody(removalRequest) },
  responses: answers(removed, 'It is gone', [404, 409, 413, 415, 422]),
})

export function templateRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getTemplates, async (context) => {
    const items = await context.var.inFirm(async (tx) => listOf(tx, (await deps.firms.code(tx)).program))
    return context.json({ items, variables: standardVariables() }, 200)
  })
  app.openapi(getRates, async (context) => {
    const { days } = context.req.valid('query')
    const to = deps.clock.now()
    const from = to.subtract({ hours: days * 24 })
    const items = await context.var.inFirm((tx) => ratesOf(tx, from))
    return context.json({ from: from.toString(), to: to.toString(), items }, 200)
  })
  app.openapi(getTemplate, async (context) => {
    const { key } = context.req.valid('param')
    const answer = await context.var.inFirm(async (tx) => {
      const found = await templateOf(tx, (await deps.firms.code(tx)).program, key)
      if (!found) throw noTemplate(key)
      const draft = { kind: 'template', key, body: found.body as Json }
      const { warnings } = await deps.edits.checkBody(tx, draft)
      return { ...found, warnings: warnings.map((w) => placed(w, key)) }
    })
    return context.json(answer, 200)
  })
  app.openapi(getHistory, async (context) => {
    const { key } = context.req.valid('param')
    const items = await context.var.inFirm((tx) => historyOf(tx, key))
    if (items.length === 0) throw noTemplate(key)
    return context.json({ items }, 200)
  })
  app.openapi(postPreview, async (context) => {
    const { key } = context.req.valid('param')
    const { body, matter } = context.req.valid('json')
    const answer = await context.var.inFirm(async (tx) => {
      const on = matter === undefined ? await sampleMatter(tx, key) : await namedMatter(tx, matter)
      const draft = { kind: 'template', key, body: { key, ...body } as Json }
      const { problems, warnings } = await deps.edits.checkBody(tx, draft)
      return {
        problems: problems.map((p) => placed(p, key)),
        warnings: warnings.map((w) => placed(w, key)),
        matter: on,
        messages: on === null ? [] : await messagesOf(deps, tx, draft, on.id),
      }
    })
    return context.json(answer, 200)
  })
  app.openapi(putTemplate, async (context) => {
    const { key } = context.req.valid('param')
    const { body, basedOn, reason } = context.req.valid('json')
    const { firmId, by } = context.var.caller
    const edit = { kind: 'template', key, body: { key, ...body } as Json, seenVersion: basedOn }
    // Not inFirm: see ConfigEdits.store.
    const edited = await deps.db.forFirm(firmId, (tx) => deps.edits.store(tx, edit, { author: by, reason }))
    if (!edited.ok && edited.reason === 'outdated' && edited.version === 0) throw noTemplate(key)
    const { version, revision, change, warnings } = refuseUnlessEdited(edited, edit, 'body.body')
    const told = warnings.map((w) => placed(w, key))
    return context.json({ key, edition: version, revision, changed: change !== null, warnings: told }, 200)
  })
  app.openapi(putRemoval, async (context) => {
    const { key } = context.req.valid('param')
    const { reason, basedOn } = context.req.valid('json')
    const item = { kind: 'template', key, basedOn }
    return context.json(await removeItem(deps, context.var.caller, item, reason), 200)
  })
}

const noTemplate = (key: string) => notFound(`the firm has no template ${key}`)

/** A problem of another item, such as a rule that says it, has no place in this one. */
const placed = (problem: ConfigProblem, key: string) =>
  problem.kind === 'template' && problem.key === key
    ? { path: pathText(problem.path), message: problem.message }
    : { path: '', message: problemText(problem) }

async function namedMatter(tx: FirmTx, text: string): Promise<{ id: MatterId; name: string }> {
  const { target, name } = await wanted(tx, 'matter', text, 'body.matter')
  return { id: target.id as MatterId, name }
}

/** @returns none where the draft can't be read as a template: then its problems say why */
async function messagesOf(deps: ApiDeps, tx: FirmTx, draft: { key: string; body: Json }, matterId: MatterId) {
  const parsed = zodKind('template', templateConfig).parse(draft.key, draft.body)
  const compiled = parsed.ok ? compileTemplate(parsed.value) : null
  if (!compiled?.ok) return []
  const { program } = await deps.firms.code(tx)
  const wanted = { key: draft.key, matterId, template: compiled.template }
  const messages = (await previewTemplate(tx, program, wanted, deps.clock.now())) ?? []
  return messages.map(({ eventAt: _, ...message }) => message)
}
