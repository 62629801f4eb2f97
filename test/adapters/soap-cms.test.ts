import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox/app.ts'
import { LEGACY_KEY, type LegacyState, mountLegacy } from '../../sandbox/legacy/index.ts'
import { soapHooks } from '../../src/adapters/soap-cms/hooks.ts'
import { createSoapCms } from '../../src/adapters/soap-cms/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import { snapshotProblems } from '../../src/modules/connections/conformance.ts'
import type {
  CmsAsk,
  CmsCall,
  CmsContext,
  CmsPage,
  CmsReader,
  CmsRecord,
  CmsSnapshot,
  CmsWriting,
} from '../../src/modules/connections/index.ts'
import { compileHooks, deliveryKey, mapDelivery } from '../../src/modules/connections/mapping.ts'

const sandbox = createSandbox({ mounts: [mountLegacy] })
const legacy = sandbox.mounted[0] as LegacyState
let url = ''
let close: () => Promise<void>
let calls: CmsCall[] = []
const onCall = (call: CmsCall): void => void calls.push(call)
let kind = createSoapCms(systemClock)
const open = (more: object = {}, context?: CmsContext): CmsReader =>
  kind.open(
    { wsdl: `${url}/legacy/CaseService.asmx?wsdl`, key: LEGACY_KEY, zone: 'America/New_York', ...more },
    context,
  )

beforeAll(async () => {
  const listening = await sandbox.listen(0)
  url = listening.url
  close = listening.close
})
afterAll(() => close())
beforeEach(async () => {
  await legacy.idle()
  legacy.reset()
  sandbox.core.faults.set([])
  sandbox.core.clock.drive(null)
  calls = []
  kind = createSoapCms(systemClock)
})

const control = async (method: string, path: string, body: object): Promise<void> => {
  const answer = await fetch(`${url}/_sandbox${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
}
const change = (path: string, fields: object) => control('PATCH', `/legacy/${path}`, fields)
const settings = (habits: object) => control('PUT', '/legacy/settings', habits)
const read = async (id: string, more?: object): Promise<CmsSnapshot> => {
  const verdict = await open(more).readMatter(id, onCall)
  if (!verdict.ok) throw new Error(verdict.detail)
  return verdict.value
}
const changesOf = (reader: CmsReader) => {
  if (reader.changes === undefined) throw new Error('no lists')
  return reader.changes
}
const page = async (model: string, ask: Partial<CmsAsk>, reader = open()): Promise<CmsPage> => {
  const answer = await changesOf(reader).page(
    model,
    { since: null, window: null, cursor: null, ...ask },
    onCall,
  )
  if (!answer.ok) throw new Error(answer.detail)
  return answer.value
}
async function all(model: string, ask: Partial<CmsAsk>, reader = open()): Promise<CmsRecord[]> {
  const records: CmsRecord[] = []
  for (let cursor: string | null = null; ; ) {
    const one: CmsPage = await page(model, { ...ask, cursor }, reader)
    records.push(...one.records)
    if (one.next === null) return records
    cursor = one.next
  }
}

describe('reading a case from the old system', () => {
  it('gives the matter, its client and how to reach them', async () => {
    const { matter, client, contactPoints, rejected, documents, bills } = await read('000117')
    expect(matter).toMatchObject({
      externalId: '000117',
      number: 'CV-000117',
      title: 'Santos v. Metro Transit Authority',
      rawStatus: 'Discovery',
      data: { practice_area: 'Personal Injury', close_date: null, paused: false },
    })
    expect(matter.updatedAt).toBeInstanceOf(Temporal.Instant)
    expect(client).toMatchObject({
      externalId: '00117',
      name: 'Maria G Santos',
      firstName: 'Maria',
      lastName: 'Santos',
      preference: 'Both',
      language: 'es',
      paused: false,
    })
    expect(contactPoints).toEqual([
      { channel: 'sms', address: '+19175550123', label: 'Mobile', rank: 0 },
      { channel: 'sms', address: '+12125550100', label: 'Home', rank: 1 },
      { channel: 'email', address: 'maria.santos@example.com', label: null, rank: 0 },
    ])
    expect(rejected).toEqual([])
    expect(documents.map(({ data }) => data.name)).toEqual(['Complaint', 'Transcript of “Doe” deposition'])
    expect(bills.map(({ externalId, data }) => [externalId, data.state, data.total, data.paid])).toEqual([
      ['000501', 'SENT', 1250, 0],
    ])
  })

  it('holds to the port for every case, and reports each call', async () => {
    const ids = legacy.store.all('case').map(({ CaseId }) => CaseId ?? '')
    const reader = open()
    for (const id of ids) {
      const verdict = await reader.readMatter(id, onCall)
      expect(verdict.ok ? snapshotProblems(verdict.value) : verdict).toEqual([])
    }
    // The description once; five a case, and four of the one without a client.
    expect(calls).toHaveLength(1 + ids.length * 5 - 1)
    expect(calls.slice(0, 2).map(({ method, path, status }) => [method, path, status])).toEqual([
      ['GET', '/legacy/CaseService.asmx', 200],
      ['POST', '/legacy/CaseService.asmx#GetCase', 200],
    ])
  })

  it('keeps an attorney’s “smart quotes” to the byte', async () => {
    const { matter } = await read('000117')
    const written = 'Eleanor “Nell” Harbor'
    expect(matter.data.responsible_attorney).toBe(written)
    expect(Buffer.from(String(matter.data.responsible_attorney))).toEqual(
      Buffer.from([
        ...Buffer.from('Eleanor '),
        0xe2,
        0x80,
        0x9c,
        ...Buffer.from('Nell'),
        0xe2,
        0x80,
        0x9d,
        ...Buffer.from(' Harbor'),
      ]),
    )
  })

  it.each([
    ['undeclared', { bytes: 'windows-1252', declared: '', charset: '' }, 'auto'],
    [
      'declared in the document alone',
      { bytes: 'windows-1252', declared: 'Windows-1252', charset: '' },
      'auto',
    ],
    ['declared as ISO-8859-1', { bytes: 'windows-1252', declared: 'ISO-8859-1', charset: '' }, 'auto'],
    ['wrongly declared as UTF-8', { bytes: 'windows-1252', declared: 'utf-8', charset: 'utf-8' }, 'auto'],
    ['of another name altogether', { bytes: 'windows-1252', declared: 'x-cp-unknown', charset: '' }, 'auto'],
    ['UTF-8 after all', { bytes: 'utf-8', declared: '', charset: '' }, 'auto'],
    [
      'UTF-8 that claims to be windows-1252',
      { bytes: 'utf-8', declared: 'windows-1252', charset: '' },
      'utf-8',
    ],
    [
      'windows-1252 that claims to be Cyrillic',
      { bytes: 'windows-1252', declared: '', charset: 'koi8-r' },
      'windows-1252',
    ],
  ])('and so when they come %s', async (_, encoding, forced) => {
    await settings({ encoding })
    const { matter } = await read('000117', { encoding: forced })
    expect(matter.data.responsible_attorney).toBe('Eleanor “Nell” Harbor')
  })

  it('puts dates where they belong by the zone of the connection, and doubts those that come twice', async () => {
    await change('cases/000117', { NextCourtDate: '10/15/2026 2:30 PM', StatusDate: '11/1/2026 1:30 AM' })
    const { matter } = await read('000117')
    expect(matter.data).toMatchObject({
      next_court_date: '2026-10-15T18:30:00Z',
      status_since: '2026-11-01T05:30:00Z',
      uncertain: ['StatusDate: 11/1/2026 1:30 AM comes twice in America/New_York; the earlier one is taken'],
    })
    const west = await read('000117', { zone: 'America/Los_Angeles', ambiguous: 'later' })
    expect(west.matter.data).toMatchObject({
      next_court_date: '2026-10-15T21:30:00Z',
      status_since: '2026-11-01T09:30:00Z',
    })
  })

  it('does not take a change for old because clocks were set back', async () => {
    await change('cases/000117', { LastChanged: '11/1/2026 1:30 AM' })
    expect((await read('000117')).matter.updatedAt).toBeNull()
  })

  it('says what it could not use', async () => {
    const of = async (id: string) => {
      const { client, contactPoints, rejected } = await read(id)
      return { client, texts: contactPoints.filter(({ channel }) => channel === 'sms'), rejected }
    }
    const company = await of('000119')
    expect(company.client).toMatchObject({ name: 'SEABRIGHT FISHERIES, LLC', firstName: null })
    expect(company.texts).toEqual([])
    expect(company.rejected).toHaveLength(2)
    const dirty = await of('000121')
    expect(dirty.texts.map(({ address }) => address)).toEqual(['+16465550182'])
    expect(dirty.rejected.map(({ field }) => field)).toEqual(['phone', 'time_zone', 'language'])
    expect((await of('000120')).client).toMatchObject({ paused: true, timeZone: 'America/Chicago' })
    await change('cases/000118', { NextCourtDate: 'TBD', OnHold: 'ask Tom' })
    expect((await read('000118')).matter.data).toMatchObject({
      paused: true,
      next_court_date: null,
      uncertain: ['NextCourtDate: "TBD" is not a date that is known here'],
    })
  })

  it('goes on without a client that the case names and nobody has', async () => {
    await change('cases/000117', { PartyId: '99999' })
    const { matter, client } = await read('000117')
    expect(client).toBeNull()
    expect(matter.data.uncertain).toEqual(['its party 99999 is not there'])
    await change('cases/000117', { PartyId: '00000' })
    expect((await read('000117')).matter.data.uncertain).toBeUndefined()
  })

  it('leaves out appointments that are marked as cancelled, and those of other cases', async () => {
    expect((await read('000117')).appointments.map(({ externalId }) => externalId)).toEqual(['0000301'])
    await change('appointments/0000301', { Cancelled: '-1' })
    expect((await read('000117')).appointments).toEqual([])
  })

  it('finds fields by the names that the connection gives', async () => {
    const { matter } = await read('000117', { fields: { case: { title: 'Attorney', paralegal: null } } })
    expect(matter).toMatchObject({ title: 'Eleanor “Nell” Harbor', data: { responsible_paralegal: null } })
  })
})

describe('one call at a time', () => {
  it('holds for 20 readers at once, of one process', async () => {
    const reader = open()
    const other = open({ timeoutMs: 9_000 })
    const ids = legacy.store.all('case').map(({ CaseId }) => CaseId ?? '')
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 ? reader : other).readMatter(ids[at % ids.length] ?? '', onCall),
      ),
    )
    expect(verdicts.map((verdict) => verdict.ok)).toEqual(Array(20).fill(true))
    expect(legacy.traffic()).toMatchObject({ overlaps: 0, most: 1 })
    expect(legacy.traffic().calls).toBeGreaterThan(90)
  })

  it('serves those whom a client waits for before a list', async () => {
    await settings({ workMs: 20 })
    const reader = open()
    const order: string[] = []
    await reader.check(onCall)
    await Promise.all([
      reader.readMatter('000007', onCall).then(() => order.push('first')),
      page('matter', {}, reader).then(() => order.push('list')),
      reader.check(onCall).then(() => order.push('check')),
    ])
    expect(order.indexOf('check')).toBeLessThan(order.indexOf('list'))
  })

  it('asks the gate for each call, and gives its pass back', async () => {
    let inside = 0
    let passes = 0
    const gate: CmsContext['gate'] = {
      enter: () => {
        inside++
        passes++
        expect(inside).toBe(1)
        return Promise.resolve({ ok: true, value: { leave: () => void inside-- } })
      },
    }
    const reader = open({}, { gate })
    await Promise.all(['000117', '000118'].map((id) => reader.readMatter(id, onCall)))
    expect([passes, inside, kind.turns?.atOnce]).toEqual([10, 0, 1])
    const closed = open(
      {},
      {
        gate: {
          enter: () => Promise.resolve({ ok: false, kind: 'rate_limited', retryAfter: 7, detail: 'x' }),
        },
      },
    )
    expect(await closed.readMatter('000117', onCall)).toMatchObject({ kind: 'rate_limited', retryAfter: 7 })
  })

  it('takes "busy" for later, when somebody else is being served', async () => {
    await settings({ workMs: 500 })
    const reader = open()
    expect(await reader.check(onCall)).toBeNull()
    const [first, second] = await Promise.all([
      reader.readMatter('000007', onCall),
      createSoapCms(systemClock)
        .open({ wsdl: `${url}/legacy/CaseService.asmx?wsdl`, key: LEGACY_KEY, zone: 'UTC' })
        .readMatter('000117', onCall),
    ])
    expect([first, second].find((one) => !one.ok)).toEqual({
      ok: false,
      kind: 'unavailable',
      detail: 'SOAP: Fault soap:Server.Busy Busy',
      retryAfter: 5,
    })
  })

  it('believes nothing of what a confused system mixes up', async () => {
    await settings({ workMs: 60, onOverlap: 'corrupt' })
    const reader = open()
    const stranger = createSoapCms(systemClock).open({
      wsdl: `${url}/legacy/CaseService.asmx?wsdl`,
      key: LEGACY_KEY,
      zone: 'UTC',
    })
    await Promise.all([reader.check(onCall), stranger.check(onCall)])
    const verdicts = await Promise.all([
      reader.readMatter('000117', onCall),
      stranger.readMatter('000118', onCall),
    ])
    const ids = ['000117', '000118']
    for (const [at, verdict] of verdicts.entries()) {
      if (verdict.ok) expect(verdict.value.matter.externalId).toBe(ids[at])
      else expect(verdict.kind).toBe('unavailable')
    }
    expect(legacy.traffic().overlaps).toBeGreaterThan(0)
    expect(verdicts.some((verdict) => !verdict.ok)).toBe(true)
  })

  it('leaves a system alone that may still be at work on what nobody waits for', async () => {
    await settings({ workMs: 2_500 })
    const told: unknown[] = []
    const enter = () =>
      Promise.resolve({ ok: true as const, value: { leave: (limit: unknown) => void told.push(limit) } })
    const reader = open({ timeoutMs: 800 }, { gate: { enter } })
    expect(await reader.readMatter('000117', onCall)).toMatchObject({
      kind: 'unavailable',
      detail: 'SOAP: no answer in time',
    })
    expect(await reader.readMatter('000117', onCall)).toMatchObject({
      kind: 'unavailable',
      detail: 'SOAP: it may still be at work on a call without an answer',
      retryAfter: 1,
    })
    expect(legacy.traffic().calls).toBe(1)
    // And other processes with it.
    expect(told).toEqual([{ kind: 'closed', until: expect.any(Temporal.Instant) }])
  })
})

describe('when the old system does not answer as hoped', () => {
  it.each([500, 200])('reads Faults, which come with %i', async (faultStatus) => {
    await settings({ faultStatus })
    expect(await open().readMatter('117', onCall)).toEqual({
      ok: false,
      kind: 'not_found',
      detail: 'SOAP: Fault soap:Client.NoSuchCase NoSuchCase',
    })
    expect(calls.at(-1)).toMatchObject({
      status: faultStatus,
      error: 'SOAP: Fault soap:Client.NoSuchCase NoSuchCase',
    })
    expect(await page('matter', { since: Temporal.Now.instant().add({ hours: 48 }) })).toEqual({
      records: [],
      next: null,
    })
    expect(await open({ key: 'stolen' }).readMatter('000117', onCall)).toMatchObject({ kind: 'unauthorised' })
    expect(await open({ key: 'stolen' }).check(onCall)).toContain('BadKey')
    expect(await open().check(onCall)).toBeNull()
    const faults = { 'does not exist': 'refused' }
    expect(await open({ faults }).readMatter('117', onCall)).toMatchObject({ kind: 'refused' })
  })

  it('takes silence, 5xx and nobody at home for later', async () => {
    await control('PUT', '/faults', [{ provider: 'legacy', kind: 'status', status: 503 }])
    expect(await open().readMatter('000117', onCall)).toMatchObject({
      kind: 'unavailable',
      detail: 'SOAP: it answered 503',
    })
    await control('PUT', '/faults', [{ provider: 'legacy', kind: 'status', status: 500 }])
    expect(await open().readMatter('000117', onCall)).toMatchObject({
      kind: 'unavailable',
      detail: 'SOAP: Fault soap:Server.Unavailable Unavailable',
    })
    await control('PUT', '/faults', [{ provider: 'legacy', kind: 'timeout', delayMs: 2_000 }])
    expect(await open({ timeoutMs: 200 }).readMatter('000117', onCall)).toMatchObject({
      kind: 'unavailable',
      detail: 'SOAP: no answer in time',
    })
    expect(calls.at(-1)).toMatchObject({ status: null, error: 'SOAP: no answer in time' })
    const nobody = open({ wsdl: 'http://127.0.0.1:1/x?wsdl' })
    expect(await nobody.readMatter('000117', onCall)).toMatchObject({
      kind: 'unavailable',
      detail: 'SOAP: no connection',
    })
    expect(await nobody.readMatter('000117', onCall)).toMatchObject({ detail: 'SOAP: no connection' })
  })

  it('names each wrong setting with its path', () => {
    const verdict = kind.parse({
      wsdl: 'here',
      key: '',
      zone: 'Eastern',
      encoding: 'klingon',
      dateFormats: ['D/M'],
      faults: { x: 'gone' },
      header: { element: '<x' },
      fields: { case: { id: null, colour: 'x' } },
    })
    const paths = verdict.ok ? [] : verdict.problems.map(({ path }) => path)
    expect(paths.sort()).toEqual([
      'dateFormats.0',
      'encoding',
      'faults.x',
      'fields.case',
      'fields.case.id',
      'header.element',
      'key',
      'wsdl',
      'zone',
    ])
    expect(kind.parse({ wsdl: 'env:X', key: 'env:Y', zone: 'env:Z' })).toEqual({ ok: true })
    expect(() => open({ key: 'env:KEY' })).toThrow('still a reference')
  })
})

describe('a hostile or broken server', () => {
  let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void
  let evil = ''
  const server = http.createServer((request, response) => answer(request, response))
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          evil = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
          resolve()
        })
      }),
  )
  afterAll(() => void server.close())
  afterEach(() => server.closeAllConnections())

  const description = async () => (await fetch(`${url}/legacy/CaseService.asmx?wsdl`)).text()
  const envelope = (body: string) =>
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`
  const says = async (body: string, status = 200): Promise<unknown> => {
    const wsdl = await description()
    answer = (request, response) => {
      request.resume()
      if (request.method === 'GET') return void response.end(wsdl)
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body)
    }
    return createSoapCms(systemClock)
      .open({ wsdl: `${evil}/x?wsdl`, key: 'k', zone: 'UTC', timeoutMs: 20_000 })
      .readMatter('1', onCall)
  }
  const result = (inner: string) =>
    envelope(
      `<GetCaseResponse xmlns="http://legacy-cms.invalid/caseservice"><GetCaseResult>${inner}</GetCaseResult></GetCaseResponse>`,
    )

  it('gets no entity expanded or fetched', async () => {
    const laughs = Array.from(
      { length: 10 },
      (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
    ).join('')
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>${result('<CaseId>&l10;</CaseId>')}`
    expect(await says(bomb)).toMatchObject({
      kind: 'unavailable',
      detail: expect.stringContaining('document type'),
    })
    const file = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${result('<CaseId>&f;</CaseId>')}`
    expect(await says(file)).toMatchObject({ detail: expect.stringContaining('document type') })
    expect(await says(result(`<CaseId><![CDATA[<?xml version="1.0"?>${file}]]></CaseId>`))).toMatchObject({
      detail: expect.stringContaining('document type'),
    })
  })

  it('changes nothing in this process', async () => {
    for (const attack of [
      '<CaseId id="__proto__">1</CaseId>',
      '<CaseId id="&#95;_proto__">1</CaseId>',
      '<CaseId href="#__proto__"/>',
      '<__proto__><polluted>1</polluted></__proto__>',
      '<constructor><prototype><polluted>1</polluted></prototype></constructor>',
    ]) {
      expect(await says(result(attack))).toMatchObject({
        kind: 'unavailable',
        detail: expect.stringContaining('that no record has'),
      })
    }
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(
      ({} as { obj?: unknown; polluted?: unknown }).obj ?? ({} as { polluted?: unknown }).polluted,
    ).toBeUndefined()
  })

  it('is given up on when its answer has no end, no depth or no sense', async () => {
    expect(await says(result(`<CaseId>${'x'.repeat(9 * 1024 * 1024)}</CaseId>`))).toMatchObject({
      detail: 'SOAP: the answer is too large',
    })
    expect(await says(result('<a>'.repeat(5_000) + '</a>'.repeat(5_000)))).toMatchObject({
      detail: expect.stringContaining('too deep'),
    })
    for (const nonsense of [
      '',
      'Envelope',
      '<html>Envelope</html>',
      envelope(''),
      envelope('<x/>'),
      result(''),
      '<Envelope>',
      envelope('<soap:Fault/>'),
      result('<CaseId>1</CaseId>').slice(0, -30),
      '{"Envelope":1}',
    ])
      expect(await says(nonsense)).toMatchObject({ ok: false, kind: 'unavailable' })
    expect(await says('<html>No</html>', 403)).toMatchObject({ kind: 'unauthorised' })
    expect(await says('<html>No</html>', 404)).toMatchObject({ kind: 'unavailable' })
    expect(await says('', 429)).toMatchObject({ kind: 'rate_limited', retryAfter: 60 })
    expect(await says('', 302)).toMatchObject({ ok: false })
  })

  it('is not led elsewhere by its description, and the key goes to the address that was configured', async () => {
    const wsdl = await description()
    let asked = 0
    for (const location of ['file:///etc/passwd', 'http://127.0.0.1:9/x.xsd', '//127.0.0.1:9/x.xsd']) {
      answer = (_, response) => {
        asked++
        response.end(
          wsdl.replace(
            '<s:schema ',
            `<s:schema xmlns:q="q"><s:import namespace="q" schemaLocation="${location}"/></s:schema><s:schema `,
          ),
        )
      }
      const reader = createSoapCms(systemClock).open({ wsdl: `${evil}/x?wsdl`, key: 'k', zone: 'UTC' })
      expect(await reader.readMatter('1', onCall)).toMatchObject({
        kind: 'refused',
        detail: expect.stringContaining('from elsewhere'),
      })
    }
    expect(asked).toBe(3)
    const posted: string[] = []
    answer = (request, response) => {
      if (request.method === 'GET') return void response.end(wsdl)
      posted.push(request.url ?? '')
      request.resume()
      response.end(result('<CaseId>1</CaseId>'))
    }
    await createSoapCms(systemClock)
      .open({ wsdl: `${evil}/x?wsdl`, key: 'k', zone: 'UTC' })
      .readMatter('1', onCall)
    expect(posted[0]).toBe('/x')
  })
})

describe('what changed', () => {
  const compiled = compileHooks(soapHooks)
  const mapped = (model: string, body: ReturnType<CmsRecord['payload']>) => {
    if (!compiled.ok) throw new Error(compiled.problems[0]?.message)
    const input = { body, headers: {}, model, receivedAt: Temporal.Instant.from('2026-10-16T00:00:00Z') }
    return { key: deliveryKey(compiled.hooks, input), mapping: mapDelivery(compiled.hooks, input) }
  }
  const events = (model: string, body: ReturnType<CmsRecord['payload']>) => {
    const { mapping } = mapped(model, body)
    if (mapping.kind !== 'events') throw new Error(JSON.stringify(mapping))
    return mapping.events
  }

  it('is a status change at the right instant, once', async () => {
    sandbox.core.clock.drive({ now: Date.parse('2026-10-15T18:30:20Z') })
    legacy.reset()
    await change('cases/000117', { CaseStatus: 'Settlement Offer' })
    const since = Temporal.Instant.from('2026-10-15T18:30:10Z')
    const [record, ...others] = await all('matter', { since })
    expect(others).toEqual([])
    expect(record).toMatchObject({
      externalId: '000117',
      read: { holds: 'matter', clientExternalId: '00117' },
    })
    const { key } = mapped('matter', record!.payload('updated'))
    const [event] = events('matter', record!.payload('updated'))
    expect(event).toMatchObject({
      type: 'matter.status_changed',
      matterExternalId: '000117',
      clientExternalId: '00117',
      status: 'Settlement Offer',
    })
    expect(event?.occurredAt?.toString()).toBe('2026-10-15T18:30:00Z')
    // Seen again by a read that overlaps, it is the same; changed within the same minute, it is another.
    const [again] = await all('matter', { since })
    expect(mapped('matter', again!.payload('created')).key).toBe(key)
    await change('cases/000117', { CaseStatus: 'Settled' })
    const [next] = await all('matter', { since })
    expect(mapped('matter', next!.payload('updated')).key).not.toBe(key)
    // The list and the read of one case agree.
    const { matter } = await read('000117')
    expect(next?.read).toMatchObject({ matter })
  })

  it('is not missed on the night when clocks are set back', async () => {
    // 1:50 for the first time; the change comes 20 minutes later, at 1:10 for the second time.
    sandbox.core.clock.drive({ now: Date.parse('2026-11-01T06:10:00Z') })
    legacy.reset()
    await change('cases/000118', { CaseStatus: 'Trial' })
    const found = await all('matter', { since: Temporal.Instant.from('2026-11-01T05:50:00Z') })
    expect(found.map(({ externalId }) => externalId)).toEqual(['000118'])
    const [event] = events('matter', found[0]!.payload('updated'))
    expect(event).toMatchObject({ status: 'Trial', occurredAt: null })
  })

  it('is read page by page, also where a minute holds more than a page', async () => {
    const [first] = legacy.store.all('case')
    for (let at = 0; at < 230; at++)
      legacy.store.add('case', {
        ...first,
        CaseId: `9${String(at).padStart(5, '0')}`,
        LastChanged: '1/5/2026 9:00 AM',
      })
    for (let at = 0; at < 130; at++)
      legacy.store.add('case', {
        ...first,
        CaseId: `8${String(at).padStart(5, '0')}`,
        LastChanged: `2/${1 + (at % 28)}/2026 9:00 AM`,
      })
    const records = await all('matter', {})
    expect(new Set(records.map(({ externalId }) => externalId)).size).toBe(legacy.store.all('case').length)
    const ids: string[] = []
    for (let cursor: string | null = null; ; ) {
      const answer = await changesOf(open()).ids('matter', cursor, onCall)
      if (!answer.ok) throw new Error(answer.detail)
      ids.push(...answer.value.ids)
      if (answer.value.next === null) break
      cursor = answer.value.next
    }
    expect(new Set(ids)).toEqual(new Set(legacy.store.all('case').map(({ CaseId }) => CaseId)))
    expect(
      await changesOf(open()).page('matter', { since: null, window: null, cursor: '{}' }, onCall),
    ).toMatchObject({ kind: 'refused' })
  })

  it('is a hearing scheduled, reworded, moved and cancelled', async () => {
    sandbox.core.clock.drive({ now: Date.parse('2026-10-15T18:30:20Z') })
    const window = {
      from: Temporal.Instant.from('2026-10-14T00:00:00Z'),
      until: Temporal.Instant.from('2027-04-14T00:00:00Z'),
    }
    await control('POST', '/legacy/appointments', {
      CaseId: '000117',
      Subject: 'Motion “hearing”',
      Starts: '12/1/2026 9:30 AM',
      Ends: '12/1/2026 10:30 AM',
      Place: 'Room 4',
    })
    const mine = async () => {
      const found = (await all('appointment', { window })).filter(
        ({ externalId }) => externalId === '0000303',
      )
      return {
        record: found[0],
        fact: (await read('000117')).appointments.find(({ externalId }) => externalId === '0000303'),
      }
    }
    const made = await mine()
    const [scheduled] = events('appointment', made.record!.payload('created'))
    expect(scheduled).toMatchObject({
      type: 'hearing.scheduled',
      matterExternalId: '000117',
      data: { start_at: '2026-12-01T14:30:00Z', summary: 'Motion “hearing”', all_day: false },
      fact: {
        kind: 'appointment',
        externalId: '0000303',
        version: made.fact?.version,
        data: made.fact?.data,
      },
    })
    expect(made.record?.createdAt?.toString()).toBe('2026-10-15T18:30:00Z')

    await change('appointments/0000303', { Remarks: 'Bring the photographs' })
    const reworded = await mine()
    await change('appointments/0000303', { Starts: '12/2/2026 9:30 AM', Ends: '12/2/2026 10:30 AM' })
    const moved = await mine()
    const [same] = events('appointment', reworded.record!.payload('updated'))
    const [other] = events('appointment', moved.record!.payload('updated'))
    expect(same?.fact?.version).toBe(scheduled?.fact?.version)
    expect(other).toMatchObject({ type: 'hearing.moved', data: { start_at: '2026-12-02T14:30:00Z' } })
    expect(other?.fact?.version).not.toBe(scheduled?.fact?.version)

    await change('appointments/0000303', { Cancelled: 'Y' })
    expect((await mine()).record).toBeUndefined()
    const ids: string[] = []
    for (let cursor: string | null = null; ; ) {
      const answer = await changesOf(open()).ids('appointment', cursor, onCall)
      if (!answer.ok) throw new Error(answer.detail)
      ids.push(...answer.value.ids)
      if (answer.value.next === null) break
      cursor = answer.value.next
    }
    // Windows meet: what lies where they do may be named by both.
    expect([...new Set(ids)].sort()).toEqual(['0000301', '0000302'])
    const gone = changesOf(open()).gone('appointment', '0000303')
    expect(events('appointment', gone)).toMatchObject([
      { type: 'hearing.cancelled', fact: { kind: 'appointment', externalId: '0000303', removed: true } },
    ])
    expect(mapped('appointment', gone).key).toBeNull()
    expect(events('matter', changesOf(open()).gone('matter', '000117'))).toMatchObject([
      { type: 'matter.removed' },
    ])
  })

  it('is nothing where there is no status, or no case', async () => {
    const records = await all('matter', {})
    const blank = records.find(({ externalId }) => externalId === '000122')
    expect(mapped('matter', blank!.payload('updated')).mapping).toEqual({ kind: 'ignored' })
    await control('POST', '/legacy/appointments', { CaseId: '000007', Subject: 'Lunch', Starts: '12/1/2026' })
    await change('appointments/0000303', { CaseId: '' })
    const window = {
      from: Temporal.Instant.from('2026-11-30T00:00:00Z'),
      until: Temporal.Instant.from('2026-12-03T00:00:00Z'),
    }
    const [lunch] = (await all('appointment', { window })).filter(
      ({ externalId }) => externalId === '0000303',
    )
    expect(lunch?.read).toMatchObject({
      holds: 'appointment',
      matterExternalId: null,
      fact: { data: { all_day: true } },
    })
    expect(mapped('appointment', lunch!.payload('created')).mapping).toEqual({ kind: 'ignored' })
  })
})

describe('writing notes', () => {
  const note: CmsWriting = {
    kind: 'note',
    key: 'msg-0198a7c2',
    matterExternalId: '000117',
    at: Temporal.Instant.from('2026-10-15T18:30:00Z'),
    subject: 'Text to the client',
    detail: 'Your case is now in “discovery” & <waiting>\u0000\u000b 😀',
  }
  const notes = () => legacy.store.all('note').map(({ NoteText }) => NoteText)
  const write = (what: CmsWriting, again: boolean, more?: object) => {
    const { writer } = open(more)
    if (!writer) throw new Error('no writer')
    return writer.write(what, again, onCall)
  }

  it('puts one down with our key in it, whatever is in the text', async () => {
    expect(await write(note, false)).toEqual({ ok: true, value: { externalId: '0000001' } })
    expect(notes()).toEqual([
      '10/15/2026 2:30 PM Text to the client\nYour case is now in “discovery” & <waiting> ?\n[tipstaff msg-0198a7c2]',
    ])
  })

  it('looks for it before it writes again, so that an answer that was lost makes no second one', async () => {
    await control('PUT', '/faults', [{ provider: 'legacy', kind: 'reset_after_accept', count: 1 }])
    const lost = await write(note, false)
    expect(lost).toMatchObject({ ok: false, kind: 'unavailable' })
    expect(notes()).toHaveLength(1)
    // The next try comes when the system has had its rest.
    kind = createSoapCms(systemClock)
    expect(await write(note, true)).toEqual({ ok: true, value: { externalId: '0000001' } })
    expect(await write({ ...note, key: 'msg-other' }, true)).toMatchObject({
      ok: true,
      value: { externalId: '0000002' },
    })
    expect(notes()).toHaveLength(2)
  })

  it('cuts what is too long, and never its key', async () => {
    await write({ ...note, detail: 'ä'.repeat(5_000) }, false)
    expect([...(notes()[0] ?? '')]).toHaveLength(2_000)
    expect(notes()[0]).toMatch(/…\n\[tipstaff msg-0198a7c2\]$/)
  })

  it('says no to what it has no place for', async () => {
    const task: CmsWriting = {
      kind: 'task',
      key: 'k',
      matterExternalId: '000117',
      at: note.at,
      name: 'x',
      description: '',
      dueAt: null,
    }
    expect(await write(task, false)).toMatchObject({ kind: 'refused' })
    expect(await write({ ...note, matterExternalId: '999999' }, false)).toMatchObject({ kind: 'not_found' })
    expect(open().writer?.takes).toEqual(['note'])
  })
})
