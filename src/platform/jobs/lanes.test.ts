import { afterEach, describe, expect, it, vi } from 'vitest'
import type { FirmId } from '../../kernel/index.ts'
import { type LaneResult, Lanes } from './lanes.ts'

const [a, b, c] = ['a', 'b', 'c'] as unknown as [FirmId, FirmId, FirmId]

/** A lane whose turns end when told. */
function laneOf(parallel: number) {
  const turns: { firm: FirmId; end(result?: LaneResult): void; fail(error: Error): void }[] = []
  const errors: unknown[] = []
  const lanes = new Lanes({ onError: (_lane, firm, error) => errors.push([firm, error]), restAfterError: 1 })
  lanes.register({
    name: 'work',
    parallel,
    run: (firm) =>
      new Promise((resolve, reject) =>
        turns.push({ firm, end: (r = { next: 'idle' }) => resolve(r), fail: reject }),
      ),
  })
  const go = (firm: FirmId) => lanes.nudge('work', firm)
  const turn = async (n: number) => {
    for (let i = 0; turns.length <= n; i++) {
      if (i > 200) throw new Error(`no turn ${n}`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    return turns[n]!
  }
  return { lanes, turns, errors, go, turn }
}

afterEach(() => void vi.useRealTimers())

describe('a lane', () => {
  it('works for one firm never twice at once, and looks again when nudged meanwhile', async () => {
    const { lanes, turns, go, turn } = laneOf(5)
    go(a)
    go(a)
    go(a)
    expect(turns.map((t) => t.firm)).toEqual([a])
    turns[0]!.end()
    ;(await turn(1)).end()
    await lanes.settled()
    expect(turns).toHaveLength(2)
  })

  it('goes round: a firm with more to do waits for the others', async () => {
    const { lanes, go, turn, turns } = laneOf(1)
    go(a)
    go(b)
    go(c)
    ;(await turn(0)).end({ next: 'more' })
    ;(await turn(1)).end()
    ;(await turn(2)).end()
    ;(await turn(3)).end()
    await lanes.settled()
    expect(turns.map((t) => t.firm)).toEqual([a, b, c, a])
  })

  it('works for as many firms at once as it may', async () => {
    const { lanes, go, turns, turn } = laneOf(2)
    for (const firm of [a, b, c]) go(firm)
    expect(turns.map((t) => t.firm)).toEqual([a, b])
    turns[1]!.end()
    ;(await turn(2)).end()
    turns[0]!.end()
    await lanes.settled()
  })

  it('comes back by itself after the time it asked for, and after an error', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { lanes, go, turn, errors } = laneOf(1)
    go(a)
    ;(await turn(0)).end({ next: 'wait', milliseconds: 1 })
    await lanes.settled()
    vi.advanceTimersByTime(1)
    const failure = new Error('broken')
    ;(await turn(1)).fail(failure)
    await lanes.settled()
    expect(errors).toEqual([[a, failure]])
    vi.advanceTimersByTime(1)
    ;(await turn(2)).end()
    await lanes.settled()
  })

  it('ends what runs and takes nothing new when it drains', async () => {
    const { lanes, go, turns } = laneOf(1)
    go(a)
    go(b)
    const drained = lanes.drain()
    turns[0]!.end({ next: 'more' })
    await drained
    go(c)
    expect(turns).toHaveLength(1)
    expect(lanes.quiet).toBe(true)
  })

  it('has one name, and no other is known', () => {
    const { lanes } = laneOf(1)
    expect(() => lanes.register({ name: 'work', parallel: 1, run: async () => ({ next: 'idle' }) })).toThrow(
      'twice',
    )
    expect(() => lanes.nudge('play', a)).toThrow('no lane is called play')
  })
})
