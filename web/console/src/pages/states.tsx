/** The firm's states: drawn with their matters, and what the CMS says that means none of them. */
import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { quarantineQuery, statesQuery } from '../api/queries.ts'
import { Calm } from '../parts/calm.tsx'
import { useDeed } from '../parts/deed.ts'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { StateDiagram } from '../parts/state-diagram.tsx'
import { readable, useWords } from '../words/index.ts'

type States = Schemas['FirmStates']
type Unknown = Schemas['UnknownStatus']

export function StatesPage() {
  const { t } = useWords()
  const query = useQuery(statesQuery)
  return (
    <Page title={t('states.title')} lead={t('states.lead')}>
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {query.data && <Both found={query.data} />}
    </Page>
  )
}

function Both({ found }: { found: States }) {
  const { t } = useWords()
  return (
    <>
      <section className="group" aria-label={t('states.unknown')}>
        <div className="group-head">
          <div>
            <h2>
              {t('states.unknown')}{' '}
              {found.unknown.length > 0 && <span className="count">{found.unknown.length}</span>}
            </h2>
            <p className="dim">
              {found.unknown.length > 0 ? t('states.unknown_hint') : t('states.unknown_none')}
            </p>
          </div>
        </div>
        {found.unknown.length > 0 && (
          <List label={t('states.unknown')}>
            {found.unknown.map((status) => (
              <UnknownRow key={`${status.connection} ${status.raw}`} status={status} states={found.states} />
            ))}
          </List>
        )}
      </section>
      {found.states.length === 0 ? (
        <Calm title={t('states.none')} hint={t('states.none_hint')} />
      ) : (
        <section className="group" aria-label={t('states.all')}>
          <div className="group-head">
            <h2>{t('states.all')}</h2>
          </div>
          <StateDiagram states={found.states} />
        </section>
      )}
      {found.withoutState > 0 && <p className="dim">{t('states.without', { count: found.withoutState })}</p>}
    </>
  )
}

function UnknownRow({ status, states }: { status: Unknown; states: States['states'] }) {
  const { t } = useWords()
  const may = useMay('configure')
  const [state, setState] = useState<string | null>(status.suggestions[0]?.state ?? null)
  const map = useDeed({
    act: (body: Schemas['MapStatusRequest']) => answered(api.POST('/states/map', { body })),
    touches: [statesQuery.queryKey, quarantineQuery.queryKey, ['trace'], ['queue']],
    said: (done) => ({
      title: t('states.mapped', { raw: done.raw, state: readable(done.state) }),
      message: t('states.mapped_hint'),
    }),
  })
  return (
    <Row name={status.raw}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="row-title">“{status.raw}”</span>
            <span className="about-matter">{status.connection}</span>
          </p>
          <p className="row-low dim">
            <span>{t('states.waits', { count: status.count })}</span>
            <Moment at={status.firstAt} />
          </p>
        </div>
        {may ? (
          <form
            className="row-deeds"
            onSubmit={(event) => {
              event.preventDefault()
              if (state !== null) map.mutate({ raw: status.raw, state })
            }}
          >
            <Select
              size="xs"
              searchable
              aria-label={t('states.choose', { raw: status.raw })}
              placeholder={t('states.choose_placeholder')}
              data={states.map(({ key }) => ({ value: key, label: readable(key) }))}
              value={state}
              onChange={setState}
              allowDeselect={false}
            />
            <Button size="xs" type="submit" data-key="r" loading={map.isPending} disabled={state === null}>
              {t('states.map')}
            </Button>
          </form>
        ) : (
          <p className="dim">{t('states.may_not')}</p>
        )}
      </div>
    </Row>
  )
}
