/** What holds messages to a client or about a matter; stopping and letting go with one click. */
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { answered, api, type Schemas } from '../api/client.ts'
import { useDeed } from '../parts/deed.ts'
import { HoldBand } from '../parts/holds.tsx'
import { useMay } from '../parts/rights.ts'
import { Tag } from '../parts/tag.tsx'
import { useResume } from '../shell/paused.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { Section } from './section.tsx'

type Pause = Schemas['NamedPause']

export function Stops(props: {
  scope: 'client' | 'matter'
  id: string
  name: string
  pauses: readonly Pause[]
  holds: readonly Schemas['LegalHold'][]
  pausedInCms: boolean
}) {
  const { t } = useWords()
  const { scope, id, name, pauses, holds, pausedInCms } = props
  const own = pauses.some((pause) => pause.scope === scope && pause.targetId === id)
  return (
    <Section
      title={t('subject.stops')}
      actions={own ? undefined : <PauseNow scope={scope} id={id} name={name} />}
      empty={pauses.length === 0 && holds.length === 0 && !pausedInCms && t('subject.nothing_stops')}
    >
      <ul className="lines">
        {pausedInCms && (
          <li>
            <Tag tone="warn">{t('trace.cms_paused')}</Tag> {t('subject.in_cms')}
          </li>
        )}
        {pauses.map((pause) => (
          <PauseLine key={pause.id} pause={pause} here={{ scope, id }} />
        ))}
      </ul>
      <HoldBand holds={holds} />
    </Section>
  )
}

function PauseLine({ pause, here }: { pause: Pause; here: { scope: string; id: string } }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const may = useMay('operate')
  const resume = useResume()
  const { scope, targetId, name, by, at, reason, endsAt } = pause
  const title =
    scope === 'firm'
      ? t('subject.stops_firm')
      : targetId === here.id
        ? t(scope === 'client' ? 'subject.stops_client' : 'subject.stops_matter')
        : t('subject.stops_other', { name })
  return (
    <li>
      <Tag tone="warn">{title}</Tag> {t('subject.stopped_by', { by, when: moment(at), reason })}
      {endsAt && ` (${t('subject.ends', { when: moment(endsAt) })})`}{' '}
      {may && (
        <Button
          size="compact-xs"
          variant="default"
          loading={resume.isPending}
          aria-label={t('subject.resume_name', { name })}
          onClick={() => resume.mutate(pause)}
        >
          {t('subject.resume')}
        </Button>
      )}
    </li>
  )
}

/** At once, and without a question: whoever stops must not have to think of words first. */
function PauseNow({ scope, id, name }: { scope: 'client' | 'matter'; id: string; name: string }) {
  const { t } = useWords()
  const may = useMay('operate')
  const queries = useQueryClient()
  const pause = useDeed({
    act: () =>
      answered(api.POST('/pauses', { body: { scope, target: id, reason: t('subject.paused_here') } })),
    said: ({ stopped }) => ({
      title: t('subject.paused_toast', { name }),
      message: t('subject.paused_stopped', { count: stopped }),
    }),
  })
  if (!may) return null
  return (
    <Button
      size="xs"
      variant="default"
      loading={pause.isPending}
      onClick={() => pause.mutate(undefined, { onSettled: () => void queries.invalidateQueries() })}
    >
      {t(scope === 'client' ? 'subject.pause_client' : 'subject.pause_matter')}
    </Button>
  )
}
