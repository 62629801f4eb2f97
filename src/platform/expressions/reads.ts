/** Which values an expression may read, from its syntax tree, so that a decision can keep what decided it. */
import type { ASTNode } from '@marcbachmann/cel-js'

/** Loops over a list: the first argument names each item. */
const loops = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

type Bound = ReadonlyMap<string, string | null>

/**
 * @param declared the variables; other names (`cel`, `google`) are the language's own
 * @param functions names of registered functions; listed as `name()`
 */
export function pathsRead(
  root: ASTNode,
  declared: ReadonlySet<string>,
  functions: ReadonlySet<string>,
): string[] {
  const found = new Set<string>()

  /** @returns the path of this node if it is one, having noted what lies below if it isn't */
  function pathOf(node: ASTNode, bound: Bound): string | null {
    switch (node.op) {
      case 'id':
        return bound.has(node.args)
          ? (bound.get(node.args) ?? null)
          : declared.has(node.args)
            ? node.args
            : null
      case '.':
      case '.?': {
        const before = pathOf(node.args[0], bound)
        if (before === null) return null
        // A field of a loop's item is under the list: that path is the one to keep.
        return startsAtItem(node.args[0], bound) ? before : `${before}.${node.args[1]}`
      }
      case '[]':
      case '[?]': {
        const before = pathOf(node.args[0], bound)
        const key = node.args[1]
        if (before !== null && key.op === 'value' && typeof key.args === 'string')
          return `${before}.${key.args}`
        note(before)
        visit(key, bound)
        return null
      }
      default:
        below(node, bound)
        return null
    }
  }

  const note = (path: string | null): void => {
    if (path !== null) found.add(path)
  }
  const visit = (node: ASTNode, bound: Bound): void => note(pathOf(node, bound))

  function below(node: ASTNode, bound: Bound): void {
    switch (node.op) {
      case 'value':
        return
      case 'call': {
        const [name, args] = node.args
        if (functions.has(name)) found.add(`${name}()`)
        for (const argument of args) visit(argument, bound)
        return
      }
      case 'rcall':
        method(node.args, bound)
        return
      default:
        for (const child of nodesIn(node.args)) visit(child, bound)
    }
  }

  function method([name, receiver, args]: [string, ASTNode, ASTNode[]], bound: Bound): void {
    const from = pathOf(receiver, bound)
    note(from)
    const [first, ...rest] = args
    if (first?.op === 'id' && loops.has(name)) {
      const inside = new Map(bound).set(first.args, from)
      for (const argument of rest) visit(argument, inside)
    } else if (first?.op === 'id' && name === 'bind' && rest.length === 2) {
      const value = pathOf(rest[0] as ASTNode, bound)
      note(value)
      visit(rest[1] as ASTNode, new Map(bound).set(first.args, value))
    } else for (const argument of args) visit(argument, bound)
  }

  visit(root, new Map())
  return [...found].sort()
}

function startsAtItem(node: ASTNode, bound: Bound): boolean {
  if (node.op === 'id') return bound.has(node.args)
  return (node.op === '.' || node.op === '.?') && startsAtItem(node.args[0], bound)
}

function nodesIn(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn)
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : []
}

/** @returns each read path with its value as it is now; a path that leads nowhere is left out */
export function valuesRead(
  reads: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const path of reads) {
    let value: unknown = values
    for (const step of path.split('.')) {
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? (value as Record<string, unknown>)[step]
          : undefined
    }
    if (value !== undefined) kept[path] = value
  }
  return kept
}
