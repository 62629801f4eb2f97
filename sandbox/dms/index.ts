import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { type Body, readJson } from '../cms/body.ts'
import { invalid, isRefusal, type Refusal, refuse } from '../cms/errors.ts'
import { createOutbox, type Outbox } from '../cms/outbox.ts'
import { readReceiverUrl, readSecret, standardHeaders } from '../cms/standard.ts'
import type { CoreDeps } from '../core/deps.ts'
import { throughDoor } from '../core/door.ts'
import { createDocuments, type Document, type Documents, readDocument, readQuery } from './documents.ts'

/** Test credentials, documented in README.md; they open nothing but this sandbox. */
export const DMS_API_KEY = 'sandbox-dms-key'
/** `whsec_` and the base64 of "sandbox-dms-webhook-test-key-0001". */
export const DMS_WEBHOOK_SECRET = `whsec_${Buffer.from('sandbox-dms-webhook-test-key-0001').toString('base64')}`

interface Receiver {
  url: string
  secret: string
}

export interface DmsState {
  documents: Documents
  reset(): void
}

const BASE = '/_sandbox/dms'

function answer(c: Context, refusal: Refusal): Response {
  return c.json({ error: { type: refusal.type, message: refusal.message } }, refusal.status)
}

function readReceiver(body: Body): Receiver | Refusal {
  for (const name of Object.keys(body))
    if (name !== 'url' && name !== 'secret') return invalid(name, 'is not known')
  const url = readReceiverUrl(body.url)
  if (isRefusal(url)) return url
  const secret = readSecret(body.secret ?? DMS_WEBHOOK_SECRET)
  return isRefusal(secret) ? secret : { url, secret }
}

/** The API that an integration calls, under `/dms/v1`, with its key in `X-Api-Key`. */
function apiRoutes(documents: Documents): Hono {
  const app = new Hono()
  app.use('/dms/v1/*', async (c, next) => {
    if (c.req.header('x-api-key') !== DMS_API_KEY) {
      return answer(c, refuse(401, 'Unauthorized', 'X-Api-Key is missing or wrong'))
    }
    await next()
  })
  app.get('/dms/v1/documents', (c) => {
    const query = readQuery(new URL(c.req.url).searchParams)
    return isRefusal(query) ? answer(c, query) : c.json(documents.list(query))
  })
  app.get('/dms/v1/documents/:id', (c) => {
    const found = documents.get(c.req.param('id'))
    return found
      ? c.json({ document: found })
      : answer(c, refuse(404, 'NotFound', 'there is no such document'))
  })
  app.notFound((c) => answer(c, refuse(404, 'NotFound', `${c.req.path} is not a path of this API`)))
  return app
}

/** Tells the receiver, if there is one, that a document was filed or changed. */
function announcer(deps: CoreDeps, outbox: Outbox, receiver: () => Receiver | undefined) {
  return (type: 'document.filed' | 'document.updated', document: Document): void => {
    const to = receiver()
    if (to === undefined) return
    const id = `msg_${randomUUID()}`
    const timestamp = new Date(deps.now()).toISOString()
    const body = JSON.stringify({ type, timestamp, data: document })
    outbox.send({
      kind: 'dms',
      hook: 'dms',
      url: to.url,
      event: type,
      model: 'document',
      record: document.number,
      body,
      headers: () => standardHeaders(to.secret, id, deps.now(), body),
      alive: () => receiver() === to,
    })
  }
}

/** Adds a small document management system: `/dms/v1` and its controls under `/_sandbox/dms`. */
export function mountDms(app: Hono, deps: CoreDeps): DmsState {
  const documents = createDocuments(deps.now)
  // Standard Webhooks advises some seconds before the first retry.
  const outbox = createOutbox(deps, { retryBaseSeconds: 5 })
  let receiver: Receiver | undefined
  const announce = announcer(deps, outbox, () => receiver)
  const door = apiRoutes(documents)
  deps.onReset(() => outbox.clear())

  app.all('/dms/v1/*', (c) =>
    throughDoor(c, deps, {
      provider: 'dms',
      writes: c.req.method !== 'GET',
      refuse: (status) =>
        Response.json({ error: { type: 'ServiceError', message: 'Unavailable' } }, { status }),
      answer: () => door.fetch(c.req.raw, c.env),
    }),
  )

  app.put(`${BASE}/webhook`, async (c) => {
    const body = await readJson(c)
    const read = isRefusal(body) ? body : readReceiver(body)
    if (isRefusal(read)) return answer(c, read)
    receiver = read
    return c.json(read)
  })
  app.get(`${BASE}/webhook`, (c) => c.json(receiver ?? { url: null, secret: null }))
  app.delete(`${BASE}/webhook`, (c) => {
    receiver = undefined
    return c.body(null, 204)
  })

  app.get(`${BASE}/documents`, (c) => c.json({ data: documents.all() }))
  app.post(`${BASE}/documents`, async (c) => {
    const body = await readJson(c)
    const read = isRefusal(body) ? body : readDocument(body, undefined)
    if (isRefusal(read)) return answer(c, read)
    const document = documents.add(read)
    // A document whose bytes are still on their way is not filed yet.
    if (document.uploaded) announce('document.filed', document)
    return c.json({ data: document }, 201)
  })
  app.patch(`${BASE}/documents/:id`, async (c) => {
    const old = documents.get(c.req.param('id'))
    if (old === undefined) return answer(c, refuse(404, 'NotFound', 'there is no such document'))
    const body = await readJson(c)
    const read = isRefusal(body) ? body : readDocument(body, old)
    if (isRefusal(read)) return answer(c, read)
    const changed = documents.change(old, read)
    if (changed.uploaded) announce(old.uploaded ? 'document.updated' : 'document.filed', changed)
    return c.json({ data: changed })
  })
  app.delete(`${BASE}/documents/:id`, (c) => {
    const id = c.req.param('id')
    if (documents.get(id) === undefined)
      return answer(c, refuse(404, 'NotFound', 'there is no such document'))
    documents.remove(id)
    return c.body(null, 204)
  })
  app.get(`${BASE}/deliveries`, (c) => c.json({ data: outbox.log(50), counts: outbox.counts() }))
  app.put(`${BASE}/settings`, async (c) => {
    const body = await readJson(c)
    if (isRefusal(body)) return answer(c, body)
    const { retryBaseSeconds: base, ...rest } = body
    const strange = Object.keys(rest)[0]
    if (strange !== undefined)
      return answer(c, invalid(strange, 'is not a setting; there is retryBaseSeconds'))
    if (typeof base !== 'number' || !(base >= 0 && base <= 86_400)) {
      return answer(c, invalid('retryBaseSeconds', 'must be a number from 0 to 86400'))
    }
    outbox.configure({ retryBaseSeconds: base })
    return c.json({ retryBaseSeconds: base })
  })

  return {
    documents,
    reset() {
      documents.clear()
      outbox.clear()
      receiver = undefined
    },
  }
}
