import type { ASTNode, Environment } from '@marcbachmann/cel-js'
import { isSpent, meter, refill } from './budget.ts'
import { environment, longestSource, running } from './environment.ts'
import { pathsRead } from './reads.ts'
import type {
  CelType,
  CompileOptions,
  CompileVerdict,
  EvaluationVerdict,
  ExpressionFunctions,
  Position,
  Wanted,
} from './types.ts'
import { fromCel, prepareValues } from './values.ts'

/** How many compiled expressions are kept; firms together have some hundreds. */
const kept = 5_000
const compiled = new Map<string, CompileVerdict>()
const languages = new Map<string, Environment>()
const functionSets = new WeakMap<ExpressionFunctions, number>()
let functionSetCount = 0
const noFunctions: ExpressionFunctions = {}

/**
 * Compiles a CEL expression (github.com/google/cel-spec) once and keeps it.
 *
 * Beside the standard: JSON numbers and whole numbers may be mixed; `.?` and `orValue` for what may be absent;
 * `lower(text)`, `trim(text)`, `sha256(text)`. There is no `matches`: regular expressions from users can hang.
 *
 * @param source at most 4,000 characters
 * @returns the expression, or what is wrong with it and where
 */
export function compileExpression(source: string, options: CompileOptions): CompileVerdict {
  const functions = options.functions ?? noFunctions
  const variables = typed(options.variables)
  const language = `${setNumber(functions)} ${JSON.stringify(variables)}`
  const key = `${language} ${options.returns ?? 'any'} ${source}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  const verdict = compile(source, environmentFor(language, variables, functions), {
    declared: new Set(Object.keys(variables)),
    functions: new Set(Object.keys(functions).map((signature) => signature.slice(0, signature.indexOf('(')))),
    wanted: options.returns ?? 'any',
  })
  if (compiled.size >= kept) compiled.delete(compiled.keys().next().value ?? '')
  compiled.set(key, verdict)
  return verdict
}

interface Context {
  declared: ReadonlySet<string>
  functions: ReadonlySet<string>
  wanted: Wanted
}

function compile(source: string, language: Environment, context: Context): CompileVerdict {
  if (source.trim() === '') return { ok: false, message: 'is empty' }
  if (source.length > longestSource)
    return { ok: false, message: `is longer than ${longestSource} characters` }
  try {
    const parsed = language.parse(source)
    const forbidden = callOf(parsed.ast, 'matches')
    if (forbidden !== undefined) {
      const message = 'matches() is not available: use contains, startsWith, endsWith or =='
      return { ok: false, message, position: positionIn(source, forbidden.start) }
    }
    const check = parsed.check()
    if (!check.valid) return faulty(source, check.error)
    if (!mayBe(check.type ?? 'dyn', context.wanted)) {
      return { ok: false, message: `gives ${check.type}, but ${inWords[context.wanted]} is wanted here` }
    }
    const reads = pathsRead(parsed.ast, context.declared, context.functions)
    meter(parsed.ast)
    const evaluate = (values: Readonly<Record<string, unknown>>) =>
      run(parsed, values, source, context.wanted)
    return { ok: true, expression: { source, reads, evaluate } }
  } catch (error) {
    return faulty(source, error)
  }
}

function run(
  parsed: (values: Record<string, unknown>) => unknown,
  values: Readonly<Record<string, unknown>>,
  source: string,
  wanted: Wanted,
): EvaluationVerdict {
  const before = running.values
  try {
    const prepared = prepareValues(values)
    running.values = values
    refill()
    const value = fromCel(parsed(prepared))
    if (isSpent()) return { ok: false, message: tooMuch }
    if (wanted !== 'any' && !isA(value, wanted)) {
      return { ok: false, message: `gives ${nameOf(value)}, but ${inWords[wanted]} is wanted here` }
    }
    return { ok: true, value }
  } catch (error) {
    if (isSpent()) return { ok: false, message: tooMuch }
    return failed(error, source)
  } finally {
    running.values = before
  }
}

const tooMuch = 'takes too many steps: the lists it loops over are too long'

/** What the library attaches to its errors. */
interface CelError {
  code?: string
  summary?: string
  range?: { start: number }
  node?: { start: number; end: number }
}

const isAbout = (error: unknown): CelError => (error instanceof Error ? (error as CelError) : {})

function failed(error: unknown, source: string): EvaluationVerdict {
  const { code, node } = isAbout(error)
  if ((code === 'no_such_key' || code === 'index_out_of_bounds' || code === 'unknown_variable') && node) {
    const missing = source.slice(node.start, node.end)
    return { ok: false, message: `${missing} is not there`, missing }
  }
  return { ok: false, message: wordsOf(error) }
}

function faulty(source: string, error: unknown): CompileVerdict {
  const start = isAbout(error).range?.start
  const message = wordsOf(error)
  return start === undefined
    ? { ok: false, message }
    : { ok: false, message, position: positionIn(source, start) }
}

/** The summary alone: the message proper quotes the source over several lines. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  const text = isAbout(error).summary ?? error.message
  return text.replace(/dyn<([a-z]+)>/g, '$1').replace(/^no such overload: /, 'there is no way to compute ')
}

function positionIn(source: string, offset: number): Position {
  const before = source.slice(0, offset).split('\n')
  return { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** The first call of a function or method of this name. */
function callOf(node: ASTNode, name: string): { start: number } | undefined {
  if ((node.op === 'rcall' || node.op === 'call') && node.args[0] === name) return node
  const search = (thing: unknown): { start: number } | undefined => {
    if (Array.isArray(thing)) {
      for (const item of thing) {
        const found = search(item)
        if (found !== undefined) return found
      }
      return undefined
    }
    return typeof thing === 'object' && thing !== null && 'op' in thing
      ? callOf(thing as ASTNode, name)
      : undefined
  }
  return search(node.args)
}

const inWords: Record<Wanted, string> = {
  bool: 'true or false',
  string: 'text',
  number: 'a number',
  any: 'anything',
}

function mayBe(type: string, wanted: Wanted): boolean {
  if (wanted === 'any' || type === 'dyn') return true
  return wanted === 'number' ? ['int', 'uint', 'double'].includes(type) : type === wanted
}

const isA = (value: unknown, wanted: Wanted): boolean =>
  wanted === 'bool' ? typeof value === 'boolean' : typeof value === wanted

const nameOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function typed(variables: CompileOptions['variables']): Record<string, CelType> {
  if (!Array.isArray(variables)) return variables as Record<string, CelType>
  return Object.fromEntries(variables.map((name: string) => [name, 'dyn' as const]))
}

function setNumber(functions: ExpressionFunctions): number {
  const known = functionSets.get(functions)
  if (known !== undefined) return known
  functionSets.set(functions, ++functionSetCount)
  return functionSetCount
}

function environmentFor(
  key: string,
  variables: Readonly<Record<string, CelType>>,
  functions: ExpressionFunctions,
): Environment {
  const known = languages.get(key)
  if (known !== undefined) return known
  const made = environment(variables, functions)
  languages.set(key, made)
  return made
}
