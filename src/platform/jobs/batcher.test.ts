import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batcher } from './batcher.ts'

const tick = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A writer that takes batches and ends them when told. */
function writer(options: { max: number; parallel?: number; bad?: ReadonlySet<number> }) {
  const batches: { key: string; items: number[]; done(): void }[] = []
  const made = batcher<number, number>({
    key: (n) => (n % 2 === 0 ? 'even' : 'odd'),
    ...options,
    run: async (key, items) => {
      await new Promise<void>((resolve) => batches.push({ key, items, done: resolve }))
      if (items.some((n) => options.bad?.has(n))) throw new Error(`bad batch of ${items.length}`)
      return items.map((n) => n * 10)
    },
  })
  return {
    made,
    batches,
    async finishAll() {
      for (let at = 0; ; at++) {
        for (let waits = 0; at >= batches.length && waits < 20; waits++) await tick()
        if (at >= batches.length) return
        batches[at]!.done()
      }
    },
  }
}

describe('group commit', () => {
  it('takes together what came in on one turn, apart by key', async () => {
    const { made, batches, finishAll } = writer({ max: 10 })
    const results = Promise.all([0, 1, 2, 3].map((n) => made.add(n)))
    await tick()
    expect(batches.map((b) => [b.key, b.items])).toEqual([
      ['even', [0, 2]],
      ['odd', [1, 3]],
    ])
    await finishAll()
    expect(await results).toEqual([0, 10, 20, 30])
  })

  it('gathers the next batch while one is written, as large as allowed', async () => {
    const { made, batches, finishAll } = writer({ max: 3 })
    const all = [made.add(0)]
    await tick()
    for (const n of [2, 4, 6, 8]) all.push(made.add(n))
    await tick()
    expect(batches.map((b) => b.items)).toEqual([[0]])
    await finishAll()
    expect(batches.map((b) => b.items)).toEqual([[0], [2, 4, 6], [8]])
    expect(await Promise.all(all)).toEqual([0, 20, 40, 60, 80])
  })

  it('writes as many batches of a key at once as it may', async () => {
    const { made, batches, finishAll } = writer({ max: 1, parallel: 2 })
    const all = Promise.all([0, 2, 4].map((n) => made.add(n)))
    await tick()
    expect(batches.map((b) => b.items)).toEqual([[0], [2]])
    await finishAll()
    expect(await all).toEqual([0, 20, 40])
  })

  it('lets one bad row fail alone', async () => {
    const { made, finishAll } = writer({ max: 10, bad: new Set([2]) })
    const all = Promise.allSettled([0, 2, 4].map((n) => made.add(n)))
    await finishAll()
    expect((await all).map((r) => (r.status === 'fulfilled' ? r.value : String(r.reason)))).toEqual([
      0,
      'Error: bad batch of 1',
      40,
    ])
  })

  it('gives every item its own result, whatever comes when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 99 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        async (items, max) => {
          let largest = 0
          const made = batcher<number, number>({
            key: (n) => String(n % 3),
            max,
            run: async (_, batch) => {
              largest = Math.max(largest, batch.length)
              await tick()
              return batch.map((n) => n + 1)
            },
          })
          const results = items.map(async (n, i) => {
            if (i % 4 === 0) await tick()
            return made.add(n)
          })
          expect(await Promise.all(results)).toEqual(items.map((n) => n + 1))
          await made.idle()
          expect(largest).toBeLessThanOrEqual(max)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('is idle when nothing waits or is written', async () => {
    const { made, finishAll } = writer({ max: 1 })
    await made.idle()
    const one = made.add(1)
    let idle = false
    const waiting = made.idle().then(() => {
      idle = true
    })
    await tick()
    expect(idle).toBe(false)
    await finishAll()
    await Promise.all([one, waiting])
    expect(idle).toBe(true)
  })
})
