/**
 * Deciding, pure: which rules apply to what happened, is the evidence there, whom does it tell, what do the gates say,
 * and the message as it will leave. Nothing here reads or writes; the plan that comes out is stored in one go.
 */
import type { Audience, NoticeId } from '../../kernel/index.ts'
import { type EvaluationVerdict, prepareValues } from '../../platform/expressions/index.ts'
import type { NewMessage } from '../delivery/index.ts'
import { gates, type Notice, repeatMark } from '../notices/index.ts'
import type { NewTask } from '../tasks/index.ts'
import { type DecisionContext, forChannel, type Values } from './channel.ts'
import type { CompiledAction, CompiledRule } from './compile.ts'
import type { FirmProgram } from './program.ts'
import { type Happening, ruleValues, type Situation, valuesAt } from './situation.ts'
import {
  missingEvidenceTask,
  ruleProblemTask,
  ruleTask,
  templateProblemTask,
  unreachableTask,
} from './staff-tasks.ts'

/** What one rule came to, kept with the values that decided it; also "no". */
export interface RuleResult {
  rule: string
  version: number
  outcome: 'no' | 'told' | 'held' | 'suppressed' | 'task' | 'error' | 'already_decided'
  reason?: string
  values: Record<string, unknown>
  evidence?: Record<string, boolean>
}

export interface Plan {
  results: RuleResult[]
  notices: Notice[]
  messages: NewMessage[]
  tasks: NewTask[]
}

export const emptyPlan = (): Plan => ({ results: [], notices: [], messages: [], tasks: [] })

/** @returns what all rules for this event come to, in one plan */
export function decide(
  program: FirmProgram,
  happening: Happening,
  situation: Situation,
  context: DecisionContext,
): Plan {
  const plan = emptyPlan()
  const rules = program.rules.get(happening.type) ?? []
  if (rules.length === 0) return plan
  const raw = ruleValues(happening, situation)
  const values = prepareValues(raw)
  for (const rule of rules) {
    const fired = fire(program, rule, happening, situation, { raw, values }, context, new Map())
    plan.results.push(fired.result)
    plan.notices.push(...fired.notices)
    plan.messages.push(...fired.messages)
    plan.tasks.push(...fired.tasks)
  }
  return plan
}

/** @returns what one rule comes to that no event leads to by its type: a reminder's */
export function decideRule(
  program: FirmProgram,
  rule: CompiledRule,
  happening: Happening,
  situation: Situation,
  context: DecisionContext,
): Plan {
  const raw = ruleValues(happening, situation)
  const given = { raw, values: prepareValues(raw) }
  const { result, ...plan } = fire(program, rule, happening, situation, given, context, new Map())
  return { results: [result], ...plan }
}

/**
 * What a plan comes to when a later event of the same batch has overtaken it: nothing is said, and the record says why.
 * What its rules gave staff to do remains.
 */
export const overtaken = (plan: Plan, reason: string): Plan => ({
  results: plan.results.map((r) =>
    r.outcome === 'told' || r.outcome === 'held' ? { ...r, outcome: 'suppressed', reason } : r,
  ),
  notices: plan.notices.map((n) =>
    n.state === 'messaged' || n.state === 'held' ? end(n, 'superseded', reason) : n,
  ),
  messages: [],
  tasks: plan.tasks.filter((task) => task.kind === 'rule'),
})

export interface Fired {
  result: RuleResult
  notices: Notice[]
  messages: NewMessage[]
  tasks: NewTask[]
}

/**
 * One rule on one event.
 *
 * @param existing notices of this rule and event that were held before, by action: they are decided anew
 */
export function fire(
  program: FirmProgram,
  rule: CompiledRule,
  happening: Happening,
  situation: Situation,
  given: Values,
  context: DecisionContext,
  existing: ReadonlyMap<number, Notice>,
): Fired {
  const fired: Fired = {
    result: { rule: rule.key, version: rule.version, outcome: 'no', values: {} },
    notices: [],
    messages: [],
    tasks: [],
  }
  const { result } = fired
  const actions = rule.actions.map((action, index) => ({ action, index }))
  const tells = actions.filter((a) => a.action.kind === 'tell')
  const waiting = tells.length > 0 ? tells : [{ action: null, index: -1 }]
  const cause = (index: number) => `${situation.matter.id} ${rule.key} ${index} ${happening.subject}`
  const before = (index: number) => context.known.notices.get(cause(index))
  // A release decides only what was held; a repetition only what was said.
  const skip = (index: number) =>
    !existing.has(index) && before(index) !== undefined && (existing.size > 0 || before(index) === false)
  const undecided = waiting.filter((w) => !skip(w.index))
  const knownAlready = existing.size === 0 && waiting.some((w) => before(w.index) !== undefined)
  const draft = (action: CompiledAction | null, index: number): Notice =>
    existing.get(index) ?? {
      id: context.newId<NoticeId>(),
      eventId: happening.eventId as Notice['eventId'],
      matterId: situation.matter.id,
      clientId:
        audienceOf(rule, index) === 'client' ? situation.matter.client_id : (situation.recipient?.id ?? null),
      audience: audienceOf(rule, index),
      ruleKey: rule.key,
      ruleVersion: rule.version,
      action: index,
      purpose: action?.kind === 'tell' ? action.tell.purpose : 'status',
      urgency: action?.kind === 'tell' ? action.tell.urgency : 'normal',
      templateKey: action?.kind === 'tell' ? action.tell.template : '',
      state: 'decided',
      reason: null,
      gates: [],
      stateEntry: happening.stateEntry,
      factId: happening.fact?.id ?? null,
      factMark: happening.fact?.mark ?? null,
      dueAt: null,
      deadlineAt: null,
      cause: before(index) === undefined ? cause(index) : `${cause(index)}${repeatMark}${happening.eventId}`,
      ...(context.overrides ? { overrides: context.overrides } : {}),
    }
  const fail = (what: string, message: string) => {
    result.outcome = 'error'
    result.reason = `${what}: ${message}`
    fired.tasks.push(ruleProblemTask(rule, result.reason, happening, situation))
    // What this rule would say waits for the rule to be mended.
    if (!knownAlready)
      fired.notices.push(...undecided.map((w) => hold(draft(w.action, w.index), 'rule problem', null)))
    return fired
  }

  if (rule.when) {
    result.values = valuesAt(given.raw, rule.when.reads)
    const held = rule.when.evaluate(given.values)
    if (!held.ok) return fail('when', held.message)
    if (held.value !== true) {
      fired.notices.push(...[...existing.values()].map((n) => end(n, 'superseded', 'no longer true')))
      return fired
    }
  }

  const missing: string[] = []
  for (const { name, that, missing: lacking } of rule.evidence) {
    const held = that.evaluate(given.values)
    if (!held.ok) return fail(`evidence "${name}"`, held.message)
    result.evidence = { ...result.evidence, [name]: held.value === true }
    if (held.value !== true) missing.push(withLacking(name, lacking?.evaluate(given.values)))
  }

  // Only where something was said is there anything to hold the gates against; what is held or was dropped stays so.
  const said = missing.length === 0 && waiting.some((w) => before(w.index) === true)
  if (knownAlready && !said) {
    result.outcome = 'already_decided'
    return fired
  }

  if (missing.length > 0) {
    result.outcome = 'held'
    result.reason = `waits for ${missing.join(', ')}`
    for (const { action, index } of undecided) {
      fired.notices.push(
        waitForEvidence(draft(action, index), rule, missing, situation, context, fired.tasks),
      )
    }
    return fired
  }
  if (happening.settlesAt && Temporal.Instant.compare(happening.settlesAt, context.now) > 0) {
    result.outcome = 'held'
    result.reason = 'settling'
    for (const { action, index } of undecided)
      fired.notices.push(hold(draft(action, index), 'settling', happening.settlesAt))
    return fired
  }

  for (const { action, index } of actions) {
    if (action.kind === 'task') {
      fired.tasks.push(ruleTask(rule, index, action.task, happening, situation, context.now))
      if (result.outcome === 'no') result.outcome = 'task'
      continue
    }
    if (skip(index)) continue
    const notice = tell(
      program,
      rule,
      action,
      draft(action, index),
      happening,
      situation,
      given,
      context,
      fired,
    )
    fired.notices.push(notice)
    if (notice.state === 'messaged') result.outcome = 'told'
    else if (result.outcome !== 'told') {
      result.outcome = notice.state === 'held' ? 'held' : 'suppressed'
      if (notice.reason) result.reason = notice.reason
    }
  }
  // A rule that only makes tasks and had to wait for evidence: its waiting is over.
  const waited = existing.get(-1)
  if (waited) fired.notices.push(end(waited, 'superseded', 'task made'))
  return fired
}

/** Named at most; more would be a list to read, not a task to do. */
const mostNamed = 10

/** An expression that can't say what is lacking says nothing: the name alone stands, as for evidence without one. */
function withLacking(name: string, verdict: EvaluationVerdict | undefined): string {
  const given = verdict?.ok ? [verdict.value].flat() : []
  const texts = given.filter((one) => typeof one === 'string' && one.trim() !== '')
  if (texts.length === 0) return name
  const more = texts.length > mostNamed ? ` and ${texts.length - mostNamed} more` : ''
  return `${name} (${texts.slice(0, mostNamed).join('; ')}${more})`
}

/** What who is told by an action is to the matter. */
function audienceOf(rule: CompiledRule, index: number): Audience {
  const action = rule.actions[index]
  return action?.kind === 'tell' ? action.audience : 'client'
}

const gateOrder = (name: string) => gates.findIndex((gate) => gate.name === name)

const hold = (notice: Notice, reason: string, dueAt: Temporal.Instant | null): Notice => ({
  ...notice,
  state: 'held',
  reason,
  dueAt,
})
const end = (notice: Notice, state: 'suppressed' | 'superseded' | 'expired', reason: string): Notice => ({
  ...notice,
  state,
  reason,
  dueAt: null,
})

/** After the deadline staff know; the notice still goes when the evidence comes, for as long as someone may care. */
const lateEvidence = { hours: 24 * 30 }

/** How long what could not be addressed waits for an address; later it is no news any more. */
const waitForAddress = { hours: 24 * 14 }

function waitForEvidence(
  notice: Notice,
  rule: CompiledRule,
  missing: string[],
  situation: Situation,
  context: DecisionContext,
  tasks: NewTask[],
): Notice {
  const deadline =
    notice.deadlineAt ?? context.now.add(rule.wait.round({ largestUnit: 'hours', relativeTo: '2026-01-01' }))
  const reason = `evidence: ${missing.join(', ')}`
  if (Temporal.Instant.compare(context.now, deadline) < 0)
    return { ...hold(notice, reason, deadline), deadlineAt: deadline }
  tasks.push(missingEvidenceTask(rule, notice, missing, situation, context.now))
  const last = deadline.add(lateEvidence)
  if (Temporal.Instant.compare(context.now, last) >= 0)
    return { ...end(notice, 'expired', reason), deadlineAt: deadline }
  return { ...hold(notice, reason, last), deadlineAt: deadline }
}

function tell(
  program: FirmProgram,
  rule: CompiledRule,
  action: Extract<CompiledAction, { kind: 'tell' }>,
  notice: Notice,
  happening: Happening,
  situation: Situation,
  given: Values,
  context: DecisionContext,
  fired: Fired,
): Notice {
  const { recipient: client } = situation
  if (!client) {
    const why = notice.audience === 'client' ? 'the matter has no client' : 'the CMS has not told us of them'
    fired.tasks.push(unreachableTask(rule, happening, situation, why))
    return end(notice, 'suppressed', why)
  }
  const decided: Notice = { ...notice, ruleVersion: rule.version, gates: [] }
  const drafts: NewMessage[] = []
  const problems: string[] = []
  let unreachable = 0
  for (const channel of action.tell.channels) {
    const draftMessage = forChannel(
      program,
      action,
      channel,
      decided,
      client.id,
      happening,
      situation,
      given,
      context,
    )
    decided.gates = [...decided.gates, ...draftMessage.outcomes]
    if (draftMessage.kind === 'message') drafts.push(draftMessage.message)
    if (draftMessage.kind === 'problem') problems.push(...draftMessage.problems)
    if (draftMessage.kind === 'suppressed' && draftMessage.gate === 'contact_point') unreachable++
    // What can wait is said once: by the first of the rule's channels that is open.
    if (draftMessage.kind === 'message' && draftMessage.mayWait) break
  }
  // Half of what was to be said is worse than waiting for staff to mend the words.
  if (problems.length > 0) {
    fired.tasks.push(templateProblemTask(rule, decided, problems, situation))
    return hold(decided, `template: ${problems[0]}`, null)
  }
  if (drafts.length === 0) {
    // Of the channels' reasons the one that came nearest to letting it through: "prefers mail" is no news where the mail failed.
    const closed = decided.gates
      .filter((g) => g.verdict === 'suppress')
      .toSorted((a, b) => gateOrder(b.gate) - gateOrder(a.gate))[0]
    if (unreachable > 0) {
      const why = 'no phone number or mail address that works'
      fired.tasks.push(unreachableTask(rule, happening, situation, why))
      const deadline = decided.deadlineAt ?? context.now.add(waitForAddress)
      // Where another channel said it already, there is nothing to wait for.
      const said = decided.gates.some((g) => g.gate === 'already_said' && g.verdict === 'suppress')
      if (!said && Temporal.Instant.compare(context.now, deadline) < 0)
        return { ...hold(decided, why, deadline), deadlineAt: deadline }
    }
    return end(decided, 'suppressed', closed?.reason ?? 'no channel')
  }
  fired.messages.push(...drafts)
  return { ...decided, state: 'messaged', reason: null, dueAt: null }
}
