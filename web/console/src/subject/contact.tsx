/** How somebody is reached: each number and address with what they said to it, and why it is not used. */
import type { Schemas } from '../api/client.ts'
import { Tag } from '../parts/tag.tsx'
import { readable, section, useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { Section } from './section.tsx'

type Point = Schemas['TraceClient']['contactPoints'][number]

export function Contact({ points }: { points: readonly Point[] }) {
  const { t } = useWords()
  return (
    <Section title={t('subject.contact')} empty={points.length === 0 && t('subject.no_contact')}>
      <ul className="lines points">
        {points.map((point) => (
          <PointLine key={point.id} point={point} />
        ))}
      </ul>
    </Section>
  )
}

function PointLine({ point }: { point: Point }) {
  const { t, language } = useWords()
  const { moment } = useMoments()
  return (
    <li data-gone={point.removedAt !== null || undefined}>
      <Tag>{section(language, 'channel')[point.channel]}</Tag>{' '}
      <span className="address">{point.address}</span> {point.removedAt && <Tag>{t('trace.removed')}</Tag>}
      {point.suppressedAt && (
        <Tag tone="bad">
          {t('trace.suppressed', {
            why: `${readable(point.suppressedReason ?? '')}, ${moment(point.suppressedAt)}`,
          })}
        </Tag>
      )}
      {point.consents.map((consent) => (
        <span className="consent" key={consent.purpose}>
          <Tag tone={consent.granted ? 'good' : 'bad'}>
            {t(consent.granted ? 'trace.consent_yes' : 'trace.consent_no', {
              purpose: consent.purpose === '*' ? t('trace.every_purpose') : consent.purpose,
            })}
          </Tag>{' '}
          <span className="dim">
            {t('subject.consent_at', {
              how: readable(consent.how),
              when: moment(consent.at),
              by: consent.by,
            })}
          </span>
        </span>
      ))}
    </li>
  )
}
