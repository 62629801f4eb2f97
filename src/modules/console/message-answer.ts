/** "Did she get it?" of one message. Pure. */
import type { AnswerReason, TraceMessage, TracePause, TraceReceipt } from '../../../contracts/trace.ts'
import { reasonIn, type Said, say } from './said.ts'
import { channelWord, maskAddress, momentIn, providerWord } from './words.ts'

export interface AnswerContext {
  zone: string
  now: Temporal.Instant
  pauses: readonly TracePause[]
  clientName(id: string | null): string | null
  matterName(id: string | null): string | null
}

export function aboutMessage(m: TraceMessage, context: AnswerContext): Said {
  const to = `to ${maskAddress(m.address)} by ${channelWord(m.channel)}`
  const provider = providerWord(m.provider)
  const at = (instant: string) => momentIn(context.zone, instant, context.now)
  const byHand = m.deadLetters.findLast((d) => d.state === 'closed')
  switch (m.state) {
    case 'delivered': {
      const proof = proofOf(m.receipts)
      const when = proof
        ? `${at(proof.at)} (receipt of ${provider}${proofWord(proof)})`
        : at(m.settledAt ?? m.createdAt)
      return say('yes', 'delivered', `Yes: delivered ${to} on ${when}${engagement(m, at)}`, {
        when: proof?.at ?? m.settledAt ?? m.createdAt,
        provider: m.provider,
      })
    }
    case 'sent': {
      const proof =
        m.reason === 'never_confirmed'
          ? `${provider} never said that it arrived`
          : 'no receipt of delivery yet'
      return say(
        'sent',
        m.reason === 'never_confirmed' ? 'never_confirmed' : 'accepted',
        `Sent, not confirmed: ${provider} took it ${to}${m.sentAt ? ` on ${at(m.sentAt)}` : ''}; ${proof}`,
        { when: m.sentAt, provider: m.provider },
      )
    }
    case 'sending':
      return say('not_yet', 'sending', `Not yet: on its way ${to} at this moment`, { provider: m.provider })
    case 'queued':
      return queued(m, to, at, context.now)
    case 'held':
      return held(m, to, context)
    case 'unknown': {
      const attempt = m.attempts.at(-1)
      const when = attempt ? ` on ${at(attempt.startedAt)}` : ''
      return say(
        'unknown',
        'provider_silent',
        `Unknown: ${provider} did not answer the call${when}, ${to}; it is being found out`,
        { when: attempt?.startedAt ?? null, provider: m.provider },
      )
    }
    case 'undelivered':
    case 'dead': {
      if (byHand) {
        const by = `${byHand.resolvedBy ?? 'someone'}${byHand.resolvedAt ? `, ${at(byHand.resolvedAt)}` : ''}`
        return say(
          'yes',
          'told_by_hand',
          `Yes, by hand: ${byHand.resolution ?? 'told'} (${by}); the ${channelWord(m.channel)} did not arrive`,
          { when: byHand.resolvedAt, by: byHand.resolvedBy, detail: byHand.resolution },
        )
      }
      const letter = m.deadLetters.findLast((d) => d.state === 'open')
      return failed(m, provider, `${to}${letter ? '; needs a human' : ''}`)
    }
    case 'cancelled':
      if (m.digest?.message && m.reason === 'in a digest') return inDigest(m.digest.message, to, at)
      return cancelled(m.reason, to)
    default:
      return say('unknown', 'unknown', `Unknown: ${m.state}, ${to}`, { detail: m.state })
  }
}

/** A receipt of delivery proves it; an opened mail does so too, where the other never came. */
function proofOf(receipts: readonly TraceReceipt[]): TraceReceipt | undefined {
  return (
    receipts.find((r) => r.kind === 'delivered') ??
    receipts.find((r) => ['opened', 'machine_opened', 'clicked', 'spam_report'].includes(r.kind))
  )
}
const proofWord = (proof: TraceReceipt) =>
  proof.kind === 'delivered' ? '' : `: ${proof.kind.replace('_', ' ')}`

function engagement(m: TraceMessage, at: (instant: string) => string): string {
  const told = [
    ...(m.repliedAt ? [`answered ${at(m.repliedAt)}${answerWord(m)}`] : []),
    ...(m.clickedAt ? [`clicked ${at(m.clickedAt)}`] : []),
    ...(m.openedAt && !m.clickedAt ? [`opened ${at(m.openedAt)}`] : []),
  ]
  return told.length > 0 ? `; ${told.join(', ')}` : ''
}

function answerWord(m: TraceMessage): string {
  const last = m.answers.at(-1)
  if (last === undefined) return ''
  const words = last.answer === 'confirmed' ? 'confirmed' : 'wants another date'
  return `: ${words}${last.counts ? '' : ', which no longer counts'}`
}

function queued(m: TraceMessage, to: string, at: (instant: string) => string, now: Temporal.Instant): Said {
  const later = Temporal.Instant.compare(Temporal.Instant.from(m.dueAt), now) > 0
  const until = later ? m.dueAt : null
  const parts = { until, provider: m.provider, attempts: m.attemptCount }
  if (m.attemptCount === 0) {
    const when = later ? `leaves ${at(m.dueAt)}` : 'waits for its turn to leave'
    return say('not_yet', 'queued', `Not yet: ${when}, ${to}`, parts)
  }
  const again = later ? `tried again ${at(m.dueAt)}` : 'about to be tried again'
  return say(
    'not_yet',
    'retrying',
    `Not yet: attempt ${m.attemptCount} did not go through (${m.reason ?? 'no reason given'}), ${again}, ${to}`,
    { ...parts, ...theirWords(m), detail: m.reason },
  )
}

/** It was said with others: whether those words arrived. */
function inDigest(
  said: NonNullable<NonNullable<TraceMessage['digest']>['message']>,
  to: string,
  at: (instant: string) => string,
): Said {
  switch (said.state) {
    case 'delivered':
      return say(
        'yes',
        'delivered_in_digest',
        `Yes: in a digest, delivered ${to}${said.settledAt ? ` on ${at(said.settledAt)}` : ''}`,
        { when: said.settledAt },
      )
    case 'sent':
      return say(
        'sent',
        'sent_in_digest',
        `Sent in a digest, not confirmed: ${to}${said.sentAt ? ` on ${at(said.sentAt)}` : ''}`,
        { when: said.sentAt },
      )
    case 'queued':
    case 'sending':
    case 'held':
      return say('not_yet', 'digest_under_way', `Not yet: in a digest that is on its way ${to}`)
    case 'unknown':
      return say(
        'unknown',
        'unknown_in_digest',
        `Unknown: in a digest of which nobody knows yet whether it left, ${to}`,
      )
    default:
      return say('no', 'lost_in_digest', `No: in a digest that did not arrive, ${to}`)
  }
}

function held(m: TraceMessage, to: string, context: AnswerContext): Said {
  const reason = m.reason ?? ''
  const line = (why: string) => `Not yet: held, ${why}, ${to}`
  if (/paused/.test(reason)) {
    const paused = pausedBy([m.clientId, m.matterId], reason, context)
    return say('not_yet', paused.reason, line(paused.words), paused.parts)
  }
  const end = m.digest?.state === 'open' ? m.digest.dueAt : m.dueAt
  const until = end.startsWith('9999') ? null : end
  const words = reason === 'quiet_hours' ? 'quiet hours' : reason || 'no reason given'
  const when = until === null ? '' : ` until ${momentIn(context.zone, until, context.now)}`
  const kind = m.digest?.state === 'open' ? 'waits_for_digest' : reasonIn(reason, 'held')
  return say('not_yet', kind, line(`${words}${when}`), { until, detail: reason || null })
}

/** @returns who paused it and till when, and all that in words */
export function pausedBy(targets: readonly (string | null)[], reason: string, context: AnswerContext) {
  if (/CMS/.test(reason)) return { reason: 'paused_in_cms' as const, words: 'paused in the CMS', parts: {} }
  const live = context.pauses.find((p) => p.scope === 'firm' || targets.includes(p.targetId))
  if (!live)
    return {
      reason: 'pause_over' as const,
      words: 'it was paused and is about to be looked at again',
      parts: {},
    }
  const until = live.endsAt ? ` until ${momentIn(context.zone, live.endsAt, context.now)}` : ''
  return {
    reason: `paused_${live.scope}` as const,
    words: `${live.scope} paused by ${live.by}${until} (${live.reason})`,
    parts: { by: live.by, until: live.endsAt, detail: live.reason },
  }
}

/** What the provider said of it last. */
function theirWords(m: TraceMessage): { code: string | null; detail: string | null } {
  const attempt = m.attempts.at(-1)
  const letter = m.deadLetters.at(-1)
  const receipt = m.receipts.findLast((r) => ['undelivered', 'failed', 'bounced', 'dropped'].includes(r.kind))
  return {
    code: receipt?.code ?? letter?.code ?? attempt?.code ?? m.reason,
    detail: receipt?.detail || letter?.detail || attempt?.detail || null,
  }
}

function failed(m: TraceMessage, provider: string, rest: string): Said {
  const words = theirWords(m)
  const why = [words.code, words.detail].filter(Boolean).join(': ')
  const because = why ? ` (${why})` : ''
  const no = (reason: AnswerReason, line: string) =>
    say('no', reason, `No: ${line}, ${rest}`, { ...words, provider: m.provider, attempts: m.attemptCount })
  if (m.state === 'undelivered') return no('undeliverable', `${provider} could not deliver it${because}`)
  switch (m.deadLetters.at(-1)?.cause) {
    case 'refused':
      return no('refused', `${provider} refused it${because}`)
    case 'retries_used_up':
      return no('retries_used_up', `given up after ${m.attemptCount} attempts by ${provider}${because}`)
    case 'never_confirmed':
      return no('nobody_knows', `nobody knows whether ${provider} took it; it never confirmed it`)
    case 'no_outlet':
      return no(
        'no_outlet',
        `it could not be sent: ${words.detail || 'no connection was left to send it by'}`,
      )
    case 'ambiguous':
      return no('ambiguous', `${provider} has several messages that could be this one; a human must look`)
    default:
      return no('undeliverable', `${provider} could not deliver it${because}`)
  }
}

const cancelWords: Readonly<Record<string, { reason: AnswerReason; words: string }>> = {
  opted_out: { reason: 'opted_out', words: 'opted out' },
  appointment_begun: { reason: 'appointment_begun', words: 'what it reminds of had begun' },
  contact_point_lost: {
    reason: 'contact_point_lost',
    words: 'the address is not theirs any more, or does not work',
  },
  superseded: { reason: 'not_true_any_more', words: 'no longer true when it was to leave' },
  retention: { reason: 'words_deleted', words: 'its words were deleted before it could leave' },
}

function cancelled(why: string | null, to: string): Said {
  const { reason, words } = cancelWords[why ?? ''] ?? {
    reason: 'cancelled' as const,
    words: why ?? 'cancelled',
  }
  return say('no', reason, `No: ${words}, ${to}`, { detail: why })
}
