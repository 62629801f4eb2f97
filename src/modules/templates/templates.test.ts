import { describe, expect, it } from 'vitest'
import {
  type CompiledTemplate,
  compileTemplate,
  lintTemplate,
  pathsOf,
  preview,
  standardPaths,
  templateConfig,
  toContext,
} from './index.ts'

const config = (languages: Record<string, unknown>, more = {}) =>
  templateConfig.parse({ key: 'test', languages, ...more })

function compiled(languages: Record<string, unknown>, more = {}): CompiledTemplate {
  const result = compileTemplate(config(languages, more))
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.template
}

const context = toContext({
  client: { first_name: 'María', nickname: null },
  matter: { title: 'Rivera v. Acme', state: { words: 'in discovery' } },
  firm: { name: 'Harbor Pike LLP' },
  event: { starts_at: '2026-10-15T14:30:00-04:00', documents: [{ title: 'Order' }] },
})

describe('a template as the firm writes it', () => {
  const issues = (body: unknown) => {
    const result = templateConfig.safeParse(body)
    return result.success
      ? []
      : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  }

  it('has the same channels in every language', () => {
    const email = { subject: 'x', body: 'y' }
    expect(issues({ key: 'a', languages: { en: { sms: 'x', email }, es: { sms: 'x', email } } })).toEqual([])
    expect(issues({ key: 'a', languages: { en: { sms: 'x', email }, es: { email } } })).toEqual([
      'languages.es: has no sms, but en has: every language needs the same channels',
    ])
  })

  it('is refused where it says nothing or something unknown', () => {
    expect(issues({ key: 'a', languages: {} })).toEqual(['languages: needs at least one language'])
    expect(issues({ key: 'a', languages: { en: {} } })).toEqual(['languages.en: needs sms, email or both'])
    expect(issues({ key: 'A b', languages: { en: { sms: 'x' } } })[0]).toMatch(/^key: is not a template key/)
    expect(issues({ key: 'a', languages: { english: { sms: 'x' } } })).toHaveLength(1)
    expect(issues({ key: 'a', languages: { en: { fax: 'x' } } })).not.toEqual([])
    expect(issues({ key: 'a', languages: { en: { email: { subject: 'a\nb', body: 'x' } } } })).toEqual([
      'languages.en.email.subject: is one line',
    ])
  })
})

describe('compiling', () => {
  it('names every problem with its place and line', () => {
    const result = compileTemplate(
      config({
        en: {
          sms: 'Hi\n{{ client.name | uppcase }}',
          email: { subject: '{{ a', body: 'x\n\n{% include "y" %}' },
        },
        es: { sms: '{% if a %}', email: { subject: 'x', body: '{% endif %} {{ client first_name }}' } },
      }),
    )
    expect(result).toEqual({
      ok: false,
      problems: [
        {
          path: ['languages', 'en', 'sms'],
          message: 'there is no filter "uppcase"; did you mean upcase?',
          line: 2,
        },
        { path: ['languages', 'en', 'email', 'subject'], message: 'output "{{ a" not closed', line: 1 },
        {
          path: ['languages', 'en', 'email', 'body'],
          message: expect.stringMatching(/^there is no tag "include" in messages; there are assign, break/),
          line: 3,
        },
        { path: ['languages', 'es', 'sms'], message: 'tag {% if a %} not closed', line: 1 },
        { path: ['languages', 'es', 'email', 'body'], message: '"endif" has nothing to belong to', line: 1 },
      ],
    })
  })

  it('is done once for the same words', () => {
    const words = { en: { sms: 'Hi {{ client.name }}' } }
    expect(compileTemplate(config(words))).toBe(compileTemplate(config(words)))
    expect(compileTemplate(config(words))).not.toBe(compileTemplate(config({ en: { sms: 'Hello' } })))
  })
})

describe('linting', () => {
  const messages = (
    template: CompiledTemplate,
    known: ReadonlySet<string> | typeof context = new Set(standardPaths),
  ) =>
    lintTemplate(template, known, ['en', 'es']).map((p) => [p.severity, p.path.join('.'), p.line, p.message])

  it('finds fields that will not be there, and guesses which was meant', () => {
    const text =
      '{{ client.frist_name }}\n{% if hearing.at %}{{ hearing.at | time }}{% endif %}{{ event.anything.at_all }} {{ matter.number.size }}'
    expect(messages(compiled({ en: { sms: text }, es: { sms: 'Hola' } }))).toEqual([
      ['error', 'languages.en.sms', 1, 'there is no client.frist_name; did you mean client.first_name?'],
      ['error', 'languages.en.sms', 2, 'there is no hearing.at'],
    ])
    expect(
      messages(compiled({ en: { sms: text }, es: { sms: 'Hola' } }, { variables: { 'hearing.at': 'when' } })),
    ).toHaveLength(1)
  })

  it('knows what a template makes itself, and what a sample holds', () => {
    const text =
      '{% assign x = client.nickname %}{% for d in event.documents %}{{ d.title }}{{ forloop.index }}{% endfor %}{{ x }}{{ event.documents[0].title }}'
    expect(messages(compiled({ en: { sms: text }, es: { sms: 'Hola' } }), context)).toEqual([])
    expect(pathsOf(context)).toContain('matter.state.words')
  })

  it('warns of missing languages, long texts and typographic characters that double the price', () => {
    expect(messages(compiled({ en: { sms: 'We’re here\n{{ client.name }} …' } }))).toEqual([
      ['warning', 'languages', undefined, 'has no es: clients who speak it get another language'],
      ['warning', 'languages.en.sms', 1, "’ makes every segment hold 70 characters instead of 160: write '"],
      [
        'warning',
        'languages.en.sms',
        2,
        '… makes every segment hold 70 characters instead of 160: write ...',
      ],
    ])
    expect(messages(compiled({ en: { sms: 'x'.repeat(480) }, es: { sms: 'á’' } }))).toEqual([
      [
        'warning',
        'languages.en.sms',
        undefined,
        'takes 4 SMS segments or more (GSM-7); more than 2 are costly and arrive in pieces',
      ],
    ])
  })
})

describe('a preview', () => {
  it('shows every language and channel, with what is missing', () => {
    const template = compiled({
      en: {
        sms: 'Hi {{ client.first_name }}',
        email: { subject: 'News', body: 'Dear **{{ client.first_name }}**' },
      },
      es: {
        sms: 'Hola {{ client.nickname }}',
        email: { subject: 'Noticias', body: '{{ event.starts_at | time }}' },
      },
    })
    const shown = preview(template, () => context, { timeZone: 'America/New_York' }, 'Harbor Pike LLP')
    expect(
      shown.map(({ language, channel, message }) => [
        language,
        channel,
        message.ok ? message.text : message.problems,
      ]),
    ).toEqual([
      ['en', 'sms', 'Hi María'],
      ['en', 'email', 'Dear **María**'],
      ['es', 'sms', [{ kind: 'missing', what: 'client.nickname' }]],
      ['es', 'email', '2:30 p\\.m\\.'],
    ])
    expect(shown[1]?.html).toContain('<strong>María</strong>')
    expect(shown[3]?.plain).toMatch(/^2:30 p\.m\./)
  })
})

describe('the context', () => {
  it("takes what CEL and JSON give: big integers, maps, dates, its own classes' worth", () => {
    const values = toContext({
      client: { n: 5n, big: 2n ** 60n, nan: Number.NaN },
      matter: new Map([['number', '12']]) as never,
      firm: { f: () => 1, s: Symbol('x'), u: undefined },
      event: {
        at: new Date('2026-10-15T18:30:00Z'),
        never: new Date(Number.NaN),
        set: new Set([1]),
        day: Temporal.PlainDate.from('2026-10-15'),
        present: { orValue: () => 'x', valueOf: () => null, constructor: class {} },
        unsigned: new (class {
          valueOf() {
            return 7n
          }
        })(),
        optional: new (class {
          orValue() {
            return 'inside'
          }
        })(),
        odd: new (class {
          secret = 'x'
        })(),
        long: 'x'.repeat(20_001),
      },
    })
    expect(JSON.parse(JSON.stringify(values))).toEqual({
      client: { n: 5, big: '1152921504606846976', nan: null },
      matter: { number: '12' },
      firm: { f: null, s: null, u: null },
      event: {
        at: '2026-10-15T18:30:00Z',
        never: null,
        set: [1],
        day: '2026-10-15',
        present: { orValue: null, valueOf: null, constructor: null },
        unsigned: 7,
        optional: 'inside',
        odd: null,
        long: null,
      },
    })
    expect(Object.getPrototypeOf(values)).toBeNull()
    expect(Object.getPrototypeOf(values.event)).toBeNull()
  })

  it('ends, also where the values do not', () => {
    const loop: Record<string, unknown> = {}
    loop.self = loop
    loop.many = Array.from({ length: 100_000 }, () => ({ a: [1, 2] }))
    const { event } = toContext({ client: {}, matter: {}, firm: {}, event: loop })
    expect(JSON.stringify(event).length).toBeLessThan(1_000_000)
  })
})
