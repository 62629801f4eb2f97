/** Whom and what it is about: clients with their contact points, matters with their state. */
import type { Schemas } from '../api/client.ts'
import { SubjectLink } from '../parts/subject-link.tsx'
import { Tag } from '../parts/tag.tsx'
import { languageName } from '../subject/facts.tsx'
import { readable, section, useWords } from '../words/index.ts'
import { cityOf, useMoments } from '../words/moments.ts'

type Client = Schemas['TraceClient']

export function ClientCard({ client }: { client: Client }) {
  const { t, language } = useWords()
  const { zone } = useMoments()
  return (
    <section className="card" aria-label={client.name}>
      <p className="card-title">
        <SubjectLink scope="client" id={client.id}>
          {client.name}
        </SubjectLink>{' '}
        {client.pausedInCms && <Tag tone="warn">{t('trace.cms_paused')}</Tag>}
      </p>
      <p className="facts">
        {client.language && (
          <span>
            {t('trace.language')}: {languageName(client.language, language)}
          </span>
        )}
        {client.timeZone && client.timeZone !== zone && (
          <span>
            {t('trace.zone')}: {cityOf(client.timeZone)}
          </span>
        )}
        {client.preference && (
          <span>
            {t('trace.preference')}: {client.preference}
          </span>
        )}
      </p>
      <ul className="points" aria-label={t('trace.contact')}>
        {client.contactPoints.map((point) => (
          <li key={point.id} data-gone={point.removedAt !== null || undefined}>
            <Tag>{section(language, 'channel')[point.channel]}</Tag>{' '}
            <span className="address">{point.address}</span>
            {point.removedAt && <Tag>{t('trace.removed')}</Tag>}
            {point.suppressedAt && (
              <Tag tone="bad">{t('trace.suppressed', { why: readable(point.suppressedReason ?? '') })}</Tag>
            )}
            {point.consents
              .filter(({ granted }) => !granted)
              .map(({ purpose }) => (
                <Tag key={purpose} tone="bad">
                  {t('trace.consent_no', { purpose: purpose === '*' ? t('trace.every_purpose') : purpose })}
                </Tag>
              ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function MatterCard({ matter }: { matter: Schemas['TraceMatter'] }) {
  const { t } = useWords()
  const { moment } = useMoments()
  return (
    <section className="card" aria-label={matter.title ?? matter.externalId}>
      <p className="card-title">
        <SubjectLink scope="matter" id={matter.id}>
          {matter.title ?? matter.number ?? matter.externalId}
        </SubjectLink>
      </p>
      <p className="facts">
        {matter.title && matter.number && <span>{matter.number}</span>}
        {matter.state && <Tag tone="info">{readable(matter.state)}</Tag>}
        {matter.stateEnteredAt && (
          <span>{t('trace.state_since', { when: moment(matter.stateEnteredAt) })}</span>
        )}
      </p>
    </section>
  )
}
