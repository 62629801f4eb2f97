/** What a message by hand would say and what would hold it: the very decision that sending makes, without its rows. */
import { createHash } from 'node:crypto'
import type { Channel, EventId, FirmId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { NewMessage } from '../delivery/index.ts'
import { factsTooOld, type IngestProgram } from '../ingest/index.ts'
import type { MatterRow } from '../matters/index.ts'
import {
  type GateOutcome,
  type Known,
  type Overridable,
  type Overrides,
  overridable,
} from '../notices/index.ts'
import {
  type CompiledRule,
  compose,
  type DecisionContext,
  decideRule,
  type Happening,
  languageFor,
  loadSituations,
  overCap,
  type Plan,
  type Situation,
  valuesOf,
  writtenEvent,
} from '../rules/index.ts'
import { mailParts } from '../templates/index.ts'
import { byHandKeyOf } from './compile.ts'

export interface WritingDeps {
  now: Temporal.Instant
  newId: NewId
  firmId: FirmId
  config: Pick<IngestProgram, 'program' | 'readable'>
}

/** What somebody wants to say. */
export interface Wish {
  template: string
  channel: Channel
  /** By the paths of the template's variables. */
  typed: Readonly<Record<string, string>>
  overrides: readonly Overridable[]
  /** Who writes, as it stands in the record, and why they let it pass a gate. */
  by: string
  reason: string | null
}

export interface LookedGate extends Omit<GateOutcome, 'channel'> {
  /** Whoever may can let it pass. */
  override: Overridable | null
}

export interface Look {
  /** `goes`: at once. `waits`: it is written, and held. The others: it is not written at all. */
  verdict: 'goes' | 'waits' | 'refused' | 'incomplete'
  /** Why it waits, or is refused. */
  reason: string | null
  until: Temporal.Instant | null
  gates: LookedGate[]
  /** Why the words are not whole. */
  problems: string[]
  language: string
  address: string | null
  subject: string | null
  text: string | null
  /** Of a mail: its HTML without the frame that all mails have. */
  content: string | null
  segments: number | null
  /** Of whom, where and what: sending it holds only as long as none of that is another. Null: it can't be sent. */
  mark: string | null
  /** The facts are older than the firm allows: they are read first. */
  readFirst: boolean
}

export interface Decided {
  look: Look
  happening: Happening
  plan: Plan
}

/** For how long what is let pass is let pass: a retry may come after half an hour, another day is another matter. */
const overridesLast = { hours: 1 }

/** Sending twice is a matter of the page's key, not of what was said before. */
const nothingSaid = async (): Promise<Known> => ({ notices: new Map(), messages: new Set() })

/**
 * @param key names this message once and for all; of a preview it is any
 * @returns null when the template may not be sent by hand, or not by this channel, or the matter has no client
 */
export async function lookAt(
  tx: FirmTx,
  deps: WritingDeps,
  matter: MatterRow,
  wish: Wish,
  key: string,
): Promise<Decided | null> {
  const { program } = deps.config
  const rule = program.rulesByKey.get(byHandKeyOf(wish.template))
  const action = rule?.actions[0]
  if (!rule || action?.kind !== 'tell' || !action.tell.channels.includes(wish.channel)) return null
  const loaded = await loadSituations(tx, program, [matter], deps.now, nothingSaid)
  const situation = loaded.situation(matter)
  if (!situation.recipient) return null
  const only: CompiledRule = {
    ...rule,
    actions: [{ ...action, tell: { ...action.tell, channels: [wish.channel] } }],
  }
  const happening = happeningOf(deps, wish, key)
  const context = (overrides: readonly Overridable[]): DecisionContext => ({
    now: deps.now,
    newId: deps.newId,
    firmId: deps.firmId,
    pauses: loaded.pauses,
    withdrawals: loaded.withdrawals,
    known: loaded.known,
    ...(overrides.length > 0
      ? { overrides: { gates: overrides, until: deps.now.add(overridesLast) } satisfies Overrides }
      : {}),
  })
  const decide = (overrides: readonly Overridable[]) =>
    decideRule(program, only, happening, situation, context(overrides))
  const plan = decide(wish.overrides)
  const message = plan.messages[0]
  const readFirst = factsTooOld(matter, deps.config as IngestProgram, deps.now)
  const over =
    message?.state === 'queued' && !wish.overrides.includes('cap')
      ? ((await overCap(tx, program, [message], deps.now)).get(message) ?? null)
      : null
  // What a second look with everything lifted would let through is what a person may let pass.
  const lifted = new Map((decide(overridable).notices[0]?.gates ?? []).map((g) => [g.gate, g.verdict]))
  const gates = (plan.notices[0]?.gates ?? []).map(
    ({ channel: _, ...gate }): LookedGate => ({
      ...gate,
      override:
        gate.verdict === 'hold' && gate.gate === 'quiet_hours' && lifted.get(gate.gate) === 'pass'
          ? 'quiet_hours'
          : null,
    }),
  )
  if (over)
    gates.push({
      gate: 'cap',
      verdict: 'hold',
      reason: over.reason,
      until: over.digest.until,
      override: 'cap',
    })
  // A matter of seconds: nobody need be told that it waits.
  if (readFirst && message)
    gates.push({
      gate: 'facts',
      verdict: 'pass',
      reason: 'the CMS is asked first whether it is still so',
      override: null,
    })
  const words = wordsOf(deps, only, wish.channel, happening, situation)
  return {
    happening,
    plan,
    look: {
      ...verdictOf(plan, message, gates, words.problems),
      gates,
      ...words,
      language: languageFor(program, situation.recipient.language),
      address: message?.address ?? null,
      mark: message ? markOf(message) : null,
      readFirst: readFirst && message !== undefined,
    },
  }
}

function happeningOf({ now, newId }: WritingDeps, wish: Wish, key: string): Happening {
  return {
    eventId: newId<EventId>(),
    type: writtenEvent,
    subject: `written:${key}`,
    occurredAt: now,
    data: {
      template: wish.template,
      channel: wish.channel,
      typed: nested(wish.typed),
      written: { by: wish.by, overrides: wish.overrides, reason: wish.reason },
    },
    stateEntry: null,
    fact: null,
    settlesAt: null,
  }
}

/** `document.title` becomes `{document: {title}}`, as templates read it. */
export function nested(typed: Readonly<Record<string, string>>): Record<string, unknown> {
  const out: Record<string, unknown> = Object.create(null)
  for (const [path, value] of Object.entries(typed).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const steps = path.split('.')
    const last = steps.pop()!
    let at = out
    for (const step of steps) {
      const inner = (at[step] as Record<string, unknown> | undefined) ?? Object.create(null)
      at[step] = inner
      at = inner
    }
    at[last] = value.trim()
  }
  return out
}

/** Also where nothing may be sent: whoever writes sees what it would be. */
function wordsOf(
  { config: { program } }: WritingDeps,
  rule: CompiledRule,
  channel: Channel,
  happening: Happening,
  situation: Situation,
): Pick<Look, 'problems' | 'subject' | 'text' | 'content' | 'segments'> {
  const nothing = { subject: null, text: null, content: null, segments: null }
  const action = rule.actions[0]
  if (action?.kind !== 'tell') return { problems: [], ...nothing }
  const language = languageFor(program, situation.recipient?.language ?? null)
  const composed = compose(program, action, channel, language, situation, valuesOf(happening, situation))
  if (!composed.ok) return { problems: composed.problems, ...nothing }
  const { subject, text, segments } = composed
  if (channel === 'sms') return { problems: [], subject: null, text, content: null, segments }
  const { name: firmName } = program.settings
  const mail = mailParts({ subject: subject ?? '', markdown: text, firmName, language: composed.language })
  return { problems: [], subject, text: mail.text, content: mail.content, segments: null }
}

function verdictOf(
  plan: Plan,
  message: NewMessage | undefined,
  gates: readonly LookedGate[],
  problems: readonly string[],
): Pick<Look, 'verdict' | 'reason' | 'until'> {
  if (!message) {
    const closed = gates.findLast((gate) => gate.verdict === 'suppress')
    if (closed) return { verdict: 'refused', reason: closed.reason ?? closed.gate, until: null }
    if (problems.length > 0) return { verdict: 'incomplete', reason: problems[0]!, until: null }
    return { verdict: 'refused', reason: plan.notices[0]?.reason ?? 'no channel is left', until: null }
  }
  const holds = gates.filter((gate) => gate.verdict === 'hold')
  if (holds.length === 0) return { verdict: 'goes', reason: null, until: null }
  // Without an end outlasts every moment.
  const last = holds.reduce((a, b) => (outlasts(b, a) ? b : a))
  return { verdict: 'waits', reason: last.reason ?? last.gate, until: last.until ?? null }
}

const outlasts = (a: LookedGate, b: LookedGate): boolean =>
  b.until !== undefined && (a.until === undefined || Temporal.Instant.compare(a.until, b.until) > 0)

/** Two who see the same mark see the same message to the same person at the same address. */
const markOf = (m: NewMessage): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        m.matterId,
        m.clientId,
        m.channel,
        m.address,
        m.templateKey,
        m.templateVersion,
        m.language,
        m.subject,
        m.body,
      ]),
    )
    .digest('hex')
    .slice(0, 32)
