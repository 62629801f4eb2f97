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
  /**
   * Under load, how long a batch may gather at least, in milliseconds: a commit for many costs little more than one for
   * few. What comes alone goes at once all the same.
   */
  gather?: number
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
  interface Queue {
    waiting: Waiting<Item, Result>[]
    running: number
    scheduled: boolean
  }
  const queues = new Map<string, Queue>()
  /** When the last batch of a key began that held more than one item: there is load. */
  const loaded = new Map<string, number>()
  const parallel = options.parallel ?? 1
  const gather = options.gather ?? 0
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
      if (batch.length > 1) {
        if (loaded.size > 1_000) loaded.clear()
        loaded.set(key, performance.now())
      }
      void write(key, batch).finally(() => {
        queue.running--
        if (queue.waiting.length > 0) schedule(key, queue)
        else settle(key)
      })
    }
  }

  const schedule = (key: string, queue: Queue) => {
    if (queue.scheduled || queue.running >= parallel) return
    queue.scheduled = true
    const wait = (loaded.get(key) ?? -Infinity) + gather - performance.now()
    if (wait > 0 && queue.waiting.length < options.max) setTimeout(start, wait, key)
    // What came in on the same turn of the event loop goes together.
    else setImmediate(start, key)
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
        schedule(key, queue)
      })
    },
    idle() {
      if (queues.size === 0) return Promise.resolve()
      return new Promise((resolve) => idlers.push(resolve))
    },
  }
}
