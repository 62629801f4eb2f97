/** What was said to clients, the newest first, as it goes out. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { messagesQuery } from '../api/queries.ts'
import { About } from '../parts/about.tsx'
import { Became } from '../parts/became.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { List, Row, Rows } from '../parts/rows.tsx'
import { Tag, toneOfState } from '../parts/tag.tsx'
import { TakeBack } from '../parts/take-back.tsx'
import { readable, section, useWords, wordOr } from '../words/index.ts'

export function MessagesPage() {
  const { t } = useWords()
  const query = useInfiniteQuery(messagesQuery)
  return (
    <Page title={t('messages.title')} lead={t('messages.lead')}>
      <Rows
        query={query}
        empty={t('messages.empty')}
        emptyHint={t('messages.empty_hint')}
        label={t('messages.title')}
      >
        {(items) => <MessageList items={items} />}
      </Rows>
    </Page>
  )
}

export function MessageList({ items }: { items: Schemas['ListedMessage'][] }) {
  const { t } = useWords()
  return (
    <List label={t('messages.title')}>
      {items.map((message) => (
        <MessageRow key={message.id} message={message} />
      ))}
    </List>
  )
}

/** It has not begun to leave, and will not in the time that a click takes. */
const waits = ({ state, dueAt }: Schemas['ListedMessage']) =>
  state === 'held' || (state === 'queued' && Date.parse(dueAt) > Date.now() + 15_000)

function MessageRow({ message }: { message: Schemas['ListedMessage'] }) {
  const { t, language } = useWords()
  const name = message.client ?? t('list.unknown_client')
  const state = wordOr(section(language, 'state'), message.state)
  return (
    <Row name={`${name}: ${readable(message.template)}, ${state}`}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <About
              client={message.client}
              clientId={message.clientId}
              matter={message.matter}
              matterId={message.matterId}
            />
            <span className="row-when">
              <Moment at={message.at} clientZone={message.timeZone} />
            </span>
          </p>
          <div className="row-mid message-mid">
            <Tag tone={toneOfState(message.state)}>{state}</Tag>{' '}
            <Tag>{section(language, 'channel')[message.channel]}</Tag> {readable(message.template)}{' '}
            <span className="dim">{t('dead.to', { address: message.address })}</span>
            <Link
              className="to-trace"
              to="/trace"
              search={{ q: message.id, as: 'message' }}
              data-key="w"
              aria-label={`${t('subject.trace')}: ${name}`}
            >
              {t('subject.trace')}
            </Link>
          </div>
          <div className="row-low">
            <Became message={message} />
          </div>
        </div>
        {waits(message) && <TakeBack id={message.id} name={name} />}
      </div>
    </Row>
  )
}
