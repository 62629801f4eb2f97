/** What became of a message: when it left, arrived, was read, and why not. */
import type { Schemas } from '../api/client.ts'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { useReasons } from '../words/reasons.ts'

/** Far in the future stands for "nobody knows". */
const unknown = '9999'

type Went = Omit<Schemas['ListedMessage'], 'client' | 'clientId' | 'timeZone' | 'matter' | 'matterId'>
interface Failure {
  code: string | null
  detail: string | null
  resolvedBy: string | null
  resolution: string | null
}

export function Became({ message }: { message: Went & { failure?: Failure | null } }) {
  const { t } = useWords()
  const { moment, after } = useMoments()
  const why = useReasons()
  const { state, sentAt, settledAt, openedAt, machineOpenedAt, clickedAt, repliedAt, failure } = message
  const when = (at: string) => (sentAt ? after(sentAt, at) : moment(at))
  const failed = state === 'undelivered' || state === 'dead'
  const parts = [
    sentAt && t('subject.sent_at', { when: moment(sentAt) }),
    settledAt && state === 'delivered' && t('subject.delivered_at', { when: when(settledAt) }),
    settledAt && failed && t('subject.failed_at', { when: when(settledAt) }),
    openedAt && t('subject.opened_at', { when: when(openedAt) }),
    !openedAt && machineOpenedAt && t('subject.machine', { when: when(machineOpenedAt) }),
    clickedAt && t('subject.clicked_at', { when: when(clickedAt) }),
    repliedAt && t('subject.replied_at', { when: when(repliedAt) }),
    message.reason && why(message.reason),
    state === 'held' &&
      !message.dueAt.startsWith(unknown) &&
      t('subject.leaves', { when: moment(message.dueAt) }),
    failure && [failure.code, failure.detail].filter(Boolean).join(': '),
    failure?.resolvedBy &&
      t('subject.resolved_by', { by: failure.resolvedBy, how: failure.resolution ?? '' }),
  ].filter(Boolean)
  return parts.length > 0 ? <p className="dim">{parts.join(' · ')}</p> : null
}
