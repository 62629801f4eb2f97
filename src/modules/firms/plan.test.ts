import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absentHash, hashOf, type Json } from './hash.ts'
import { type ConfigHead, outcome, plan } from './plan.ts'

/** One item as each of the three sides has it; null: not at all. */
interface Sides {
  base: Json | null
  theirs: Json | null
  ours: Json | null
}
const head = (key: string, { base, theirs }: Sides): ConfigHead => ({
  kind: 'rule',
  key,
  version: 3,
  body: theirs,
  hash: hashOf(theirs),
  appliedHash: base === null ? null : hashOf(base),
})
const planOf = (all: Record<string, Sides>, take?: 'git' | 'console') =>
  plan(
    Object.entries(all).flatMap(([key, side]) =>
      side.theirs === null && side.base === null ? [] : [head(key, side)],
    ),
    Object.entries(all).flatMap(([key, { ours }]) =>
      ours === null ? [] : [{ kind: 'rule', key, body: ours }],
    ),
    take,
  )

const A = { text: 'a' }
const B = { text: 'b' }
const C = { text: 'c' }

describe('plan', () => {
  it.each<[string, Sides, string]>([
    ['new in Git', { base: null, theirs: null, ours: A }, 'add'],
    ['changed in Git', { base: A, theirs: A, ours: B }, 'change'],
    ['gone from Git', { base: A, theirs: A, ours: null }, 'remove'],
    ['as it was', { base: A, theirs: A, ours: A }, 'same'],
    ['changed alike on both sides', { base: A, theirs: B, ours: B }, 'same'],
    ['removed on both sides', { base: A, theirs: null, ours: null }, 'same'],
    ['added alike on both sides', { base: null, theirs: A, ours: A }, 'same'],
    ['changed in the console only', { base: A, theirs: B, ours: A }, 'conflict changed'],
    ['changed on both sides', { base: A, theirs: B, ours: C }, 'conflict changed'],
    ['removed in the console only', { base: A, theirs: null, ours: A }, 'conflict removed'],
    ['added in the console only', { base: null, theirs: A, ours: null }, 'conflict added'],
    ['added differently on both sides', { base: null, theirs: A, ours: B }, 'conflict added'],
    ['changed in the console, gone from Git', { base: A, theirs: B, ours: null }, 'conflict changed'],
  ])('%s', (_name, sides, expected) => {
    const { changes, conflicts } = planOf({ x: sides })
    expect([...changes.map((c) => c.action), ...conflicts.map((c) => `conflict ${c.elsewhere}`)]).toEqual([
      expected,
    ])
  })

  it('shows what differs, leaf by leaf', () => {
    const from = { a: 1, list: [1, { deep: 'x' }], gone: true }
    const to = { a: 2, list: [1, { deep: 'y' }, 3], added: null }
    expect(planOf({ x: { base: from, theirs: from, ours: to } }).changes[0]!.diff).toEqual([
      { path: ['a'], from: 1, to: 2 },
      { path: ['added'], from: undefined, to: null },
      { path: ['gone'], from: true, to: undefined },
      { path: ['list', 1, 'deep'], from: 'x', to: 'y' },
      { path: ['list', 2], from: undefined, to: 3 },
    ])
  })

  const side = fc.constantFrom<Json | null>(null, A, B, C)
  const firm = fc.dictionary(
    fc.constantFrom('k1', 'k2', 'k3', 'k4'),
    fc.record<Sides>({ base: side, theirs: side, ours: side }),
  )
  const outcomeOf = (all: Record<string, Sides>, take: 'git' | 'console' | undefined) =>
    new Map(outcome(planOf(all, take)).map((item) => [item.key, item.body]))

  it('never loses an edit of either side without being told to', () => {
    fc.assert(
      fc.property(firm, (all) => {
        const planned = planOf(all)
        const conflicting = new Set(planned.conflicts.map((conflict) => conflict.key))
        const result = outcomeOf(all, undefined)
        for (const [key, { base, theirs, ours }] of Object.entries(all)) {
          const edited = hashOf(theirs) !== hashOf(base)
          const disagree = hashOf(theirs) !== hashOf(ours)
          expect(conflicting.has(key)).toBe(edited && disagree)
          if (!conflicting.has(key)) expect(result.get(key) ?? null).toEqual(ours)
        }
      }),
    )
  })

  it('takes the side it is told, and nothing of the other where both changed', () => {
    fc.assert(
      fc.property(firm, fc.constantFrom('git' as const, 'console' as const), (all, take) => {
        expect(planOf(all, take).conflicts).toEqual([])
        const result = outcomeOf(all, take)
        for (const [key, { base, theirs, ours }] of Object.entries(all)) {
          const edited = hashOf(theirs) !== hashOf(base)
          expect(result.get(key) ?? null).toEqual(take === 'console' && edited ? theirs : ours)
        }
      }),
    )
  })

  it('finds nothing to do once it was carried out', () => {
    fc.assert(
      fc.property(firm, (all) => {
        const heads: ConfigHead[] = planOf(all, 'git').changes.map((change) => ({
          ...change,
          version: change.fromVersion + 1,
        }))
        const wanted = Object.entries(all).flatMap(([key, { ours }]) =>
          ours === null ? [] : [{ kind: 'rule', key, body: ours }],
        )
        const again = plan(heads, wanted)
        expect(again.conflicts).toEqual([])
        expect(again.changes.every((change) => change.action === 'same' && change.hash !== absentHash)).toBe(
          true,
        )
      }),
    )
  })

  it('keeps asking about what the console kept, until Git has it too', () => {
    const kept = planOf({ x: { base: A, theirs: B, ours: C } }, 'console').changes[0]!
    const heads = [{ ...kept, version: kept.fromVersion }]
    expect(plan(heads, [{ kind: 'rule', key: 'x', body: C }]).conflicts).toHaveLength(1)
    expect(plan(heads, [{ kind: 'rule', key: 'x', body: B }]).conflicts).toHaveLength(0)
  })
})
