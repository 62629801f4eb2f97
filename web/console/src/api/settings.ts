/** Settings: people, walls and keys, as pages ask for them. */
import { queryOptions } from '@tanstack/react-query'
import { answered, api, type Schemas } from './client.ts'

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

/** Editions are news for these: see live.ts. */
export const settingsKey = ['settings'] as const
export const hoursQuery = queryOptions({
  queryKey: [...settingsKey, 'hours'],
  queryFn: ({ signal }) => answered(api.GET('/settings/hours', { signal })),
})
export const retentionQuery = queryOptions({
  queryKey: [...settingsKey, 'retention'],
  queryFn: ({ signal }) => answered(api.GET('/settings/retention', { signal })),
})
export const signInQuery = queryOptions({
  queryKey: [...settingsKey, 'sign-in'],
  queryFn: ({ signal }) => answered(api.GET('/settings/sign-in', { signal })),
})
export const settingsHistoryQuery = queryOptions({
  queryKey: [...settingsKey, 'history'],
  queryFn: ({ signal }) => answered(api.GET('/settings/history', { signal })),
})
/** What apply would say of a draft, and what becomes of what waits. */
export const hoursPreviewQuery = (hours: Schemas['FirmHours']) =>
  queryOptions({
    queryKey: ['hours-preview', hours],
    queryFn: ({ signal }) => answered(api.POST('/settings/hours/preview', { body: { hours }, signal })),
    placeholderData: (before) => before,
  })
export const retentionPreviewQuery = (months: Schemas['RetentionMonths']) =>
  queryOptions({
    queryKey: ['retention-preview', months],
    queryFn: ({ signal }) => answered(api.POST('/settings/retention/preview', { body: { months }, signal })),
    placeholderData: (before) => before,
  })
