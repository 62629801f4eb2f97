/** The report on reminders, held against a model of its own that counts one appointment after the other. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ReminderReport } from '../../contracts/reports.ts'
import {
  listAppointmentsCommand,
  reportRemindersCommand,
  sayAttendanceCommand,
} from '../../src/main/commands/appointments.ts'
import type { OperatingDeps } from '../../src/main/commands/operating.ts'
import { type MadeAppointment, type MadeReminder, makeAppointments } from '../support/made-appointments.ts'
import { apiWorld, type FirmWorld } from './api-support.ts'

// Thursday, 2026-10-15, noon in New York.
const { test, call, clock, deps, firm } = await apiWorld()
let one: FirmWorld
let other: FirmWorld
let key: string
let list: MadeAppointment[]
let ids: string[]

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
  }
}

const steps = [
  { plan: 'court-date', step: 'week-before', template: 'date-reminder', lead: 168 },
  { plan: 'court-date', step: 'evening-before', template: 'date-reminder', lead: 15 },
  { plan: 'office-meeting', step: 'two-days', template: 'meeting-soon', lead: 48 },
]

function invented(seed: number): MadeAppointment {
  const { chance, of } = dice(seed * 7_919 + 1)
  const editions = Array.from({ length: of([1, 1, 1, 2, 3]) }, () => {
    const startsAt = Temporal.Instant.from('2026-09-20T13:00:00Z').add({
      hours: of([0, 2, 4, 9, 11]) + 24 * of([0, 5, 10, 15, 20, 24, 25, 26, 30, 40]),
    })
    const reminders = steps
      .filter(() => chance(0.7))
      .map(
        (s): MadeReminder => ({
          ...s,
          state: of(['said', 'said', 'said', 'skipped', 'superseded']),
          left: chance(0.8),
        }),
      )
    const asked = reminders.flatMap((r, i) => (r.state === 'said' && r.left ? [i] : []))
    const answers =
      asked.length > 0 && chance(0.6)
        ? Array.from({ length: of([1, 1, 2]) }, () => ({
            to: of(asked),
            answer: of(['confirmed', 'confirmed', 'another_date'] as const),
          }))
        : []
    return { startsAt, reminders, answers }
  })
  const said = editions.filter(() => chance(0.6)).map(({ startsAt }) => String(startsAt))
  return {
    type: of(['Hearing', 'Signing', null]),
    removed: chance(0.1),
    editions,
    attendance: [...new Set(said)].map((startsAt) => ({
      startsAt: Temporal.Instant.from(startsAt),
      outcome: of(['kept', 'kept', 'missed'] as const),
    })),
  }
}

/** Counts as the guide describes it, one appointment at a time. */
function model(of: readonly MadeAppointment[], from: string, to: string) {
  const now = clock.now()
  const dates = of.flatMap((made) => {
    const planned = made.editions.flatMap((e, i) =>
      e.reminders.length > 0 ? [{ ...e, edition: i + 1 }] : [],
    )
    const times = [...new Set(planned.map((e) => String(e.startsAt)))]
    return times.flatMap((time) => {
      const day = Temporal.Instant.from(time).toZonedDateTimeISO('America/New_York').toPlainDate().toString()
      if (day < from || day > to) return []
      const here = planned.filter((e) => String(e.startsAt) === time)
      const last = here.at(-1)!
      const outcome = made.attendance.find((a) => String(a.startsAt) === time)?.outcome ?? null
      const stands = !made.removed && last === planned.at(-1)
      const sent = here.flatMap((e) => e.reminders.filter((r) => r.state === 'said' && r.left))
      const answer = last.answers.at(-1)
      const over = Temporal.Instant.compare(Temporal.Instant.from(time), now) <= 0
      return [
        {
          held: stands || outcome !== null,
          type: made.type,
          over,
          outcome: over ? outcome : null,
          sent,
          answer: answer?.answer ?? (sent.length > 0 ? 'none' : 'not_reminded'),
          answered: answer ? { ...last.reminders[answer.to]!, answer: answer.answer } : null,
        },
      ]
    })
  })
  const held = dates.filter((d) => d.held)
  type Dates = typeof dates
  const came = (those: Dates) => {
    const [kept, missed, unknown] = (['kept', 'missed', null] as const).map(
      (outcome) => those.filter((d) => d.over && d.outcome === outcome).length,
    ) as [number, number, number]
    return { kept, missed, unknown, missedShare: kept + missed > 0 ? missed / (kept + missed) : null }
  }
  const sums = (those: Dates) => ({
    appointments: those.length,
    toCome: those.filter((d) => !d.over).length,
    reminded: those.filter((d) => d.answer !== 'not_reminded').length,
    reminders: those.reduce((n, d) => n + d.sent.length, 0),
    confirmed: those.filter((d) => d.answer === 'confirmed').length,
    anotherDate: those.filter((d) => d.answer === 'another_date').length,
    ...came(those),
  })
  return {
    total: sums(held),
    types: [...Map.groupBy(held, (d) => d.type)].map(([type, those]) => ({ type, ...sums(those) })),
    answers: (['confirmed', 'another_date', 'none', 'not_reminded'] as const).map((answer) => {
      const those = held.filter((d) => d.over && d.answer === answer)
      return { answer, appointments: those.length, ...came(those) }
    }),
    steps: steps.flatMap((s) => {
      const is = (r: MadeReminder | null) => r?.plan === s.plan && r.step === s.step
      const reminders = dates.flatMap((d) => d.sent.filter(is).map(() => d))
      if (reminders.length === 0) return []
      const answered = (answer: string) =>
        held.filter((d) => d.answered?.answer === answer && is(d.answered)).length
      return [
        {
          plan: s.plan,
          step: s.step,
          template: s.template,
          reminders: reminders.length,
          confirmed: answered('confirmed'),
          anotherDate: answered('another_date'),
          ...came(reminders.filter((d) => d.held)),
        },
      ]
    }),
  }
}

const printed = { out: '', err: '' }
const cli = (firmKey = 'one'): { operating: OperatingDeps; firm: string } => ({
  operating: {
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
  } as unknown as OperatingDeps,
  firm: firmKey,
})
async function run(work: (deps: OperatingDeps, firmKey: string) => Promise<number>) {
  Object.assign(printed, { out: '', err: '' })
  const { operating, firm: firmKey } = cli()
  return { code: await work(operating, firmKey), ...printed }
}

async function made(whose: FirmWorld, appointments: readonly MadeAppointment[]) {
  const client = await whose.client('Ana Lima', { phone: '+12015550147' })
  return makeAppointments(
    test.adminPool,
    {
      firmId: whose.firmId,
      cms: whose.connections.clio,
      carrier: whose.connections.twilio,
      matterId: client.matterId,
      clientId: client.id,
      now: clock.now(),
    },
    appointments,
  )
}

beforeAll(async () => {
  one = await firm('one')
  other = await firm('other')
  key = (await one.key(['read', 'operate'])).key
  list = Array.from({ length: 400 }, (_, i) => invented(i))
  ids = await made(one, list)
  await made(other, list.slice(0, 50))
})

const report = async (query = ''): Promise<ReminderReport> => {
  const { status, body } = await call(key, 'GET', `/reports/reminders${query}`)
  expect(status).toBe(200)
  return body
}
const sorted = <T extends { type: string | null }>(types: readonly T[]) =>
  types.toSorted((a, b) => String(a.type).localeCompare(String(b.type)))

describe('the report', () => {
  it.each([
    ['2026-09-01', '2026-12-31'],
    ['2026-10-01', '2026-10-15'],
    ['2026-10-15', '2026-10-15'],
    ['2026-10-16', '2026-12-31'],
    ['2020-01-01', '2020-12-31'],
  ])('from %s to %s counts what a model of one appointment after the other does', async (from, to) => {
    const found = await report(`?from=${from}&to=${to}`)
    const expected = model(list, from, to)
    expect(found).toMatchObject({ from, to, zone: 'America/New_York' })
    expect(found.total).toEqual(expected.total)
    expect(sorted(found.types)).toEqual(sorted(expected.types))
    expect(found.answers).toEqual(expected.answers)
    expect(found.steps).toEqual(expected.steps)
  })

  it('has something of everything to count', async () => {
    const { total, answers, steps: counted } = await report('?from=2026-09-01&to=2026-12-31')
    for (const count of Object.values(total)) expect(count).toBeGreaterThan(0)
    for (const answer of answers) expect(answer.kept * answer.missed * answer.unknown).toBeGreaterThan(0)
    expect(counted).toHaveLength(3)
  })

  it('is of the last 30 days where nobody says, and refuses what is no day', async () => {
    expect(await report()).toMatchObject({ from: '2026-09-16', to: '2026-10-15' })
    expect(await report('?to=2026-09-30')).toMatchObject({ from: '2026-09-01', to: '2026-09-30' })
    for (const [query, path] of [
      ['?from=2026-02-30', 'query.from'],
      ['?to=tomorrow', 'query.to'],
      ['?from=2026-10-16', 'query.from'],
    ] as const) {
      const { status, body } = await call(key, 'GET', `/reports/reminders${query}`)
      expect([status, body.errors[0].path]).toEqual([422, path])
    }
  })

  it('is a table with bars at a terminal, and JSON to programs', async () => {
    const shown = await run((operating, firmKey) =>
      reportRemindersCommand(operating, { firm: firmKey, from: '2026-09-01', to: '2026-12-31' }),
    )
    expect(shown.code).toBe(0)
    const { total, answers } = model(list, '2026-09-01', '2026-12-31')
    expect(shown.out).toContain(`${total.appointments} appointments, ${total.toCome} of them to come`)
    const [confirmed] = answers
    expect(shown.out).toMatch(
      new RegExp(
        `confirmed +█+·+ +\\d+ % \\(${confirmed!.missed} of ${confirmed!.kept + confirmed!.missed}\\)`,
      ),
    )
    expect(shown.out).toMatch(/court-date\/evening-before date-reminder +\d+/)
    expect(shown.out).toContain('nobody said whether the client came; they count as neither.')
    expect(Math.max(...shown.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(140)
    const json = await run((operating, firmKey) =>
      reportRemindersCommand(operating, { firm: firmKey, from: '2026-09-01', to: '2026-12-31', json: true }),
    )
    expect(JSON.parse(json.out)).toEqual(await report('?from=2026-09-01&to=2026-12-31'))
    const empty = await run((operating, firmKey) =>
      reportRemindersCommand(operating, { firm: firmKey, from: '2020-01-01', to: '2020-12-31' }),
    )
    expect(empty.out).toContain('There are none.')
  })

  it('is a page whose charts have titles and whose numbers stand in tables', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tipstaff-report-'))
    const html = join(dir, 'report.html')
    try {
      const written = await run((operating, firmKey) =>
        reportRemindersCommand(operating, { firm: firmKey, from: '2026-09-01', to: '2026-12-31', html }),
      )
      expect(written.out).toContain(`Written: ${html}`)
      const page = readFileSync(html, 'utf8')
      const { total } = model(list, '2026-09-01', '2026-12-31')
      for (const part of [
        /<svg role="img" aria-label="Share of appointments that were missed/,
        /<caption>/,
        /scope="row"/,
      ])
        expect(page).toMatch(part)
      expect(page.match(/<svg /g)).toHaveLength(3)
      expect(page.match(/<table>/g)).toHaveLength(3)
      expect(page).toContain(`<th scope="row">All</th><td class="n">${total.appointments}</td>`)
      expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
      const refused = await run((operating, firmKey) =>
        reportRemindersCommand(operating, { firm: firmKey, html: join(dir, 'none', 'x.html') }),
      )
      expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('could not be written')])
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

describe('whether the client came', () => {
  const only = (outcome: string) =>
    call(key, 'GET', `/appointments?from=2026-09-01&to=2026-12-31&outcome=${outcome}&limit=200`)

  it('is listed for what is over, the newest first', async () => {
    for (const outcome of ['kept', 'missed', 'unknown'] as const) {
      const { items, next } = (await only(outcome)).body
      expect([items.length, next]).toEqual([model(list, '2026-09-01', '2026-12-31').total[outcome], null])
      const times = items.map((a: { startsAt: string }) => a.startsAt)
      expect(times).toEqual(times.toSorted().toReversed())
    }
  })

  it('comes in pages that miss nothing and double nothing, also where several begin at once', async () => {
    const path = '/appointments?from=2026-09-01&to=2026-12-31'
    const walk = async (limit: number) => {
      const seen: unknown[] = []
      for (let cursor = ''; ; ) {
        const page = (await call(key, 'GET', `${path}&limit=${limit}${cursor}`)).body
        seen.push(...page.items)
        if (page.next === null) return seen
        expect(page.items).toHaveLength(limit)
        cursor = `&cursor=${encodeURIComponent(page.next)}`
      }
    }
    const all = await walk(200)
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(all.length)
    expect(await walk(13)).toEqual(all)
    const { kept, missed, unknown } = model(list, '2026-09-01', '2026-12-31').total
    expect(all).toHaveLength(kept + missed + unknown)
    for (const wrong of ['x', '2026-13-01T00:00:00Z_019f0000-0000-7000-8000-000000000000'])
      expect(await call(key, 'GET', `${path}&cursor=${wrong}`)).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'query.cursor' }] },
      })
  })

  it('is said by staff, shows in the report, and can be taken back', async () => {
    const [first] = (await only('unknown')).body.items
    const before = (await report('?from=2026-09-01')).total
    const said = await call(key, 'POST', `/appointments/${first.id}/attendance`, { outcome: 'missed' })
    expect([said.status, said.body]).toEqual([
      200,
      { id: first.id, startsAt: first.startsAt, outcome: 'missed' },
    ])
    expect((await report('?from=2026-09-01')).total).toMatchObject({
      missed: before.missed + 1,
      unknown: before.unknown - 1,
    })
    const shown = await run((operating, firmKey) =>
      listAppointmentsCommand(operating, {
        firm: firmKey,
        outcome: 'missed',
        from: '2026-09-01',
        limit: 1000,
      }),
    )
    expect(shown.out).toContain(`${first.id}  `)
    const again = await run((operating, firmKey) =>
      sayAttendanceCommand(operating, first.externalId, 'kept', { firm: firmKey }),
    )
    expect([again.code, again.out]).toEqual([0, 'Said: kept.\n'])
    await run((operating, firmKey) => sayAttendanceCommand(operating, first.id, 'unknown', { firm: firmKey }))
    expect((await report('?from=2026-09-01')).total).toEqual(before)
    const actions = await one.inFirm((tx) =>
      tx.rows<{ actor: string; action: string }>(
        'select actor, action from audit_entries where subject = $1 order by seq',
        [`appointment:${first.id}`],
      ),
    )
    expect(actions.map((a) => a.action)).toEqual([
      'appointment.missed',
      'appointment.kept',
      'appointment.unknown',
    ])
    expect(actions[1]!.actor).toBe('cli:test')
  })

  it('can’t be said of what is to come, is off, or is another firm’s', async () => {
    const toCome = list.findIndex(
      (a) => !a.removed && Temporal.Instant.compare(a.editions.at(-1)!.startsAt, clock.now()) > 0,
    )
    const off = list.findIndex((a) => a.removed)
    const post = (id: string) => call(key, 'POST', `/appointments/${id}/attendance`, { outcome: 'missed' })
    expect(await post(ids[toCome]!)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('begins at') },
    })
    expect(await post(ids[off]!)).toMatchObject({ status: 409, body: { detail: 'the appointment is off' } })
    const theirs = await other.inFirm((tx) => tx.rows<{ id: string }>('select id from facts limit 1'))
    expect(await post(theirs[0]!.id)).toMatchObject({ status: 404 })
    const refused = await run((operating, firmKey) =>
      sayAttendanceCommand(operating, 'no-such', 'kept', { firm: firmKey }),
    )
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('no appointment no-such')])
  })
})
