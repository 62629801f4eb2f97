/** A phone and a mail side by side, as the client of a real matter would get them. */
import { TextInput } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Schemas } from '../api/client.ts'
import { MailView } from '../parts/mail-view.tsx'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { readable, useWords } from '../words/index.ts'

type Result = Schemas['PreviewResult']
type Message = Schemas['PreviewedMessage']

export function Previews(props: {
  query: UseQueryResult<Result>
  language: string
  matter: string
  choose: (matter: string) => void
}) {
  const { t } = useWords()
  const { query } = props
  const messages = query.data?.messages.filter((m) => m.language === props.language) ?? []
  return (
    <section className="editor-preview" aria-label={t('templates.preview')}>
      <TextInput
        label={t('templates.tried_on')}
        placeholder={query.data?.matter?.name ?? ''}
        value={props.matter}
        onChange={(event) => props.choose(event.currentTarget.value)}
      />
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} />}
      {query.data && messages.length === 0 && <p className="dim">{t('templates.no_preview')}</p>}
      <div className="previews" aria-live="polite" aria-busy={query.isFetching}>
        {messages.map((message) => (
          <One key={`${message.rule} ${message.channel}`} message={message} />
        ))}
      </div>
    </section>
  )
}

function One({ message }: { message: Message }) {
  const { t } = useWords()
  const { channel, rule, problems, text, content, subject, segments } = message
  return (
    <figure className={`preview preview-${channel}`}>
      <figcaption className="dim">
        {channel === 'sms' ? t('templates.phone') : t('templates.mailbox')}
        {segments !== null && `, ${t('templates.segments', { count: segments })}`}
        {rule !== null && ` · ${readable(rule)}`}
      </figcaption>
      {problems.length > 0 ? (
        <div className="preview-held">
          <p>{t('templates.would_hold')}</p>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      ) : content !== null ? (
        <MailView subject={subject} html={content} />
      ) : (
        <p className="bubble">{text}</p>
      )}
    </figure>
  )
}
