/** What came in and was not understood: why, what it may mean, and another look after a fix. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { quarantineQuery } from '../api/queries.ts'
import { About } from '../parts/about.tsx'
import { Ask } from '../parts/ask.tsx'
import { useDeed } from '../parts/deed.ts'
import { Details, Values } from '../parts/details.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Rows } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { section, useWords, wordOr } from '../words/index.ts'

type Item = Schemas['QuarantineItem']

export function QuarantinePage() {
  const { t } = useWords()
  const query = useInfiniteQuery(quarantineQuery)
  return (
    <Page title={t('quarantine.title')} lead={t('quarantine.lead')}>
      <Rows query={query} empty={t('quarantine.empty')} label={t('quarantine.title')}>
        {(items) => (
          <List label={t('quarantine.title')}>
            {items.map((item) => (
              <QuarantineRow key={item.id} item={item} />
            ))}
          </List>
        )}
      </Rows>
    </Page>
  )
}

export function QuarantineRow({ item }: { item: Item }) {
  const { t, language } = useWords()
  const may = useMay('operate')
  const [asking, setAsking] = useState(false)
  const list = quarantineQuery.queryKey
  const replay = useDeed({
    act: (ids: string[]) => answered(api.POST('/quarantine/replay', { body: { ids } })),
    list,
    leaves: (ids) => ids,
    touches: [['trace']],
    said: ({ replayed }) => ({ title: t('quarantine.replayed', { count: replayed }) }),
  })
  const discard = useDeed({
    act: ({ id, reason }: { id: string; reason: string }) =>
      answered(api.POST('/quarantine/{id}/discard', { params: { path: { id } }, body: { reason } })),
    list,
    leaves: ({ id }) => [id],
    said: () => ({ title: t('quarantine.discarded') }),
  })
  const kind = wordOr(section(language, 'quarantine_kind'), item.kind)
  return (
    <Row name={`${kind}: ${item.connection}`}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="about">
              <span className="about-client">{kind}</span>
              <span className="about-matter">{item.connection}</span>
            </span>
            <span className="row-when">
              <Moment at={item.at} />
            </span>
          </p>
          {item.rawStatus !== null && (
            <p className="row-mid">{t('quarantine.raw', { raw: item.rawStatus })}</p>
          )}
          {(item.client || item.matter) && (
            <p className="row-mid">
              <About
                client={item.client}
                clientId={item.clientId}
                matter={item.matter}
                matterId={item.matterId}
              />
            </p>
          )}
          {item.suggestions.length > 0 && (
            <p className="row-mid">
              {t('quarantine.suggestions')}{' '}
              {item.suggestions.map(({ state }) => (
                <Tag key={state.key}>{state.label}</Tag>
              ))}
            </p>
          )}
          <p className="row-low dim">{section(language, 'quarantine_advice')[item.kind]}</p>
          <Details label={t('quarantine.details')}>
            <Values of={item.detail} />
          </Details>
        </div>
        {may && (
          <div className="row-deeds">
            {item.kind === 'unknown_status' && (
              <Button component={Link} to="/states" size="xs" data-key="Enter">
                {t('quarantine.map')}
              </Button>
            )}
            <Button
              size="xs"
              variant={item.kind === 'unknown_status' ? 'default' : 'filled'}
              data-key="r"
              data-leaves
              onClick={() => replay.mutate([item.id])}
            >
              {t('quarantine.replay')}
            </Button>
            <Button size="xs" variant="default" data-key="e" onClick={() => setAsking(true)}>
              {t('quarantine.discard')}
            </Button>
          </div>
        )}
      </div>
      {asking && (
        <Ask
          title={t('quarantine.discard_title')}
          label={t('quarantine.discard_why')}
          placeholder={t('quarantine.discard_example')}
          submit={t('quarantine.discard_submit')}
          busy={discard.isPending}
          close={() => setAsking(false)}
          answer={(reason) => {
            setAsking(false)
            discard.mutate({ id: item.id, reason })
          }}
        />
      )}
    </Row>
  )
}
