import type { Hono } from 'hono'
import type { CoreDeps } from '../core/deps.ts'
import { throughDoor } from '../core/door.ts'
import { controlRoutes } from '../rest/controls.ts'
import { createRate } from '../rest/rate.ts'
import { createRecords, type Records } from '../rest/records.ts'
import { apiRoutes, showFilevine } from './api.ts'
import { seedFilevine } from './seed.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { createWebhooks } from './webhooks.ts'

export { FILEVINE_PAT, FILEVINE_SECRET } from './tokens.ts'

export interface FilevineState {
  records: Records
  tokens: Tokens
  /** Back to the seeded firm; tokens are withdrawn. */
  reset(): void
}

/** Adds a Filevine-like system: `/filevine` and its controls under `/_sandbox/filevine`. See README.md. */
export function mountFilevine(app: Hono, deps: CoreDeps): FilevineState {
  const webhooks = createWebhooks(deps)
  const records = createRecords(
    ['projects', 'contacts', 'appointments', 'deadlines', 'documents', 'invoices', 'notes'],
    deps.now,
    (change) => webhooks.dispatch(change),
  )
  const tokens = createTokens(deps.now)
  const rate = createRate(deps.now, 60_000, 600)
  const reset = (): void => {
    records.clear()
    tokens.revoke()
    tokens.expiresIn = 1_800
    rate.clear()
    webhooks.clear()
    seedFilevine(records, deps.now())
  }
  reset()
  const door = apiRoutes({ records, tokens, rate })
  door.route('/', tokens.routes)
  for (const path of ['/filevine/fv-app/*', '/filevine/connect/*'])
    app.all(path, (c) =>
      throughDoor(c, deps, {
        provider: 'filevine',
        writes: c.req.method !== 'GET',
        query: new URL(c.req.url).search.slice(1),
        refuse: (status) => Response.json({ message: 'Unavailable' }, { status }),
        answer: () => door.fetch(c.req.raw, c.env),
      }),
    )
  app.route('/', webhooks.routes)
  const settings = {
    get rateLimit() {
      return rate.limit
    },
    set rateLimit(limit) {
      rate.limit = limit
    },
    get expiresIn(): number | null {
      return tokens.expiresIn
    },
    set expiresIn(seconds) {
      tokens.expiresIn = seconds ?? 1_800
    },
  }
  app.post('/_sandbox/filevine/tokens/revoke', (c) => {
    tokens.revoke()
    return c.body(null, 204)
  })
  app.route(
    '/',
    controlRoutes({
      name: 'filevine',
      records,
      show: showFilevine,
      refs: { client: 'contacts', project: 'projects' },
      settings,
      reset,
    }),
  )
  return { records, tokens, reset }
}
