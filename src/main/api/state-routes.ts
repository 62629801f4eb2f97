/** The firm's states: how many matters are in each, what no state is known for, and what it means from now on. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { firmStates, mapStatusRequest, mapStatusResult } from '../../../contracts/states.ts'
import { firmStates as firmStatesOf, type Mapped, withRaw } from '../../modules/console/index.ts'
import { type Json, loadConfig } from '../../modules/firms/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { refuseUnlessEdited } from './edits.ts'
import { wrong } from './params.ts'
import { answers, jsonBody, route } from './route.ts'

const getStates = route('read', {
  method: 'get',
  path: '/states',
  summary: "The firm's states with their matters, and statuses that fit none",
  tags: ['states'],
  responses: answers(firmStates, 'In the order in which they are configured'),
})
const postMap = route('configure', {
  method: 'post',
  path: '/states/map',
  summary: 'From now on a status of the CMS means this state; what waited for it is looked at again',
  tags: ['states'],
  request: { body: jsonBody(mapStatusRequest) },
  responses: answers(mapStatusResult, 'Mapped', [409, 413, 415, 422]),
})

export function stateRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getStates, async (context) => {
    const answer = await context.var.inFirm(async (tx) => {
      const { program } = await deps.firms.code(tx)
      const { items } = await loadConfig(tx)
      return firmStatesOf(tx, program.statuses, items.find((item) => item.kind === 'states')?.version ?? 0)
    })
    return context.json(answer, 200)
  })
  app.openapi(postMap, async (context) => {
    const { raw, state, reason } = context.req.valid('json')
    const { firmId, by } = context.var.caller
    // Somebody else may map another in the same second: then theirs is read, and this added to it.
    for (let tries = 0; ; tries++) {
      const { written, mapped } = await context.var.inFirm(async (tx) => {
        const { program } = await deps.firms.code(tx)
        const found = (await loadConfig(tx)).items.find((item) => item.kind === 'states')
        if (!found) throw wrong('body.state', 'the firm has configured no states yet')
        return { written: found, mapped: withRaw(found.body as never, program.statuses, raw, state) }
      })
      const body = refuseUnlessMapped(mapped)
      if (body === null) return context.json({ raw, state, version: written.version, changed: false }, 200)
      const edit = { kind: 'states', key: written.key, body, seenVersion: written.version }
      const why = { author: by, reason: reason ?? `"${raw}" means ${state}` }
      // Not inFirm: see ConfigEdits.store.
      const edited = await deps.db.forFirm(firmId, (tx) => deps.edits.store(tx, edit, why))
      if (!edited.ok && edited.reason === 'outdated' && tries < 3) continue
      const { version } = refuseUnlessEdited(edited, edit)
      return context.json({ raw, state, version, changed: true }, 200)
    }
  })
}

/** @returns what is to be stored; null: it is so already */
function refuseUnlessMapped(mapped: Mapped): Json | null {
  switch (mapped.kind) {
    case 'changed':
      return mapped.body as Json
    case 'same':
      return null
    case 'no_state':
      throw wrong('body.state', `is none of the firm's states: ${mapped.known.join(', ')}`)
    case 'taken':
      throw new ProblemError({
        status: 409,
        title: 'It means another state already',
        detail: `it is a name of ${mapped.state}: change that where the states are configured`,
      })
  }
}
