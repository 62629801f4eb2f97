import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Actions } from './actions.ts'
import { type Body, isBody, readId, readJson } from './body.ts'
import type { Dirt } from './dirt/index.ts'
import { invalid, isRefusal, type Refusal, refuse } from './errors.ts'
import type { Projector } from './fields.ts'
import type { Hooks } from './hooks.ts'
import { listPage } from './list.ts'
import { modelOf } from './models.ts'
import type { Outbox } from './outbox.ts'
import type { Plays } from './play.ts'
import { seedBulk } from './seed.ts'
import { changeSettings, currentSettings } from './settings.ts'
import type { Store } from './store.ts'
import type { Tokens } from './tokens.ts'
import type { Model, Row } from './types.ts'
import type { Uploads } from './uploads.ts'
import type { Webhooks } from './webhooks.ts'

export interface ControlParts {
  store: Store
  projector: Projector
  actions: Actions
  tokens: Tokens
  outbox: Outbox
  hooks: Hooks
  plays: Plays
  uploads: Uploads
  webhooks: Pick<Webhooks, 'suspendAll'>
  dirt: Dirt
  reset(): void
}

/** What people at the firm work on; the design's table names the first five. */
const WORKED_ON = ['contact', 'matter', 'calendar_entry', 'document', 'bill', 'task', 'note', 'communication']
const LOOKED_AT = ['matter_stage', 'custom_field', 'user', 'practice_area', 'document_category', 'calendar']

const BASE = '/_sandbox/cms'
/** Bulk seeds beyond this would be a mistake in the order rather than a rehearsal. */
const MOST_SEEDED = 1_000_000

function answer(c: Context, refusal: Refusal): Response {
  // The field comes first in every such message; given apart, so that tools need not cut it out.
  const field = refusal.status === 422 ? { field: refusal.message.split(' ')[0] } : {}
  const error = { type: refusal.type, message: refusal.message, ...field }
  return c.json({ error }, refusal.status)
}

function respond(c: Context, result: object | Refusal, status: ContentfulStatusCode = 200): Response {
  return isRefusal(result) ? answer(c, result) : c.json(result, status)
}

/** The sandbox's own doors to the CMS: someone at the firm works in it, and rehearsals steer it. */
export function controlRoutes(parts: ControlParts): Hono {
  const { store, projector, actions } = parts
  const app = new Hono()
  for (const name of WORKED_ON) workRoutes(app, parts, modelOf(name))
  for (const name of LOOKED_AT) {
    app.get(`${BASE}/${modelOf(name).path}`, (c) => listAll(c, store, projector, modelOf(name)))
  }

  app.post(`${BASE}/play`, async (c) => {
    const body = await readJson(c)
    return respond(c, isRefusal(body) ? body : parts.plays.start(body), 202)
  })
  app.get(`${BASE}/play/:id`, (c) => {
    const id = c.req.param('id')
    return respond(c, parts.plays.get(id) ?? refuse(404, 'RecordNotFound', `play ${id} was not found`))
  })

  app.post(`${BASE}/seed`, async (c) => {
    const body = await readJson(c)
    return respond(c, isRefusal(body) ? body : bulk(store, body), 201)
  })
  app.get(`${BASE}/dirt`, (c) => c.json({ data: parts.dirt.list() }))
  for (const dirty of [true, false]) {
    app.post(`${BASE}/dirt${dirty ? '' : '/twin'}`, async (c) => {
      const body = await readJson(c)
      return respond(c, isRefusal(body) ? body : parts.dirt.plant(body, dirty), 201)
    })
  }
  app.post(`${BASE}/reset`, (c) => {
    parts.reset()
    return c.json({ reset: true })
  })

  app.put(`${BASE}/omit`, async (c) => {
    const fields: unknown = await c.req.json().catch(() => null)
    const good = Array.isArray(fields) && fields.every((f) => typeof f === 'string' && /^\w+\.\w+$/.test(f))
    if (!good) return respond(c, invalid('omit', 'must be a list of fields such as ["matter.matter_stage"]'))
    parts.projector.omit(fields)
    return c.json({ omit: fields })
  })
  app.get(`${BASE}/settings`, (c) => c.json(currentSettings(parts.tokens, parts.outbox)))
  app.put(`${BASE}/settings`, async (c) => {
    const body = await readJson(c)
    return respond(c, isRefusal(body) ? body : changeSettings(body, parts.tokens, parts.outbox))
  })

  app.get(`${BASE}/oauth`, (c) => c.json(parts.tokens.counts()))
  app.post(`${BASE}/oauth/expire`, (c) => c.json({ expired: parts.tokens.expireAll() }))
  app.post(`${BASE}/oauth/revoke`, (c) => c.json({ revoked: parts.tokens.revokeAll() }))

  app.post(`${BASE}/webhooks/suspend`, (c) => c.json({ suspended: parts.webhooks.suspendAll() }))

  app.get(`${BASE}/hooks`, (c) => c.json({ data: parts.hooks.list() }))
  app.post(`${BASE}/hooks`, async (c) => {
    const body = await readJson(c)
    const hook = isRefusal(body) ? body : parts.hooks.register(body)
    return respond(c, isRefusal(hook) ? hook : { data: hook }, 201)
  })
  app.delete(`${BASE}/hooks/:id`, (c) => {
    const id = c.req.param('id')
    return parts.hooks.remove(id)
      ? c.body(null, 204)
      : answer(c, refuse(404, 'RecordNotFound', `hook ${id} was not found`))
  })

  app.get(`${BASE}/deliveries`, (c) => {
    const limit = Number(c.req.query('limit') ?? 50)
    if (!(Number.isInteger(limit) && limit >= 1 && limit <= 2_000)) {
      return answer(c, invalid('limit', 'must be a whole number from 1 to 2000'))
    }
    return c.json({ data: parts.outbox.log(limit), counts: parts.outbox.counts() })
  })

  // What put_url of a document points at, and what its download redirects to.
  app.put(`${BASE}/uploads/:uuid`, async (c) => {
    parts.uploads.put(c.req.param('uuid'), new Uint8Array(await c.req.arrayBuffer()))
    return c.body(null, 200)
  })
  app.get(`${BASE}/uploads/:uuid`, (c) => {
    const bytes = parts.uploads.get(c.req.param('uuid'))
    if (bytes === undefined) return answer(c, refuse(404, 'RecordNotFound', 'nothing was uploaded there'))
    return c.body(Buffer.from(bytes), 200, { 'Content-Type': 'application/octet-stream' })
  })
  return app

  function bulk(held: Store, body: Body): object | Refusal {
    const { matters = 0, clients = 0, seed = 1, preference } = body
    for (const [name, value] of Object.entries({ matters, clients, seed })) {
      const ok = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_SEEDED
      if (!ok) return invalid(name, `must be a whole number from 0 to ${MOST_SEEDED}`)
    }
    const known = ['SMS', 'Email', 'Both', 'None']
    if (preference !== undefined && !known.includes(String(preference))) {
      return invalid('preference', `must be one of ${known.join(', ')}`)
    }
    const order = { matters: Number(matters), clients: Number(clients), seed: Number(seed) }
    return seedBulk(held, preference === undefined ? order : { ...order, preference: String(preference) })
  }

  function workRoutes(on: Hono, { actions: doing }: Pick<ControlParts, 'actions'>, model: Model): void {
    const path = `${BASE}/${model.path}`
    const shown = (row: Row) => ({ data: projector.full(model)(row) })
    const find = (c: Context): Row | Refusal => {
      const id = readId(c.req.param('id'))
      const row = id === undefined ? undefined : store.get(model.name, id)
      return row ?? refuse(404, 'RecordNotFound', `${model.name} ${c.req.param('id')} was not found`)
    }
    on.get(path, (c) => listAll(c, store, projector, model))
    on.get(`${path}/:id`, (c) => {
      const row = find(c)
      return respond(c, isRefusal(row) ? row : shown(row))
    })
    on.post(path, async (c) => {
      const body = await readWork(c)
      const row = isRefusal(body) ? body : doing.create(model, body, 'control')
      return respond(c, isRefusal(row) ? row : shown(row), 201)
    })
    on.patch(`${path}/:id`, async (c) => {
      const row = find(c)
      if (isRefusal(row)) return answer(c, row)
      const body = await readWork(c)
      const done = isRefusal(body) ? body : doing.patch(model, row, body, 'control')
      return respond(c, isRefusal(done) ? done : shown(done))
    })
    on.delete(`${path}/:id`, (c) => {
      const row = find(c)
      if (isRefusal(row)) return answer(c, row)
      actions.remove(model, row)
      return c.body(null, 204)
    })
  }
}

/** A body with or without Clio's `data` wrapper. */
async function readWork(c: Context): Promise<Body | Refusal> {
  const body = await readJson(c)
  if (isRefusal(body)) return body
  return Object.keys(body).length === 1 && isBody(body.data) ? body.data : body
}

/** All records, or those that the API's own filters keep; no pages, unless `limit` asks for one. */
function listAll(c: Context, store: Store, projector: Projector, model: Model): Response {
  const params = new URL(c.req.url).searchParams
  const show = projector.full(model)
  const asked = [...params.keys()].filter((name) => name !== 'limit')
  const limit = params.get('limit')
  if (limit !== null && !/^[1-9]\d{0,8}$/.test(limit)) {
    return answer(c, invalid('limit', 'must be a whole number above 0'))
  }
  const most = limit === null ? Infinity : Number(limit)
  if (asked.length === 0) {
    const data: object[] = []
    for (const row of store.all(model.name)) {
      if (data.length >= most) break
      data.push(show(row))
    }
    return c.json({ data })
  }
  params.delete('limit')
  params.set('order', 'id(asc)')
  if (model.name === 'note' && !params.has('type')) params.set('type', 'Matter')
  const rows: Row[] = []
  for (;;) {
    const page = listPage(store, model, params)
    if (isRefusal(page)) return answer(c, page)
    rows.push(...page.rows)
    if (!page.next || rows.length >= most) break
    params.set('page_token', page.next.page_token as string)
  }
  return c.json({ data: rows.slice(0, most).map(show) })
}
