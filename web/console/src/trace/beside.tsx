/** What else there is about them: what the client wrote, tasks, what waits or was not understood. */
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client.ts'
import { DeletedWords } from '../parts/deleted-words.tsx'
import { Moment } from '../parts/moment.tsx'
import { Tag } from '../parts/tag.tsx'
import { section, termIn, useWords, wordOr } from '../words/index.ts'

type Trace = Schemas['Trace']

export function Beside({ trace, clientZone }: { trace: Trace; clientZone: string | null }) {
  const { t, language } = useWords()
  return (
    <>
      <Part title={t('trace.replies')} cut={trace.cut.includes('texts')}>
        {trace.texts.map((text) => (
          <li key={text.id}>
            <p className="part-head">
              <Moment at={text.receivedAt} clientZone={clientZone} />
              <Tag>{termIn(language, text.meaning)}</Tag>
            </p>
            <blockquote className="words">
              {text.body ?? <DeletedWords deleted={text.wordsDeleted} />}
            </blockquote>
            {text.media.length > 0 && <p className="dim">{t('trace.media', { count: text.media.length })}</p>}
          </li>
        ))}
      </Part>
      <Part title={t('trace.open_tasks')} cut={trace.cut.includes('tasks')}>
        {trace.tasks.map((task) => (
          <li key={task.id}>
            <p className="part-head">
              <span className="strong">{task.title}</span>
              <Tag tone={task.state === 'open' ? 'warn' : 'good'}>
                {task.state === 'open' ? t('tasks.open') : t('tasks.done')}
              </Tag>
              <Moment at={task.createdAt} />
            </p>
            <p className="dim">{task.detail}</p>
          </li>
        ))}
      </Part>
      <Part title={t('trace.quarantined')} cut={trace.cut.includes('quarantine')}>
        {trace.quarantine.map((item) => (
          <li key={item.id}>
            <p className="part-head">
              <span className="strong">{wordOr(section(language, 'quarantine_kind'), item.kind)}</span>
              <Tag>{termIn(language, item.state)}</Tag>
              <Moment at={item.at} />
            </p>
            {item.rawStatus !== null && <p>{t('quarantine.raw', { raw: item.rawStatus })}</p>}
          </li>
        ))}
      </Part>
      <Part title={t('trace.waiting')} cut={trace.cut.includes('waiting')}>
        {trace.waiting.map((waiting) => (
          <li key={waiting.deliveryId}>
            <p className="part-head">
              <span className="strong">{waiting.connection}</span>
              <Moment at={waiting.receivedAt} />
            </p>
            <p className="dim">{[waiting.reason, waiting.lastError].filter(Boolean).join(': ')}</p>
          </li>
        ))}
      </Part>
      <Part title={t('trace.consent_changes')} cut={trace.cut.includes('consentChanges')}>
        {trace.consentChanges.map((change) => (
          <li key={change.id}>
            <p className="part-head">
              <Tag tone={change.granted ? 'good' : 'bad'}>
                {t(change.granted ? 'trace.consent_yes' : 'trace.consent_no', {
                  purpose: change.purpose === '*' ? t('trace.every_purpose') : change.purpose,
                })}
              </Tag>
              <span>{change.address}</span>
              <Moment at={change.at} />
            </p>
            <p className="dim">
              {termIn(language, change.how)}, {change.by}
            </p>
          </li>
        ))}
      </Part>
    </>
  )
}

function Part(props: { title: string; cut: boolean; children: ReactNode[] }) {
  const { t } = useWords()
  if (props.children.length === 0) return null
  return (
    <section className="part" aria-label={props.title}>
      <h2>{props.title}</h2>
      <ul>{props.children}</ul>
      {props.cut && <p className="dim">{t('trace.cut')}</p>}
    </section>
  )
}
