/** What the pages of settings that are configuration share: publishing a draft, being overtaken, and who changed it before. */
import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { settingsHistoryQuery } from '../api/settings.ts'
import { Ask } from '../parts/ask.tsx'
import { Details } from '../parts/details.tsx'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

export interface Change {
  edition: number
  changedAt: string
  changedBy: string
  reason: string | null
  ahead: boolean
}

export function ChangedBy({ change }: { change: Change }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const { edition, changedBy, changedAt, reason, ahead } = change
  return (
    <p className="row-low dim">
      <span>{t('hours.changed', { edition, who: changedBy, when: moment(changedAt) })}</span>
      {reason !== null && <span>“{reason}”</span>}
      {ahead && (
        <span>
          <Tag tone="info">{t('hours.ahead')}</Tag> {t('hours.ahead_hint')}
        </span>
      )}
    </p>
  )
}

/** Somebody else was quicker. */
export function Overtaken({ change, take }: { change: Change; take: () => void }) {
  const { t } = useWords()
  const { changedBy: who, edition, reason } = change
  return (
    <div className="problem" role="alert">
      <div>
        <p className="strong">{t('hours.overtaken', { who, edition })}</p>
        {reason !== null && <p>“{reason}”</p>}
        <p>{t('hours.overtaken_hint')}</p>
      </div>
      <Button variant="default" size="xs" onClick={take}>
        {t('hours.overtaken_take', { edition })}
      </Button>
    </div>
  )
}

/** The foot of a form: publish, asked for a reason, or leave it. */
export function PublishDeeds(props: {
  ready: boolean
  publish: {
    isPending: boolean
    mutate: (reason: string, then: { onSuccess: () => void; onError: () => void }) => void
  }
  close: () => void
}) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const { ready, publish, close } = props
  return (
    <>
      <Group>
        <Button disabled={!ready} onClick={() => setAsking(true)}>
          {t('hours.publish')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('hours.cancel')}
        </Button>
      </Group>
      {asking && (
        <Ask
          title={t('hours.publish_title')}
          label={t('hours.reason')}
          hint={t('hours.reason_hint')}
          submit={t('hours.publish_now')}
          busy={publish.isPending}
          close={() => setAsking(false)}
          answer={(reason) => publish.mutate(reason, { onSuccess: close, onError: () => setAsking(false) })}
        />
      )}
    </>
  )
}

/** @param props.problems what apply would say of the draft */
export function Mistakes({ problems }: { problems: readonly { path: string; message: string }[] }) {
  const { t } = useWords()
  if (problems.length === 0) return null
  return (
    <div className="wrong">
      <p>{t('hours.wrong')}</p>
      <ul>
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <code>{path.replace(/^body\.\w+\./, '')}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  )
}

type Edition = Schemas['SettingsHistory']['items'][number]

/** @param props.says what an edition said, in words */
export function History({ says }: { says: (edition: Edition) => ReactNode }) {
  const { t } = useWords()
  return (
    <section className="part">
      <Details label={t('hours.history')}>
        <Editions says={says} />
      </Details>
    </section>
  )
}

function Editions({ says }: { says: (edition: Edition) => ReactNode }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const query = useQuery(settingsHistoryQuery)
  if (query.isPending) return <Waiting />
  if (query.isError) return <Problem error={query.error} again={() => void query.refetch()} />
  return (
    <ol className="editions">
      {query.data.items.map((one) => (
        <li key={one.edition}>
          <p className="dim">
            {t('hours.changed', {
              edition: one.edition,
              who: one.changedBy,
              when: moment(one.changedAt),
            })}
            {' · '}
            {one.reason === null ? t('hours.git') : `“${one.reason}”`}
          </p>
          {says(one)}
        </li>
      ))}
    </ol>
  )
}
