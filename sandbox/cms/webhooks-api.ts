import type { Context, Hono } from 'hono'
import { readData } from './body.ts'
import { answerRefusal, isRefusal, type Refusal, refuse } from './errors.ts'
import { parseFields } from './fields.ts'
import type { Json } from './types.ts'
import { WEBHOOK_ATTRS, type Webhook, type Webhooks } from './webhooks.ts'

type Show = (hook: Webhook) => { [name: string]: Json }

function readShow(c: Context): Show | Refusal {
  const asked = parseFields(c.req.query('fields') ?? 'id,etag')
  if (isRefusal(asked)) return asked
  for (const [name, inner] of asked) {
    if (WEBHOOK_ATTRS[name] === undefined || inner) {
      return refuse(400, 'InvalidFields', `${name} is not a valid field of webhook`)
    }
  }
  return (hook) =>
    Object.fromEntries([...asked.keys()].map((name) => [name, WEBHOOK_ATTRS[name]?.(hook) ?? null]))
}

/** `/api/v4/webhooks`: list, create with its handshake, show, renew, activate, delete. */
export function webhookRoutes(app: Hono, webhooks: Webhooks): void {
  const base = '/api/v4/webhooks'
  const shown = (c: Context, hook: Webhook, show: Show, status: 200 | 201 = 200) =>
    c.json({ data: show(hook) }, status)

  const find = (c: Context): Webhook | Refusal => {
    const text = (c.req.param('id') ?? '').replace(/\.json$/, '')
    const hook = /^\d+$/.test(text) ? webhooks.get(Number(text)) : undefined
    return hook ?? refuse(404, 'RecordNotFound', `webhook ${text} was not found`)
  }

  const list = (c: Context): Response => {
    const show = readShow(c)
    if (isRefusal(show)) return answerRefusal(c, show)
    return c.json({ data: webhooks.list().map(show), meta: { paging: {} } })
  }

  const create = async (c: Context): Promise<Response> => {
    const show = readShow(c)
    if (isRefusal(show)) return answerRefusal(c, show)
    const data = await readData(c)
    if (isRefusal(data)) return answerRefusal(c, data)
    const hook = await webhooks.create(data)
    return isRefusal(hook) ? answerRefusal(c, hook) : shown(c, hook, show, 201)
  }

  for (const path of [base, `${base}.json`]) {
    app.get(path, list)
    app.post(path, create)
  }

  // Registered before `/:id`; the documentation says PUT, and POST does no harm.
  app.on(['PUT', 'POST'], [`${base}/:id/activate`, `${base}/:id/activate.json`], (c) => {
    const hook = find(c)
    if (isRefusal(hook)) return answerRefusal(c, hook)
    if (!webhooks.activate(hook, c.req.header('x-hook-secret'))) {
      return answerRefusal(c, refuse(422, 'ArgumentError', 'X-Hook-Secret is not the one of this webhook'))
    }
    const show = readShow(c)
    return isRefusal(show) ? answerRefusal(c, show) : shown(c, hook, show)
  })

  app.get(`${base}/:id`, (c) => {
    const hook = find(c)
    const show = readShow(c)
    if (isRefusal(hook)) return answerRefusal(c, hook)
    return isRefusal(show) ? answerRefusal(c, show) : shown(c, hook, show)
  })

  app.patch(`${base}/:id`, async (c) => {
    const hook = find(c)
    if (isRefusal(hook)) return answerRefusal(c, hook)
    const show = readShow(c)
    if (isRefusal(show)) return answerRefusal(c, show)
    const data = await readData(c)
    if (isRefusal(data)) return answerRefusal(c, data)
    const done = await webhooks.patch(hook, data)
    return isRefusal(done) ? answerRefusal(c, done) : shown(c, done, show)
  })

  app.delete(`${base}/:id`, (c) => {
    const hook = find(c)
    if (isRefusal(hook)) return answerRefusal(c, hook)
    webhooks.remove(hook)
    return c.body(null, 204)
  })
}
