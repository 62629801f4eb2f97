/** Something staff do: what it changes is shown at once where that is safe, and told when it is done or refused. */

import { notifications } from '@mantine/notifications'
import { type InfiniteData, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, type Schemas, unreachable } from '../api/client.ts'
import { todayQuery } from '../api/queries.ts'
import { useTellProblem } from './problem.tsx'

/** The first call is still at it, or too many came at once. @returns milliseconds */
const waits = (error: Error): number | null =>
  error instanceof ApiProblem && error.retryAfter !== undefined && error.retryAfter <= 10
    ? error.retryAfter * 1_000
    : null

/** What is done once however often it is asked (api/once.ts) is tried again when the line broke off. */
export const tryAgain = {
  retry: (count: number, error: Error) => count < 3 && (unreachable(error) || waits(error) !== null),
  retryDelay: (count: number, error: Error) => waits(error) ?? 1_000 * 2 ** count,
} as const

interface Listed {
  items: { id: string }[]
  next: string | null
}
type Pages = InfiniteData<Listed>

const without = <T extends Listed>(list: T, gone: ReadonlySet<string>): T => ({
  ...list,
  items: list.items.filter(({ id }) => !gone.has(id)),
})

const fewer = (today: Schemas['Today'], gone: ReadonlySet<string>): Schemas['Today'] => ({
  deadLetters: without(today.deadLetters, gone),
  tasks: without(today.tasks, gone),
  quarantine: without(today.quarantine, gone),
  held: without(today.held, gone),
  quality: without(today.quality, gone),
  events: without(today.events, gone),
})

export interface Deed<In, Out> {
  act: (input: In) => Promise<Out>
  /** The list that it is about; ids that leave it are gone at once, and come back when it was refused. */
  list?: QueryKey
  leaves?: (input: In) => readonly string[]
  /** Other lists that it may change. */
  touches?: readonly QueryKey[]
  said: (out: Out, input: In) => { title: string; message?: string }
  /** A conflict has a reason of its own, which is told; without it, somebody else was quicker. */
  explains?: boolean
}

export function useDeed<In, Out>(deed: Deed<In, Out>) {
  const queries = useQueryClient()
  const tellProblem = useTellProblem(deed.explains)
  return useMutation({
    mutationFn: deed.act,
    ...tryAgain,
    onMutate: async (input) => {
      const { list, leaves } = deed
      if (!list || !leaves) return undefined
      const { queryKey: ofToday } = todayQuery
      await Promise.all([list, ofToday].map((queryKey) => queries.cancelQueries({ queryKey })))
      const before = { list: queries.getQueryData<Pages>(list), today: queries.getQueryData(ofToday) }
      const gone = new Set(leaves(input))
      queries.setQueryData<Pages>(
        list,
        (data) => data && { ...data, pages: data.pages.map((page) => without(page, gone)) },
      )
      queries.setQueryData(ofToday, (data) => data && fewer(data, gone))
      return before
    },
    onError: (error, _input, before) => {
      if (before && deed.list) {
        queries.setQueryData(deed.list, before.list)
        queries.setQueryData(todayQuery.queryKey, before.today)
      }
      tellProblem(error)
    },
    onSuccess: (out, input) => {
      const { title, message } = deed.said(out, input)
      notifications.show({ title, message: message ?? '', color: 'teal' })
    },
    onSettled: () =>
      Promise.all(
        [['counts'], todayQuery.queryKey, ...(deed.list ? [deed.list] : []), ...(deed.touches ?? [])].map(
          (queryKey) => queries.invalidateQueries({ queryKey }),
        ),
      ),
  })
}
