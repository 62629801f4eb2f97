/** Every HTTP route says how it knows who knocks, and asks it. Random knocking neither breaks nor leaves anything. */
import { createHmac, sign } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webhookKeys } from '../../sandbox/sendgrid/keys.ts'
import { formBody, signature } from '../../sandbox/twilio/sign.ts'
import { consolePaths } from '../../src/main/console-page.ts'
import { readinessOf } from '../../src/main/readiness.ts'
import { sandboxEnvironment } from '../../src/main/sandbox-process.ts'
import { doors, webApp } from '../../src/main/web.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let app: ReturnType<typeof webApp>
beforeAll(async () => {
  world = await startWorld()
  await world.settled()
  app = webApp(world.runtime, () => readinessOf(world.runtime))
})
afterAll(() => world.close())

const CONNECTIONS = [
  'harbor-pike-clio',
  'harbor-pike-dms',
  'harbor-pike-billing',
  'harbor-pike-flat',
  'harbor-pike-desk',
  'harbor-pike-twilio',
  'harbor-pike-sendgrid',
]

/** Routes as the app has them, but for the middleware, which stands on a wildcard for all methods. */
const routes = () => {
  const all = app.routes.filter((r) => !(r.method === 'ALL' && r.path.endsWith('*')))
  return [...new Set(all.map((r) => `${r.method} ${r.path}`))]
}

/** What a route asks: its own entry, or the longest wildcard above it. */
function asked(route: string) {
  const own = doors[route]
  if (own) return own
  const path = route.slice(route.indexOf(' ') + 1)
  const above = Object.keys(doors)
    .filter((key) => key.startsWith('/') && key.endsWith('*') && path.startsWith(key.slice(0, -1)))
    .toSorted((a, b) => b.length - a.length)
  return above[0] === undefined ? undefined : doors[above[0]]
}

const knock = async (method: string, path: string, init: RequestInit = {}) =>
  app.fetch(new Request(`${world.appUrl}${path}`, { method, ...init }))

describe('routes', () => {
  it('all say how they know who knocks, and no other is listed', () => {
    const found = routes()
    expect(found.length).toBeGreaterThan(7)
    expect(found.filter((route) => asked(route) === undefined)).toEqual([])
    const listed = Object.keys(doors).filter((key) => !key.endsWith('*'))
    expect(listed.filter((key) => !found.includes(key))).toEqual([])
  })

  const pages: readonly string[] = consolePaths
  it('ask it: without it nobody gets in', async () => {
    for (const route of routes()) {
      const [method, pattern] = route.split(' ') as [string, string]
      const wants = asked(route)!
      switch (wants.asks) {
        case 'nothing':
          expect(wants.why.length).toBeGreaterThan(20)
          // A page is the same whatever it is about; a name that stands for any is no file of ours.
          expect((await knock(method, pattern)).status, route).toBe(
            pattern.includes(':') && !pages.includes(pattern) ? 404 : 200,
          )
          break
        case 'token':
          for (const token of ['x', 'a.b', `v1.${'A'.repeat(200)}`])
            expect(
              (await knock(method, pattern.replace(/:\w+/, token), { headers: { origin: world.appUrl } }))
                .status,
              route,
            ).toBe(404)
          break
        case 'state':
          for (const query of [
            '',
            '?state=x&code=c',
            `?state=${'A'.repeat(43)}&code=c`,
            '?error=access_denied',
          ])
            expect((await knock(method, `${pattern}${query}`)).status, route).toBe(400)
          break
        case 'api key':
          for (const authorization of [undefined, 'Bearer x', 'Basic eDp5', 'Bearer tsk_0000'])
            expect(
              (
                await knock(
                  method,
                  pattern.replaceAll(/:\w+(\{[^}]*\})?/g, 'x'),
                  authorization ? { headers: { authorization } } : {},
                )
              ).status,
              route,
            ).toBe(401)
          break
        case 'credentials': {
          const json = { 'content-type': 'application/json', origin: world.appUrl }
          const wrong = JSON.stringify({ email: 'a@b.example', password: 'not it at all, really' })
          for (const [verb, path, body, refused] of [
            ['POST', '/auth/sign-in/email', wrong, 401],
            ['POST', '/auth/sign-in/email', '{', 400],
            ['POST', '/auth/sign-up/email', JSON.stringify({ name: 'x', ...JSON.parse(wrong) }), 400],
            ['POST', '/auth/two-factor/enable', JSON.stringify({ password: 'x' }), 401],
            ['POST', '/auth/change-password', wrong, 400],
            ['GET', '/auth/list-sessions', undefined, 401],
            ['GET', '/auth/no-such-door', undefined, 404],
          ] as const) {
            if (verb !== method) continue
            const answer = await knock(verb, path, body === undefined ? {} : { headers: json, body })
            expect({ path, status: answer.status }).toEqual({ path, status: refused })
          }
          break
        }
        case 'signature':
          for (const connection of CONNECTIONS)
            expect([401, 403, 404], `${route} ${connection}`).toContain(
              (await knock(method, pattern.replace(/:\w+/, connection), { body: '{}' })).status,
            )
          expect(await getIn(pattern), `${route}: no connection of the example firm has this door`).toBe(true)
      }
    }
  })

  /** At least one connection answers at this door otherwise than "not here". */
  async function getIn(pattern: string): Promise<boolean> {
    for (const connection of CONNECTIONS)
      if ((await knock('POST', pattern.replace(/:\w+/, connection), { body: '{}' })).status !== 404)
        return true
    return false
  }
})

/** Rows of every table, from the catalog: nothing may come in by knocking. */
/** But of batches: what was there is sealed once no older transaction is open on the server, one of another test file's included. */
async function rowCounts(): Promise<Record<string, number>> {
  const { rows } = await world.database.adminPool.query<{ name: string; n: number }>(`
    select relname as name, (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || relname, false, true, '')))[1]::text::int as n
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'audit_batches'`)
  return Object.fromEntries(rows.map((r) => [r.name, r.n]))
}

const headerName = fc.constantFrom(
  'content-type',
  'content-encoding',
  'x-hook-signature',
  'x-hook-secret',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'x-billing-secret',
  'x-twilio-signature',
  'x-twilio-email-event-webhook-signature',
  'x-twilio-email-event-webhook-timestamp',
  'authorization',
  'i-twilio-idempotency-token',
  'x-forwarded-host',
)
const hex64 = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
const base64 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('base64'))
const headerValue = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
  hex64,
  base64,
  base64.map((mark) => `v1,${mark}`),
  fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'gzip',
    '1',
    '-1',
    '9'.repeat(30),
    'Bearer tsk_x',
  ),
)
const segment = fc.oneof(
  fc.constantFrom(...CONNECTIONS),
  fc.webPath(),
  fc.string({ maxLength: 40 }).map((s) => encodeURIComponent(s.toWellFormed())),
  fc.constantFrom('%00', '%E0%A4%A', '%', '..%2f..', 'a%0d%0ab', "' or 1=1--", '𝕏'),
)
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map((text) => new TextEncoder().encode(text)),
  fc.webQueryParameters().map((text) => new TextEncoder().encode(text)),
)
const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((q) => `?${q}`),
  fc.constant('?model=%00&limit=NaN'),
)
const request = fc.record({
  door: fc.constantFrom(
    'hooks',
    'receipts',
    'texts',
    'unsubscribe',
    'digests',
    'connect',
    'auth',
    'auth/sign-in',
    'api/v1',
    'api/v1/trace',
    'api/v1/dead-letters',
    '',
  ),
  method: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'),
  segment,
  query,
  headers: fc.dictionary(headerName, headerValue, { maxKeys: 5 }),
  body,
})

describe('knocking at random', () => {
  it('never gets a 5xx and never leaves a row', async () => {
    const before = await rowCounts()
    let knocks = 0
    await fc.assert(
      fc.asyncProperty(request, async ({ door, method, segment: s, query: q, headers, body: b }) => {
        let made: Request
        try {
          const withBody = method !== 'GET' && method !== 'HEAD'
          made = new Request(`${world.appUrl}/${door}/${s}${q}`, {
            method,
            headers,
            ...(withBody ? { body: b } : {}),
          })
        } catch {
          return // no HTTP client would send it
        }
        knocks++
        const answer = await app.fetch(made)
        expect(answer.status).toBeLessThan(500)
        if (answer.status === 200 && door === 'hooks')
          expect(answer.headers.get('x-hook-secret')).toBe(headers['x-hook-secret'])
        await answer.arrayBuffer()
      }),
      { numRuns: 1_500 },
    )
    expect(knocks).toBeGreaterThan(1_000)
    expect(await rowCounts()).toEqual(before)
    expect(world.logged.filter((line) => line.includes('a request failed'))).toEqual([])
  })
})

/** Words as strangers may send them. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    'STOP',
    '\u0000',
    '',
    'x'.repeat(3_000),
    '+12015550123',
    '00000000-0000-4000-8000-000000000000',
    '30003',
  ),
)

describe('callbacks that are signed but make no sense', () => {
  it('of Twilio: receipts and texts', async () => {
    const statuses = fc.oneof(
      words,
      fc.constantFrom('sent', 'delivered', 'undelivered', 'failed', 'queued', 'canceled'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('receipts', 'texts'),
        fc.record(
          {
            MessageSid: words,
            MessageStatus: statuses,
            ErrorCode: words,
            ErrorMessage: words,
            From: words,
            To: words,
            Body: words,
            OptOutType: words,
            NumMedia: words,
            MediaUrl0: words,
          },
          { requiredKeys: [] },
        ),
        fc.oneof(
          fc.constant(''),
          words.map((w) => `?attempt=${encodeURIComponent(w.toWellFormed())}`),
        ),
        async (door, given, attempt) => {
          const params = Object.fromEntries(Object.entries(given).map(([k, v]) => [k, v.toWellFormed()]))
          const path = `/${door}/harbor-pike-twilio${attempt}`
          const mark = signature(
            sandboxEnvironment('', '').HARBOR_PIKE_TWILIO_TOKEN!,
            `${world.appUrl}${path}`,
            params,
          )
          const answer = await knock('POST', path, {
            headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': mark },
            body: formBody(params),
          })
          expect([200, 204, 422], await answer.text()).toContain(answer.status)
        },
      ),
      { numRuns: 300 },
    )
    expect(await world.rows('select id from incoming_texts limit 1')).toHaveLength(1)
    expect(await world.rows('select id from receipts limit 1')).toHaveLength(1)
  })

  it('of SendGrid: events', async () => {
    const { privateKey } = webhookKeys()
    const anything = fc.oneof(words, fc.jsonValue())
    const kinds = fc.oneof(
      anything,
      fc.constantFrom('processed', 'delivered', 'bounce', 'dropped', 'open', 'unsubscribe', 'spamreport'),
    )
    const times = fc.oneof(anything, fc.constantFrom(1_900_000_000, 0, -1, 1e10, 1e300, 1.5))
    const event = fc.record(
      {
        event: kinds,
        sg_event_id: anything,
        timestamp: times,
        sg_message_id: anything,
        reason: anything,
        status: anything,
        tipstaff_attempt: anything,
        type: anything,
        email: anything,
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.array(event, { maxLength: 5 }), fc.jsonValue()), async (events) => {
        const text = JSON.stringify(events)
        const at = String(Math.floor(world.clock.now().epochMilliseconds / 1000))
        const answer = await knock('POST', '/receipts/harbor-pike-sendgrid', {
          headers: {
            'content-type': 'application/json',
            'x-twilio-email-event-webhook-timestamp': at,
            'x-twilio-email-event-webhook-signature': sign(
              'sha256',
              Buffer.from(at + text),
              privateKey,
            ).toString('base64'),
          },
          body: text,
        })
        expect([204, 422], await answer.text()).toContain(answer.status)
      }),
      { numRuns: 300 },
    )
    expect(world.logged.filter((line) => line.includes('a request failed'))).toEqual([])
  })
})

describe('what is signed but makes no sense', () => {
  const secrets = () => sandboxEnvironment('', '')
  const signed = (id: string, payload: Uint8Array) => {
    const at = String(Math.floor(world.clock.now().epochMilliseconds / 1000))
    const key = Buffer.from(secrets().HARBOR_PIKE_FLAT_SECRET!.replace('whsec_', ''), 'base64')
    const mark = createHmac('sha256', key).update(`${id}.${at}.`).update(payload).digest('base64')
    return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${mark}` }
  }
  /** Shaped nearly like what the mappings expect: the deeper a wrong value gets, the more it could break. */
  const nearly = fc
    .record(
      {
        caseId: fc.oneof(fc.jsonValue(), fc.constantFrom('21001', 21001, '', '\u0000', '9'.repeat(400))),
        newStatus: fc.oneof(
          fc.jsonValue(),
          fc.constantFrom('Discovery', '', '\u0000', '\ud800', 'x'.repeat(5_000)),
        ),
        data: fc.oneof(
          fc.jsonValue(),
          fc.record({
            matter_id: fc.oneof(fc.jsonValue(), fc.constant('21001')),
            client_id: fc.jsonValue(),
            current_attributes: fc.oneof(fc.jsonValue(), fc.record({ status: fc.jsonValue() })),
            note: fc.oneof(
              fc.jsonValue(),
              fc.record({
                id: fc.jsonValue(),
                subject: fc.jsonValue(),
                detail: fc.jsonValue(),
                author: fc.jsonValue(),
              }),
            ),
          }),
        ),
        type: fc.oneof(fc.jsonValue(), fc.constantFrom('note.created', 'invoice.paid')),
        id: fc.jsonValue(),
        invoice: fc.oneof(
          fc.jsonValue(),
          fc.record({
            matter: fc.jsonValue(),
            number: fc.jsonValue(),
            total: fc.jsonValue(),
            paid_at: fc.jsonValue(),
          }),
        ),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value))
  /** Numbers that no double holds, and characters that no database takes. */
  const wild = fc
    .tuple(
      nearly,
      fc.constantFrom('9'.repeat(30), '-1e400', '1e-400', '"\\u0000"', '"\\ud800"', '{"__proto__":{}}'),
    )
    .map(([text, value]) => text.replace(/null|true|false|"(Discovery|21001)"/g, value))
  const bytes = (text: string) => new TextEncoder().encode(text)
  const longNumber = bytes(
    `{"type":"note.created","data":{"matter_id":"21001","note":{"id":1,"subject":${'9'.repeat(25)},"detail":"x","author":null}}}`,
  )
  const longTotal = bytes(
    `{"id":"b-1","type":"invoice.paid","invoice":{"matter":"21001","number":${'9'.repeat(25)},"total":${'9'.repeat(25)},"paid_at":"2030-01-01T00:00:00Z"}}`,
  )
  const payloads = fc.oneof(nearly, wild).map((text) => new TextEncoder().encode(text))

  it('is taken, told apart and kept; nothing fails over it', async () => {
    let n = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('harbor-pike-flat', 'harbor-pike-desk', 'harbor-pike-billing'),
        fc.oneof({ weight: 4, arbitrary: payloads }, { weight: 1, arbitrary: body }),
        async (connection, payload) => {
          const id = `fuzz-${n++}`
          const headers =
            connection === 'harbor-pike-billing'
              ? { 'x-billing-secret': secrets().HARBOR_PIKE_BILLING_SECRET! }
              : signed(id, payload)
          const answer = await knock('POST', `/hooks/${connection}?model=%00`, { headers, body: payload })
          expect([200, 202], await answer.text()).toContain(answer.status)
        },
      ),
      {
        numRuns: 300,
        examples: [
          ['harbor-pike-desk', longNumber],
          ['harbor-pike-billing', longTotal],
        ],
      },
    )
    await world.settled()
    const states = await world.rows<{ state: string; n: number }>(
      'select state, count(*)::int as n from inbound_deliveries group by 1',
    )
    expect(states.find((s) => s.state === 'stored')).toBeUndefined()
    expect(states.find((s) => s.state === 'quarantined')!.n).toBeGreaterThan(50)
    expect(world.logged.filter((line) => JSON.parse(line).level === 'error')).toEqual([])
  })
})
