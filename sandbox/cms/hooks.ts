import { randomUUID } from 'node:crypto'
import type { Body } from './body.ts'
import { invalid, isRefusal, type Refusal } from './errors.ts'
import type { Outbox } from './outbox.ts'
import { readReceiverUrl, readSecret, standardHeaders } from './standard.ts'
import type { Store } from './store.ts'
import type { Change, Json, Row } from './types.ts'

export type HookEvent = 'matter.status_changed' | 'note.created'

/** A receiver of another kind of CMS than Clio: what a firm's older or home-made system would send. */
export interface Hook {
  id: string
  /** `standard`: signed by Standard Webhooks. `header`: a shared secret in a header, nothing signed. */
  kind: 'standard' | 'header'
  url: string
  secret: string
  /** Name of the header that carries the secret; of kind `header` only. */
  header: string
  template: 'flat' | 'nested'
  /** Whether the nested payload names the matter too; without it the receiver must go by the client. */
  withMatterId: boolean
  events: HookEvent[]
}

/** Test value, documented in README.md: "sandbox-cms-webhook-test-key-0001". */
export const DEFAULT_STANDARD_SECRET = `whsec_${Buffer.from('sandbox-cms-webhook-test-key-0001').toString('base64')}`
const DEFAULT_HEADER_SECRET = 'sandbox-cms-header-secret'
const EVENTS: readonly HookEvent[] = ['matter.status_changed', 'note.created']
const NAMES = ['name', 'kind', 'url', 'secret', 'header', 'template', 'withMatterId', 'events']

export interface Hooks {
  list(): Hook[]
  /** Registers a receiver; one of the same `name` is replaced, so that doing it twice is harmless. */
  register(body: Body): Hook | Refusal
  remove(id: string): boolean
  dispatch(change: Change): void
  clear(): void
}

function read(body: Body): Hook | Refusal {
  for (const name of Object.keys(body)) if (!NAMES.includes(name)) return invalid(name, 'is not known')
  const { kind = 'standard', template = 'nested', header = 'x-webhook-secret', withMatterId = true } = body
  const { events = ['matter.status_changed'], name } = body
  if (kind !== 'standard' && kind !== 'header') return invalid('kind', 'must be standard or header')
  if (template !== 'flat' && template !== 'nested') return invalid('template', 'must be flat or nested')
  const url = readReceiverUrl(body.url)
  if (isRefusal(url)) return url
  const secret =
    kind === 'standard'
      ? readSecret(body.secret ?? DEFAULT_STANDARD_SECRET)
      : (body.secret ?? DEFAULT_HEADER_SECRET)
  if (isRefusal(secret)) return secret
  if (typeof secret !== 'string' || secret === '') return invalid('secret', 'must be text that is not empty')
  if (typeof header !== 'string' || !/^[\w-]+$/.test(header))
    return invalid('header', 'must be a header name')
  if (typeof withMatterId !== 'boolean') return invalid('withMatterId', 'must be true or false')
  if (!Array.isArray(events) || events.some((event) => !EVENTS.includes(event as HookEvent))) {
    return invalid('events', `must be a list of some of ${EVENTS.join(', ')}`)
  }
  if (name !== undefined && (typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name))) {
    return invalid('name', 'must be letters, digits, - and _')
  }
  const id = name ?? randomUUID()
  return { id, kind, url, secret, header, template, withMatterId, events: events as HookEvent[] }
}

export function createHooks(store: Store, outbox: Outbox, now: () => number): Hooks {
  const hooks = new Map<string, Hook>()

  const stageName = (id: Json | undefined): string | null => {
    const stage = typeof id === 'number' ? store.get('matter_stage', id) : undefined
    return stage === undefined ? null : String(stage.attrs.name)
  }

  /** The raw status before and now: the stage where that changed, else Open, Pending or Closed. */
  const statuses = (change: Change): { previous: string | null; current: string | null } | undefined => {
    if (change.model !== 'matter' || change.event !== 'updated') return undefined
    if (change.changed.has('matter_stage')) {
      return {
        previous: stageName(change.before.matter_stage),
        current: stageName(change.row.refs.matter_stage as Json),
      }
    }
    if (!change.changed.has('status')) return undefined
    return {
      previous: change.before.status as string | null,
      current: change.row.attrs.status as string | null,
    }
  }

  const statusPayload = (hook: Hook, matter: Row, previous: string | null, current: string | null): Json =>
    hook.template === 'flat'
      ? { caseId: String(matter.id), newStatus: current }
      : {
          data: {
            client_id: Number(matter.refs.client),
            ...(hook.withMatterId ? { matter_id: matter.id } : {}),
            previous_attributes: { status: previous },
            current_attributes: { status: current },
          },
        }

  const notePayload = (note: Row): Json => {
    const matter = store.get('matter', Number(note.refs.matter ?? 0))
    const author = store.get('user', Number(note.refs.author ?? 0))
    return {
      type: 'note.created',
      data: {
        client_id: Number(matter?.refs.client ?? note.refs.contact),
        matter_id: matter?.id ?? null,
        note: {
          id: note.id,
          subject: note.attrs.subject ?? null,
          detail: note.attrs.detail ?? null,
          author: author ? `${String(author.attrs.first_name)} ${String(author.attrs.last_name)}` : null,
        },
      },
    }
  }

  const send = (hook: Hook, event: HookEvent, change: Change, payload: Json): void => {
    const body = JSON.stringify(payload)
    const id = `msg_${randomUUID()}`
    outbox.send({
      kind: hook.kind,
      hook: hook.id,
      url: hook.url,
      event,
      model: change.model,
      record: change.row.id,
      body,
      headers: () =>
        hook.kind === 'standard'
          ? standardHeaders(hook.secret, id, now(), body)
          : { [hook.header]: hook.secret },
      alive: () => hooks.get(hook.id) === hook,
      gone: () => void hooks.delete(hook.id),
      ...(change.play === undefined ? {} : { play: change.play }),
    })
  }

  return {
    list: () => [...hooks.values()],
    register(body) {
      const hook = read(body)
      if (!isRefusal(hook)) hooks.set(hook.id, hook)
      return hook
    },
    remove: (id) => hooks.delete(id),
    dispatch(change) {
      if (hooks.size === 0) return
      const moved = statuses(change)
      const noted = change.model === 'note' && change.event === 'created'
      for (const hook of hooks.values()) {
        if (moved && hook.events.includes('matter.status_changed')) {
          send(
            hook,
            'matter.status_changed',
            change,
            statusPayload(hook, change.row, moved.previous, moved.current),
          )
        }
        if (noted && hook.events.includes('note.created'))
          send(hook, 'note.created', change, notePayload(change.row))
      }
    },
    clear: () => hooks.clear(),
  }
}
