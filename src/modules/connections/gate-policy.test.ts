import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drivenClock } from '../../kernel/index.ts'
import type { CmsLimit } from './access.ts'
import { admit, ended, freshGate, type GateState } from './gate-policy.ts'

const start = Temporal.Instant.from('2030-10-15T18:00:00Z')
const seconds = (n: number) => ({ seconds: n })
const window = (limit: number, remaining: number, resetsAt: Temporal.Instant): CmsLimit => ({
  kind: 'window',
  limit,
  remaining,
  resetsAt,
})
/** A gate that knows of a window of 50, of which so many are used. */
const told = (used: number): GateState =>
  ended(freshGate, { window: null, others: 0 }, window(50, 50 - used, start.add(seconds(60))), start)
const through = (state: GateState): GateState => {
  const verdict = admit(state, 'now', start)
  if (!verdict.go) throw new Error('not let in')
  return verdict.next
}

describe('a rate limit', () => {
  it('that nobody told of lets everyone through and counts nothing', () => {
    expect(admit(freshGate, 'background', start)).toEqual({ go: true, next: freshGate })
  })

  it('is used to its last call by those whom a client waits for', () => {
    expect(admit(told(49), 'now', start)).toMatchObject({ go: true, next: { used: 50 } })
    const full = admit(told(50), 'now', start)
    expect(full.go || full.until).toEqual(start.add(seconds(60)))
  })

  it('keeps 2 of 50 from the background until its last tenth', () => {
    expect(admit(told(47), 'background', start).go).toBe(true)
    const kept = admit(told(48), 'background', start)
    expect(kept.go || kept.until).toEqual(start.add(seconds(54)))
    expect(admit(told(48), 'background', start.add(seconds(54))).go).toBe(true)
    expect(admit(told(50), 'background', start.add(seconds(54))).go).toBe(false)
  })

  it('so small that nothing can be kept of it keeps nothing', () => {
    const small = ended(freshGate, { window: null, others: 0 }, window(10, 1, start.add(seconds(60))), start)
    expect(admit(small, 'background', start).go).toBe(true)
  })

  it('closed by a 429 is closed for everyone until the time told', () => {
    const until = start.add(seconds(17))
    const closed = ended(told(3), { window: 1, others: 0 }, { kind: 'closed', until }, start)
    const verdict = admit(closed, 'now', start)
    expect(verdict.go || verdict.until).toEqual(until)
    expect(admit(closed, 'now', until).go).toBe(true)
  })

  it('believes the CMS where it has counted more than we have', () => {
    const state = ended(through(told(3)), { window: 1, others: 0 }, window(50, 9, told(3).endsAt!), start)
    expect(state.used).toBe(41)
  })

  it('that is lifted is forgotten', () => {
    expect(ended(told(50), { window: 1, others: 0 }, { kind: 'none' }, start).perWindow).toBeNull()
  })

  it('counts what is under way at the end of a window in the next, until it is known to be of the old', () => {
    const old = told(10)
    const two = through(through(old))
    const next = start.add(seconds(60))
    const begun = admit(two, 'now', next)
    expect(begun.next).toMatchObject({ window: 2, used: 3, underWay: 1 })
    const ofTheOld = ended(begun.next, { window: 1, others: 0 }, window(50, 38, old.endsAt!), next)
    expect(ofTheOld.used).toBe(2)
    const ofTheNew = ended(
      ofTheOld,
      { window: 1, others: 0 },
      window(50, 48, next.add(seconds(60))),
      next.add(seconds(1)),
    )
    expect(ofTheNew.used).toBe(2)
  })
})

/** The other side: fixed windows that begin with a call, ends told in whole seconds, as the sandbox counts them. */
function counter(limit: number) {
  let ends = 0
  let used = 0
  let over = 0
  return {
    arrive(now: number): CmsLimit {
      if (now >= ends) {
        ends = now + 60_000
        used = 0
      }
      used++
      if (used > limit) {
        over++
        return { kind: 'closed', until: Temporal.Instant.fromEpochMilliseconds(ends) }
      }
      return window(
        limit,
        limit - used,
        Temporal.Instant.fromEpochMilliseconds(Math.ceil(ends / 1000) * 1000),
      )
    },
    get over() {
      return over
    },
  }
}

describe('many callers, however long their calls take', () => {
  it('never exceed the limit', () => {
    const step = fc.record({
      /** What happens next, and how long after: calls begin, arrive and end in any order. */
      what: fc.constantFrom('begin', 'begin', 'begin', 'arrive', 'arrive', 'end', 'end', 'lose'),
      which: fc.nat(30),
      ms: fc.oneof({ weight: 9, arbitrary: fc.nat(400) }, { weight: 1, arbitrary: fc.nat(59_000) }),
      urgency: fc.constantFrom('now' as const, 'background' as const),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(step, { minLength: 20, maxLength: 400 }),
        (limit, steps) => {
          const clock = drivenClock(start)
          const cms = counter(limit)
          let state = ended(
            freshGate,
            { window: null, others: 0 },
            cms.arrive(clock.now().epochMilliseconds),
            clock.now(),
          )
          const begun: { window: number; at: number }[] = []
          const arrived: { window: number; told: CmsLimit; at: number }[] = []
          for (const { what, which, ms, urgency } of steps) {
            clock.advance({ milliseconds: ms })
            const now = clock.now()
            // No call outlives its time-out.
            const late = (call: { at: number }) => now.epochMilliseconds - call.at > 10_000
            for (const call of begun.filter(late)) {
              begun.splice(begun.indexOf(call), 1)
              state = ended(state, { window: call.window, others: 0 }, undefined, now)
            }
            for (const call of arrived.filter(late)) {
              arrived.splice(arrived.indexOf(call), 1)
              state = ended(state, { window: call.window, others: 0 }, call.told, now)
            }
            if (what === 'begin') {
              const verdict = admit(state, urgency, now)
              state = verdict.next
              if (verdict.go) begun.push({ window: state.window, at: now.epochMilliseconds })
            } else if (what === 'arrive') {
              const [call] = begun.splice(which % Math.max(1, begun.length), 1)
              if (call) arrived.push({ ...call, told: cms.arrive(now.epochMilliseconds) })
            } else if (arrived.length > 0) {
              const [call] = arrived.splice(which % arrived.length, 1)
              const heard = what === 'end' ? call!.told : undefined
              state = ended(state, { window: call!.window, others: 0 }, heard, now)
            }
          }
          expect(cms.over).toBe(0)
        },
      ),
      { numRuns: 1500 },
    )
  })
})
