/** The report on messages, held against a naive count over the same rows. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type MessageFigures,
  type MessageOutcome,
  type MessageReport,
  messageOutcomes,
} from '../../contracts/message-reports.ts'
import { reportMessagesCommand } from '../../src/main/commands/message-reports.ts'
import type { OperatingDeps } from '../../src/main/commands/operating.ts'
import { everything, messageReport, reportRange } from '../../src/modules/reports/index.ts'
import { closeMatter, roles } from '../../src/modules/staff/index.ts'
import { writeRows } from '../support/rows.ts'
import { apiWorld, type FirmWorld, newId, type Person, somebody } from './api-support.ts'

// Thursday, 2026-10-15, noon in New York.
const world = await apiWorld()
const { test, call, clock, deps, firm, app } = world
let one: FirmWorld
let key: string
let people: Awaited<ReturnType<FirmWorld['client']>>[]
let behind: Person

interface Made {
  id: string
  matter: number
  at: Temporal.Instant
  channel: 'sms' | 'email'
  purpose: string
  template: string
  state: string
  reason: string | null
  opened: boolean
  machineOpened: boolean
  clicked: boolean
  replied: boolean
}
let list: Made[]

/** Park and Miller, "Random number generators: good ones are hard to find" (1988): the same numbers each time. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  return {
    chance: (share: number) => next() < share,
    of: <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)]!,
    next,
  }
}

const states: [string, string | null, MessageOutcome][] = [
  ['delivered', null, 'delivered'],
  ['delivered', null, 'delivered'],
  ['sent', null, 'sent'],
  ['sent', 'never_confirmed', 'sent'],
  ['undelivered', '30005', 'undelivered'],
  ['dead', '30006', 'dead'],
  ['unknown', null, 'unknown'],
  ['queued', null, 'under_way'],
  ['sending', null, 'under_way'],
  ['held', 'client paused', 'held'],
  ['cancelled', 'in a digest', 'in_digest'],
  ['cancelled', 'no longer true', 'cancelled'],
]

function invented(seed: number): Made {
  const { chance, of, next } = dice(seed * 7_919 + 1)
  const [state, reason] = of(states)
  // Around the days on which New York puts its clocks on (8 March) and the last weeks.
  const from = Temporal.Instant.from(
    of(['2026-03-06T12:00:00Z', '2026-09-14T00:00:00Z', '2026-10-12T00:00:00Z']),
  )
  const left = state === 'delivered' || state === 'sent' || chance(0.2)
  const channel = of(['sms', 'email'] as const)
  return {
    id: randomUUID(),
    matter: of([0, 0, 1]),
    at: from.add({ minutes: Math.floor(next() * 5_000) }),
    channel,
    purpose: of(['status', 'reminder', 'billing']),
    template: of(['status-update', 'date-reminder', '=cmd|calc']),
    state,
    reason,
    opened: left && channel === 'email' && chance(0.5),
    machineOpened: left && channel === 'email' && chance(0.5),
    clicked: left && channel === 'email' && chance(0.2),
    replied: left && channel === 'sms' && chance(0.3),
  }
}

/** As the guide says it, one message after the other. */
function naive(those: readonly Made[]): MessageFigures {
  const outcomeOf = (m: Made) => states.find(([s, r]) => s === m.state && r === m.reason)![2]
  const outcomes = Object.fromEntries(
    messageOutcomes.map((o) => [o, those.filter((m) => outcomeOf(m) === o).length]),
  ) as MessageFigures['outcomes']
  const left = those.filter((m) => m.state === 'delivered' || m.state === 'sent')
  const mails = left.filter((m) => m.channel === 'email')
  const opened = mails.filter((m) => m.opened).length
  const tried = outcomes.delivered + outcomes.sent + outcomes.undelivered + outcomes.dead
  return {
    messages: those.length,
    outcomes,
    deliveredShare: tried === 0 ? null : outcomes.delivered / tried,
    mails: mails.length,
    opened,
    machineOpened: mails.filter((m) => m.machineOpened && !m.opened).length,
    clicked: mails.filter((m) => m.clicked).length,
    openedShare: mails.length === 0 ? null : opened / mails.length,
    texts: left.length - mails.length,
    replied: left.filter((m) => m.channel === 'sms' && m.replied).length,
  }
}

const dayOf = (m: Made) => m.at.toZonedDateTimeISO('America/New_York').toPlainDate().toString()
const within = (from: string, to: string) => list.filter((m) => dayOf(m) >= from && dayOf(m) <= to)
const report = async (query: string, who: string | Person = key): Promise<MessageReport> => {
  const { status, body } = await call(who, 'GET', `/reports/messages${query}`)
  expect({ status, body }).toMatchObject({ status: 200 })
  return body
}
const without = <T extends object>(object: T, ...names: string[]) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

beforeAll(async () => {
  one = await firm('one')
  const other = await firm('other')
  key = (await one.key(['read'])).key
  people = [
    await one.client('Ana Lima', { phone: '+12015550147' }, 'M-1'),
    await one.client('Ben Ode', { phone: '+12015550148' }, 'M-2'),
  ]
  await one.inFirm((tx) =>
    tx.run(`update matters set data = '{"practice_area":"Personal injury"}' where id = $1`, [
      people[1]!.matterId,
    ]),
  )
  list = Array.from({ length: 1_500 }, (_, i) => invented(i))
  const at = (yes: boolean, m: Made) => (yes ? m.at.add({ hours: 1 }).toString() : null)
  const rows = (whose: FirmWorld) =>
    list.map((m) => ({
      id: whose === one ? m.id : randomUUID(),
      notice_id: randomUUID(),
      matter_id: people[m.matter]!.matterId,
      client_id: people[m.matter]!.id,
      contact_point_id: randomUUID(),
      connection_id: whose.connections.twilio,
      channel: m.channel,
      address: '+12015550147',
      purpose: m.purpose,
      urgent: false,
      template_key: m.template,
      template_version: 1,
      language: 'en',
      body: 'Words',
      state: m.state,
      reason: m.reason,
      due_at: m.at.toString(),
      attempt_count: 1,
      retry_step: 0,
      opened_at: at(m.opened, m),
      machine_opened_at: at(m.machineOpened, m),
      clicked_at: at(m.clicked, m),
      replied_at: at(m.replied, m),
      cause: randomUUID(),
      created_at: m.at.toString(),
    }))
  await writeRows(test.adminPool, one.firmId, { messages: rows(one) })
  await writeRows(test.adminPool, other.firmId, { messages: rows(other).slice(0, 200) })
  behind = await somebody(world, one, 'owner')
  const acting = { by: 'test', now: clock.now(), newId }
  await one.inFirm((tx) =>
    closeMatter(tx, { matterId: people[1]!.matterId, staffId: behind.staffId }, 'her brother', acting),
  )
})
afterAll(() => deps.signIn.close())

describe('messages by outcome', () => {
  it.each([
    ['2026-03-01', '2026-10-15', 'month'],
    ['2026-03-06', '2026-03-12', 'day'],
    ['2026-03-05', '2026-03-17', 'week'],
    ['2026-10-15', '2026-10-15', 'day'],
    ['2020-01-01', '2020-01-31', 'day'],
  ] as const)('from %s to %s by %s are what a count over the rows says', async (from, to, by) => {
    const found = await report(`?from=${from}&to=${to}&by=${by}`)
    expect(found).toMatchObject({ from, to, by, zone: 'America/New_York', at: clock.now().toString() })
    expect(found.total).toEqual(naive(within(from, to)))
    for (const p of found.periods) expect(without(p, 'from', 'to')).toEqual(naive(within(p.from, p.to)))
    const named = (rows: readonly object[], name: keyof Made) =>
      expect(rows.map((row) => [(row as never)[name], without(row, name)])).toEqual(
        [...Map.groupBy(within(from, to), (m) => m[name])]
          .map(([value, those]) => [value, naive(those)] as const)
          .sort(([a, x], [b, y]) => y.messages - x.messages || String(a).localeCompare(String(b))),
      )
    named(found.templates, 'template')
    named(found.channels, 'channel')
    named(found.purposes, 'purpose')
  })

  it('know every state that a message can be in', async () => {
    const { rows } = await test.adminPool.query<{ rule: string }>(
      `select pg_get_constraintdef(oid) as rule from pg_constraint where conname = 'messages_state_check'`,
    )
    const all = [...rows[0]!.rule.matchAll(/'(\w+)'::text/g)].map(([, state]) => state!)
    expect([...new Set(states.map(([state]) => state))].sort()).toEqual(all.sort())
    expect([...new Set(states.map(([, , outcome]) => outcome))].sort()).toEqual(messageOutcomes.toSorted())
  })

  it('count each message in exactly one outcome, and have something in each', async () => {
    const { total } = await report('?from=2026-03-01&to=2026-10-15&by=month')
    expect(total.messages).toBe(list.length)
    expect(Object.values(total.outcomes).reduce((a, b) => a + b, 0)).toBe(list.length)
    for (const count of Object.values(total.outcomes)) expect(count).toBeGreaterThan(20)
    for (const figure of ['opened', 'machineOpened', 'clicked', 'replied'] as const)
      expect(total[figure]).toBeGreaterThan(20)
  })

  it.each([
    ['channel=email', (m: Made) => m.channel === 'email'],
    ['purpose=billing', (m: Made) => m.purpose === 'billing'],
    ['template=date-reminder', (m: Made) => m.template === 'date-reminder'],
    ['practiceArea=Personal%20injury', (m: Made) => m.matter === 1],
    [
      'channel=sms&purpose=status&template=status-update',
      (m: Made) => m.channel === 'sms' && m.purpose === 'status' && m.template === 'status-update',
    ],
    ['template=nobody', () => false],
  ] as const)('narrowed by %s', async (query, fits) => {
    const { total } = await report(`?from=2026-03-01&to=2026-10-15&${query}`)
    expect(total).toEqual(naive(within('2026-03-01', '2026-10-15').filter(fits)))
  })

  it('leave out what is closed to whoever asks', async () => {
    const { total } = await report('?from=2026-03-01&to=2026-10-15', behind)
    expect(total).toEqual(naive(list.filter((m) => m.matter === 0)))
    const { body } = await call(behind, 'GET', '/reports/choices')
    expect(body.practiceAreas).toEqual([])
    const csv = await call(behind, 'GET', '/reports/messages.csv?from=2026-03-01&to=2026-10-15')
    expect(summed(csv.body as string, 'messages')).toBe(total.messages)
    const pdf = await app.request('/reports/messages.pdf?from=2026-03-01&to=2026-10-15', {
      headers: { cookie: behind.cookie },
    })
    const { text } = await extractText(new Uint8Array(await pdf.arrayBuffer()), { mergePages: true })
    expect(text).toContain(`All ${total.messages} 100%`)
  })

  it('may be read by every role', async () => {
    for (const role of roles) {
      const { total } = await report('', await somebody(world, one, role))
      expect(total).toEqual(naive(within('2026-09-16', '2026-10-15')))
    }
  })

  it('say what is wrong with the days, the grouping and the rest', async () => {
    for (const [query, path] of [
      ['?from=2026-02-30', 'query.from'],
      ['?from=2026-10-16', 'query.from'],
      ['?from=1990-01-01', 'query.from'],
      ['?from=2020-01-01&by=day', 'query.by'],
      ['?by=hour', 'query.by'],
      ['?channel=fax', 'query.channel'],
      ['?purpose=gossip', 'query.purpose'],
    ] as const)
      for (const report of ['messages', 'messages.csv']) {
        const { status, body } = await call(key, 'GET', `/reports/${report}${query}`)
        expect([query, status, body.errors[0].path]).toEqual([query, 422, path])
      }
  })

  it('follow a receipt that comes months later', async () => {
    const late = list.find((m) => m.state === 'sent' && dayOf(m) < '2026-04-01')!
    const before = (await report('?from=2026-03-01&to=2026-03-31')).total.outcomes
    await one.inFirm((tx) =>
      tx.run(`update messages set state = 'delivered', settled_at = $2 where id = $1`, [
        late.id,
        clock.now(),
      ]),
    )
    late.state = 'delivered'
    late.reason = null
    const after = (await report('?from=2026-03-01&to=2026-03-31')).total.outcomes
    expect(after).toEqual({ ...before, sent: before.sent - 1, delivered: before.delivered + 1 })
  })

  it('offers what it can be narrowed to', async () => {
    const { body } = await call(key, 'GET', '/reports/choices')
    expect(body).toEqual({
      templates: ['letter-of-one', 'status-update'],
      practiceAreas: ['Personal injury'],
    })
  })
})

/** Of a table without quoted cells: the test looks that there are none. */
function summed(csv: string, column: string): number {
  expect(csv).not.toContain('"')
  const [head, ...lines] = csv.replace('\uFEFF', '').trimEnd().split('\r\n')
  const at = head!.split(',').indexOf(column)
  return lines.reduce((sum, line) => sum + Number(line.split(',')[at]), 0)
}

describe('the same as files', () => {
  it('is a table that adds up to the report, in which a template’s name is no formula', async () => {
    const query = '?from=2026-03-01&to=2026-10-15&by=week'
    const response = await app.request(`/reports/messages.csv${query}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="tipstaff-messages-2026-03-01-to-2026-10-15.csv"',
    )
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const text = new TextDecoder().decode(bytes)
    const { total } = await report(query)
    for (const name of ['messages', 'mails', 'opened', 'clicked', 'texts', 'replied'] as const)
      expect(summed(text, name)).toBe(total[name])
    for (const name of messageOutcomes) expect(summed(text, name)).toBe(total.outcomes[name])
    expect(text).toContain(",'=cmd|calc,")
    expect(text).not.toContain(',=cmd')
  })

  it.each([
    ['en', 'Messages to clients: Mar 1, 2026 to Oct 15, 2026', 'What became of them', 'Handed over'],
    ['es', 'Mensajes a clientes: Del 1 mar 2026 al 15 oct 2026', 'Qué fue de ellos', 'Cursado'],
  ])(
    'is a document in %s with the definitions, the figures and the charts',
    async (language, title, part, word) => {
      const query = `?from=2026-03-01&to=2026-10-15&by=month&language=${language}&channel=sms`
      const response = await app.request(`/reports/messages.pdf${query}`, {
        headers: { authorization: `Bearer ${key}` },
      })
      expect(response.headers.get('content-type')).toBe('application/pdf')
      const bytes = new Uint8Array(await response.arrayBuffer())
      const folder = process.env.PICTURES
      if (folder !== undefined) writeFileSync(join(folder, `report-${language}.pdf`), bytes)
      const pdf = await getDocumentProxy(bytes)
      const { text } = await extractText(pdf, { mergePages: true })
      const { total } = await report('?from=2026-03-01&to=2026-10-15&channel=sms')
      for (const words of [title, part, `${word} ${total.outcomes.sent}`]) expect(text).toContain(words)
      expect((await getMeta(pdf)).info).toMatchObject({ Language: language, Author: 'Firm one' })
      // Screen readers find tables, and hear what a chart shows.
      expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true })
      expect(JSON.stringify(await (await pdf.getPage(1)).getStructTree())).toContain(`"alt":"${part}"`)
      expect(text).not.toContain('{{')
      expect(text).not.toContain('undefined')
    },
  )

  it('is printed, written and given to programs by the command line', async () => {
    const printed = { out: '', err: '' }
    const operating = {
      ...deps,
      by: 'cli:test',
      terminal: {
        out(text: string) {
          printed.out += text
        },
        err(text: string) {
          printed.err += text
        },
        colour: false,
      },
    } as unknown as OperatingDeps
    const days = { firm: 'one', from: '2026-03-01', to: '2026-10-15' }
    const dir = mkdtempSync(join(tmpdir(), 'tipstaff-report-'))
    try {
      const csv = join(dir, 'messages.csv')
      const pdf = join(dir, 'messages.pdf')
      expect(await reportMessagesCommand(operating, { ...days, csv, pdf, language: 'es' })).toBe(0)
      expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
      expect(printed.out).toContain(`${list.length} messages written from 2026-03-01 to 2026-10-15`)
      expect(printed.out).toMatch(/\nBy month\n +messages +delivered/)
      expect(printed.out).toContain(`Written: ${csv}`)
      // Whoever asks over HTTP gets it without its mark, as they ask for text.
      expect(readFileSync(csv, 'utf8').replace('\uFEFF', '')).toBe(
        (await call(key, 'GET', '/reports/messages.csv?from=2026-03-01&to=2026-10-15')).body,
      )
      printed.out = ''
      expect(await reportMessagesCommand(operating, { ...days, purpose: 'billing', json: true })).toBe(0)
      expect(JSON.parse(printed.out)).toEqual(await report('?from=2026-03-01&to=2026-10-15&purpose=billing'))
      expect(await reportMessagesCommand(operating, { ...days, csv: join(dir, 'none', 'x.csv') })).toBe(1)
      expect(printed.err).toContain('could not be written')
      expect(await reportMessagesCommand(operating, { firm: 'one', from: 'yesterday' })).toBe(1)
      expect(printed.err).toContain('--from: yesterday is not a day')
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

describe('the rows of a report', () => {
  it('are found by their time, whoever asks, however few of them a practice area has', async () => {
    // Ten times as many of another year: a table of which a period is a part.
    await test.adminPool.query(
      `set session_replication_role = replica;
       insert into messages (firm_id, id, notice_id, matter_id, client_id, contact_point_id, connection_id, channel, address,
         purpose, urgent, template_key, template_version, language, state, due_at, cause, created_at)
       select firm_id, gen_random_uuid(), notice_id, matter_id, client_id, contact_point_id, connection_id, channel, id::text || n,
         purpose, urgent, template_key, template_version, language, 'delivered', due_at, id::text || n, created_at - interval '1 year' * n
       from messages, generate_series(1, 12) n;
       analyze messages; set session_replication_role = origin`,
    )
    const range = reportRange({}, clock.now(), 'America/New_York')
    if (!range.ok) throw new Error(range.message)
    for (const staffId of [null, behind.staffId])
      for (const practiceArea of [null, 'Personal injury']) {
        const plan = await world.db.forFirm(
          one.firmId,
          async (tx) => {
            const plans: string[] = []
            const explaining = {
              ...tx,
              async rows(sql: string, values: unknown[]) {
                const lines = await tx.rows<{ 'QUERY PLAN': string }>(`explain ${sql}`, values)
                plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
                return []
              },
            } as never
            await messageReport(explaining, range.range, { ...everything, practiceArea })
            return plans.join('\n')
          },
          staffId,
        )
        expect(plan).toContain('messages_created')
        expect(plan).not.toContain('Seq Scan on messages')
        expect(plan).not.toContain('messages_matter')
      }
  })
})
