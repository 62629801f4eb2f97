/** Quiet hours, zone, cap and days off: read, tried on what waits now, and published as editions of the configuration. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { itemKey } from '../../../contracts/config.ts'
import {
  daysOffRequest,
  hoursDraft,
  hoursPreview,
  hoursRequest,
  hoursSettings,
  settingsHistory,
  settingsPublished,
} from '../../../contracts/settings.ts'
import { type Caller, countQuiet, namesOfActors, quietShift } from '../../modules/console/index.ts'
import {
  firmSettings,
  type Json,
  loadAuthors,
  loadConfig,
  loadHistory,
  type StoredConfig,
  type StoredItem,
} from '../../modules/firms/index.ts'
import { compileQuiet, quietRule } from '../../modules/moments/index.ts'
import { planConfig } from '../../modules/reminders/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { quietSettingsOf } from '../compile-firm.ts'
import { hoursOf, monthsOf, signInRulesOf, withDaysOff, withHours } from '../firm-edits.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { placedInRequest, refuseUnlessEdited } from './edits.ts'
import { lastChanges } from './item-editing.ts'
import { notFound } from './params.ts'
import { answers, jsonBody, route } from './route.ts'

const getHours = route('read', {
  method: 'get',
  path: '/settings/hours',
  summary: 'When nobody is written to, the firm’s zone, how often at most, and whose days off reminders keep',
  tags: ['settings'],
  responses: answers(hoursSettings, 'As it holds now'),
})
const postPreview = route('read', {
  method: 'post',
  path: '/settings/hours/preview',
  summary:
    'What apply would say of other hours, and what becomes of what waits for them now; nothing is stored',
  tags: ['settings'],
  request: { body: jsonBody(hoursDraft) },
  responses: answers(hoursPreview, 'Of messages that wait for quiet hours', [413, 415, 422]),
})
const putHours = route('configure', {
  method: 'put',
  path: '/settings/hours',
  summary: 'Publish other hours: what waits is judged anew by them, at once',
  tags: ['settings'],
  request: { body: jsonBody(hoursRequest) },
  responses: answers(settingsPublished, 'The edition that holds', [409, 413, 415, 422]),
})
const putDaysOff = route('configure', {
  method: 'put',
  path: '/settings/days-off/{plan}',
  summary: 'Whose weekends and holidays a reminder plan keeps; its reminders are planned anew',
  tags: ['settings'],
  request: { params: z.strictObject({ plan: itemKey }), body: jsonBody(daysOffRequest) },
  responses: answers(settingsPublished, 'The edition that holds', [404, 409, 413, 415, 422]),
})
const getHistory = route('read', {
  method: 'get',
  path: '/settings/history',
  summary: 'Who changed hours, zone, cap, retention or how people sign in, when and why',
  tags: ['settings'],
  responses: answers(settingsHistory, 'The newest first; editions that changed none of them are left out'),
})

/** Of `firm.yaml` there is one. @throws ProblemError 404 before anything was configured */
export function firmItem({ items }: StoredConfig): StoredItem {
  const found = items.find(({ kind }) => kind === 'firm')
  if (!found) throw notFound('the firm has no configuration yet')
  return found
}

/**
 * Stores an edit that a form made. What is configured is the whole firm's: what waited is woken behind walls as well, so
 * this alone does not go by `inFirm`.
 */
export async function publishForm(
  deps: ApiDeps,
  { firmId, by }: Pick<Caller, 'firmId' | 'by'>,
  edit: {
    kind: string
    find(config: StoredConfig): StoredItem
    change(item: StoredItem): Json
    basedOn: number
    reason: string
    /** Where it stands in the request; `within`: as which setting of the item. */
    root: string
    within?: string
    /** Looked at under the lock of the configuration, before anything is stored. */
    guard?(item: StoredItem): void
  },
) {
  return deps.db.forFirm(firmId, async (tx) => {
    const item = edit.find(await loadConfig(tx))
    const { kind, key } = item
    if (item.version === edit.basedOn) edit.guard?.(item)
    const stored = { kind, key, body: edit.change(item), seenVersion: edit.basedOn }
    const touched = await countHeldAll(tx)
    const done = await deps.edits.store(tx, stored, { author: by, reason: edit.reason })
    const { revision, version, change } = refuseUnlessEdited(done, stored, edit.root, edit.within)
    const changed = change !== null
    return { edition: version, revision, changed, touched: changed ? touched : 0 }
  })
}

/** What an edition wakes: all that is held. */
async function countHeldAll(tx: FirmTx): Promise<number> {
  const [row] = await tx.rows<{ n: number }>(
    `select (select count(*) from notices where firm_id = current_firm() and state = 'held')::int
       + (select count(*) from open_messages where firm_id = current_firm() and state = 'held')::int as n`,
  )
  return row!.n
}

/** @returns who made the edition of `firm.yaml` that holds */
export async function firmChange(tx: FirmTx, { key, version }: StoredItem) {
  return (await lastChanges(tx, await loadAuthors(tx, 'firm')))(key, version)
}

export function settingsRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getHours, async (context) => {
    const found = await context.var.inFirm(async (tx) => {
      const config = await loadConfig(tx)
      const item = firmItem(config)
      const of = (kind: string) => config.items.filter((one) => one.kind === kind)
      return {
        ...(await firmChange(tx, item)),
        hours: hoursOf(item.body),
        digests: of('digest').map(({ key }) => key),
        law: of('quiet').map(({ body }) => lawOf(body)),
        plans: of('reminder').map(({ key, version, body }) => {
          const { businessDays } = planConfig.parse(body)
          const daysOff = businessDays && { country: businessDays.country, state: businessDays.state ?? null }
          return { key, edition: version, daysOff: daysOff ?? null }
        }),
        waiting: await countQuiet(tx),
      }
    })
    return context.json(found, 200)
  })

  app.openapi(postPreview, async (context) => {
    const { hours } = context.req.valid('json')
    const found = await context.var.inFirm(async (tx) => {
      const config = await loadConfig(tx)
      const item = firmItem(config)
      const body = withHours(item.body, hours)
      const { items, problems } = await deps.edits.checkBody(tx, { kind: 'firm', key: item.key, body })
      if (problems.length > 0) {
        const waiting = await countQuiet(tx)
        const nothing = { waiting, atOnce: 0, sooner: 0, later: 0, same: waiting }
        return {
          problems: placedInRequest(problems, { kind: 'firm', key: item.key }, 'body.hours'),
          ...nothing,
        }
      }
      const table = compileQuiet(quietSettingsOf(items, firmSettings.parse(body)))
      return { problems: [], ...(await quietShift(tx, table, deps.clock.now())) }
    })
    return context.json(found, 200)
  })

  app.openapi(putHours, async (context) => {
    const { hours, basedOn, reason } = context.req.valid('json')
    const done = await publishForm(deps, context.var.caller, {
      kind: 'firm',
      find: firmItem,
      change: ({ body }) => withHours(body, hours),
      basedOn,
      reason,
      root: 'body.hours',
    })
    return context.json(done, 200)
  })

  app.openapi(putDaysOff, async (context) => {
    const { plan } = context.req.valid('param')
    const { daysOff, basedOn, reason } = context.req.valid('json')
    const done = await publishForm(deps, context.var.caller, {
      kind: 'reminder',
      find(config) {
        const found = config.items.find(({ kind, key }) => kind === 'reminder' && key === plan)
        if (!found) throw notFound(`no reminder plan ${plan}`)
        return found
      },
      change: ({ body }) => withDaysOff(body, daysOff),
      basedOn,
      reason,
      root: 'body.daysOff',
      within: 'businessDays',
    })
    return context.json(done, 200)
  })

  app.openapi(getHistory, async (context) => {
    const items = await context.var.inFirm(async (tx) => {
      const { key } = firmItem(await loadConfig(tx))
      const versions = (await loadHistory(tx, 'firm', key)).flatMap(({ body, ...version }) => {
        const parts = readable(body)
        return parts ? [{ ...version, ...parts }] : []
      })
      const said = versions.map(({ hours, months, signIn }) => JSON.stringify([hours, months, signIn]))
      const changes = versions.filter((_, at) => said[at] !== said[at + 1])
      const name = await namesOfActors(
        tx,
        changes.map(({ author }) => author),
      )
      return changes.map(({ version, author, at, origin, reason, hours, months, signIn }) => ({
        edition: version,
        changedAt: at.toString(),
        changedBy: name(author),
        origin,
        reason,
        hours,
        months,
        signIn,
      }))
    })
    return context.json({ items }, 200)
  })
}

/** Null for an edition without these parts, or one that this release can't read: history leaves it out. */
function readable(body: Json | null) {
  if (body === null || !firmSettings.safeParse(body).success) return null
  return { hours: hoursOf(body), months: monthsOf(body), signIn: signInRulesOf(body) }
}

function lawOf(body: Json) {
  const { key, where, describe, channels, purposes, allowed, urgent, source, asOf } = quietRule.parse(body)
  return {
    key,
    where,
    describe: describe ?? null,
    channels,
    purposes: purposes ?? null,
    allowed: allowed.map(({ days, from, until }) => ({ days: days ?? null, from, until })),
    urgent,
    source,
    asOf,
  }
}

/** @throws ProblemError 422 unless the firm's name was typed by hand */
export function refuseUnlessTyped(typed: string | undefined, name: string): void {
  if (typed?.trim() === name) return
  throw new ProblemError({
    status: 422,
    title: 'Deleted words do not come back',
    errors: [{ path: 'body.confirm', message: `is not the name of the firm: ${name}` }],
  })
}
