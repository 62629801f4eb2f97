import type { Hono } from 'hono'
import type { CoreDeps } from '../core/deps.ts'
import { throughDoor } from '../core/door.ts'
import { createActions } from './actions.ts'
import { apiRoutes } from './api.ts'
import { controlRoutes } from './controls.ts'
import { createDirt } from './dirt/index.ts'
import { createProjector } from './fields.ts'
import { createHooks } from './hooks.ts'
import { oauthRoutes } from './oauth.ts'
import { createOutbox } from './outbox.ts'
import { pageRoutes } from './page.ts'
import { createPlays } from './play.ts'
import { seedFirm } from './seed.ts'
import { createStore, type Store } from './store.ts'
import { createTokens } from './tokens.ts'
import type { Change } from './types.ts'
import { createUploads } from './uploads.ts'
import { createWebhooks } from './webhooks.ts'

export { DEFAULT_STANDARD_SECRET } from './hooks.ts'
export { CLIENT_ID, CLIENT_SECRET, STATIC_TOKEN } from './tokens.ts'

export interface CmsState {
  store: Store
  /** Back to the example firm; subscriptions, tokens and the delivery log are dropped too. */
  reset(): void
}

/**
 * Adds a Clio-shaped case management system to the sandbox: `/api/v4`, `/oauth`, its controls under
 * `/_sandbox/cms` and its page at `/cms`. See README.md beside this file.
 */
export function mountCms(app: Hono, deps: CoreDeps): CmsState {
  const store = createStore(deps.now)
  const projector = createProjector(store)
  const outbox = createOutbox(deps)
  const tokens = createTokens(deps.now)
  const uploads = createUploads()
  const dirt = createDirt(store)
  const webhooks = createWebhooks(deps, projector, outbox)
  const hooks = createHooks(store, outbox, deps.now)
  const emit = (change: Change): void => {
    webhooks.dispatch(change)
    hooks.dispatch(change)
    deps.announce({ type: 'cms', about: `${change.model} ${change.row.id}` })
  }
  const actions = createActions(store, emit, deps.baseUrl, uploads)
  const plays = createPlays(deps, store, actions, outbox)

  const reset = (): void => {
    plays.clear()
    outbox.clear()
    webhooks.clear()
    hooks.clear()
    tokens.clear()
    uploads.clear()
    dirt.clear()
    store.clear()
    seedFirm(store)
  }
  seedFirm(store)
  // Emptying the world stops the clock's timers, so what waits on them must go too; the firm's records stay.
  deps.onReset(() => {
    plays.clear()
    outbox.clear()
  })

  const door = apiRoutes({ store, projector, actions, tokens, webhooks, uploads, baseUrl: deps.baseUrl })
  door.route('/', oauthRoutes(tokens))
  for (const path of ['/api/v4/*', '/oauth/*']) {
    app.all(path, (c) =>
      throughDoor(c, deps, {
        provider: 'clio',
        writes: c.req.method !== 'GET',
        refuse: (status) =>
          new Response(
            JSON.stringify({ error: { type: 'ServiceError', message: 'The service is unavailable' } }),
            {
              status,
              headers: { 'Content-Type': 'application/json; charset=utf-8' },
            },
          ),
        answer: () => door.fetch(c.req.raw, c.env),
      }),
    )
  }
  app.route(
    '/',
    controlRoutes({
      store,
      projector,
      actions,
      tokens,
      outbox,
      hooks,
      plays,
      uploads,
      webhooks,
      dirt,
      reset,
    }),
  )
  app.route('/', pageRoutes(store, outbox))
  return { store, reset }
}
