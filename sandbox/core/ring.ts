/** A first-in, first-out log. */
export type Ring<T> = {
  push(item: T): void
  /** Takes the oldest out. */
  shift(): T | undefined
  /** Oldest first. */
  filter(keep: (item: T) => boolean): T[]
  clear(): void
  readonly length: number
}

export function createRing<T>(): Ring<T> {
  let items: T[] = []
  let start = 0
  return {
    push: (item) => void items.push(item),
    shift() {
      if (start === items.length) return undefined
      const item = items[start]
      start++
      // Array.shift would move every item each time; this moves them once in a while.
      if (start > 1000 && start * 2 > items.length) {
        items = items.slice(start)
        start = 0
      }
      return item
    },
    filter(keep) {
      const found: T[] = []
      for (let i = start; i < items.length; i++) if (keep(items[i]!)) found.push(items[i]!)
      return found
    },
    clear() {
      items = []
      start = 0
    },
    get length() {
      return items.length - start
    },
  }
}
