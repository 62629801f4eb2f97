/** What the pages of clients and matters ask the API for. */
import { queryOptions } from '@tanstack/react-query'
import { answered, api } from './client.ts'
import { paged } from './queries.ts'

export type Scope = 'client' | 'matter'

const refresh = 60_000

export const clientQuery = (id: string) =>
  queryOptions({
    queryKey: ['subject', 'client', id],
    queryFn: ({ signal }) => answered(api.GET('/clients/{id}', { params: { path: { id } }, signal })),
    refetchInterval: refresh,
  })
export const matterQuery = (id: string) =>
  queryOptions({
    queryKey: ['subject', 'matter', id],
    queryFn: ({ signal }) => answered(api.GET('/matters/{id}', { params: { path: { id } }, signal })),
    refetchInterval: refresh,
  })
export const timelineQuery = (scope: Scope, id: string) =>
  paged(['timeline', scope, id], (query, signal) =>
    scope === 'client'
      ? answered(api.GET('/clients/{id}/timeline', { params: { path: { id }, query }, signal }))
      : answered(api.GET('/matters/{id}/timeline', { params: { path: { id }, query }, signal })),
  )
