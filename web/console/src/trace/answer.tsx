/** One answer: the word, the line, and to whom; the first thing that is read. */
import type { Schemas } from '../api/client.ts'
import { Tag, toneOfVerdict } from '../parts/tag.tsx'
import { readable, section, useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { headlineOf } from './headline.ts'

interface Props {
  answer: Schemas['TraceAnswer']
  message: Schemas['TraceMessage'] | undefined
  clientZone: string | null
}

export function BigAnswer({ answer, message, clientZone }: Props) {
  const words = useWords()
  const { t, language } = words
  const moments = useMoments()
  const there = message?.settledAt ? moments.elsewhere(message.settledAt, clientZone) : null
  return (
    <section className={`answer tone-${toneOfVerdict(answer.verdict)}`} aria-label={t('trace.latest')}>
      <p className="answer-word">{t(`verdict.${answer.verdict}`)}</p>
      <h2 className="answer-line">{headlineOf(answer, message, words, moments)}</h2>
      <p className="answer-about">
        <span className="strong">{readable(answer.about)}</span>
        {answer.channel && <> · {section(language, 'channel')[answer.channel]}</>}
        {answer.address && <> · {answer.address}</>}
        {answer.matter && <> · {answer.matter}</>}
        {there && <> · {t('trace.local', there)}</>}
      </p>
    </section>
  )
}

/** The same in a line of a list. */
export function SmallAnswer({ answer, message }: Omit<Props, 'clientZone'>) {
  const words = useWords()
  const { t, language } = words
  const moments = useMoments()
  return (
    <span className="small-answer">
      <Tag tone={toneOfVerdict(answer.verdict)}>{t(`verdict.${answer.verdict}`)}</Tag>
      {answer.channel && <span className="strong">{section(language, 'channel')[answer.channel]}</span>}
      <span>{headlineOf(answer, message, words, moments)}</span>
    </span>
  )
}
