/** From what a firm stored to what decisions are made with. Pure; made once per revision. */
import type { ConnectionId } from '../kernel/index.ts'
import {
  type CmsKind,
  type CompiledHooks,
  type ConnectionSettings,
  compileHooks,
  connectionSettings,
} from '../modules/connections/index.ts'
import {
  type ConfigItem,
  type FirmSettings,
  firmSettings,
  type StoredConfig,
} from '../modules/firms/index.ts'
import type { IngestProgram } from '../modules/ingest/index.ts'
import { compileStatuses, statusesConfig } from '../modules/matters/index.ts'
import { compileQuiet, digestConfig, quietRule } from '../modules/moments/index.ts'
import { type CompiledPlan, compilePlan, compileThanks, planConfig } from '../modules/reminders/index.ts'
import { type CompiledRule, compileRule, ruleConfig } from '../modules/rules/index.ts'
import { compileTemplate, templateConfig } from '../modules/templates/index.ts'
import { compileByHand } from '../modules/writing/index.ts'
import type { Adapters } from './adapter-kinds.ts'

export interface FirmCode extends IngestProgram {
  connections: ReadonlyMap<ConnectionId, ConnectionSettings>
  reminders: { plans: readonly CompiledPlan[]; source: string }
  /** What its quiet hours are made of. */
  quietSource: string
}

/** A firm without states yet: every status is unknown, nothing is said. */
const noStates = { states: [{ key: 'none', initial: true, words: { en: 'none' } }] }

/** @throws when the stored items can't be used, e.g. since a newer release made them */
export function compileFirm(config: StoredConfig, { providers, cms }: Adapters): FirmCode {
  const of = (kind: string) => config.items.filter((item) => item.kind === kind)
  const settings = firmSettings.parse(of('firm')[0]?.body)
  const statuses = compileStatuses(statusesConfig.parse(of('states')[0]?.body ?? noStates))
  if (!statuses.ok) throw new Error(`states: ${statuses.problems[0]?.message}`)

  const rules = of('rule').flatMap((item): CompiledRule[] => {
    const rule = ruleConfig.parse(item.body)
    const compiled = compileRule(rule, item.version)
    if (!compiled.ok) throw new Error(`rule ${item.key}: ${compiled.problems[0]?.message}`)
    return rule.off ? [] : [compiled.rule]
  })
  const plans = of('reminder')
    .map((item): CompiledPlan => {
      const compiled = compilePlan(planConfig.parse(item.body), item.version)
      if (!compiled.ok) throw new Error(`reminder ${item.key}: ${compiled.problems[0]?.message}`)
      return compiled.plan
    })
    // Items come by their keys, which say nothing of what a file had first.
    .toSorted((a, b) => a.order - b.order)
  const templates = of('template').map((item) => {
    const compiled = compileTemplate(templateConfig.parse(item.body))
    if (!compiled.ok) throw new Error(`template ${item.key}: ${compiled.problems[0]?.message}`)
    return [item.key, { version: item.version, template: compiled.template }] as const
  })
  const thanks = templates.flatMap(([, { version, template }]) => compileThanks(template.config, version))
  const byHand = templates.flatMap(([, { version, template }]) => compileByHand(template.config, version))

  const quiet = quietSettingsOf(config.items, settings)
  const connections = new Map<ConnectionId, ConnectionSettings>()
  const hooks = new Map<ConnectionId, CompiledHooks>()
  const readable: Map<ConnectionId, { maxAge: Temporal.Duration | null }> = new Map()
  for (const item of of('connection')) {
    const id = config.connections.get(item.key)
    if (!id) continue
    const connection = connectionSettings.parse(item.body)
    connections.set(id, connection)
    const kind = cms.find((k) => k.kind === connection.kind)
    // Whose records name another's matters has none that could be read.
    if (kind && connection.mattersOf === undefined) {
      const maxAge = connection.factsMaxAge ? Temporal.Duration.from(connection.factsMaxAge) : null
      readable.set(id, { maxAge })
    }
    // Without webhooks the mappings serve what its lists give.
    if (!connection.hooks && !kind?.hooks && !kind?.listHooks) continue
    const compiled = compileHooks(hooksOf(connection, kind))
    if (!compiled.ok) throw new Error(`connection ${item.key}: ${compiled.problems[0]?.message}`)
    hooks.set(id, compiled.hooks)
  }
  const email = config.connections.get(settings.email?.connection ?? '') ?? null
  return {
    hooks,
    connections,
    connectionIds: config.connections,
    readable,
    reminders: { plans, source: JSON.stringify(of('reminder').map((item) => item.body)) },
    quietSource: JSON.stringify(quiet),
    program: {
      firmId: config.firmId,
      revision: config.revision,
      settings,
      statuses: statuses.map,
      rules: Map.groupBy(rules, (rule) => rule.on),
      rulesByKey: new Map(
        [...rules, ...plans.flatMap((plan) => plan.rules), ...thanks, ...byHand].map((rule) => [
          rule.key,
          rule,
        ]),
      ),
      evidenceOfCourse: rules.filter((rule) => rule.waitsForCourse).map((rule) => rule.key),
      templates: new Map(templates),
      quiet: compileQuiet(quiet),
      digests: new Map(
        of('digest').map((item) => [item.key, { ...digestConfig.parse(item.body), version: item.version }]),
      ),
      outlets: {
        sms: config.connections.get(settings.sms?.connection ?? '') ?? null,
        email,
      },
      mailFrom: mailFrom(email === null ? undefined : connections.get(email), providers),
    },
  }
}

/** What quiet hours are made of: the firm's own, and the table. @throws as compileFirm */
export const quietSettingsOf = (
  items: readonly ConfigItem[],
  { quietHours, timeZone, region }: FirmSettings,
): Parameters<typeof compileQuiet>[0] => ({
  firm: quietHours ?? null,
  rules: items.filter((item) => item.kind === 'quiet').map((item) => quietRule.parse(item.body)),
  firmZone: timeZone,
  firmRegion: region ?? null,
  spread: minutesOf(quietHours?.spread ?? 'PT10M'),
})

const minutesOf = (duration: string) =>
  Temporal.Duration.from(duration).total({ unit: 'minutes', relativeTo: '2026-01-01' })

const mailFrom = (
  connection: ConnectionSettings | undefined,
  providers: Adapters['providers'],
): IngestProgram['program']['mailFrom'] =>
  (connection && providers.find((p) => p.kind === connection.kind)?.from?.(connection.settings)) ?? null

/** Whichever way it came: whose matters are meant is said once for the connection, or by the mapping itself. */
function hooksOf(connection: ConnectionSettings, kind: CmsKind | undefined) {
  const hooks = mappingsOf(connection, kind)
  const { mattersOf } = connection
  if (mattersOf === undefined) return hooks
  return { ...hooks, events: hooks.events.map((event) => ({ mattersOf, ...event })) }
}

/** What a kind of CMS means by its webhooks stands in its adapter; what the firm writes comes before it. */
function mappingsOf(connection: ConnectionSettings, kind: CmsKind | undefined) {
  const own = connection.hooks ?? { events: [] }
  if (kind?.listHooks) return besides(own, kind.listHooks(connection.settings))
  const usual = kind?.hooks
  if (!usual) return own
  const key = own.key ?? usual.key
  const ignore = own.ignore ?? usual.ignore
  return {
    ...(key === undefined ? {} : { key }),
    ...(ignore === undefined ? {} : { ignore }),
    events: own.events.length > 0 ? own.events : usual.events,
  }
}

type Mappings = Pick<NonNullable<ConnectionSettings['hooks']>, 'key' | 'ignore' | 'events'>

/** Webhooks by the firm's mappings, what lists give by the kind's; `meta.source` tells which of the two it is. */
function besides(own: Mappings, usual: Mappings): Mappings & { listsOnly: string } {
  const listed = 'body.?meta.?source.orValue(null) == "list"'
  const ignore = [own.ignore, usual.ignore].filter((part) => part !== undefined)
  return {
    listsOnly: listed,
    key: `${listed} ? (${usual.key ?? 'null'}) : (${own.key ?? 'null'})`,
    ...(ignore.length > 0 ? { ignore: ignore.map((part) => `(${part})`).join(' || ') } : {}),
    events: [...own.events, ...usual.events],
  }
}
