/** Rules: read as sentences, checked while they are written, tried on what has happened, published, with their history. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  history,
  itemKey,
  published,
  publishRequest,
  removalRequest,
  removed,
} from '../../../contracts/config.ts'
import { checked, checkRequest, rule, rules, trialRequest, trialResult } from '../../../contracts/rules.ts'
import { loadAuthors, loadConfig } from '../../modules/firms/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { FirmCode } from '../compile-firm.ts'
import { ruleAnswer, ruleIn, sentencesOf, vocabularyOf } from '../rule-answers.ts'
import { inTurn, tryDraft } from '../rule-trial.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { historyOf, lastChanges, publishItem, removeItem } from './item-editing.ts'
import { notFound } from './params.ts'
import { answers, jsonBody, route } from './route.ts'

const byKey = z.strictObject({ key: itemKey })

const getRules = route('read', {
  method: 'get',
  path: '/rules',
  summary: 'The rules, each as a sentence and as YAML; and the names that a rule may speak of',
  tags: ['rules'],
  responses: answers(rules, 'All that are configured, by key'),
})
const getRule = route('read', {
  method: 'get',
  path: '/rules/{key}',
  summary: 'One rule',
  tags: ['rules'],
  request: { params: byKey },
  responses: answers(rule, 'As it holds now', [404]),
})
const getHistory = route('read', {
  method: 'get',
  path: '/rules/{key}/history',
  summary: 'Every edition of a rule: who made it, when and why, and what it said',
  tags: ['rules'],
  request: { params: byKey },
  responses: answers(history, 'The newest first', [404]),
})
const postCheck = route('read', {
  method: 'post',
  path: '/rules/{key}/check',
  summary: 'What apply would say of a draft, also of a rule that is not there yet; nothing is stored',
  tags: ['rules'],
  request: { params: byKey, body: jsonBody(checkRequest) },
  responses: answers(checked, 'What is wrong with it, and its sentence', [413, 415, 422]),
})
const postTrial = route('read', {
  method: 'post',
  path: '/rules/{key}/trial',
  summary: 'What a draft would have said of the last 30 days, and what differs; nothing is stored or sent',
  description:
    'The newest events first, in parts: hand `next` back as `cursor` for the part before. Events, states and what had happened before are those of then; of matters and clients what was kept when it was decided. For the rest today’s values stand in, and `standIns` names them; addresses, opt-outs, preferences, templates and settings are today’s. Evidence that has come by now counts as come.',
  tags: ['rules'],
  request: { params: byKey, body: jsonBody(trialRequest) },
  responses: answers(trialResult, 'A part of what was looked at', [413, 415, 422]),
})
const putRule = route('configure', {
  method: 'put',
  path: '/rules/{key}',
  summary: 'Publish a draft: from now on it is what holds, and apply calls it a conflict until it is in Git',
  tags: ['rules'],
  request: { params: byKey, body: jsonBody(publishRequest) },
  responses: answers(published, 'The edition that holds', [404, 409, 413, 415, 422]),
})

const putRemoval = route('configure', {
  method: 'put',
  path: '/rules/{key}/removal',
  summary: 'Remove a rule: from now on it says nothing; what it said, and its history, stay',
  tags: ['rules'],
  request: { params: byKey, body: jsonBody(removalRequest) },
  responses: answers(removed, 'It is gone', [404, 409, 413, 415, 422]),
})

/** Where its configuration can't be used yet people are answered all the same. */
async function hooksOf(deps: ApiDeps, tx: FirmTx): Promise<FirmCode['hooks']> {
  try {
    return (await deps.firms.code(tx)).hooks
  } catch {
    return new Map()
  }
}

export function ruleRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { edits } = deps
  app.openapi(getRules, async (context) => {
    const found = await context.var.inFirm(async (tx) => {
      const config = await loadConfig(tx)
      const change = await lastChanges(tx, await loadAuthors(tx, 'rule'))
      return {
        items: config.items
          .filter((item) => item.kind === 'rule')
          .map((item) => ({
            ...ruleAnswer(config, item, edits.textOf(item)),
            ...change(item.key, item.version),
          })),
        vocabulary: vocabularyOf(config, await hooksOf(deps, tx)),
      }
    })
    return context.json(found, 200)
  })
  app.openapi(getRule, async (context) => {
    const { key } = context.req.valid('param')
    const found = await context.var.inFirm(async (tx) => {
      const config = await loadConfig(tx)
      const item = config.items.find((one) => one.kind === 'rule' && one.key === key)
      if (!item) throw notFound(`no rule ${key}`)
      const change = await lastChanges(tx, await loadAuthors(tx, 'rule'))
      return { ...ruleAnswer(config, item, edits.textOf(item)), ...change(key, item.version) }
    })
    return context.json(found, 200)
  })
  app.openapi(getHistory, async (context) => {
    const { key } = context.req.valid('param')
    return context.json(await context.var.inFirm((tx) => historyOf(tx, edits, 'rule', key)), 200)
  })
  app.openapi(postCheck, async (context) => {
    const { key } = context.req.valid('param')
    const { yaml: text } = context.req.valid('json')
    const found = await context.var.inFirm(async (tx) => {
      const { body, problems, warnings } = await edits.check(tx, { kind: 'rule', key, text })
      const draft = ruleIn(body)
      return {
        problems: [...problems],
        warnings: [...warnings],
        sentence: draft && sentencesOf(draft, await loadConfig(tx)),
      }
    })
    return context.json(found, 200)
  })
  app.openapi(postTrial, async (context) => {
    const { key } = context.req.valid('param')
    const { yaml: text, ...asked } = context.req.valid('json')
    const found = await inTurn(() =>
      context.var.inFirm((tx) => tryDraft(tx, deps, edits, { key, text }, asked)),
    )
    return context.json(found, 200)
  })
  app.openapi(putRule, async (context) => {
    const { key } = context.req.valid('param')
    const { yaml: text, reason, basedOn } = context.req.valid('json')
    const draft = { kind: 'rule', key, text, basedOn }
    return context.json(await publishItem(deps, edits, context.var.caller, draft, reason), 200)
  })
  app.openapi(putRemoval, async (context) => {
    const { key } = context.req.valid('param')
    const { reason, basedOn } = context.req.valid('json')
    const item = { kind: 'rule', key, basedOn }
    return context.json(await removeItem(deps, context.var.caller, item, reason), 200)
  })
}
