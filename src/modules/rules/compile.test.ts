import { describe, expect, it } from 'vitest'
import { prepareValues } from '../../platform/expressions/index.ts'
import { compileRule } from './compile.ts'
import { ruleConfig } from './types.ts'

const tell = { tell: 'client', template: 'hello' }
const compile = (rule: object) =>
  compileRule(ruleConfig.parse({ key: 'r', on: 'x', then: [tell], ...rule }), 3)
function compiled(rule: object) {
  const made = compile(rule)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.rule
}

describe('a rule made ready', () => {
  it('has what was written, and the usual for the rest', () => {
    const rule = compiled({ when: `matter.state == 'trial'` })
    expect(rule).toMatchObject({ key: 'r', version: 3, on: 'x', evidence: [], overdue: null })
    expect(rule.wait.total('hours')).toBe(72)
    expect(rule.actions).toMatchObject([
      { kind: 'tell', tell: { purpose: 'status', urgency: 'normal', channels: ['sms', 'email'] } },
    ])
  })

  it('sends invitations only where mails are sent', () => {
    const parse = (more: object) =>
      ruleConfig.safeParse({ key: 'r', on: 'x', then: [{ ...tell, calendar: true, ...more }] })
    expect(parse({}).success).toBe(true)
    expect(parse({ channels: ['email'] }).success).toBe(true)
    expect(parse({ channels: ['sms'], calendar: false }).success).toBe(true)
    const refused = parse({ channels: ['sms'] })
    expect(refused.error!.issues).toMatchObject([
      { path: ['then', 0, 'calendar'], message: 'goes with mails, and email is not among the channels' },
    ])
  })

  it('names every expression that is wrong, with its place', () => {
    const made = compile({
      when: 'matter.state ==',
      evidence: [
        { name: 'a', that: 'true' },
        { name: 'b', that: 'nowhere.x == 1' },
      ],
      then: [tell, { ...tell, with: { day: 'event.at +' } }],
    })
    expect(made.ok).toBe(false)
    if (made.ok) return
    expect(made.problems.map((p) => p.path)).toEqual([
      ['when'],
      ['evidence', 1, 'that'],
      ['then', 1, 'with', 'day'],
    ])
    expect(made.problems.every((p) => p.message.length > 5)).toBe(true)
  })

  it('refuses a condition that is not yes or no', () => {
    expect(compile({ when: '1 + 1' })).toMatchObject({ ok: false, problems: [{ path: ['when'] }] })
  })

  it('knows what it reads, so that nothing is loaded for nothing', () => {
    expect(compiled({ when: `client.name == 'x'` })).toMatchObject({ readsFacts: false, readsHistory: false })
    const evidence = [{ name: 'e', that: `documents.exists(d, d.name == 'x')` }]
    expect(compiled({ evidence })).toMatchObject({ readsFacts: true, readsHistory: false })
    expect(compiled({ when: `happened('x', 'P1D')` })).toMatchObject({
      readsFacts: false,
      readsHistory: true,
    })
    expect(compiled({ then: [{ ...tell, with: { n: 'bills.size()' } }] })).toMatchObject({ readsFacts: true })
  })
})

describe('happened(type, within)', () => {
  const at = Temporal.Instant.from('2030-01-15T18:00:00Z')
  const rule = compiled({ when: `happened('document.filed', 'P3D')` })
  const holds = (type: string, hoursBefore: number) =>
    rule.when!.evaluate(
      prepareValues({
        event: {},
        matter: {},
        client: {},
        documents: [],
        bills: [],
        appointments: [],
        at,
        history: [{ type, at: at.subtract({ hours: hoursBefore }) }],
      }),
    )

  it('looks back from the event, so far and no farther', () => {
    expect(holds('document.filed', 71)).toMatchObject({ ok: true, value: true })
    expect(holds('document.filed', 73)).toMatchObject({ ok: true, value: false })
    expect(holds('document.changed', 1)).toMatchObject({ ok: true, value: false })
  })

  it('does not count what came only after the event', () => {
    expect(holds('document.filed', -1)).toMatchObject({ ok: true, value: false })
  })
})
