/** The answer in one line, in the reader's language. What it does not know it leaves to the server's own words. */
import type { Schemas } from '../api/client.ts'
import type { useWords } from '../words/index.ts'
import type { Moments } from '../words/moments.ts'

type Message = Schemas['TraceMessage']

/** @returns undefined where the server says it better */
export function headlineOf(
  message: Message | undefined,
  t: ReturnType<typeof useWords>['t'],
  moments: Moments,
): string | undefined {
  if (!message) return undefined
  const { moment } = moments
  const byHand = message.deadLetters.findLast(({ state }) => state === 'closed')
  if (byHand?.resolution && ['dead', 'undelivered'].includes(message.state))
    return t('headline.by_hand', { how: byHand.resolution })
  if (message.state === 'delivered') {
    const arrived = message.receipts.find(({ kind }) => kind === 'delivered')?.at ?? message.settledAt
    if (!arrived) return undefined
    return [
      t('headline.delivered', { when: moment(arrived) }),
      ...engagement(message, t, (at) => moments.after(arrived, at)),
    ].join(' · ')
  }
  if (message.state === 'sent' && message.sentAt) return t('headline.sent', { when: moment(message.sentAt) })
  return undefined
}

function engagement(
  message: Message,
  t: ReturnType<typeof useWords>['t'],
  moment: (at: string) => string,
): string[] {
  const answer = message.answers.findLast(({ counts }) => counts)?.answer
  return [
    ...(message.openedAt ? [t('headline.opened', { when: moment(message.openedAt) })] : []),
    ...(message.clickedAt ? [t('headline.clicked', { when: moment(message.clickedAt) })] : []),
    ...(message.repliedAt ? [t('headline.replied', { when: moment(message.repliedAt) })] : []),
    ...(answer ? [t(answer === 'confirmed' ? 'headline.confirmed' : 'headline.another')] : []),
  ]
}
