/**
 * How many calls a CMS's rate limit still lets through. Pure: the state of a window goes in, with what happened, and
 * the next comes out. gate.ts keeps it in a row that all processes share.
 */
import type { CmsLimit, CmsUrgency } from './access.ts'

/** A window as the CMS last told of it, and what of it is spoken for. */
export interface GateState {
  /** Calls that it lets through; null: it told of no limit. */
  perWindow: number | null
  /** Spoken for, ended or not. */
  used: number
  /** Of these, begun in this window and not ended yet, or without an answer. */
  underWay: number
  /** Counts windows, so that a call knows whether it ends in the one it began in. */
  window: number
  endsAt: Temporal.Instant | null
  /** The end is the CMS's own word, not our guess. */
  told: boolean
  closedUntil: Temporal.Instant | null
}

export const freshGate: GateState = {
  perWindow: null,
  used: 0,
  underWay: 0,
  window: 0,
  endsAt: null,
  told: false,
  closedUntil: null,
}

/** Kept from those in the background: 2 of 50, so that with what they may use more than 95 % of a window is used. */
const reserved = 0.04
/** What was kept and is not wanted so shortly before the window ends (a tenth of a minute) goes to whoever comes. */
const lastPart = 6_000
/** Guessed until the first answer of a window names its end: Clio counts by the minute (providers.md §4). */
const guessedLength = 60_000
/** Ends are told in whole seconds, and calls take time: ends this near to each other are of one window. */
const sameEnd = 2_000

export type Admission =
  | { go: true; next: GateState }
  /** `next` is written too: a window may have begun without anybody being let in. */
  | { go: false; next: GateState; until: Temporal.Instant }

/** May one more call begin? */
export function admit(state: GateState, urgency: CmsUrgency, now: Temporal.Instant): Admission {
  if (state.closedUntil !== null && isBefore(now, state.closedUntil))
    return { go: false, next: state, until: state.closedUntil }
  if (state.perWindow === null) return { go: true, next: state }
  const over = state.endsAt === null || !isBefore(now, state.endsAt)
  const current: GateState = over ? nextWindow(state, now) : state
  const endsAt = current.endsAt!
  const free = state.perWindow - current.used
  const opensAt = endsAt.subtract({ milliseconds: lastPart })
  const kept = urgency === 'background' && isBefore(now, opensAt) ? Math.floor(state.perWindow * reserved) : 0
  if (free > kept)
    return { go: true, next: { ...current, used: current.used + 1, underWay: current.underWay + 1 } }
  if (over) return { go: false, next: current, until: now.add({ seconds: 1 }) }
  return { go: false, next: current, until: free > 0 ? opensAt : endsAt }
}

/** What is under way may be counted in the new window or in the old one; until it ends it counts in both. */
const nextWindow = (state: GateState, now: Temporal.Instant): GateState => ({
  ...state,
  window: state.window + 1,
  used: state.underWay,
  underWay: 0,
  endsAt: now.add({ milliseconds: guessedLength }),
  told: false,
})

/**
 * A call ended.
 *
 * @param pass.window that it was let into; null: it was let through while no limit was known
 * @param pass.others calls that were let through like this and have not ended; they count too
 * @param told absent: nothing was learnt
 */
export function ended(
  state: GateState,
  pass: { window: number | null; others: number },
  told: CmsLimit | undefined,
  now: Temporal.Instant,
): GateState {
  // No answer, or one that tells nothing: it may still be counted in the next window, so it stays under way in this one.
  if (told === undefined) return state
  const own = pass.window === state.window
  const left = own ? { ...state, underWay: Math.max(0, state.underWay - 1) } : state
  switch (told.kind) {
    case 'none':
      return { ...left, perWindow: null, used: 0, underWay: 0, endsAt: null, told: false }
    case 'closed':
      return { ...left, closedUntil: later(left.closedUntil, told.until) }
    case 'window':
      return counted(left, pass, told, now)
  }
}

function counted(
  state: GateState,
  pass: { window: number | null; others: number },
  told: Extract<CmsLimit, { kind: 'window' }>,
  now: Temporal.Instant,
): GateState {
  const perWindow = told.limit
  const spent = told.limit - told.remaining
  const base = { ...state, perWindow }
  if (state.perWindow === null || state.endsAt === null)
    return {
      ...base,
      window: state.window + 1,
      used: spent + pass.others,
      underWay: 0,
      endsAt: told.resetsAt,
      told: true,
    }
  if (pass.window !== null && pass.window < state.window) {
    // It was counted twice to be safe. Its answer tells in which window the CMS counted it.
    const inTheOld = pass.window === state.window - 1 && !isBefore(now, told.resetsAt)
    return inTheOld ? { ...base, used: Math.max(state.underWay, state.used - 1) } : base
  }
  const used = Math.max(state.used, spent + (pass.window === null ? pass.others : 0))
  if (!state.told) return { ...base, used, endsAt: told.resetsAt, told: true }
  const ahead = told.resetsAt.epochMilliseconds - state.endsAt.epochMilliseconds
  if (ahead < -sameEnd) return base
  // The CMS began to count anew before we did.
  if (ahead > sameEnd) return { ...base, used: spent + state.underWay + pass.others, endsAt: told.resetsAt }
  return { ...base, used, endsAt: later(state.endsAt, told.resetsAt) }
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0

const later = (a: Temporal.Instant | null, b: Temporal.Instant): Temporal.Instant =>
  a !== null && isBefore(b, a) ? a : b
