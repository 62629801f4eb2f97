import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { arranged } from './arrange.ts'
import { checkConfig } from './check.ts'
import { canonicalJson, hashOf, type Json } from './hash.ts'
import { type ConfigKind, type CrossCheck, pathText, zodKind } from './kinds.ts'
import { firmSettings } from './types.ts'

const schema = z.strictObject({
  key: z.string(),
  steps: z.array(
    z.union([
      z.strictObject({
        tell: z.literal('client'),
        template: z.string(),
        urgency: z.enum(['normal', 'urgent']),
      }),
      z.strictObject({ task: z.strictObject({ title: z.string() }) }),
    ]),
  ),
  how: z
    .discriminatedUnion('scheme', [
      z.strictObject({ scheme: z.literal('a') }),
      z.strictObject({ scheme: z.literal('b') }),
    ])
    .optional(),
})
const kind = zodKind('rule', schema)
const problemsOf = (body: Json) => {
  const parsed = kind.parse('x', body)
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${pathText(path)} ${message}`)
}

describe('zodKind', () => {
  it('names every problem, each with its path', () => {
    expect(problemsOf({ key: 3, colour: 'blue', size: 1, steps: [] })).toEqual([
      'key is not a text (quote it)',
      'colour is not a known setting here',
      'size is not a known setting here',
    ])
  })

  it('speaks of the branch of a union that the writer meant', () => {
    expect(problemsOf({ key: 'x', steps: [{ tell: 'client', urgency: 'high' }] })).toEqual([
      'steps[0].template is missing',
      'steps[0].urgency is not one of: normal, urgent',
    ])
    expect(problemsOf({ key: 'x', steps: [{ task: { titel: 'x' } }] })).toEqual([
      'steps[0].task.title is missing',
      'steps[0].task.titel is not a known setting here',
    ])
  })

  it('lists what a choice may be', () => {
    expect(problemsOf({ key: 'x', steps: [], how: { scheme: 'c' } })).toEqual([
      'how.scheme is not one of: a, b',
    ])
  })
})

describe('canonicalJson', () => {
  it('does not depend on the order of keys, but on that of lists', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, 2], c: null } })).toBe('{"a":{"c":null,"d":[1,2]},"b":1}')
    expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }))
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]))
  })
})

describe('arranged', () => {
  it('puts keys into the order of the schema and adds no defaults', () => {
    const body = { steps: [{ urgency: 'urgent', tell: 'client', template: 't' }], key: 'x' }
    expect(JSON.stringify(arranged({ kind: 'rule', key: 'x', body }, [kind]).body)).toBe(
      '{"key":"x","steps":[{"tell":"client","template":"t","urgency":"urgent"}]}',
    )
  })
})

const firmKind = zodKind('firm', firmSettings)
const connectionKind: ConfigKind = zodKind('connection', z.looseObject({ key: z.string() }))
const language = (...crossChecks: CrossCheck[]) => ({ kinds: [firmKind, connectionKind], crossChecks })
const firm = { key: 'ff', name: 'F', timeZone: 'Europe/Madrid', languages: ['en'] }
const check = (firmBody: Json, ...connections: { key: string; [name: string]: Json }[]) =>
  checkConfig(
    [
      { kind: 'firm', key: 'firm', body: firmBody },
      ...connections.map((body) => ({ kind: 'connection', key: body.key, body })),
    ],
    language(),
  ).problems.map(({ kind, key, path, message }) => `${kind} ${key} ${pathText(path)}: ${message}`)

describe('checkConfig', () => {
  it('refuses secrets that are written out, wherever they hide in the settings', () => {
    const found = check(
      { ...firm, operators: { mail: [], smtp: 'smtp://user:hunter2@mail.example.com' } },
      {
        key: 'twilio',
        settings: {
          accountSid: 'AC1',
          authToken: 'abc',
          api: { secrets: ['env:A', 'abc'] },
          webhookPublicKey: 'MFkw',
          apiKey: 'env:KEY',
          baseUrl: 'https://me:pw@example.com',
          keyId: 'k1',
          password: 123,
        },
      },
    )
    expect(found.map((line) => line.replace(/;.*/, ''))).toEqual([
      'firm firm operators.smtp: holds a password in an address',
      'connection twilio settings.authToken: holds a secret as it is',
      'connection twilio settings.api.secrets[1]: holds a secret as it is',
      'connection twilio settings.baseUrl: holds a password in an address',
      'connection twilio settings.password: holds a secret as it is',
    ])
  })

  it('never repeats the secret in the message', () => {
    expect(check(firm, { key: 'c', settings: { token: 'hunter2' } }).join()).not.toContain('hunter2')
  })

  it('refuses a webhook secret of the operators that is not a reference', () => {
    expect(
      check({ ...firm, operators: { webhook: { url: 'https://x.example', secret: 'abc' } } }).join(),
    ).toContain('operators.webhook.secret')
  })

  it('wants the connections that the firm sends through', () => {
    expect(check({ ...firm, sms: { connection: 'twillio' } }, { key: 'twilio' })).toEqual([
      'firm firm sms.connection: names a connection that does not exist: twillio; there are: twilio',
    ])
  })

  it('wants a firm', () => {
    const { problems } = checkConfig([], language())
    expect(problems.map((problem) => problem.message)).toEqual(['is missing: a firm needs its firm.yaml'])
  })

  it('refuses a body whose own key is another', () => {
    const { problems } = checkConfig(
      [
        { kind: 'firm', key: 'firm', body: firm },
        { kind: 'connection', key: 'a', body: { key: 'b' } },
        { kind: 'connection', key: '../a', body: {} },
      ],
      language(),
    )
    expect(problems.map((problem) => problem.message)).toEqual([
      'says "b", but this is a',
      'is not a key: letters, digits, dots, dashes',
      'is missing',
    ])
  })

  it('asks the checks over all items only when each is right by itself', () => {
    const across = () => [{ kind: 'rule', key: 'r', path: [], message: 'across' }]
    const items = [{ kind: 'firm', key: 'firm', body: firm }]
    expect(checkConfig(items, language(across)).problems).toHaveLength(1)
    expect(
      checkConfig([{ ...items[0]!, body: {} }], language(across)).problems.map((p) => p.message),
    ).not.toContain('across')
  })
})
