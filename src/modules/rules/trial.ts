/**
 * Two editions of a rule on the same thing that happened: what each would have said, and what differs. Pure: decided by
 * the same code as what goes out (decide.ts). Nothing here is stored or sent.
 */
import type { Channel } from '../../kernel/index.ts'
import { prepareValues } from '../../platform/expressions/index.ts'
import type { NewMessage } from '../delivery/index.ts'
import type { DecisionContext } from './channel.ts'
import type { CompiledRule } from './compile.ts'
import { type Fired, fire, type RuleResult } from './decide.ts'
import type { FirmProgram } from './program.ts'
import { type Happening, ruleValues, type Situation } from './situation.ts'

/** Something to compare: a message on a channel, or a task for staff. */
export interface Said {
  channel: Channel | 'task'
  template: string | null
  address: string | null
  language: string | null
  subject: string | null
  text: string
  urgent: boolean
  /** It would have been held first, for this: quiet hours, a digest. */
  held: string | null
}

export interface Side {
  /** Null: there is no such rule, or it is switched off. */
  result: Pick<RuleResult, 'outcome' | 'reason'> | null
  said: readonly Said[]
}

export type TrialDifference =
  /** Would be said now, and was not before. */
  | 'sent'
  /** Would not be said any more. */
  | 'unsent'
  | 'changed'
  | 'same'
  /** Nobody is told either way, but staff would get a task: the rule, or its words, can't be made out of these facts. */
  | 'problem'

export interface TrialItem {
  difference: TrialDifference
  before: Said | null
  after: Said | null
  /** Why the other side says nothing; null: both speak. */
  why: Pick<RuleResult, 'outcome' | 'reason'> | null
}

/**
 * As if nobody were paused, and nothing had been said before: what is paused goes later, and each thing that happened
 * is compared once.
 *
 * @param at when it was decided: quiet hours and digests count from then
 */
export function trialSide(
  program: FirmProgram,
  rule: CompiledRule | null,
  happening: Happening,
  situation: Situation,
  by: Pick<DecisionContext, 'firmId' | 'newId' | 'withdrawals'> & { at: Temporal.Instant },
): Side {
  if (rule === null || rule.on !== happening.type) return { result: null, said: [] }
  const raw = ruleValues(happening, situation)
  const context: DecisionContext = {
    ...by,
    now: by.at,
    pauses: [],
    known: { notices: new Map(), messages: new Set() },
  }
  const given = { raw, values: prepareValues(raw) }
  const fired = fire(program, rule, happening, situation, given, context, new Map())
  return { result: fired.result, said: [...fired.messages.map(saidBy), ...tasksOf(fired)] }
}

const saidBy = (message: NewMessage): Said => ({
  channel: message.channel,
  template: message.templateKey,
  address: message.address,
  language: message.language,
  subject: message.subject,
  text: message.body,
  urgent: message.urgent,
  held: message.state === 'held' && message.reason !== pausedToday ? message.reason : null,
})

/** What the CMS says of today (gates.ts) says nothing of then. */
const pausedToday = 'paused in the CMS'

/** What the rule itself gives staff to do; tasks about what went wrong are told by the result. */
const tasksOf = ({ tasks }: Fired): Said[] =>
  tasks
    .filter(({ kind }) => kind === 'rule')
    .map(({ title, detail, assignee }) => ({
      channel: 'task',
      template: null,
      address: assignee,
      language: null,
      subject: title,
      text: detail,
      urgent: false,
      held: null,
    }))

/** @returns one for each message and task of either side, in the order of the draft; empty: both say nothing */
export function differences(before: Side, after: Side): TrialItem[] {
  const left = [...before.said]
  const take = (fits: (said: Said) => boolean): Said | null => {
    const at = left.findIndex(fits)
    return at < 0 ? null : left.splice(at, 1)[0]!
  }
  // The same words by the same way first, so that what was only put into another order is the same.
  const paired = after.said.map((said) => ({
    said,
    was: take((other) => sameWay(other, said) && other.template === said.template),
  }))
  const items = paired.map(({ said, was }): TrialItem => {
    const other = was ?? take((one) => sameWay(one, said))
    if (other === null) return { difference: 'sent', before: null, after: said, why: before.result }
    return { difference: isSame(other, said) ? 'same' : 'changed', before: other, after: said, why: null }
  })
  const gone = left.map(
    (said): TrialItem => ({ difference: 'unsent', before: said, after: null, why: after.result }),
  )
  const all = [...items, ...gone]
  if (all.length === 0 && isProblem(after.result))
    return [{ difference: 'problem', before: null, after: null, why: after.result }]
  return all
}

const sameWay = (a: Said, b: Said): boolean => a.channel === b.channel && a.address === b.address

const isSame = (a: Said, b: Said): boolean =>
  a.subject === b.subject && a.text === b.text && a.language === b.language && a.urgent === b.urgent

const isProblem = (result: Side['result']): boolean =>
  result !== null &&
  (result.outcome === 'error' || (result.outcome === 'held' && (result.reason ?? '').startsWith('template:')))
