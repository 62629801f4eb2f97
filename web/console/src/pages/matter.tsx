/** One matter: its official state and how it got there, who is in charge, what waits and what comes, all that was said. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { matterQuery } from '../api/subjects.ts'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { SubjectLink } from '../parts/subject-link.tsx'
import { Tag } from '../parts/tag.tsx'
import { type StopTarget, useTellStopTargets } from '../shell/stop-target.tsx'
import { Coming, Dates } from '../subject/coming.tsx'
import { Contact } from '../subject/contact.tsx'
import { CmsFacts } from '../subject/facts.tsx'
import { OpenWork } from '../subject/open-work.tsx'
import { States } from '../subject/states.tsx'
import { Stops } from '../subject/stops.tsx'
import { Timeline } from '../subject/timeline.tsx'
import { WriteButton } from '../subject/write.tsx'
import { readable, section, useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

type Found = Schemas['MatterPage']

export function MatterPage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/matters/$id' })
  const query = useQuery(matterQuery(id))
  useTellStopTargets(query.data ? targetsOf(query.data) : [])
  if (query.data) return <Shown key={id} page={query.data} />
  return (
    <Page title={t('subject.matter')} narrow>
      {query.isError ? <Problem error={query.error} again={() => void query.refetch()} /> : <Waiting />}
    </Page>
  )
}

const nameOf = ({ title, number, externalId }: Found['matter']): string => title ?? number ?? externalId

const targetsOf = ({ matter, client }: Found): StopTarget[] => [
  { scope: 'matter', id: matter.id, name: nameOf(matter) },
  ...(client ? [{ scope: 'client' as const, id: client.id, name: client.name }] : []),
]

function Shown({ page }: { page: Found }) {
  const { t, language } = useWords()
  const { moment } = useMoments()
  const { matter, client } = page
  const roles = section(language, 'subject')
  return (
    <Page
      title={nameOf(matter)}
      lead={t('subject.as_of', { when: moment(matter.observedAt) })}
      narrow
      actions={client && <WriteButton matters={[{ id: matter.id, name: nameOf(matter) }]} />}
    >
      <nav className="page-links" aria-label={t('subject.elsewhere')}>
        <Link to="/trace" search={{ q: matter.id, as: 'matter' }}>
          {t('subject.whole_trace')}
        </Link>
        <Link to="/audit" search={{ matter: matter.id }}>
          {t('subject.export')}
        </Link>
      </nav>
      {matter.goneSince && (
        <p>
          <Tag tone="bad">{t('subject.gone_since', { when: moment(matter.goneSince) })}</Tag>
        </p>
      )}
      <p className="subject-state">
        <span className="dim">{t('subject.state')}:</span>{' '}
        {matter.state ? <Tag tone="info">{readable(matter.state)}</Tag> : t('subject.no_state')}{' '}
        {matter.stateEnteredAt && (
          <span className="dim">{t('subject.since', { when: moment(matter.stateEnteredAt) })}</span>
        )}{' '}
        {matter.settlesAt && matter.settlesAt > page.at && (
          <span className="dim">{t('subject.settles', { when: moment(matter.settlesAt) })}</span>
        )}
      </p>
      {client && (
        <p>
          <span className="dim">{t('subject.client')}:</span>{' '}
          <SubjectLink scope="client" id={client.id}>
            {client.name}
          </SubjectLink>
        </p>
      )}
      <CmsFacts
        facts={[
          [t('subject.number'), matter.title === null ? null : matter.number],
          [t('subject.type'), matter.type],
          ...matter.people.map(
            ({ role, name, mail }) =>
              [roles[`role_${role}`] ?? readable(role), [name, mail].filter(Boolean).join(', ')] as const,
          ),
          ...matter.facts.map(({ name, value }) => [readable(name), value] as const),
        ]}
      />
      <States page={page} />
      {client && <Contact points={client.contactPoints} />}
      <Stops
        scope="matter"
        id={matter.id}
        name={nameOf(matter)}
        pauses={page.pauses}
        holds={page.holds}
        pausedInCms={matter.pausedInCms || client?.pausedInCms === true}
      />
      <OpenWork of={page} />
      <Coming reminders={page.reminders} clientZone={client?.timeZone ?? null} />
      <Dates dates={page.dates} now={page.at} />
      <Timeline scope="matter" id={matter.id} clientZone={client?.timeZone ?? null} />
    </Page>
  )
}
