/** Tasks that rules make for staff. Each names what is wrong and where; the cause keeps it to one. */
import type { Notice } from '../notices/index.ts'
import type { NewTask } from '../tasks/index.ts'
import type { CompiledRule } from './compile.ts'
import type { Happening, Situation } from './situation.ts'
import type { TaskAction } from './types.ts'

const about = (situation: Situation) => ({
  matterId: situation.matter.id,
  clientId: situation.matter.client_id,
})
const named = (situation: Situation) => situation.matter.number ?? situation.matter.external_id

export function ruleTask(
  rule: CompiledRule,
  index: number,
  task: TaskAction,
  happening: Happening,
  situation: Situation,
  now: Temporal.Instant,
): NewTask {
  return {
    kind: 'rule',
    title: task.title,
    detail: task.detail ?? `Rule ${rule.key}, matter ${named(situation)}.`,
    ...about(situation),
    assignee: task.assign,
    dueAt: due(task, now),
    cause: `rule ${situation.matter.id} ${rule.key} ${index} ${happening.subject}`,
  }
}

export function missingEvidenceTask(
  rule: CompiledRule,
  notice: Notice,
  missing: readonly string[],
  situation: Situation,
  now: Temporal.Instant,
): NewTask {
  const own = rule.overdue
  return {
    kind: 'evidence_overdue',
    title: own?.title ?? `Still missing for matter ${named(situation)}: ${missing.join(', ')}`,
    detail: `${own?.detail ? `${own.detail} ` : ''}Rule ${rule.key} waits for: ${missing.join(', ')}. The client has not been told yet.`,
    ...about(situation),
    assignee: own?.assign ?? 'staff',
    dueAt: own ? due(own, now) : null,
    cause: `evidence ${notice.cause}`,
  }
}

export function templateProblemTask(
  rule: CompiledRule,
  notice: Notice,
  problems: readonly string[],
  situation: Situation,
): NewTask {
  return {
    kind: 'template_problem',
    title: `A message for matter ${named(situation)} waits: its words are not complete`,
    detail: `Rule ${rule.key}. ${problems.join('; ')}. Mend the template or the matter's facts; the message then goes by itself.`,
    ...about(situation),
    assignee: 'staff',
    dueAt: null,
    cause: `template ${notice.cause}`,
  }
}

export function ruleProblemTask(
  rule: CompiledRule,
  problem: string,
  happening: Happening,
  situation: Situation,
): NewTask {
  return {
    kind: 'rule_problem',
    title: `Rule ${rule.key} could not be decided for matter ${named(situation)}`,
    detail: problem,
    ...about(situation),
    assignee: 'staff',
    dueAt: null,
    cause: `rule problem ${situation.matter.id} ${rule.key} ${rule.version} ${happening.subject}`,
  }
}

export function unreachableTask(
  rule: CompiledRule,
  happening: Happening,
  situation: Situation,
  why: string,
): NewTask {
  return {
    kind: 'unreachable',
    title: `${whom(situation)} could not be told: ${why}`,
    detail: `Rule ${rule.key} wanted to tell them. Tell them another way, or add an address.`,
    ...about(situation),
    assignee: 'staff',
    dueAt: null,
    cause: `unreachable ${situation.matter.id} ${rule.key} ${happening.subject}`,
  }
}

/** Whom a task is about: the client, or another who was to be told beside them. */
function whom(situation: Situation): string {
  const { client, recipient } = situation
  if (recipient === null || recipient.id === client?.id) return `The client of matter ${named(situation)}`
  return `${recipient.name}, who has to do with matter ${named(situation)},`
}

const due = (task: TaskAction, now: Temporal.Instant) =>
  task.due === undefined
    ? null
    : now.add(Temporal.Duration.from(task.due).round({ largestUnit: 'hours', relativeTo: '2026-01-01' }))
