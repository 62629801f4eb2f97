/**
 * What many ask for at once is read once. Whoever comes while it is being read shares the next reading, not that one: each
 * answer was begun after it was asked for, so nobody is told what was true before their own deed.
 *
 * @param key what is read, and for whom: where two would be answered differently, it differs
 * @param read begins a reading
 */
export type Together = <T>(key: string, read: () => Promise<T>) => Promise<T>

export function together(): Together {
  const running = new Map<string, { next?: { begin(): void; answer: Promise<unknown> } }>()

  const begin = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const place: { next?: { begin(): void; answer: Promise<unknown> } } = {}
    running.set(key, place)
    const over = () => {
      if (place.next) place.next.begin()
      else running.delete(key)
    }
    const answer = read()
    answer.then(over, over)
    return answer
  }

  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const place = running.get(key)
    if (!place) return begin(key, read)
    if (!place.next) {
      const { promise, resolve } = Promise.withResolvers<void>()
      place.next = { begin: resolve, answer: promise.then(() => begin(key, read)) }
    }
    return place.next.answer as Promise<T>
  }
}
