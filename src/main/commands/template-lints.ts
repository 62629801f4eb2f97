/** What `apply` warns of in templates: words that no rule provides, texts that are long, languages that are missing. */

import { digestVariables } from '../../modules/digests/index.ts'
import type { ConfigProblem, CrossCheck, FirmSettings } from '../../modules/firms/index.ts'
import type { DigestConfig } from '../../modules/moments/index.ts'
import type { RuleConfig } from '../../modules/rules/index.ts'
import {
  compileTemplate,
  lintTemplate,
  standardPaths,
  type TemplateConfig,
} from '../../modules/templates/index.ts'

export const templateLints: CrossCheck = (all) => {
  const firm = all.get('firm')!.get('firm') as FirmSettings
  const rules = all.get('rule') as ReadonlyMap<string, RuleConfig>
  const templates = all.get('template') as ReadonlyMap<string, TemplateConfig>
  const digests = (all.get('digest') ?? new Map()) as ReadonlyMap<string, DigestConfig>
  return [...templates].flatMap(([key, config]): ConfigProblem[] => {
    const compiled = compileTemplate(config)
    if (!compiled.ok) return []
    const uses = [...rules.values()].flatMap((rule) =>
      rule.then.filter((action) => 'tell' in action && action.template === key),
    )
    const passed = new Set(uses.flatMap((action) => ('tell' in action ? Object.keys(action.with) : [])))
    const given = [...digests.values()].some((digest) => digest.template === key) ? digestVariables : []
    const known = new Set([...standardPaths, ...[...passed, ...given].flatMap((name) => [name, `${name}.*`])])
    return lintTemplate(compiled.template, known, firm.languages).map(({ path, message, line }) => ({
      kind: 'template',
      key,
      path: [...path],
      message: line !== undefined && line > 1 ? `${message} (line ${line} of the text)` : message,
    }))
  })
}
