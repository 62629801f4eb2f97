import type { Hono } from 'hono'
import type { CoreDeps } from '../core/deps.ts'
import { throughDoor } from '../core/door.ts'
import { controlRoutes } from '../rest/controls.ts'
import { createRate } from '../rest/rate.ts'
import { createRecords, type Records } from '../rest/records.ts'
import { apiRoutes, showMycase } from './api.ts'
import { seedMycase } from './seed.ts'
import { createWebhooks } from './webhooks.ts'

export { MYCASE_TOKEN } from './api.ts'

export interface MycaseState {
  records: Records
  /** Back to the seeded firm, without subscriptions. */
  reset(): void
}

/** Adds a MyCase-like system: `/mycase/v1` and its controls under `/_sandbox/mycase`. See README.md. */
export function mountMycase(app: Hono, deps: CoreDeps): MycaseState {
  const webhooks = createWebhooks(deps)
  const records = createRecords(
    ['cases', 'clients', 'events', 'tasks', 'documents', 'invoices', 'notes'],
    deps.now,
    (change) => webhooks.dispatch(change),
  )
  const rate = createRate(deps.now, 1_000, 25)
  const reset = (): void => {
    records.clear()
    webhooks.clear()
    rate.clear()
    seedMycase(records, deps.now())
  }
  reset()
  const door = apiRoutes({ records, rate, webhooks, baseUrl: deps.baseUrl })
  app.all('/mycase/v1/*', (c) =>
    throughDoor(c, deps, {
      provider: 'mycase',
      writes: c.req.method !== 'GET',
      query: new URL(c.req.url).search.slice(1),
      refuse: (status) => Response.json({ error: 'Unavailable' }, { status }),
      answer: () => door.fetch(c.req.raw, c.env),
    }),
  )
  const settings = {
    get rateLimit() {
      return rate.limit
    },
    set rateLimit(limit) {
      rate.limit = limit
    },
  }
  const refs = { client: 'clients', case: 'cases' }
  app.route('/', controlRoutes({ name: 'mycase', records, show: showMycase, refs, settings, reset }))
  return { records, reset }
}
