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

/** The server's line begins with the verdict, which stands beside it here. */
const withoutVerdict = (text: string): string => {
  const rest = text.replace(/^(Yes|No|Not yet|Unknown|Nothing said|Sent, not confirmed)(, by hand)?: /, '')
  return rest.slice(0, 1).toUpperCase() + rest.slice(1)
}

export function BigAnswer({ answer, message, clientZone }: Props) {
  const { t, language } = useWords()
  const moments = useMoments()
  const own = headlineOf(message, t, moments)
  const there = message?.settledAt ? moments.elsewhere(message.settledAt, clientZone) : null
  return (
    <section className={`answer tone-${toneOfVerdict(answer.verdict)}`} aria-label={t('trace.latest')}>
      <p className="answer-word">{t(`verdict.${answer.verdict}`)}</p>
      <h2 className="answer-line">{own ?? withoutVerdict(answer.text)}</h2>
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
  const { t, language } = useWords()
  const moments = useMoments()
  return (
    <span className="small-answer">
      <Tag tone={toneOfVerdict(answer.verdict)}>{t(`verdict.${answer.verdict}`)}</Tag>
      {answer.channel && <span className="strong">{section(language, 'channel')[answer.channel]}</span>}
      <span>{headlineOf(message, t, moments) ?? withoutVerdict(answer.text)}</span>
    </span>
  )
}
