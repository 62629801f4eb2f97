/** What was decided and waits. */
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Schemas } from '../api/client.ts'
import { heldQuery } from '../api/queries.ts'
import { About } from '../parts/about.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { List, Row, Rows } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { TakeBack } from '../parts/take-back.tsx'
import { readable, section, useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { useReasons } from '../words/reasons.ts'

export function HeldPage() {
  const { t } = useWords()
  const query = useInfiniteQuery(heldQuery())
  return (
    <Page title={t('held.title')} lead={t('held.lead')}>
      <Rows query={query} empty={t('held.empty')} emptyHint={t('held.empty_hint')} label={t('held.title')}>
        {(items) => (
          <List label={t('held.title')}>
            {items.map((item) => (
              <HeldRow key={item.id} item={item} />
            ))}
          </List>
        )}
      </Rows>
    </Page>
  )
}

export function HeldRow({ item }: { item: Schemas['HeldItem'] }) {
  const { t, language } = useWords()
  const { moment } = useMoments()
  const why = useReasons()
  // Far in the future stands for "nobody knows".
  const until = item.until !== null && !item.until.startsWith('9999') ? item.until : null
  const name = item.client ?? t('list.unknown_client')
  const what = readable(item.template || item.rule)
  return (
    <Row name={`${name}: ${what}`}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <About
              client={item.client}
              clientId={item.clientId}
              matter={item.matter}
              matterId={item.matterId}
            />
            <span className="row-when">
              <Moment at={item.since} clientZone={item.timeZone} />
            </span>
          </p>
          <p className="row-mid">
            {item.channel && <Tag>{section(language, 'channel')[item.channel]}</Tag>} {what}{' '}
            {item.address && <span className="dim">{t('dead.to', { address: item.address })}</span>}
          </p>
          <p className="row-low">
            <Tag tone="warn">{why(item.reason)}</Tag>{' '}
            <span className="dim">{until ? t('held.until', { when: moment(until) }) : t('held.open')}</span>
          </p>
        </div>
        {item.kind === 'message' && <TakeBack id={item.id} name={name} />}
      </div>
    </Row>
  )
}
