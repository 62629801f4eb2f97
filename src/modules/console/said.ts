/** One answer: its verdict and line, and the same in parts, so that a page can say it in another language. Pure. */
import { type Reason, reasonOf } from '../../../contracts/reasons.ts'
import type { AnswerReason, TraceAnswer } from '../../../contracts/trace.ts'

type Parts = Pick<
  TraceAnswer,
  'when' | 'until' | 'by' | 'code' | 'detail' | 'provider' | 'attempts' | 'closed'
>
export type Said = Pick<TraceAnswer, 'verdict' | 'text' | 'reason'> & Parts

const nothing: Parts = {
  when: null,
  until: null,
  by: null,
  code: null,
  detail: null,
  provider: null,
  attempts: null,
  closed: [],
}

export const say = (
  verdict: TraceAnswer['verdict'],
  reason: AnswerReason,
  text: string,
  parts: Partial<Parts> = {},
): Said => ({ verdict, reason, text, ...nothing, ...parts })

/** What an answer names by itself; any other reason stands behind "held" or "not said", as it was written. */
const named: ReadonlySet<string> = new Set<Reason & AnswerReason>([
  'opted_out',
  'no_preference',
  'unknown_preference',
  'prefers_other',
  'no_address',
  'no_working_address',
  'already_said',
  'paused_in_cms',
  'quiet_hours',
  'waits_for_digest',
  'settling',
  'waits_for_evidence',
  'words_incomplete',
])

/** @param otherwise for a reason that is none of ours */
export function reasonIn(words: string, otherwise: AnswerReason): AnswerReason {
  const found = reasonOf(words)?.reason
  return found !== undefined && named.has(found) ? (found as AnswerReason) : otherwise
}
