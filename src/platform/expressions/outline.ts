/** What an expression asks, as a small tree that can be put into words; what it does not know stays as it was written. */
import type { ASTNode } from '@marcbachmann/cel-js'
import { environment } from './environment.ts'

export type Outline =
  | { kind: 'all' | 'any'; of: Outline[] }
  | { kind: 'not'; of: Outline }
  | { kind: 'compare'; op: Comparison; left: Operand; right: Operand }
  | { kind: 'in'; what: Operand; values: Operand[] }
  /** `startsWith`, `endsWith`, `contains`: of a text. */
  | { kind: 'text'; name: string; what: Operand; with: Operand }
  | { kind: 'has'; what: Operand }
  /** A function of the caller's: `happened`. */
  | { kind: 'call'; name: string; with: Operand[] }
  | { kind: 'source'; text: string }

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

export type Operand =
  /** `time`: it was made a point in time, so "greater" means "later". */
  | { kind: 'path'; path: string; time: boolean }
  | { kind: 'value'; value: string | number | boolean | null }
  | { kind: 'source'; text: string }

const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>=']
const ofTexts: readonly string[] = ['startsWith', 'endsWith', 'contains']
let language: ReturnType<typeof environment> | undefined

/**
 * @param source an expression that compiles; one that can't be parsed is given back as it is
 * @param functions names of the caller's functions
 */
export function outlineOf(source: string, functions: readonly string[] = []): Outline {
  language ??= environment({}, {})
  let ast: ASTNode
  try {
    ast = language.parse(source).ast
  } catch {
    return { kind: 'source', text: plain(source) }
  }
  return outline(ast)

  function outline(node: ASTNode): Outline {
    switch (node.op) {
      case '&&':
      case '||': {
        const kind = node.op === '&&' ? 'all' : 'any'
        const of = node.args.map(outline).flatMap((part) => (part.kind === kind ? part.of : [part]))
        return { kind, of }
      }
      case '!_':
        return { kind: 'not', of: outline(node.args) }
      case 'in': {
        const [what, list] = node.args
        if (list.op !== 'list') break
        return { kind: 'in', what: operand(what), values: list.args.map(operand) }
      }
      case 'call': {
        const [name, args] = node.args
        const [only] = args
        if (name === 'has' && only) return { kind: 'has', what: operand(only) }
        if (functions.includes(name)) return { kind: 'call', name, with: args.map(operand) }
        break
      }
      case 'rcall': {
        const [name, what, args] = node.args
        const [first] = args
        if (ofTexts.includes(name) && first)
          return { kind: 'text', name, what: operand(what), with: operand(first) }
        break
      }
      default:
        if (comparisons.includes(node.op)) {
          const [left, right] = node.args as [ASTNode, ASTNode]
          return {
            kind: 'compare',
            op: node.op as Comparison,
            left: operand(left),
            right: operand(right),
          }
        }
    }
    return { kind: 'source', text: textOf(node) }
  }

  function operand(node: ASTNode): Operand {
    const path = pathOf(node)
    if (path !== null) return { kind: 'path', path, time: false }
    if (node.op === 'value') {
      const { args: value } = node
      if (typeof value === 'bigint') return { kind: 'value', value: Number(value) }
      if (value === null || ['string', 'number', 'boolean'].includes(typeof value))
        return { kind: 'value', value: value as string | number | boolean | null }
    }
    if (node.op === 'call' && node.args[0] === 'timestamp' && node.args[1][0]) {
      const of = operand(node.args[1][0])
      return of.kind === 'path' ? { ...of, time: true } : of
    }
    return { kind: 'source', text: textOf(node) }
  }

  /** `event.?category.orValue(null)` is the path `event.category`: what stands in for nothing is nothing. */
  function pathOf(node: ASTNode): string | null {
    switch (node.op) {
      case 'id':
        return node.args
      case '.':
      case '.?': {
        const before = pathOf(node.args[0])
        return before === null ? null : `${before}.${node.args[1]}`
      }
      case 'rcall': {
        const [name, of, [instead]] = node.args
        const nothing = instead?.op === 'value' && (instead.args === null || instead.args === '')
        return name === 'orValue' && nothing ? pathOf(of) : null
      }
      default:
        return null
    }
  }

  function textOf(node: ASTNode): string {
    return plain(source.slice(node.range.start, node.range.end))
  }
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()
