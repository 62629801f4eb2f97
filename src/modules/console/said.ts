/** One answer: its verdict and line, and the same in parts, so that a page can say it in another language. Pure. */
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

/** What the gates and the guard write down as words; older rows hold nothing else. */
const known: readonly [RegExp, AnswerReason][] = [
  [/^opted[ _]out/, 'opted_out'],
  [/^no preference on file$/, 'no_preference'],
  [/^the preference on file/, 'unknown_preference'],
  [/^prefers /, 'prefers_other'],
  [/^no address on file$/, 'no_address'],
  [/^no address that works$/, 'no_working_address'],
  [/^there is a message about the same already$/, 'already_said'],
  [/^paused in the CMS$/, 'paused_in_cms'],
  [/^quiet[ _]hours/, 'quiet_hours'],
  [/^waits for the digest /, 'waits_for_digest'],
  [/^settling$/, 'settling'],
  [/^evidence: /, 'waits_for_evidence'],
  [/^template: /, 'words_incomplete'],
]

/** @param otherwise for a reason that is none of ours */
export const reasonIn = (words: string, otherwise: AnswerReason): AnswerReason =>
  known.find(([pattern]) => pattern.test(words))?.[1] ?? otherwise
