import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { sentenceOf } from './sentence.ts'
import { ruleConfig } from './types.ts'

const examples = join(import.meta.dirname, '../../../examples')
const rules = readdirSync(examples).flatMap((firm) =>
  (parse(readFileSync(join(examples, firm, 'rules.yaml'), 'utf8')) as unknown[]).map((body) => ({
    firm,
    rule: ruleConfig.parse(body),
  })),
)
const tell = { tell: 'client', template: 'words' }
const say = (rule: object, language: 'en' | 'es' = 'en', context = {}) =>
  sentenceOf(ruleConfig.parse({ key: 'a', on: 'x.y', then: [tell], ...rule }), language, context)
const when = (source: string, on = 'document.filed', language: 'en' | 'es' = 'en') =>
  /, (?:if|si) (.*), (?:tell|se avisa)/.exec(say({ on, when: source }, language))?.[1]

describe('a rule as a sentence', () => {
  it.each(rules)('$firm: $rule.key says whom, by what, in which words, and what it waits for', ({ rule }) => {
    for (const language of ['en', 'es'] as const) {
      const sentence = sentenceOf(rule, language, { cap: { perDay: 3, digest: 'updates' } })
      expect(sentence).toMatch(language === 'en' ? /^When / : /^Cuando /)
      expect(sentence.endsWith('.')).toBe(true)
      expect(sentence).not.toMatch(/undefined|\[object|NaN|P\d+D/)
      for (const { name } of rule.evidence) expect(sentence).toContain(name)
      if (rule.overdue) expect(sentence).toContain(rule.overdue.title)
      for (const action of rule.then) {
        if ('task' in action) expect(sentence).toContain(action.task.title)
        else {
          expect(sentence).toContain(action.template)
          if (action.digest) expect(sentence).toContain(action.digest)
          expect(sentence.includes(language === 'en' ? 'ahead of' : 'antes que')).toBe(
            action.urgency === 'urgent',
          )
          expect(sentence.includes(language === 'en' ? 'calendar' : 'calendario')).toBe(action.calendar)
          const counted =
            action.urgency !== 'urgent' && ['status', 'billing', 'intake'].includes(action.purpose)
          expect(sentence.includes(language === 'en' ? 'After 3' : 'Tras 3')).toBe(counted)
        }
      }
      // Only a loop, a call or a name of the rule's own stands in it as it was written.
      const formulas = language === 'en' ? /this holds/ : /se cumple esto/
      expect(formulas.test(sentence)).toBe(rule.when?.startsWith('cel.bind') ?? false)
    }
  })

  it('says a whole rule in one breath, in both languages', () => {
    const { rule } = rules.find(({ rule }) => rule.key === 'transcript-ready')!
    expect(sentenceOf(rule, 'en')).toBe(
      'When a matter leaves “deposition_scheduled”, if the matter’s state is none of “awaiting_documents” and “closed”, once this is in hand: “the transcript, filed under Transcripts in the document system”, tell the client by text or mail, as they prefer, in the words of “transcript-ready” as news of their case. Evidence is waited for 10 days; after that the paralegal gets the task “Ask the court reporter for the transcript”, due in 2 days.',
    )
    expect(sentenceOf(rule, 'es')).toBe(
      'Cuando un asunto sale de «deposition_scheduled», si el estado del asunto no es ninguno de estos: «awaiting_documents» y «closed», en cuanto se tenga esto: «the transcript, filed under Transcripts in the document system», se avisa al cliente por SMS o correo, según prefiera, con las palabras de «transcript-ready» como noticia de su asunto. Se espera 10 días; después, el asistente legal recibe la tarea «Ask the court reporter for the transcript», con plazo de 2 días.',
    )
  })

  it('puts conditions into words, and shows as it is written what has none', () => {
    expect(when("event.category == 'Client copies'")).toBe('its category is “Client copies”')
    expect(when("event.?category.orValue(null) != 'x'")).toBe('its category is not “x”')
    expect(when('event.name != null')).toBe('its name is known')
    expect(when('event.name == null')).toBe('its name is not known')
    expect(when('has(event.name)')).toBe('its name is known')
    expect(when('!has(event.name)')).toBe('its name is not known')
    expect(when('event.total >= 1000')).toBe('its total is at least 1,000')
    expect(when('event.total < 5')).toBe('its total is less than 5')
    expect(when('timestamp(event.due_at) > event.at')).toBe('its due at is still to come')
    expect(when('timestamp(event.due_at) <= event.at')).toBe('its due at is past')
    expect(when("timestamp(event.due_at) < timestamp('2030-01-01T00:00:00Z')")).toBe(
      'its due at is earlier than “2030-01-01T00:00:00Z”',
    )
    expect(when("event.name.startsWith('A') || client.language in ['es', 'en']")).toBe(
      'its name begins with “A” or the client’s language is “es” or “en”',
    )
    expect(when("event.name.endsWith('A') && (event.urgent == true || event.n > 2)")).toBe(
      'its name ends with “A” and (its urgent is true or its n is more than 2)',
    )
    expect(when("event.name.contains('A')")).toBe('its name contains “A”')
    expect(when("!happened('document.filed', 'P3D')")).toBe('no “document.filed” came in the 3 days before')
    expect(when("happened('document.filed', 'PT12H')")).toBe('“document.filed” came in the 12 hours before')
    expect(when('!(event.n == 3 || event.n == 4)')).toBe('it is not so that (its n is 3 or its n is 4)')
    expect(when("documents.exists(d, d.name == 'x')")).toBe(
      "this holds: “documents.exists(d, d.name == 'x')”",
    )
    expect(when("event.name.startsWith('A')", 'document.filed', 'es')).toBe(
      'el dato «nombre» del evento empieza por «A»',
    )
  })

  it('fuses the states that a matter goes through, and leaves out what goes without saying', () => {
    const change = (source: string) => say({ on: 'matter.status_changed', when: source }).split(', tell')[0]
    expect(change("event.from == 'a' && matter.state == 'b'")).toBe('When a matter goes from “a” to “b”')
    expect(change("matter.state in ['a', 'b']")).toBe('When a matter enters “a” or “b”')
    expect(change("matter.state != 'a'")).toBe(
      'When a matter changes its state, if the matter’s state is not “a”',
    )
    expect(when('event.n != null && event.n > 3')).toBe('its n is more than 3')
  })

  it('says that it is switched off, that it waits for a digest, and what a cap does', () => {
    expect(say({ off: true })).toMatch(/^Switched off: when “x\.y” happens, tell/)
    expect(say({ off: true }, 'es')).toMatch(/^Desactivada: cuando /)
    const waiting = say({ then: [{ ...tell, digest: 'updates', channels: ['email', 'sms'] }] })
    expect(waiting).toContain('by mail, else by text in the words of “words”')
    expect(say({ then: [{ ...tell, channels: ['sms'] }] })).toContain('by text alone')
    const cap = { cap: { perDay: 3, digest: 'updates' } }
    expect(say({}, 'en', cap)).toContain('After 3 such messages on one day')
    expect(say({ then: [{ ...tell, purpose: 'reminder' }] }, 'en', cap)).not.toContain('After 3')
    expect(say({ then: [{ task: { title: 'Call' } }] })).toBe(
      'When “x.y” happens, staff get the task “Call”.',
    )
  })
})
