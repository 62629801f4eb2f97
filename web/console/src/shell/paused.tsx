/** While anything is paused, everybody sees it, by whom and why, and can let go of it. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerPauseFilled } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { pausesQuery } from '../api/queries.ts'
import { tryAgain } from '../parts/deed.ts'
import { useTellProblem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

type NamedPause = Schemas['NamedPause']

export function useResume() {
  const { t } = useWords()
  const queries = useQueryClient()
  const tellProblem = useTellProblem()
  return useMutation({
    mutationFn: (pause: Pick<NamedPause, 'scope' | 'targetId'>) =>
      answered(
        api.POST('/pauses/resume', {
          body: { scope: pause.scope, ...(pause.scope === 'firm' ? {} : { target: pause.targetId }) },
        }),
      ),
    ...tryAgain,
    onSuccess: (done) => {
      const lines = [
        t('paused.looked', { count: done.held.notices + done.held.messages }),
        ...(done.stillPaused.length > 0 ? [t('paused.still')] : []),
        ...(done.pausedInCms ? [t('paused.in_cms')] : []),
      ]
      notifications.show({
        color: 'teal',
        title: t('paused.resumed', { name: done.name }),
        message: lines.join(' '),
      })
    },
    onError: tellProblem,
    onSettled: () => queries.invalidateQueries(),
  })
}

const order = { firm: 0, matter: 1, client: 2 }

export function Paused() {
  const { t } = useWords()
  const { data } = useQuery(pausesQuery)
  const [all, setAll] = useState(false)
  const pauses = (data?.items ?? []).toSorted(
    (a, b) => order[a.scope] - order[b.scope] || (a.at < b.at ? 1 : -1),
  )
  if (pauses.length === 0) return null
  const shown = all ? pauses : pauses.slice(0, 1)
  return (
    <section className="paused" aria-label={t('paused.region')}>
      {shown.map((pause) => (
        <One key={pause.id} pause={pause} />
      ))}
      {pauses.length > 1 && (
        <button
          type="button"
          className="plain-button paused-more"
          onClick={() => setAll(!all)}
          aria-expanded={all}
        >
          {all ? t('paused.fewer') : t('paused.more', { count: pauses.length - 1 })}
        </button>
      )}
    </section>
  )
}

function One({ pause }: { pause: NamedPause }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const may = useMay('operate')
  const resume = useResume()
  const { name, by, reason } = pause
  return (
    <div className="paused-one">
      <IconPlayerPauseFilled size={18} aria-hidden />
      <p>
        <span className="strong">{t(`paused.${pause.scope}`, { name })}</span>{' '}
        {t('paused.by', { by, reason, at: moment(pause.at) })}
        {pause.endsAt && `, ${t('paused.until', { when: moment(pause.endsAt) })}`}
      </p>
      {may && (
        <Button
          size="xs"
          variant="white"
          color="dark"
          className="resume"
          loading={resume.isPending}
          aria-label={t('paused.resume_name', { name })}
          onClick={() => resume.mutate(pause)}
        >
          {t('paused.resume')}
        </Button>
      )}
    </div>
  )
}
