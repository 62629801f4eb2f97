/** Rules made ready to run: every expression parsed once. */
import type { Audience } from '../../kernel/index.ts'
import {
  compileExpression,
  type Expression,
  type ExpressionFunctions,
} from '../../platform/expressions/index.ts'
import type { RuleConfig, TaskAction, TellAction } from './types.ts'

export interface CompiledRule {
  key: string
  version: number
  on: string
  when: Expression | null
  evidence: { name: string; that: Expression; missing: Expression | null }[]
  wait: Temporal.Duration
  overdue: TaskAction | null
  actions: CompiledAction[]
  /** Every path that its expressions may read: `event.start_at`, `matter.state`. */
  reads: readonly string[]
  /** What it reads beyond event, matter and client, so that nothing is loaded for nothing. */
  readsFacts: boolean
  readsHistory: boolean
  /** Its evidence is the matter's state, or that something has happened. */
  waitsForCourse: boolean
}

export type CompiledAction =
  | {
      kind: 'tell'
      tell: TellAction
      with: ReadonlyMap<string, Expression>
      /** Rules tell clients; reminders others as well. */
      audience: Audience
    }
  | { kind: 'task'; task: TaskAction }

export interface RuleProblem {
  path: (string | number)[]
  message: string
}

/** What expressions in rules may speak of; `history` is for `happened` alone. */
export const ruleVariables = ['event', 'matter', 'client', 'documents', 'bills', 'appointments'] as const

interface Past {
  type: string
  /** Milliseconds since the epoch. */
  at: number
}

export const ruleFunctions: ExpressionFunctions = {
  /** happened('document.filed', 'P7D'): did an event of this type come for this matter within that time before this one? */
  'happened(string, string): bool': (values, type, within) => {
    const history = (values.history ?? []) as readonly Past[]
    const now = values.at as number
    const hours = Temporal.Duration.from(within as string).total({ unit: 'hours', relativeTo: '2026-01-01' })
    const since = now - hours * 3_600_000
    return history.some((p) => p.type === type && p.at >= since && p.at <= now)
  },
}

export function compileRule(
  rule: Omit<RuleConfig, 'off'>,
  version: number,
  audience: Audience = 'client',
): { ok: true; rule: CompiledRule } | { ok: false; problems: RuleProblem[] } {
  const problems: RuleProblem[] = []
  const expression = (
    source: string,
    path: (string | number)[],
    returns: 'bool' | 'any',
  ): Expression | null => {
    const compiled = compileExpression(source, {
      variables: ruleVariables,
      functions: ruleFunctions,
      returns,
    })
    if (compiled.ok) return compiled.expression
    problems.push({ path, message: compiled.message })
    return null
  }
  const when = rule.when === undefined ? null : expression(rule.when, ['when'], 'bool')
  const evidence = rule.evidence.map((e, i) => ({
    name: e.name,
    that: expression(e.that, ['evidence', i, 'that'], 'bool'),
    missing: e.missing === undefined ? null : expression(e.missing, ['evidence', i, 'missing'], 'any'),
  }))
  const actions = rule.then.map((action, i): CompiledAction => {
    if ('task' in action) return { kind: 'task', task: action.task }
    const facts = Object.entries(action.with).map(
      ([name, source]) => [name, expression(source, ['then', i, 'with', name], 'any')] as const,
    )
    const given = new Map(facts.flatMap(([n, e]) => (e ? [[n, e]] : [])))
    return { kind: 'tell', tell: action, with: given, audience }
  })
  if (problems.length > 0) return { ok: false, problems }
  const all = [
    ...(when ? [when] : []),
    ...evidence.flatMap((e) => [e.that!, ...(e.missing ? [e.missing] : [])]),
    ...actions.flatMap((a) => (a.kind === 'tell' ? [...a.with.values()] : [])),
  ]
  const reads = all.flatMap((e) => e.reads)
  return {
    ok: true,
    rule: {
      key: rule.key,
      version,
      on: rule.on,
      when,
      evidence: evidence.map((e) => ({ name: e.name, that: e.that!, missing: e.missing })),
      wait: Temporal.Duration.from(rule.wait),
      overdue: rule.overdue ?? null,
      actions,
      reads: [...new Set(reads)],
      readsFacts: reads.some((path) => /^(documents|bills|appointments)\b/.test(path)),
      readsHistory: reads.some((path) => path.startsWith('happened')),
      waitsForCourse: evidence.some((e) => e.that!.reads.some((path) => /^(matter|happened)\b/.test(path))),
    },
  }
}
