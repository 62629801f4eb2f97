/** One event and everything that came of it, to be read from top to bottom. */
import { type ReactNode, useId, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { DeletedWords } from '../parts/deleted-words.tsx'
import { Details, Values } from '../parts/details.tsx'
import { Moment } from '../parts/moment.tsx'
import { Tag, type Tone, toneOfState } from '../parts/tag.tsx'
import { WrittenBy, writtenIn } from '../parts/written-by.tsx'
import { type Language, readable, section, termIn, useWords, wordOr } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { useReasons } from '../words/reasons.ts'
import { SmallAnswer } from './answer.tsx'

type Story = Schemas['Trace']['stories'][number]
type Notice = Story['notices'][number]
type Message = Schemas['TraceMessage']

export function StoryCard(props: {
  story: Story
  answers: readonly Schemas['TraceAnswer'][]
  clientZone: string | null
  open: boolean
}) {
  const { t, language } = useWords()
  const { story, clientZone } = props
  const [open, setOpen] = useState(props.open)
  const body = useId()
  const messages = story.notices.flatMap((notice) => notice.messages)
  return (
    <li className="story" data-row>
      <button
        type="button"
        className="story-head"
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
      >
        <span className="story-top">
          <span className="story-title">{titleOf(story, language)}</span>
          <Moment at={story.event.recordedAt} />
        </span>
        {props.answers.map((answer) => (
          <SmallAnswer
            key={`${answer.messageId} ${answer.noticeId} ${answer.channel} ${answer.text}`}
            answer={answer}
            message={messages.find(({ id }) => id === answer.messageId)}
          />
        ))}
        <span className="story-how">
          <span className="chevron" aria-hidden /> {t('trace.how')}
        </span>
      </button>
      <div id={body} hidden={!open}>
        {open && <Steps story={story} clientZone={clientZone} />}
      </div>
    </li>
  )
}

const titleOf = ({ status, event, notices }: Story, language: Language): string => {
  const about = notices.map(({ template, rule }) => readable(template || rule))
  if (about.length > 0) return [...new Set(about)].join(', ')
  return status?.to ? readable(status.to) : termIn(language, event.type)
}

function Step(props: {
  word: string
  at?: string | null
  tone?: Tone
  clientZone?: string | null
  children: ReactNode
}) {
  return (
    <li className={`step tone-${props.tone ?? 'plain'}`}>
      <p className="step-head">
        <span className="step-word">{props.word}</span>
        {props.at && <Moment at={props.at} clientZone={props.clientZone} />}
      </p>
      <div className="step-body">{props.children}</div>
    </li>
  )
}

function Steps({ story, clientZone }: { story: Story; clientZone: string | null }) {
  const { t, language } = useWords()
  const { event, status, delivery, decisions } = story
  const written = writtenIn(event.data)
  return (
    <ol className="steps">
      <Step word={t('step.event')} at={event.occurredAt}>
        <p>
          <span className="strong">{termIn(language, event.type)}</span>
          {status && (
            <>
              {' '}
              {t('step.status', {
                from: status.from ? readable(status.from) : t('step.first_sight'),
                to: status.to ? readable(status.to) : t('step.unmapped'),
              })}
              {status.raw !== null && (
                <span className="dim"> ({t('step.cms_says', { raw: status.raw })})</span>
              )}
            </>
          )}{' '}
          <Tag>{termIn(language, event.outcome)}</Tag>
        </p>
        {written ? (
          <WrittenBy written={written} />
        ) : (
          <p className="dim">
            {t('step.by_connection', { connection: delivery?.connection ?? event.connection })}
          </p>
        )}
        {Object.keys(event.data).length > 0 && (
          <Details label={t('events.data')}>
            <Values of={event.data} />
          </Details>
        )}
      </Step>
      {decisions.map((decision) => (
        <RuleSteps key={decision.id} decision={decision} />
      ))}
      {story.notices.map((notice) => (
        <NoticeSteps key={notice.id} notice={notice} clientZone={clientZone} />
      ))}
    </ol>
  )
}

type Decision = Story['decisions'][number]
const outcomeTones: Readonly<Record<string, Tone>> = {
  told: 'good',
  held: 'warn',
  suppressed: 'bad',
  error: 'bad',
}
type Result = Decision['results'][number]

/** The rules that came to something, each with the values that decided; those that did not, behind a click. */
function RuleSteps({ decision }: { decision: Decision }) {
  const { t } = useWords()
  const applied = decision.results.filter(({ outcome }) => outcome !== 'no')
  const others = decision.results.filter(({ outcome }) => outcome === 'no')
  return (
    <>
      {applied.map((result) => (
        <Step
          key={result.rule}
          word={t('step.rule')}
          at={decision.at}
          tone={outcomeTones[result.outcome] ?? 'info'}
        >
          <RuleLine result={result} />
        </Step>
      ))}
      {others.length > 0 && (
        <Step word={t('step.rule')} at={applied.length === 0 ? decision.at : null}>
          <Details label={t('step.others', { count: others.length })}>
            {others.map((result) => (
              <RuleLine key={result.rule} result={result} />
            ))}
          </Details>
        </Step>
      )}
    </>
  )
}

function RuleLine({ result }: { result: Result }) {
  const why = useReasons()
  const { t, language } = useWords()
  const values = { ...result.values, ...result.evidence }
  return (
    <div className="rule">
      <p>
        <span className="strong">
          {t('step.trigger', { rule: readable(result.rule), version: result.version })}
        </span>{' '}
        <Tag tone={outcomeTones[result.outcome]}>{wordOr(section(language, 'outcome'), result.outcome)}</Tag>
        {result.reason && <span className="dim"> {why(result.reason)}</span>}
      </p>
      {Object.keys(values).length > 0 && <Values of={values} />}
    </div>
  )
}

function NoticeSteps({ notice, clientZone }: { notice: Notice; clientZone: string | null }) {
  const { t, language } = useWords()
  const { moment } = useMoments()
  const why = useReasons()
  const stopped = notice.gates.filter(({ verdict }) => verdict !== 'pass')
  const passed = notice.gates.filter(({ verdict }) => verdict === 'pass')
  const gateName = (gate: string) => wordOr(section(language, 'gate'), gate)
  return (
    <>
      {notice.gates.length > 0 && (
        <Step word={t('step.gates')} at={notice.createdAt} tone={stopped.length > 0 ? 'warn' : 'good'}>
          {stopped.map((gate) => (
            <p key={`${gate.channel} ${gate.gate}`}>
              <Tag tone={gate.verdict === 'hold' ? 'warn' : 'bad'}>
                {section(language, 'channel')[gate.channel]}
              </Tag>{' '}
              <span className="strong">{gateName(gate.gate)}</span>:{' '}
              {gate.reason ? why(gate.reason) : gate.verdict}
              {gate.until && <span className="dim"> {t('step.until', { when: moment(gate.until) })}</span>}
            </p>
          ))}
          {passed.length > 0 && (
            <Details label={t('step.gates_passed', { count: passed.length })}>
              <ul className="passed">
                {passed.map((gate) => (
                  <li key={`${gate.channel} ${gate.gate}`}>
                    {section(language, 'channel')[gate.channel]}: {gateName(gate.gate)}
                    {gate.reason && <span className="dim"> ({why(gate.reason)})</span>}
                  </li>
                ))}
              </ul>
            </Details>
          )}
          {notice.messages.length === 0 && (
            <p>
              <Tag tone={toneOfState(notice.state)}>{wordOr(section(language, 'state'), notice.state)}</Tag>{' '}
              {why(notice.reason)}
            </p>
          )}
        </Step>
      )}
      {notice.messages.map((message) => (
        <MessageSteps key={message.id} message={message} clientZone={clientZone} />
      ))}
    </>
  )
}

const failed = new Set(['undelivered', 'failed', 'bounced', 'dropped'])
const codeAnd = (code: string | null, detail: string | null) => [code, detail].filter(Boolean).join(': ')

function MessageSteps({ message, clientZone }: { message: Message; clientZone: string | null }) {
  const { t, language } = useWords()
  const { moment } = useMoments()
  const { template, templateVersion: version } = message
  return (
    <>
      <Step word={t('step.message')} at={message.createdAt} tone={toneOfState(message.state)}>
        <p>
          <Tag tone={toneOfState(message.state)}>{wordOr(section(language, 'state'), message.state)}</Tag>{' '}
          <span className="strong">{section(language, 'channel')[message.channel]}</span> {message.address}
        </p>
        <p className="dim">
          {t('step.template', { template: readable(template), version, language: message.language })}
          {message.digest && ` · ${t('step.digest')} ${message.digest.key}`}
        </p>
        <WordsOf message={message} />
      </Step>
      {message.attempts.map((attempt) => (
        <Step
          key={attempt.id}
          word={t('step.attempt', { n: attempt.number })}
          at={attempt.startedAt}
          tone={attempt.verdict === 'accepted' ? 'good' : attempt.verdict === null ? 'info' : 'bad'}
        >
          <p>
            {readable(message.provider)}:{' '}
            {attempt.verdict === null ? t('step.under_way') : termIn(language, attempt.verdict)}
            {codeAnd(attempt.code, attempt.detail) && (
              <span className="dim"> ({codeAnd(attempt.code, attempt.detail)})</span>
            )}
          </p>
        </Step>
      ))}
      {message.receipts.map((receipt) => (
        <Step
          key={receipt.id}
          word={t('step.receipt')}
          at={receipt.at}
          clientZone={clientZone}
          tone={failed.has(receipt.kind) ? 'bad' : 'good'}
        >
          <p>
            {termIn(language, receipt.kind)}
            {codeAnd(receipt.code, receipt.detail) && (
              <span className="dim"> ({codeAnd(receipt.code, receipt.detail)})</span>
            )}
          </p>
        </Step>
      ))}
      {message.deadLetters.map((letter) => (
        <Step
          key={letter.id}
          word={t('step.dead_letter')}
          at={letter.openedAt}
          tone={letter.state === 'open' ? 'bad' : 'plain'}
        >
          <p>
            {wordOr(section(language, 'cause'), letter.cause)} <Tag>{termIn(language, letter.state)}</Tag>{' '}
            {letter.resolution}
            {letter.resolvedAt && (
              <span className="dim">
                {' '}
                {letter.resolvedBy}, {moment(letter.resolvedAt)}
              </span>
            )}
          </p>
        </Step>
      ))}
      {message.answers.map((answer) => (
        <Step key={answer.id} word={t('step.answer')} at={answer.at} clientZone={clientZone} tone="good">
          <p>
            {t(answer.answer === 'confirmed' ? 'answer.confirmed' : 'answer.another')}
            {!answer.counts && <span className="dim"> ({t('step.counts_not')})</span>}
          </p>
        </Step>
      ))}
      {message.writings.map((writing) => (
        <Step
          key={writing.id}
          word={t('step.writing')}
          at={writing.writtenAt}
          tone={writing.state === 'written' ? 'good' : writing.state === 'dead' ? 'bad' : 'info'}
        >
          <p>
            {writing.connection}: {termIn(language, writing.kind)}{' '}
            {writing.state !== 'written' && <Tag>{termIn(language, writing.state)}</Tag>}
            {writing.lastError && <span className="dim"> {writing.lastError}</span>}
          </p>
        </Step>
      ))}
    </>
  )
}

function WordsOf({ message }: { message: Message }) {
  const { t } = useWords()
  return (
    <Details label={t('trace.show_words')} open={t('trace.hide_words')}>
      {message.body === null ? (
        <p className="dim">
          <DeletedWords deleted={message.wordsDeleted} />
        </p>
      ) : (
        <blockquote className="words" lang={message.language}>
          {message.subject && <p className="strong">{message.subject}</p>}
          {message.body}
        </blockquote>
      )}
    </Details>
  )
}
