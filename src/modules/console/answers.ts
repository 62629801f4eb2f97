/** "Did she get it?" in one line: for each message, and for what came to none. Pure. */
import type {
  TraceAnswer,
  TraceMessage,
  TraceNotice,
  TracePause,
  TraceQuarantine,
  TraceReceipt,
  TraceStory,
  TraceWaiting,
} from '../../../contracts/trace.ts'
import { channelWord, maskAddress, momentIn, providerWord } from './words.ts'

export interface AnswerContext {
  zone: string
  now: Temporal.Instant
  pauses: readonly TracePause[]
  clientName(id: string | null): string | null
  matterName(id: string | null): string | null
}

type Said = Pick<TraceAnswer, 'verdict' | 'text'>

const say = (verdict: TraceAnswer['verdict'], text: string): Said => ({ verdict, text })

/** All lines of one story. */
export function answersOf(story: TraceStory, context: AnswerContext): TraceAnswer[] {
  const { event } = story
  const base = {
    at: event.recordedAt,
    client: context.clientName(event.clientId),
    matter: context.matterName(event.matterId),
    about: event.type,
    channel: null,
    address: null,
    messageId: null,
    noticeId: null,
    eventId: event.id,
    deliveryId: story.delivery?.id ?? null,
  }
  if (story.notices.length === 0) return [{ ...base, ...aboutEvent(story, context) }]
  const told = event.type in answered ? [{ ...base, ...aboutEvent(story, context) }] : []
  const notices = story.notices.flatMap((notice): TraceAnswer[] => {
    const about = {
      ...base,
      at: notice.createdAt,
      client: context.clientName(notice.clientId),
      matter: context.matterName(notice.matterId),
      about: notice.template || event.type,
      noticeId: notice.id,
    }
    const messages = notice.messages.map((m) => ({
      ...about,
      at: m.createdAt,
      channel: m.channel,
      address: m.address,
      messageId: m.id,
      ...aboutMessage(m, context),
    }))
    if (messages.length === 0) return [{ ...about, ...aboutNotice(notice, context) }]
    return [...messages, ...closedBeside(notice).map((closed) => ({ ...about, ...closed }))]
  })
  return [...told, ...notices]
}

/** Events that are what a client said themselves. */
const answered: Readonly<Record<string, string>> = {
  'appointment.confirmed': 'The client confirmed',
  'appointment.another_date_wanted': 'The client asks for another date instead of',
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
      return say('yes', `Yes: delivered ${to} on ${when}${engagement(m, at)}`)
    }
    case 'sent': {
      const proof =
        m.reason === 'never_confirmed'
          ? `${provider} never said that it arrived`
          : 'no receipt of delivery yet'
      return say(
        'sent',
        `Sent, not confirmed: ${provider} took it ${to}${m.sentAt ? ` on ${at(m.sentAt)}` : ''}; ${proof}`,
      )
    }
    case 'sending':
      return say('not_yet', `Not yet: on its way ${to} at this moment`)
    case 'queued':
      return say('not_yet', `Not yet: ${waiting(m, at, context.now)}, ${to}`)
    case 'held':
      return say('not_yet', `Not yet: held, ${heldWhy(m, context)}, ${to}`)
    case 'unknown': {
      const attempt = m.attempts.at(-1)
      const when = attempt ? ` on ${at(attempt.startedAt)}` : ''
      return say(
        'unknown',
        `Unknown: ${provider} did not answer the call${when}, ${to}; it is being found out`,
      )
    }
    case 'undelivered':
    case 'dead': {
      if (byHand) {
        const by = `${byHand.resolvedBy ?? 'someone'}${byHand.resolvedAt ? `, ${at(byHand.resolvedAt)}` : ''}`
        return say(
          'yes',
          `Yes, by hand: ${byHand.resolution ?? 'told'} (${by}); the ${channelWord(m.channel)} did not arrive`,
        )
      }
      const letter = m.deadLetters.findLast((d) => d.state === 'open')
      return say('no', `No: ${failed(m, provider)}, ${to}${letter ? '; needs a human' : ''}`)
    }
    case 'cancelled':
      if (m.digest?.message && m.reason === 'in a digest') return inDigest(m.digest.message, to, at)
      return say('no', `No: ${cancelWords[m.reason ?? ''] ?? m.reason ?? 'cancelled'}, ${to}`)
    default:
      return say('unknown', `Unknown: ${m.state}, ${to}`)
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

function waiting(m: TraceMessage, at: (instant: string) => string, now: Temporal.Instant): string {
  const later = Temporal.Instant.compare(Temporal.Instant.from(m.dueAt), now) > 0
  if (m.attemptCount === 0) return later ? `leaves ${at(m.dueAt)}` : 'waits for its turn to leave'
  const again = later ? `tried again ${at(m.dueAt)}` : 'about to be tried again'
  return `attempt ${m.attemptCount} did not go through (${m.reason ?? 'no reason given'}), ${again}`
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
        `Yes: in a digest, delivered ${to}${said.settledAt ? ` on ${at(said.settledAt)}` : ''}`,
      )
    case 'sent':
      return say(
        'sent',
        `Sent in a digest, not confirmed: ${to}${said.sentAt ? ` on ${at(said.sentAt)}` : ''}`,
      )
    case 'queued':
    case 'sending':
    case 'held':
      return say('not_yet', `Not yet: in a digest that is on its way ${to}`)
    case 'unknown':
      return say('unknown', `Unknown: in a digest of which nobody knows yet whether it left, ${to}`)
    default:
      return say('no', `No: in a digest that did not arrive, ${to}`)
  }
}

function heldWhy(m: TraceMessage, context: AnswerContext): string {
  const reason = m.reason ?? ''
  if (/paused/.test(reason)) return pausedBy([m.clientId, m.matterId], reason, context)
  if (m.digest?.state === 'open')
    return `${reason} until ${momentIn(context.zone, m.digest.dueAt, context.now)}`
  const until = m.dueAt.startsWith('9999') ? '' : ` until ${momentIn(context.zone, m.dueAt, context.now)}`
  return `${reason === 'quiet_hours' ? 'quiet hours' : reason || 'no reason given'}${until}`
}

function pausedBy(targets: readonly (string | null)[], reason: string, context: AnswerContext): string {
  if (/CMS/.test(reason)) return 'paused in the CMS'
  const live = context.pauses.find((p) => p.scope === 'firm' || targets.includes(p.targetId))
  if (!live) return 'it was paused and is about to be looked at again'
  const until = live.endsAt ? ` until ${momentIn(context.zone, live.endsAt, context.now)}` : ''
  return `${live.scope} paused by ${live.by}${until} (${live.reason})`
}

function failed(m: TraceMessage, provider: string): string {
  const attempt = m.attempts.at(-1)
  const letter = m.deadLetters.at(-1)
  const receipt = m.receipts.findLast((r) => ['undelivered', 'failed', 'bounced', 'dropped'].includes(r.kind))
  const code = receipt?.code ?? letter?.code ?? attempt?.code ?? m.reason
  const detail = receipt?.detail || letter?.detail || attempt?.detail
  const why = [code, detail].filter(Boolean).join(': ')
  const because = why ? ` (${why})` : ''
  if (m.state === 'undelivered') return `${provider} could not deliver it${because}`
  switch (letter?.cause) {
    case 'refused':
      return `${provider} refused it${because}`
    case 'retries_used_up':
      return `given up after ${m.attemptCount} attempts by ${provider}${because}`
    case 'never_confirmed':
      return `nobody knows whether ${provider} took it; it never confirmed it`
    case 'no_outlet':
      return `it could not be sent: ${detail || 'no connection was left to send it by'}`
    case 'ambiguous':
      return `${provider} has several messages that could be this one; a human must look`
    default:
      return `${provider} could not deliver it${because}`
  }
}

const cancelWords: Readonly<Record<string, string>> = {
  opted_out: 'opted out',
  appointment_begun: 'what it reminds of had begun',
  contact_point_lost: 'the address is not theirs any more, or does not work',
  superseded: 'no longer true when it was to leave',
  retention: 'its words were deleted before it could leave',
}

function aboutNotice(notice: TraceNotice, context: AnswerContext): Said {
  const at = (instant: string) => momentIn(context.zone, instant, context.now)
  const reason = notice.reason ?? 'no reason given'
  switch (notice.state) {
    case 'suppressed': {
      const closed = notice.gates.filter((g) => g.verdict === 'suppress')
      if (closed.length < 2) return say('no', `No: ${reason}`)
      return say(
        'no',
        `No: ${closed.map((g) => `${channelWord(g.channel)}: ${g.reason ?? g.gate}`).join('; ')}`,
      )
    }
    case 'held': {
      const until = notice.deadlineAt ?? notice.dueAt
      if (reason.startsWith('evidence: '))
        return say(
          'not_yet',
          `Not yet: waits for evidence: ${reason.slice(10)}${until ? ` (until ${at(until)})` : ''}`,
        )
      if (reason === 'settling')
        return say(
          'not_yet',
          `Not yet: waits whether the new state stays${until ? `, until ${at(until)}` : ''}`,
        )
      if (reason.startsWith('template: '))
        return say('not_yet', `Not yet: held for staff, its words are not complete: ${reason.slice(10)}`)
      return say('not_yet', `Not yet: held, ${reason}`)
    }
    case 'superseded':
      return say('no', `No: not true any more when its time came (${reason})`)
    case 'expired':
      return say('no', `No: given up, ${reason} never came`)
    default:
      return say('not_yet', `Not yet: ${notice.state}`)
  }
}

/** One channel went and another did not, for a reason that is worth knowing: not that they prefer the first. */
function closedBeside(notice: TraceNotice): (Said & { channel: 'sms' | 'email' })[] {
  return notice.gates
    .filter((g) => g.verdict === 'suppress' && g.gate !== 'preference' && g.gate !== 'already_said')
    .filter((g) => !notice.messages.some((m) => m.channel === g.channel))
    .map((g) => ({
      channel: g.channel,
      ...say('no', `No: ${g.reason ?? g.gate} (${channelWord(g.channel)})`),
    }))
}

function aboutEvent(story: TraceStory, context: AnswerContext): Said {
  const { outcome, type, data } = story.event
  const said = answered[type]
  if (said !== undefined) {
    const when =
      typeof data.starts_at === 'string' ? `, ${momentIn(context.zone, data.starts_at, context.now)}` : ''
    return say(
      'nothing',
      `${said}: ${typeof data.summary === 'string' ? data.summary : 'an appointment'}${when}`,
    )
  }
  const { from, to } = story.status ?? { from: null, to: null }
  switch (outcome) {
    case 'unhandled':
      return say('nothing', `Nothing said: no rule handles ${type}`)
    case 'unchanged':
      return say('nothing', 'Nothing said: nothing had changed')
    case 'stale':
      return say('nothing', 'Nothing said: it was older than what was known')
    case 'flip_flop':
      return say('nothing', `Nothing said: undone at once${to ? ` (back to ${to})` : ''}`)
    case 'flagged':
      return say(
        'nothing',
        `Nothing said: the step from ${from ?? '?'} to ${to ?? '?'} is not allowed; staff were told`,
      )
    default:
      return say('nothing', `Nothing said: ${rulesSaid(story)}`)
  }
}

function rulesSaid(story: TraceStory): string {
  const results = story.decisions.flatMap((d) => d.results)
  const with_ = (outcome: string) => results.filter((r) => r.outcome === outcome).map((r) => r.rule)
  if (with_('error').length > 0) return `rule ${with_('error')[0]} could not be decided; staff were told`
  if (with_('task').length > 0) return `a task for staff was made instead (${with_('task').join(', ')})`
  if (with_('already_decided').length > 0)
    return `it had been decided before (${with_('already_decided').join(', ')})`
  if (results.length > 0) return `no rule applied (${results.map((r) => r.rule).join(', ')})`
  return 'no rule was asked'
}

/** What has not become an event yet. */
export function answerQuarantine(q: TraceQuarantine, matter: string | null): TraceAnswer {
  const why = {
    unknown_status: `the CMS's status "${q.rawStatus ?? ''}" is not mapped to a state`,
    no_matter: 'the matter is not known',
    unreadable: 'the webhook could not be read',
    unmapped: 'no mapping is meant for the webhook',
    mapping_error: 'the mapping failed',
  }[q.kind]
  return {
    ...notAnEvent(q.at, matter, q.deliveryId),
    ...say('not_yet', `Not yet: ${why ?? q.kind}; it waits in quarantine`),
    about: q.kind === 'unknown_status' ? 'matter.status_changed' : 'a webhook',
  }
}

export function answerWaiting(w: TraceWaiting, matter: string | null): TraceAnswer {
  const error = w.lastError ? `: ${w.lastError}` : ''
  const tried = w.tries > 0 ? ` (tried ${w.tries} time${w.tries === 1 ? '' : 's'}${error})` : ''
  return {
    ...notAnEvent(w.receivedAt, matter, w.deliveryId),
    ...say('not_yet', `Not yet: waits until the CMS can be read${tried}`),
    about: 'a webhook',
  }
}

const notAnEvent = (at: string, matter: string | null, deliveryId: string) => ({
  at,
  client: null,
  matter,
  channel: null,
  address: null,
  messageId: null,
  noticeId: null,
  eventId: null,
  deliveryId,
})
