/** One message in the line: what was said, to where, who wrote it, and what became of it. */
import type { Schemas } from '../api/client.ts'
import { DeletedWords } from '../parts/deleted-words.tsx'
import { Details } from '../parts/details.tsx'
import { Tag } from '../parts/tag.tsx'
import { WrittenBy } from '../parts/written-by.tsx'
import { readable, section, useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

type Message = Extract<Schemas['TimelineItem'], { kind: 'message' }>

/** Far in the future stands for "nobody knows". */
const unknown = '9999'

export function MessageLine({ message }: { message: Message }) {
  const { t, language } = useWords()
  const { written, subject, body } = message
  return (
    <>
      <p>
        <Tag>{section(language, 'channel')[message.channel]}</Tag>{' '}
        <span className="strong">{readable(message.template)}</span>{' '}
        <span className="dim">{t('subject.to', { address: message.address })}</span>
        {message.digest && (
          <span className="dim"> · {t('subject.in_digest', { name: readable(message.digest) })}</span>
        )}
      </p>
      {written && <WrittenBy written={written} />}
      <Became message={message} />
      <Details label={t('trace.show_words')} open={t('trace.hide_words')}>
        {subject && <p className="strong">{subject}</p>}
        <blockquote className="words">{body ?? <DeletedWords deleted={message.wordsDeleted} />}</blockquote>
      </Details>
    </>
  )
}

function Became({ message }: { message: Message }) {
  const { t } = useWords()
  const { moment, after } = useMoments()
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
    message.reason && readable(message.reason),
    state === 'held' &&
      !message.dueAt.startsWith(unknown) &&
      t('subject.leaves', { when: moment(message.dueAt) }),
    failure && [failure.code, failure.detail].filter(Boolean).join(': '),
    failure?.resolvedBy &&
      t('subject.resolved_by', { by: failure.resolvedBy, how: failure.resolution ?? '' }),
  ].filter(Boolean)
  return parts.length > 0 ? <p className="dim">{parts.join(' · ')}</p> : null
}
