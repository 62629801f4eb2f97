/**
 * Systems of every other make: keys in headers and addresses, numbered pages, cursors, and answers that nobody would
 * expect. A small server plays them, since no system of the sandbox is like that.
 */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRest } from '../../src/adapters/rest/index.ts'
import { linkOf } from '../../src/adapters/rest/paging.ts'
import { systemClock } from '../../src/kernel/index.ts'
import type { CmsCall, CmsReader } from '../../src/modules/connections/index.ts'

type Answer = { status?: number; headers?: Record<string, string>; body?: string | object }
let answer: (url: URL, request: http.IncomingMessage) => Answer | 'hang up'
const requests: { url: URL; headers: http.IncomingHttpHeaders }[] = []
let base = ''
const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '', base)
  requests.push({ url, headers: request.headers })
  const said = answer(url, request)
  if (said === 'hang up') return response.destroy()
  const { status = 200, headers = {}, body = {} } = said
  return response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
})
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  requests.length = 0
  calls.length = 0
})

const calls: CmsCall[] = []
const onCall = (call: CmsCall): void => void calls.push(call)
const minimal = {
  matters: {
    one: { path: '/matters/{id}' },
    list: { path: '/matters', records: 'body.items' },
    fields: { id: 'record.id', status: 'record.status', client: 'record.?client' },
  },
  clients: {
    one: { path: '/clients/{id}' },
    fields: { id: 'record.id', name: 'record.name', phones: 'record.phones', emails: 'record.emails' },
  },
  bills: {
    ofMatter: { path: '/matters/{matter}/bills' },
    fields: { id: 'record.id', matter: 'record.matter', data: { state: 'record.state' } },
  },
}
const kind = createRest(systemClock)
const open = (more: object = {}): CmsReader =>
  kind.open({ baseUrl: base, timeoutMs: 2_000, ...minimal, ...more })
const list = (paging: object, more: object = {}) => ({
  matters: { ...minimal.matters, list: { path: '/matters', records: 'body.items', paging, ...more } },
})
const ask = { since: null, window: null }
const page = (reader: CmsReader, cursor: string | null = null) =>
  reader.changes!.page('matter', { ...ask, cursor }, onCall)
async function ids(reader: CmsReader): Promise<string[]> {
  const found: string[] = []
  let cursor: string | null = null
  for (let at = 0; at < 20; at++) {
    const verdict = await page(reader, cursor)
    if (!verdict.ok) throw new Error(verdict.detail)
    found.push(...verdict.value.records.map(({ externalId }) => externalId))
    cursor = verdict.value.next
    if (cursor === null) return found
  }
  throw new Error('no end')
}

describe('proof of who we are', () => {
  it.each([
    [{ by: 'none' }, {}],
    [{ by: 'header', name: 'X-Api-Key' }, { 'x-api-key': 's3cret' }],
    [{ by: 'header', name: 'Authorization', prefix: 'ApiKey ' }, { authorization: 'ApiKey s3cret' }],
    [{ by: 'basic', user: 'tipstaff' }, { authorization: `Basic ${btoa('tipstaff:s3cret')}` }],
    [{ by: 'bearer' }, { authorization: 'Bearer s3cret' }],
  ])('is %o', async (auth, headers) => {
    answer = () => ({ body: { items: [] } })
    expect(await open({ auth, secret: 's3cret', headers: { 'X-Firm': '7' } }).check(onCall)).toBeNull()
    expect(requests[0]?.headers).toMatchObject({ ...headers, 'x-firm': '7' })
  })

  it('in the address stays out of what is reported and kept', async () => {
    answer = (url) => ({
      body: { items: [{ id: url.searchParams.get('p') ?? '1' }], next: `/matters?p=2&api_key=s3cret` },
    })
    const reader = open({
      auth: { by: 'query', name: 'api_key' },
      secret: 's3cret',
      ...list({ by: 'address', next: 'body.next' }),
    })
    const first = await page(reader)
    expect(requests[0]?.url.searchParams.get('api_key')).toBe('s3cret')
    expect(JSON.stringify([first, calls])).not.toContain('s3cret')
    if (first.ok) await page(reader, first.value.next)
    expect(requests[1]?.url.search).toBe('?p=2&api_key=s3cret')
  })
})

describe('pages', () => {
  const items = Array.from({ length: 7 }, (_, at) => ({ id: at + 1, status: 'Open' }))
  const part = (from: number, size: number) => items.slice(from, from + size)

  it.each([
    [1, undefined, 4],
    [0, undefined, 4],
    [1, 'body.pages > body.page', 3],
  ])('numbered from %i, and told whether there are more by %s', async (first, more, expected) => {
    answer = (url) => {
      const number = Number(url.searchParams.get('page'))
      const size = Number(url.searchParams.get('per_page'))
      return { body: { items: part((number - first) * size, size), page: number, pages: 3 } }
    }
    const reader = open(list({ by: 'page', first, size: 'per_page', perPage: 3, ...(more ? { more } : {}) }))
    expect(await ids(reader)).toEqual(items.map(({ id }) => String(id)))
    expect(requests).toHaveLength(expected)
  })

  it('by a cursor from the answer', async () => {
    answer = (url) => {
      const at = Number(url.searchParams.get('after') ?? 0)
      return { body: { items: part(at, 3), meta: { next: at + 3 < items.length ? at + 3 : null } } }
    }
    expect(await ids(open(list({ by: 'cursor', cursor: 'after', next: 'body.meta.next' })))).toHaveLength(7)
    expect(requests.map(({ url }) => url.search)).toEqual(['', '?after=3', '?after=6'])
  })

  it.each([
    ['<https://x.example/a?b=1,2>; rel="prev", </matters?p=2>; rel="next last"', '/matters?p=2'],
    ['</m?p=2>; title=x; rel=next', '/m?p=2'],
    ['</m?p=2>; rel="nextpage"', null],
    ['', null],
    ['<<<>>;rel=next', null],
  ])('by the header %s', (header, next) => expect(linkOf(header)).toBe(next))

  it.each([
    ['https://elsewhere.example.com/matters'],
    ['//169.254.169.254/latest/meta-data'],
    ['file:///etc/passwd'],
  ])('never by an address of another host: %s', async (link) => {
    answer = () => ({ headers: { link: `<${link}>; rel="next"` }, body: { items } })
    expect(await page(open(list({ by: 'link' })))).toMatchObject({ ok: false, kind: 'refused' })
    expect(requests).toHaveLength(1)
  })

  it('asked for what changed since, as the system wants to be told times', async () => {
    answer = () => ({ body: { items: [] } })
    const since = Temporal.Instant.from('2026-10-15T02:30:00Z')
    for (const [more, expected] of [
      [{ name: 'since', format: 'unix' }, '?kind=a&since=1792031400'],
      [{ name: 'since', format: 'date', zone: 'America/New_York' }, '?kind=a&since=2026-10-14'],
    ] as const) {
      const reader = open(list({ by: 'none' }, { since: more, query: { kind: 'a' } }))
      await reader.changes!.page('matter', { ...ask, since, cursor: null }, onCall)
      expect(requests.at(-1)?.url.search).toBe(expected)
    }
  })
})

describe('answers that nobody would expect', () => {
  it.each([
    ['no JSON', { body: '<html>Maintenance</html>' }, 'unavailable'],
    ['nothing', { body: '' }, 'unavailable'],
    ['a list for a record', { body: '[]' }, 'unavailable'],
    ['a record without an id', { body: '{"status":"Open"}' }, 'unavailable'],
    ['another matter', { body: '{"id":2,"status":"Open"}' }, 'unavailable'],
    ['a status in another form', { body: '{"id":1,"status":{"name":"Open"}}' }, null],
    ['nine megabytes', { body: `"${'x'.repeat(9 * 1024 * 1024)}"` }, 'unavailable'],
    ['a redirect', { status: 302, headers: { location: '/matters/2' } }, 'refused'],
    ['gone', { status: 410 }, 'not_found'],
  ] as const)('%s', async (_name, said, trouble) => {
    answer = () => said as Answer
    const { bills: _, ...without } = minimal
    const reader = kind.open({ baseUrl: base, ...without })
    const verdict = await reader.readMatter('1', onCall)
    if (trouble === null) expect(verdict).toMatchObject({ ok: true, value: { matter: { rawStatus: null } } })
    else expect(verdict).toMatchObject({ ok: false, kind: trouble })
    expect(requests).toHaveLength(1)
  })

  it('no answer at all', async () => {
    answer = () => 'hang up'
    expect(await open().readMatter('1', onCall)).toMatchObject({
      ok: false,
      kind: 'unavailable',
      detail: expect.stringMatching(/no connection/),
    })
    expect(calls).toMatchObject([{ status: null, error: 'no connection', path: '/matters/1' }])
  })

  it('ids that would climb out of their path', async () => {
    answer = (url) => ({
      body: { id: decodeURIComponent(url.pathname.split('/').at(-1) ?? ''), status: 'Open' },
    })
    const { bills: _, ...without } = minimal
    const reader = kind.open({ baseUrl: base, ...without })
    for (const id of ['.', '..', ''])
      expect(await reader.readMatter(id, onCall)).toMatchObject({ kind: 'not_found' })
    expect(requests).toHaveLength(0)
    await reader.readMatter('../admin?x=1#y', onCall)
    expect(requests[0]?.url.href).toBe(`${base}/matters/..%2Fadmin%3Fx%3D1%23y`)
  })

  it('never make it throw, whatever JSON comes, and are always read as the port says', async () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom('1', 'Open', '+12125550131', 'a@example.com', '2026-10-15T02:30:00Z'),
    )
    const anything = fc.jsonValue({ maxDepth: 3 })
    const record = fc.record(
      {
        id: fc.oneof(fc.constant('1'), fc.constant(1), words, anything),
        status: fc.oneof(words, anything),
        client: fc.oneof(fc.constant('1'), anything),
        name: fc.oneof(words, anything),
        phones: fc.oneof(words, fc.array(words), anything),
        emails: fc.oneof(words, fc.array(words), anything),
        matter: fc.oneof(fc.constant('1'), anything),
        state: anything,
      },
      { requiredKeys: [] },
    )
    const body = fc.oneof(
      record,
      fc.array(record),
      fc.record({ items: fc.array(fc.oneof(record, anything)) }),
      anything,
    )
    let given: unknown = null
    const fetch = () => Promise.resolve(new Response(JSON.stringify(given)))
    const reader = createRest(systemClock, fetch as typeof globalThis.fetch).open({
      baseUrl: base,
      ...minimal,
    })
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        given = value
        const matter = await reader.readMatter('1', onCall)
        if (matter.ok) expect(matter.value.matter.externalId).toBe('1')
        const read = await page(reader)
        for (const one of read.ok ? read.value.records : []) {
          expect(typeof one.externalId).toBe('string')
          JSON.stringify([one.payload('created'), one.payload('updated'), one.read])
        }
        await reader.changes!.ids('matter', null, onCall)
      }),
      { numRuns: 200 },
    )
  })
})

describe('settings', () => {
  const problems = (more: object): string[] => {
    const verdict = kind.parse({ baseUrl: 'https://api.example.com', ...minimal, ...more })
    return verdict.ok ? [] : verdict.problems.map(({ path, message }) => `${path} ${message}`)
  }

  it('are right as they are', () => expect(problems({})).toEqual([]))

  it.each([
    [{ auth: { by: 'bearer' } }, 'secret is missing: auth.by bearer needs it'],
    [
      { auth: { by: 'oauth', client: 'x' }, secret: 'env:X' },
      'identityUrl is missing: tokens come from there',
    ],
    [{ auth: { by: 'magic' } }, 'auth.by'],
    [{ headers: { 'X Firm': '1' } }, 'headers.X Firm'],
    [{ headers: { 'X-Firm': 'a\r\nb' } }, 'headers.X-Firm is not the value of a header'],
    [{ matters: { ...minimal.matters, one: { path: '/a/../b/{id}' } } }, 'matters.one.path must not climb'],
    [
      { matters: { ...minimal.matters, one: { path: '/matters?id={id}' } } },
      'matters.one.path must begin with /',
    ],
    [
      { matters: { ...minimal.matters, fields: { id: 'record.id', status: 'records.status' } } },
      'matters.fields.status',
    ],
    [{ clients: undefined }, 'clients is missing: matters.fields.client names them'],
    [{ bills: { ...minimal.bills, ofMatter: { path: '/bills' } } }, 'bills.ofMatter must hold {matter}'],
    [
      { bills: { ...minimal.bills, fields: { id: 'record.id', matter: 'record.m', data: {} } } },
      'bills.fields.data must hold state',
    ],
    [{ bills: { ...minimal.bills, model: 'matter' } }, 'bills.model "matter" is named twice'],
    [{ write: { note: { path: '/notes', body: '{"a": written.text}' } } }, 'write.note.body'],
    [list({ by: 'none' }, { since: { name: 'a', format: 'date' } }), 'matters.list.since.zone is missing'],
  ])('%o are named by their place', (more, problem) => expect(problems(more).join('\n')).toContain(problem))

  it('may be references where a deployment decides', () => {
    expect(problems({ baseUrl: 'env:URL', auth: { by: 'bearer' }, secret: 'env:X' })).toEqual([])
    expect(() => kind.open({ ...minimal, baseUrl: 'env:URL' })).toThrow(/baseUrl is still a reference/)
  })
})
