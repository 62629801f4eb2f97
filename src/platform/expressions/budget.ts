/**
 * A bound on the work of one evaluation. CEL has no endless loops, but loops may be nested and lists are as long as
 * their sender likes: `a.all(x, a.all(y, …))` over 10,000 items is 10^8 steps. The library has structural limits only,
 * so each node of the checked tree is made to pay for what it yields.
 *
 * This reaches into cel-js 8.0.0 (`meta`, `evaluate`), which is pinned; budget.test.ts fails if it stops working.
 */

/** About one simple node each, some 20–50 ns: an evaluation ends within some 200 ms whatever it does. */
export const budgetUnits = 500_000

interface Node {
  op: string
  args: unknown
  meta: {
    evaluate: Evaluate
    alternate?: Node
    macro?: { evaluate: (ev: unknown, macro: unknown, ctx: unknown) => unknown }
  }
  evaluate: Evaluate
}
type Evaluate = (ev: unknown, node: unknown, ctx: unknown) => unknown

let left = 0

/** One for all: making an error costs more than the steps that it ends. */
const spent = new Error('takes too many steps')

/** Must be called before each evaluation; evaluations never overlap, since they are synchronous. */
export function refill(): void {
  left = budgetUnits
}

/** Errors inside `||` and `exists` may be outvoted by a later value, so the outcome alone does not tell. */
export const isSpent = (): boolean => left < 0

function pay(units: number): void {
  left -= units
  if (left < 0) throw spent
}

/** Makes a checked tree pay. Called once per compiled expression. */
export function meter(root: unknown): void {
  const seen = new Set<unknown>()
  const visit = (thing: unknown, deep: boolean): void => {
    if (typeof thing !== 'object' || thing === null || seen.has(thing)) return
    if (Array.isArray(thing)) {
      for (const item of thing) visit(item, deep)
      return
    }
    if (!isNode(thing)) return
    seen.add(thing)
    if (thing.meta.alternate !== undefined) {
      visit(thing.meta.alternate, deep)
      return
    }
    charge(thing, deep)
    const compares = thing.op === '==' || thing.op === '!=' || thing.op === 'in'
    for (const child of children(thing)) visit(child, compares)
  }
  visit(root, false)
}

const isNode = (thing: object): thing is Node => 'op' in thing && 'meta' in thing && 'args' in thing

function children(node: Node): readonly unknown[] {
  if (node.meta.macro !== undefined) return Object.values(node.meta.macro)
  if (Array.isArray(node.args)) return node.args
  return typeof node.args === 'object' && node.args !== null && !isNode(node.args)
    ? Object.values(node.args)
    : [node.args]
}

/** These hand on the list that a loop builds; it was paid for item by item. */
const handsOn = new Set(['accuValue', 'accuPush', 'accuInc', '?:'])

function charge(node: Node, deep: boolean): void {
  const macro = node.meta.macro
  const inner: Evaluate = macro ? (ev, _node, ctx) => macro.evaluate(ev, macro, ctx) : node.meta.evaluate
  const weighs = !handsOn.has(node.op)
  node.evaluate = (ev, self, ctx) => {
    pay(1)
    const value = inner(ev, self, ctx)
    if (weighs) pay(deep ? deepWeight(value) : weight(value))
    return value
  }
}

function weight(value: unknown): number {
  if (typeof value === 'string') return value.length >> 6
  return Array.isArray(value) ? value.length >> 3 : 0
}

/** What comparing it may cost: every part is looked at, as far as the budget reaches. */
function deepWeight(value: unknown): number {
  let units = 0
  const open: unknown[] = [value]
  while (open.length > 0 && units <= left) {
    const next = open.pop()
    units += weight(next)
    if (typeof next !== 'object' || next === null || !(Array.isArray(next) || isPlain(next))) continue
    const parts = Object.values(next)
    units += parts.length
    open.push(...parts.filter((part) => typeof part === 'object' || typeof part === 'string'))
  }
  return units
}

const isPlain = (value: object): boolean => {
  const kind = Object.getPrototypeOf(value)
  return kind === Object.prototype || kind === null
}
