/** How a matter's official state came about: what the CMS said, what that meant, and who said so. */
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { Moment } from '../parts/moment.tsx'
import { Tag } from '../parts/tag.tsx'
import { readable, useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { Section } from './section.tsx'

export function States({ page }: { page: Schemas['MatterPage'] }) {
  const { t } = useWords()
  const { matter, states } = page
  return (
    <Section title={t('subject.states')} empty={states.length === 0 && t('subject.states_none')}>
      <ol className="lines">
        {states.map((step) => (
          <Step key={step.eventId} step={step} matterId={matter.id} />
        ))}
      </ol>
    </Section>
  )
}

function Step({ step, matterId }: { step: Schemas['StateStep']; matterId: string }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const { raw, from, to, outcome, mapped } = step
  return (
    <li>
      <p className="part-head">
        <span className="strong">
          {from ? t('subject.moved', { from: readable(from), to: readable(to ?? '?') }) : readable(to ?? '?')}
        </span>
        <Moment at={step.at} />
        {outcome === 'flagged' && <Tag tone="bad">{t('subject.flagged')}</Tag>}
        {outcome === 'flip_flop' && <Tag tone="warn">{t('subject.flip_flop')}</Tag>}
        {outcome === 'unchanged' && <Tag>{t('subject.first_step')}</Tag>}
        <Link className="to-trace" to="/trace" search={{ q: matterId, as: 'matter' }}>
          {t('subject.trace')}
        </Link>
      </p>
      <p className="dim">
        {[
          raw && t('subject.raw', { raw }),
          mapped
            ? t('subject.mapped_by', { by: mapped.by, when: moment(mapped.at) })
            : raw && to && t('subject.not_mapped'),
          mapped?.reason,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  )
}
