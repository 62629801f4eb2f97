import { type Context, Hono } from 'hono'
import type { Actions } from './actions.ts'
import { readData, readId } from './body.ts'
import { answerRefusal, isRefusal, JSON_TYPE, type Refusal, refuse } from './errors.ts'
import type { Projection, Projector } from './fields.ts'
import { guard } from './guard.ts'
import { listPage } from './list.ts'
import { MODELS } from './models.ts'
import { etag, type Store } from './store.ts'
import type { Tokens } from './tokens.ts'
import type { Model, Row } from './types.ts'
import type { Uploads } from './uploads.ts'
import type { Webhooks } from './webhooks.ts'
import { webhookRoutes } from './webhooks-api.ts'

export interface ApiParts {
  store: Store
  projector: Projector
  actions: Actions
  tokens: Tokens
  webhooks: Webhooks
  uploads: Uploads
  baseUrl(): string
}

const BY_PATH = new Map(
  [...MODELS.values()].flatMap((model) => (model.path === undefined ? [] : [[model.path, model] as const])),
)

const notFound = (what: string): Refusal => refuse(404, 'RecordNotFound', `${what} was not found`)

/** Splits `matters/123.json` into its segments. */
function segments(path: string): string[] {
  return path.replace(/\.json$/, '').split('/')
}

/** Clio Manage's API v4 under `/api/v4`, with or without `.json`. */
export function apiRoutes(parts: ApiParts): Hono {
  const { store, projector, actions, tokens } = parts
  const app = new Hono()
  app.use('/api/v4/*', guard(tokens))
  webhookRoutes(app, parts.webhooks)

  const project = (c: Context, model: Model): Projection | Refusal =>
    projector.projection(model, c.req.query('fields'))

  const find = (model: Model, text: string): Row | Refusal => {
    const id = readId(text)
    return (id === undefined ? undefined : store.get(model.name, id)) ?? notFound(`${model.name} ${text}`)
  }

  const showRow = (c: Context, model: Model, row: Row, status: 200 | 201 = 200): Response => {
    const projection = project(c, model)
    if (isRefusal(projection)) return answerRefusal(c, projection)
    c.header('ETag', etag(model.name, row))
    c.header('Last-Modified', new Date(row.updated).toUTCString())
    return c.json({ data: projection(row) }, status, JSON_TYPE)
  }

  const list = (c: Context, model: Model): Response => {
    const url = new URL(c.req.url)
    const projection = project(c, model)
    if (isRefusal(projection)) return answerRefusal(c, projection)
    const page = listPage(store, model, url.searchParams)
    if (isRefusal(page)) return answerRefusal(c, page)
    const link = (change: Record<string, string> | undefined): string | undefined => {
      if (change === undefined) return undefined
      const params = new URLSearchParams(url.searchParams)
      for (const [name, value] of Object.entries(change)) params.set(name, value)
      return `${parts.baseUrl()}${url.pathname}?${params.toString()}`
    }
    const paging = { previous: link(page.previous), next: link(page.next) }
    return c.json({ data: page.rows.map(projection), meta: { paging } }, 200, JSON_TYPE)
  }

  const show = (c: Context, model: Model, row: Row): Response => {
    const projection = project(c, model)
    if (isRefusal(projection)) return answerRefusal(c, projection)
    const tag = etag(model.name, row)
    const modified = new Date(row.updated).toUTCString()
    const unchanged = c.req.header('if-none-match') === tag || c.req.header('if-modified-since') === modified
    if (unchanged) return c.body(null, 304, { ETag: tag, 'Last-Modified': modified })
    return showRow(c, model, row)
  }

  const create = async (c: Context, model: Model): Promise<Response> => {
    const projection = project(c, model)
    if (isRefusal(projection)) return answerRefusal(c, projection)
    const data = await readData(c)
    if (isRefusal(data)) return answerRefusal(c, data)
    const row = actions.create(model, data, 'api')
    return isRefusal(row) ? answerRefusal(c, row) : showRow(c, model, row, 201)
  }

  const change = async (c: Context, model: Model, row: Row): Promise<Response> => {
    const projection = project(c, model)
    if (isRefusal(projection)) return answerRefusal(c, projection)
    const match = c.req.header('if-match')
    if (match !== undefined && match !== etag(model.name, row)) {
      return answerRefusal(c, refuse(412, 'PreconditionFailed', 'the record has changed since that etag'))
    }
    const data = await readData(c)
    if (isRefusal(data)) return answerRefusal(c, data)
    const done = actions.patch(model, row, data, 'api')
    return isRefusal(done) ? answerRefusal(c, done) : showRow(c, model, done)
  }

  const download = (c: Context, row: Row): Response => {
    const uuid = row.lists.latest_document_version?.[0]?.attrs.uuid
    if (typeof uuid !== 'string' || parts.uploads.get(uuid) === undefined) {
      return answerRefusal(c, notFound(`content of document ${row.id}`))
    }
    return c.redirect(`${parts.baseUrl()}/_sandbox/cms/uploads/${uuid}`, 303)
  }

  app.all('/api/v4/:path{.+}', async (c) => {
    const [plural = '', id, verb, ...rest] = segments(c.req.param('path'))
    const model = BY_PATH.get(plural)
    const unknown = answerRefusal.bind(undefined, c, notFound(c.req.path))
    if (model === undefined || rest.length > 0) return unknown()
    const { method } = c.req
    const offers = (name: Model['verbs'][number]) => model.verbs.includes(name)
    if (id === undefined) {
      if (method === 'GET') return list(c, model)
      return method === 'POST' && offers('post') ? create(c, model) : unknown()
    }
    if (!offers('show')) return unknown()
    // The sandbox has one person behind all its tokens: the first user of the firm.
    const me = model.name === 'user' && id === 'who_am_i' ? [...store.all('user')][0] : undefined
    const row = me ?? find(model, id)
    if (isRefusal(row)) return answerRefusal(c, row)
    if (verb !== undefined) {
      return verb === 'download' && model.name === 'document' && method === 'GET'
        ? download(c, row)
        : unknown()
    }
    if (method === 'GET') return show(c, model, row)
    if (method === 'PATCH' && offers('patch')) return change(c, model, row)
    if (method === 'DELETE' && offers('delete')) {
      actions.remove(model, row)
      return c.body(null, 204)
    }
    return unknown()
  })
  return app
}
