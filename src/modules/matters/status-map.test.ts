import { describe, expect, it } from 'vitest'
import { compileStatuses } from './status-map.ts'
import { statusesConfig } from './types.ts'

const state = (key: string, raw: string[], next: string[] = [], more: object = {}) => ({
  key,
  words: { en: key },
  raw,
  next,
  ...more,
})
const compile = (...states: object[]) => compileStatuses(statusesConfig.parse({ states }))
const problemsOf = (...states: object[]) => {
  const verdict = compile(...states)
  return verdict.ok ? [] : verdict.problems
}
const usual = [
  state('intake', ['Intake', 'New Client'], ['discovery'], { initial: true }),
  state('discovery', ['Discovery Phase 1', 'Awaiting Docs'], ['settlement']),
  state('settlement', ['Settlement Offer', 'Settlement Negotiation']),
]

describe('the status map', () => {
  it('finds a state under any spelling of its statuses', () => {
    const verdict = compile(...usual)
    if (!verdict.ok) throw new Error('did not compile')
    expect(verdict.map.lookup('awaiting-docs_FINAL_v2')).toEqual({ state: 'discovery' })
    expect(verdict.map.lookup('  NEW   CLIENT (copy)')).toEqual({ state: 'intake' })
    expect(verdict.map.lookup('Discovery Phase 2')).toMatchObject({ unknown: true })
  })

  it('suggests the states that look alike, best first, each once, none by chance', () => {
    const verdict = compile(...usual)
    if (!verdict.ok) throw new Error('did not compile')
    const found = verdict.map.lookup('Discovery Phase 2')
    expect(found).toMatchObject({
      unknown: true,
      suggestions: [{ state: 'discovery', raw: 'Discovery Phase 1' }],
    })
    const settle = verdict.map.lookup('Settlement')
    expect('unknown' in settle && settle.suggestions.map(({ state }) => state)).toEqual(['settlement'])
    expect(verdict.map.lookup('Xyzzy')).toEqual({ unknown: true, suggestions: [] })
  })

  it('makes at most three suggestions', () => {
    const names = ['one', 'two', 'three', 'four', 'five']
    const verdict = compile(
      state(
        'start',
        ['start'],
        names.map((name) => `s_${name}`),
        { initial: true },
      ),
      ...names.map((name) => state(`s_${name}`, [`waiting for ${name}`])),
    )
    if (!verdict.ok) throw new Error('did not compile')
    const found = verdict.map.lookup('waiting for six')
    expect('unknown' in found && found.suggestions.length).toBe(3)
  })

  it('names a state that follows but is not there', () => {
    expect(problemsOf(state('a', ['A'], ['b'], { initial: true }))).toEqual([
      { path: 'states[0].next[0]', message: 'there is no state b' },
    ])
  })

  it('names two states that claim the same status', () => {
    const found = problemsOf(
      state('a', ['Awaiting Docs'], ['b'], { initial: true }),
      state('b', ['awaiting_docs_FINAL_v2']),
    )
    expect(found).toEqual([
      {
        path: 'states[1].raw[0]',
        message: '"awaiting_docs_FINAL_v2" reads the same as "Awaiting Docs" of a (states[0].raw[0])',
      },
    ])
  })

  it('takes two spellings of one status within a state', () => {
    expect(problemsOf(state('a', ['Awaiting Docs', 'AWAITING DOCS'], [], { initial: true }))).toEqual([])
  })

  it('names a status without letters, a key that is there twice and a state that follows itself', () => {
    const found = problemsOf(state('a', ['--'], ['a'], { initial: true }), state('a', []))
    expect(found.map(({ path }) => path)).toEqual(['states[0].raw[0]', 'states[1].key', 'states[0].next[0]'])
  })

  it('names a state that no initial state leads to', () => {
    const found = problemsOf(state('a', ['A'], [], { initial: true }), state('b', ['B'], ['a']))
    expect(found).toEqual([
      {
        path: 'states[1]',
        message: "b can't be reached from an initial state, so entering it would always be flagged",
      },
    ])
  })

  it('wants to be told where a matter begins', () => {
    expect(problemsOf(state('a', ['A']))).toEqual([
      { path: 'states', message: 'no state is initial: say where a matter begins' },
    ])
  })
})
