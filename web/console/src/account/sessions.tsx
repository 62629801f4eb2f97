/** Where somebody is signed in: this one marked, each other to be signed out, or all at once. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endOtherSessions, endSession, isStale, type MySession, sessionsQuery } from '../api/account.ts'
import { Problem, useTellProblem } from '../parts/problem.tsx'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { Again } from './again.tsx'
import { deviceOf } from './device.ts'

function useEnding<In>(act: (input: In) => Promise<unknown>, said: string) {
  const queries = useQueryClient()
  const tell = useTellProblem()
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      notifications.show({ title: said, message: '' })
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    },
    onError: tell,
  })
}

export function Sessions() {
  const { t } = useWords()
  const query = useQuery(sessionsQuery)
  const others = useEnding(endOtherSessions, t('credentials.sessions_ended'))
  const stale = isStale(query.error)
  return (
    <section className="part" aria-labelledby="sessions">
      <h2 id="sessions">{t('credentials.sessions')}</h2>
      {query.isPending && <Waiting />}
      {stale && <Again />}
      {query.isError && !stale && <Problem error={query.error} again={() => void query.refetch()} />}
      {query.data && (
        <List label={t('credentials.sessions')}>
          {query.data.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </List>
      )}
      {(stale || (query.data?.length ?? 0) > 1) && (
        <Button mt="sm" variant="default" loading={others.isPending} onClick={() => others.mutate(undefined)}>
          {t('credentials.sessions_end')}
        </Button>
      )}
    </section>
  )
}

function SessionRow({ session }: { session: MySession }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const end = useEnding(endSession, t('credentials.session_ended'))
  const device = deviceOf(session.userAgent)
  const name = device ? t('credentials.session_device', device) : t('credentials.session_unknown')
  return (
    <Row name={name}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="row-title">{name}</span>
            {session.here && <Tag tone="good">{t('credentials.session_this')}</Tag>}
          </p>
          <p className="row-low dim">
            <span>{t('credentials.session_since', { when: moment(session.createdAt) })}</span>
            {session.ipAddress && (
              <span>{t('credentials.session_address', { address: session.ipAddress })}</span>
            )}
          </p>
        </div>
        {!session.here && (
          <div className="row-deeds">
            <Button
              size="xs"
              variant="default"
              data-key="e"
              data-leaves
              aria-label={t('credentials.session_end_name', { name })}
              loading={end.isPending}
              onClick={() => end.mutate(session.token)}
            >
              {t('credentials.session_end')}
            </Button>
          </div>
        )}
      </div>
    </Row>
  )
}
