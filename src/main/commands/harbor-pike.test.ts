import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../kernel/index.ts'
import {
  type ConnectionSettings,
  compileHooks,
  deliveryKey,
  mapDelivery,
} from '../../modules/connections/index.ts'
import {
  checkConfig,
  type FirmSettings,
  type Json,
  placeProblems,
  placeText,
  readDocuments,
} from '../../modules/firms/index.ts'
import { compileStatuses, type StatusesConfig } from '../../modules/matters/index.ts'
import type { DigestConfig } from '../../modules/moments/index.ts'
import { type PlanConfig, spokenBy } from '../../modules/reminders/index.ts'
import { compileRule, type RuleConfig } from '../../modules/rules/index.ts'
import {
  compileTemplate,
  lintTemplate,
  renderMessage,
  standardPaths,
  type TemplateConfig,
  toContext,
} from '../../modules/templates/index.ts'
import { adapters } from '../adapters.ts'
import { configLanguage } from '../language.ts'
import { awakeZones } from './awake.ts'
import { readFirmDirectory } from './firm-directory.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const documents = readDocuments(readFirmDirectory(join(root, 'examples', 'harbor-pike')))
const checked = checkConfig(documents.items, configLanguage(adapters(systemClock)))
const all = <T>(kind: string) => checked.values.get(kind) as ReadonlyMap<string, T>
const settings = all<FirmSettings>('firm').get('firm')!
const states = all<StatusesConfig>('states').get('states')!
const seeds = ['seed-data.ts', 'seed-people.ts']
  .map((file) => readFileSync(join(root, 'sandbox', 'cms', file), 'utf8'))
  .join('\n')
const quoted = (text: string) => [...text.matchAll(/'([^']*)'/g)].map((match) => match[1]!)

describe('the example firm', () => {
  it('is right in every part and as a whole', () => {
    const { placed, elsewhere } = placeProblems(checked.problems, documents.items)
    const found = [...documents.problems, ...documents.warnings, ...placed].map(
      (p) => `${placeText(p)} ${p.message}`,
    )
    expect([...found, ...elsewhere]).toEqual([])
  })

  it('can’t go by a holiday calendar that does not exist: the file, the line and what was meant are named', () => {
    const wrong = (businessDays: object) => {
      const items = documents.items.map((item) =>
        item.key === 'office-meeting'
          ? { ...item, body: { ...(item.body as Record<string, Json>), businessDays: businessDays as Json } }
          : item,
      )
      const { problems } = checkConfig(items, configLanguage(adapters(systemClock)))
      return placeProblems(problems, documents.items).placed.map((p) => `${placeText(p)} ${p.message}`)
    }
    expect(wrong({ country: 'US', state: 'NYC' })).toEqual([
      expect.stringMatching(
        /reminders\.yaml:34:39 reminder office-meeting: businessDays\.state the calendar of US knows no state NYC; is one of these meant: NY \(New York\)$/,
      ),
    ])
    expect(wrong({ country: 'UK' })).toEqual([
      expect.stringMatching(
        /reminders\.yaml:34:.*known for UK; is one of these meant: GB \(United Kingdom\)$/,
      ),
    ])
  })

  it('always has a client who is awake', () => {
    const asleep: string[] = []
    for (let at = Temporal.Instant.from('2026-01-01T00:00Z'); at.epochMilliseconds < Date.UTC(2027, 0, 2); ) {
      if (awakeZones(settings.clientZones, settings.quietHours, at).length === 0) asleep.push(at.toString())
      at = at.add({ minutes: 30 })
    }
    expect(asleep).toEqual([])
  })

  it('knows the zones of the sandbox’s clients', () => {
    const zones = new Set([...seeds.matchAll(/zone: '([^']+)'/g)].map((match) => match[1]!))
    expect([...zones].sort()).toEqual([...settings.clientZones].sort())
  })

  it('maps every status that the sandbox’s matters have, but the one that is left for the quarantine', () => {
    const map = compileStatuses(states)
    if (!map.ok) throw new Error('not compiled')
    const stages = quoted(/STAGES = \[([^\]]*)\]/.exec(seeds)![1]!)
    expect(stages.length).toBeGreaterThan(10)
    expect(stages.filter((stage) => 'unknown' in map.map.lookup(stage))).toEqual(['on hold??'])
  })

  it('allows the usual way of a matter', () => {
    const map = compileStatuses(states)
    if (!map.ok) throw new Error('not compiled')
    const way = quoted(/USUAL_WAY = \[([^\]]*)\]/.exec(seeds)![1]!).map((stage) => {
      const found = map.map.lookup(stage)
      return 'state' in found ? found.state : stage
    })
    for (const [index, state] of way.slice(0, -1).entries()) {
      expect(map.map.states.get(state)!.next).toContain(way[index + 1])
    }
  })

  it('waits on exactly one state for a slip of the hand', () => {
    expect(states.states.filter((state) => state.settle !== undefined).map((state) => state.key)).toEqual([
      'closed',
    ])
  })

  it('says something at every state, once', () => {
    const rules = [...all<RuleConfig>('rule').values()].filter((rule) => rule.on === 'matter.status_changed')
    const said = states.states.map((state) => {
      const values = { ...nothing, matter: { state: state.key }, event: { ...nothing.event, from: 'intake' } }
      return `${state.key} ${rules.filter((rule) => holds(rule, values)).length}`
    })
    expect(said).toEqual(states.states.map((state) => `${state.key} 1`))
  })

  it('uses every template that it has', () => {
    const used = [...all<RuleConfig>('rule').values()].flatMap((rule) =>
      rule.then.flatMap((action) => ('tell' in action ? [action.template] : [])),
    )
    for (const digest of all<DigestConfig>('digest').values()) used.push(digest.template)
    for (const plan of all<PlanConfig>('reminder').values())
      used.push(...spokenBy(plan).map(({ template }) => template))
    // Staff send it.
    for (const { key, byHand } of all<TemplateConfig>('template').values()) if (byHand) used.push(key)
    for (const { answers } of all<TemplateConfig>('template').values())
      used.push(...Object.values(answers?.thanks ?? {}).filter((key) => key !== undefined))
    expect([...all('template').keys()].filter((key) => !used.includes(key))).toEqual([])
  })
})

const at = Temporal.Instant.from('2026-10-15T16:00:00Z')
const nothing = {
  event: { at, type: 'matter.status_changed', from: null } as Record<string, unknown>,
  matter: {} as Record<string, unknown>,
  client: {},
  documents: [] as unknown[],
  bills: [],
  appointments: [] as unknown[],
  history: [],
  // As rules get them: milliseconds (rules/situation.ts).
  at: at.epochMilliseconds,
}

function compiled(rule: RuleConfig) {
  const made = compileRule(rule, 1)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.rule
}

function holds(rule: RuleConfig, values: Record<string, unknown>): boolean {
  const verdict = compiled(rule).when?.evaluate(values) ?? { ok: true, value: true }
  if (!verdict.ok) throw new Error(`${rule.key}: ${verdict.message}`)
  return verdict.value === true
}

const rule = (key: string) => all<RuleConfig>('rule').get(key)!
function passed(key: string, name: string, values: Record<string, unknown>) {
  const action = compiled(rule(key)).actions[0]!
  const verdict = action.kind === 'tell' ? action.with.get(name)!.evaluate(values) : undefined
  return verdict?.ok ? verdict.value : verdict
}

describe('its rules', () => {
  const appointment = (start_at: string | null, event_type = 'Deposition') => ({
    id: start_at,
    event_type,
    start_at,
  })

  it('name the next deposition and the last one, whatever else the calendar holds', () => {
    const appointments = [
      appointment('2026-10-25T10:00:00-04:00'),
      appointment(null),
      appointment('2026-10-22T20:00:00-10:00'),
      appointment('2026-10-01T10:00:00Z'),
      appointment('2026-10-14T10:00:00Z'),
      appointment('2026-10-16T10:00:00Z', 'Hearing'),
    ]
    const values = { ...nothing, appointments }
    expect(passed('deposition-scheduled', 'starts_at', values)).toBe('2026-10-22T20:00:00-10:00')
    expect(passed('transcript-ready', 'testified_at', values)).toBe('2026-10-14T10:00:00Z')
    expect(passed('deposition-scheduled', 'starts_at', nothing)).toBe(null)
  })

  it('wait for a transcript of the document system that is not an old one', () => {
    const evidence = compiled(rule('transcript-ready')).evidence[0]!.that
    const inHand = (...documents: unknown[]) => {
      const verdict = evidence.evaluate({ ...nothing, documents })
      return verdict.ok ? verdict.value : verdict
    }
    expect(inHand()).toBe(false)
    // What Clio knows of a document has no filed_at.
    expect(
      inHand({ name: 'Transcript.pdf', category: 'Transcripts' }, { name: 'Complaint.pdf', category: null }),
    ).toBe(false)
    expect(inHand({ category: 'Transcripts', filed_at: '2026-01-14T10:00:00.000Z' })).toBe(false)
    expect(inHand({ category: 'Pleadings', filed_at: '2026-10-14T10:00:00.000Z' })).toBe(false)
    expect(inHand({ category: 'Transcripts', filed_at: '2026-10-14T10:00:00.000Z' })).toBe(true)
  })

  it('speak of dates that matter to the client', () => {
    const hearing = (event: Record<string, unknown>, state = 'discovery') => ({
      ...nothing,
      matter: { state },
      event: { at, start_at: '2026-10-20T10:00:00Z', event_type: 'Hearing', ...event },
    })
    expect(holds(rule('hearing-scheduled'), hearing({}))).toBe(true)
    expect(holds(rule('hearing-scheduled'), hearing({ event_type: null }))).toBe(false)
    expect(holds(rule('hearing-scheduled'), hearing({ start_at: '2026-10-01T10:00:00Z' }))).toBe(false)
    expect(holds(rule('hearing-scheduled'), hearing({ event_type: 'Deposition' }))).toBe(false)
    expect(
      holds(rule('hearing-scheduled'), hearing({ event_type: 'Deposition' }, 'deposition_scheduled')),
    ).toBe(true)
    expect(holds(rule('hearing-moved'), hearing({}))).toBe(true)
    expect(holds(rule('hearing-moved'), hearing({ event_type: null }))).toBe(true)
    expect(holds(rule('hearing-moved'), hearing({ event_type: 'Meeting' }))).toBe(false)
    const before = { start_at: '2026-10-20T10:00:00Z', event_type: 'Hearing' }
    expect(holds(rule('hearing-cancelled'), hearing({ before }))).toBe(true)
    expect(holds(rule('hearing-cancelled'), { ...nothing })).toBe(false)
    expect(passed('hearing-cancelled', 'before', hearing({ before }))).toBe('2026-10-20T10:00:00Z')
    expect(passed('hearing-moved', 'before', hearing({}))).toBe(null)
  })

  it('do not ask for papers from those who sent some lately, nor send colleagues’ notes to clients', () => {
    const waiting = { ...nothing, matter: { state: 'awaiting_documents' } }
    const filed = (days: number) => [
      { type: 'document.filed', at: at.subtract({ hours: 24 * days }).epochMilliseconds },
    ]
    expect(holds(rule('documents-needed'), waiting)).toBe(true)
    expect(holds(rule('documents-needed'), { ...waiting, history: filed(2) })).toBe(false)
    expect(holds(rule('documents-needed'), { ...waiting, history: filed(4) })).toBe(true)
    const note = (subject: unknown) => ({ ...nothing, event: { at, subject } })
    expect(holds(rule('comment-added'), note('Client update: we filed'))).toBe(true)
    expect(holds(rule('comment-added'), note('Strategy'))).toBe(false)
    expect(holds(rule('comment-added'), note(null))).toBe(false)
    expect(holds(rule('comment-added'), nothing)).toBe(false)
  })
})

describe('its connections', () => {
  const map = (key: string, body: Json, headers: Record<string, string> = {}) => {
    const made = compileHooks(all<ConnectionSettings>('connection').get(key)!.hooks!)
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    const input = {
      body: body as Parameters<typeof mapDelivery>[1]['body'],
      headers,
      model: null,
      receivedAt: at,
    }
    const mapped = mapDelivery(made.hooks, input)
    return { key: deliveryKey(made.hooks, input), events: mapped.kind === 'events' ? mapped.events : mapped }
  }

  it('understand a flat payload, which has no id', () => {
    expect(map('harbor-pike-flat', { caseId: '21001', newStatus: 'Discovery' })).toMatchObject({
      key: null,
      events: [
        {
          type: 'matter.status_changed',
          matterExternalId: '21001',
          status: 'Discovery',
          mattersOf: 'harbor-pike-clio',
        },
      ],
    })
  })

  it('understand a nested payload, and notes beside it', () => {
    const status = {
      client_id: 11001,
      matter_id: 21001,
      previous_attributes: { status: 'Intake' },
      current_attributes: { status: 'Discovery' },
    }
    const headers = { 'webhook-id': 'msg_1' }
    expect(map('harbor-pike-desk', { data: status }, headers)).toMatchObject({
      key: 'msg_1',
      events: [
        {
          type: 'matter.status_changed',
          matterExternalId: '21001',
          clientExternalId: '11001',
          status: 'Discovery',
        },
      ],
    })
    const note = { id: 7, subject: 'Client update: filed', detail: 'We filed.', author: 'Tessa Moreno' }
    expect(
      map(
        'harbor-pike-desk',
        { type: 'note.created', data: { client_id: 11001, matter_id: 21001, note } },
        headers,
      ),
    ).toMatchObject({
      events: [
        {
          type: 'comment.added',
          matterExternalId: '21001',
          subject: 'note:7',
          data: { subject: note.subject, comment: 'We filed.' },
        },
      ],
    })
  })

  it('keep a filed document as a fact', () => {
    const data = {
      id: '4820-1',
      matter: '21001',
      name: 'Santos, Maria.pdf',
      category: 'Transcripts',
      tags: [],
      filedAt: '2026-10-15T14:00:00.000Z',
      modifiedAt: '2026-10-15T14:00:00.000Z',
    }
    const body = { type: 'document.filed', timestamp: '2026-10-15T14:00:01.000Z', data }
    expect(map('harbor-pike-dms', body)).toMatchObject({
      key: 'document:4820-1@2026-10-15T14:00:00.000Z',
      events: [
        {
          type: 'document.filed',
          matterExternalId: '21001',
          subject: 'document:4820-1',
          fact: {
            kind: 'document',
            externalId: '4820-1',
            version: data.modifiedAt,
            data: { category: 'Transcripts', filed_at: data.filedAt },
          },
        },
      ],
    })
    expect(map('harbor-pike-dms', { ...body, type: 'document.updated' })).toMatchObject({
      events: [{ type: 'document.changed' }],
    })
  })

  it('take a payment as billing tells it, and leave the rest of its chatter alone', () => {
    const invoice = { number: 3981, matter: '21001', total: 1250, paid_at: '2026-10-15T14:00:00Z' }
    expect(map('harbor-pike-billing', { id: 'evt_9', type: 'invoice.paid', invoice })).toMatchObject({
      key: 'evt_9',
      events: [{ type: 'invoice.paid', matterExternalId: '21001', data: { number: '3981', total: 1250 } }],
    })
    expect(map('harbor-pike-billing', { id: 'evt_10', type: 'invoice.viewed' }).events).toEqual({
      kind: 'ignored',
    })
  })
})

describe('its words', () => {
  const start = '2026-12-23T17:30:00-05:00'
  const context = (
    language: string,
    state: StatusesConfig['states'][number],
    more: Record<string, unknown>,
  ) => {
    const name = language === 'es' ? 'Guadalupe José' : 'Christopher'
    return toContext({
      client: { first_name: name, name },
      matter: { number: '00009-Fernández Ortega', state: { words: state.words[language], since: at } },
      firm: { name: settings.name, phone: settings.offices[0]!.phone },
      event: {
        start_at: start,
        total: 12_345.67,
        number: '3981',
        author: 'Tessa Moreno',
        comment: 'All is well.',
        name: 'Scheduling order.pdf',
        ...more,
      },
      starts_at: start,
      testified_at: start,
      before: start,
      // As staff type it.
      topic: language === 'es' ? 'su expediente médico' : 'your medical records',
      groups: [{ matter: { number: '00009' }, lines: ['A document is ready for you: Scheduling order.pdf'] }],
      count: 3,
      more: 0,
      link: `https://messages.example.com/digests/${'x'.repeat(70)}`,
    })
  }
  const templates = [...all<TemplateConfig>('template')]

  it.each(templates)('%s: names the firm and the client, in two text segments at most', (_key, config) => {
    const made = compileTemplate(config)
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    const problems = lintTemplate(made.template, new Set(standardPaths), settings.languages)
    expect(problems).toEqual([])
    for (const language of settings.languages) {
      for (const state of states.states) {
        for (const channel of ['sms', 'email'] as const) {
          // Who answers by text is thanked by text.
          if (config.languages[language]![channel] === undefined) continue
          const message = renderMessage(made.template, {
            language,
            fallbackLanguage: 'en',
            channel,
            context: context(language, state, {}),
            timeZone: 'Pacific/Auckland',
            homeZone: settings.timeZone,
          })
          if (!message.ok) throw new Error(JSON.stringify(message.problems))
          expect(message.language).toBe(language)
          expect(message.text.replaceAll('\\', '')).toContain('Harbor & Pike')
          expect(message.text).toMatch(/Christopher|Guadalupe/)
          if (channel === 'sms') expect(message.segments, message.text).toBeLessThanOrEqual(2)
        }
      }
    }
  })

  it('leave out what is not known yet instead of waiting for it', () => {
    const made = compileTemplate(all<TemplateConfig>('template').get('deposition-scheduled')!)
    if (!made.ok) throw new Error('not compiled')
    const message = renderMessage(made.template, {
      language: 'en',
      fallbackLanguage: 'en',
      channel: 'sms',
      context: toContext({
        client: { name: 'Seabright Fisheries LLC', first_name: null },
        matter: { number: '1', state: { words: 'x', since: at } },
        firm: { name: settings.name, phone: '1' },
        event: {},
        starts_at: null,
      }),
      timeZone: 'America/Halifax',
    })
    expect(message).toMatchObject({
      ok: true,
      text: 'Seabright Fisheries LLC, Harbor & Pike here: your deposition is being scheduled. We will send you the date. Questions? Reply or call 1.',
    })
  })
})
