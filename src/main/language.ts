/** Every kind of configuration there is, and how an item of it is checked. */
import { calendarProblem } from '../adapters/holidays/index.ts'
import { type ConnectionSettings, compileHooks, connectionSettings } from '../modules/connections/index.ts'
import {
  type ConfigKind,
  type ConfigLanguage,
  type ConfigPath,
  firmSettings,
  zodKind,
} from '../modules/firms/index.ts'
import { compileStatuses, type StatusesConfig, statusesConfig } from '../modules/matters/index.ts'
import { digestConfig, quietRule } from '../modules/moments/index.ts'
import { compilePlan, type PlanConfig, planConfig } from '../modules/reminders/index.ts'
import { compileRule, type RuleConfig, ruleConfig } from '../modules/rules/index.ts'
import { compileTemplate, type TemplateConfig, templateConfig } from '../modules/templates/index.ts'
import type { Adapters } from './adapter-kinds.ts'
import { references } from './commands/references.ts'
import { templateLints } from './commands/template-lints.ts'
import { secretReferences } from './secret-references.ts'
import { whoseMatters, whoseMattersProblems } from './whose-matters.ts'

/** Connections that only send webhooks have no adapter: their mapping says all. */
export const genericKind = 'generic'

export function configLanguage(adapters: Adapters): ConfigLanguage {
  return {
    kinds: [
      zodKind('firm', firmSettings),
      withMore(zodKind('connection', connectionSettings), (c) => connectionProblems(c, adapters)),
      withMore(zodKind('states', statusesConfig), (s: StatusesConfig) => {
        const compiled = compileStatuses(s)
        return compiled.ok ? [] : compiled.problems.map((p) => ({ path: toPath(p.path), message: p.message }))
      }),
      withMore(zodKind('rule', ruleConfig), (rule: RuleConfig) => {
        const compiled = compileRule(rule, 1)
        return compiled.ok ? [] : compiled.problems
      }),
      withMore(zodKind('reminder', planConfig), (plan: PlanConfig) => {
        const compiled = compilePlan(plan, 1)
        return [...(compiled.ok ? [] : compiled.problems), ...calendarProblems(plan)]
      }),
      zodKind('quiet', quietRule),
      zodKind('digest', digestConfig),
      withMore(zodKind('template', templateConfig), (template: TemplateConfig) => {
        const compiled = compileTemplate(template)
        return compiled.ok ? [] : compiled.problems
      }),
    ],
    crossChecks: [...references, whoseMatters(adapters), secretReferences(adapters)],
    lints: [templateLints],
  }
}

/** A holiday calendar that is not there would let reminders go on days off. */
function calendarProblems({ businessDays }: PlanConfig): Problem[] {
  if (!businessDays) return []
  const problem = calendarProblem(businessDays.country, businessDays.state)
  return problem === null ? [] : [{ path: ['businessDays', problem.part], message: problem.message }]
}

interface Problem {
  path: ConfigPath
  message: string
}

function withMore<T>(kind: ConfigKind<T>, more: (value: T) => Problem[]): ConfigKind<T> {
  return {
    kind: kind.kind,
    parse(key, body) {
      const parsed = kind.parse(key, body)
      if (!parsed.ok) return parsed
      const problems = more(parsed.value)
      return problems.length > 0 ? { ok: false, problems } : parsed
    },
  }
}

function connectionProblems(connection: ConnectionSettings, { providers, cms }: Adapters): Problem[] {
  const problems: Problem[] = []
  const adapter = [...providers, ...cms].find((a) => a.kind === connection.kind)
  if (!adapter && connection.kind !== genericKind) {
    const kinds = [genericKind, ...providers.map((p) => p.kind), ...cms.map((c) => c.kind)].sort()
    problems.push({ path: ['kind'], message: `is not one of: ${kinds.join(', ')}` })
  }
  const settings = adapter?.parse(connection.settings)
  if (settings && !settings.ok)
    for (const p of settings.problems)
      problems.push({ path: ['settings', ...toPath(p.path)], message: p.message })
  if (settings?.ok !== false)
    problems.push(
      ...writeBackProblems(connection, cms),
      ...whoseMattersProblems(connection, { providers, cms }),
    )
  const subscribing = cms.filter((c) => c.subscribes).map((c) => c.kind)
  if (connection.hooks?.verify?.scheme === 'clio' && !subscribing.includes(connection.kind)) {
    problems.push({
      path: ['hooks', 'verify', 'scheme'],
      message: `is for systems that we subscribe to (kind ${subscribing.join(', ')}): a ${connection.kind} connection has no secret for it; use standard-webhooks, header or query`,
    })
  }
  if (connection.hooks) {
    const hooks = compileHooks(connection.hooks)
    if (!hooks.ok) problems.push(...hooks.problems.map((p) => ({ path: toPath(p.path), message: p.message })))
  }
  return problems
}

const writings = { communications: 'communication', tasks: 'task', notes: 'note' } as const

function writeBackProblems(
  { kind, settings, writeBack }: ConnectionSettings,
  cms: Adapters['cms'],
): Problem[] {
  const possible = cms.find((c) => c.kind === kind)?.writes?.(settings) ?? []
  return Object.entries(writings).flatMap(([name, writing]) =>
    writeBack?.[name as keyof typeof writings] && !possible.includes(writing)
      ? [
          {
            path: ['writeBack', name],
            message: `can't be done: a ${kind} connection as it is set up writes no ${name}`,
          },
        ]
      : [],
  )
}

/** `hooks.events[2].matter` → hooks, events, 2, matter */
const toPath = (path: string): ConfigPath =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
