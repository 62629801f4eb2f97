/** Texts after a change, and how fast answers and messages were, held against a count of one after the other. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QuestionReport, ResponseReport } from '../../contracts/message-reports.ts'
import { reportQuestionsCommand, reportResponsesCommand } from '../../src/main/commands/message-reports.ts'
import type { OperatingDeps } from '../../src/main/commands/operating.ts'
import { closeMatter } from '../../src/modules/staff/index.ts'
import { writeRows } from '../support/rows.ts'
import { apiWorld, type FirmWorld, type Person, somebody } from './api-support.ts'
import { phone } from './api-things.ts'

// Thursday, 2026-10-15, noon in New York.
const world = await apiWorld()
const { test, call, clock, deps } = world
let one: FirmWorld
let key: string
let behind: Person
let people: Awaited<ReturnType<FirmWorld['client']>>[]

/** Park and Miller, "Random number generators: good ones are hard to find" (1988): the same numbers each time. */
let seed = 4_711
const next = () => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed / 2_147_483_647
}
const chance = (share: number) => next() < share
const of = <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)]!

const begin = Temporal.Instant.from('2026-08-20T00:00:00Z')
const someTime = () => begin.add({ minutes: Math.floor(next() * 57 * 24 * 60) })

interface Change {
  id: string
  matter: number
  /** When the other system says that it was, and when we knew. */
  occurred: Temporal.Instant
  at: Temporal.Instant
  decided: boolean
  fromOutside: boolean
  message: null | {
    audience: 'client' | 'attorney'
    channel: 'sms' | 'email'
    state: 'delivered' | 'sent' | 'dead' | 'held' | 'in_digest'
    digestLeft: boolean
    sent: Temporal.Instant
    settled: Temporal.Instant
  }
}
interface Text {
  matters: number[]
  at: Temporal.Instant
  meaning: 'text' | 'stop' | 'confirm'
}
interface Task {
  kind: string
  matter: number
  at: Temporal.Instant
  seconds: number | null
}
let changes: Change[]
let texts: Text[]
let tasks: Task[]

function invent(): void {
  changes = Array.from({ length: 500 }, () => {
    const at = someTime()
    const sent = at.add({ seconds: Math.floor(next() * 50_000) })
    return {
      id: randomUUID(),
      matter: Math.floor(next() * 12),
      occurred: at.subtract({ seconds: Math.floor(next() * 400) - 40 }),
      at,
      decided: chance(0.9),
      fromOutside: chance(0.8),
      message: chance(0.7)
        ? {
            audience: of(['client', 'client', 'client', 'attorney'] as const),
            channel: of(['sms', 'email'] as const),
            state: of(['delivered', 'delivered', 'sent', 'dead', 'held', 'in_digest'] as const),
            digestLeft: chance(0.5),
            sent,
            settled: sent.add({ milliseconds: Math.floor(next() * 90_000) }),
          }
        : null,
    }
  })
  texts = Array.from({ length: 900 }, () => ({
    matters: chance(0.2) ? [Math.floor(next() * 6), 6 + Math.floor(next() * 6)] : [Math.floor(next() * 12)],
    at: someTime(),
    meaning: of(['text', 'text', 'text', 'stop', 'confirm'] as const),
  }))
  tasks = Array.from({ length: 300 }, () => ({
    kind: of(['incoming_text', 'incoming_text', 'rule', 'evidence_overdue']),
    matter: Math.floor(next() * 12),
    at: someTime(),
    seconds: chance(0.8) ? Math.floor(next() * 200_000) : null,
  }))
}

/** The last of them has no phone number. */
const withPhone = (matter: number) => matter !== 11
const days = (from: string, to: string) => {
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime('America/New_York').toInstant()
  return [start(Temporal.PlainDate.from(from)), start(Temporal.PlainDate.from(to).add({ days: 1 }))] as const
}
const ms = (instant: Temporal.Instant) => instant.epochMilliseconds
const week = 7 * 86_400_000

function naiveQuestions(from: string, to: string, seen: (matter: number) => boolean) {
  const [start, until] = days(from, to).map(ms) as [number, number]
  const end = Math.min(until, ms(clock.now()) - week)
  const sums = { told: [0, 0, 0], not_told: [0, 0, 0], before: [0, 0, 0] } as Record<
    string,
    [number, number, number]
  >
  const add = (group: string, matter: number, since: number, till: number) => {
    const heard = texts.filter(
      (t) =>
        t.meaning === 'text' &&
        t.matters.every(seen) &&
        t.matters.includes(matter) &&
        ms(t.at) >= since &&
        ms(t.at) < till,
    )
    const sum = sums[group]!
    sum[0]++
    sum[1] += (till - since) / week
    sum[2] += heard.length
  }
  for (const c of changes) {
    if (!c.decided || !withPhone(c.matter) || !seen(c.matter) || ms(c.at) < start || ms(c.at) >= end) continue
    const others = changes.filter((o) => o.decided && o.matter === c.matter).map((o) => ms(o.at))
    const after = Math.min(ms(c.at) + week, ...others.filter((o) => o > ms(c.at)))
    const before = Math.max(ms(c.at) - week, ...others.filter((o) => o < ms(c.at)))
    const m = c.message
    const left = m && (m.state === 'in_digest' ? m.digestLeft : m.state === 'delivered' || m.state === 'sent')
    const told = left === true && m?.audience === 'client'
    add(told ? 'told' : 'not_told', c.matter, ms(c.at), after)
    if (told) add('before', c.matter, before, ms(c.at))
  }
  return sums
}

/** Of those in order the first at which so many are reached: the discrete percentile of SQL. */
const nth = (list: readonly number[], share: number) =>
  list.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(list.length * share) - 1)] ?? null

beforeAll(async () => {
  one = await world.firm('one')
  key = (await one.key(['read'])).key
  people = []
  for (let i = 0; i < 12; i++)
    people.push(
      await one.client(`P${i}`, withPhone(i) ? { phone: phone() } : { mail: 'p@example.com' }, `M-${i}`),
    )
  await one.inFirm((tx) =>
    tx.run(`update matters set data = '{"practice_area":"Family"}' where id = any($1)`, [
      people.slice(0, 6).map((p) => p.matterId),
    ]),
  )
  invent()
  const whose = (matter: number) => ({ matter_id: people[matter]!.matterId, client_id: people[matter]!.id })
  const told = changes.flatMap((c) => (c.message ? [{ ...c, message: c.message, notice: randomUUID() }] : []))
  const row = (id: string, c: (typeof told)[number]) => ({
    id,
    notice_id: c.notice,
    ...whose(c.matter),
    contact_point_id: randomUUID(),
    connection_id: one.connections.twilio,
    channel: c.message.channel,
    address: '+12015550147',
    purpose: 'status',
    urgent: false,
    template_key: 'status-update',
    template_version: 1,
    language: 'en',
    body: 'Words',
    due_at: c.at.toString(),
    attempt_count: 1,
    retry_step: 0,
    cause: id,
    created_at: c.at.toString(),
  })
  const times = (c: (typeof told)[number]) => ({
    sent_at: c.message.sent.toString(),
    settled_at: c.message.settled.toString(),
  })
  const messages = told.flatMap(
    (c): (ReturnType<typeof row> & { carries: string | null; state: string })[] => {
      const { state, digestLeft } = c.message
      const none = { sent_at: null, settled_at: null, reason: null, digest_id: null, carries: null }
      if (state !== 'in_digest') return [{ ...row(randomUUID(), c), ...none, ...times(c), state }]
      const digest = randomUUID()
      const item = {
        ...row(randomUUID(), c),
        ...none,
        state: 'cancelled',
        reason: 'in a digest',
        digest_id: digest,
      }
      const carrier = {
        ...row(randomUUID(), c),
        ...none,
        ...times(c),
        state: digestLeft ? 'delivered' : 'dead',
        carries: digest,
      }
      return [item, carrier]
    },
  )
  await writeRows(test.adminPool, one.firmId, {
    events: changes.map((c) => ({
      id: c.id,
      delivery_id: c.fromOutside ? randomUUID() : null,
      connection_id: one.connections.clio,
      type: 'matter.status_changed',
      ...whose(c.matter),
      subject: c.id,
      occurred_at: c.occurred.toString(),
      recorded_at: c.at.toString(),
      data: {},
      outcome: c.decided ? 'decided' : 'unchanged',
    })),
    notices: told.map((c) => ({
      id: c.notice,
      event_id: c.id,
      ...whose(c.matter),
      audience: c.message.audience,
      rule_key: 'status-update',
      rule_version: 1,
      action: 0,
      purpose: 'status',
      urgency: 'normal',
      template_key: 'status-update',
      state: 'messaged',
      gates: [],
      cause: c.notice,
      created_at: c.at.toString(),
      updated_at: c.at.toString(),
    })),
    messages,
    // Whoever is behind a wall sees of digests those that say nothing of what is closed.
    digests: messages.flatMap((m) =>
      m.carries === null
        ? []
        : [
            {
              id: m.carries,
              client_id: m.client_id,
              channel: m.channel,
              key: 'updates',
              state: 'closed',
              due_at: m.due_at,
              opened_at: m.due_at,
              purposes: '{status}',
              matter_ids: `{${m.matter_id}}`,
            },
          ],
    ),
    incoming_texts: texts.map((t) => ({
      id: randomUUID(),
      connection_id: one.connections.twilio,
      provider_message_id: randomUUID(),
      from_address: '+12015550147',
      to_address: '+12015550123',
      body: 'Words',
      media: [],
      meaning: t.meaning,
      client_ids: `{${t.matters.map((m) => people[m]!.id).join(',')}}`,
      matter_ids: `{${t.matters.map((m) => people[m]!.matterId).join(',')}}`,
      received_at: t.at.toString(),
    })),
    tasks: tasks.map((t) => ({
      id: randomUUID(),
      kind: t.kind,
      title: 'Read it',
      detail: '',
      ...whose(t.matter),
      state: t.seconds === null ? 'open' : 'done',
      cause: randomUUID(),
      created_at: t.at.toString(),
      done_at: t.seconds === null ? null : t.at.add({ seconds: t.seconds }).toString(),
    })),
  })
  behind = await somebody(world, one, 'owner')
  await one.inFirm((tx) =>
    closeMatter(tx, { matterId: people[3]!.matterId, staffId: behind.staffId }, 'her brother', {
      by: 'test',
      now: clock.now(),
    }),
  )
})
afterAll(() => deps.signIn.close())

const get = async <T>(path: string, who: string | Person = key): Promise<T> => {
  const { status, body } = await call(who, 'GET', path)
  expect({ path, status, body }).toMatchObject({ status: 200 })
  return body
}

describe('texts after a change', () => {
  const check = (found: QuestionReport, expected: ReturnType<typeof naiveQuestions>) => {
    expect(found.groups.map((g) => g.group)).toEqual(['told', 'not_told', 'before'])
    for (const g of found.groups) {
      const [count, weeks, heard] = expected[g.group]!
      expect([g.group, g.changes, g.texts]).toEqual([g.group, count, heard])
      expect(g.weeks).toBeCloseTo(weeks, 3)
      expect(g.perHundredWeeks).toBeCloseTo((heard / weeks) * 100, 3)
    }
  }

  it.each([
    ['2026-08-20', '2026-10-15'],
    ['2026-09-16', '2026-10-15'],
    ['2026-09-01', '2026-09-30'],
  ])('from %s to %s are what a count of one change after the other says', async (from, to) => {
    const found = await get<QuestionReport>(`/reports/questions?from=${from}&to=${to}`)
    const expected = naiveQuestions(from, to, () => true)
    check(found, expected)
    for (const group of Object.values(expected)) expect(group[2]).toBeGreaterThan(5)
    expect(found.days).toBe(7)
    expect(found.fewerTexts).not.toBeNull()
  })

  it('end where not all days have passed, and say so', async () => {
    const found = await get<QuestionReport>('/reports/questions')
    expect(found.until).toBe(clock.now().subtract({ hours: 168 }).toString())
    const young = await get<QuestionReport>('/reports/questions?from=2026-10-09')
    expect(young).toMatchObject({ until: null, fewerTexts: null })
    expect(young.groups.map((g) => g.changes)).toEqual([0, 0, 0])
  })

  it('are those of matters that are open to whoever asks, and of a practice area alone', async () => {
    const days = 'from=2026-08-20&to=2026-10-15'
    check(
      await get<QuestionReport>(`/reports/questions?${days}`, behind),
      naiveQuestions('2026-08-20', '2026-10-15', (m) => m !== 3),
    )
    const family = await get<QuestionReport>(`/reports/questions?${days}&practiceArea=Family`)
    const all = await get<QuestionReport>(`/reports/questions?${days}`)
    expect(family.groups[0]!.changes).toBeLessThan(all.groups[0]!.changes)
    expect(family.filter).toEqual({ channel: null, purpose: null, template: null, practiceArea: 'Family' })
  })
})

describe('how fast', () => {
  const within = <T extends { at: Temporal.Instant }>(list: readonly T[], from: string, to: string) => {
    const [start, until] = days(from, to).map(ms) as [number, number]
    return list.filter((one) => ms(one.at) >= start && ms(one.at) < until)
  }

  it('staff completed tasks: an open one has taken for ever so far', async () => {
    const found = await get<ResponseReport>('/reports/response-times?from=2026-09-01&to=2026-10-15')
    expect(found.tasks[0]!.kind).toBe('incoming_text')
    const expected = [...Map.groupBy(within(tasks, '2026-09-01', '2026-10-15'), (t) => t.kind)]
    expect(found.tasks).toHaveLength(expected.length)
    for (const [kind, those] of expected) {
      const took = those.map((t) => t.seconds ?? Number.POSITIVE_INFINITY)
      const finite = (n: number | null) => (n === Number.POSITIVE_INFINITY ? null : n)
      const done = those.filter((t) => t.seconds !== null).length
      expect(found.tasks.find((t) => t.kind === kind)).toEqual({
        kind,
        tasks: those.length,
        done,
        open: those.length - done,
        median: finite(nth(took, 0.5)),
        // A fifth of them are open: of these nobody can say within what nine of ten were.
        p90: null,
      })
    }
  })

  it('a change elsewhere became a delivered message, step by step', async () => {
    const found = await get<ResponseReport>('/reports/response-times?from=2026-09-01&to=2026-10-15')
    expect(found.changes.map((c) => c.channel)).toEqual(['sms', 'email'])
    for (const { channel, messages, steps } of found.changes) {
      const those = within(changes, '2026-09-01', '2026-10-15').flatMap((c) =>
        c.fromOutside && c.message?.state === 'delivered' && c.message.channel === channel
          ? [{ ...c, message: c.message }]
          : [],
      )
      expect(messages).toBe(those.length)
      expect(messages).toBeGreaterThan(20)
      const took = those.map((c) => {
        const heard = Math.max(0, ms(c.at) - ms(c.occurred)) / 1000
        const said = (ms(c.message.sent) - ms(c.at)) / 1000
        const arrived = (ms(c.message.settled) - ms(c.message.sent)) / 1000
        return { heard, said, arrived, whole: heard + said + arrived }
      })
      for (const { step, median, p90 } of steps) {
        const list = took.map((t) => t[step])
        expect([step, median, p90]).toEqual([
          step,
          expect.closeTo(nth(list, 0.5)!, 3),
          expect.closeTo(nth(list, 0.9)!, 3),
        ])
      }
    }
  })

  it('without what is closed to whoever asks', async () => {
    const found = await get<ResponseReport>('/reports/response-times?from=2026-08-19&to=2026-10-15', behind)
    expect(found.tasks.reduce((sum, t) => sum + t.tasks, 0)).toBe(tasks.filter((t) => t.matter !== 3).length)
  })

  it('and the same as tables', async () => {
    const days = 'from=2026-09-01&to=2026-10-15'
    const [q, r] = [
      await get<string>(`/reports/questions.csv?${days}`),
      await get<string>(`/reports/response-times.csv?${days}`),
    ]
    expect(q.split('\r\n').map((line) => line.split(',')[0])).toEqual([
      'group',
      'told',
      'not_told',
      'before',
      '',
    ])
    const report = await get<ResponseReport>(`/reports/response-times?${days}`)
    expect(r.trimEnd().split('\r\n')).toHaveLength(1 + report.tasks.length + 4 * report.changes.length)
    expect(r).toContain(`task,incoming_text,,${report.tasks[0]!.tasks},`)
  })

  it('from the command line, too', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tipstaff-report-'))
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
    const options = { firm: 'one', from: '2026-09-01', to: '2026-10-15' }
    const days = 'from=2026-09-01&to=2026-10-15'
    try {
      for (const [command, path, words] of [
        [reportQuestionsCommand, 'questions', /told of the change +\d+ /],
        [reportResponsesCommand, 'response-times', /incoming_text +\d+ .* not yet\n/],
      ] as const) {
        const csv = join(dir, `${path}.csv`)
        printed.out = ''
        expect(await command(operating, { ...options, csv })).toBe(0)
        expect(printed.out).toMatch(words)
        expect(readFileSync(csv, 'utf8').replace('\uFEFF', '')).toBe(
          await get(`/reports/${path}.csv?${days}`),
        )
        printed.out = ''
        expect(await command(operating, { ...options, json: true })).toBe(0)
        expect(JSON.parse(printed.out)).toEqual(await get(`/reports/${path}?${days}`))
      }
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})
