/** The documents' examples, read by the code that they are about: a guide that lies fails here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { problem } from '../../contracts/common.ts'
import { readJson, systemClock } from '../../src/kernel/index.ts'
import { adapters } from '../../src/main/adapters.ts'
import { parseArgs } from '../../src/main/command-line.ts'
import { configLanguage } from '../../src/main/language.ts'
import { compileHooks, connectionSettings, mapDelivery } from '../../src/modules/connections/index.ts'
import type { Json } from '../../src/modules/firms/index.ts'
import { ruleFunctions, ruleVariables } from '../../src/modules/rules/compile.ts'
import { messageFilters } from '../../src/modules/templates/filters.ts'
import {
  compileTemplate,
  renderMessage,
  templateConfig,
  toContext,
} from '../../src/modules/templates/index.ts'
import { compileExpression } from '../../src/platform/expressions/index.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const guides = readdirSync(join(ROOT, 'docs', 'guides')).map((file) => join('docs', 'guides', file))
const documents = [
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
]
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

interface Block {
  /** `docs/guides/rules.md:12`, for whoever looks at a failure. */
  place: string
  /** What stands behind the fence: `yaml rule`. */
  kind: string
  text: string
}

function blocksOf(file: string): Block[] {
  const source = read(file)
  return [...source.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    place: `${file}:${source.slice(0, match.index).split('\n').length}`,
    kind: match[1]!.trim(),
    text: match[2]!,
  }))
}

const blocks = guides.flatMap(blocksOf)
const kinds = configLanguage(adapters(systemClock)).kinds

/** @returns what is wrong with the item, in words */
function problemsOf(kind: string, body: Json): string[] {
  const key = (body as { key?: string }).key ?? kind
  const parsed = kinds.find((k) => k.kind === kind)!.parse(key, body)
  return parsed.ok ? [] : parsed.problems.map((p) => `${p.path.join('.')} ${p.message}`)
}

const apiPaths = JSON.parse(read('docs/api/openapi.json')).paths as Record<string, object>

/** What each kind of block is held against. Each returns the problems. */
const checks: Readonly<Record<string, (text: string) => string[]>> = {
  'yaml firm': (text) => problemsOf('firm', parse(text)),
  'yaml states': (text) => problemsOf('states', parse(text)),
  'yaml connection': (text) => problemsOf('connection', parse(text)),
  'yaml template': (text) => problemsOf('template', parse(text)),
  'yaml reminders': (text) => (parse(text) as Json[]).flatMap((plan) => problemsOf('reminder', plan)),
  'yaml quiet': (text) => (parse(text) as Json[]).flatMap((rule) => problemsOf('quiet', rule)),
  'yaml digests': (text) => (parse(text) as Json[]).flatMap((digest) => problemsOf('digest', digest)),
  'yaml rules': (text) => (parse(text) as Json[]).flatMap((rule) => problemsOf('rule', rule)),
  'cel rule': (text) => {
    const made = compileExpression(text.trim(), { variables: ruleVariables, functions: ruleFunctions })
    return made.ok ? [] : [made.message]
  },
  'sh api': (text) =>
    [...text.matchAll(/curl ([^\n]*?)"\$API([^"?]*)/g)]
      .map(([, options, path]) => ({
        method: (/-X (\w+)/.exec(options!)?.[1] ?? 'get').toLowerCase(),
        path: path!,
      }))
      .filter(({ method, path }) => !(method in (apiPaths[path] ?? {})))
      .map(({ method, path }) => `${method} ${path} is not in the API`),
  'json problem': (text) => {
    const parsed = problem.strict().safeParse(parse(text))
    return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message)
  },
  liquid: (text) =>
    text.split('\n').flatMap((line) => {
      const made = line === '' ? { ok: true as const } : compileTemplate(template(line))
      return made.ok ? [] : made.problems.map((p) => p.message)
    }),
}

const template = (sms: string) => templateConfig.parse({ key: 'guide', languages: { en: { sms } } })

it.each(blocks.filter(({ kind }) => kind in checks))('$place is a good $kind', ({ kind, text }) => {
  expect(checks[kind]!(text)).toEqual([])
})

it('every example in a guide is one that something here reads', () => {
  const known = [...Object.keys(checks), 'json payload', 'json event', '']
  expect(
    blocks.filter(({ kind }) => !known.includes(kind)).map(({ place, kind }) => `${place} ${kind}`),
  ).toEqual([])
})

it.each(Object.keys(checks))('a wrong %s is noticed', (kind) => {
  const wrong: Record<string, string> = {
    'yaml rules': '- key: x\n  on: a.b\n  when: nobody.knows == 1\n  then: [{ task: { title: x } }]',
    'yaml reminders':
      '- key: x\n  when: nobody.knows == 1\n  template: t\n  steps: [{ key: a, before: PT1H }]',
    'yaml quiet':
      '- key: x\n  where: US\n  allowed: [{ from: "21:00", until: "08:00" }]\n  source: x\n  asOf: 2026-01-01',
    'yaml digests': '- key: x\n  window: hourly\n  template: t',
    'cel rule': 'nobody.knows == 1',
    'sh api': 'curl -X POST "$API/nothing"',
    liquid: '{{ client.name | shout }}',
  }
  expect(checks[kind]!(wrong[kind] ?? 'key: WRONG')).not.toEqual([])
})

/** A payload, the connection that reads it, and the event that comes of it stand in this order. */
const payloads = blocks.flatMap((payload, i) =>
  payload.kind === 'json payload'
    ? [{ place: payload.place, payload, connection: blocks[i + 1], event: blocks[i + 2] }]
    : [],
)

it.each(payloads)('$place means the event that is written there', ({ payload, connection, event }) => {
  const hooks = compileHooks(connectionSettings.parse(parse(connection!.text)).hooks!)
  const body = readJson(new TextEncoder().encode(payload.text))
  if (!hooks.ok || !body.ok) throw new Error('not even read')
  const receivedAt = Temporal.Instant.from('2026-10-15T15:00:00Z')
  const mapped = mapDelivery(hooks.hooks, { body: body.value, headers: {}, model: null, receivedAt })
  expect(mapped.kind).toBe('events')
  const [only] = JSON.parse(JSON.stringify((mapped as { events: unknown[] }).events)) as unknown[]
  expect(only).toMatchObject(JSON.parse(event!.text))
})

it('the guide on connections shows the three shapes', () => {
  expect(payloads.length).toBe(3)
})

/** Rows of the table of filters: its name, the example, and what it says. */
const filterRows = [...read('docs/guides/templates.md').matchAll(/^\| `(\w+)` \| `(.+)` \| (.+) \|$/gm)]
  .filter(([, , example]) => example!.includes('{{'))
  .map(([, name, example, says]) => ({ name: name!, example: example!.replaceAll('\\|', '|'), says: says! }))

const sample = toContext({
  client: { name: 'Maria Santos', first_name: 'Maria', last_name: 'Santos', language: 'en', nickname: '' },
  matter: {
    number: '00001-Santos',
    title: 'Santos v. Metro',
    state: { key: 'discovery', words: 'in discovery', since: '2026-10-01T12:00:00Z' },
  },
  firm: { name: 'Harbor & Pike', phone: '(212) 555-0100' },
  event: {},
  hearing: { starts_at: '2026-10-15T14:30:00-04:00' },
  bill: { total: 1250 },
  documents: [
    { name: 'Complaint', category: 'Pleadings' },
    { name: 'Transcript', category: 'Transcripts' },
  ],
  names: ['Ana', 'Bo', 'Leo'],
  days: 3,
})

it.each(filterRows)('$example says what the guide says', ({ example, says }) => {
  const compiled = compileTemplate(template(example))
  if (!compiled.ok) throw new Error(compiled.problems[0]!.message)
  const rendered = renderMessage(compiled.template, {
    language: 'en',
    fallbackLanguage: 'en',
    channel: 'sms',
    timeZone: 'America/Los_Angeles',
    homeZone: 'America/New_York',
    context: sample,
  })
  expect(rendered).toMatchObject({ ok: true, text: says })
})

it('the guide on templates lists every filter there is, and no other', () => {
  expect(filterRows.map(({ name }) => name).toSorted()).toEqual(Object.keys(messageFilters).toSorted())
})

/** `npx tipstaff apply …` as some document prints it, with the options that follow on that line. */
const commands = documents.flatMap((file) =>
  [...read(file).matchAll(/npx tipstaff ([a-z][a-z-]*)((?: [a-z][a-z-]*)?)([^`\n#]*)/g)].map((match) => ({
    place: `${file}: ${match[0].trim()}`,
    command: match[1]!,
    sub: match[2]!.trim(),
    options: [...match[3]!.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option),
  })),
)

async function help(words: string[]): Promise<string> {
  let printed = ''
  const take = (text: string | Uint8Array) => {
    printed += String(text)
    return true
  }
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(take),
  )
  await parseArgs([...words, '--help'])
  for (const spy of spies) spy.mockRestore()
  return printed
}

it.each(commands)('$place is a command that exists', async ({ command, sub, options }) => {
  const own = await help([command])
  expect(own).toContain(`Usage: tipstaff ${command}`)
  // What follows is a subcommand where the command has such, else an argument.
  const printed = sub !== '' && own.includes(`\n  ${sub} `) ? await help([command, sub]) : own
  for (const option of options) expect(printed).toContain(option)
})

const links = documents.flatMap((file) =>
  [...read(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, target]) => ({
    file,
    target: target!,
  })),
)

it.each(links)('$file leads to $target, which is there', ({ file, target }) => {
  expect(existsSync(join(ROOT, dirname(file), target))).toBe(true)
})

/** Files named in prose, `src/modules/rules/decide.ts`, so that a file that moves takes its mention along. */
const named = documents
  .filter((file) => file !== 'CHANGELOG.md')
  .flatMap((file) =>
    [
      ...read(file).matchAll(
        /`((?:src|test|sandbox|scripts|migrations|contracts|bench|ops|examples|docs)\/[\w./-]+)`/g,
      ),
    ].map(([, path]) => ({ file, path: path! })),
  )

it.each(named)('$file names $path, which is there', ({ path }) => {
  expect(existsSync(join(ROOT, path))).toBe(true)
})
