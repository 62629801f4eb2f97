/** The language that our expressions are written in: CEL, made kind to JSON's numbers. */
import { createHash } from 'node:crypto'
import { Environment } from '@marcbachmann/cel-js'
import type { CelType, ExpressionFunctions } from './types.ts'
import { fromCel } from './values.ts'

/** Longest source, in characters: no rule that a person can still read comes near. */
export const longestSource = 4_000

const limits = {
  maxAstNodes: 1_000,
  maxDepth: 60,
  maxListElements: 200,
  maxMapEntries: 200,
  maxCallArguments: 16,
}

const timestamp = 'google.protobuf.Timestamp'

/** What registered functions are told besides their arguments; set for the time of one evaluation. */
export const running: { values: Readonly<Record<string, unknown>> } = { values: {} }

/** Throws when a signature is not CEL: a mistake in our own code. */
export function environment(
  variables: Readonly<Record<string, CelType>>,
  functions: ExpressionFunctions,
): Environment {
  const language = new Environment({ limits, homogeneousAggregateLiterals: false, enableOptionalTypes: true })
  arithmetic(language)
  language
    .registerFunction('lower(string): string', (text: string) => text.toLowerCase())
    .registerFunction('trim(string): string', (text: string) => text.trim())
    .registerFunction('sha256(string): string', (text: string) =>
      createHash('sha256').update(text).digest('hex'),
    )
    .registerFunction(`string(${timestamp}): string`, (at: Date) => at.toISOString())
    .registerFunction(`timestamp(${timestamp}): ${timestamp}`, (at: Date) => at)
    .registerFunction(`timestamp(double): ${timestamp}`, (seconds: number) => new Date(seconds * 1000))
  for (const [name, type] of Object.entries(variables)) language.registerVariable(name, type)
  for (const [signature, call] of Object.entries(functions)) {
    language.registerFunction(signature, (...args: unknown[]) => call(running.values, ...args.map(fromCel)))
  }
  return language
}

/** Every number in JSON is a double and every whole number in an expression an int: let them meet. */
function arithmetic(language: Environment): void {
  const operators: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '%': (a, b) => a % b,
  }
  for (const [operator, compute] of Object.entries(operators)) {
    for (const [left, right] of [
      ['double', 'int'],
      ['int', 'double'],
    ] as const) {
      language.registerOperator(`${left} ${operator} ${right}`, (a: number | bigint, b: number | bigint) =>
        compute(Number(a), Number(b)),
      )
    }
  }
  language.registerOperator('double % double', (a: number, b: number) => a % b)
}
