/** What a template sees while it is rendered, and how far it may go. */
import { Context, Drop, type Emitter, type Liquid } from 'liquidjs'
import type { TemplateContext } from './context.ts'
import type { RenderProblem } from './types.ts'

/** How the client is spoken to: what filters need to know. */
export interface Manner {
  language: string
  /** BCP 47, for Intl. */
  locale: string
  /** The client's zone. */
  timeZone: string
  /** The firm's: times of unknown origin name their zone where the client's clock differs from it. */
  homeZone: string | null
  /** Where what is spoken of takes place, by its own entry; else the firm's. */
  placeZone: string | null
  /** ISO 4217. */
  currency: string
}

/** A field is absent or blank. LiquidJS takes errors of this name as `null` in conditions and before `default`. */
export class Missing extends Error {
  readonly variableName: string
  constructor(path: string) {
    super(`missing: ${path}`)
    this.name = 'InternalUndefinedVariableError'
    this.variableName = path
  }
}

/** A value can't be said the way the template asks. The message names no values. */
export class Unsayable extends Error {}

export class TooMuch extends Error {}

/**
 * Counts what a render may use. By count and not by the clock, so that the same template with the same values always
 * ends the same way, also in a process that was frozen meanwhile; 10,000 steps take some 10 ms.
 */
export const limits = {
  steps: 10_000,
  memory: 100_000,
  smsLength: 1_600,
  subjectLength: 250,
  lineLength: 500,
  mailLength: 100_000,
}

class Budget {
  #left: number
  readonly #what: string
  constructor(what: string, limit: number) {
    this.#what = what
    this.#left = limit
  }
  use(count: number) {
    if (count > 0) this.#left -= count
    if (this.#left < 0) throw new TooMuch(this.#what)
  }
}

/** LiquidJS asks before each node whether the time is up; each question is a step here. */
class Steps extends Budget {
  check() {
    this.use(1)
  }
}

class Memory extends Budget {
  check(count: number) {
    if (count > limits.memory) this.use(count)
  }
}

export const blank = (value: unknown): value is null | undefined | '' =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '')

const loopFields = ['index', 'index0', 'rindex', 'rindex0', 'first', 'last', 'length'] as const

/** Reads own, plain data only, and takes blank for absent. */
export class Scope extends Context {
  readonly manner: Manner
  readonly problems: RenderProblem[] = []
  /** While a value is written, absence is noted here instead of thrown: errors of LiquidJS cost 0.1 ms each. */
  noted: { absent: string | null } | null = null

  constructor(liquid: Liquid, values: TemplateContext, manner: Manner) {
    // Its limiters are a class of LiquidJS's own; only use() and check() are ever called.
    const memoryLimit = new Memory('values built while rendering', limits.memory) as never
    const renderLimit = new Steps('steps', limits.steps) as never
    super(values, liquid.options as never, { sync: true }, { liquid, memoryLimit, renderLimit })
    this.manner = manner
  }

  // biome-ignore lint/correctness/useYield: LiquidJS wants an iterator, and there is nothing to wait for
  override *_getFromScope(
    from: unknown,
    paths: (string | number | Drop)[] | string,
  ): IterableIterator<unknown> {
    const keys = typeof paths === 'string' ? paths.split('.') : paths
    let value = from
    for (const key of keys) value = this.readProperty(value as object, key)
    if (!blank(value)) return value
    const path = keys.join('.')
    if (this.noted === null) throw new Missing(path)
    this.noted.absent ??= path
    return null
  }

  override readProperty(from: unknown, wanted: string | number | Drop): unknown {
    const key = wanted instanceof Drop ? wanted.valueOf() : wanted
    if (typeof key !== 'string' && typeof key !== 'number') return undefined
    if (from instanceof Drop) return readLoop(from, key)
    if (Array.isArray(from)) {
      if (key === 'size') return from.length
      if (key === 'first') return from[0]
      if (key === 'last') return from.at(-1)
      return typeof key === 'number' ? from.at(key) : undefined
    }
    if (typeof from === 'string') return key === 'size' ? from.length : undefined
    if (typeof from !== 'object' || from === null || !Object.hasOwn(from, key)) return undefined
    const value = (from as Record<string, unknown>)[key]
    return typeof value === 'function' ? undefined : value
  }
}

/** `forloop`: LiquidJS would let a template reach into the prototype of its own objects. */
function readLoop(loop: Drop, key: string | number): unknown {
  const field = loopFields.find((name) => name === key)
  if (field === undefined) return undefined
  const value: unknown = (loop as unknown as Record<string, unknown>)[field]
  return typeof value === 'function' ? value.call(loop) : value
}

/** Collects what is rendered, up to a length in UTF-16 code units. */
export class BoundedText implements Emitter {
  buffer = ''
  readonly #limit: number
  constructor(limit: number) {
    this.#limit = limit
  }
  write(text: unknown) {
    if (typeof text === 'string') this.buffer += text
    if (this.buffer.length > this.#limit) throw new TooMuch(`longer than ${this.#limit} characters`)
  }
}
