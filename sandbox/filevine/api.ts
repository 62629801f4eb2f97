/** Filevine's API v2 as far as it is known: README.md says what is not. */
import { type Context, Hono } from 'hono'
import type { Rate } from '../rest/rate.ts'
import { isoTime, type Json, type Records, type Row } from '../rest/records.ts'
import type { Tokens } from './tokens.ts'

export const FILEVINE_ORG = '7001'
export const FILEVINE_USER = '901'

const refused = (c: Context, status: 400 | 401 | 404 | 422 | 429, message: string) =>
  c.json({ message }, status)

const native = (id: Json | undefined): Json => (typeof id === 'number' ? { native: id, partner: null } : null)

/** A record as the API shows it: ids nested, as Filevine nests them. */
export function showFilevine(list: string, row: Row): Json {
  const { client, project, phone, email, ...rest } = row.fields
  const dates = { createdDate: isoTime(row.created), lastActivity: isoTime(row.updated) }
  const own = { projectId: native(project) }
  switch (list) {
    case 'projects':
      return { projectId: native(row.id), clientId: native(client), ...rest, ...dates }
    case 'contacts':
      return {
        personId: native(row.id),
        fullName: [rest.firstName, rest.lastName].filter(Boolean).join(' '),
        ...rest,
        phones: phone == null ? [] : [{ phoneId: native(1), number: phone, label: 'Mobile' }],
        emails: email == null ? [] : [{ emailId: native(1), address: email, label: 'Personal' }],
        ...dates,
      }
    case 'appointments':
      return { appointmentId: native(row.id), ...own, ...rest, ...dates }
    case 'deadlines':
      return { deadlineId: native(row.id), ...own, ...rest, ...dates }
    case 'documents':
      return { documentId: native(row.id), ...own, ...rest, uploadDate: dates.createdDate, ...dates }
    case 'invoices':
      return { invoiceId: native(row.id), ...own, ...rest, ...dates }
    default:
      return { noteId: native(row.id), ...own, ...rest, ...dates }
  }
}

/** By path below `/fv-app/v2`, in small letters: Filevine's own spelling differs from path to path. */
const lists: Readonly<Record<string, string>> = {
  projects: 'projects',
  contacts: 'contacts',
  appointments: 'appointments',
  deadlines: 'deadlines',
  documents: 'documents',
  'billingitem/invoices': 'invoices',
}

export interface FilevineParts {
  records: Records
  tokens: Tokens
  rate: Rate
}

export function apiRoutes({ records, tokens, rate }: FilevineParts): Hono {
  const app = new Hono()
  app.use('/filevine/fv-app/v2/*', async (c, next) => {
    const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (!tokens.good(token)) return refused(c, 401, 'Unauthorized')
    if (c.req.header('x-fv-orgid') !== FILEVINE_ORG || c.req.header('x-fv-userid') !== FILEVINE_USER)
      return refused(c, 400, 'x-fv-orgid and x-fv-userid are required')
    const spent = rate.spend(FILEVINE_ORG)
    for (const [name, value] of Object.entries(spent.headers)) c.header(name, value)
    if (spent.refused) return refused(c, 429, 'Too many requests')
    await next()
    return undefined
  })

  const page = (c: Context, list: string, rows: readonly Row[]): Response => {
    const url = new URL(c.req.url)
    const number = (name: string, usual: number): number => Number(url.searchParams.get(name) ?? usual)
    const offset = number('offset', 0)
    const limit = number('limit', 50)
    if (!Number.isInteger(offset) || offset < 0 || !Number.isInteger(limit) || limit < 1 || limit > 1_000)
      return refused(c, 400, 'offset or limit is out of range')
    const items = rows.slice(offset, offset + limit)
    const hasMore = offset + items.length < rows.length
    const link = (at: number): string => {
      const query = new URLSearchParams(url.searchParams)
      query.set('offset', String(at))
      return `${url.pathname}?${query}`
    }
    return c.json({
      count: items.length,
      offset,
      limit,
      hasMore,
      items: items.map((row) => showFilevine(list, row)),
      links: { self: link(offset), ...(hasMore ? { next: link(offset + items.length) } : {}) },
    })
  }

  const filtered = (c: Context, list: string, project: number | undefined): Response => {
    const query = new URL(c.req.url).searchParams
    const time = (name: string): number | undefined => {
      const text = query.get(name)
      return text === null ? undefined : Date.parse(text)
    }
    const since = time('lastActivitySince')
    const from = time('startDate')
    // A date alone means the whole of its day.
    const until = time('endDate')
    if ([since, from, until].some(Number.isNaN)) return refused(c, 400, 'a date is malformed')
    const end = until === undefined || (query.get('endDate')?.length ?? 0) > 10 ? until : until + 86_400_000
    const start = (row: Row): number => Date.parse(String(row.fields.start))
    const rows = records
      .all(list)
      .filter(
        (row) =>
          (project === undefined || row.fields.project === project) &&
          (since === undefined || row.updated >= since) &&
          (from === undefined || start(row) >= from) &&
          (end === undefined || start(row) < end),
      )
    return page(c, list, rows)
  }

  app.all('/filevine/fv-app/v2/:path{.+}', async (c) => {
    const path = c.req.param('path').toLowerCase()
    const [, project, rest] = /^(?:billingitem\/)?projects\/(\d+)\/(\w+)$/.exec(path) ?? []
    if (project !== undefined && rest !== undefined) {
      const list = rest === 'notes' ? 'notes' : Object.values(lists).find((one) => one === rest)
      if (list === undefined || !records.get('projects', Number(project))) return refused(c, 404, 'Not found')
      if (c.req.method === 'GET') return filtered(c, list, Number(project))
      if (c.req.method !== 'POST' || list !== 'notes') return refused(c, 404, 'Not found')
      const body = await c.req.json<{ body?: unknown }>().catch(() => undefined)
      if (typeof body?.body !== 'string' || body.body === '') return refused(c, 422, 'body is required')
      return c.json(
        showFilevine('notes', records.add('notes', { body: body.body, project: Number(project) })),
      )
    }
    if (c.req.method !== 'GET') return refused(c, 404, 'Not found')
    const list = lists[path]
    if (list !== undefined) return filtered(c, list, undefined)
    const [, plural = '', id = ''] = /^(.+)\/(\d+)$/.exec(path) ?? []
    const one = lists[plural]
    const row = one === undefined ? undefined : records.get(one, Number(id))
    return row && one ? c.json(showFilevine(one, row)) : refused(c, 404, 'Not found')
  })
  return app
}
