/** MyCase's API as far as it is known: README.md says what is not. */
import { type Context, Hono } from 'hono'
import type { Rate } from '../rest/rate.ts'
import { isoTime, type Json, type Records, type Row } from '../rest/records.ts'
import type { Webhooks } from './webhooks.ts'

/** Published test credential; it opens nothing but this sandbox. */
export const MYCASE_TOKEN = 'sandbox-mycase-token'

const refused = (c: Context, status: 400 | 401 | 404 | 422 | 429, message: string) =>
  c.json({ error: message }, status)

/** A record as the API shows it: associations as `{id}`, fields that a firm adds as `custom_field_values`. */
export function showMycase(list: string, row: Row): Json {
  const { client, case: kase, preference, zone, language, paused, ...rest } = row.fields
  const custom = (id: number, name: string, value: Json | undefined) =>
    value === undefined || value === null ? [] : [{ custom_field: { id, name }, value }]
  return {
    id: row.id,
    ...rest,
    ...(list === 'cases' ? { clients: client == null ? [] : [{ id: client }] } : {}),
    ...(list === 'clients'
      ? {
          custom_field_values: [
            ...custom(11, 'Contact preference', preference),
            ...custom(12, 'Time zone', zone),
            ...custom(13, 'Language', language),
            ...custom(14, 'Pause automation', paused),
          ],
        }
      : {}),
    ...(list !== 'cases' && list !== 'clients' ? { case: kase == null ? null : { id: kase } } : {}),
    created_at: isoTime(row.created),
    updated_at: isoTime(row.updated),
  }
}

/** `page_size` is 1,000 at most; `page_token` is opaque and comes in the Link header. */
const pages = { usual: 25, most: 1_000 }

export interface MycaseParts {
  records: Records
  rate: Rate
  webhooks: Webhooks
  baseUrl(): string
}

export function apiRoutes({ records, rate, webhooks, baseUrl }: MycaseParts): Hono {
  const app = new Hono()
  app.use('/mycase/v1/*', async (c, next) => {
    if (c.req.header('authorization') !== `Bearer ${MYCASE_TOKEN}`)
      return refused(c, 401, 'The access token is invalid')
    const spent = rate.spend('token')
    for (const [name, value] of Object.entries(spent.headers)) c.header(name, value)
    if (spent.refused) return refused(c, 429, 'Rate limit exceeded')
    await next()
    return undefined
  })

  app.post('/mycase/v1/webhooks/subscriptions', async (c) => {
    const made = webhooks.add(await c.req.json<unknown>().catch(() => undefined))
    return typeof made === 'string' ? refused(c, 422, made) : c.json(made, 201)
  })
  app.get('/mycase/v1/webhooks/subscriptions', (c) => c.json(webhooks.all()))
  app.delete('/mycase/v1/webhooks/subscriptions/:id', (c) =>
    webhooks.remove(Number(c.req.param('id'))) ? c.body(null, 204) : refused(c, 404, 'Not found'),
  )

  const list = (c: Context, name: string): Response => {
    const url = new URL(c.req.url)
    const query = url.searchParams
    const time = (parameter: string): number | undefined => {
      const text = query.get(parameter)
      return text === null ? undefined : Date.parse(text)
    }
    const after = time('filter[updated_after]')
    const from = time('filter[start_after]')
    const until = time('filter[start_before]')
    if ([after, from, until].some((at) => Number.isNaN(at))) return refused(c, 400, 'a date is malformed')
    const ofCase = query.get('filter[case_id]')
    const size = Number(query.get('page_size') ?? pages.usual)
    if (!Number.isInteger(size) || size < 1 || size > pages.most)
      return refused(c, 400, `page_size must be from 1 to ${pages.most}`)
    const token = query.get('page_token')
    const last = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString())
    if (!Number.isSafeInteger(last)) return refused(c, 400, 'page_token is not valid')
    const start = (row: Row): number => Date.parse(String(row.fields.start))
    const rows = records
      .all(name)
      .filter(
        (row) =>
          row.id > last &&
          (after === undefined || row.updated >= after) &&
          (ofCase === null || String(row.fields.case) === ofCase) &&
          (from === undefined || start(row) >= from) &&
          (until === undefined || start(row) < until),
      )
    const page = rows.slice(0, size)
    if (rows.length > size) {
      query.set('page_token', Buffer.from(String(page.at(-1)!.id)).toString('base64url'))
      c.header('Link', `<${baseUrl()}${url.pathname}?${query}>; rel="next"`)
    }
    return c.json(page.map((row) => showMycase(name, row)))
  }

  app.on('GET', '/mycase/v1/cases/:id/notes', (c) => {
    const of = Number(c.req.param('id'))
    const notes = records.all('notes').filter((row) => row.fields.case === of)
    return c.json(notes.map((row) => showMycase('notes', row)))
  })
  app.post('/mycase/v1/cases/:id/notes', async (c) => {
    const found = records.get('cases', Number(c.req.param('id')))
    if (!found) return refused(c, 404, 'Not found')
    const body = await c.req.json<{ subject?: unknown; note?: unknown }>().catch(() => undefined)
    if (typeof body?.note !== 'string' || body.note === '') return refused(c, 422, "note can't be blank")
    const row = records.add('notes', { subject: String(body.subject ?? ''), note: body.note, case: found.id })
    return c.json(showMycase('notes', row), 201)
  })
  app.post('/mycase/v1/tasks', async (c) => {
    const body = await c.req.json<Record<string, Json>>().catch(() => undefined)
    const kase = body?.case as { id?: number } | undefined
    if (typeof body?.name !== 'string' || body.name === '') return refused(c, 422, "name can't be blank")
    if (!records.get('cases', Number(kase?.id))) return refused(c, 422, 'case is invalid')
    const { name, description = null, due_date = null } = body
    const row = records.add('tasks', {
      name,
      description,
      due_date,
      completed: false,
      case: Number(kase?.id),
    })
    return c.json(showMycase('tasks', row), 201)
  })
  app.get('/mycase/v1/:list', (c) => {
    const name = records.lists.find((one) => one === c.req.param('list'))
    return name === undefined || name === 'notes' ? refused(c, 404, 'Not found') : list(c, name)
  })
  app.get('/mycase/v1/:list/:id', (c) => {
    const name = records.lists.find((one) => one === c.req.param('list'))
    const row = name === undefined ? undefined : records.get(name, Number(c.req.param('id')))
    return row && name ? c.json(showMycase(name, row)) : refused(c, 404, 'Not found')
  })
  app.notFound((c) => refused(c, 404, 'Not found'))
  return app
}
