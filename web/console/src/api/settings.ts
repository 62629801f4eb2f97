/** Settings: people, walls and keys, as pages ask for them. */
import { queryOptions } from '@tanstack/react-query'
import { answered, api } from './client.ts'

export const staffQuery = queryOptions({
  queryKey: ['staff'],
  queryFn: ({ signal }) => answered(api.GET('/staff', { signal })),
})
export const wallsQuery = queryOptions({
  queryKey: ['walls'],
  queryFn: ({ signal }) => answered(api.GET('/walls', { signal })),
})
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => answered(api.GET('/keys', { signal })),
})
