/** The answer in one line, in the reader's language, from its parts. */
import type { Schemas } from '../api/client.ts'
import { readable, section, type useWords } from '../words/index.ts'
import type { Moments } from '../words/moments.ts'

type Answer = Schemas['TraceAnswer']
type Message = Schemas['TraceMessage']
type Words = ReturnType<typeof useWords>

/** Providers that do not spell themselves as their kind does. */
const spelt: Readonly<Record<string, string>> = { sendgrid: 'SendGrid', ses: 'SES', smtp: 'SMTP' }

/** @param message that the answer speaks of, for what its client did with it */
export function headlineOf(
  answer: Answer,
  message: Message | undefined,
  { t, language }: Words,
  moments: Moments,
): string {
  const words = section(language, 'answer_reason')
  const own = lineOf(answer, answer.reason, answer.detail, { t, language }, moments)
  if (answer.closed.length > 0)
    return answer.closed
      .map(({ channel, reason, detail }) => {
        const why = lineOf(answer, reason, detail, { t, language }, moments)
        return `${section(language, 'channel')[channel]}: ${why}`
      })
      .join(' · ')
  // A server that is newer than this page has reasons of its own, and says them in words.
  if (words[answer.reason] === undefined) return answer.text
  return [own, ...behind(answer, message, t, moments)].join(' · ')
}

function lineOf(
  answer: Answer,
  reason: string,
  detail: string | null,
  { t, language }: Words,
  { moment }: Moments,
): string {
  const { by, when, attempts, provider } = answer
  if (section(language, 'answer_reason')[reason] === undefined) return detail ?? readable(reason)
  const line = t(`answer_reason.${reason as Answer['reason']}`, {
    when: when === null ? '' : moment(when),
    by: by ?? '',
    detail: detail ?? '',
    attempts: attempts ?? 0,
    provider: provider === null ? '' : (spelt[provider] ?? readable(provider)),
  })
  // Where a part is not known, what would have led to it goes as well.
  return line
    .replace(/ ?\(,? ?\)/, '')
    .replace(/ ,|, (?=\)|$)/, '')
    .trim()
}

/** How long it waits, what the provider said, what the client did. */
function behind(answer: Answer, message: Message | undefined, t: Words['t'], moments: Moments): string[] {
  const { reason, until, code, detail, when } = answer
  const wait = reason === 'queued' ? 'answer.leaves' : reason === 'retrying' ? 'answer.again' : 'answer.until'
  const theirs = [code, detail].filter((part) => part !== null && part !== '')
  return [
    ...(until === null ? [] : [t(wait, { until: moments.moment(until) })]),
    ...(code === null || theirs.length === 0 ? [] : [[...new Set(theirs)].join(': ')]),
    ...(reason === 'delivered' && message && when
      ? engagement(message, t, (at) => moments.after(when, at))
      : []),
  ]
}

function engagement(message: Message, t: Words['t'], moment: (at: string) => string): string[] {
  const answer = message.answers.findLast(({ counts }) => counts)?.answer
  return [
    ...(message.openedAt ? [t('answer.opened', { when: moment(message.openedAt) })] : []),
    ...(message.clickedAt ? [t('answer.clicked', { when: moment(message.clickedAt) })] : []),
    ...(message.repliedAt ? [t('answer.replied', { when: moment(message.repliedAt) })] : []),
    ...(answer ? [t(answer === 'confirmed' ? 'answer.confirmed' : 'answer.another')] : []),
  ]
}
