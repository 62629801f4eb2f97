/** Plans made ready to run: the condition parsed once, and each step as a rule, so that it is decided like any other. */
import type { Audience } from '../../kernel/index.ts'
import { compileExpression, type Expression } from '../../platform/expressions/index.ts'
import { type CompiledRule, compileRule } from '../rules/index.ts'
import type { Answer, TemplateConfig } from '../templates/index.ts'
import { audienceOf, cancellation, correction, type PlanConfig } from './types.ts'

export type PlannedStep = PlanConfig['steps'][number] & { past: 'send' | 'skip'; audience: Audience }

export interface CompiledPlan {
  key: string
  order: number
  /** Over appointment, matter and client. */
  when: Expression
  steps: readonly PlannedStep[]
  businessDays: PlanConfig['businessDays'] | null
  unreadable: 'send' | 'hold'
  /** Whether a text is among what a step says: then quiet hours bind its moment. */
  texts: ReadonlySet<string>
  /** Who, of those that were reminded, is told of a change. */
  corrects: Readonly<Record<'moved' | 'cancelled', ReadonlySet<Audience>>>
  /** Whom its steps are for. */
  audiences: ReadonlySet<Audience>
  /** What the CMS says of it afterwards; null: it does not say. */
  attendance: { missed: Expression | null; kept: Expression | null }
  /** When a client asks for another date. */
  reschedule: { assign: 'attorney' | 'paralegal' | 'staff'; due: Temporal.Duration }
  rules: readonly CompiledRule[]
}

/** What a plan's condition may speak of. */
const planVariables = ['appointment', 'matter', 'client'] as const

/** The event that a reminder is when its moment has come. */
export const dueEvent = 'reminder.due'

/** No rule of the firm's own can have such a key. */
export const ruleKeyOf = (plan: string, step: string, audience: Audience = 'client'): string =>
  // What is said of a change is said to each in other words; a step has one audience anyway.
  `reminder:${plan}/${step}${(step === correction || step === cancellation) && audience !== 'client' ? `/${audience}` : ''}`

export interface PlanProblem {
  path: (string | number)[]
  message: string
}

/** @param version of the stored plan: it is pinned on what is said */
export function compilePlan(
  plan: PlanConfig,
  version: number,
): { ok: true; plan: CompiledPlan } | { ok: false; problems: PlanProblem[] } {
  const when = compileExpression(plan.when, { variables: planVariables, returns: 'bool' })
  if (!when.ok) return { ok: false, problems: [{ path: ['when'], message: when.message }] }
  const missed = attendanceOf(plan, 'missed')
  const kept = attendanceOf(plan, 'kept')
  if (!missed.ok) return { ok: false, problems: [{ path: ['missed'], message: missed.message }] }
  if (!kept.ok) return { ok: false, problems: [{ path: ['kept'], message: kept.message }] }
  const corrections = changesOf(plan)
  const reserved = plan.steps.findIndex((s) => s.key === correction || s.key === cancellation)
  if (reserved >= 0)
    return {
      ok: false,
      problems: [
        { path: ['steps', reserved, 'key'], message: `is kept for ${correction} and ${cancellation}` },
      ],
    }
  const said = [
    ...plan.steps.map((step) => ({
      key: step.key,
      template: step.template ?? plan.template,
      channels: step.channels ?? plan.channels,
      urgency: plan.urgency,
      audience: audienceOf(plan, step),
    })),
    // Who was told a wrong date must hear of it before anything else.
    ...corrections.map((step) => ({
      ...step,
      channels: channelsFor(plan, step.audience),
      urgency: 'urgent' as const,
    })),
  ]
  const rules = said.map(({ key, template, channels, urgency, audience }) => {
    const compiled = compileRule(
      {
        key: ruleKeyOf(plan.key, key, audience),
        on: dueEvent,
        evidence: [],
        wait: 'P1D',
        // biome-ignore lint/suspicious/noThenProperty: the word of rules
        then: [
          {
            tell: 'client',
            template,
            purpose: 'reminder',
            urgency,
            channels,
            with: {},
            calendar: plan.calendar && channels.includes('email'),
          },
        ],
      },
      version,
      audience,
    )
    if (!compiled.ok) throw new Error(`reminder ${plan.key}/${key}: ${compiled.problems[0]?.message}`)
    return compiled.rule
  })
  return {
    ok: true,
    plan: {
      key: plan.key,
      order: plan.order,
      when: when.expression,
      steps: plan.steps.map((step) => ({
        ...step,
        past: step.past ?? plan.past,
        audience: audienceOf(plan, step),
      })),
      businessDays: plan.businessDays ?? null,
      unreadable: plan.unreadable,
      texts: new Set(said.filter((s) => s.channels.includes('sms')).map((s) => s.key)),
      corrects: {
        moved: new Set(corrections.flatMap((c) => (c.key === correction ? [c.audience] : []))),
        cancelled: new Set(corrections.flatMap((c) => (c.key === cancellation ? [c.audience] : []))),
      },
      audiences: new Set(plan.steps.map((step) => audienceOf(plan, step))),
      attendance: { missed: missed.expression, kept: kept.expression },
      reschedule: {
        assign: plan.reschedule.assign,
        // Instants know no days; one of 24 hours is what is meant by a day here.
        due: Temporal.Duration.from(plan.reschedule.due).round({
          largestUnit: 'hours',
          relativeTo: '2026-01-01',
        }),
      },
      rules,
    },
  }
}

/** An attorney is known by a mail address alone. */
const channelsFor = (plan: PlanConfig, audience: Audience): PlanConfig['channels'] =>
  audience === 'attorney' ? ['email'] : plan.channels

/** What is said of changes, to whom and by which template; where it stands in the plan. */
function changesOf(plan: PlanConfig): {
  key: typeof correction | typeof cancellation
  template: string
  audience: Audience
  at: string[]
}[] {
  return ([correction, cancellation] as const).flatMap((key) => {
    const said = plan[key]
    if (said === undefined) return []
    const { template, participants, attorney } = said
    return [
      { key, template, audience: 'client' as const, at: [key, 'template'] },
      ...(participants === undefined
        ? []
        : [{ key, template: participants, audience: 'participants' as const, at: [key, 'participants'] }]),
      ...(attorney === undefined
        ? []
        : [{ key, template: attorney, audience: 'attorney' as const, at: [key, 'attorney'] }]),
    ]
  })
}

type Optional = { ok: true; expression: Expression | null } | { ok: false; message: string }

function attendanceOf(plan: PlanConfig, outcome: 'missed' | 'kept'): Optional {
  const source = plan[outcome]
  if (source === undefined) return { ok: true, expression: null }
  return compileExpression(source, { variables: planVariables, returns: 'bool' })
}

/** No rule of the firm's own can have such a key. */
export const thanksKeyOf = (template: string, answer: Answer): string => `answer:${template}/${answer}`

/**
 * What is said to who answered, as rules, so that it is decided and held like any other.
 *
 * @param version of the template that asks
 */
export function compileThanks({ key, answers }: TemplateConfig, version: number): CompiledRule[] {
  return (['confirm', 'reschedule'] as const).flatMap((answer) => {
    const template = answers?.thanks?.[answer]
    if (template === undefined) return []
    const compiled = compileRule(
      {
        key: thanksKeyOf(key, answer),
        // Decided when the answer comes, and by no event's type.
        on: 'answer',
        evidence: [],
        wait: 'P1D',
        // biome-ignore lint/suspicious/noThenProperty: the word of rules
        then: [
          {
            tell: 'client',
            template,
            purpose: 'conversation',
            urgency: 'normal',
            channels: ['sms'],
            with: {},
            calendar: false,
          },
        ],
      },
      version,
    )
    if (!compiled.ok) throw new Error(`answers of ${key}: ${compiled.problems[0]?.message}`)
    return [compiled.rule]
  })
}

/** Every template that a plan speaks by, on which channels, and where both are named. */
export function spokenBy(plan: PlanConfig): {
  template: string
  channels: PlanConfig['channels']
  audience: Audience
  at: { template: (string | number)[]; channels: (string | number)[] }
}[] {
  const whole = { template: ['template'], channels: ['channels'] }
  const steps = plan.steps.map((step, i) => ({
    template: step.template ?? plan.template,
    channels: step.channels ?? plan.channels,
    audience: audienceOf(plan, step),
    at: {
      template: step.template === undefined ? whole.template : ['steps', i, 'template'],
      channels: step.channels === undefined ? whole.channels : ['steps', i, 'channels'],
    },
  }))
  const corrections = changesOf(plan).map(({ template, audience, at }) => ({
    template,
    audience,
    channels: channelsFor(plan, audience),
    at: { template: at, channels: whole.channels },
  }))
  // Steps without words or channels of their own would name the same problem once each.
  const all = [...steps, ...corrections]
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}
