import { type Context, Hono } from 'hono'
import { type Body, readJson } from '../cms/body.ts'
import { invalid, isRefusal, type Refusal, refuse } from '../cms/errors.ts'
import { type Kind, type KindName, kinds, type Row } from './records.ts'
import type { Service } from './service.ts'
import { changeHabits, type Habits } from './settings.ts'
import type { Store } from './store.ts'

const BASE = '/_sandbox/legacy'

const answer = (c: Context, refusal: Refusal): Response =>
  c.json({ error: { type: refusal.type, message: refusal.message } }, refusal.status)

/** The sandbox's own doors to the old system: someone at the firm types into it. */
export function controlRoutes(store: Store, service: Service, habits: Habits, reset: () => void): Hono {
  const app = new Hono()
  for (const name of Object.keys(kinds) as KindName[]) workRoutes(app, store, name)

  app.get(`${BASE}/traffic`, (c) => c.json({ data: service.traffic() }))
  app.get(`${BASE}/settings`, (c) => c.json({ data: habits }))
  app.put(`${BASE}/settings`, async (c) => {
    const body = await readJson(c)
    const refusal = isRefusal(body) ? body : changeHabits(habits, body)
    return refusal ? answer(c, refusal) : c.json({ data: habits })
  })
  app.post(`${BASE}/reset`, (c) => {
    reset()
    return c.json({ reset: true })
  })
  return app
}

function workRoutes(app: Hono, store: Store, name: KindName): void {
  const kind: Kind = kinds[name]
  const path = `${BASE}/${kind.path}`
  const find = (c: Context): Row | Refusal =>
    store.get(name, c.req.param('id') ?? '') ??
    refuse(404, 'RecordNotFound', `${name} ${c.req.param('id')} was not found`)

  app.get(path, (c) => c.json({ data: store.all(name) }))
  app.get(`${path}/:id`, (c) => {
    const row = find(c)
    return isRefusal(row) ? answer(c, row) : c.json({ data: row })
  })
  app.post(path, async (c) => {
    const row = readRow(await readJson(c), kind)
    if (isRefusal(row)) return answer(c, row)
    const orphan = kind.ofCase && !store.get('case', row.CaseId ?? '')
    if (orphan) return answer(c, invalid('CaseId', 'must be the id of a case'))
    return c.json({ data: store.add(name, row) }, 201)
  })
  app.patch(`${path}/:id`, async (c) => {
    const row = find(c)
    if (isRefusal(row)) return answer(c, row)
    const fields = readRow(await readJson(c), kind)
    if (isRefusal(fields)) return answer(c, fields)
    if (kind.id in fields) return answer(c, invalid(kind.id, 'cannot be changed'))
    return c.json({ data: store.change(name, row, fields) })
  })
  app.delete(`${path}/:id`, (c) => {
    const row = find(c)
    if (isRefusal(row)) return answer(c, row)
    store.remove(name, c.req.param('id') ?? '')
    return c.body(null, 204)
  })
}

function readRow(body: Body | Refusal, { fields }: Kind): Row | Refusal {
  if (isRefusal(body)) return body
  const row: Row = {}
  for (const [field, value] of Object.entries(body)) {
    if (!fields.includes(field)) return invalid(field, `is not a field; there are ${fields.join(', ')}`)
    if (typeof value !== 'string') return invalid(field, 'must be text')
    row[field] = value
  }
  return row
}
