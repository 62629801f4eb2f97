import type { Hono } from 'hono'
import type { CoreDeps } from '../core/deps.ts'
import { controlRoutes } from './controls.ts'
import { createService, type Traffic } from './service.ts'
import { defaultHabits } from './settings.ts'
import { createStore, type Store } from './store.ts'
import { wsdl } from './wsdl.ts'

export { LEGACY_KEY } from './service.ts'

export interface LegacyState {
  store: Store
  traffic(): Traffic
  /** Resolves once no call is under way, those included whose caller has hung up. */
  idle(): Promise<void>
  /** The world as seeded, with its first habits. */
  reset(): void
}

const PATH = '/legacy/CaseService.asmx'

/** Adds a case management system of twenty years ago, which speaks SOAP at `/legacy/CaseService.asmx`. */
export function mountLegacy(app: Hono, deps: CoreDeps): LegacyState {
  const habits = defaultHabits()
  const store = createStore(deps.now, () => habits.zone)
  const service = createService(deps, store, habits)
  const reset = (): void => {
    Object.assign(habits, defaultHabits())
    store.reset()
    service.reset()
  }

  app.get(PATH, (c) =>
    new URL(c.req.url).searchParams.has('wsdl')
      ? c.body(wsdl(`${deps.baseUrl()}${PATH}`), 200, { 'Content-Type': 'text/xml; charset=utf-8' })
      : c.text('CaseService: POST a SOAP envelope, or ask for ?wsdl.', 400),
  )
  app.post(PATH, (c) => service.answer(c))
  app.route('/', controlRoutes(store, service, habits, reset))
  return { store, traffic: service.traffic, idle: service.idle, reset }
}
