import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MatterView, observationOutcomes, observe, windowOpen } from './policy.ts'
import { compileStatuses, type StatusMap } from './status-map.ts'
import { statusesConfig } from './types.ts'

const state = (key: string, next: string[], more: object = {}) => ({
  key,
  words: { en: key },
  next,
  raw: [key],
  ...more,
})

/** open -> working <-> waiting (10 minutes to undo) <-> done; waiting -> appeal (10 minutes too), a dead end. */
const map: StatusMap = (() => {
  const compiled = compileStatuses(
    statusesConfig.parse({
      states: [
        state('open', ['working', 'waiting'], { initial: true }),
        state('working', ['waiting', 'done']),
        state('waiting', ['working', 'done', 'appeal'], { settle: 'PT10M' }),
        state('done', ['waiting']),
        state('appeal', [], { settle: 'PT10M' }),
      ],
    }),
  )
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
  return compiled.map
})()

const unseen: MatterView = {
  rawStatus: null,
  state: null,
  previousState: null,
  stateEntry: 0,
  stateEnteredAt: null,
  settlesAt: null,
  sourceUpdatedAt: null,
}
const start = Temporal.Instant.from('2026-03-01T12:00:00Z')
const minute = (count: number) => start.add({ minutes: count })

const look = (
  matter: MatterView,
  raw: string,
  minutes: number,
  at: Temporal.Instant | null = minute(minutes),
) => {
  const found = map.lookup(raw)
  return observe(matter, { raw, state: 'state' in found ? found.state : null, at, now: minute(minutes) }, map)
}
const seenAs = (...steps: [raw: string, minutes: number][]): MatterView =>
  steps.reduce((matter, [raw, minutes]) => look(matter, raw, minutes).next, unseen)

describe('observing a status', () => {
  it('takes the first sight of a matter as a change from nothing, whatever its state', () => {
    const seen = look(unseen, 'Done', 0)
    expect(seen).toMatchObject({ outcome: 'changed', from: null, to: 'done' })
    expect(seen.next).toMatchObject({ state: 'done', rawStatus: 'Done', stateEntry: 1, previousState: null })
    expect(seen.next.stateEnteredAt?.equals(start)).toBe(true)
  })

  it('records the same state under other words without a change', () => {
    const matter = seenAs(['open', 0])
    const seen = look(matter, 'OPEN_FINAL_v2', 1)
    expect(seen.outcome).toBe('unchanged')
    expect(seen.next).toEqual({ ...matter, rawStatus: 'OPEN_FINAL_v2', sourceUpdatedAt: minute(1) })
  })

  it('goes by when it reached us where the source tells no time: a replay does not undo what came later', () => {
    const come = (matter: MatterView, raw: string, minutes: number) => {
      const found = map.lookup(raw)
      const state = 'state' in found ? found.state : null
      return observe(matter, { raw, state, at: null, receivedAt: minute(minutes), now: minute(60) }, map)
    }
    const matter = come(come(unseen, 'open', 0).next, 'working', 2).next
    expect(come(matter, 'open', 1)).toMatchObject({ outcome: 'stale', next: { state: 'working' } })
    expect(come(matter, 'nobody knows', 1)).toMatchObject({
      outcome: 'unknown_status',
      next: { rawStatus: 'working' },
    })
    expect(come(matter, 'open', 2).outcome).not.toBe('stale')
    // Its own time proves that it is the newer one.
    const told = look(matter, 'working', 3).next
    const proved = { raw: 'open', state: 'open', at: minute(4), receivedAt: minute(1), now: minute(60) }
    expect(observe(told, proved, map).outcome).not.toBe('stale')
  })

  it('follows an allowed step and counts the entry', () => {
    const seen = look(seenAs(['open', 0]), 'working', 1)
    expect(seen).toMatchObject({ outcome: 'changed', from: 'open', to: 'working' })
    expect(seen.next).toMatchObject({
      state: 'working',
      previousState: 'open',
      stateEntry: 2,
      settlesAt: null,
    })
  })

  it('flags a forbidden step and follows all the same', () => {
    const seen = look(seenAs(['open', 0]), 'done', 1)
    expect(seen).toMatchObject({ outcome: 'flagged', reason: '"done" does not follow "open"' })
    expect(seen.next).toMatchObject({ state: 'done', previousState: 'open', stateEntry: 2 })
  })

  it('flags a step out of a state that is no longer configured', () => {
    const seen = look({ ...seenAs(['open', 0]), state: 'renamed' }, 'open', 1)
    expect(seen.outcome).toBe('flagged')
    expect(seen.next.state).toBe('open')
  })

  it('leaves a stale look without a trace in the state', () => {
    const matter = seenAs(['open', 0], ['working', 10])
    const seen = look(matter, 'open', 11, minute(9))
    expect(seen).toMatchObject({ outcome: 'stale', from: 'working', to: 'working' })
    expect(seen.next).toEqual(matter)
  })

  it('does not take the same updated_at for stale, so that a quarantined look can be replayed', () => {
    const unknown = look(seenAs(['open', 0]), 'Wurking', 5)
    expect(unknown).toMatchObject({ outcome: 'unknown_status', to: 'open' })
    expect(unknown.next).toMatchObject({ rawStatus: 'Wurking', state: 'open', stateEntry: 1 })
    const replayed = observe(
      unknown.next,
      { raw: 'Wurking', state: 'working', at: minute(5), now: minute(60) },
      map,
    )
    expect(replayed.outcome).toBe('changed')
  })

  it('takes nothing for stale when the source tells no time', () => {
    expect(look(seenAs(['open', 10]), 'working', 11, null).outcome).toBe('changed')
  })

  it('takes A, B, A inside the window of B for a slip of the hand', () => {
    const slipped = seenAs(['working', 0], ['waiting', 1])
    expect(slipped.settlesAt?.equals(minute(11))).toBe(true)
    const seen = look(slipped, 'working', 10)
    expect(seen).toMatchObject({ outcome: 'flip_flop', from: 'waiting', to: 'working' })
    expect(seen.next).toMatchObject({ state: 'working', stateEntry: 3, settlesAt: null })
  })

  it('takes A, B, A for two changes once the window has closed', () => {
    expect(look(seenAs(['working', 0], ['waiting', 1]), 'working', 11).outcome).toBe('changed')
  })

  it('undoes a flagged slip in silence as well', () => {
    const slipped = seenAs(['working', 0], ['done', 1], ['waiting', 2])
    expect(look(slipped, 'done', 3).outcome).toBe('flip_flop')
  })

  it('tells real changes apart: A, B, A, B without windows is four', () => {
    const outcomes = ['working', 'done'].flatMap((raw, at) => look(seenAs(['open', 0]), raw, at + 1).outcome)
    expect(outcomes).toEqual(['changed', 'flagged'])
    let matter = seenAs(['waiting', 0])
    const steps = ['done', 'waiting', 'done', 'waiting'].map((raw, at) => {
      const seen = look(matter, raw, (at + 1) * 20, null)
      matter = seen.next
      return seen.outcome
    })
    expect(steps).toEqual(['changed', 'changed', 'changed', 'changed'])
    expect(matter.stateEntry).toBe(5)
  })
})

const raws = ['open', 'working', 'waiting', 'done', 'appeal', 'nobody knows this']
const sights = fc.array(
  fc.record({
    raw: fc.constantFrom(...raws),
    /** Minutes since the sight before. */
    wait: fc.integer({ min: 0, max: 15 }),
    /** How much older than `now` the source says it is; null: it does not say. */
    age: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }),
  }),
  { maxLength: 30 },
)
interface Sight {
  raw: string
  wait: number
  age: number | null
}

function follow(
  list: readonly Sight[],
  each: (before: MatterView, now: number, seen: ReturnType<typeof observe>) => void,
) {
  let matter = unseen
  let now = 0
  for (const { raw, wait, age } of list) {
    now += wait
    const seen = look(matter, raw, now, age === null ? null : minute(now - age))
    each(matter, now, seen)
    matter = seen.next
  }
  return matter
}

describe('any sequence of looks', () => {
  it('ends in the last status that was known and not stale', () => {
    fc.assert(
      fc.property(sights, (list) => {
        // Told apart from the code under test: newest time seen so far, and the last known status not older.
        let newest = Number.NEGATIVE_INFINITY
        let expected: string | null = null
        let now = 0
        for (const { raw, wait, age } of list) {
          now += wait
          const at = age === null ? null : now - age
          if (at !== null && at < newest) continue
          if (at !== null) newest = at
          if (raw !== 'nobody knows this') expected = raw
        }
        expect(follow(list, () => {}).state).toBe(expected)
      }),
      { numRuns: 2_000 },
    )
  })

  it('counts an entry exactly when the state changes, and says so by its outcome', () => {
    fc.assert(
      fc.property(sights, (list) => {
        follow(list, (before, _now, seen) => {
          const moved = before.state !== seen.next.state
          expect(seen.next.stateEntry - before.stateEntry).toBe(moved ? 1 : 0)
          expect(['changed', 'flagged', 'flip_flop'].includes(seen.outcome)).toBe(moved)
          expect([seen.from, seen.to]).toEqual([before.state, seen.next.state])
        })
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('docs/state-machines.md', () => {
  it('draws exactly the arrows that the code can take', () => {
    const page = readFileSync(new URL('../../../docs/state-machines.md', import.meta.url), 'utf8')
    const section = page.split(/^## /m).find((part) => part.startsWith('Matter states observation')) ?? ''
    const drawn = [...section.matchAll(/^ {4}(\w+) --> (\w+): (\w+)$/gm)].map(
      ([, from, to, by]) => `${from} ${by} ${to}`,
    )

    const box = (matter: MatterView, now: number) =>
      matter.state === null ? 'unseen' : windowOpen(matter, minute(now)) ? 'settling' : 'settled'
    const taken = new Set<string>()
    fc.assert(
      fc.property(sights, (list) => {
        follow(list, (before, now, seen) =>
          taken.add(`${box(before, now)} ${seen.outcome} ${box(seen.next, now)}`),
        )
      }),
      { numRuns: 5_000, seed: 7 },
    )
    expect([...taken].sort()).toEqual(drawn.sort())
    expect(new Set(drawn.map((arrow) => arrow.split(' ')[1]))).toEqual(new Set(observationOutcomes))
  })
})
