/** Which appointment an answer is about. Pure. Where two could be meant nothing is guessed. */
import type { ClientId, ConnectionId, MatterId, MessageId } from '../../kernel/index.ts'
import { timeOf } from '../facts/index.ts'
import type { Answer, AnswerWords } from '../templates/index.ts'
import { answerIn } from './answer-meaning.ts'

/** A message that asked and left, with the appointment that it asked about as it stands now. */
export interface Asked {
  messageId: MessageId
  sentAt: Temporal.Instant
  words: AnswerWords
  templateKey: string
  clientId: ClientId
  matterId: MatterId
  /** Whose matter it is now. */
  matterClientId: ClientId | null
  reminderId: string
  planKey: string
  factId: string
  connectionId: ConnectionId
  externalId: string
  /** Which edition was asked about, and which there is now. */
  edition: number
  factEdition: number
  mark: string
  removed: boolean
  /** What was asked about began, or begins, then. */
  startsAt: Temporal.Instant
  data: Record<string, unknown>
}

export type AnswerVerdict =
  | { kind: 'none' }
  | { kind: 'answer'; answer: Answer; asked: Asked }
  /** Several appointments could be meant, or the one that was asked about is another since. */
  | { kind: 'unclear'; answer: Answer; could: readonly Asked[] }

export interface Answering {
  now: Temporal.Instant
  firmZone: string
  /** When an answer from this address was last understood: what was asked before is done with. */
  answeredAt: Temporal.Instant | null
}

/**
 * @param asked everything that was asked of this address
 * @returns `answer` only where one appointment can be meant, it is still to come, and is the one that was asked about
 */
export function judgeAnswer(body: string, asked: readonly Asked[], at: Answering): AnswerVerdict {
  const toCome = asked
    .filter((one) => Temporal.Instant.compare(endOf(one, at.firmZone), at.now) > 0)
    .toSorted((a, b) => Temporal.Instant.compare(b.sentAt, a.sentAt))
  // Of each appointment the question that was put last.
  const last = [...Map.groupBy(toCome, (one) => one.factId).values()].map(([newest]) => newest!)
  const since = last.filter(
    ({ sentAt }) => at.answeredAt === null || Temporal.Instant.compare(sentAt, at.answeredAt) >= 0,
  )
  // Nothing was asked since they answered: then they say so once more, or have changed their mind.
  const open = since.length > 0 ? since : last.slice(0, 1)
  const could = open.flatMap((one) => {
    const answer = answerIn(body, one.words)
    return answer === null ? [] : [{ answer, asked: one }]
  })
  const [first, ...more] = could
  if (first === undefined) return { kind: 'none' }
  if (more.length > 0 || !asAsked(first.asked))
    return { kind: 'unclear', answer: first.answer, could: could.map((one) => one.asked) }
  return { kind: 'answer', ...first }
}

/** It is on, at the time that was asked about, and of the same client. */
export const asAsked = (one: Asked): boolean =>
  !one.removed && one.edition === one.factEdition && one.clientId === one.matterClientId

/** An entry of a whole day can be confirmed until its day is over. */
function endOf(one: Asked, firmZone: string): Temporal.Instant {
  const allDay = asAsked(one) && timeOf(one.data, firmZone)?.allDayOn
  return allDay ? one.startsAt.add({ hours: 24 }) : one.startsAt
}
