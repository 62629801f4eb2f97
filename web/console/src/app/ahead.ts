/** What the first page shows is asked for while the page is still being put together: both take as long. */
import type { QueryClient } from '@tanstack/react-query'
import { countsQuery, newestMessagesQuery, pausesQuery, queueQuery, todayQuery } from '../api/queries.ts'
import { meQuery } from '../api/session.ts'

/** Who comes to these is not signed in, or does not have to be. */
const outside = ['/sign-in', '/join', '/forgot', '/reset']

/** @param path of the page that is opened */
export function askAhead(queries: QueryClient, path: string): void {
  if (outside.includes(path)) return
  void queries.prefetchQuery(meQuery)
  if (path === '/') {
    void queries.prefetchQuery(todayQuery)
    void queries.prefetchQuery(newestMessagesQuery)
  }
  // Beside every page.
  void queries.prefetchQuery(countsQuery)
  void queries.prefetchQuery(queueQuery)
  void queries.prefetchQuery(pausesQuery)
}
