import { describe, expect, it } from 'vitest'
import type { ClientId, ConnectionId, FirmId, MatterId } from '../../kernel/index.ts'
import { firmSettings } from '../firms/index.ts'
import { compileStatuses } from '../matters/index.ts'
import { compileQuiet } from '../moments/index.ts'
import { compileTemplate, templateConfig } from '../templates/index.ts'
import type { DecisionContext } from './channel.ts'
import { compileRule } from './compile.ts'
import { decide } from './decide.ts'
import type { FirmProgram } from './program.ts'
import type { Happening, Situation } from './situation.ts'
import { ruleConfig } from './types.ts'

/** Noon and almost midnight in New York. */
const noon = Temporal.Instant.from('2030-01-15T17:00:00Z')
const night = Temporal.Instant.from('2030-01-16T04:30:00Z')
const [firmId, matterId, clientId] = ['f', 'm', 'c'] as unknown as [FirmId, MatterId, ClientId]
const [sms, email] = ['sms-out', 'mail-out'] as unknown as [ConnectionId, ConnectionId]

const templates = ['hello', 'dated'].map((key) => {
  const words = key === 'hello' ? 'Hello {{ client.first_name }}' : 'On {{ day }}'
  const texts = { sms: `${words}.`, email: { subject: 'News', body: words } }
  const made = compileTemplate(templateConfig.parse({ key, languages: { en: texts } }))
  if (!made.ok) throw new Error(JSON.stringify(made))
  return [key, { version: 4, template: made.template }] as const
})
const statuses = compileStatuses({
  states: [{ key: 'trial', raw: ['Trial'], words: { en: 'at trial' }, next: [], initial: true }],
} as never)
if (!statuses.ok) throw new Error('statuses')

const tell = (more: object = {}) => ({ tell: 'client', template: 'hello', ...more })
function program(...rules: object[]): FirmProgram {
  const compiled = rules.map((rule, i) => {
    const made = compileRule(
      ruleConfig.parse({ key: `r${i + 1}`, on: 'matter.status_changed', then: [tell()], ...rule }),
      1,
    )
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    return made.rule
  })
  return {
    firmId,
    revision: 1,
    settings: firmSettings.parse({
      key: 'firm',
      name: 'Firm',
      timeZone: 'America/New_York',
      languages: ['en'],
    }),
    statuses: statuses.ok ? statuses.map : (undefined as never),
    rules: Map.groupBy(compiled, (r) => r.on),
    rulesByKey: new Map(compiled.map((r) => [r.key, r])),
    evidenceOfCourse: [],
    templates: new Map(templates),
    quiet: compileQuiet({
      firm: { from: '21:00', until: '08:00', mail: false, urgent: 'wait' },
      rules: [],
      firmZone: 'America/New_York',
      firmRegion: null,
      spread: 0,
    }),
    digests: new Map(),
    outlets: { sms, email },
    mailFrom: { email: 'news@firm.example' },
  }
}

const happening: Happening = {
  eventId: 'e',
  type: 'matter.status_changed',
  subject: 'entry:1',
  occurredAt: noon,
  data: { from: null, to: 'trial' },
  stateEntry: 1,
  fact: null,
  settlesAt: null,
}
const client: NonNullable<Situation['client']> = {
  id: clientId,
  externalId: '1',
  name: 'Ana Ruiz',
  firstName: 'Ana',
  lastName: 'Ruiz',
  language: 'en',
  timeZone: 'America/New_York',
  preference: 'Both',
  cmsPaused: false,
  region: null,
  wishes: null,
  data: {},
  contactPoints: [
    { id: 'p1', channel: 'sms', address: '+12125550111', suppressed: false },
    { id: 'p2', channel: 'email', address: 'ana@example.com', suppressed: false },
  ] as never,
}
const situation: Situation = {
  matter: {
    id: matterId,
    connection_id: 'cms' as ConnectionId,
    external_id: '21001',
    client_id: clientId,
    client_external_id: '1',
    number: '00001',
    title: null,
    raw_status: 'Trial',
    state: 'trial',
    previous_state: null,
    state_entry: 1,
    state_entered_at: noon,
    settles_at: null,
    data: {},
    source_updated_at: null,
    status_received_at: null,
    caught_up_at: null,
    gone_since: null,
    observed_at: noon,
  },
  client,
  recipient: client,
  facts: [],
  history: [],
}
const context = (more: Partial<DecisionContext> = {}): DecisionContext => {
  let n = 0
  return {
    now: noon,
    newId: <T>() => `id${++n}` as T,
    firmId,
    pauses: [],
    withdrawals: [],
    known: { notices: new Map(), messages: new Set() },
    ...more,
  }
}
const run = (
  rule: object,
  more: Partial<Situation> = {},
  at: Partial<DecisionContext> = {},
  what: Partial<Happening> = {},
) => {
  const told = 'client' in more ? { recipient: more.client ?? null } : {}
  return decide(program(rule), { ...happening, ...what }, { ...situation, ...told, ...more }, context(at))
}

describe('a rule that fires', () => {
  it('tells by every channel that the client wants, with the words and their version', () => {
    const plan = run({})
    expect(plan.results).toMatchObject([{ rule: 'r1', outcome: 'told' }])
    expect(plan.notices).toMatchObject([{ state: 'messaged', cause: 'm r1 0 entry:1', stateEntry: 1 }])
    expect(
      plan.messages.map((m) => [m.channel, m.address, m.body, m.templateVersion, m.state, m.connectionId]),
    ).toEqual([
      ['sms', '+12125550111', 'Hello Ana.', 4, 'queued', sms],
      ['email', 'ana@example.com', 'Hello Ana', 4, 'queued', email],
    ])
    expect(new Set(plan.messages.map((m) => m.cause)).size).toBe(2)
  })

  it('says "no" with the values that decided it', () => {
    const plan = run({ when: `matter.state == 'closed'` })
    expect(plan).toMatchObject({
      results: [{ outcome: 'no', values: { 'matter.state': 'trial' } }],
      notices: [],
      messages: [],
      tasks: [],
    })
  })

  it('is silent about other events', () => {
    expect(run({}, {}, {}, { type: 'invoice.paid' }).results).toEqual([])
  })

  describe('about an appointment', () => {
    const data = {
      start_at: '2030-01-20T15:00:00Z',
      end_at: null,
      summary: 'Hearing',
      description: 'weak case',
    }
    const about = (more: object = {}, appointment: object | null = {}): Partial<Happening> => ({
      data,
      fact: {
        id: 'fact',
        mark: 'v1',
        appointment: appointment && {
          edition: 3,
          data: { ...data, ...more },
          removed: false,
          ...appointment,
        },
      },
    })
    const invited = (rule: object, what: Partial<Happening>) =>
      run({ then: [tell({ calendar: true, ...rule })] }, {}, {}, what).messages.map(
        ({ channel, calendar }) => [channel, calendar?.replaceAll('\r\n ', '').split('\r\n') ?? null],
      )

    it('invites the client with the mail, where the firm wants it, and not with the text', () => {
      const [text, mail] = invited({}, about())
      expect(text).toEqual(['sms', null])
      expect(mail![1]).toEqual(
        expect.arrayContaining([
          'METHOD:REQUEST',
          'UID:fact@f',
          'SEQUENCE:3',
          'DTSTAMP:20300115T170000Z',
          'DTSTART:20300120T150000Z',
          'DTEND:20300120T160000Z',
          'SUMMARY:Hearing',
          'ORGANIZER;CN="Firm":mailto:news@firm.example',
        ]),
      )
      expect(JSON.stringify(mail)).not.toContain('weak')
      expect(invited({ calendar: false }, about()).map(([, calendar]) => calendar)).toEqual([null, null])
    })

    it('calls what has no name by the subject of the mail, in the client’s language', () => {
      for (const summary of [null, undefined, '  ', 5])
        expect(invited({ channels: ['email'] }, about({ summary }))[0]![1]).toContain('SUMMARY:News')
    })

    it('invites nobody to what has no time, nor where it is about something else', () => {
      for (const what of [
        about({ start_at: null }),
        about({ start_at: 'soon' }),
        about({}, null),
        { fact: null },
      ])
        expect(invited({ channels: ['email'] }, what)).toEqual([['email', null]])
    })

    it('takes the invitation back when it is off, if it had a time', () => {
      const [mail] = invited({ channels: ['email'] }, about({}, { edition: 4, removed: true }))
      expect(mail![1]).toEqual(expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:4']))
      const none = about({ start_at: null }, { removed: true })
      expect(invited({ channels: ['email'] }, none)).toEqual([['email', null]])
    })
  })

  it('makes a task, alone or beside a message', () => {
    const task = { task: { title: 'Call her', assign: 'attorney', due: 'P1D' } }
    expect(run({ then: [task] })).toMatchObject({ results: [{ outcome: 'task' }], notices: [], messages: [] })
    const both = run({ then: [tell(), task] })
    expect(both.messages).toHaveLength(2)
    expect(both.tasks).toMatchObject([
      { title: 'Call her', assignee: 'attorney', dueAt: noon.add({ hours: 24 }) },
    ])
  })

  it('decides the same cause once', () => {
    const known = { notices: new Map([['m r1 0 entry:1', false]]), messages: new Set<string>() }
    expect(run({}, {}, { known })).toMatchObject({ results: [{ outcome: 'already_decided' }], messages: [] })
  })
})

describe('what is not there yet', () => {
  const evidence = [{ name: 'the transcript', that: `documents.exists(d, d.category == 'Transcripts')` }]

  it('holds the notice until its deadline, and tells once it is there', () => {
    const held = run({ evidence, wait: 'P2D' })
    expect(held.results).toMatchObject([{ outcome: 'held', evidence: { 'the transcript': false } }])
    expect(held.notices).toMatchObject([
      { state: 'held', reason: 'evidence: the transcript', dueAt: noon.add({ hours: 48 }) },
    ])
    expect(held.tasks).toEqual([])
    const facts = [
      { matterId, kind: 'document' as const, externalId: '7', data: { category: 'Transcripts' } },
    ]
    expect(run({ evidence }, { facts }).messages).toHaveLength(2)
  })

  it('holds while the state may be a slip of the hand', () => {
    const settlesAt = noon.add({ minutes: 10 })
    expect(run({}, {}, {}, { settlesAt })).toMatchObject({
      notices: [{ state: 'held', reason: 'settling', dueAt: settlesAt }],
      messages: [],
    })
    expect(run({}, {}, { now: settlesAt }, { settlesAt }).messages).toHaveLength(2)
  })
})

describe('what the gates say', () => {
  it('holds the text till morning and lets the mail go', () => {
    const plan = run({}, {}, { now: night })
    expect(plan.messages.map((m) => [m.channel, m.state, String(m.dueAt)])).toEqual([
      ['sms', 'held', '2030-01-16T13:00:00Z'],
      ['email', 'queued', String(night)],
    ])
    expect(plan.results).toMatchObject([{ outcome: 'told' }])
  })

  it('suppresses where no channel is left, and keeps why', () => {
    const plan = run({}, { client: { ...client, preference: 'None' } })
    expect(plan).toMatchObject({
      results: [{ outcome: 'suppressed', reason: 'prefers none' }],
      notices: [{ state: 'suppressed' }],
      messages: [],
      tasks: [],
    })
    expect(plan.notices[0]!.gates.filter((g) => g.verdict === 'suppress').map((g) => g.gate)).toEqual([
      'preference',
      'preference',
    ])
  })

  it('gives staff a task where the client can’t be reached', () => {
    const none = run({}, { client: { ...client, contactPoints: [] } })
    expect(none).toMatchObject({ notices: [{ state: 'held' }], tasks: [{ kind: 'unreachable' }] })
    expect(run({}, { client: null })).toMatchObject({
      notices: [{ state: 'suppressed' }],
      tasks: [{ kind: 'unreachable' }],
    })
  })
})

describe('what goes wrong', () => {
  it('half of a message is never sent: both channels wait for staff', () => {
    const plan = run(
      { then: [tell({ template: 'dated', with: { day: 'event.day' } })] },
      {},
      {},
      { data: { day: null } },
    )
    expect(plan.messages).toEqual([])
    expect(plan).toMatchObject({
      notices: [{ state: 'held', dueAt: null }],
      tasks: [{ kind: 'template_problem' }],
    })
  })

  it('a template that does not exist, too', () => {
    expect(run({ then: [tell({ template: 'gone' })] })).toMatchObject({
      messages: [],
      tasks: [{ kind: 'template_problem' }],
    })
  })

  it('a condition that can’t be decided is a task, and no other rule suffers', () => {
    const broken = { when: `matter.title.size() > event.nothing` }
    const plan = decide(program(broken, {}), happening, situation, context())
    expect(plan.results.map((r) => r.outcome)).toEqual(['error', 'told'])
    expect(plan.tasks).toMatchObject([{ kind: 'rule_problem' }])
    expect(plan.messages).toHaveLength(2)
  })
})
