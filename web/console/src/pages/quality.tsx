/** What is wrong in the firm's data, what it probably should be, and the ways to be rid of it. */
import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { qualityQuery } from '../api/queries.ts'
import { About } from '../parts/about.tsx'
import { Ask } from '../parts/ask.tsx'
import { useDeed } from '../parts/deed.ts'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Rows } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'

type Item = Schemas['QualityItem']
const states = ['open', 'fixed', 'ignored'] as const
type State = (typeof states)[number]

export function QualityPage() {
  const { t } = useWords()
  const [state, setState] = useState<State>('open')
  const query = useInfiniteQuery(qualityQuery(state))
  return (
    <Page
      title={t('quality.title')}
      lead={t('quality.lead')}
      actions={
        <SegmentedControl
          value={state}
          onChange={(value) => setState(value as State)}
          aria-label={t('quality.title')}
          data={states.map((value) => ({ value, label: t(`quality.${value}`) }))}
        />
      }
    >
      <Rows query={query} empty={t('quality.empty')} label={t('quality.title')}>
        {(items) => (
          <List label={t('quality.title')}>
            {items.map((item) => (
              <QualityRow key={item.id} item={item} />
            ))}
          </List>
        )}
      </Rows>
    </Page>
  )
}

/** Of contact points alone we may keep a better value than the CMS has. */
function correctable(item: Item): 'sms' | 'email' | null {
  if (item.subject !== 'client') return null
  if (/phone|sms/.test(item.kind)) return 'sms'
  return /mail/.test(item.kind) ? 'email' : null
}

export function QualityRow({ item }: { item: Item }) {
  const { t } = useWords()
  const may = useMay('operate')
  const [asking, setAsking] = useState<'correct' | 'ignore' | null>(null)
  const list = qualityQuery('open').queryKey
  const touches = [qualityQuery('fixed').queryKey, qualityQuery('ignored').queryKey, ['trace']]
  const fix = useDeed({
    act: ({ id, body }: { id: string; body: Schemas['QualityFixRequest'] }) =>
      answered(api.POST('/quality/{id}/fix', { params: { path: { id } }, body })),
    list,
    leaves: ({ id }) => [id],
    touches,
    said: ({ woken }) => ({ title: t('quality.fixed_toast'), message: t('quality.woken', { count: woken }) }),
  })
  const ignore = useDeed({
    act: ({ id, reason }: { id: string; reason: string }) =>
      answered(api.POST('/quality/{id}/ignore', { params: { path: { id } }, body: { reason } })),
    list,
    leaves: ({ id }) => [id],
    touches,
    said: () => ({ title: t('quality.ignored_toast') }),
  })
  const channel = correctable(item)
  return (
    <Row name={item.title}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="row-title">{item.title}</span>
            <span className="row-when">
              <Moment at={item.lastSeenAt} />
            </span>
          </p>
          <p className="row-mid">{item.advice}</p>
          <p className="row-low">
            {item.value !== null && (
              <span>
                {t('quality.value')} <Tag tone="warn">{item.value}</Tag>
              </span>
            )}
            {item.suggestion !== null && (
              <span>
                {t('quality.suggestion')} <Tag tone="good">{item.suggestion}</Tag>
              </span>
            )}
            <About client={item.client} clientId={item.clientId} />
            {item.link !== null && /^https?:/.test(item.link) && (
              <a href={item.link} target="_blank" rel="noreferrer">
                {t('quality.in_cms')}
              </a>
            )}
            {item.resolution !== null && <span className="dim">{item.resolution}</span>}
          </p>
        </div>
        {may && item.state === 'open' && (
          <div className="row-deeds">
            {channel && (
              <Button size="xs" data-key="r" onClick={() => setAsking('correct')}>
                {t('quality.correct')}
              </Button>
            )}
            <Button
              size="xs"
              variant={channel ? 'default' : 'filled'}
              data-key="e"
              data-leaves
              onClick={() => fix.mutate({ id: item.id, body: {} })}
            >
              {t('quality.fix')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking('ignore')}>
              {t('quality.ignore')}
            </Button>
          </div>
        )}
      </div>
      {asking === 'correct' && channel && (
        <Ask
          title={t('quality.correct_title')}
          label={channel === 'sms' ? t('quality.correct_phone') : t('quality.correct_mail')}
          hint={t('quality.correct_hint')}
          initial={item.suggestion ?? item.value ?? ''}
          line={channel === 'sms' ? 'tel' : 'email'}
          submit={t('quality.correct_submit')}
          busy={fix.isPending}
          close={() => setAsking(null)}
          answer={(value) => {
            setAsking(null)
            fix.mutate({ id: item.id, body: { address: { channel, value } } })
          }}
        />
      )}
      {asking === 'ignore' && (
        <Ask
          title={t('quality.ignore_title')}
          label={t('quality.ignore_why')}
          placeholder={t('quality.ignore_example')}
          submit={t('quality.ignore_submit')}
          busy={ignore.isPending}
          close={() => setAsking(null)}
          answer={(reason) => {
            setAsking(null)
            ignore.mutate({ id: item.id, reason })
          }}
        />
      )}
    </Row>
  )
}
