/** As it would arrive, and each gate that would hold it; those that a person may let it pass have a box for that. */
import { Checkbox, Textarea } from '@mantine/core'
import type { Schemas } from '../api/client.ts'
import { MailView } from '../parts/mail-view.tsx'
import { Problem } from '../parts/problem.tsx'
import { Tag } from '../parts/tag.tsx'
import { section, useWords, wordOr } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { useReasons } from '../words/reasons.ts'

type Look = Schemas['WritePreview']
type Gate = Schemas['Overridable']

const tones = { goes: 'good', waits: 'warn', refused: 'bad', incomplete: 'bad' } as const

export function Preview(props: {
  look: Look | undefined
  error: unknown
  mayOverride: boolean
  overrides: readonly Gate[]
  override: (gate: Gate, on: boolean) => void
  reason: string
  setReason: (reason: string) => void
}) {
  const { t, language } = useWords()
  const { moment } = useMoments()
  const why = useReasons()
  const { look, overrides } = props
  if (props.error) return <Problem error={props.error} />
  if (!look) return null
  const closed = look.gates.filter(({ verdict }) => verdict !== 'pass')
  const liftable = look.gates.flatMap(({ override }) => (override ? [override] : []))
  const boxes = [...new Set([...liftable, ...overrides])]
  return (
    <section className="write-preview" aria-label={t('write.preview')} aria-live="polite">
      <p>
        <Tag tone={tones[look.verdict]}>{t(`write.${look.verdict}`)}</Tag>{' '}
        {look.verdict === 'waits' && look.until && t('write.until', { when: moment(look.until) })}
        {look.verdict === 'goes' && look.address && t('subject.to', { address: look.address })}
      </p>
      {look.saidLast && <p className="dim">{t('write.said_last', { when: moment(look.saidLast) })}</p>}
      {look.gates.some(({ gate }) => gate === 'facts') && <p className="dim">{t('write.reads_first')}</p>}
      {closed.length > 0 && (
        <ul className="lines" aria-label={t('write.gates')}>
          {closed.map((gate) => (
            <li key={gate.gate}>
              <Tag tone={gate.verdict === 'hold' ? 'warn' : 'bad'}>
                {wordOr(section(language, 'gate'), gate.gate)}
              </Tag>{' '}
              {why(gate.reason)}
              {gate.until && ` (${t('subject.ends', { when: moment(gate.until) })})`}
            </li>
          ))}
        </ul>
      )}
      {props.mayOverride &&
        boxes.map((gate) => (
          <Checkbox
            key={gate}
            label={t('write.override', { gate: wordOr(section(language, 'gate'), gate) })}
            checked={overrides.includes(gate)}
            onChange={(event) => props.override(gate, event.currentTarget.checked)}
          />
        ))}
      {overrides.length > 0 && (
        <Textarea
          label={t('write.why')}
          description={t('write.why_hint')}
          required
          maxLength={500}
          value={props.reason}
          onChange={(event) => props.setReason(event.currentTarget.value)}
        />
      )}
      <Words look={look} />
    </section>
  )
}

function Words({ look }: { look: Look }) {
  const { t } = useWords()
  if (look.problems.length > 0)
    return (
      <div className="preview-held">
        <p>{t('write.lacks')}</p>
        <ul>
          {look.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </div>
    )
  return (
    <figure className={`preview preview-${look.channel}`}>
      <figcaption className="dim">
        {look.channel === 'sms' ? t('templates.phone') : t('templates.mailbox')}
        {look.segments !== null && `, ${t('templates.segments', { count: look.segments })}`}
        {` · ${look.language}`}
      </figcaption>
      {look.content === null ? (
        <p className="bubble" lang={look.language}>
          {look.text}
        </p>
      ) : (
        <MailView subject={look.subject} html={look.content} />
      )}
    </figure>
  )
}
