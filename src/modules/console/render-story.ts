/** One event with everything that came of it, in lines. Pure. */
import type { DeletedUnder } from '../../../contracts/retention.ts'
import type { TraceMessage, TraceNotice, TraceStory, TraceWriting } from '../../../contracts/trace.ts'
import { channelWord, harmless, providerWord } from './words.ts'

type At = (instant: string) => string

export function renderStory(story: TraceStory, at: At): string[] {
  const { event, delivery, status } = story
  const change = status
    ? `: ${status.from ?? 'first sight'} → ${status.to ?? 'unmapped'} (the CMS says "${status.raw ?? ''}")`
    : ''
  return [
    `${at(event.recordedAt)}  ${event.type}${change}, ${event.outcome}  (event ${event.id})`,
    ...(delivery
      ? [
          `  came as delivery ${delivery.id} by ${delivery.connection}, ${at(delivery.receivedAt)}, ${delivery.state}${delivery.bodyDeleted ? `, ${deletedWords(delivery.bodyDeleted, at)}` : ''}`,
        ]
      : []),
    ...story.decisions.flatMap((d) =>
      d.results.map((r) => {
        const why = r.reason ? `: ${r.reason}` : ''
        const values = Object.entries({ ...r.values, ...r.evidence }).map(
          ([k, v]) => `${k} = ${JSON.stringify(v)}`,
        )
        return `  rule ${r.rule} v${r.version} (${d.trigger}): ${r.outcome}${why}${values.length > 0 ? `  [${values.join(', ')}]` : ''}`
      }),
    ),
    ...story.notices.flatMap((n) => noticeLines(n, at)),
  ].map(harmless)
}

function noticeLines(notice: TraceNotice, at: At): string[] {
  const due = notice.dueAt && !notice.dueAt.startsWith('9999') ? `, looked at again ${at(notice.dueAt)}` : ''
  return [
    `  notice ${notice.template || notice.rule}${notice.audience === 'client' ? '' : ` for ${notice.recipient ?? notice.audience}`} (${notice.purpose}, ${notice.urgency}): ${notice.state}${notice.reason ? `, ${notice.reason}` : ''}${due}`,
    ...notice.gates.map((g) => {
      const why = g.reason ? ` (${g.reason})` : ''
      return `    gate ${g.gate}, ${channelWord(g.channel)}: ${g.verdict}${why}${g.until ? ` until ${at(g.until)}` : ''}`
    }),
    ...notice.messages.flatMap((m) => messageLines(m, at)),
  ]
}

/** In words. */
export const deletedWords = (deleted: DeletedUnder | null, at: At): string =>
  deleted === null
    ? 'the words were deleted'
    : `deleted under retention on ${at(deleted.at)}, rule ${deleted.rule}`

function messageLines(m: TraceMessage, at: At): string[] {
  const words = m.body === null ? `(${deletedWords(m.wordsDeleted, at)})` : m.body
  return [
    `    ${channelWord(m.channel)} to ${m.address}: ${m.state}${m.reason ? `, ${m.reason}` : ''}  (message ${m.id}, ${m.template} v${m.templateVersion}, ${m.language})`,
    ...(m.subject ? [`      "${m.subject}"`] : []),
    ...words.split('\n').map((line) => `      | ${line}`),
    ...m.attempts.map((a) => {
      const end = a.verdict ?? 'under way'
      const why = [a.code, a.detail].filter(Boolean).join(': ')
      return `      attempt ${a.number}, ${at(a.startedAt)}, ${providerWord(m.provider)}: ${end}${why ? ` (${why})` : ''}${a.providerMessageId ? ` ${a.providerMessageId}` : ''}`
    }),
    ...m.receipts.map((r) => {
      const why = [r.code, r.detail].filter(Boolean).join(': ')
      return `      receipt, ${at(r.at)}: ${r.kind}${why ? ` (${why})` : ''}`
    }),
    ...m.deadLetters.map((d) => {
      const end = d.resolvedAt
        ? `, ${d.resolution ?? d.state} by ${d.resolvedBy ?? 'someone'} ${at(d.resolvedAt)}`
        : ''
      return `      dead letter ${d.id}, ${at(d.openedAt)}: ${d.cause}, ${d.state}${end}`
    }),
    ...m.answers.map(
      (a) =>
        `      answered, ${at(a.at)}: ${a.answer === 'confirmed' ? 'confirmed' : 'wants another date'}${a.counts ? '' : ', which no longer counts'} (text ${a.textId})`,
    ),
    ...m.writings.map((w) => `      ${writingLine(w, at)}`),
  ]
}

/** What a CMS was told, or why not yet. */
export function writingLine(w: TraceWriting, at: At): string {
  const why = w.lastError ? ` (${w.lastError})` : ''
  const what = `into ${w.connection} as a ${w.kind}`
  switch (w.state) {
    case 'written':
      return `written ${what}, ${w.writtenAt ? at(w.writtenAt) : ''}: ${w.externalId ?? ''}`
    case 'dead':
      return `could not be written ${what}${why}`
    case 'queued':
    case 'writing':
      return `to be written ${what}, ${w.state}, tried ${w.tries} times${why}, next ${at(w.dueAt)}`
  }
}
