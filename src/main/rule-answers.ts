/** A firm's rules as people read them, and the names that a rule of theirs may speak of. Pure. */
import type { Rule, RuleVocabulary } from '../../contracts/rules.ts'
import type { CompiledHooks } from '../modules/connections/index.ts'
import {
  type FirmSettings,
  firmSettings,
  type Json,
  type StoredConfig,
  type StoredItem,
} from '../modules/firms/index.ts'
import { statusesConfig } from '../modules/matters/index.ts'
import { type RuleConfig, ruleConfig, sentenceOf } from '../modules/rules/index.ts'
import { templateConfig } from '../modules/templates/index.ts'

type Items = Pick<StoredConfig, 'items'>

/** @returns null: it is no rule (yet) */
export function ruleIn(body: Json | null): RuleConfig | null {
  const parsed = ruleConfig.safeParse(body)
  return parsed.success ? parsed.data : null
}

export function sentencesOf(rule: RuleConfig, config: Items): { en: string; es: string } {
  const cap = settingsOf(config)?.cap
  const context = { cap }
  return { en: sentenceOf(rule, 'en', context), es: sentenceOf(rule, 'es', context) }
}

/** @param yaml the item as a text; who changed it is the caller's to add */
export function ruleAnswer(
  config: Items,
  { key, body }: StoredItem,
  yaml: string,
): Omit<Rule, 'edition' | 'changedAt' | 'changedBy' | 'origin' | 'reason' | 'ahead'> {
  // What is stored was checked when it was stored.
  const rule = ruleConfig.parse(body)
  const told = rule.then.flatMap((action) => ('tell' in action ? [action.template] : []))
  return {
    key,
    describe: rule.describe ?? null,
    on: rule.on,
    off: rule.off,
    sentence: sentencesOf(rule, config),
    yaml,
    templates: [...new Set(told)],
  }
}

/** @param hooks of the firm's connections: what they make of what comes in */
export function vocabularyOf(config: Items, hooks: ReadonlyMap<unknown, CompiledHooks>): RuleVocabulary {
  const of = (kind: string) => config.items.filter((item) => item.kind === kind)
  const [language] = settingsOf(config)?.languages ?? ['en']
  const states = of('states').flatMap(({ body }) => {
    const parsed = statusesConfig.safeParse(body)
    return parsed.success ? parsed.data.states : []
  })
  const templates = of('template').flatMap(({ body }) => {
    const parsed = templateConfig.safeParse(body)
    return parsed.success ? [parsed.data] : []
  })
  const heard = [...hooks.values()].flatMap(({ events }) => events.map(({ type }) => type))
  // They have what we know read anew; no rule is asked.
  const unheard = ['client.changed', 'matter.touched']
  const ruled = of('rule').flatMap(({ body }) => ruleIn(body)?.on ?? [])
  return {
    states: states.map(({ key, words }) => ({ key, words: words[language!] ?? null })),
    templates: templates.map(({ key, describe, variables = {} }) => ({
      key,
      describe: describe ?? null,
      variables: [...new Set(Object.keys(variables).map((path) => path.replace(/\..*$/, '')))],
    })),
    events: [...new Set(['matter.status_changed', ...heard, ...ruled])]
      .filter((type) => !unheard.includes(type))
      .sort(),
    digests: of('digest').map(({ key }) => key),
  }
}

function settingsOf(config: Items): FirmSettings | null {
  const parsed = firmSettings.safeParse(config.items.find(({ kind }) => kind === 'firm')?.body)
  return parsed.success ? parsed.data : null
}
