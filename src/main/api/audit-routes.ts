/** The record, searched. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  auditChoices as choicesSchema,
  recordMark as markSchema,
  auditPage as pageSchema,
} from '../../../contracts/audit.ts'
import { auditChoices, auditPage, markOf } from '../../modules/console/index.ts'
import { type ApiDeps, type ApiEnv, zoneOf } from './deps.ts'
import { limit, wrong } from './params.ts'
import { answers, route } from './route.ts'
import { wanted } from './target.ts'

const day = (which: string) =>
  z.iso
    .date()
    .optional()
    .meta({ description: `The ${which} day that counts, of the firm’s calendar; absent: no end` })
const name = z.string().min(1).max(200).optional()

const getAudit = route('read', {
  method: 'get',
  path: '/audit',
  summary: 'The record: who did what to what, the newest first',
  description:
    'What is closed to whoever asks is left out. `mark` says up to where the record is sealed, and what the last look over all of it found.',
  tags: ['audit'],
  request: {
    query: z.strictObject({
      who: name.meta({ description: 'The actor as it stands in the record; /audit/choices lists them' }),
      act: name.meta({ description: 'What was done, as it stands in the record' }),
      from: day('first'),
      to: day('last'),
      client: name.meta({
        description: 'With all their matters: id, id in the CMS, name, number or address',
      }),
      matter: name.meta({ description: 'Id, number, or id in the CMS' }),
      limit: limit.default(50),
      cursor: z.string().max(80).optional().meta({ description: '`next` of the page before' }),
    }),
  },
  responses: answers(pageSchema, 'Entries, and how far they are proven', [404, 422]),
})
const getChoices = route('read', {
  method: 'get',
  path: '/audit/choices',
  summary: 'Whoever and whatever stands in the record',
  tags: ['audit'],
  request: { query: z.strictObject({}) },
  responses: answers(choicesSchema, 'Actors with their names, and actions', [422]),
})

const postVerify = route('operate', {
  method: 'post',
  path: '/audit/verify',
  summary: 'Look over the whole record now: is it what was sealed, and anchored?',
  tags: ['audit'],
  responses: answers(markSchema, 'What was found'),
})

export function auditRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getAudit, async (context) => {
    const { who, act, from, to, client, matter, limit, cursor } = context.req.valid('query')
    const zone = await zoneOf(deps, context.var.caller.firmId)
    const startOf = (text: string, days: number) =>
      Temporal.PlainDate.from(text).add({ days }).toZonedDateTime({ timeZone: zone }).toInstant()
    if (from !== undefined && to !== undefined && from > to)
      throw wrong('query.to', 'is before the day in from')
    const page = await context.var.inFirm(async (tx) => {
      const idOf = async (scope: 'client' | 'matter', text: string | undefined) =>
        text === undefined ? undefined : (await wanted(tx, scope, text, `query.${scope}`)).target.id
      return auditPage(tx, {
        actor: who,
        action: act,
        from: from === undefined ? undefined : startOf(from, 0),
        until: to === undefined ? undefined : startOf(to, 1),
        clientId: await idOf('client', client),
        matterId: await idOf('matter', matter),
        limit,
        cursor,
      })
    })
    if (page === null) throw wrong('query.cursor', 'is not one that a page gave')
    return context.json(page, 200)
  })
  app.openapi(postVerify, async (context) => {
    await deps.record.check(context.var.caller.firmId)
    return context.json(await context.var.inFirm(markOf), 200)
  })
  app.openapi(getChoices, async (context) =>
    context.json(await context.var.inFirm((tx) => auditChoices(tx)), 200),
  )
}
