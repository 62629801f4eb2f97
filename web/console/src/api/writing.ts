/** What the dialog for writing a message asks the API for. */
import { queryOptions } from '@tanstack/react-query'
import { answered, api, type Schemas } from './client.ts'

export const writableQuery = (matter: string) =>
  queryOptions({
    queryKey: ['writable', matter],
    queryFn: ({ signal }) =>
      answered(api.GET('/matters/{id}/templates', { params: { path: { id: matter } }, signal })),
    enabled: matter !== '',
    // What may be written depends on facts and configuration of now.
    staleTime: 0,
  })

export type Wish = Required<Schemas['WritePreviewRequest']>

export const lookQuery = (matter: string, wish: Wish | null) =>
  queryOptions({
    queryKey: ['write-preview', matter, wish],
    queryFn: ({ signal }) =>
      answered(
        api.POST('/matters/{id}/messages/preview', {
          params: { path: { id: matter } },
          body: wish!,
          signal,
        }),
      ),
    enabled: matter !== '' && wish !== null,
    // Gates are of this moment: quiet hours begin, somebody presses the red button.
    refetchInterval: 15_000,
    staleTime: 0,
    gcTime: 0,
    placeholderData: (before) => before,
    retry: false,
  })
