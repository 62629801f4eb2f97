/** News from the server, as it happens: what is shown is read again, once a second at most. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** What each kind of news changes on pages; `me` and the like are nobody's news. */
const concerned = new Set([
  'list',
  'trace',
  'pauses',
  'queue',
  'connections',
  'reminder-report',
  'staff',
  'states',
  'search',
  'rules',
])

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
    const look = () => {
      if (timer !== undefined) return
      const wait = Math.max(0, last + atMostEvery - Date.now())
      timer = setTimeout(() => {
        timer = undefined
        last = Date.now()
        void queries.invalidateQueries({ predicate: ({ queryKey }) => concerned.has(String(queryKey[0])) })
      }, wait)
    }
    const source = new EventSource('/api/v1/live')
    // Nothing is older than this; but a page may have been read before.
    source.addEventListener('hello', look)
    source.addEventListener('changes', look)
    source.addEventListener('reset', look)
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [on, queries])
}
