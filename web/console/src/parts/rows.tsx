/**
 * A list to be worked through, by mouse or by keyboard: J and K go from row to row, and in a row a key presses the
 * button that carries it (`data-key`).
 */
import { Button, Skeleton } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useWords } from '../words/index.ts'
import { Calm } from './calm.tsx'
import { Problem } from './problem.tsx'

type Paged<T> = UseInfiniteQueryResult<InfiniteData<{ items: T[]; next: string | null }>>

export const itemsOf = <T,>(query: Pick<Paged<T>, 'data'>): T[] =>
  query.data?.pages.flatMap((page) => page.items) ?? []

/** Shows a list, or why there is none: skeletons while it comes, a calm line when it is empty. */
export function Rows<T>(props: {
  query: Paged<T>
  empty: string
  emptyHint?: string
  label: string
  children: (items: T[]) => ReactNode
}) {
  const { t } = useWords()
  const { query } = props
  const items = itemsOf(query)
  if (query.isPending) return <Waiting />
  if (query.isError && items.length === 0)
    return <Problem error={query.error} again={() => void query.refetch()} />
  if (items.length === 0) return <Calm title={props.empty} hint={props.emptyHint} />
  return (
    <>
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {props.children(items)}
      <More query={query} label={t('list.more')} />
    </>
  )
}

/** The way to what comes after what is shown; whoever comes near it has it read already. */
export function More({ query, label }: { query: Following; label: string }) {
  const { hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const here = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  useEffect(() => {
    const end = here.current
    if (!hasNextPage || !end) return
    const watch = new IntersectionObserver((seen) => setNear(seen.at(-1)?.isIntersecting ?? false), {
      rootMargin: '600px',
    })
    watch.observe(end)
    return () => watch.disconnect()
  }, [hasNextPage])
  // Not while the list is read anew: one of the two would be broken off.
  const wanted = near && hasNextPage && !isFetching && !isFetchNextPageError
  useEffect(() => {
    if (wanted) void fetchNextPage()
  }, [wanted, fetchNextPage])
  return (
    hasNextPage && (
      <div className="more" ref={here}>
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {label}
        </Button>
      </div>
    )
  )
}

interface Following {
  hasNextPage: boolean
  isFetching: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage(): Promise<unknown>
}

export const List = (props: { label: string; children: ReactNode }) => (
  <ul className="rows" aria-label={props.label}>
    {props.children}
  </ul>
)

/** @param props.name for screen readers, who hear it on the way through the list */
export function Row(props: { name: string; children: ReactNode; selected?: boolean }) {
  const pressed = (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const button = event.currentTarget.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`)
    if (!button) return
    event.preventDefault()
    // The row may go with what the button does: the next one is where the work goes on.
    const next = neighbour(event.currentTarget, 1) ?? neighbour(event.currentTarget, -1)
    button.click()
    if (button.dataset.leaves !== undefined) next?.focus()
  }
  return (
    <li
      className="row"
      data-row
      data-selected={props.selected || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a place to stand on the way through the list
      tabIndex={0}
      aria-label={props.name}
      onKeyDown={pressed}
    >
      {props.children}
    </li>
  )
}

export function neighbour(row: Element, step: 1 | -1): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>('[data-row]')]
  return all[all.indexOf(row as HTMLElement) + step]
}

export const Waiting = () => (
  <div className="rows waiting" aria-hidden data-waiting>
    {[72, 54, 63, 48].map((width) => (
      <div className="row" key={width}>
        <Skeleton height={14} width={`${width}%`} mb={10} />
        <Skeleton height={11} width={`${width - 20}%`} />
      </div>
    ))}
  </div>
)
