/** LiquidJS, cut down to what a message needs and made strict. */
import {
  type Context,
  defaultOperators,
  type Emitter,
  Liquid,
  LiquidError,
  Output,
  ParseError,
  Parser,
  type Template,
  type TopLevelToken,
  TypeGuards,
  toValue,
} from 'liquidjs'
import { cleanText, escapeMarkdown } from './clean.ts'
import { messageFilters } from './filters.ts'
import { blank, limits, Missing, type Scope, TooMuch, Unsayable } from './scope.ts'
import type { RenderProblem } from './types.ts'

/** Nothing that reads files, keeps state between renders or hides text from the checks on what is written. */
const allowedTags = ['assign', 'break', 'case', 'comment', 'continue', 'for', 'if', 'unless', '#'] as const
// These come inside an allowed tag, which takes them itself; alone they are a mistake.
const inner = ['else', 'elsif', 'when', 'endif', 'endunless', 'endcase', 'endfor', 'endcomment']

export const deepestNesting = 8
// A long letter has some 50 of them; looking each up in the text takes time that grows with both.
const mostParts = 500
const longestExpression = 1_000

type Handler = (l: unknown, r: unknown, ctx: Context) => Generator<unknown, boolean, unknown>
const original = defaultOperators as unknown as Record<string, Handler>

/** A missing field is neither less nor more than anything; JavaScript would take it for 0. */
const compare = (sign: string): Handler =>
  function* (l, r, ctx) {
    if (blank(toValue(l)) || blank(toValue(r))) return false
    return yield* original[sign]!(l, r, ctx)
  }

/** Reading takes a blank field for absent, so `field == ""` and `field == empty` have to be true of it too. */
const equal = (wanted: boolean): Handler =>
  function* (l, r, ctx) {
    const bothBlank = blank(toValue(l)) && blank(toValue(r))
    return (bothBlank || Boolean(yield* original['==']!(l, r, ctx))) === wanted
  }

/** Searching takes the product of both lengths at worst. */
const contains: Handler = function* (l, r, ctx) {
  if (typeof l === 'string') {
    ctx.memoryLimit.use(l.length)
    if (String(r).length > 200) throw new Unsayable('is too long to look for')
  }
  return yield* original.contains!(l, r, ctx)
}

const liquid = new Liquid({
  strictFilters: true,
  strictVariables: true,
  ownPropertyOnly: true,
  lenientIf: true,
  parseLimit: 20_000,
  templates: {},
  operators: {
    ...defaultOperators,
    '==': equal(true),
    '!=': equal(false),
    '<': compare('<'),
    '<=': compare('<='),
    '>': compare('>'),
    '>=': compare('>='),
    contains,
  },
})
for (const name of Object.keys(liquid.tags)) {
  if (!(allowedTags as readonly string[]).includes(name)) delete liquid.tags[name]
}
for (const name of Object.keys(liquid.filters)) delete liquid.filters[name]
for (const [name, filter] of Object.entries(messageFilters)) liquid.registerFilter(name, filter)

export { liquid }

/** How values are made to stand in the surrounding text. */
export type Surroundings = 'plain' | 'markdown'

// A list of what is wrong that nobody would read to its end.
const mostProblems = 20

/** Where a value goes: `{{ … }}`. Writes something, or notes why it can't; writes nothing only where that was asked for. */
class Slot extends Output {
  readonly #escape: (text: string) => string
  readonly #mayLack: boolean

  constructor(token: ConstructorParameters<typeof Output>[0], surroundings: Surroundings) {
    super(token, liquid)
    this.#escape = surroundings === 'markdown' ? escapeMarkdown : (text) => text
    this.#mayLack = this.value.filters.some((filter) => filter.name === 'default')
  }

  override *render(context: Context, emitter: Emitter): IterableIterator<unknown> {
    const scope = context as Scope
    const noted = { absent: null as string | null }
    scope.noted = noted
    try {
      const value = toValue(yield this.value.value(context, false))
      if (noted.absent !== null && !this.#mayLack) throw new Missing(noted.absent)
      // `default: ""` says that nothing is fine here.
      if (value === '' && this.#mayLack) return
      const text = cleanText(say(value))
      if (blank(text)) throw new Missing(noted.absent ?? this.expression)
      if (text.length > limits.mailLength) throw new TooMuch('a value is too long')
      emitter.write(this.#escape(text))
    } catch (error) {
      if (error instanceof TooMuch) throw error
      if (scope.problems.push(problemOf(error, this.expression)) >= mostProblems) {
        throw new TooMuch(`more than ${mostProblems} problems`)
      }
    } finally {
      scope.noted = null
    }
  }

  private get expression(): string {
    return this.token.content.trim().slice(0, 120)
  }
}

const timestamp = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/

function say(value: unknown): string {
  if (typeof value === 'string') {
    if (timestamp.test(value)) throw new Unsayable('is a time: use a filter such as datetime')
    return value
  }
  if (typeof value === 'number') return String(value)
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') throw new Unsayable('is true or false: use if')
  if (Array.isArray(value)) throw new Unsayable('is a list: use for, join or sentence')
  throw new Unsayable('is not a text or a number; dates need a filter such as datetime')
}

/**
 * What to tell staff about an error.
 *
 * @param where the expression or tag it came from
 */
export function problemOf(error: unknown, where: string): RenderProblem {
  const cause = error instanceof Error && 'originalError' in error ? error.originalError : undefined
  if (cause !== undefined) return problemOf(cause, where)
  if (error instanceof TooMuch) return { kind: 'limit', what: `${where}: ${error.message}` }
  if (error instanceof Missing) return { kind: 'missing', what: error.variableName.slice(0, 120) }
  if (error instanceof Unsayable) return { kind: 'error', what: `${where}: ${error.message}` }
  // Other errors may quote values, which belong in no log.
  return {
    kind: 'error',
    what: `${where}: can't be worked out (${error instanceof Error ? error.name : 'error'})`,
  }
}

export class MessageParser extends Parser {
  readonly #surroundings: Surroundings
  #depth = 0
  #parts = 0

  constructor(surroundings: Surroundings) {
    super(liquid)
    this.#surroundings = surroundings
  }

  override parseToken(token: TopLevelToken, remaining: TopLevelToken[]) {
    try {
      if (TypeGuards.isDelimitedToken(token)) this.#count(token as never)
      if (TypeGuards.isOutputToken(token)) return new Slot(token as never, this.#surroundings)
      if (!TypeGuards.isTagToken(token)) return super.parseToken(token, remaining)
      const { name } = token as unknown as { name: string }
      if (liquid.tags[name] === undefined) throw new Error(refusal(name))
      if (++this.#depth > deepestNesting) throw new Error(`nested deeper than ${deepestNesting} levels`)
      const tag = super.parseToken(token, remaining)
      this.#depth--
      return tag
    } catch (error) {
      throw LiquidError.is(error) ? error : new ParseError(error as Error, token)
    }
  }

  #count(part: { content: string }) {
    if (++this.#parts > mostParts) throw new Error(`more than ${mostParts} values and tags`)
    if (part.content.length > longestExpression)
      throw new Error(`longer than ${longestExpression} characters`)
  }
}

function refusal(name: string): string {
  if (inner.includes(name)) return `"${name}" has nothing to belong to`
  return `there is no tag "${name.slice(0, 40)}" in messages; there are ${allowedTags.join(', ')}`
}

export type Nodes = Template[]
