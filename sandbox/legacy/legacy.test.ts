import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox } from '../app.ts'
import { LEGACY_KEY, type LegacyState, mountLegacy } from './index.ts'
import { wallOrder, wallTime } from './local-time.ts'
import { parseXml } from './xml.ts'

const sandbox = createSandbox({ mounts: [mountLegacy] })
const legacy = sandbox.mounted[0] as LegacyState
let url = ''
let close: () => Promise<void>
beforeAll(async () => {
  const listening = await sandbox.listen(0)
  url = listening.url
  close = listening.close
})
afterAll(() => close())
beforeEach(() => legacy.reset())

const control = (method: string, path: string, body?: object) =>
  fetch(`${url}/_sandbox/legacy${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })

async function call(operation: string, args: Record<string, string>, key = LEGACY_KEY) {
  const inner = Object.entries(args)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')
  const answer = await fetch(`${url}/legacy/CaseService.asmx`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"x/${operation}"` },
    body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><AuthHeader><ApiKey>${key}</ApiKey></AuthHeader></e:Header><e:Body><${operation}>${inner}</${operation}></e:Body></e:Envelope>`,
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return { status: answer.status, bytes, text: new TextDecoder('windows-1252').decode(bytes) }
}

describe('the old case management system', () => {
  it('describes itself, and opens with its key only', async () => {
    const described = await (await fetch(`${url}/legacy/CaseService.asmx?wsdl`)).text()
    expect(parseXml(described)?.name).toBe('definitions')
    expect(described).toContain(`location="${url}/legacy/CaseService.asmx"`)
    expect((await call('GetCase', { CaseId: '000117' }, 'x')).text).toContain('soap:Client.BadKey')
  })

  it('answers in windows-1252, and in whatever it is told to say that it is', async () => {
    const { status, bytes, text } = await call('GetCase', { CaseId: '000117' })
    expect(status).toBe(200)
    expect(text).toContain('<Attorney>Eleanor “Nell” Harbor</Attorney>')
    expect([...bytes]).toContain(0x93)
    await control('PUT', '/settings', { encoding: { bytes: 'utf-8', declared: '', charset: '' } })
    const other = await call('GetCase', { CaseId: '000117' })
    expect(new TextDecoder().decode(other.bytes)).toMatch(/^<soap:Envelope.*“Nell”/)
  })

  it('says with Faults what others say with empty lists', async () => {
    const since = wallTime(Date.now() + 3_600_000, 'America/New_York')
    expect(await call('ListCasesChangedSince', { Since: since })).toMatchObject({
      status: 500,
      text: expect.stringContaining('soap:Client.NothingChanged'),
    })
    await control('PUT', '/settings', { faultStatus: 200 })
    expect(await call('GetCase', { CaseId: '117' })).toMatchObject({
      status: 200,
      text: expect.stringContaining('soap:Client.NoSuchCase'),
    })
    for (const [operation, fault] of [
      ['ListDocuments', 'NoDocuments'],
      ['ListInvoices', 'NoInvoices'],
      ['ListNotes', 'NoNotes'],
    ] as const) {
      expect((await call(operation, { CaseId: '000119' })).text).toContain(fault)
    }
  })

  it('lists what changed since a minute, and the diary by dates', async () => {
    const since = wallTime(Date.now(), 'America/New_York')
    await control('PATCH', '/cases/000118', { CaseStatus: 'Trial set' })
    const { text } = await call('ListCasesChangedSince', { Since: since })
    expect([...text.matchAll(/<CaseId>(\d+)/g)].map(([, id]) => id)).toEqual(['000118'])
    const all = { FromDate: '1/1/1900', ToDate: '12/31/2199' }
    expect((await call('ListAppointments', all)).text).toContain('0000302')
    expect((await call('ListAppointments', { ...all, CaseId: '000117' })).text).not.toContain('0000302')
    expect((await call('ListAppointments', {})).text).toContain('BadDate')
  })

  it('is one for one caller at a time, and counts when it was not', async () => {
    const both = await Promise.all([
      call('GetCase', { CaseId: '000117' }),
      call('GetCase', { CaseId: '000118' }),
    ])
    expect(both.filter(({ text }) => text.includes('soap:Server.Busy'))).toHaveLength(1)
    expect(legacy.traffic()).toEqual({ calls: 2, overlaps: 1, most: 2 })
    await control('PUT', '/settings', { onOverlap: 'corrupt' })
    const mixed = await Promise.all([
      call('GetCase', { CaseId: '000117' }),
      call('GetCase', { CaseId: '000118' }),
    ])
    expect(mixed[1].text).toContain('<CaseId>000117</CaseId>')
  })

  it('keeps notes, as often as they are sent', async () => {
    for (let twice = 0; twice < 2; twice++) {
      expect(
        (await call('AddNote', { CaseId: '000117', NoteText: 'Told by text &#8220;Łódź&#8221;' })).status,
      ).toBe(200)
    }
    const { data } = (await (await control('GET', '/notes')).json()) as { data: { NoteText: string }[] }
    expect(data.map(({ NoteText }) => NoteText)).toEqual(Array(2).fill('Told by text “?ód?”'))
    expect((await call('AddNote', { CaseId: '000117', NoteText: 'x'.repeat(2_001) })).text).toContain(
      'NoteTooLong',
    )
  })

  it('refuses what its controls cannot take', async () => {
    expect((await control('PATCH', '/cases/000117', { Colour: 'red' })).status).toBe(422)
    expect((await control('PATCH', '/cases/000117', { CaseStatus: 3 })).status).toBe(422)
    expect((await control('POST', '/documents', { CaseId: '999999' })).status).toBe(422)
    expect((await control('PUT', '/settings', { zone: 'Mars' })).status).toBe(422)
    expect((await control('PUT', '/settings', { encoding: { bytes: 'ebcdic' } })).status).toBe(422)
    expect((await control('PATCH', '/cases/117', {})).status).toBe(404)
    expect((await call('GetCase', { CaseId: '<!DOCTYPE x>' })).text).toContain('BadRequest')
  })

  it('writes and compares dates by the wall', () => {
    expect(wallTime(Date.parse('2026-10-15T18:30:00Z'), 'America/New_York')).toBe('10/15/2026 2:30 PM')
    expect(wallTime(Date.parse('2026-10-15T04:05:00Z'), 'America/New_York')).toBe('10/15/2026 12:05 AM')
    expect(wallOrder('10/15/2026 12:05 AM')).toBeLessThan(wallOrder('10/15/2026 12:05 PM') ?? 0)
    expect(wallOrder('2/30/2026')).toBeUndefined()
  })
})
