/** Answers of the API, and what is done when it wants to know who asks. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem, unreachable } from '../api/client.ts'
import type { ConsoleRouter } from './router.tsx'

/** @param router made after this, since it is handed the client */
export function makeQueryClient(router: () => ConsoleRouter): QueryClient {
  const refused = (error: unknown) => {
    if (!(error instanceof ApiProblem) || error.status !== 401) return
    // A wrong code is refused in the same way as having no session; the page says so itself.
    if (error.code !== undefined && error.code !== 'UNAUTHORIZED') return
    const { pathname, href } = router().state.location
    if (pathname === '/sign-in' || pathname === '/join') return
    client.clear()
    void router().navigate({ to: '/sign-in', search: { back: href } })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: refused }),
    mutationCache: new MutationCache({ onError: refused }),
    defaultOptions: {
      queries: {
        staleTime: 3_000,
        gcTime: 10 * 60_000,
        // What the server has refused it refuses again; only a network that failed is worth another try.
        retry: (count, error) => unreachable(error) && count < 2,
      },
      mutations: { retry: false },
    },
  })
  return client
}
