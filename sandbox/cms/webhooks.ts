import { createHmac, randomBytes } from 'node:crypto'
import type { CoreDeps } from '../core/deps.ts'
import type { Body } from './body.ts'
import { invalid, isRefusal, type Refusal } from './errors.ts'
import { isoTime, type Projector, topNames } from './fields.ts'
import { parseTime } from './filters.ts'
import { modelOf } from './models.ts'
import type { Outbox } from './outbox.ts'
import type { Change, EventName, Json } from './types.ts'

/** A subscription, as `/api/v4/webhooks.json` keeps it. Times in milliseconds since the epoch. */
export interface Webhook {
  id: number
  version: number
  created: number
  updated: number
  url: string
  fields: string
  model: string
  events: EventName[]
  secret: string
  status: 'pending' | 'enabled' | 'suspended'
  expires: number
  /** Records it has been told of, since the first news of one is sent whatever field changed. */
  known: Set<number>
}

const DAY = 86_400_000
/** Clio's webhook page: 3 days by default, 31 at most. */
const DEFAULT_LIFE = 3 * DAY
const LONGEST_LIFE = 31 * DAY
const MOST_FIELDS = 1_000

const EVENTS: readonly EventName[] = [
  'created',
  'updated',
  'deleted',
  'matter_opened',
  'matter_pended',
  'matter_closed',
]
/** Identifier to id of the models that have webhooks (Clio's webhook page). */
const MODEL_IDS: Record<string, number> = {
  matter: 1,
  bill: 3,
  calendar_entry: 4,
  communication: 5,
  contact: 6,
  task: 7,
  document: 8,
}
const STATUS_EVENTS: Record<string, EventName> = {
  Open: 'matter_opened',
  Pending: 'matter_pended',
  Closed: 'matter_closed',
}

/** Signature of a delivery: HMAC-SHA256 over the raw body, in hex (providers.md §4; hex is unsure there). */
export function hookSignature(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** Real Clio takes https only. The sandbox also takes http to this machine, so that tests need no certificate. */
function readUrl(value: Json | undefined): string | Refusal {
  const url = typeof value === 'string' ? URL.parse(value) : null
  if (url === null || typeof value !== 'string') return invalid('url', 'must be an address')
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && local)) return value
  return invalid('url', 'must use https (http is taken to this machine only, as this is a sandbox)')
}

export interface Webhooks {
  list(): Webhook[]
  get(id: number): Webhook | undefined
  /** Checks, then sends the handshake and waits for its answer, as Clio's may arrive before its create call returns. */
  create(body: Body): Promise<Webhook | Refusal>
  patch(hook: Webhook, body: Body): Promise<Webhook | Refusal>
  /** The delayed handshake; false when the secret is wrong. */
  activate(hook: Webhook, secret: string | undefined): boolean
  remove(hook: Webhook): void
  /** As when a receiver answers 410, for all of them. @returns how many */
  suspendAll(): number
  dispatch(change: Change): void
  clear(): void
}

export function createWebhooks(
  deps: Pick<CoreDeps, 'now' | 'post'>,
  projector: Projector,
  outbox: Outbox,
): Webhooks {
  const hooks = new Map<number, Webhook>()
  let nextId = Math.max(1_000, Math.floor((deps.now() - Date.UTC(2026, 0, 1)) / 1_000))

  const read = (body: Body, old: Webhook | undefined): Partial<Webhook> | Refusal => {
    const out: Partial<Webhook> = {}
    for (const name of Object.keys(body)) {
      if (!['url', 'model', 'fields', 'events', 'expires_at'].includes(name)) {
        return invalid(name, 'is not a field of webhook that can be written')
      }
    }
    if (body.url !== undefined || !old) {
      const url = readUrl(body.url)
      if (isRefusal(url)) return url
      out.url = url
    }
    if (body.model !== undefined || !old) {
      const name = Object.keys(MODEL_IDS).find((key) => key === body.model || MODEL_IDS[key] === body.model)
      if (name === undefined) return invalid('model', `must be one of ${Object.keys(MODEL_IDS).join(', ')}`)
      out.model = name
    }
    if (body.fields !== undefined || !old) {
      if (typeof body.fields !== 'string') return invalid('fields', 'is required')
      if (body.fields.length > MOST_FIELDS)
        return invalid('fields', `is longer than ${MOST_FIELDS} characters`)
      const model = modelOf(out.model ?? old?.model ?? 'matter')
      const made = projector.projection(model, body.fields)
      if (isRefusal(made)) return invalid('fields', made.message)
      out.fields = body.fields
    }
    if (body.events !== undefined) {
      const events = Array.isArray(body.events) ? body.events : []
      const wrong = events.find((event) => !EVENTS.includes(event as EventName))
      if (events.length === 0 || wrong !== undefined) {
        return invalid('events', `must be a list of some of ${EVENTS.join(', ')}`)
      }
      out.events = events as EventName[]
    }
    if (body.expires_at !== undefined) {
      const ms = typeof body.expires_at === 'string' ? parseTime(body.expires_at) : undefined
      if (ms === undefined) return invalid('expires_at', 'must be an ISO 8601 time')
      if (ms <= deps.now()) return invalid('expires_at', 'is in the past')
      // Answers carry whole seconds, so a caller who asks for exactly 31 days may be a second over.
      if (ms > deps.now() + LONGEST_LIFE + 1_000) return invalid('expires_at', 'is more than 31 days away')
      out.expires = ms
    }
    return out
  }

  const handshake = async (hook: Webhook): Promise<void> => {
    const secret = hook.secret
    const answer = await deps.post(hook.url, {
      headers: { 'content-type': 'application/json', 'x-hook-secret': secret },
      body: JSON.stringify({ data: {}, meta: { webhook_id: hook.id } }),
      timeoutMs: outbox.settings.timeoutMs,
    })
    const echoed = answer.status === 200 && answer.headers['x-hook-secret'] === secret
    if (echoed && hook.secret === secret) hook.status = 'enabled'
  }

  const tell = (hook: Webhook, change: Change, event: EventName): void => {
    const projection = projector.projection(modelOf(hook.model), hook.fields)
    if (isRefusal(projection)) return
    const body = JSON.stringify({ data: projection(change.row), meta: { event, webhook_id: hook.id } })
    hook.known.add(change.row.id)
    const signature = hookSignature(hook.secret, body)
    outbox.send({
      kind: 'clio',
      hook: hook.id,
      url: hook.url,
      event,
      model: change.model,
      record: change.row.id,
      body,
      headers: () => ({ 'x-hook-signature': signature }),
      alive: () => hooks.get(hook.id) === hook && hook.status === 'enabled',
      gone: () => {
        hook.status = 'suspended'
      },
      ...(change.play === undefined ? {} : { play: change.play }),
    })
  }

  return {
    list: () => [...hooks.values()],
    get: (id) => hooks.get(id),
    async create(body) {
      const read1 = read(body, undefined)
      if (isRefusal(read1)) return read1
      const now = deps.now()
      const hook: Webhook = {
        id: nextId++,
        version: 1,
        created: now,
        updated: now,
        url: read1.url ?? '',
        fields: read1.fields ?? '',
        model: read1.model ?? '',
        events: read1.events ?? ['created', 'updated', 'deleted'],
        secret: randomBytes(24).toString('hex'),
        status: 'pending',
        expires: read1.expires ?? now + DEFAULT_LIFE,
        known: new Set(),
      }
      hooks.set(hook.id, hook)
      await handshake(hook)
      return hook
    },
    async patch(hook, body) {
      const change = read(body, hook)
      if (isRefusal(change)) return change
      const moved = change.url !== undefined && change.url !== hook.url
      Object.assign(hook, change)
      hook.version++
      hook.updated = deps.now()
      if (moved) {
        hook.secret = randomBytes(24).toString('hex')
        hook.status = 'pending'
        await handshake(hook)
      }
      return hook
    },
    activate(hook, secret) {
      if (secret !== hook.secret) return false
      hook.status = 'enabled'
      return true
    },
    suspendAll() {
      for (const hook of hooks.values()) hook.status = 'suspended'
      return hooks.size
    },
    remove: (hook) => void hooks.delete(hook.id),
    dispatch(change) {
      const now = deps.now()
      for (const hook of hooks.values()) {
        if (hook.model !== change.model || hook.status !== 'enabled' || hook.expires <= now) continue
        if (hook.events.includes(change.event) && (change.event !== 'updated' || watches(hook, change))) {
          tell(hook, change, change.event)
        }
        const moved =
          change.model === 'matter' && (change.changed.has('status') || change.event === 'created')
        const extra = moved ? STATUS_EVENTS[String(change.row.attrs.status)] : undefined
        if (extra !== undefined && hook.events.includes(extra)) tell(hook, change, extra)
      }
    },
    clear: () => hooks.clear(),
  }
}

/** Whether a hook's `fields` watch what changed; the first news of a record always counts (Clio's webhook page). */
function watches(hook: Webhook, change: Change): boolean {
  if (!hook.known.has(change.row.id)) return true
  const names = topNames(hook.fields)
  if (names.has('etag') || names.has('updated_at')) return true
  const computed = modelOf(hook.model).computed ?? {}
  for (const name of names) {
    // What a computed attribute is made of is not spelt out, so a change anywhere may be one of it.
    if (change.changed.has(name) || computed[name] !== undefined) return true
  }
  return false
}

/** A webhook as the API shows it; `shared_secret` is known to `fields` only, never a default. */
export const WEBHOOK_ATTRS: Record<string, (hook: Webhook) => Json> = {
  id: (hook) => hook.id,
  etag: (hook) => `"${hook.id.toString(16)}-${hook.version}-${hook.updated.toString(16)}"`,
  url: (hook) => hook.url,
  fields: (hook) => hook.fields,
  shared_secret: (hook) => hook.secret,
  model: (hook) => hook.model,
  status: (hook) => hook.status,
  events: (hook) => hook.events,
  expires_at: (hook) => isoTime(hook.expires),
  created_at: (hook) => isoTime(hook.created),
  updated_at: (hook) => isoTime(hook.updated),
}
