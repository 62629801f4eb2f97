import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConfig } from './check.ts'
import { placeProblems, placeText, readDocuments } from './documents.ts'
import { exportDocuments } from './export-documents.ts'
import { hashOf, type Json } from './hash.ts'
import type { ConfigItem } from './kinds.ts'
import { zodKind } from './kinds.ts'
import type { FirmFile } from './layout.ts'
import { firmSettings } from './types.ts'

const firm: FirmFile = {
  path: 'firm.yaml',
  text: `# the firm
key: harbor-pike
name: Harbor & Pike # as clients know it
timeZone: America/New_York
languages: [en]
connections:
  - key: clio
    kind: clio
  # carries the texts
  - key: twilio
    kind: twilio
`,
}

const where = (problems: readonly { file: string; line: number; column: number; message: string }[]) =>
  problems.map((problem) => `${placeText(problem)} ${problem.message}`)

describe('readDocuments', () => {
  it('makes items of all the files of a firm', () => {
    const { items, problems, warnings } = readDocuments([
      firm,
      { path: 'statuses.yaml', text: 'states: []\n' },
      { path: 'rules.yaml', text: '- key: a\n  on: x.y\n' },
      { path: 'rules/b.yaml', text: 'key: b\non: x.y\n' },
      { path: 'rules/c.yaml', text: 'rules:\n  - key: c\n' },
      { path: 'templates/welcome.yaml', text: 'sms:\n  en: |\n    Hello\n' },
      { path: 'README.md', text: '# prose' },
    ])
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] })
    expect(items.map((item) => `${item.kind} ${item.key}`)).toEqual([
      'firm firm',
      'connection clio',
      'connection twilio',
      'rule a',
      'rule b',
      'rule c',
      'states states',
      'template welcome',
    ])
    expect(items[0]!.body).not.toHaveProperty('connections')
  })

  it('knows the line of each part, and of the nearest part that exists', () => {
    const { items } = readDocuments([
      firm,
      { path: 'rules.yaml', text: '- key: a\n  then:\n    - tell: client\n      channels:\n        - fax\n' },
    ])
    const twilio = items.find((item) => item.key === 'twilio')!
    expect(placeText(twilio.locate(['kind']))).toBe('firm.yaml:11:11')
    expect(placeText(twilio.locate(['settings', 'from']))).toBe('firm.yaml:10:5')
    const rule = items.find((item) => item.key === 'a')!
    expect(placeText(rule.locate(['then', 0, 'channels', 0]))).toBe('rules.yaml:5:11')
    expect(placeText(rule.locate(['then', 0, 'channels']))).toBe('rules.yaml:4:7')
    expect(placeText(rule.locate(['then', 0, 'template']))).toBe('rules.yaml:3:7')
  })

  it.each([
    ['a: 1\nb: [\n', 'firm.yaml:3:1 '],
    ['a: 1\na: 2\n', 'firm.yaml:2:1 this name stands here twice'],
    ['a: 1\n---\nb: 2\n', 'firm.yaml:2:1 a second document begins here'],
    ['key: x\nn: !secret y\n', 'firm.yaml:2:4 tags (!…) are not understood here'],
    ['key: x\nn: .inf\n', 'firm.yaml:2:4 is not a finite number'],
    ['key: x\nn: 12345678901234567890\n', 'firm.yaml:2:4 is too large to be kept exactly'],
    ['key: x\nn: "\\0"\n', 'firm.yaml:2:4 holds a character that cannot be stored'],
    ['key: x\nn: "\\uD800"\n', 'firm.yaml:2:4 holds a character that cannot be stored'],
    ['key: x\n__proto__:\n  a: 1\n', 'firm.yaml:2:1 is not a name that may be used'],
    ['- 1\n', 'firm.yaml:1:1 is not a mapping of settings'],
    ['key: x\nconnections: 3\n', 'firm.yaml:1:1 connections: is not a list'],
    ['key: x\nconnections:\n  - kind: clio\n', 'firm.yaml:3:5 this connection has no key'],
  ])('names the line of what is wrong in %j', (text, message) => {
    const found = where(readDocuments([{ path: 'firm.yaml', text }]).problems)
    expect(found.some((line) => line.startsWith(message))).toBe(true)
  })

  it('refuses anchors that multiply', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: [*c,*c,*c,*c,*c,*c,*c,*c,*c]
`
    expect(where(readDocuments([{ path: 'firm.yaml', text: bomb }]).problems)).toEqual([
      'firm.yaml:1:1 repeats its anchors too often',
    ])
  })

  it('survives nesting that is deeper than any stack', () => {
    const text = '['.repeat(200_000)
    expect(readDocuments([{ path: 'firm.yaml', text }]).problems.length).toBeGreaterThan(0)
  })

  it('names both places of a key that stands in two files', () => {
    const { problems } = readDocuments([
      firm,
      { path: 'rules.yaml', text: '- on: x.y\n  key: a\n' },
      { path: 'rules/more.yaml', text: '\nkey: a\non: x.y\n' },
    ])
    expect(where(problems)).toEqual(['rules/more.yaml:2:6 rule a is also at rules.yaml:2:8'])
  })

  it('warns about files that mean nothing', () => {
    const { warnings, problems } = readDocuments([firm, { path: 'statusses.yaml', text: 'x: [' }])
    expect(where(warnings)).toEqual(['statusses.yaml:1:1 is not a file of a firm; ignored'])
    expect(problems).toEqual([])
  })
})

describe('placeProblems', () => {
  it('gives the problems of a schema their lines', () => {
    const { items } = readDocuments([
      { path: 'firm.yaml', text: 'key: x y\nname: 7\nlanguages: [en, Spanish]\ncolour: blue\n' },
    ])
    const { problems } = checkConfig(items, { kinds: [zodKind('firm', firmSettings)], crossChecks: [] })
    expect(where(placeProblems(problems, items).placed)).toEqual([
      'firm.yaml:1:6 firm: key is not a key: small letters, digits and dashes',
      'firm.yaml:2:7 firm: name is not a text (quote it)',
      'firm.yaml:1:1 firm: timeZone is missing',
      'firm.yaml:3:17 firm: languages[1] is not a two-letter language code, such as en or es',
      'firm.yaml:4:9 firm: colour is not a known setting here',
    ])
  })
})

const textArb = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'yes',
    'on',
    'null',
    '~',
    '1',
    '0x1',
    ' lead',
    'trail ',
    'a: b',
    '# c',
    '- x',
    '*a',
    '&b',
    '!t',
  ),
  fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2 }).map((lines) => lines.join('\n')),
)
const storable = (value: unknown): boolean => !/\\u0000|\\ud[89a-f]|__proto__/i.test(JSON.stringify(value))
const jsonArb = fc
  .letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      textArb,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true, maxExcluded: true, max: 1e15, min: -1e15 })
        .map((n) => n + 0),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(textArb, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  .value.filter(storable)
const bodyArb = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), jsonArb, {
  maxKeys: 5,
  noNullPrototype: true,
})
const keyArb = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)

const firmArb = fc
  .record({
    firm: bodyArb,
    states: bodyArb,
    connections: fc.uniqueArray(keyArb, { maxLength: 3 }),
    rules: fc.uniqueArray(keyArb, { maxLength: 3 }),
    templates: fc.uniqueArray(keyArb, { maxLength: 3 }),
    bodies: fc.array(bodyArb, { minLength: 9, maxLength: 9 }),
  })
  .map(({ firm, states, connections, rules, templates, bodies }): ConfigItem[] => {
    const { connections: _, ...own } = firm
    const named = (kind: string, keys: string[], from: number) =>
      keys.map((key, index) => ({ kind, key, body: { ...bodies[from + index], key } }))
    return [
      { kind: 'firm', key: 'firm', body: own },
      { kind: 'states', key: 'states', body: states },
      ...named('connection', connections, 0),
      ...named('rule', rules, 3),
      ...named('template', templates, 6),
    ]
  })

const applied = (files: readonly FirmFile[], items: readonly ConfigItem[]): FirmFile[] => {
  const result = exportDocuments(items, files)
  if (!result.ok) throw new Error(where(result.problems).join('\n'))
  const after = new Map(files.map((file) => [file.path, file.text]))
  for (const { path, text } of result.changes) {
    if (text === null) after.delete(path)
    else after.set(path, text)
  }
  return [...after].map(([path, text]) => ({ path, text }))
}
const signature = (items: readonly ConfigItem[]) =>
  items.map((item) => `${item.kind} ${item.key} ${hashOf(item.body)}`).sort()

describe('exportDocuments', () => {
  it('writes what reads back as the same items, whatever they hold', () => {
    fc.assert(
      fc.property(firmArb, (items) => {
        const { items: read, problems } = readDocuments(applied([], items))
        expect(problems).toEqual([])
        expect(signature(read)).toEqual(signature(items))
      }),
    )
  })

  it('turns any firm into any other in place, and then changes nothing more', () => {
    fc.assert(
      fc.property(firmArb, firmArb, (before, after) => {
        const files = applied(applied([], before), after)
        expect(signature(readDocuments(files).items)).toEqual(signature(after))
        expect(exportDocuments(after, files)).toEqual({ ok: true, changes: [] })
      }),
    )
  })

  it('writes texts of several lines as blocks where braces stood, since not all can be read back from there', () => {
    const rule = { key: 'a', with: { '': { yes: '-\n\n-' } } }
    const files = [firm, { path: 'rules.yaml', text: '[{key: a, with: {x: {}}}]\n' }]
    const { items } = readDocuments(files)
    const edited = items.map((item): ConfigItem => (item.key === 'a' ? { ...item, body: rule } : item))
    const after = applied(files, edited)
    expect(signature(readDocuments(after).items)).toEqual(signature(edited))
    expect(after.at(-1)!.text).toContain('- key: a\n  with:\n')
  })

  it('keeps comments, and the files that say the same already', () => {
    const rules = { path: 'rules/own.yaml', text: '# ours\nkey:   a\non: "x.y"   # spaced as we like it\n' }
    const { items } = readDocuments([firm, rules])
    const edited = items.map((item) =>
      item.kind === 'firm'
        ? { ...item, body: { ...(item.body as object), name: 'Harbor, Pike & Daughter' } }
        : item,
    )
    const result = exportDocuments(edited as ConfigItem[], [firm, rules])
    expect(result).toEqual({
      ok: true,
      changes: [
        {
          path: 'firm.yaml',
          text: firm.text.replace('Harbor & Pike', 'Harbor, Pike & Daughter'),
        },
      ],
    })
  })

  it('changes one of several uses of an anchor without the others', () => {
    const rules = { path: 'rules.yaml', text: '- key: a\n  steps: &t [1, 2]\n- key: b\n  steps: *t\n' }
    const { items } = readDocuments([firm, rules])
    const edited: ConfigItem[] = items.map((item) =>
      item.key === 'a' ? { ...item, body: { key: 'a', steps: [1, 3] } } : item,
    )
    expect(signature(readDocuments(applied([firm, rules], edited)).items)).toEqual(signature(edited))
  })

  it('writes the bodies of mails as blocks that people can read', () => {
    const body = { key: 'welcome', email: { en: { subject: 'Hello', body: 'Dear you,\n\nWelcome.\n' } } }
    const files = applied([], [{ kind: 'template', key: 'welcome', body }])
    expect(files[0]).toEqual({
      path: 'templates/welcome.yaml',
      text: 'key: welcome\nemail:\n  en:\n    subject: Hello\n    body: |\n      Dear you,\n\n      Welcome.\n',
    })
  })

  it('will not write over files that it does not understand', () => {
    const result = exportDocuments([], [{ path: 'rules.yaml', text: 'a: [' }])
    expect(result.ok).toBe(false)
  })
})
