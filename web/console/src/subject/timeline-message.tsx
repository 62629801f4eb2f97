/** One message in the line: what was said, to where, who wrote it, and what became of it. */
import type { Schemas } from '../api/client.ts'
import { Became } from '../parts/became.tsx'
import { DeletedWords } from '../parts/deleted-words.tsx'
import { Details } from '../parts/details.tsx'
import { Tag } from '../parts/tag.tsx'
import { WrittenBy } from '../parts/written-by.tsx'
import { readable, section, useWords } from '../words/index.ts'

type Message = Extract<Schemas['TimelineItem'], { kind: 'message' }>

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
