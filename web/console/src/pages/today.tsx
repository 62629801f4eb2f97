/** What needs a person, the most pressing first; each with its fix beside it. */
import { Skeleton } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client.ts'
import {
  countsQuery,
  deadLettersQuery,
  eventsQuery,
  heldQuery,
  qualityQuery,
  quarantineQuery,
  tasksQuery,
} from '../api/queries.ts'
import { Calm } from '../parts/calm.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { itemsOf, List, Waiting } from '../parts/rows.tsx'
import { useWords } from '../words/index.ts'
import { LetterRow, useReplay } from './dead-letters.tsx'
import { EventRow } from './events.tsx'
import { HeldRow } from './held.tsx'
import { QualityRow } from './quality.tsx'
import { QuarantineRow } from './quarantine.tsx'
import { TaskRow } from './tasks.tsx'

/** Of each, here; the rest one click away. */
const shown = 3

export function TodayPage() {
  const { t } = useWords()
  const may = useMay('operate')
  const replay = useReplay()
  const counts = useQuery(countsQuery)
  const dead = useInfiniteQuery(deadLettersQuery)
  const tasks = useInfiniteQuery(tasksQuery('open'))
  const quarantine = useInfiniteQuery(quarantineQuery)
  const held = useInfiniteQuery(heldQuery())
  const events = useInfiniteQuery(eventsQuery)
  const quality = useInfiniteQuery(qualityQuery('open'))

  // What has just been done is gone from a list before the counts are read again.
  const sizeOf = (name: keyof Schemas['Counts'], list: Listed) => {
    const pages = list.data?.pages ?? []
    const seen = pages.reduce((sum, { items }) => sum + items.length, 0)
    const whole = pages.length > 0 && (pages.at(-1)?.next ?? null) === null
    return whole
      ? { count: seen, more: false }
      : (counts.data?.[name] ?? { count: seen, more: pages.length > 0 })
  }

  const all = [dead, tasks, quarantine, held, events, quality]
  const broken = all.find((query) => query.isError && !query.data)
  const waiting = all.some((query) => query.isPending)
  const parts: { to: Target; title: string; count: number; more: boolean; rows: ReactNode }[] = [
    {
      ...sizeOf('deadLetters', dead),
      to: '/dead-letters',
      title: t('nav.dead_letters'),
      rows: itemsOf(dead)
        .slice(0, shown)
        .map((letter) => (
          <LetterRow key={letter.id} letter={letter} may={may} again={(ids) => replay.mutate(ids)} />
        )),
    },
    {
      ...sizeOf('tasks', tasks),
      to: '/tasks',
      title: t('nav.tasks'),
      rows: itemsOf(tasks)
        .slice(0, shown)
        .map((task) => <TaskRow key={task.id} task={task} />),
    },
    {
      ...sizeOf('quarantine', quarantine),
      to: '/quarantine',
      title: t('nav.quarantine'),
      rows: itemsOf(quarantine)
        .slice(0, shown)
        .map((item) => <QuarantineRow key={item.id} item={item} />),
    },
    {
      ...sizeOf('held', held),
      to: '/held',
      title: t('nav.held'),
      rows: itemsOf(held)
        .slice(0, shown)
        .map((item) => <HeldRow key={item.id} item={item} />),
    },
    {
      ...sizeOf('quality', quality),
      to: '/quality',
      title: t('nav.quality'),
      rows: itemsOf(quality)
        .slice(0, shown)
        .map((item) => <QualityRow key={item.id} item={item} />),
    },
    {
      ...sizeOf('events', events),
      to: '/events',
      title: t('nav.events'),
      rows: itemsOf(events)
        .slice(0, shown)
        .map((event) => <EventRow key={event.id} event={event} />),
    },
  ]
  const full = parts.filter(({ count }) => count > 0)
  return (
    <Page title={t('today.title')} lead={t('today.lead')}>
      {broken && <Problem error={broken.error} again={() => void broken.refetch()} />}
      {waiting && full.length === 0 && <Waiting />}
      {!waiting && !broken && full.length === 0 && (
        <Calm
          title={t('today.calm')}
          hint={t('today.calm_hint')}
          icon={<IconCircleCheck size={44} stroke={1.3} />}
        />
      )}
      {full.length > 0 && (
        <ul className="tiles">
          {parts.map(({ to, title, count, more }, index) => (
            <li key={to}>
              <Link to={to} className="tile" data-empty={count === 0 || undefined}>
                <span className="tile-count">
                  {all[index]?.isPending ? (
                    <Skeleton height={26} width={30} />
                  ) : more ? (
                    t('list.count_more', { count })
                  ) : (
                    count
                  )}
                </span>
                <span className="tile-word">{title}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {full.map(({ to, title, count, more, rows }) => (
        <section key={to} className="group" aria-label={title}>
          <div className="group-head">
            <h2>
              {title} <span className="count">{more ? t('list.count_more', { count }) : count}</span>
            </h2>
            {(count > shown || more) && (
              <Link to={to} className="all" aria-label={t('today.all_of', { what: title })}>
                {t('today.all')}
              </Link>
            )}
          </div>
          <List label={title}>{rows}</List>
        </section>
      ))}
    </Page>
  )
}

type Target = '/dead-letters' | '/tasks' | '/quarantine' | '/held' | '/quality' | '/events'

interface Listed {
  data?: { pages: { items: unknown[]; next: string | null }[] } | undefined
}
