/** What pages ask the API for. A list is read page by page; a refresh reads again what is shown. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answered, api, type Schemas } from './client.ts'

/** The server tells of news by itself (live.ts); this is for what passes with time alone, and for a line that is down. */
const refresh = 60_000
/** Two screens full; the rest follows as somebody comes near it (parts/rows.tsx). */
const perPage = 25

interface PageOf<T> {
  items: T[]
  next: string | null
}

/** A list with a cursor. */
export const paged = <T, P extends PageOf<T> = PageOf<T>>(
  key: readonly unknown[],
  ask: (page: { limit: number; cursor?: string }, signal: AbortSignal) => Promise<P & PageOf<T>>,
) =>
  infiniteQueryOptions({
    queryKey: ['list', ...key],
    queryFn: ({ pageParam, signal }) =>
      ask({ limit: perPage, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: P & PageOf<T>) => last.next,
    refetchInterval: refresh,
  })

export const deadLettersQuery = paged(['dead-letters'], (query, signal) =>
  answered(api.GET('/dead-letters', { params: { query }, signal })),
)
export const heldQuery = (of: { client?: string; matter?: string } = {}) =>
  paged(['held', of], (query, signal) =>
    answered(api.GET('/held', { params: { query: { ...query, ...of } }, signal })),
  )
export const quarantineQuery = paged(['quarantine'], (query, signal) =>
  answered(api.GET('/quarantine', { params: { query }, signal })),
)
export const tasksQuery = (state: 'open' | 'done') =>
  paged(['tasks', state], (query, signal) =>
    answered(api.GET('/tasks', { params: { query: { ...query, state } }, signal })),
  )
export const eventsQuery = paged(['events'], (query, signal) =>
  answered(api.GET('/events', { params: { query: { ...query, outcome: 'unhandled' } }, signal })),
)
export const qualityQuery = (state: 'open' | 'fixed' | 'ignored') =>
  paged(['quality', state], (query, signal) =>
    answered(api.GET('/quality', { params: { query: { ...query, state } }, signal })),
  )

/** What needs a person: the newest of each list. Not a list itself; what is done to one is gone from here too (parts/deed.ts). */
export const todayQuery = queryOptions({
  queryKey: ['today'],
  queryFn: ({ signal }) => answered(api.GET('/today', { signal })),
  refetchInterval: refresh,
})
export const messagesQuery = paged(['messages'], (query, signal) =>
  answered(api.GET('/messages', { params: { query }, signal })),
)
export const newestMessagesQuery = queryOptions({
  queryKey: ['list', 'messages', 'newest'],
  queryFn: ({ signal }) => answered(api.GET('/messages', { params: { query: { limit: 8 } }, signal })),
  refetchInterval: refresh,
})

/** How long the lists are, without reading them. */
export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: ({ signal }) => answered(api.GET('/counts', { signal })),
  refetchInterval: refresh,
})

export const pausesQuery = queryOptions({
  queryKey: ['pauses'],
  queryFn: ({ signal }) => answered(api.GET('/pauses', { signal })),
  refetchInterval: refresh,
})
export const queueQuery = queryOptions({
  queryKey: ['queue'],
  queryFn: ({ signal }) => answered(api.GET('/queue', { signal })),
  refetchInterval: refresh,
})
export const statesQuery = queryOptions({
  queryKey: ['states'],
  queryFn: ({ signal }) => answered(api.GET('/states', { signal })),
  refetchInterval: refresh,
})
export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => answered(api.GET('/templates', { signal })),
})
export const ratesQuery = queryOptions({
  queryKey: ['template-rates'],
  queryFn: ({ signal }) => answered(api.GET('/templates/rates', { signal })),
  staleTime: refresh,
})
export const templateQuery = (key: string) =>
  queryOptions({
    queryKey: ['templates', key],
    queryFn: ({ signal }) => answered(api.GET('/templates/{key}', { params: { path: { key } }, signal })),
  })
export const historyQuery = (key: string) =>
  queryOptions({
    queryKey: ['templates', key, 'history'],
    queryFn: ({ signal }) =>
      answered(api.GET('/templates/{key}/history', { params: { path: { key } }, signal })),
  })
/** @param matter empty: whichever was told it last */
export const previewQuery = (key: string, body: Schemas['TemplateBody'], matter: string) =>
  queryOptions({
    queryKey: ['template-preview', key, matter, body],
    queryFn: ({ signal }) =>
      answered(
        api.POST('/templates/{key}/preview', {
          params: { path: { key } },
          body: { body, ...(matter === '' ? {} : { matter }) },
          signal,
        }),
      ),
    // What was shown last stays until the new words are there.
    placeholderData: (before) => before,
    retry: false,
  })
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => answered(api.GET('/connections', { signal })),
  refetchInterval: 3 * refresh,
})

/** @param q as typed; what is too short to mean anything is not asked for */
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => answered(api.GET('/search', { params: { query: { q, limit: 6 } }, signal })),
    enabled: q.length > 1,
    placeholderData: (before) => before,
    staleTime: 10_000,
  })

export type AskedAs = 'client' | 'phone' | 'mail' | 'matter' | 'message'

export const traceQuery = (q: string, as: AskedAs | undefined, quiet: boolean) =>
  infiniteQueryOptions({
    queryKey: ['trace', q, as ?? null, quiet],
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/trace', {
          params: {
            query: {
              q,
              ...(as ? { as } : {}),
              ...(quiet ? { quiet: 'true' as const } : {}),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: { next: string | null }) => last.next,
    refetchInterval: refresh,
  })

/** What the record is asked for; as it stands in the address bar. */
export interface AuditFilter {
  who?: string | undefined
  act?: string | undefined
  from?: string | undefined
  to?: string | undefined
  client?: string | undefined
  matter?: string | undefined
}
export const auditQuery = (filter: AuditFilter) => {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  return paged(['audit', given], (query, signal) =>
    answered(api.GET('/audit', { params: { query: { ...query, ...given } }, signal })),
  )
}
export const holdsQuery = (state: 'live' | 'released') =>
  paged(['holds', state], (query, signal) =>
    answered(api.GET('/holds', { params: { query: { ...query, state } }, signal })),
  )
export const auditChoicesQuery = queryOptions({
  queryKey: ['audit-choices'],
  queryFn: ({ signal }) => answered(api.GET('/audit/choices', { signal })),
  staleTime: refresh,
})

export const reminderReportQuery = (from: string | undefined, to: string | undefined) =>
  queryOptions({
    queryKey: ['reminder-report', from ?? null, to ?? null],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/reports/reminders', {
          params: { query: { ...(from ? { from } : {}), ...(to ? { to } : {}) } },
          signal,
        }),
      ),
  })
