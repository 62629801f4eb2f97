/** Rules: what pages ask for, and what they do with a draft. */
import { queryOptions } from '@tanstack/react-query'
import { answered, api, type Schemas } from './client.ts'

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => answered(api.GET('/rules', { signal })),
})

export const ruleHistoryQuery = (key: string) =>
  queryOptions({
    queryKey: ['rules', key, 'history'],
    queryFn: ({ signal }) => answered(api.GET('/rules/{key}/history', { params: { path: { key } }, signal })),
  })

/** What apply would say of it. A text that was looked at once is not asked for again. */
export const ruleCheckQuery = (key: string, yaml: string) =>
  queryOptions({
    queryKey: ['rule-check', key, yaml],
    queryFn: ({ signal }) =>
      answered(api.POST('/rules/{key}/check', { params: { path: { key } }, body: { yaml }, signal })),
    placeholderData: (before) => before,
    staleTime: 30_000,
  })

export const tryRule = (key: string, body: Schemas['RuleTrialRequest'], signal?: AbortSignal) =>
  answered(api.POST('/rules/{key}/trial', { params: { path: { key } }, body, ...(signal ? { signal } : {}) }))

export const publishRule = (key: string, body: Schemas['PublishRequest']) =>
  answered(api.PUT('/rules/{key}', { params: { path: { key } }, body }))

export const removeRule = (key: string, body: Schemas['RemovalRequest']) =>
  answered(api.PUT('/rules/{key}/removal', { params: { path: { key } }, body }))
