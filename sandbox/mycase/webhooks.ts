/** Webhooks without a signature: whoever knows the address can say anything, so receivers ask again. */
import type { CoreDeps } from '../core/deps.ts'
import type { Change } from '../rest/records.ts'

interface Subscription {
  id: number
  model: string
  url: string
  actions: string[]
}

export interface Webhooks {
  all(): Subscription[]
  /** @returns what is wrong, as text */
  add(body: unknown): Subscription | string
  remove(id: number): boolean
  dispatch(change: Change): void
  clear(): void
}

/** Singular, as subscriptions name them. */
const models: Readonly<Record<string, string>> = {
  cases: 'case',
  clients: 'client',
  events: 'event',
  tasks: 'task',
  documents: 'document',
  invoices: 'invoice',
}
const actions = ['created', 'updated', 'deleted']

export function createWebhooks(deps: Pick<CoreDeps, 'post' | 'now'>): Webhooks {
  const held = new Map<number, Subscription>()
  let next = 1
  return {
    all: () => [...held.values()],
    add(body) {
      const { model, url, actions: wanted } = (body ?? {}) as Record<string, unknown>
      if (typeof model !== 'string' || !Object.values(models).includes(model)) return 'model is not known'
      if (typeof url !== 'string' || !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
        return 'url is not valid'
      if (!Array.isArray(wanted) || wanted.length === 0 || !wanted.every((one) => actions.includes(one)))
        return `actions must be some of ${actions.join(', ')}`
      const made = { id: next++, model, url, actions: wanted as string[] }
      held.set(made.id, made)
      return made
    },
    remove: (id) => held.delete(id),
    dispatch({ list, action, row }) {
      for (const { id, model, url, actions: wanted } of held.values()) {
        if (model !== models[list] || !wanted.includes(action)) continue
        const body = JSON.stringify({
          subscription_id: id,
          model,
          action,
          id: row.id,
          ...(row.fields.client == null ? {} : { client_id: row.fields.client }),
          timestamp: new Date(deps.now()).toISOString(),
        })
        void deps.post(url, {
          headers: { 'content-type': 'application/json' },
          body,
          retry: { delaysMs: [5_000, 60_000] },
        })
      }
    },
    clear: () => held.clear(),
  }
}
