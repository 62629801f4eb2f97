import { parse } from 'node:querystring'
import type { Context } from 'hono'
import { throughDoor } from '../core/door.ts'
import { readSpec } from '../core/spec.ts'
import { twilioError, twilioStatus } from './errors.ts'
import { type Resource, toJson } from './resource.ts'
import { setStatus, type Twilio } from './state.ts'
import type { ListFilter } from './store.ts'

const updatePath = '/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json'
const formSchema = ['requestBody', 'content', 'application/x-www-form-urlencoded', 'schema']
const checkUpdate = readSpec('twilio-messaging.json', { form: true }).at(
  'paths',
  updatePath,
  'post',
  ...formSchema,
)

const finished = new Set(['delivered', 'undelivered', 'failed', 'received', 'canceled', 'sent'])

/** Runs a call of the account owner: credentials and account first, as everywhere at Twilio. */
export function asOwner(
  c: Context,
  twilio: Twilio,
  answer: () => Response | Promise<Response>,
  accountSid = c.req.param('sid'),
): Promise<Response> {
  return throughDoor(c, twilio.core, {
    provider: 'twilio',
    writes: false,
    refuse: twilioStatus,
    answer() {
      if (c.req.header('authorization') !== twilio.basicAuth) return twilioError(20003)
      if (accountSid !== twilio.account.sid) return twilioError(20404)
      return answer()
    },
  })
}

/** `GET Messages/{sid}.json` */
export function fetchMessage(c: Context, twilio: Twilio): Promise<Response> {
  return asOwner(c, twilio, () => {
    const resource = twilio.store.find(messageSid(c))
    return resource ? c.json(toJson(resource, twilio.account.sid)) : twilioError(20404)
  })
}

/** `POST Messages/{sid}.json`: `Body=` redacts, `Status=canceled` stops what is scheduled. */
export function updateMessage(c: Context, twilio: Twilio): Promise<Response> {
  return asOwner(c, twilio, async () => {
    const form = parse(await c.req.text())
    const resource = twilio.store.find(messageSid(c))
    if (!resource) return twilioError(20404)
    const wrong = checkUpdate(form)
    if (wrong) return twilioError(20001, `${wrong.field} ${wrong.message}`)
    if (form.Body !== undefined && form.Body !== '') return twilioError(20001, 'Body can only be emptied')
    if (form.Body === '' && !finished.has(resource.status)) return twilioError(20009)
    if (form.Status === 'canceled') {
      if (resource.status !== 'scheduled') return twilioError(30409)
      setStatus(twilio, resource, 'canceled')
    }
    if (form.Body === '') resource.body = ''
    return c.json(toJson(resource, twilio.account.sid))
  })
}

/** `GET Messages.json` with Twilio's filters and paging; new messages show after the list lag only. */
export function listMessages(c: Context, twilio: Twilio): Promise<Response> {
  return asOwner(c, twilio, () => {
    const query = new URL(c.req.url).searchParams
    const size = Number(query.get('PageSize') ?? 50)
    if (!Number.isInteger(size) || size < 1 || size > 1000)
      return twilioError(20001, 'PageSize must be 1 to 1000')
    const filter = readFilter(query)
    if ('bad' in filter) return twilioError(20001, filter.bad)
    const visibleUntil = twilio.core.now() - twilio.core.settings.twilio.listLagMs
    const all = twilio.store.list(filter, visibleUntil)
    const token = query.get('PageToken')
    const start = token === null ? 0 : all.findIndex((item) => `PA${item.sid}` === token) + 1
    if (token !== null && start === 0) return twilioError(20001, 'PageToken is not known')
    return c.json(pageOf(twilio, query, size, all, start))
  })
}

function pageOf(
  twilio: Twilio,
  query: URLSearchParams,
  size: number,
  all: readonly Resource[],
  start: number,
): object {
  const items = all.slice(start, start + size)
  const page = Number(query.get('Page') ?? 0)
  const uri = (number: number, token: string | undefined) => {
    const next = new URLSearchParams(query)
    next.set('PageSize', String(size))
    next.set('Page', String(number))
    next.delete('PageToken')
    if (token !== undefined) next.set('PageToken', token)
    return `/2010-04-01/Accounts/${twilio.account.sid}/Messages.json?${next}`
  }
  const more = start + size < all.length
  const before = start - size - 1
  return {
    end: Math.max(0, start + items.length - 1),
    first_page_uri: uri(0, undefined),
    next_page_uri: more ? uri(page + 1, `PA${items[items.length - 1]!.sid}`) : null,
    page,
    page_size: size,
    previous_page_uri: start === 0 ? null : uri(page - 1, before < 0 ? undefined : `PA${all[before]!.sid}`),
    start,
    uri: uri(page, query.get('PageToken') ?? undefined),
    messages: items.map((item) => toJson(item, twilio.account.sid)),
  }
}

const dayMs = 86_400_000

// A day without a time means the whole day; `DateSent>` and `DateSent<` include the day or second they name.
function readFilter(query: URLSearchParams): ListFilter | { bad: string } {
  const filter: ListFilter = {}
  const to = query.get('To')
  if (to) filter.to = to
  const from = query.get('From')
  if (from) filter.from = from
  for (const name of ['DateSent', 'DateSent>', 'DateSent<'] as const) {
    const value = query.get(name)
    if (!value) continue
    const time = Date.parse(value)
    if (Number.isNaN(time)) return { bad: `${name} must be a date` }
    const wholeDay = /^\d{4}-\d\d-\d\d$/.test(value)
    const day = Math.floor(time / dayMs) * dayMs
    if (name === 'DateSent') {
      filter.sentFrom = day
      filter.sentBefore = day + dayMs
    } else if (name === 'DateSent>') filter.sentFrom = time
    else filter.sentBefore = wholeDay ? day + dayMs : time + 1000
  }
  return filter
}

function messageSid(c: Context): string {
  return (c.req.param('file') ?? '').replace(/\.json$/, '')
}
