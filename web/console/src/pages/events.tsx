/** Events that no rule speaks of. */

import { useInfiniteQuery } from '@tanstack/react-query'
import type { Schemas } from '../api/client.ts'
import { eventsQuery } from '../api/queries.ts'
import { Details, Values } from '../parts/details.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { List, Row, Rows } from '../parts/rows.tsx'
import { SubjectLink } from '../parts/subject-link.tsx'
import { termIn, useWords } from '../words/index.ts'

export function EventsPage() {
  const { t } = useWords()
  const query = useInfiniteQuery(eventsQuery)
  return (
    <Page title={t('events.title')} lead={t('events.lead')}>
      <Rows query={query} empty={t('events.empty')} label={t('events.title')}>
        {(items) => (
          <List label={t('events.title')}>
            {items.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </List>
        )}
      </Rows>
    </Page>
  )
}

export function EventRow({ event }: { event: Schemas['UnhandledEvent'] }) {
  const { t, language } = useWords()
  return (
    <Row name={termIn(language, event.type)}>
      <p className="row-top">
        <span className="about">
          <span className="about-client">{termIn(language, event.type)}</span>
          {event.matterId && (
            <SubjectLink scope="matter" id={event.matterId} className="about-matter" data-key="Enter">
              {event.matter ?? event.matterId}
            </SubjectLink>
          )}
        </span>
        <span className="row-when">
          <Moment at={event.occurredAt} />
        </span>
      </p>
      <p className="row-low dim">{event.connection}</p>
      <Details label={t('events.data')}>
        <Values of={event.data} />
      </Details>
    </Row>
  )
}
