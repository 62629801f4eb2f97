/**
 * Group commit: while one batch is being written, what arrives gathers into the next.
 * Alone, an item goes at once; under load, batches grow by themselves.
 */
export interface BatcherOptions<Item, Result> {
  /** Items of different keys (firms) never share a batch. */
  key(item: Item): string
  /** Writes a batch; results in the order of the items. */
  run(key: string, items: Item[]): Promise<Result[]>
  /** The largest batch. */
  max: number
  /** Batches of one key written at the same time. */
  parallel?: number
}

export interface Batcher<Item, Result> {
  add(item: Item): Promise<Result>
  /** Resolves when nothing is waiting or being written. */
  idle(): Promise<void>
}

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

export function batcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
  const queues = new Map<string, { waiting: Waiting<Item, Result>[]; running: number; scheduled: boolean }>()
  const parallel = options.parallel ?? 1
  let idlers: (() => void)[] = []

  const settle = (key: string) => {
    const queue = queues.get(key)
    if (queue && queue.running === 0 && queue.waiting.length === 0) queues.delete(key)
    if (queues.size > 0) return
    for (const wake of idlers) wake()
    idlers = []
  }

  const write = async (key: string, batch: Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await options.run(
        key,
        batch.map((w) => w.item),
      )
      batch.forEach((w, i) => {
        w.resolve(results[i]!)
      })
    } catch (error) {
      // One bad row must not take its neighbours with it.
      if (batch.length === 1) batch[0]!.reject(error)
      else for (const w of batch) await write(key, [w])
    }
  }

  const start = (key: string) => {
    const queue = queues.get(key)!
    queue.scheduled = false
    while (queue.running < parallel && queue.waiting.length > 0) {
      const batch = queue.waiting.splice(0, options.max)
      queue.running++
      void write(key, batch).finally(() => {
        queue.running--
        if (queue.waiting.length > 0) start(key)
        else settle(key)
      })
    }
  }

  return {
    add(item) {
      return new Promise<Result>((resolve, reject) => {
        const key = options.key(item)
        let queue = queues.get(key)
        if (!queue) {
          queue = { waiting: [], running: 0, scheduled: false }
          queues.set(key, queue)
        }
        queue.waiting.push({ item, resolve, reject })
        if (queue.scheduled || queue.running >= parallel) return
        queue.scheduled = true
        // What came in on the same turn of the event loop goes together.
        setImmediate(start, key)
      })
    },
    idle() {
      if (queues.size === 0) return Promise.resolve()
      return new Promise((resolve) => idlers.push(resolve))
    },
  }
}
