/** News from the server, as it happens: what is shown is read again, once a second at most. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Schemas } from './client.ts'
import { concernedBy, everything, isAmong } from './news.ts'

/** However much happens, a page is not read again more often than this. */
const atMostEvery = 1_000

/**
 * Watches as long as the page is open. The browser connects again by itself, and says where it was (Last-Event-ID), so
 * that nothing is left out; what can't be told any more is read anew.
 */
export function useLive(on: boolean): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (!on) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = 0
    let waiting = new Set<string>()
    const look = (names: ReadonlySet<string>) => {
      for (const name of names) waiting.add(name)
      if (timer !== undefined) return
      const wait = Math.max(0, last + atMostEvery - Date.now())
      timer = setTimeout(() => {
        timer = undefined
        last = Date.now()
        const now = waiting
        waiting = new Set()
        void queries.invalidateQueries({ predicate: ({ queryKey }) => isAmong(now, queryKey) })
      }, wait)
    }
    const source = new EventSource('/api/v1/live')
    // Nothing is older than this; but a page may have been read before.
    const anew = () => look(everything)
    source.addEventListener('hello', anew)
    source.addEventListener('reset', anew)
    source.addEventListener('changes', ({ data }: MessageEvent<string>) =>
      look(concernedBy(JSON.parse(data) as Schemas['LiveChanges'])),
    )
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [on, queries])
}
