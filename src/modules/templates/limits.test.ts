import v8 from 'node:v8'
import vm from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTemplate } from './compile.ts'
import { toContext } from './context.ts'
import { liquid } from './engine.ts'
import { messageFilters } from './filters.ts'
import { mailParts } from './mail.ts'
import { type Rendered, renderMessage } from './render.ts'
import { templateConfig } from './types.ts'

const hostile = JSON.parse(
  '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"ok":"fine"}',
)
const context = toContext({
  client: {
    first_name: 'María',
    letters: 'a'.repeat(20_000),
    spaces: `${' '.repeat(19_000)}x`,
    marks: `a${'\u0301\u0323'.repeat(9_000)}`,
  },
  matter: { title: 'Rivera v. Acme', list: Array.from({ length: 3_000 }, (_, i) => `item ${i}`) },
  firm: { name: 'Harbor Pike LLP' },
  event: hostile,
})

/** What comes of a text: a message, or what is wrong with it. */
function run(text: string, channel: 'sms' | 'email' = 'sms'): Rendered | string[] {
  const texts = channel === 'sms' ? { sms: text } : { email: { subject: 'x', body: text } }
  const compiled = compileTemplate(templateConfig.parse({ key: 'hostile', languages: { en: texts } }))
  if (!compiled.ok) return compiled.problems.map((problem) => problem.message)
  const request = { language: 'en', fallbackLanguage: 'en', channel, context, timeZone: 'America/New_York' }
  const rendered = renderMessage(compiled.template, request)
  if (rendered.ok && channel === 'email') {
    mailParts({ subject: 'x', markdown: rendered.text, firmName: 'x', language: 'en' })
  }
  return rendered
}

const problemsOf = (text: string, channel: 'sms' | 'email' = 'sms') => {
  const rendered = run(text, channel)
  if (Array.isArray(rendered)) return rendered
  return rendered.ok
    ? [`said: ${rendered.text.slice(0, 80)}`]
    : rendered.problems.map((p) => `${p.kind} ${p.what}`)
}

describe('a template can not reach what is not its own', () => {
  it.each([
    '{{ __proto__ }}',
    '{{ constructor }}',
    '{{ client.__proto__ }}',
    '{{ client.constructor.name }}',
    '{{ client.first_name.constructor }}',
    '{{ matter.list.constructor }}',
    '{{ matter.list["__proto__"] }}',
    '{{ client.toString }}',
    '{{ client.first_name.length }}',
    '{{ event.polluted }}',
    '{{ event["__proto__"]["__proto__"] }}',
    '{% for i in (1..2) %}{{ forloop.constructor }}{% endfor %}',
    '{% for i in (1..2) %}{{ forloop.__proto__.constructor }}{% endfor %}',
    '{% for i in (1..2) %}{{ forloop.next }}{% endfor %}',
    '{% assign __proto__ = client %}{{ __proto__.polluted }}',
    '{{ matter.list | map: "constructor" | join }}',
    '{{ event | map: "__proto__" }}',
  ])('%s is missing or refused', (text) => {
    for (const problem of problemsOf(text)) expect(problem).toMatch(/^(missing|error) /)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('has no tags that read files, keep state or hide text, and no filters beyond ours', () => {
    for (const tag of [
      'include "x"',
      'render "x"',
      'layout "x"',
      'block a',
      'capture a',
      'increment a',
      'liquid',
      'tablerow x in y',
      'raw',
      'cycle "a"',
      'echo "x"',
    ])
      expect(problemsOf(`{% ${tag} %}`)[0]).toMatch(/^there is no tag /)
    for (const filter of [
      'date',
      'json',
      'inspect',
      'raw',
      'escape',
      'where_exp',
      'group_by',
      'split',
      'concat',
      'base64_encode',
      'constructor',
      '__proto__',
      'toString',
    ])
      expect(problemsOf(`{{ client.first_name | ${filter}: "a" }}`)[0]).toMatch(/^there is no filter /)
    expect(Object.keys(liquid.filters)).toEqual(Object.keys(messageFilters))
  })
})

describe('a template can not go on for ever', () => {
  it.each([
    ['{% for i in (1..100000000) %}x{% endfor %}', 'limit sms: values built while rendering'],
    ['{% for i in (1..9000) %}{% for j in (1..9000) %}{% endfor %}{% endfor %}', /limit sms: (steps|values)/],
    [
      '{% for i in matter.list %}{% for j in matter.list %}{{ j }}{% endfor %}{% endfor %}',
      'limit sms: longer than 1600 characters',
    ],
    [
      '{% for i in matter.list %}{% for j in matter.list %}{% assign k = j %}{% endfor %}{% endfor %}',
      'limit sms: steps',
    ],
    [
      '{% assign s = "aaaaaaaaaa" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
      'limit sms: values built while rendering',
    ],
    [
      '{% for i in (1..9000) %}{% if client.letters contains "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" %}x{% endif %}{% endfor %}',
      'limit sms: values built while rendering',
    ],
    ['{{ client.letters | replace: "a", client.letters }}', 'limit sms: values built while rendering'],
    ['{% for i in (1..9000) %}{{ client.letters }}{% endfor %}', 'limit sms: longer than 1600 characters'],
    [
      '{% for i in (1..9000) %}{{ matter.list | join | upcase | size }}{% endfor %}',
      'limit sms: values built while rendering',
    ],
    ['{{ client.letters }}', 'limit sms: longer than 1600 characters'],
    [`{% for i in (1..9000) %}${'x'.repeat(3_000)}{% endfor %}`, 'limit sms: longer than 1600 characters'],
  ])('%s ends in a named limit', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem instanceof RegExp ? expect.stringMatching(problem) : problem])
  })

  it.each([
    ['{% if a %}'.repeat(1_900)],
    [`${'{% if a %}'.repeat(9)}x${'{% endif %}'.repeat(9)}`],
    [`{{ ${'a['.repeat(9_000)} }}`],
    [`{{ ${'a.'.repeat(9_000)}a }}`],
    [`{{ ${'('.repeat(9_000)} }}`],
    [`{{ "x"${' | upcase'.repeat(1_800)} }}`],
    ['{{ a }}'.repeat(2_800)],
    ['{{'.repeat(9_000)],
    ['{% '.repeat(6_000)],
    [`{% if ${'a or '.repeat(3_800)} b %}{% endif %}`],
    [`{% case a %}${'{% when 1 %}'.repeat(1_500)}{% endcase %}`],
    ['['.repeat(20_000)],
    ['*_'.repeat(10_000)],
    ['> '.repeat(10_000)],
    [`${'- '.repeat(9_000)}x`],
    ['{{ client.spaces }}{{ client.marks }}'],
    ['{% for i in (1..4) %}{{ client.letters }}{{ client.spaces }}{{ client.marks }} {% endfor %}'],
  ])(
    '%# is dealt with, whatever it says',
    (text) => {
      expect(problemsOf(text, 'email')).toHaveLength(1)
    },
    // Each takes a few milliseconds; one that goes on for ever is ended here.
    5_000,
  )

  it('whatever is thrown at it, there is an answer', () => {
    const scraps = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      ' if ',
      ' for i in ',
      ' endif ',
      ' endfor ',
      'client',
      '.first_name',
      '.',
      '[',
      ']',
      '"',
      "'",
      '|',
      ' default: ',
      ' append: ',
      'matter.list',
      '(1..',
      '9)',
      'nil',
      ' == ',
      ' contains ',
      '#',
      '\n',
      '{{ client.first_name }}',
      '-%}',
      'case',
      'when',
      'é',
      '\u0000',
      '\ud800',
    )
    fc.assert(
      fc.property(fc.array(scraps, { minLength: 1, maxLength: 30 }), (parts) => {
        const rendered = run(parts.join(''))
        expect(Array.isArray(rendered) || typeof rendered.ok === 'boolean').toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('memory', () => {
  it('stays flat over 10,000 renders with dates', () => {
    const compiled = compileTemplate(
      templateConfig.parse({
        key: 'dates',
        languages: {
          en: {
            sms: '{{ client.first_name }} {{ "2026-10-15T14:30:00-04:00" | datetime }} {{ 12 | money }}',
          },
        },
      }),
    )
    if (!compiled.ok) throw new Error('does not compile')
    const zones = Intl.supportedValuesOf('timeZone')
    const render = (i: number) =>
      renderMessage(compiled.template, {
        language: 'en',
        fallbackLanguage: 'en',
        channel: 'sms',
        context,
        timeZone: zones[i % zones.length]!,
      })
    for (let i = 0; i < 1_000; i++) render(i)
    v8.setFlagsFromString('--expose-gc')
    const collect = vm.runInNewContext('gc') as () => void
    collect()
    const before = process.memoryUsage()
    for (let i = 0; i < 10_000; i++) expect(render(i).ok).toBe(true)
    collect()
    const after = process.memoryUsage()
    expect((after.heapUsed - before.heapUsed) / 1e6).toBeLessThan(30)
  })
})
