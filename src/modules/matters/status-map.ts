/** From what the CMS calls a status to the firm's official states. Pure. */
import { normaliseStatus, trigramSimilarity } from '../../kernel/text.ts'
import type { MatterState, StatusesConfig } from './types.ts'

export interface StatusProblem {
  /** As in the configuration: `states[2].next[0]`. */
  path: string
  message: string
}

export interface Suggestion {
  state: string
  /** The configured status that looks like it. */
  raw: string
  /** 0.3 to 1, as pg_trgm's similarity. */
  similarity: number
}

export type StatusLookup = { state: string } | { unknown: true; suggestions: Suggestion[] }

export interface StatusMap {
  /** The configured states, by key. */
  readonly states: ReadonlyMap<string, MatterState>
  /** Compared after normalising: case, accents, punctuation, `_FINAL_v2` and the like do not matter. */
  lookup(raw: string): StatusLookup
}

/** pg_trgm's own threshold: below it, likeness is chance. */
const leastSimilarity = 0.3
const mostSuggestions = 3

/** @returns the map, or every problem with its path */
export function compileStatuses(
  config: StatusesConfig,
): { ok: true; map: StatusMap } | { ok: false; problems: StatusProblem[] } {
  const problems: StatusProblem[] = []
  const states = new Map<string, MatterState>()
  const byRaw = new Map<string, { state: string; raw: string; path: string }>()
  config.states.forEach((state, at) => {
    const path = `states[${at}]`
    if (states.has(state.key)) problems.push({ path: `${path}.key`, message: `${state.key} is there twice` })
    states.set(state.key, state)
    state.raw.forEach((raw, index) => {
      const here = `${path}.raw[${index}]`
      const normal = normaliseStatus(raw)
      const other = byRaw.get(normal)
      if (normal === '') problems.push({ path: here, message: 'holds no letter or digit' })
      else if (other === undefined) byRaw.set(normal, { state: state.key, raw, path: here })
      else if (other.state !== state.key) problems.push({ path: here, message: sameAs(raw, other) })
    })
  })
  problems.push(...transitionProblems(config.states, states))
  if (problems.length > 0) return { ok: false, problems }
  const known = [...byRaw].map(([normal, { state, raw }]) => ({ normal, state, raw }))
  return {
    ok: true,
    map: {
      states,
      lookup(raw) {
        const normal = normaliseStatus(raw)
        const found = byRaw.get(normal)
        return found ? { state: found.state } : { unknown: true, suggestions: suggest(normal, known) }
      },
    },
  }
}

const sameAs = (raw: string, other: { state: string; raw: string; path: string }): string =>
  `"${raw}" reads the same as "${other.raw}" of ${other.state} (${other.path})`

function transitionProblems(
  list: readonly MatterState[],
  states: ReadonlyMap<string, MatterState>,
): StatusProblem[] {
  const problems: StatusProblem[] = []
  list.forEach((state, at) => {
    state.next.forEach((next, index) => {
      const path = `states[${at}].next[${index}]`
      if (!states.has(next)) problems.push({ path, message: `there is no state ${next}` })
      else if (next === state.key) problems.push({ path, message: `${next} can't follow itself` })
    })
  })
  if (!list.some((state) => state.initial)) {
    return [...problems, { path: 'states', message: 'no state is initial: say where a matter begins' }]
  }
  // While a step is misspelt, what it does not reach is no news.
  if (problems.length > 0 || states.size < list.length) return problems
  const reached = reachable(states)
  list.forEach((state, at) => {
    if (reached.has(state.key)) return
    const message = `${state.key} can't be reached from an initial state, so entering it would always be flagged`
    problems.push({ path: `states[${at}]`, message })
  })
  return problems
}

function reachable(states: ReadonlyMap<string, MatterState>): Set<string> {
  const reached = new Set<string>()
  const open = [...states.values()].filter((state) => state.initial).map((state) => state.key)
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (reached.has(key)) continue
    reached.add(key)
    open.push(...(states.get(key)?.next ?? []))
  }
  return reached
}

/** The best of each state, best first; the order does not depend on chance. */
function suggest(
  normal: string,
  known: readonly { normal: string; state: string; raw: string }[],
): Suggestion[] {
  const best = new Map<string, Suggestion>()
  for (const { normal: other, state, raw } of known) {
    const similarity = trigramSimilarity(normal, other)
    if (similarity < leastSimilarity || similarity <= (best.get(state)?.similarity ?? 0)) continue
    best.set(state, { state, raw, similarity })
  }
  return [...best.values()]
    .sort((a, b) => b.similarity - a.similarity || a.state.localeCompare(b.state))
    .slice(0, mostSuggestions)
}
