import { createHmac } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox/app.ts'
import { type CmsState, mountCms, STATIC_TOKEN } from '../../sandbox/cms/index.ts'
import { clioHooks, hookModels } from '../../src/adapters/clio/hooks.ts'
import { createClio } from '../../src/adapters/clio/index.ts'
import * as records from '../../src/adapters/clio/records.ts'
import { type RawRequest, systemClock } from '../../src/kernel/index.ts'
import { readJson } from '../../src/kernel/json.ts'
import { snapshotProblems } from '../../src/modules/connections/conformance.ts'
import type { CmsCall, CmsReader, CmsSnapshot } from '../../src/modules/connections/index.ts'
import {
  compileHooks,
  deliveryKey,
  type MappedEvent,
  mapDelivery,
} from '../../src/modules/connections/mapping.ts'
import { verifyHook } from '../../src/modules/connections/verify.ts'
import { clioSpec, propertiesOf } from '../support/clio-spec.ts'

const sandbox = createSandbox({ mounts: [mountCms] })
const cms = sandbox.mounted[0] as CmsState
let url = ''
let close: () => Promise<void>
let calls: CmsCall[] = []
const onCall = (call: CmsCall): void => void calls.push(call)
const kind = createClio(systemClock)
const open = (more: object = {}): CmsReader => kind.open({ baseUrl: url, token: STATIC_TOKEN, ...more })

beforeAll(async () => {
  const listening = await sandbox.listen(0)
  url = listening.url
  close = listening.close
})
afterAll(() => close())
beforeEach(() => {
  cms.reset()
  calls = []
})

const control = async (
  method: string,
  path: string,
  body?: object,
): Promise<{ data: Record<string, never> }> => {
  const answer = await fetch(`${url}/_sandbox${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? { data: {} } : ((await answer.json()) as { data: Record<string, never> })
}
const read = async (matter: string, more?: object): Promise<CmsSnapshot> => {
  const verdict = await open(more).readMatter(matter, onCall)
  if (!verdict.ok) throw new Error(verdict.detail)
  return verdict.value
}

describe('reading a matter from Clio', () => {
  it('gives the matter, its client and how to reach them', async () => {
    const { matter, client, contactPoints, rejected } = await read('21001')
    expect(matter).toMatchObject({
      externalId: '21001',
      number: '00001-Santos',
      title: 'Santos v. Metro Transit Authority',
      rawStatus: 'Discovery',
      data: {
        status: 'Open',
        stage: 'Discovery',
        practice_area: 'Personal Injury',
        responsible_attorney: 'Eleanor Harbor',
        responsible_attorney_id: '61',
        paused: false,
      },
    })
    const since = Temporal.Instant.from(String(matter.data.status_since))
    expect(Temporal.Now.instant().since(since).total('hours')).toBeCloseTo(14 * 24, 0)
    expect(matter.updatedAt).toBeInstanceOf(Temporal.Instant)
    expect(client).toMatchObject({
      externalId: '11001',
      name: 'Maria Santos',
      firstName: 'Maria',
      lastName: 'Santos',
      preference: 'Both',
      timeZone: 'America/New_York',
      language: 'es',
      paused: false,
    })
    expect(contactPoints).toEqual([
      { channel: 'sms', address: '+12015550111', label: 'Mobile', rank: 0 },
      { channel: 'email', address: 'maria.santos@example.com', label: 'Home', rank: 0 },
    ])
    expect(rejected).toEqual([])
  })

  it('holds to the port for every matter of the firm, and reports each call', async () => {
    const { data } = (await control('GET', '/cms/matters')) as unknown as { data: { id: number }[] }
    expect(data.length).toBeGreaterThan(10)
    const reader = open()
    for (const { id } of data) {
      const verdict = await reader.readMatter(String(id), onCall)
      expect(verdict.ok ? snapshotProblems(verdict.value) : verdict).toEqual([])
    }
    // Five a matter, and the picklists once.
    expect(calls).toHaveLength(data.length * 5 + 1)
    expect(calls.every((call) => call.status === 200 && call.error === null && call.ms >= 0)).toBe(true)
    expect(calls[0]).toMatchObject({ method: 'GET', path: `/api/v4/matters/${data[0]?.id}.json` })
  })

  it('tidies what staff typed, and says what it could not use', async () => {
    await control('PATCH', '/cms/contacts/11003', {
      phone_numbers: [
        { name: 'Fax', number: '602 555 0190' },
        { name: 'Work', number: '+442079460958' },
        { name: 'Home', number: '6O2-555-0191' },
        { name: 'Mobile', number: '602.555.0192' },
      ],
      email_addresses: [{ name: 'Work', address: 'not an address' }],
      custom_field_values: [
        { field_name: 'Language', value: 'Español' },
        { field_name: 'Time zone', value: 'Arizona time' },
      ],
    })
    const { client, contactPoints, rejected } = await read('21003')
    expect(client).toMatchObject({ language: 'es', timeZone: null })
    const texts = contactPoints.filter((point) => point.channel === 'sms')
    // The one marked primary before the newer mobile number.
    expect(texts.map(({ address }) => address)).toEqual(['+16025550113', '+16025550192'])
    expect(rejected.map(({ field, value, reason }) => [field, value, reason])).toEqual([
      ['phone', '602 555 0190', 'a fax takes no texts'],
      ['phone', '+442079460958', 'is a landline or an extension, which take no texts'],
      ['phone', '6O2-555-0191', 'holds letters'],
      ['email', 'not an address', 'holds a blank'],
      ['time_zone', 'Arizona time', 'is not an IANA time zone'],
    ])
  })

  it('sees pause, no preference, a company and a picklist option made later', async () => {
    expect((await read('21014')).client?.paused).toBe(true)
    const { client } = await read('21013')
    expect(client).toMatchObject({ preference: null, language: null, timeZone: 'Asia/Singapore' })
    expect((await read('21015')).client).toMatchObject({ name: 'Seabright Fisheries LLC', firstName: null })
    expect((await read('21001', { fields: { preference: 'Language' } })).client?.preference).toBe('es')
  })

  it('reads documents, bills and appointments of this matter only, over all pages', async () => {
    for (let at = 0; at < 205; at++) {
      await control('POST', '/cms/documents', { name: `Exhibit ${at}`, matter: { id: 21004 } })
    }
    await control('POST', '/cms/bills', {
      total: 120.5,
      matters: [{ id: 21004 }],
      state: 'paid',
      client: { id: 11004 },
    })
    const start = '2027-03-01T18:00:00Z'
    await control('POST', '/cms/calendar_entries', {
      summary: 'Hearing',
      start_at: start,
      matter: { id: 21004 },
    })
    const snapshot = await read('21004')
    expect(snapshotProblems(snapshot)).toEqual([])
    expect(snapshot.documents.filter(({ data }) => String(data.name).startsWith('Exhibit'))).toHaveLength(205)
    expect(snapshot.bills.map(({ data }) => [data.state, data.total])).toEqual([['paid', 120.5]])
    expect(snapshot.appointments.map(({ data }) => [data.summary, data.start_at])).toEqual([
      ['Hearing', start],
    ])
  })
})

describe('when Clio does not answer as hoped', () => {
  afterEach(async () => {
    await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' })
    await control('PUT', '/cms/settings', { rateLimit: 'default' })
  })

  it('says that a matter is not there', async () => {
    expect(await open().readMatter('99999', onCall)).toMatchObject({ ok: false, kind: 'not_found' })
    expect(calls).toMatchObject([{ status: 404, error: 'Clio answered 404 RecordNotFound' }])
    expect(await open().readMatter('../users', onCall)).toMatchObject({ ok: false, kind: 'not_found' })
    expect(calls).toHaveLength(1)
  })

  it('says that the token is no good, and tells doctor', async () => {
    const reader = open({ token: 'stolen' })
    expect(await reader.readMatter('21001', onCall)).toMatchObject({ ok: false, kind: 'unauthorised' })
    expect(await reader.check(onCall)).toBe('Clio answered 401 invalid_token')
    expect(await open().check(onCall)).toBeNull()
  })

  it('takes 5xx and silence for "later"', async () => {
    await control('PUT', '/faults', [{ provider: 'clio', kind: 'status', status: 503 }] as object)
    expect(await open().readMatter('21001', onCall)).toMatchObject({ ok: false, kind: 'unavailable' })
    await control('PUT', '/faults', [{ provider: 'clio', kind: 'timeout', delayMs: 2_000 }] as object)
    const silent = await open({ timeoutMs: 100 }).readMatter('21001', onCall)
    expect(silent).toEqual({ ok: false, kind: 'unavailable', detail: 'Clio: no answer in time' })
    expect(calls.at(-1)).toMatchObject({ status: null, error: 'no answer in time' })
    const nobody = kind.open({ baseUrl: 'http://127.0.0.1:1', token: 'x' })
    expect(await nobody.readMatter('21001', onCall)).toMatchObject({
      kind: 'unavailable',
      detail: 'Clio: no connection',
    })
  })

  it('obeys the rate limit: waits as told, and does not call again before', async () => {
    await control('PUT', '/cms/settings', { rateLimit: 3 })
    const reader = open()
    const limited = await reader.readMatter('21001', onCall)
    if (limited.ok || limited.kind !== 'rate_limited') throw new Error(JSON.stringify(limited))
    expect(limited.retryAfter).toBeGreaterThan(0)
    expect(limited.retryAfter).toBeLessThanOrEqual(60)
    const before = calls.length
    expect(await reader.readMatter('21001', onCall)).toMatchObject({ ok: false, kind: 'rate_limited' })
    expect(calls).toHaveLength(before)
  })

  it('names each wrong setting with its path', () => {
    const verdict = kind.parse({
      token: '',
      country: 'usa',
      baseUrl: 'app.clio.com',
      fields: { pause: ' ' },
      extra: 1,
    })
    const paths = verdict.ok ? [] : verdict.problems.map(({ path }) => path)
    expect(paths.sort()).toEqual(['', 'baseUrl', 'country', 'fields.pause', 'token'])
    expect(kind.parse({ token: 'env:CLIO_TOKEN' })).toEqual({ ok: true })
    expect(() => kind.open({ token: 'env:CLIO_TOKEN' })).toThrow('still a reference')
  })
})

/** The firm's side: takes webhooks, echoes handshakes. */
const received: RawRequest[] = []
let echo = true
const receiver = http.createServer(async (request, response) => {
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part as Uint8Array)
  const offered = request.headers['x-hook-secret']
  if (typeof offered === 'string') {
    return void response.writeHead(echo ? 200 : 204, echo ? { 'x-hook-secret': offered } : {}).end()
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  received.push({ method: 'POST', url: request.url ?? '', headers, body: Buffer.concat(parts) })
  response.writeHead(204).end()
  for (const { count, done } of waiting) if (received.length >= count) done(received)
})
const waiting: { count: number; done: (all: RawRequest[]) => void }[] = []
const until = (count: number): Promise<RawRequest[]> =>
  new Promise((done) => {
    if (received.length >= count) done(received)
    else waiting.push({ count, done })
  })

describe("Clio's webhooks", () => {
  const compiled = compileHooks(clioHooks)
  let hookUrl = ''
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        receiver.listen(0, '127.0.0.1', () => {
          hookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`
          resolve()
        })
      }),
  )
  afterAll(() => void receiver.close())
  beforeEach(() => {
    received.length = 0
    waiting.length = 0
    echo = true
  })

  const subscriptions = () => {
    const found = open().subscriptions
    if (found === undefined) throw new Error('no subscriptions')
    return found
  }
  const later = Temporal.Now.instant().add({ hours: 24 * 20 })
  const subscribe = async (model: string): Promise<string> => {
    const wanted = hookModels.find((one) => one.model === model)
    if (wanted === undefined) throw new Error(model)
    const made = await subscriptions().subscribe(
      { ...wanted, url: `${hookUrl}/${model}`, expiresAt: later },
      onCall,
    )
    if (!made.ok || made.value.secret === null) throw new Error(JSON.stringify(made))
    expect(made.value).toMatchObject({ model, state: 'active' })
    return made.value.secret
  }
  const input = (request: RawRequest) => {
    const body = readJson(request.body)
    if (!body.ok) throw new Error(body.reason)
    const model = request.url.split('/').at(-1) ?? ''
    return { body: body.value, headers: request.headers, model, receivedAt: Temporal.Now.instant() }
  }
  const eventsOf = (request: RawRequest | undefined): MappedEvent[] => {
    if (!compiled.ok || request === undefined) throw new Error('nothing to map')
    const mapping = mapDelivery(compiled.hooks, input(request))
    if (mapping.kind !== 'events') throw new Error(JSON.stringify(mapping))
    return mapping.events
  }

  it('compile', () => {
    expect(compiled.ok ? [] : compiled.problems).toEqual([])
  })

  it('are subscribed to, listed, renewed and ended', async () => {
    for (const { model } of hookModels) await subscribe(model)
    const listed = await subscriptions().list(onCall)
    if (!listed.ok) throw new Error(listed.detail)
    expect(listed.value.map(({ model, state }) => [model, state])).toEqual(
      hookModels.map(({ model }) => [model, 'active']),
    )
    const [first] = listed.value
    if (first === undefined) throw new Error('none')
    const renewed = await subscriptions().renew(first.externalId, later.add({ hours: 24 }), onCall)
    expect(renewed.ok && renewed.value.expiresAt?.since(later).total('hours')).toBeCloseTo(24, 1)
    expect(await subscriptions().renew(first.externalId, later.add({ hours: 2_400 }), onCall)).toMatchObject({
      kind: 'refused',
    })
    expect(await subscriptions().end(first.externalId, onCall)).toEqual({ ok: true, value: null })
    expect(await subscriptions().end(first.externalId, onCall)).toEqual({ ok: true, value: null })
  })

  it('are activated from our side when the handshake went unanswered', async () => {
    echo = false
    await subscribe('matter')
  })

  it('become a status change, verified by the secret that subscribing returned', async () => {
    const secret = await subscribe('matter')
    const { data } = (await control('GET', '/cms/matter_stages')) as unknown as {
      data: { id: number; name: string }[]
    }
    const stage = data.find(({ name }) => name === 'Settlement Offer')?.id
    await control('PATCH', '/cms/matters/21001', { matter_stage: { id: stage } })
    const [request] = await until(1)
    if (request === undefined) throw new Error('nothing came')
    const verify = (secrets: string[]) =>
      verifyHook({ scheme: 'clio' }, request, { active: secrets }, Temporal.Now.instant())
    expect(verify(['another', secret])).toEqual({ ok: true, secretIndex: 1 })
    expect(verify(['another'])).toMatchObject({ status: 401 })
    const [event] = eventsOf(request)
    const { matter } = await read('21001')
    expect(event).toMatchObject({
      type: 'matter.status_changed',
      matterExternalId: '21001',
      status: 'Settlement Offer',
      subject: null,
    })
    // Webhook and reading agree, so that neither makes the other a change.
    expect(matter.rawStatus).toBe(event?.status)
    expect(event?.occurredAt?.equals(matter.updatedAt ?? later)).toBe(true)
    if (compiled.ok) expect(deliveryKey(compiled.hooks, input(request))).toMatch(/^matter:updated:21001:/)
  })

  it('become hearings, documents and bills whose facts are the ones that reading gives', async () => {
    for (const model of ['calendar_entry', 'document', 'bill']) await subscribe(model)
    const entry = {
      summary: 'Deposition of the driver',
      start_at: '2027-03-01T18:00:00Z',
      location: 'Room 5',
    }
    const made = await control('POST', '/cms/calendar_entries', { ...entry, matter: { id: 21002 } })
    await control('POST', '/cms/documents', { name: 'Transcript.pdf', matter: { id: 21002 } })
    await control('POST', '/cms/bills', {
      total: 900,
      state: 'awaiting_payment',
      matters: [{ id: 21002 }],
      client: { id: 11002 },
    })
    const requests = await until(3)
    const events = requests.flatMap(eventsOf)
    const of = (type: string) => events.find((event) => event.type === type)
    const { appointments, documents, bills } = await read('21002')
    for (const [type, facts] of [
      ['hearing.scheduled', appointments],
      ['document.filed', documents],
      ['invoice.issued', bills],
    ] as const) {
      const event = of(type)
      const fact = facts.find(({ externalId }) => externalId === event?.fact?.externalId)
      expect(event).toMatchObject({
        matterExternalId: '21002',
        subject: expect.stringContaining(fact?.externalId ?? '?'),
      })
      expect(event?.fact).toMatchObject({ version: fact?.version, data: fact?.data, removed: false })
      expect(event?.occurredAt?.equals(fact?.updatedAt ?? later)).toBe(true)
    }

    received.length = 0
    const id = (made.data as { id?: string }).id
    await control('PATCH', `/cms/calendar_entries/${id}`, { description: 'Bring the photographs' })
    await control('PATCH', `/cms/calendar_entries/${id}`, {
      start_at: '2027-03-02T18:00:00Z',
      end_at: '2027-03-02T19:00:00Z',
    })
    await control('DELETE', `/cms/calendar_entries/${id}`)
    const told = (await until(3)).flatMap(eventsOf)
    // They may overtake each other.
    const reworded = told.find(
      ({ type, data }) => type === 'hearing.moved' && data.start_at === entry.start_at,
    )
    const moved = told.find(({ type, data }) => type === 'hearing.moved' && data.start_at !== entry.start_at)
    const cancelled = told.find(({ type }) => type === 'hearing.cancelled')
    expect(reworded?.fact?.version).toBe(of('hearing.scheduled')?.fact?.version)
    expect(moved).toMatchObject({ type: 'hearing.moved', data: { start_at: '2027-03-02T18:00:00Z' } })
    expect(moved?.fact?.version).not.toBe(reworded?.fact?.version)
    expect(cancelled).toMatchObject({
      type: 'hearing.cancelled',
      fact: { kind: 'appointment', removed: true },
    })
    expect(new Set([reworded, moved, cancelled].map((event) => event?.subject)).size).toBe(3)
  })

  it('become news of a paid bill, a changed client and a comment', async () => {
    for (const model of ['bill', 'contact', 'communication']) await subscribe(model)
    const bills = (await control('GET', '/cms/bills')) as unknown as { data: { id: number; state: string }[] }
    const unpaid = bills.data.find(({ state }) => state === 'awaiting_payment')?.id
    await control('PATCH', `/cms/bills/${unpaid}`, { state: 'paid' })
    await control('PATCH', '/cms/contacts/11002', { first_name: 'Jim' })
    await control('POST', '/cms/communications', {
      type: 'PhoneCommunication',
      subject: 'Called about the offer',
      body: 'He will think about it.',
      matter: { id: 21002 },
    })
    const events = (await until(3)).flatMap(eventsOf)
    expect(events.map(({ type }) => type).sort()).toEqual(['client.changed', 'comment.added', 'invoice.paid'])
    const of = (type: string) => events.find((event) => event.type === type)
    expect(of('invoice.paid')?.subject).toBe(`bill:${unpaid}@paid`)
    expect(of('client.changed')).toMatchObject({ matterExternalId: null, clientExternalId: '11002' })
    expect(of('comment.added')).toMatchObject({
      matterExternalId: '21002',
      data: { subject: 'Called about the offer' },
    })
  })

  it('are ignored where they belong to no matter', () => {
    if (!compiled.ok) return expect(compiled.problems).toEqual([])
    const body = { data: { id: 5, etag: '"x"', matter: null }, meta: { event: 'created', webhook_id: 1 } }
    for (const model of ['document', 'calendar_entry', 'communication', 'task']) {
      const mapping = mapDelivery(compiled.hooks, { body, headers: {}, model, receivedAt: later })
      expect(mapping).toEqual({ kind: 'ignored' })
    }
    const odd = mapDelivery(compiled.hooks, { body: {}, headers: {}, model: 'matter', receivedAt: later })
    expect(odd).toEqual({ kind: 'unmapped' })
  })

  it('are signed as the adapter expects, by a signer of our own too', () => {
    const body = Buffer.from('{"data":{}}')
    const signature = createHmac('sha256', 'k').update(body).digest('base64')
    const request = { method: 'POST', url: hookUrl, headers: { 'x-hook-signature': signature }, body }
    expect(verifyHook({ scheme: 'clio' }, request, { active: ['k'] }, later)).toEqual({
      ok: true,
      secretIndex: 0,
    })
  })
})

describe("Clio's published specification", () => {
  it.runIf(clioSpec !== null)('knows every field that we ask for', () => {
    const asked = {
      Matter: [records.matterFields],
      Contact: [records.contactFields],
      Document: [records.documentFields],
      Bill: [records.billFields],
      CalendarEntry: [records.entryFields],
      Communication: [records.communicationFields],
      CustomField: [records.customFieldFields],
      Webhook: [records.webhookFields],
    }
    for (const [name, texts] of Object.entries(asked)) {
      const own = propertiesOf(clioSpec?.components.schemas[name] ?? {})
      for (const [, field = '', , inner] of (texts[0] ?? '').matchAll(/(\w+)(\{([^}]*)\})?/g)) {
        expect(own, name).toHaveProperty(field)
        const nested = own[field]
        for (const part of inner?.split(',') ?? []) {
          expect(propertiesOf(nested?.items ?? nested ?? {}), `${name}.${field}`).toHaveProperty(part)
        }
      }
    }
  })
})
