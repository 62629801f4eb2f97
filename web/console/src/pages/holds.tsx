/** Legal holds: what is kept whatever its age, by whom and why. */
import { SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { holdsQuery } from '../api/queries.ts'
import { HoldWords, ReleaseHold } from '../parts/holds.tsx'
import { Page } from '../parts/page.tsx'
import { List, Row, Rows } from '../parts/rows.tsx'
import { SubjectLink } from '../parts/subject-link.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'

const states = ['live', 'released'] as const
type State = (typeof states)[number]

export function HoldsPage() {
  const { t } = useWords()
  const [state, setState] = useState<State>('live')
  const query = useInfiniteQuery(holdsQuery(state))
  return (
    <Page
      title={t('holds.title')}
      lead={t('holds.lead')}
      actions={
        <SegmentedControl
          value={state}
          onChange={(value) => setState(value as State)}
          aria-label={t('holds.title')}
          data={states.map((value) => ({ value, label: t(`holds.${value}`) }))}
        />
      }
    >
      <Rows query={query} empty={t('holds.empty')} emptyHint={t('holds.empty_hint')} label={t('holds.title')}>
        {(items) => (
          <List label={t('holds.title')}>
            {items.map((hold) => (
              <HoldRow key={hold.id} hold={hold} />
            ))}
          </List>
        )}
      </Rows>
    </Page>
  )
}

function HoldRow({ hold }: { hold: Schemas['LegalHold'] }) {
  const { t } = useWords()
  return (
    <Row name={t('holds.on', { name: hold.target })}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="about">
              <SubjectLink scope={hold.scope} id={hold.targetId} className="about-client" data-key="Enter">
                {hold.target}
              </SubjectLink>
              <Tag>{t(`holds.${hold.scope}`)}</Tag>
            </span>
            <Link to="/audit" search={{ [hold.scope]: hold.targetId }}>
              {t('holds.record')}
            </Link>
          </p>
          <HoldWords hold={hold} />
        </div>
        <div className="row-deeds">
          <ReleaseHold hold={hold} />
        </div>
      </div>
    </Row>
  )
}
