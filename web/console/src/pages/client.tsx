/** One client: who they are, how they are reached, their matters, what waits and what comes, all that was said. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { clientQuery } from '../api/subjects.ts'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { SubjectLink } from '../parts/subject-link.tsx'
import { Tag } from '../parts/tag.tsx'
import { useTellStopTargets } from '../shell/stop-target.tsx'
import { Coming, Dates } from '../subject/coming.tsx'
import { Contact } from '../subject/contact.tsx'
import { CmsFacts, languageName } from '../subject/facts.tsx'
import { OpenWork } from '../subject/open-work.tsx'
import { Section } from '../subject/section.tsx'
import { Stops } from '../subject/stops.tsx'
import { Timeline } from '../subject/timeline.tsx'
import { WriteButton } from '../subject/write.tsx'
import { readable, useWords } from '../words/index.ts'
import { cityOf, useMoments } from '../words/moments.ts'

export function ClientPage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/clients/$id' })
  const query = useQuery(clientQuery(id))
  useTellStopTargets(query.data ? [{ scope: 'client', id, name: query.data.client.name }] : [])
  if (query.data) return <Shown key={id} page={query.data} />
  return (
    <Page title={t('subject.client')} narrow>
      {query.isError ? <Problem error={query.error} again={() => void query.refetch()} /> : <Waiting />}
    </Page>
  )
}

function Shown({ page }: { page: Schemas['ClientPage'] }) {
  const { t, language } = useWords()
  const { moment } = useMoments()
  const { client } = page
  return (
    <Page
      title={client.name}
      lead={t('subject.as_of', { when: moment(client.observedAt) })}
      narrow
      actions={
        <WriteButton
          matters={page.matters.map(({ id, title, number, externalId }) => ({
            id,
            name: title ?? number ?? externalId,
          }))}
        />
      }
    >
      <nav className="page-links" aria-label={t('subject.elsewhere')}>
        <Link to="/trace" search={{ q: client.id, as: 'client' }}>
          {t('subject.whole_trace')}
        </Link>
        <Link to="/audit" search={{ client: client.id }}>
          {t('subject.record')}
        </Link>
      </nav>
      <CmsFacts
        facts={[
          [t('subject.type'), client.type],
          [t('trace.language'), client.language && languageName(client.language, language)],
          [t('trace.zone'), client.timeZone && cityOf(client.timeZone)],
          [t('trace.preference'), client.preference],
          ...client.facts.map(({ name, value }) => [readable(name), value] as const),
        ]}
      />
      <Contact points={client.contactPoints} />
      <Stops
        scope="client"
        id={client.id}
        name={client.name}
        pauses={page.pauses}
        holds={page.holds}
        pausedInCms={client.pausedInCms}
      />
      <Section title={t('subject.matters')} empty={page.matters.length === 0 && t('subject.no_matters')}>
        <ul className="lines">
          {page.matters.map((matter) => (
            <li key={matter.id}>
              <SubjectLink scope="matter" id={matter.id}>
                {matter.title ?? matter.number ?? matter.externalId}
              </SubjectLink>{' '}
              <span className="dim">
                {[matter.title === null ? null : matter.number, matter.type].filter(Boolean).join(' · ')}
              </span>{' '}
              {matter.state && <Tag tone="info">{readable(matter.state)}</Tag>}
              {matter.paused && <Tag tone="warn">{t('subject.stops_matter')}</Tag>}
            </li>
          ))}
        </ul>
      </Section>
      <OpenWork of={page} />
      <Coming reminders={page.reminders} clientZone={client.timeZone} matters />
      <Dates dates={page.dates} now={page.at} matters />
      <Timeline scope="client" id={client.id} clientZone={client.timeZone} />
    </Page>
  )
}
