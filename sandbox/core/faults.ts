import type { Fault, Faults, Provider } from './deps.ts'
import { type Bad, bad, isBad, oneOf, optionalNumber, optionalText, record } from './input.ts'

export const providers: readonly Provider[] = [
  'twilio',
  'sendgrid',
  'postmark',
  'ses',
  'clio',
  'dms',
  'mycase',
  'filevine',
  'legacy',
]
const kinds = ['status', 'timeout', 'reset_after_accept', 'slow'] as const

/** A fault as it is ordered through `PUT /_sandbox/faults`. */
export type FaultOrder = {
  provider: Provider
  kind: (typeof kinds)[number]
  /** HTTP status for `status`; 500 by default. */
  status?: number
  /** `timeout`: how long the connection stays open (60,000); `slow`: how long the answer takes (2,000). */
  delayMs?: number
  /** Part of the calls that are hit, 0 to 1; 1 by default. */
  share?: number
  /** How many calls are hit before the fault is over; no end by default. */
  count?: number
  /** Makes `share` repeatable. */
  seed?: number
  match?: { to?: string; method?: string }
}

export type FaultBox = Faults & {
  /** Replaces all faults. */
  set(orders: readonly FaultOrder[]): void
  /** What is in force, each with how many calls it has hit. */
  list(): (FaultOrder & { hits: number })[]
}

type Armed = { order: FaultOrder; hits: number; random: () => number }

/** The faults in force; the first one that applies to a call hits it. */
export function createFaults(): FaultBox {
  let armed: Armed[] = []
  return {
    set(orders) {
      armed = orders.map((order) => ({ order, hits: 0, random: randomFrom(order.seed ?? 1) }))
    },
    list: () => armed.map(({ order, hits }) => ({ ...order, hits })),
    pick(provider, about = {}) {
      if (armed.length === 0) return undefined
      for (const item of armed) {
        if (item.order.provider !== provider || !applies(item, about)) continue
        item.hits++
        return toFault(item.order)
      }
      return undefined
    },
  }
}

function applies(item: Armed, about: { to?: string; method?: string; writes?: boolean }): boolean {
  const { order } = item
  if (order.count !== undefined && item.hits >= order.count) return false
  if (order.kind === 'reset_after_accept' && about.writes === false) return false
  if (order.match?.to !== undefined && order.match.to !== about.to) return false
  if (order.match?.method !== undefined && order.match.method !== about.method) return false
  return order.share === undefined || item.random() < order.share
}

function toFault(order: FaultOrder): Fault {
  switch (order.kind) {
    case 'status':
      return { kind: 'status', status: order.status ?? 500 }
    case 'timeout':
      return { kind: 'timeout', delayMs: order.delayMs ?? 60_000 }
    case 'slow':
      return { kind: 'slow', delayMs: order.delayMs ?? 2_000 }
    case 'reset_after_accept':
      return { kind: 'reset_after_accept' }
  }
}

/** mulberry32: small, fast, and the same everywhere for the same seed. Values in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Reads the body of `PUT /_sandbox/faults`. The first mistake is named with its place. */
export function parseFaults(input: unknown): FaultOrder[] | Bad {
  if (!Array.isArray(input)) return bad('body', 'must be a list of faults')
  const orders: FaultOrder[] = []
  for (let i = 0; i < input.length; i++) {
    const order = parseFault(input[i], `[${i}]`)
    if (isBad(order)) return order
    orders.push(order)
  }
  return orders
}

function parseFault(input: unknown, at: string): FaultOrder | Bad {
  const fields = record(input, at, [
    'provider',
    'kind',
    'status',
    'delayMs',
    'share',
    'count',
    'seed',
    'match',
  ])
  if (isBad(fields)) return fields
  const provider = oneOf(fields, 'provider', providers, at)
  if (isBad(provider)) return provider
  const kind = oneOf(fields, 'kind', kinds, at)
  if (isBad(kind)) return kind
  const order: FaultOrder = { provider, kind }
  for (const [name, min, max] of [
    ['status', 400, 599],
    ['delayMs', 0, 3_600_000],
    ['share', 0, 1],
    ['count', 0, 1e9],
    ['seed', -(2 ** 53), 2 ** 53],
  ] as const) {
    const value = optionalNumber(fields, name, min, max, at)
    if (isBad(value)) return value
    if (value !== undefined) order[name] = value
  }
  if (fields.match === undefined) return order
  const match = record(fields.match, `${at}.match`, ['to', 'method'])
  if (isBad(match)) return match
  order.match = {}
  for (const name of ['to', 'method'] as const) {
    const value = optionalText(match, name, `${at}.match`)
    if (isBad(value)) return value
    if (value !== undefined) order.match[name] = value
  }
  return order
}
