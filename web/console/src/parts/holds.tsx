/** Legal holds: what is kept, by whom and why; placing one, and letting go of it. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { holdsQuery } from '../api/queries.ts'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { Ask } from './ask.tsx'
import { useDeed } from './deed.ts'
import { useMay } from './rights.ts'
import { Tag } from './tag.tsx'

type Hold = Schemas['LegalHold']
const touches = [holdsQuery('live').queryKey, holdsQuery('released').queryKey, ['trace'], ['list', 'audit']]

/** In which words a hold is told, wherever it is. */
export function HoldWords({ hold }: { hold: Hold }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const { placedBy, placedAt, reason, releasedAt, releasedBy, releaseReason } = hold
  return (
    <>
      <p className="row-mid">{t('holds.by', { by: placedBy, at: moment(placedAt), reason })}</p>
      {releasedAt && (
        <p className="row-mid dim">
          {t('holds.ended', { by: releasedBy ?? '', at: moment(releasedAt), reason: releaseReason ?? '' })}
        </p>
      )}
    </>
  )
}

/** Above what it is about. */
export function HoldBand({ holds }: { holds: readonly Hold[] }) {
  const { t } = useWords()
  if (holds.length === 0) return null
  return (
    <section className="holds" aria-label={t('holds.band')}>
      {holds.map((hold) => (
        <div key={hold.id}>
          <p>
            <Tag tone="warn">{t('holds.on', { name: hold.target })}</Tag>
          </p>
          <HoldWords hold={hold} />
        </div>
      ))}
    </section>
  )
}

export function PlaceHold(props: { scope: 'matter' | 'client'; id: string; name: string }) {
  const { t } = useWords()
  const may = useMay('operate')
  const [asking, setAsking] = useState(false)
  const { scope, id, name } = props
  const place = useDeed({
    act: (reason: string) => answered(api.POST('/holds', { body: { scope, target: id, reason } })),
    touches,
    said: () => ({ title: t('holds.placed', { name }) }),
  })
  if (!may) return null
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('holds.place')}
      </Button>
      {asking && (
        <Ask
          title={t('holds.place_title', { name })}
          label={t('holds.place_why')}
          hint={t('holds.place_hint')}
          placeholder={t('holds.place_example')}
          submit={t('holds.place_submit')}
          busy={place.isPending}
          close={() => setAsking(false)}
          answer={(reason) => place.mutate(reason, { onSuccess: () => setAsking(false) })}
        />
      )}
    </>
  )
}

export function ReleaseHold({ hold }: { hold: Hold }) {
  const { t } = useWords()
  const may = useMay('configure')
  const [asking, setAsking] = useState(false)
  const release = useDeed({
    act: (reason: string) =>
      answered(api.POST('/holds/{id}/release', { params: { path: { id: hold.id } }, body: { reason } })),
    list: holdsQuery('live').queryKey,
    leaves: () => [hold.id],
    touches,
    said: () => ({ title: t('holds.released_toast', { name: hold.target }) }),
  })
  if (!may || hold.releasedAt) return null
  return (
    <>
      <Button
        size="xs"
        variant="default"
        data-key="e"
        aria-label={t('holds.release_of', { name: hold.target })}
        onClick={() => setAsking(true)}
      >
        {t('holds.release')}
      </Button>
      {asking && (
        <Ask
          title={t('holds.release_title')}
          label={t('holds.release_why')}
          submit={t('holds.release_submit')}
          busy={release.isPending}
          close={() => setAsking(false)}
          answer={(reason) => release.mutate(reason, { onSettled: () => setAsking(false) })}
        />
      )}
    </>
  )
}
