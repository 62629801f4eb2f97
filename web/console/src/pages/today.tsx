/** What needs a person, the most pressing first, each with its fix beside it; and what goes out. */
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client.ts'
import { countsQuery, newestMessagesQuery, todayQuery } from '../api/queries.ts'
import { Calm } from '../parts/calm.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Waiting } from '../parts/rows.tsx'
import { useWords } from '../words/index.ts'
import { LetterRow, useReplay } from './dead-letters.tsx'
import { EventRow } from './events.tsx'
import { HeldRow } from './held.tsx'
import { MessageList } from './messages.tsx'
import { QualityRow } from './quality.tsx'
import { QuarantineRow } from './quarantine.tsx'
import { TaskRow } from './tasks.tsx'

/** Of each, here; the rest one click away. Some more have been read, for when the first of them are done. */
const shown = 3

export function TodayPage() {
  const { t } = useWords()
  const may = useMay('operate')
  const replay = useReplay()
  const today = useQuery(todayQuery)
  const counts = useQuery(countsQuery)

  const part = <T extends { id: string }>(
    name: keyof Schemas['Today'],
    list: { items: T[]; next: string | null } | undefined,
    to: Target,
    title: string,
    row: (item: T) => ReactNode,
  ) => ({
    to,
    title,
    // What has just been done is gone from a list before the counts are read again.
    ...(list?.next === null
      ? { count: list.items.length, more: false }
      : (counts.data?.[name] ?? { count: list?.items.length ?? 0, more: list !== undefined })),
    rows: list?.items.slice(0, shown).map(row),
  })
  const lists = today.data
  const parts = [
    part('deadLetters', lists?.deadLetters, '/dead-letters', t('nav.dead_letters'), (letter) => (
      <LetterRow key={letter.id} letter={letter} may={may} again={(ids) => replay.mutate(ids)} />
    )),
    part('tasks', lists?.tasks, '/tasks', t('nav.tasks'), (task) => <TaskRow key={task.id} task={task} />),
    part('quarantine', lists?.quarantine, '/quarantine', t('nav.quarantine'), (item) => (
      <QuarantineRow key={item.id} item={item} />
    )),
    part('held', lists?.held, '/held', t('nav.held'), (item) => <HeldRow key={item.id} item={item} />),
    part('quality', lists?.quality, '/quality', t('nav.quality'), (item) => (
      <QualityRow key={item.id} item={item} />
    )),
    part('events', lists?.events, '/events', t('nav.events'), (event) => (
      <EventRow key={event.id} event={event} />
    )),
  ]
  const full = parts.filter(({ rows }) => rows !== undefined && rows.length > 0)
  return (
    <Page title={t('today.title')} lead={t('today.lead')}>
      {today.isError && !lists && <Problem error={today.error} again={() => void today.refetch()} />}
      {today.isPending && <Waiting />}
      {lists && full.length === 0 && (
        <Calm
          title={t('today.calm')}
          hint={t('today.calm_hint')}
          icon={<IconCircleCheck size={44} stroke={1.3} />}
        />
      )}
      {full.length > 0 && (
        <ul className="tiles">
          {parts.map(({ to, title, count, more }) => (
            <li key={to}>
              <Link to={to} className="tile" data-empty={count === 0 || undefined}>
                <span className="tile-count">{more ? t('list.count_more', { count }) : count}</span>
                <span className="tile-word">{title}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {full.map(({ to, title, count, more, rows }) => (
        <Group
          key={to}
          to={to}
          title={title}
          count={more ? t('list.count_more', { count }) : count}
          further={count > shown || more}
        >
          <List label={title}>{rows}</List>
        </Group>
      ))}
      {lists && <GoingOut />}
    </Page>
  )
}

type Target = '/dead-letters' | '/tasks' | '/quarantine' | '/held' | '/quality' | '/events' | '/messages'

/** @param props.further there is more where it leads to */
function Group(props: {
  to: Target
  title: string
  count?: ReactNode
  further: boolean
  children: ReactNode
}) {
  const { t } = useWords()
  return (
    <section className="group" aria-label={props.title}>
      <div className="group-head">
        <h2>
          {props.title} {props.count !== undefined && <span className="count">{props.count}</span>}
        </h2>
        {props.further && (
          <Link to={props.to} className="all" aria-label={t('today.all_of', { what: props.title })}>
            {t('today.all')}
          </Link>
        )}
      </div>
      {props.children}
    </section>
  )
}

/** What was said last: it changes while one looks. */
function GoingOut() {
  const { t } = useWords()
  const newest = useQuery(newestMessagesQuery)
  if (newest.isPending) return <Waiting />
  if (newest.isError && !newest.data)
    return <Problem error={newest.error} again={() => void newest.refetch()} />
  if (newest.data.items.length === 0) return null
  return (
    <Group to="/messages" title={t('messages.going_out')} further={newest.data.next !== null}>
      <MessageList items={newest.data.items} />
    </Group>
  )
}
