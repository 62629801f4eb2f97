import { describe, expect, it } from 'vitest'
import { type CompiledTemplate, compileTemplate } from './compile.ts'
import { type TemplateContext, toContext } from './context.ts'
import { chooseLanguage, type Rendered, type RenderRequest, renderMessage } from './render.ts'
import { templateConfig } from './types.ts'

const context = (
  event: Record<string, unknown> = {},
  client: Record<string, unknown> = {},
): TemplateContext =>
  toContext({
    client: { name: 'María Gómez', first_name: 'María', last_name: 'Gómez', language: 'es', ...client },
    matter: {
      number: '2026-0012',
      title: 'Rivera v. Acme',
      state: { key: 'discovery', words: 'in discovery' },
    },
    firm: { name: 'Harbor Pike LLP' },
    event,
  })

function compiled(languages: Record<string, unknown>): CompiledTemplate {
  const result = compileTemplate(templateConfig.parse({ key: 'test', languages }))
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.template
}

const request: Omit<RenderRequest, 'context'> = {
  language: 'en',
  fallbackLanguage: 'en',
  channel: 'sms',
  timeZone: 'America/New_York',
}

const sms = (text: string, values = context(), more: Partial<RenderRequest> = {}): Rendered =>
  renderMessage(compiled({ en: { sms: text }, es: { sms: text } }), { ...request, context: values, ...more })

const said = (rendered: Rendered): string => (rendered.ok ? rendered.text : JSON.stringify(rendered.problems))
const problems = (rendered: Rendered) => (rendered.ok ? [] : rendered.problems)

describe('a message', () => {
  it('says what the template and the facts say, with its segments', () => {
    expect(sms('Hi {{ client.last_name }}, {{ matter.title }} is {{ matter.state.words }}.')).toEqual({
      ok: true,
      language: 'en',
      text: 'Hi Gómez, Rivera v. Acme is in discovery.',
      segments: 1,
      encoding: 'UCS-2',
    })
  })

  it('speaks the language of the client, else of the firm, else not at all', () => {
    const template = compiled({ en: { sms: 'Hello' }, es: { sms: 'Hola' } })
    const speak = (language: string | null, fallbackLanguage: string) =>
      renderMessage(template, { ...request, language, fallbackLanguage, context: context() })
    expect(speak('es', 'en')).toMatchObject({ ok: true, language: 'es', text: 'Hola' })
    expect(speak('es-MX', 'en')).toMatchObject({ ok: true, language: 'es' })
    expect(speak('fr', 'es')).toMatchObject({ ok: true, language: 'es' })
    expect(speak(null, 'en')).toMatchObject({ ok: true, language: 'en' })
    expect(speak('constructor', 'fr')).toEqual({
      ok: false,
      problems: [{ kind: 'missing', what: 'language fr in template test' }],
    })
    expect(chooseLanguage(template, 'ES_us', 'en')).toBe('es')
  })

  it('is refused on a channel that the template lacks', () => {
    expect(problems(sms('Hi', context(), { channel: 'email' }))).toEqual([
      { kind: 'missing', what: 'email in template test' },
    ])
  })

  it('has a subject of one line, whatever the facts contain', () => {
    const template = compiled({ en: { email: { subject: 'About {{ client.name }}', body: 'Hello' } } })
    const values = context({}, { name: 'María\r\nBcc: all@example.com\u0000\u202eevil' })
    const rendered = renderMessage(template, { ...request, channel: 'email', context: values })
    expect(rendered).toMatchObject({ ok: true, subject: 'About María Bcc: all@example.comevil' })
  })

  it('is composed text without controls and without what conditions leave behind', () => {
    const text = 'Hi\u0007 {{ client.name }}   \n\n\n{% if event.x %}x{% endif %}\n\n\nBye\n\n'
    expect(said(sms(text, context({}, { name: 'Jose\u0301\u200b \ud800' })))).toBe(
      'Hi José \ufffd\n\nBye'.replace('\ufffd', '\ufffd'),
    )
  })
})

describe('a message is never half-empty', () => {
  it.each([
    ['Hi {{ client.nickname }}', 'client.nickname'],
    ['Hi {{ client.nickname.short }}', 'client.nickname.short'],
    ['Hi {{ client.empty }}', 'client.empty'],
    ['Hi {{ client.spaces }}', 'client.spaces'],
    ['Hi {{ client.nothing | upcase }}', 'client.nothing'],
    ['{{ "Hi " | append: client.nothing }}', 'client.nothing'],
    ['{{ client.nothing | append: "!" }}', 'client.nothing'],
    ['{% assign hello = client.nothing | append: "!" %}{{ hello }}', 'hello'],
    ['{% for d in event.documents %}{{ d }}{% endfor %} follow', 'event.documents'],
    ['{% for d in (1..event.count) %}x{% endfor %} follow', 'event.count'],
    ['{{ event.none | join: ", " }} follow', 'event.none | join: ", "'],
    ['{{ event.none | first | append: "!" }} follow', 'event.none | first | append: "!"'],
    ['{{ event.at | date_long }} follows', 'event.at'],
    ['{{ nil }} follows', 'nil'],
    ['{{ "" }} follows', '""'],
  ])('%s names %s', (text, path) => {
    const values = context({ none: [] }, { empty: '', spaces: ' \t\n', nothing: null })
    expect(problems(sms(text, values))).toEqual([{ kind: 'missing', what: path }])
  })

  it('and all that is missing is named at once, each once, in subject and body', () => {
    const template = compiled({
      en: { email: { subject: '{{ event.a }}', body: '{{ event.a }} {{ event.b }} {{ event.c | money }}' } },
    })
    const rendered = renderMessage(template, {
      ...request,
      channel: 'email',
      context: context({ c: 'much' }),
    })
    expect(problems(rendered)).toEqual([
      { kind: 'missing', what: 'event.a' },
      { kind: 'missing', what: 'event.b' },
      { kind: 'error', what: 'event.c | money: is not an amount' },
    ])
  })

  it('unless the text says what to say instead', () => {
    const values = context({ list: [] }, { empty: '', nothing: null })
    expect(said(sms('Hi {{ client.nickname | default: "there" }}', values))).toBe('Hi there')
    expect(said(sms('Hi {{ client.empty | capitalize | default: client.first_name }}', values))).toBe(
      'Hi María',
    )
    expect(said(sms('{{ client.nothing | default: client.empty | default: "x" }}', values))).toBe('x')
    expect(said(sms('{{ event.list | default: "none" }}', values))).toBe('none')
    expect(problems(sms('Hi {{ client.empty | default: client.nothing }}', values))).toHaveLength(1)
    expect(said(sms('Hi{{ client.nickname | default: "" }}.', values))).toBe('Hi.')
  })

  it('and a condition may ask whether a field is there', () => {
    const values = context({ few: 0 }, { empty: '' })
    const asks = (condition: string) => said(sms(`{% if ${condition} %}yes{% else %}no{% endif %}`, values))
    expect(asks('client.empty')).toBe('no')
    expect(asks('client.first_name')).toBe('yes')
    expect(asks('client.empty == ""')).toBe('yes')
    expect(asks('client.empty != ""')).toBe('no')
    expect(asks('client.empty == blank')).toBe('yes')
    expect(asks('client.empty == empty')).toBe('yes')
    expect(asks('client.nowhere.at.all == nil')).toBe('yes')
    expect(asks('event.few < 1')).toBe('yes')
    expect(asks('event.missing < 1')).toBe('no')
    expect(asks('event.missing >= 0')).toBe('no')
    expect(asks('client.name contains "Gómez"')).toBe('yes')
    expect(asks('client.empty contains "x"')).toBe('no')
    expect(said(sms('{% case event.x %}{% when "a" %}a{% else %}other{% endcase %}', values))).toBe('other')
    expect(said(sms('{% unless event.x %}without{% endunless %}', values))).toBe('without')
  })

  it('nor empty', () => {
    expect(problems(sms('{% if event.x %}x{% endif %}'))).toEqual([{ kind: 'empty', what: 'sms' }])
    const template = compiled({
      en: { email: { subject: ' {% if event.x %}x{% endif %}', body: '{% # quiet %}' } },
    })
    expect(problems(renderMessage(template, { ...request, channel: 'email', context: context() }))).toEqual([
      { kind: 'empty', what: 'subject' },
      { kind: 'empty', what: 'body' },
    ])
  })
})

describe('a value that is not for people', () => {
  it.each([
    ['{{ event.at }}', 'event.at: is a time: use a filter such as datetime'],
    ['{{ event.instant }}', 'event.instant: is not a text or a number; dates need a filter such as datetime'],
    ['{{ event.paid }}', 'event.paid: is true or false: use if'],
    ['{{ event.list }}', 'event.list: is a list: use for, join or sentence'],
    ['{{ matter.state }}', 'matter.state: is not a text or a number; dates need a filter such as datetime'],
    ['{{ event.list | join }}', 'event.list | join: has blank or nested items'],
    ['{{ event.word | plus: 1 }}', 'event.word | plus: 1: is not a number'],
    ['{{ event.word | date_long }}', 'event.word | date_long: is not a date or a time with an offset'],
    ['{{ event.local | time }}', 'event.local | time: is not a time with an offset'],
    ['{{ event.day | time }}', 'event.day | time: is a whole day: it has no time'],
    [
      '{{ event.impossible | date_long }}',
      'event.impossible | date_long: is not a date or a time with an offset',
    ],
    ['{{ event.word | money }}', 'event.word | money: is not an amount'],
    ['{{ 5 | money: "dollars" }}', '5 | money: "dollars": has no currency, such as USD'],
  ])('%s is refused with what it is, and never quoted', (text, what) => {
    const values = context({
      at: '2026-10-15T14:30:00-04:00',
      instant: Temporal.Now.instant(),
      local: '2026-10-15T14:30:00',
      day: '2026-10-15',
      impossible: '2026-02-30',
      word: 'soon',
      paid: true,
      list: ['a', ''],
    })
    expect(problems(sms(text, values))).toEqual([{ kind: 'error', what }])
  })
})

describe('filters', () => {
  it('change words, numbers and lists', () => {
    const values = context({
      list: ['passport', 'letter', 'notes'],
      days: 1n,
      documents: [
        { title: 'Transcript', kind: 'transcript' },
        { title: 'Order', kind: 'order' },
      ],
    })
    const say = (expression: string, more: Partial<RenderRequest> = {}) =>
      said(sms(`{{ ${expression} }}`, values, more))
    expect(say('event.list | join')).toBe('passport, letter, notes')
    expect(say('event.list | sentence')).toBe('passport, letter, and notes')
    expect(say('event.list | sentence', { language: 'es' })).toBe('passport, letter y notes')
    expect(say('event.list | size')).toBe('3')
    expect(say('event.list | sort | first | capitalize')).toBe('Letter')
    expect(say('event.documents | where: "kind", "order" | map: "title" | first')).toBe('Order')
    expect(say('event.documents | where: "nothing" | size | plus: 1')).toBe('1')
    expect(say('event.days | plural: "day", "days"')).toBe('day')
    expect(say('event.days | plus: 1 | plural: "day", "days"')).toBe('days')
    expect(say('"2.345" | round: 1')).toBe('2.3')
    expect(say('client.name | upcase | replace: "GÓMEZ", "G."')).toBe('MARÍA G.')
    expect(say('matter.title | truncate: 8')).toBe('River...')
    expect(
      said(sms('{% for d in event.documents %}{{ forloop.index }}. {{ d.title }} {% endfor %}', values)),
    ).toBe('1. Transcript 2. Order')
  })

  it('say money exactly', () => {
    const say = (amount: unknown, more: Partial<RenderRequest> = {}, filter = 'money') =>
      said(sms(`{{ event.amount | ${filter} }}`, context({ amount }), more))
    expect(say(1250n)).toBe('$1,250.00')
    expect(say('1234567890123.45')).toBe('$1,234,567,890,123.45')
    expect(say('-0.5')).toBe('-$0.50')
    expect(say(1250, { language: 'es' })).toBe('$1,250.00')
    expect(say(1250, { currency: 'EUR' })).toBe('€1,250.00')
    expect(say(1250, {}, 'money: "EUR"')).toBe('€1,250.00')
  })
})

describe('dates', () => {
  const say = (at: unknown, filter: string, more: Partial<RenderRequest> = {}) =>
    said(sms(`{{ event.at | ${filter} }}`, context({ at }), more))
  const hearing = '2026-10-15T14:30:00-04:00'
  const es = { language: 'es' }

  it('are said in the language of the client', () => {
    expect(say(hearing, 'date_long')).toBe('Thursday, October 15, 2026')
    expect(say(hearing, 'date_long', es)).toBe('jueves, 15 de octubre de 2026')
    expect(say(hearing, 'date_short')).toBe('Oct 15, 2026')
    expect(say(hearing, 'date_short', es)).toBe('15 oct 2026')
    expect(say(hearing, 'weekday', es)).toBe('jueves')
    expect(say(hearing, 'time')).toBe('2:30 PM')
    expect(say(hearing, 'time', es)).toBe('2:30 p.m.')
    expect(say(hearing, 'datetime')).toBe('Thursday, October 15, 2026 at 2:30 PM')
    expect(say(hearing, 'datetime', es)).toBe('jueves, 15 de octubre de 2026 a las 2:30 p.m.')
    expect(say('2026-10-15T13:30:00-04:00', 'datetime', es)).toBe(
      'jueves, 15 de octubre de 2026 a la 1:30 p.m.',
    )
    expect(say('2026-10-15T11:30:00-04:00', 'datetime', es)).toBe(
      'jueves, 15 de octubre de 2026 a las 11:30 a.m.',
    )
    expect(say(hearing, 'datetime', { locale: 'en-GB' })).toBe('Thursday, 15 October 2026 at 14:30')
  })

  it('are said by both clocks where the court’s is not the client’s', () => {
    const afternoon = '2026-10-15T18:00:00Z'
    const west = { timeZone: 'America/Los_Angeles', homeZone: 'America/New_York' }
    expect(say(afternoon, 'both_clocks', west)).toBe('2:00 PM EDT (11:00 AM PDT where you are)')
    expect(say(afternoon, 'both_clocks', { ...west, ...es })).toBe(
      '2:00 p.m. EDT (11:00 a.m. PDT en su zona)',
    )
    expect(say(afternoon, 'datetime_both', west)).toBe(
      'Thursday, October 15, 2026 at 2:00 PM EDT (11:00 AM PDT where you are)',
    )
    expect(say(afternoon, 'datetime_both', { ...west, ...es })).toBe(
      'jueves, 15 de octubre de 2026 a las 2:00 p.m. EDT (11:00 a.m. PDT en su zona)',
    )
    // The entry says where it is: neither the office's zone nor the client's.
    expect(say(afternoon, 'both_clocks', { ...west, placeZone: 'America/Chicago' })).toBe(
      '1:00 PM CDT (11:00 AM PDT where you are)',
    )
    // The same clock, by whatever name, is said once; and a zone that is none is the office's.
    expect(say(afternoon, 'datetime_both', { ...west, placeZone: 'America/Vancouver' })).toBe(
      'Thursday, October 15, 2026 at 11:00 AM PDT',
    )
    expect(say(afternoon, 'both_clocks', { ...west, placeZone: 'Courtroom 5' })).toContain('2:00 PM EDT')
    expect(say(afternoon, 'both_clocks', { homeZone: 'America/New_York' })).toBe('2:00 PM')
    // Another day over there is named.
    expect(say(afternoon, 'datetime_both', { ...west, timeZone: 'Pacific/Auckland' })).toBe(
      'Thursday, October 15, 2026 at 2:00 PM EDT (Friday, 7:00 AM GMT+13 where you are)',
    )
    const day = Temporal.PlainDate.from('2026-10-15')
    expect(say(day, 'datetime_both', west)).toBe('Thursday, October 15, 2026')
  })

  it('are said in the zone of the client, which is named where another zone was meant', () => {
    const west = { timeZone: 'America/Los_Angeles' }
    expect(say(hearing, 'time', west)).toBe('11:30 AM PDT')
    expect(say(hearing, 'datetime', { ...west, ...es })).toBe(
      'jueves, 15 de octubre de 2026 a las 11:30 a.m. PDT',
    )
    expect(say('2026-10-16T01:30:00-04:00', 'date_long', west)).toBe('Thursday, October 15, 2026')
    expect(say(Temporal.Instant.from(hearing), 'time', west)).toBe('11:30 AM')
    expect(say('2026-10-15T18:30:00Z', 'time', west)).toBe('11:30 AM')
    expect(say('2026-10-15T18:30:00+00:00', 'time', west)).toBe('11:30 AM')
    expect(say('2026-10-15T18:30:00Z', 'time', { ...west, homeZone: 'America/New_York' })).toBe(
      '11:30 AM PDT',
    )
    expect(say('2026-10-15T18:30:00Z', 'time', { homeZone: 'America/Detroit' })).toBe('2:30 PM')
    expect(say(Temporal.ZonedDateTime.from('2026-10-15T14:30[America/New_York]'), 'time', west)).toBe(
      '11:30 AM PDT',
    )
  })

  it('keep to the day when they are whole days', () => {
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/New_York']) {
      expect(say('2026-10-15', 'date_long', { timeZone })).toBe('Thursday, October 15, 2026')
      expect(say(Temporal.PlainDate.from('2026-10-15'), 'datetime', { timeZone })).toBe(
        'Thursday, October 15, 2026',
      )
    }
  })

  it('follow the clocks when they are set', () => {
    expect(say('2026-03-08T06:59:00Z', 'time')).toBe('1:59 AM')
    expect(say('2026-03-08T07:00:00Z', 'time')).toBe('3:00 AM')
    expect(say('2026-11-01T05:30:00Z', 'time')).toBe('1:30 AM')
    expect(say('2026-11-01T06:30:00Z', 'time')).toBe('1:30 AM')
    // The same offset as written, but not the client's on that day.
    expect(say('2026-11-02T14:30:00-04:00', 'time')).toBe('1:30 PM EST')
    expect(say('2026-07-01T12:00:00-07:00', 'time', { timeZone: 'America/Phoenix' })).toBe('12:00 PM')
  })

  it('never put characters in an SMS that double its price', () => {
    for (const filter of ['time', 'datetime', 'date_short']) {
      const rendered = sms(`{{ event.at | ${filter} }}`, context({ at: hearing }), { language: 'es' })
      expect(rendered).toMatchObject({ ok: true, encoding: 'GSM-7' })
    }
  })

  it('are refused in a zone that does not exist', () => {
    expect(problems(sms('Hi', context(), { timeZone: 'Eastern Time' }))).toEqual([
      { kind: 'error', what: 'time zone: is not an IANA zone' },
    ])
  })
})
