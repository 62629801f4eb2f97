/** Forty kinds of dirt over HTTP: the sandbox knows what it planted, the audit knows nothing of it. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditCmsCommand } from '../../src/main/commands/audit-cms.ts'
import type { AuditReport } from '../../src/modules/cms-audit/index.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.control('PUT', '/_sandbox/cms/settings', { rateLimit: null })
})
afterAll(() => world.close())

const connection = 'harbor-pike-clio'

async function audit(options: object = {}, of = world): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await auditCmsCommand(
    {
      ...of.runtime,
      by: 'test',
      terminal: { out: (text) => (out += text), err: (text) => (err += text), colour: false },
    },
    connection,
    // Where an audit before has used up a minute, the next waits for its end: the clock goes on, or it waits for ever.
    { wait: async (seconds: number) => of.clock.advance({ seconds }), ...options },
  )
  return { code, out, err }
}

async function report(options: object = {}): Promise<AuditReport> {
  const { code, out, err } = await audit({ json: true, ...options })
  expect(err).toBe('')
  expect(code).toBe(0)
  return JSON.parse(out) as AuditReport
}

const subjects: Record<string, string> = { contact: 'client', calendar_entry: 'appointment' }

/** What of an audit may count as having found a kind of dirt. */
const found: Record<string, string[]> = {
  'mail-domain-misspelt': ['mail_typo'],
  'mail-ending-misspelt': ['mail_typo'],
  'mail-two-in-one': ['mail_unusable'],
  'mail-trailing-dot': ['mail_unusable'],
  'phone-landline-as-mobile': ['phone_landline'],
  'phone-too-short': ['phone_unusable'],
  'phone-with-letters': ['phone_unusable'],
  'phone-fax-as-mobile': ['phone_fax'],
  'phone-placeholder': ['phone_placeholder'],
  'phone-shared': ['phone_shared'],
  'phone-in-name': ['phone_in_name'],
  'name-last-first': ['name_order'],
  'name-in-capitals': ['name_shouting'],
  'name-placeholder': ['name_placeholder'],
  'name-of-a-company': ['name_company'],
  'name-with-emoji': ['name_characters'],
  'name-damaged': ['name_mojibake'],
  'client-twice': ['client_twice'],
  'client-nearly-twice': ['client_nearly_twice'],
  'client-unreachable': ['client_unreachable'],
  'preference-without-means': ['preference_unmet'],
  'time-zone-in-words': ['zone_unknown', 'zone_fixed'],
  'language-unknown': ['language_unknown'],
  'pause-in-words': ['pause_unclear'],
  'status-free-text': ['status_unknown'],
  'status-contradicts-stage': ['status_contradicts'],
  'stage-missing': ['stage_missing'],
  'date-past-century': ['date_past_century'],
  'date-year-mistyped': ['date_far_ahead'],
  'ends-before-it-begins': ['ends_before_it_begins'],
  'hearing-all-day': ['all_day_hearing'],
  'statute-passed': ['statute_passed'],
  'statute-missing': ['statute_missing'],
  'client-missing': ['client_missing'],
  'attorney-missing': ['attorney_missing'],
  'attorney-inactive': ['attorney_inactive'],
  'bill-negative': ['amount_negative'],
  'bill-paid-without-amount': ['paid_without_payment'],
  'document-nameless': ['document_nameless'],
  'appointment-orphaned': ['appointment_orphaned'],
}

describe('forty kinds of dirt', () => {
  it('are found in all records that have them, and in the clean twin nothing is', async () => {
    await world.control('POST', '/_sandbox/cms/dirt/twin', {
      matters: 90,
      clients: 80,
      seed: 4,
      alone: true,
    })
    const clean = await report()
    expect(clean.trouble.map(({ kind, examples }) => [kind, examples[0]])).toEqual([])
    expect(clean.differences).toEqual([])

    const { data } = (await world.control('POST', '/_sandbox/cms/dirt', {
      matters: 90,
      clients: 80,
      seed: 4,
      alone: true,
    })) as { data: { kind: string; model: string; id: string | number }[] }
    expect(new Set(data.map(({ kind }) => kind)).size).toBe(40)
    const dirty = await report()
    const seen = new Set(
      dirty.trouble.flatMap(({ kind, subject, examples }) =>
        examples.map(({ externalId }) => `${kind} ${subject} ${externalId}`),
      ),
    )
    const missed = data.filter(
      ({ kind, model, id }) =>
        !found[kind]!.some((one) => seen.has(`${one} ${subjects[model] ?? model} ${id}`)),
    )
    expect(missed).toEqual([])
    // And nothing of what lies around it.
    const planted = new Set(data.map(({ model, id }) => `${subjects[model] ?? model} ${id}`))
    const alarms = [...seen].filter((one) => !planted.has(one.slice(one.indexOf(' ') + 1)))
    expect(alarms).toEqual([])
  })
})

const planted = (model: string, patch: object, id?: number) =>
  world.control(id ? 'PATCH' : 'POST', `/_sandbox/cms/${model}${id ? `/${id}` : ''}`, patch) as Promise<{
    data: { id: number }
  }>

describe('the report', () => {
  const nasty = `</title><script>alert(1)</script>"onmouseover='alert(2)' JosÃ©`
  let client: number
  beforeAll(async () => {
    await world.control('POST', '/_sandbox/cms/reset')
    await world.control('PUT', '/_sandbox/cms/settings', { rateLimit: null })
    client = (
      await planted('contacts', {
        first_name: 'Eve',
        last_name: nasty,
        primary_email_address: 'eve.adams@gmial.com',
        primary_phone_number: '+1 702 555 0199',
      })
    ).data.id
    await planted('matters', { client: { id: client }, description: 'x', matter_stage: { name: nasty } })
  })

  it('fits a terminal of 80 columns, without colours where there are none', async () => {
    const { out } = await audit()
    const long = out.split('\n').filter((line) => line.length > 80)
    // What can't be broken stays whole: a path, a value.
    expect(
      long.filter((line) =>
        line
          .trim()
          .split(' ')
          .every((word) => word.length < 60),
      ),
    ).toEqual([])
    expect(out).not.toContain('\u001b')
    for (const title of ['Verdicts', 'What was found', 'Data points', 'Status: ', 'Endpoints'])
      expect(out).toContain(`\n${title}`)
    expect(out).toContain('perhaps gmail.com')
  })

  it('masks what belongs to people, and shows it when asked', async () => {
    const masked = await audit({ json: true })
    expect(masked.out).not.toContain('eve.adams')
    expect(masked.out).toContain('e••.a••••@gmial.com')
    const shown = await audit({ json: true, showValues: true })
    expect(shown.out).toContain('eve.adams@gmial.com')
    expect(world.logged.join('')).not.toContain('eve.adams')
  })

  it('is one page without scripts, in which names are text', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tipstaff-audit-'))
    const { out, code } = await audit({
      html: join(dir, 'a.html'),
      json: join(dir, 'a.json'),
      showValues: true,
    })
    expect(code).toBe(0)
    expect(out).toContain('Verdicts')
    const page = readFileSync(join(dir, 'a.html'), 'utf8')
    expect(page).not.toMatch(/<script|<img|<iframe|<link|src=|@import|url\(/i)
    expect(page).not.toMatch(/\son\w+=/i)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).toContain("default-src 'none'")
    // Every drawing says in words what it shows.
    const drawings = page.match(/<svg [^>]*>/g) ?? []
    expect(drawings.length).toBeGreaterThan(1)
    expect(drawings.every((one) => /role="img" aria-label="[^"]+"/.test(one))).toBe(true)
    expect(page.match(/<(section|article|details|table)\b/g)!.length).toBe(
      page.match(/<\/(section|article|details|table)>/g)!.length,
    )
    const json = JSON.parse(readFileSync(join(dir, 'a.json'), 'utf8')) as AuditReport
    expect(json.verdicts).toHaveLength(6)
  })

  it('names where each data point lies, and what is nowhere', async () => {
    const { points, status, endpoints, dates } = await report()
    const of = (name: string) => points.find(({ point }) => point === name)
    expect(of('email')).toMatchObject({ place: 'contact.email_addresses[].address', types: { text: 15 } })
    expect(of('contact_preference')).toMatchObject({ records: 16, filled: 14, valid: 14 })
    expect(of('paralegal')?.filled).toBe(0)
    expect(of('next_court_date')?.filled).toBeGreaterThan(1)
    expect(status.values.find(({ value }) => value === 'on hold??')).toMatchObject({ count: 1, state: null })
    expect(endpoints.find(({ path }) => path === 'GET /api/v4/contacts.json')).toMatchObject({
      statuses: { 200: 1 },
    })
    expect(dates.find(({ path }) => path === 'matter.open_date')?.formats).toEqual({ 'YYYY-MM-DD': 17 })
  })

  it('says that the next run got better, or worse', async () => {
    await planted('contacts', { primary_email_address: 'eve.adams@gmail.com' }, client)
    await planted('contacts', { primary_phone_number: '12' }, 11007)
    const { compared } = await report()
    const of = (kind: string) => compared?.kinds.find((one) => one.kind === kind)
    expect(of('mail_typo')).toEqual({ kind: 'mail_typo', before: 1, now: 0, gone: 1, fresh: 0 })
    expect(of('phone_unusable')).toMatchObject({ fresh: 1 })
    const { out } = await audit()
    expect(out).toContain('Since the audit of')
  })
})

describe('reading', () => {
  it('writes nothing into the CMS', async () => {
    const before = (await world.calls('clio')).length
    await report()
    const calls = (await world.calls('clio')).slice(before)
    expect(calls.length).toBeGreaterThan(4)
    expect(calls.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('waits as long as it is told to, and loses nothing by it', async () => {
    const whole = await report()
    await world.control('POST', '/_sandbox/cms/seed', { matters: 900, clients: 900, seed: 2 })
    await world.control('PUT', '/_sandbox/cms/settings', { rateLimit: 3 })
    const waited: number[] = []
    const slow = await report({
      fresh: true,
      wait: async (seconds: number) => {
        waited.push(seconds)
        await world.advance({ seconds })
      },
    })
    await world.control('PUT', '/_sandbox/cms/settings', { rateLimit: null })
    expect(waited.length).toBeGreaterThan(1)
    expect(waited.every((seconds) => seconds >= 1 && seconds <= 61)).toBe(true)
    const count = (of: AuditReport, model: string) => of.records.find((one) => one.model === model)!.count
    expect(count(slow, 'matter')).toBe(count(whole, 'matter') + 900)
    expect(slow.endpoints.find(({ path }) => path.includes('contacts'))?.limit).toMatchObject({ limit: 3 })
    expect(slow.records.every(({ problem }) => problem === null)).toBe(true)
  })

  it('goes on where it was stopped, and comes to the same end', async () => {
    const whole = await report()
    let pages = 0
    const stopped = await audit({ json: true, stopped: () => ++pages > 4 })
    expect(stopped.code).toBe(1)
    expect(stopped.err).toContain('the next run goes on')
    const before = (await world.calls('clio')).length
    const rest = await report()
    const calls = (await world.calls('clio')).slice(before)
    const all = whole.endpoints.reduce((sum, one) => sum + one.calls, 0)
    expect(calls.length).toBeLessThan(all)
    const found = (of: AuditReport) => of.trouble.map(({ kind, subject, count }) => [kind, subject, count])
    expect(found(rest)).toEqual(found(whole))
    expect(rest.records).toEqual(whole.records)
    expect(rest.status).toEqual(whole.status)
  })

  it('begins anew when asked to', async () => {
    let pages = 0
    await audit({ json: true, stopped: () => ++pages > 2 })
    const { records } = await report({ fresh: true })
    expect(records.find(({ model }) => model === 'contact')?.count).toBeGreaterThan(900)
    expect(
      await world.rows('select state, count(*)::int as count from cms_audits group by 1 order by 1'),
    ).toEqual([
      { state: 'dropped', count: 1 },
      { state: 'finished', count: expect.any(Number) },
    ])
    expect(await world.rows('select from cms_audit_marks')).toEqual([])
    expect(await world.rows('select from cms_audit_matters')).toEqual([])
  })

  it('keeps findings of the last two audits only', async () => {
    await report()
    const [row] = await world.rows<{ count: number }>(
      'select count(distinct audit_id)::int as count from cms_audit_findings',
    )
    expect(row!.count).toBeLessThanOrEqual(2)
  })

  it('goes on without a list that it may not read, and says so in the verdicts', async () => {
    await world.fault([{ provider: 'clio', kind: 'status', status: 403, count: 1 }])
    const { records, verdicts, endpoints } = await report({ fresh: true })
    await world.clearFaults()
    expect(records.find(({ model }) => model === 'contact')?.problem).toContain('403')
    expect(records.filter(({ problem }) => problem === null)).toHaveLength(4)
    expect(endpoints.find(({ path }) => path.includes('contacts'))?.statuses).toEqual({ 403: 1 })
    const billing = verdicts.find(({ purpose }) => purpose === 'billing')
    expect(billing?.verdict).toBe('not_ready')
    expect(billing?.because.join()).toContain('the list of clients could not be read')
  })

  it('ends when nobody is let in any more, and keeps what it has', async () => {
    await world.fault([{ provider: 'clio', kind: 'status', status: 401 }])
    const { code, err } = await audit({ json: true, fresh: true })
    await world.clearFaults()
    expect([code, err]).toEqual([1, expect.stringContaining('401')])
    expect((await audit({ json: true })).code).toBe(0)
  })

  it('refuses what can not be read, in one line', async () => {
    let err = ''
    const deps = {
      ...world.runtime,
      by: 'test',
      terminal: { out: () => {}, err: (text: string) => (err += text), colour: false },
    }
    const wait = () => Promise.resolve()
    expect(await auditCmsCommand(deps, 'nowhere', { wait })).toBe(1)
    expect(err).toBe('tipstaff: no connection is called nowhere; there is harbor-pike-clio\n')
    err = ''
    expect(await auditCmsCommand(deps, 'harbor-pike-twilio', { wait })).toBe(1)
    expect(err).toContain('has no lists that can be read')
  })
})
