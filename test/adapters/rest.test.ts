/** Any REST system by configuration, held against two that it has never heard of: the example firms' own settings. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createSandbox } from '../../sandbox/app.ts'
import {
  FILEVINE_PAT,
  FILEVINE_SECRET,
  type FilevineState,
  mountFilevine,
} from '../../sandbox/filevine/index.ts'
import { MYCASE_TOKEN, type MycaseState, mountMycase } from '../../sandbox/mycase/index.ts'
import { createRest } from '../../src/adapters/rest/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import { snapshotProblems } from '../../src/modules/connections/conformance.ts'
import type {
  CmsCall,
  CmsLimit,
  CmsPage,
  CmsReader,
  CmsRecord,
  CmsSnapshot,
  CmsVerdict,
} from '../../src/modules/connections/index.ts'
import {
  compileHooks,
  deliveryKey,
  type MappedEvent,
  mapDelivery,
} from '../../src/modules/connections/mapping.ts'

const sandbox = createSandbox({ mounts: [mountMycase, mountFilevine] })
const [mycase, filevine] = sandbox.mounted as [MycaseState, FilevineState]
let url = ''
let close: () => Promise<void>
let calls: CmsCall[] = []
const onCall = (call: CmsCall): void => void calls.push(call)
const kind = createRest(systemClock)

type Settings = Record<string, unknown>
const settingsOf = (firm: string): Settings => {
  const file = join(import.meta.dirname, '..', '..', 'examples', firm, 'firm.yaml')
  const { connections } = parse(readFileSync(file, 'utf8')) as {
    connections: { kind: string; settings: Settings }[]
  }
  return connections.find((connection) => connection.kind === 'rest')!.settings
}
const systems = {
  mycase: () => ({
    ...settingsOf('mycase-firm'),
    baseUrl: `${url}/mycase/v1`,
    secret: MYCASE_TOKEN,
  }),
  filevine: () => ({
    ...settingsOf('filevine-firm'),
    baseUrl: `${url}/filevine/fv-app/v2`,
    identityUrl: `${url}/filevine/connect/token`,
    secret: FILEVINE_SECRET,
    secondSecret: FILEVINE_PAT,
  }),
}
type System = keyof typeof systems
const open = (system: System, more: Settings = {}): CmsReader => kind.open({ ...systems[system](), ...more })

beforeAll(async () => {
  const listening = await sandbox.listen(0)
  url = listening.url
  close = listening.close
})
afterAll(() => close())
beforeEach(async () => {
  mycase.reset()
  filevine.reset()
  sandbox.core.faults.set([])
  sandbox.core.calls.clear()
  calls = []
  for (const system of ['mycase', 'filevine'])
    await control('PUT', `/${system}/settings`, { rateLimit: null })
})

async function control(method: string, path: string, body?: object) {
  const answer = await fetch(`${url}/_sandbox${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? null : ((await answer.json()) as { data: Record<string, unknown> })
}
const good = <T>(verdict: CmsVerdict<T>): T => {
  if (!verdict.ok) throw new Error(`${verdict.kind}: ${verdict.detail}`)
  return verdict.value
}
const read = async (system: System, matter: string, more?: Settings): Promise<CmsSnapshot> =>
  good(await open(system, more).readMatter(matter, onCall))
const queries = (system: System) =>
  sandbox.core.calls
    .list({ provider: system })
    .map(({ path, query }) => `${path}?${decodeURIComponent(query ?? '')}`)

/** Every record of a list, and how many pages it took. */
async function all(reader: CmsReader, model: string, since: Temporal.Instant | null = null) {
  const now = Temporal.Now.instant()
  const window = { from: now.subtract({ hours: 24 * 60 }), until: now.add({ hours: 24 * 365 }) }
  const records: CmsRecord[] = []
  let cursor: string | null = null
  let pages = 0
  do {
    const page: CmsPage = good(await reader.changes!.page(model, { since, window, cursor }, onCall))
    records.push(...page.records)
    cursor = page.next
    pages++
  } while (cursor !== null && pages < 100)
  return { records, pages }
}

describe.each([
  { system: 'mycase', matters: ['601', '602', '603', '604', '605'], calls: 5 },
  { system: 'filevine', matters: ['4101', '4102', '4103', '4104'], calls: 5 },
] as const)('reading a matter from a system like $system', ({ system, matters, calls: each }) => {
  it('holds to the port for each of its matters, and reports each call', async () => {
    const reader = open(system)
    for (const matter of matters)
      expect(snapshotProblems(good(await reader.readMatter(matter, onCall)))).toEqual([])
    // Its token, once, where it needs one.
    expect(calls).toHaveLength(matters.length * each + (system === 'filevine' ? 1 : 0))
    expect(calls.every(({ status, error, ms }) => status === 200 && error === null && ms >= 0)).toBe(true)
    expect(sandbox.core.calls.list({ provider: system })).toHaveLength(calls.length)
  })

  it('says what went wrong in the words of the port', async () => {
    const [matter] = matters
    expect(await open(system).readMatter('999', onCall)).toMatchObject({ kind: 'not_found' })
    expect(await open(system).readMatter('..', onCall)).toMatchObject({ kind: 'not_found' })
    expect(await open(system, { secret: 'wrong' }).readMatter(matter, onCall)).toMatchObject({
      kind: 'unauthorised',
    })
    expect(await open(system).check(onCall)).toBeNull()
    expect(await open(system, { secret: 'wrong' }).check(onCall)).toMatch(/401/)

    const reader = open(system)
    await reader.check(onCall)
    for (const [status, kind] of [
      [403, 'unauthorised'],
      [404, 'not_found'],
      [422, 'refused'],
      [500, 'unavailable'],
      [503, 'unavailable'],
    ] as const) {
      sandbox.core.faults.set([{ provider: system, kind: 'status', status, count: 1 }])
      expect(await reader.readMatter(matter, onCall)).toMatchObject({ ok: false, kind })
    }
    sandbox.core.faults.set([{ provider: system, kind: 'timeout' }])
    const quick = open(system, { timeoutMs: 150 })
    expect(await quick.readMatter(matter, onCall)).toMatchObject({ kind: 'unavailable' })
    expect(calls.at(-1)).toMatchObject({ status: null })
  })

  it('stops when it is told to wait, and says for how long', async () => {
    await control('PUT', `/${system}/settings`, { rateLimit: 2 })
    const told: (CmsLimit | undefined)[] = []
    const gate = {
      enter: () =>
        Promise.resolve({
          ok: true as const,
          value: { leave: (limit?: CmsLimit) => void told.push(limit) },
        }),
    }
    const reader = kind.open(systems[system](), { gate })
    const verdict = await reader.readMatter(matters[0], onCall)
    expect(verdict).toMatchObject({ ok: false, kind: 'rate_limited', retryAfter: expect.any(Number) })
    expect(told[0]).toMatchObject({ kind: 'window', limit: 2, remaining: 1 })
    expect(told.some((limit) => limit?.kind === 'closed')).toBe(true)
    // Each call came by the gate; tokens come from elsewhere.
    const own = sandbox.core.calls.list({ provider: system }).filter(({ path }) => !path.includes('connect'))
    expect(told).toHaveLength(own.length)

    // Without a gate that all share, the process itself heeds it.
    const alone = open(system)
    await alone.readMatter(matters[0], onCall)
    const before = sandbox.core.calls.list({ provider: system }).length
    expect(await alone.readMatter(matters[0], onCall)).toMatchObject({ kind: 'rate_limited' })
    expect(sandbox.core.calls.list({ provider: system }).length).toBe(before)
  })
})

describe('a matter', () => {
  it('comes with its client, how to reach them, and its facts in our words', async () => {
    const { matter, client, contactPoints, bills, documents, appointments } = await read('mycase', '601')
    expect(matter).toMatchObject({
      externalId: '601',
      number: '2026-0011',
      title: 'Duarte v. Harbor Freight Lines',
      rawStatus: 'Discovery',
      data: { status: 'Discovery', responsible_attorney: 'Moira Tide', paused: false },
    })
    expect(client).toMatchObject({
      externalId: '501',
      name: 'Ines Duarte',
      preference: 'Both',
      timeZone: 'America/New_York',
      language: 'es',
      paused: false,
    })
    expect(contactPoints).toEqual([
      { channel: 'sms', address: '+12125550131', label: 'Mobile', rank: 0 },
      { channel: 'email', address: 'ines.duarte@example.com', label: null, rank: 0 },
    ])
    expect(bills).toMatchObject([
      { externalId: '901', data: { state: 'awaiting_payment', total: 1250, paid: 0 } },
    ])
    expect(documents).toMatchObject([{ data: { name: 'Complaint.pdf', category: 'Pleadings' } }])
    expect(appointments.map(({ data }) => data.summary)).toEqual(['Motion hearing', 'Status conference'])
    expect((await read('mycase', '603')).client).toMatchObject({ paused: true, preference: 'SMS' })
    expect((await read('mycase', '604')).client).toMatchObject({ preference: null, timeZone: null })
  })

  it('has its diary asked for by dates, never whole', async () => {
    const { appointments } = await read('filevine', '4102')
    // One lies beyond the year that is asked for, and the system itself left it out.
    expect(appointments.map(({ externalId }) => externalId)).toEqual(['5102'])
    const asked = queries('filevine').find((query) => query.includes('/Appointments'))
    expect(asked).toMatch(
      /\/Projects\/4102\/Appointments\?.*startDate=\d{4}-\d\d-\d\d&endDate=\d{4}-\d\d-\d\d/,
    )
    const { records } = await all(open('mycase'), 'event')
    expect(records.length).toBeGreaterThan(0)
    const events = queries('mycase').filter((query) => query.includes('/events'))
    expect(events.every((query) => /filter\[start_after\]=.*Z&filter\[start_before\]=.*Z/.test(query))).toBe(
      true,
    )
    expect(
      await open('mycase').changes!.page('event', { since: null, window: null, cursor: null }, onCall),
    ).toMatchObject({
      kind: 'refused',
    })
  })

  it('takes dates in the form and zone that its system writes them in', async () => {
    await control('PATCH', '/mycase/events/701', { start: '10/15/2026 2:30 PM', end: null })
    const data = {
      start_at: "time(record.start, 'MM/dd/yyyy h:mm a', 'America/Chicago')",
      end_at: 'record.end',
    }
    const { appointments } = systems.mycase() as unknown as {
      appointments: { fields: object; ofMatter: object }
    }
    const mended = {
      ...appointments,
      // The sandbox can't compare such a date with others.
      ofMatter: { ...appointments.ofMatter, window: undefined },
      fields: { ...appointments.fields, data },
    }
    const snapshot = await read('mycase', '601', { appointments: mended })
    expect(snapshot.appointments[0]?.data).toEqual({ start_at: '2026-10-15T19:30:00Z', end_at: null })
  })

  it('is not mixed with the facts of another, where the system heeds no filter', async () => {
    const { documents } = systems.mycase() as unknown as { documents: { ofMatter: object } }
    const careless = { ...documents, ofMatter: { ...documents.ofMatter, query: { matter: '{matter}' } } }
    expect(await open('mycase', { documents: careless }).readMatter('601', onCall)).toMatchObject({
      kind: 'refused',
      detail: expect.stringContaining('another matter'),
    })
  })
})

describe('paging', () => {
  beforeEach(() => {
    for (let at = 0; at < 23; at++)
      filevine.records.add('contacts', { firstName: 'N', lastName: String(at) }, { id: 9_000 + at })
    for (let at = 0; at < 23; at++)
      mycase.records.add('clients', { first_name: 'N', last_name: String(at) }, { id: 9_000 + at })
  })
  const withPaging = (system: System, paging: object) => {
    const settings = systems[system]() as unknown as { clients: { list: object } }
    return open(system, { clients: { ...settings.clients, list: { ...settings.clients.list, paging } } })
  }
  const unique = ({ records, pages }: Awaited<ReturnType<typeof all>>) => ({
    ids: new Set(records.map(({ externalId }) => externalId)).size,
    records: records.length,
    pages,
  })

  it.each([
    ['by Link header', 'mycase', { by: 'link', size: 'page_size', perPage: 10 }, 3],
    [
      'by offset, told whether there is more',
      'filevine',
      { by: 'offset', size: 'limit', perPage: 10, more: 'body.hasMore' },
      3,
    ],
    ['by offset, to an empty page', 'filevine', { by: 'offset', size: 'limit', perPage: 10 }, 4],
    // What it gives at once is less than it is asked for: the next page begins where this one ended.
    ['by offset, in smaller pages than asked for', 'filevine', { by: 'offset', perPage: 10_000 }, 2],
    [
      'by the next page’s address',
      'filevine',
      { by: 'address', next: 'body.links.?next', size: 'limit', perPage: 10 },
      3,
    ],
  ] as const)('%s', async (_name, system, paging, pages) => {
    const model = system === 'mycase' ? 'client' : 'contact'
    const count = system === 'mycase' ? 27 : 26
    const found = unique(await all(withPaging(system, paging), model))
    expect(found).toEqual({ ids: count, records: count, pages })
  })

  it('goes on from a page’s place later, in another process', async () => {
    const paging = { by: 'link', size: 'page_size', perPage: 10 }
    const ask = { since: null, window: null }
    const first = good(
      await withPaging('mycase', paging).changes!.page('client', { ...ask, cursor: null }, onCall),
    )
    const second = await withPaging('mycase', paging).changes!.page(
      'client',
      { ...ask, cursor: first.next },
      onCall,
    )
    expect(good(second).records).toHaveLength(10)
    for (const cursor of ['', '5', '[1]', '["@https://elsewhere.example.com/","x"]'])
      expect(
        await withPaging('mycase', paging).changes!.page('client', { ...ask, cursor }, onCall),
      ).toMatchObject({
        ok: false,
        kind: 'refused',
      })
  })

  it('notices that the same page comes again and again', async () => {
    // The system knows no parameter of that name.
    const reader = withPaging('filevine', { by: 'offset', offset: 'from', size: 'limit', perPage: 10 })
    const ask = { since: null, window: null }
    const first = good(await reader.changes!.page('contact', { ...ask, cursor: null }, onCall))
    expect(await reader.changes!.page('contact', { ...ask, cursor: first.next }, onCall)).toMatchObject({
      kind: 'refused',
      detail: expect.stringContaining('the same page again'),
    })
  })

  it('counts all ids, where a list shows all there is', async () => {
    const { changes } = withPaging('mycase', { by: 'link', size: 'page_size', perPage: 20 })
    const { ids, next } = good(await changes!.ids('client', null, onCall))
    expect([ids.length, next !== null]).toEqual([20, true])
    expect(good(await changes!.ids('client', next, onCall))).toMatchObject({ next: null })
    expect(await changes!.ids('event', null, onCall)).toMatchObject({ kind: 'refused' })
    expect(changes!.streams).toEqual([
      { model: 'client', holds: 'client', by: 'since', countable: true },
      { model: 'case', holds: 'matter', by: 'since', countable: true },
      { model: 'document', holds: 'document', by: 'since', countable: true },
      { model: 'invoice', holds: 'bill', by: 'since', countable: true },
      { model: 'event', holds: 'appointment', by: 'window', countable: false },
    ])
  })
})

describe('tokens of the identity server', () => {
  const tokenCalls = () =>
    sandbox.core.calls.list({ provider: 'filevine' }).filter(({ path }) => path.includes('connect'))

  it('are fetched once for twenty calls at once', async () => {
    const reader = open('filevine')
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_, at) => reader.readMatter(['4101', '4102', '4103'][at % 3]!, onCall)),
    )
    expect(verdicts.every(({ ok }) => ok)).toBe(true)
    expect(tokenCalls()).toHaveLength(1)
  })

  it('that were withdrawn are replaced once for twenty calls at once', async () => {
    const reader = open('filevine')
    good(await reader.readMatter('4101', onCall))
    await control('POST', '/filevine/tokens/revoke')
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => reader.readMatter('4101', onCall)))
    expect(verdicts.every(({ ok }) => ok)).toBe(true)
    expect(tokenCalls()).toHaveLength(2)
  })

  it('are not used in their last minute', async () => {
    await control('PUT', '/filevine/settings', { expiresIn: 30 })
    let now = Temporal.Now.instant()
    const clock = { now: () => now, monotonic: () => 0 }
    const reader = createRest(clock).open(systems.filevine())
    await reader.check(onCall)
    await reader.check(onCall)
    expect(tokenCalls()).toHaveLength(1)
    now = now.add({ seconds: 5 })
    await reader.check(onCall)
    expect(tokenCalls()).toHaveLength(2)
  })

  it('are had by client credentials too, told in a header', async () => {
    const auth = { by: 'oauth', client: 'sandbox-filevine-client', tell: 'basic' }
    expect(await open('filevine', { auth }).check(onCall)).toBeNull()
    expect(await open('filevine', { auth: { ...auth, client: 'nobody' } }).check(onCall)).toMatch(
      /identity server answered 401 invalid_client/,
    )
  })
})

describe('what polls find', () => {
  const hooksOf = (system: System) => {
    const compiled = compileHooks(kind.listHooks!(systems[system]()))
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
    return compiled.hooks
  }
  const receivedAt = Temporal.Instant.from('2026-11-26T15:00:00Z')
  const mapped = (system: System, body: ReturnType<CmsRecord['payload']>, model: string) => {
    const input = { body, headers: {}, model, receivedAt }
    return { key: deliveryKey(hooksOf(system), input), mapping: mapDelivery(hooksOf(system), input) }
  }
  const eventsOf = (system: System, records: CmsRecord[], model: string, event: 'created' | 'updated') =>
    records.flatMap((record): (MappedEvent & { key: string | null })[] => {
      const { key, mapping } = mapped(system, record.payload(event), model)
      return mapping.kind === 'events' ? mapping.events.map((one) => ({ ...one, key })) : []
    })
  const changed = async (system: System, model: string) => {
    // Only what changed: the seed counts as changed when the sandbox began.
    const { records } = await all(
      open(system),
      model,
      Temporal.Instant.fromEpochMilliseconds(sandbox.core.now() - 500),
    )
    return records
  }
  /** The sandbox's times are whole seconds, so what was seeded is made older than what follows. */
  const age = () => {
    for (const { records } of [mycase, filevine])
      for (const list of records.lists) for (const row of records.all(list)) row.updated -= 3_600_000
  }
  beforeEach(age)

  it('is a status change, whose version no other change has', async () => {
    await control('PATCH', '/mycase/cases/601', { case_stage: 'Trial prep' })
    const [first] = eventsOf('mycase', await changed('mycase', 'case'), 'case', 'updated')
    expect(first).toMatchObject({
      type: 'matter.status_changed',
      matterExternalId: '601',
      clientExternalId: '501',
      status: 'Trial prep',
    })
    const { matter } = await read('mycase', '601')
    expect(matter.rawStatus).toBe(first?.status)
    expect(first?.occurredAt?.equals(matter.updatedAt!)).toBe(true)
    // Within the same second, by which the system tells times.
    await control('PATCH', '/mycase/cases/601', { case_stage: 'Settlement talks' })
    const [second] = eventsOf('mycase', await changed('mycase', 'case'), 'case', 'updated')
    expect(second?.status).toBe('Settlement talks')
    expect(second?.key).not.toBe(first?.key)
    // Polls overlap: the same record again is the same delivery, whether it is taken for new or for changed.
    const [again] = eventsOf('mycase', await changed('mycase', 'case'), 'case', 'created')
    expect(again?.key).toBe(second?.key)
    expect(await changed('filevine', 'project')).toEqual([])
  })

  it('is a hearing that is scheduled, moved, reworded and cancelled', async () => {
    const reader = open('filevine')
    const made = (await control('POST', '/filevine/appointments', {
      title: 'Mediation',
      location: 'Room 5',
      project: 4102,
      start: '2027-03-01T18:00:00Z',
      end: '2027-03-01T19:00:00Z',
    }))!.data as { appointmentId: { native: number } }
    const id = String(made.appointmentId.native)
    const seen = async (event: 'created' | 'updated') => {
      const { records } = await all(reader, 'appointment')
      return eventsOf(
        'filevine',
        records.filter(({ externalId }) => externalId === id),
        'appointment',
        event,
      )[0]
    }
    const scheduled = await seen('created')
    expect(scheduled).toMatchObject({
      type: 'hearing.scheduled',
      matterExternalId: '4102',
      data: { summary: 'Mediation', start_at: '2027-03-01T18:00:00Z' },
      fact: { kind: 'appointment', externalId: id, removed: false },
    })
    const { appointments } = await read('filevine', '4102')
    const fact = appointments.find(({ externalId }) => externalId === id)
    expect(scheduled?.fact).toMatchObject({ version: fact?.version, data: fact?.data })

    await control('PATCH', `/filevine/appointments/${id}`, { notes: 'Bring the photographs' })
    const reworded = await seen('updated')
    expect(reworded?.fact?.version).toBe(scheduled?.fact?.version)
    await control('PATCH', `/filevine/appointments/${id}`, { start: '2027-03-02T18:00:00Z' })
    const moved = await seen('updated')
    expect(moved).toMatchObject({ type: 'hearing.moved', data: { start_at: '2027-03-02T18:00:00Z' } })
    expect(moved?.fact?.version).not.toBe(scheduled?.fact?.version)
    expect(new Set([scheduled, reworded, moved].map((event) => event?.key)).size).toBe(3)

    const gone = mapped('filevine', reader.changes!.gone('appointment', id), 'appointment')
    expect(gone.mapping).toMatchObject({
      kind: 'events',
      events: [{ type: 'hearing.cancelled', fact: { kind: 'appointment', externalId: id, removed: true } }],
    })
    expect(gone.key).toBe(`appointment:${id}@gone 2026-11-26`)
  })

  it('is a hearing that is still listed, and called off', () => {
    const { appointments } = systems.mycase() as unknown as { appointments: { fields: object } }
    const withStatus = {
      ...systems.mycase(),
      appointments: {
        ...appointments,
        fields: { ...appointments.fields, removed: "record.name.startsWith('CANCELLED')" },
      },
    }
    mycase.records.change('events', mycase.records.get('events', 701)!, { name: 'CANCELLED Motion hearing' })
    return all(kind.open(withStatus), 'event').then(({ records }) => {
      const types = eventsOf('mycase', records, 'event', 'updated').map(({ type, fact }) => [
        fact?.externalId,
        type,
      ])
      expect(types).toContainEqual(['701', 'hearing.cancelled'])
      expect(types).toContainEqual(['702', 'hearing.moved'])
    })
  })

  it('is a document filed, a bill issued and paid, a client changed', async () => {
    await control('POST', '/filevine/documents', {
      filename: 'Transcript.pdf',
      hashtags: ['transcript'],
      project: 4101,
    })
    expect(eventsOf('filevine', await changed('filevine', 'document'), 'document', 'created')).toMatchObject([
      {
        type: 'document.filed',
        matterExternalId: '4101',
        data: { name: 'Transcript.pdf', tags: ['transcript'] },
        fact: { kind: 'document', data: { tags: ['transcript'] } },
      },
    ])
    await control('PATCH', '/filevine/invoices/7101', { status: 'Paid', balanceDue: 0 })
    expect(eventsOf('filevine', await changed('filevine', 'invoice'), 'invoice', 'updated')).toMatchObject([
      { type: 'invoice.paid', subject: 'bill:7101@paid', matterExternalId: '4102', data: { due: 0 } },
    ])
    await control('POST', '/mycase/invoices', {
      invoice_number: '9',
      status: 'sent',
      total_amount: '10.50',
      paid_amount: '0',
      case: 602,
    })
    await control('POST', '/mycase/invoices', {
      invoice_number: '10',
      status: 'draft',
      total_amount: '1',
      paid_amount: '0',
      case: 602,
    })
    expect(eventsOf('mycase', await changed('mycase', 'invoice'), 'invoice', 'created')).toMatchObject([
      { type: 'invoice.issued', matterExternalId: '602', data: { number: '9', total: 10.5 } },
    ])
    await control('PATCH', '/mycase/clients/501', { email: 'ines@example.com' })
    const [client] = await changed('mycase', 'client')
    expect(eventsOf('mycase', [client!], 'client', 'updated')).toMatchObject([
      { type: 'client.changed', matterExternalId: null, clientExternalId: '501' },
    ])
    expect(eventsOf('mycase', [client!], 'client', 'created')).toEqual([])
    // Addresses are not news: they stay out of what is stored as received.
    expect(JSON.stringify(client!.payload('updated'))).not.toMatch(/ines|Duarte|555/)
    expect(client!.read).toMatchObject({ holds: 'client', client: { name: 'Ines Duarte' } })
  })

  it('is no news where it belongs to no matter', async () => {
    await control('POST', '/mycase/events', { name: 'Office party', start: '2027-01-01T18:00:00Z' })
    const { records } = await all(open('mycase'), 'event')
    const party = records.find(({ read: r }) => r.holds === 'appointment' && r.matterExternalId === null)
    expect(mapped('mycase', party!.payload('created'), 'event').mapping).toEqual({ kind: 'ignored' })
  })
})

describe('writing', () => {
  const writing = {
    key: 'w-1',
    matterExternalId: '601',
    at: Temporal.Instant.from('2026-11-26T15:00:00Z'),
    kind: 'note',
    subject: 'Text to the client',
    detail: 'Your matter is now in discovery.',
  } as const

  it('leaves a note, once however often it is tried', async () => {
    for (const [system, matter] of [
      ['mycase', '601'],
      ['filevine', '4101'],
    ] as const) {
      const { writer } = open(system)
      const note = { ...writing, matterExternalId: matter }
      const first = good(await writer!.write(note, false, onCall))
      const again = good(await writer!.write(note, true, onCall))
      expect(again).toEqual(first)
      good(await writer!.write({ ...note, key: 'w-2' }, true, onCall))
      const { records } = system === 'mycase' ? mycase : filevine
      expect(records.all('notes')).toHaveLength(2)
    }
  })

  it('makes a task, and does not make it twice where it cannot look', async () => {
    const { writer } = open('mycase')
    expect(writer!.takes).toEqual(['task', 'note'])
    const task = {
      ...writing,
      kind: 'task' as const,
      name: 'Call the client',
      description: 'She asked for a call.',
      dueAt: Temporal.Instant.from('2026-12-01T03:00:00Z'),
    }
    good(await writer!.write(task, false, onCall))
    expect(mycase.records.all('tasks')[0]?.fields).toMatchObject({
      name: 'Call the client',
      due_date: '2026-11-30',
    })
    expect(await writer!.write(task, true, onCall)).toMatchObject({ ok: false, kind: 'refused' })
    expect(mycase.records.all('tasks')).toHaveLength(1)
    expect(
      await writer!.write(
        { ...writing, kind: 'communication', clientExternalId: null, channel: 'sms', subject: '', body: '' },
        false,
        onCall,
      ),
    ).toMatchObject({ kind: 'refused' })
  })

  it('finds what arrived though its answer was lost', async () => {
    sandbox.core.faults.set([{ provider: 'mycase', kind: 'reset_after_accept', count: 1 }])
    const { writer } = open('mycase')
    expect(await writer!.write(writing, false, onCall)).toMatchObject({ ok: false, kind: 'unavailable' })
    good(await writer!.write(writing, true, onCall))
    expect(mycase.records.all('notes')).toHaveLength(1)
  })
})
