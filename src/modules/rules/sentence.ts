/** A rule as a sentence that people read who write no YAML. Pure: made of its parsed form, whoever wrote it. */
import { type Operand, type Outline, outlineOf } from '../../platform/expressions/index.ts'
import { type SentenceLanguage, type SentenceWords, sentenceWords } from './sentence-words.ts'
import type { RuleConfig, TaskAction, TellAction } from './types.ts'

export interface SentenceContext {
  /** How much a day one client gets (firm.yaml, cap). */
  cap?: { perDay: number; digest: string } | undefined
}

/** What a cap counts (cap.ts): neither urgent nor a reminder nor a conversation. */
const capped: readonly TellAction['purpose'][] = ['status', 'billing', 'intake', 'marketing']

/**
 * When, if, once, whom, by which channel, in which words; how long it waits, and what follows then.
 *
 * What an expression asks in a way that has no words here stands in the sentence as it was written.
 */
export function sentenceOf(
  rule: RuleConfig,
  language: SentenceLanguage,
  context: SentenceContext = {},
): string {
  const words = sentenceWords[language]
  const condition = rule.when === undefined ? [] : conjuncts(outlineOf(rule.when, ['happened']))
  const { event, rest } =
    rule.on === 'matter.status_changed'
      ? entering(words, condition)
      : { event: words.event(rule.on), rest: condition }
  const asked = withoutDoubts(rest)
  const parts = asked.map((part) => sayOutline(words, part, asked.length === 1 ? 'any' : 'all'))
  const evidence = rule.evidence.map(({ name }) => words.quote(name))
  const deeds = rule.then.map((action) =>
    'tell' in action ? sayTell(words, action) : sayTask(words, action.task),
  )
  const first = [
    words.when(event),
    parts.length > 0 ? words.if(listed(words, parts)) : '',
    evidence.length > 0 ? words.once(listed(words, evidence)) : '',
    `, ${deeds.join(`; ${words.and} `)}.`,
  ].join('')
  const tells = rule.then.filter((action) => 'tell' in action)
  const counted = tells.some(({ urgency, purpose }) => urgency !== 'urgent' && capped.includes(purpose))
  return [
    ...(rule.off ? [words.off] : []),
    rule.off ? lowered(first) : first,
    ...(evidence.length > 0
      ? [words.waiting(spanOf(words, rule.wait), rule.overdue ? sayTask(words, rule.overdue) : null)]
      : []),
    ...(counted && context.cap ? [words.cap(context.cap.perDay, words.quote(context.cap.digest))] : []),
  ].join(' ')
}

const conjuncts = (outline: Outline): Outline[] => (outline.kind === 'all' ? outline.of : [outline])

/** "A matter enters X" says what `matter.state == 'x'` asks for. */
function entering(words: SentenceWords, condition: Outline[]): { event: string; rest: Outline[] } {
  const to = condition.find((part) => isOf(part, ['matter.state', 'event.to']))
  const from = condition.find((part) => isOf(part, ['event.from', 'matter.previous_state']))
  if (!to && !from) return { event: words.event('matter.status_changed'), rest: condition }
  const statesIn = (part: Outline | undefined) => (part ? orList(words, valuesOf(part)) : null)
  return {
    event: words.change(statesIn(from), statesIn(to)),
    rest: condition.filter((part) => part !== to && part !== from),
  }
}

function isOf(part: Outline, paths: readonly string[]): boolean {
  const on = (what: Operand) => what.kind === 'path' && paths.includes(what.path)
  if (part.kind === 'in') return on(part.what) && part.values.every(({ kind }) => kind === 'value')
  return part.kind === 'compare' && part.op === '==' && on(part.left) && part.right.kind === 'value'
}

const valuesOf = (part: Outline): Operand[] =>
  part.kind === 'in' ? part.values : part.kind === 'compare' ? [part.right] : []

/** Whether something is there need not be said where the same breath says how it is. */
function withoutDoubts(parts: readonly Outline[]): Outline[] {
  const asked = new Set(
    parts.flatMap((part) =>
      part.kind === 'compare' && !isNull(part.right)
        ? pathsIn([part.left, part.right])
        : part.kind === 'text' || part.kind === 'in'
          ? pathsIn([part.what])
          : [],
    ),
  )
  return parts.filter((part) => {
    const doubted =
      part.kind === 'has'
        ? part.what
        : part.kind === 'compare' && part.op === '!=' && isNull(part.right)
          ? part.left
          : null
    return doubted?.kind !== 'path' || !asked.has(doubted.path)
  })
}

const isNull = (operand: Operand): boolean => operand.kind === 'value' && operand.value === null
const pathsIn = (operands: readonly Operand[]): string[] =>
  operands.flatMap((operand) => (operand.kind === 'path' ? [operand.path] : []))

function sayOutline(words: SentenceWords, outline: Outline, within: 'all' | 'any' | 'not'): string {
  switch (outline.kind) {
    case 'all':
    case 'any': {
      const parts = withoutDoubts(outline.of).map((part) => sayOutline(words, part, outline.kind))
      const text = listed(words, parts, outline.kind === 'any')
      return parts.length === 1 || outline.kind === within ? text : words.group(text)
    }
    case 'not':
      return sayNot(words, outline.of)
    case 'compare':
      return sayComparison(words, outline)
    case 'in':
      return words.among(sayOperand(words, outline.what), orList(words, outline.values))
    case 'text':
      return words.text[outline.name as keyof SentenceWords['text']](
        sayOperand(words, outline.what),
        sayOperand(words, outline.with),
      )
    case 'has':
      return words.known(sayOperand(words, outline.what))
    case 'call':
      return words.happened(...past(words, outline.with))
    case 'source':
      return words.holds(words.quote(outline.text))
  }
}

function sayNot(words: SentenceWords, outline: Outline): string {
  switch (outline.kind) {
    case 'in':
      return words.notAmong(
        sayOperand(words, outline.what),
        listed(
          words,
          outline.values.map((value) => sayOperand(words, value)),
        ),
      )
    case 'has':
      return words.unknown(sayOperand(words, outline.what))
    case 'call':
      return words.didNotHappen(...past(words, outline.with))
    case 'not':
      return sayOutline(words, outline.of, 'not')
    default:
      return words.not(sayOutline(words, outline, 'not'))
  }
}

/** `happened('document.filed', 'P3D')` */
function past(words: SentenceWords, [type, within]: readonly Operand[]): [string, string] {
  const text = (operand: Operand | undefined) =>
    operand?.kind === 'value' && typeof operand.value === 'string' ? operand.value : null
  const span = text(within)
  return [words.quote(text(type) ?? '…'), span === null ? '…' : spanOf(words, span)]
}

function sayComparison(
  words: SentenceWords,
  { op, left, right }: Extract<Outline, { kind: 'compare' }>,
): string {
  const what = sayOperand(words, left)
  if (isNull(right) && op === '==') return words.unknown(what)
  if (isNull(right) && op === '!=') return words.known(what)
  const value = sayOperand(words, right)
  const times = [left, right].some(
    (operand) => operand.kind === 'path' && (operand.time || operand.path === 'event.at'),
  )
  const moment = right.kind === 'path' && right.path === 'event.at'
  if (moment && (op === '>' || op === '>=')) return words.toCome(what)
  if (moment && (op === '<' || op === '<=')) return words.past(what)
  switch (op) {
    case '==':
      return words.is(what, value)
    case '!=':
      return words.isNot(what, value)
    case '>':
    case '>=':
      return times ? words.after(what, value) : words.more(what, value, op === '>=')
    case '<':
    case '<=':
      return times ? words.before(what, value) : words.less(what, value, op === '<=')
  }
}

function sayOperand(words: SentenceWords, operand: Operand): string {
  switch (operand.kind) {
    case 'path':
      return operand.path.includes('.') ? words.path(operand.path) : words.quote(operand.path)
    case 'source':
      return words.quote(operand.text)
    case 'value': {
      const { value } = operand
      if (typeof value === 'boolean') return words.truth[`${value}`]
      if (typeof value === 'number') return new Intl.NumberFormat(words.locale).format(value)
      return words.quote(value ?? 'null')
    }
  }
}

const orList = (words: SentenceWords, operands: readonly Operand[]): string =>
  listed(
    words,
    operands.map((operand) => sayOperand(words, operand)),
    true,
  )

const listed = ({ locale }: SentenceWords, parts: readonly string[], or = false): string =>
  new Intl.ListFormat(locale, { type: or ? 'disjunction' : 'conjunction' }).format(parts)

function sayTell(words: SentenceWords, tell: TellAction): string {
  // What can wait goes by the first channel that is open (decide.ts); else by each that the client wants.
  const oneOfThem = tell.digest !== undefined && tell.urgency !== 'urgent'
  return [
    `${words.tell(tell.channels, oneOfThem, words.quote(tell.template))} ${words.purpose[tell.purpose]}`,
    ...(tell.urgency === 'urgent' ? [words.urgent] : []),
    ...(tell.digest === undefined ? [] : [words.digest(words.quote(tell.digest))]),
    ...(tell.calendar ? [words.calendar] : []),
  ].join(', ')
}

const sayTask = (words: SentenceWords, { title, assign, due }: TaskAction): string =>
  words.task(assign, words.quote(title), due === undefined ? null : spanOf(words, due))

/** ISO 8601 in words: "10 days". One that can't be read stands as it is. */
function spanOf({ locale }: SentenceWords, iso: string): string {
  try {
    return Temporal.Duration.from(iso).toLocaleString(locale, { style: 'long' } as object)
  } catch {
    return iso
  }
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
