/**
 * Kinds of configuration. `firms` is the lowest tier and knows only its own; the others are registered in
 * main/language.ts, each from the module that owns it.
 */
import type { z } from 'zod'
import type { Json } from './hash.ts'

/** Where inside an item something is: `['then', 0, 'template']`. */
export type ConfigPath = readonly (string | number)[]

/** One versioned piece of a firm's configuration. `body` is as written, without defaults filled in. */
export interface ConfigItem {
  readonly kind: string
  readonly key: string
  readonly body: Json
}

/** `then[0].template` */
export const pathText = (path: ConfigPath): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('')

/** What is wrong with an item, and where in it. */
export interface ConfigProblem {
  readonly kind: string
  readonly key: string
  readonly path: ConfigPath
  readonly message: string
}

export type ParsedConfig<T> =
  | { ok: true; value: T }
  | { ok: false; problems: { path: ConfigPath; message: string }[] }

export interface ConfigKind<T = unknown> {
  readonly kind: string
  /** Never throws; names every problem with its path, not only the first. */
  parse(key: string, body: Json): ParsedConfig<T>
}

/** All parsed items: by kind, then by key. */
export type ConfigValues = ReadonlyMap<string, ReadonlyMap<string, unknown>>

/** Looks at all items together: whether a rule names a template that exists, and the like. There is a firm, and each item is right by itself. */
export type CrossCheck = (all: ConfigValues) => ConfigProblem[]

/** Everything that this deployment's modules understand; put together in main/language.ts. */
export interface ConfigLanguage {
  readonly kinds: readonly ConfigKind[]
  readonly crossChecks: readonly CrossCheck[]
  /** What is allowed and worth a word to the writer; asked when nothing is wrong. */
  readonly lints?: readonly CrossCheck[]
}

/** Makes a kind of a zod schema. */
export function zodKind<S extends z.ZodType>(kind: string, schema: S): ConfigKind<z.output<S>> {
  return {
    kind,
    parse(_key, body) {
      const parsed = schema.safeParse(body, { error: (issue) => wording(issue) })
      if (parsed.success) return { ok: true, value: parsed.data }
      return { ok: false, problems: parsed.error.issues.flatMap(problemsOf) }
    },
  }
}

type Issue = z.core.$ZodIssue
const describePath = (path: readonly PropertyKey[]): ConfigPath =>
  path.map((part) => (typeof part === 'symbol' ? String(part) : part))

/** zod's own words, but for what people who write YAML get wrong most. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'is missing' : `is not ${article(issue.expected)}`
  }
  if (issue.code === 'invalid_value') return `is not one of: ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_union' && 'discriminator' in issue) {
    return `is not one of: ${listed(issue.options)}`
  }
  return undefined
}

const listed = (options: unknown): string => (Array.isArray(options) ? options.map(String).join(', ') : '')

function article(expected: string): string {
  if (expected === 'object' || expected === 'record') return 'a mapping'
  if (expected === 'array') return 'a list'
  if (expected === 'string') return 'a text (quote it)'
  if (expected === 'boolean') return 'true or false'
  return `a ${expected}`
}

function problemsOf(issue: Issue): { path: ConfigPath; message: string }[] {
  const path = describePath(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known setting here' }))
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) => ({ path, message: inner.message }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of a union, what the writer meant is most likely the branch that complains least.
    const branches = issue.errors.map((errors) => errors.flatMap(problemsOf))
    const nearest = branches.reduce((best, branch) => (branch.length < best.length ? branch : best))
    return nearest.map((problem) => ({ path: [...path, ...problem.path], message: problem.message }))
  }
  return [{ path, message: issue.message }]
}
