/** Someone at the firm works in one of these systems: the same controls for each. */
import { type Context, Hono } from 'hono'
import type { Json, Records, Row } from './records.ts'

export interface Control {
  name: 'mycase' | 'filevine'
  records: Records
  /** A record as the system's API shows it. */
  show(list: string, row: Row): Json
  /** Which list a field's `{id}` must be of, by the field's name. */
  refs: Readonly<Record<string, string>>
  settings: Record<string, number | null>
  reset(): void
}

const bad = (c: Context, field: string, message: string) => c.json({ error: { field, message } }, 400)

/** `/_sandbox/{name}/{list}` and `/{id}`, `/settings`, `/reset`. */
export function controlRoutes({ name, records, show, refs, settings, reset }: Control): Hono {
  const app = new Hono()
  const base = `/_sandbox/${name}`
  const bodyOf = async (c: Context): Promise<Record<string, Json> | undefined> => {
    const body = await c.req.json<unknown>().catch(() => undefined)
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, Json>)
      : undefined
  }
  const wrong = (body: Record<string, Json>): [string, string] | undefined => {
    for (const [field, list] of Object.entries(refs)) {
      if (body[field] === undefined || body[field] === null) continue
      const id = body[field]
      if (typeof id !== 'number' || !records.get(list, id)) return [field, `must be the id of one of ${list}`]
    }
    return undefined
  }

  app.post(`${base}/reset`, (c) => {
    reset()
    return c.body(null, 204)
  })
  app.get(`${base}/settings`, (c) => c.json(settings))
  app.put(`${base}/settings`, async (c) => {
    const body = await bodyOf(c)
    if (!body) return bad(c, 'body', 'must be an object')
    for (const [field, value] of Object.entries(body)) {
      if (!(field in settings))
        return bad(c, field, `is not known; known are ${Object.keys(settings).join(', ')}`)
      if (value !== null && !(typeof value === 'number' && value >= 0))
        return bad(c, field, 'must be a number, or null')
    }
    Object.assign(settings, body)
    return c.json(settings)
  })

  const listOf = (c: Context): string | undefined =>
    records.lists.find((list) => list === c.req.param('list'))
  const unknown = (c: Context) => bad(c, 'list', `must be one of ${records.lists.join(', ')}`)
  app.get(`${base}/:list`, (c) => {
    const list = listOf(c)
    return list ? c.json({ data: records.all(list).map((row) => show(list, row)) }) : unknown(c)
  })
  app.post(`${base}/:list`, async (c) => {
    const list = listOf(c)
    const body = await bodyOf(c)
    if (!list) return unknown(c)
    if (!body) return bad(c, 'body', 'must be an object')
    const problem = wrong(body)
    if (problem) return bad(c, ...problem)
    return c.json({ data: show(list, records.add(list, body)) }, 201)
  })
  app.on(['PATCH', 'DELETE'], `${base}/:list/:id`, async (c) => {
    const list = listOf(c)
    if (!list) return unknown(c)
    const row = records.get(list, Number(c.req.param('id')))
    if (!row) return bad(c, 'id', `is not of one of ${list}`)
    if (c.req.method === 'DELETE') {
      records.remove(list, row)
      return c.body(null, 204)
    }
    const body = await bodyOf(c)
    if (!body) return bad(c, 'body', 'must be an object')
    const problem = wrong(body)
    if (problem) return bad(c, ...problem)
    return c.json({ data: show(list, records.change(list, row, body)) })
  })
  return app
}
