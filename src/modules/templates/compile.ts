/** From the firm's words to something that renders: parsed once, checked, kept. */
import { analyzeSync, LiquidError, type Variable } from 'liquidjs'
import { cleanText } from './clean.ts'
import { deepestNesting, liquid, MessageParser, type Nodes, type Surroundings } from './engine.ts'
import type { TemplateConfig, TemplateProblem } from './types.ts'

/** A field that a text speaks of, where it does. */
export interface UsedVariable {
  /** Dotted: `matter.state.words`. */
  path: string
  line: number
}

export interface CompiledText {
  source: string
  nodes: Nodes
  variables: UsedVariable[]
}

export interface CompiledTemplate {
  key: string
  config: TemplateConfig
  languages: Readonly<
    Record<
      string,
      { sms?: CompiledText; digest?: CompiledText; email?: { subject: CompiledText; body: CompiledText } }
    >
  >
}

export type Compilation =
  | { ok: true; template: CompiledTemplate }
  | { ok: false; problems: TemplateProblem[] }

const mostKept = 500
const kept = new Map<string, Compilation>()

/**
 * Compiles a template; the same words are compiled once. Whoever sends many keeps the result: finding it again costs
 * as much as rendering it.
 *
 * @param config as `templateConfig` parsed it
 * @returns every problem in every language and channel, with its line
 */
export function compileTemplate(config: TemplateConfig): Compilation {
  const words = JSON.stringify(config)
  const known = kept.get(words)
  if (known !== undefined) return known
  const made = compile(config)
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!)
  kept.set(words, made)
  return made
}

function compile(config: TemplateConfig): Compilation {
  const problems: TemplateProblem[] = []
  const text = (written: string, surroundings: Surroundings, path: TemplateProblem['path']): CompiledText => {
    const source = cleanText(written)
    try {
      const nodes = new MessageParser(surroundings).parse(source)
      return { source, nodes, variables: variablesOf(nodes) }
    } catch (error) {
      problems.push({ path, ...explain(error) })
      return { source, nodes: [], variables: [] }
    }
  }
  const languages: Record<string, CompiledTemplate['languages'][string]> = Object.create(null)
  for (const [language, { sms, email, digest }] of Object.entries(config.languages)) {
    const path = ['languages', language]
    languages[language] = {
      ...(sms !== undefined && { sms: text(sms, 'plain', [...path, 'sms']) }),
      ...(digest !== undefined && { digest: text(digest, 'plain', [...path, 'digest']) }),
      ...(email !== undefined && {
        email: {
          subject: text(email.subject, 'plain', [...path, 'email', 'subject']),
          body: text(email.body, 'markdown', [...path, 'email', 'body']),
        },
      }),
    }
  }
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, template: { key: config.key, config, languages } }
}

/** What the text wants from outside; its own loop and assigned variables are left out. */
function variablesOf(nodes: Nodes): UsedVariable[] {
  const { globals } = analyzeSync(nodes, { partials: false })
  return Object.values(globals)
    .flat()
    .map((variable) => ({ path: dotted(variable), line: variable.location.row }))
}

/** Up to the first index or computed step, behind which anything may lie. */
function dotted({ segments }: Variable): string {
  const end = segments.findIndex((segment) => typeof segment !== 'string')
  return (end === -1 ? segments : segments.slice(0, end)).join('.')
}

function explain(error: unknown): { message: string; line?: number } {
  if (!(error instanceof Error)) return { message: 'can not be read' }
  // The parser calls itself for each bracket.
  if (
    error instanceof RangeError ||
    ('originalError' in error && error.originalError instanceof RangeError)
  ) {
    return { message: `nested deeper than ${deepestNesting} levels` }
  }
  const unknownFilter = /^undefined filter: (\S*)/.exec(error.message)
  const message = unknownFilter
    ? `there is no filter "${unknownFilter[1]?.replace(/,$/, '')}"${nearest(unknownFilter[1] ?? '', Object.keys(liquid.filters))}`
    : error.message.replace(/, line:\d+, col:\d+$/, '')
  if (!LiquidError.is(error)) return { message }
  const [line] = error.token.getPosition()
  return line === undefined ? { message } : { message, line }
}

/** @returns `; did you mean …?` when one of the known words is close */
export function nearest(word: string, known: Iterable<string>): string {
  let best = ''
  let least = Math.max(2, Math.floor(word.length / 4)) + 1
  for (const candidate of known) {
    const distance = editDistance(word, candidate, least)
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  return best === '' ? '' : `; did you mean ${best}?`
}

function editDistance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
