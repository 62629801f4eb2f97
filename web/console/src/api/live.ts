/** News from the server, as it happens: what is shown is read again, once a second at most. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Schemas } from './client.ts'

/** What each kind of news changes on pages; `me` and the like are nobody's news. */
const concerned = new Set([
  'list',
  'counts',
  'trace',
  'pauses',
  'queue',
  'connections',
  'reminder-report',
  'staff',
  'states',
  'search',
])

/** What is read of the configuration: only an edition of that is news for it. */
const configured = new Set(['rules'])

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
    let edited = false
    const look = () => {
      if (timer !== undefined) return
      const wait = Math.max(0, last + atMostEvery - Date.now())
      timer = setTimeout(() => {
        timer = undefined
        last = Date.now()
        const names = new Set(edited ? [...concerned, ...configured] : concerned)
        edited = false
        void queries.invalidateQueries({ predicate: ({ queryKey }) => names.has(String(queryKey[0])) })
      }, wait)
    }
    const source = new EventSource('/api/v1/live')
    // Nothing is older than this; but a page may have been read before.
    const anew = () => {
      edited = true
      look()
    }
    source.addEventListener('hello', anew)
    source.addEventListener('reset', anew)
    source.addEventListener('changes', ({ data }: MessageEvent<string>) => {
      const { kinds } = JSON.parse(data) as Schemas['LiveChanges']
      if ('revision' in kinds) edited = true
      look()
    })
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [on, queries])
}
