/** Everything that was said and heard, as one line in time, each with the way to its trace. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client.ts'
import { type Scope, timelineQuery } from '../api/subjects.ts'
import { DeletedWords } from '../parts/deleted-words.tsx'
import { Moment } from '../parts/moment.tsx'
import { Rows } from '../parts/rows.tsx'
import { SubjectLink } from '../parts/subject-link.tsx'
import { Tag, type Tone, toneOfState } from '../parts/tag.tsx'
import { readable, section, termIn, useWords, wordOr } from '../words/index.ts'
import { useReasons } from '../words/reasons.ts'
import { Section } from './section.tsx'
import { MessageLine } from './timeline-message.tsx'

type Item = Schemas['TimelineItem']

export function Timeline(props: { scope: Scope; id: string; clientZone: string | null }) {
  const { t } = useWords()
  const query = useInfiniteQuery(timelineQuery(props.scope, props.id))
  return (
    <Section title={t('subject.timeline')}>
      <Rows query={query} empty={t('subject.timeline_empty')} label={t('subject.timeline')}>
        {(items: Item[]) => (
          <ol className="timeline" aria-label={t('subject.timeline')}>
            {items.map((item) => (
              <Line key={`${item.kind} ${item.id}`} item={item} {...props} />
            ))}
          </ol>
        )}
      </Rows>
    </Section>
  )
}

const tones: Readonly<Record<Exclude<Item['kind'], 'message'>, Tone>> = {
  text: 'info',
  notice: 'plain',
  reminder: 'plain',
  state: 'info',
  consent: 'plain',
  task: 'warn',
  act: 'plain',
}

function Line({ item, scope, clientZone }: { item: Item; scope: Scope; clientZone: string | null }) {
  const { t, language } = useWords()
  const isMessage = item.kind === 'message'
  return (
    <li className="timeline-line" data-kind={item.kind}>
      <p className="part-head">
        <Tag tone={isMessage ? toneOfState(item.state) : tones[item.kind]}>
          {t(`subject.kind_${item.kind}`)}
        </Tag>
        {isMessage && (
          <Tag tone={toneOfState(item.state)}>{wordOr(section(language, 'state'), item.state)}</Tag>
        )}
        <Moment at={item.at} clientZone={clientZone} />
        {scope === 'client' && item.matterId && (
          <SubjectLink scope="matter" id={item.matterId} className="about-matter">
            {item.matter ?? t('subject.matter')}
          </SubjectLink>
        )}
        <TraceLink item={item} />
      </p>
      <Words item={item} />
    </li>
  )
}

/** To the story that it stands in; staff's own deeds stand in the record. */
function TraceLink({ item }: { item: Item }) {
  const { t } = useWords()
  if (item.kind === 'act')
    return item.matterId ? (
      <Link className="to-trace" to="/audit" search={{ matter: item.matterId }}>
        {t('subject.record')}
      </Link>
    ) : null
  const asked =
    item.kind === 'message'
      ? { q: item.id, as: 'message' as const }
      : item.kind === 'text'
        ? { q: item.from, as: 'phone' as const }
        : item.kind === 'consent'
          ? { q: item.address, as: item.channel === 'sms' ? ('phone' as const) : ('mail' as const) }
          : item.matterId
            ? { q: item.matterId, as: 'matter' as const }
            : null
  return asked ? (
    <Link className="to-trace" to="/trace" search={asked}>
      {t('subject.trace')}
    </Link>
  ) : null
}

function Words({ item }: { item: Item }): ReactNode {
  const why = useReasons()
  const { t, language } = useWords()
  switch (item.kind) {
    case 'message':
      return <MessageLine message={item} />
    case 'text':
      return (
        <>
          <p className="dim">{t('subject.sender', { address: item.from })}</p>
          <blockquote className="words">
            {item.body ?? <DeletedWords deleted={item.wordsDeleted} />}
          </blockquote>
          {item.media > 0 && <p className="dim">{t('trace.media', { count: item.media })}</p>}
        </>
      )
    case 'notice':
      return (
        <p>
          <span className="strong">{readable(item.template || item.rule)}</span>{' '}
          {wordOr(section(language, 'state'), item.state)}: {why(item.reason)}
          {item.audience !== 'client' && item.recipient && ` (${item.recipient})`}
        </p>
      )
    case 'reminder':
      return (
        <p>
          <span className="strong">{item.what ?? readable(item.plan)}</span> {readable(item.step)} ·{' '}
          {t(item.state === 'skipped' ? 'subject.skipped' : 'subject.superseded')}: {why(item.reason)}
        </p>
      )
    case 'state':
      return (
        <p>
          <span className="strong">
            {item.from
              ? t('subject.moved', { from: readable(item.from), to: readable(item.to ?? '?') })
              : readable(item.to ?? '?')}
          </span>{' '}
          {item.raw && <span className="dim">{t('subject.raw', { raw: item.raw })}</span>}{' '}
          {item.outcome === 'flagged' && <Tag tone="bad">{t('subject.flagged')}</Tag>}
          {item.outcome === 'flip_flop' && <Tag tone="warn">{t('subject.flip_flop')}</Tag>}
        </p>
      )
    case 'consent':
      return (
        <p>
          <Tag tone={item.granted ? 'good' : 'bad'}>
            {t(item.granted ? 'trace.consent_yes' : 'trace.consent_no', {
              purpose: item.purpose === '*' ? t('trace.every_purpose') : item.purpose,
            })}
          </Tag>{' '}
          {item.address}{' '}
          <span className="dim">
            {termIn(language, item.how)}, {item.by}
          </span>
        </p>
      )
    case 'task':
      return <TaskWords task={item} />
    case 'act':
      return (
        <p>
          <span className="strong">{readable(item.action)}</span> {item.who}
          {item.reason && <span className="dim"> · {item.reason}</span>}
        </p>
      )
  }
}

function TaskWords({ task }: { task: Extract<Item, { kind: 'task' }> }) {
  const { t } = useWords()
  return (
    <p>
      <span className="strong">{task.title}</span>{' '}
      {task.doneAt ? (
        <span className="dim">
          {t('tasks.done')} {task.doneBy} <Moment at={task.doneAt} />
        </span>
      ) : (
        <Tag tone="warn">{t('subject.open_task')}</Tag>
      )}
    </p>
  )
}
