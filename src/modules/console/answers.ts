/** "Did she get it?" in one line: for each message, and for what came to none. Pure. */
import type {
  AnswerReason,
  TraceAnswer,
  TraceNotice,
  TraceQuarantine,
  TraceStory,
  TraceWaiting,
} from '../../../contracts/trace.ts'
import { type AnswerContext, aboutMessage, pausedBy } from './message-answer.ts'
import { reasonIn, type Said, say } from './said.ts'
import { channelWord, momentIn } from './words.ts'

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
const answered: Readonly<Record<string, { reason: AnswerReason; words: string }>> = {
  'appointment.confirmed': { reason: 'client_confirmed', words: 'The client confirmed' },
  'appointment.another_date_wanted': {
    reason: 'client_wants_another_date',
    words: 'The client asks for another date instead of',
  },
}

function aboutNotice(notice: TraceNotice, context: AnswerContext): Said {
  const reason = notice.reason ?? 'no reason given'
  switch (notice.state) {
    case 'suppressed': {
      const closed = notice.gates.filter((g) => g.verdict === 'suppress')
      if (closed.length < 2)
        return say('no', reasonIn(reason, 'suppressed'), `No: ${reason}`, { detail: reason })
      const words = closed.map((g) => `${channelWord(g.channel)}: ${g.reason ?? g.gate}`)
      return say('no', 'suppressed', `No: ${words.join('; ')}`, {
        detail: reason,
        closed: closed.map((g) => ({
          channel: g.channel,
          reason: reasonIn(g.reason ?? g.gate, 'suppressed'),
          detail: g.reason ?? null,
        })),
      })
    }
    case 'held':
      return heldNotice(notice, reason, context)
    case 'superseded':
      return say('no', 'not_true_any_more', `No: not true any more when its time came (${reason})`, {
        detail: reason,
      })
    case 'expired':
      return say('no', 'expired', `No: given up, ${reason} never came`, { detail: reason })
    default:
      return say('not_yet', 'held', `Not yet: ${notice.state}`, { detail: notice.state })
  }
}

function heldNotice(notice: TraceNotice, reason: string, context: AnswerContext): Said {
  const at = (instant: string) => momentIn(context.zone, instant, context.now)
  const end = notice.deadlineAt ?? notice.dueAt
  const until = end?.startsWith('9999') ? null : end
  const kind = reasonIn(reason, 'held')
  switch (kind) {
    case 'waits_for_evidence': {
      const what = reason.slice('evidence: '.length)
      const text = `Not yet: waits for evidence: ${what}${until ? ` (until ${at(until)})` : ''}`
      return say('not_yet', kind, text, { until, detail: what })
    }
    case 'settling':
      return say(
        'not_yet',
        kind,
        `Not yet: waits whether the new state stays${until ? `, until ${at(until)}` : ''}`,
        { until },
      )
    case 'words_incomplete': {
      const what = reason.slice('template: '.length)
      return say('not_yet', kind, `Not yet: held for staff, its words are not complete: ${what}`, {
        detail: what,
      })
    }
    default: {
      const text = `Not yet: held, ${reason}`
      if (/ paused$/.test(reason)) {
        const { reason: paused, parts } = pausedBy([notice.clientId, notice.matterId], reason, context)
        return say('not_yet', paused, text, parts)
      }
      return say('not_yet', kind, text, { until, detail: reason })
    }
  }
}

/** One channel went and another did not, for a reason that is worth knowing: not that they prefer the first. */
function closedBeside(notice: TraceNotice): (Said & { channel: 'sms' | 'email' })[] {
  return notice.gates
    .filter((g) => g.verdict === 'suppress' && g.gate !== 'preference' && g.gate !== 'already_said')
    .filter((g) => !notice.messages.some((m) => m.channel === g.channel))
    .map((g) => {
      const why = g.reason ?? g.gate
      const text = `No: ${why} (${channelWord(g.channel)})`
      return { channel: g.channel, ...say('no', reasonIn(why, 'suppressed'), text, { detail: why }) }
    })
}

function aboutEvent(story: TraceStory, context: AnswerContext): Said {
  const { outcome, type, data } = story.event
  const said = answered[type]
  if (said !== undefined) {
    const starts = typeof data.starts_at === 'string' ? data.starts_at : null
    const when = starts === null ? '' : `, ${momentIn(context.zone, starts, context.now)}`
    const what = typeof data.summary === 'string' ? data.summary : null
    return say('nothing', said.reason, `${said.words}: ${what ?? 'an appointment'}${when}`, {
      when: starts,
      detail: what,
    })
  }
  const { from, to } = story.status ?? { from: null, to: null }
  switch (outcome) {
    case 'unhandled':
      return say('nothing', 'no_rule_handles', `Nothing said: no rule handles ${type}`, { detail: type })
    case 'unchanged':
      return say('nothing', 'unchanged', 'Nothing said: nothing had changed')
    case 'stale':
      return say('nothing', 'older_than_known', 'Nothing said: it was older than what was known')
    case 'flip_flop':
      return say('nothing', 'undone_at_once', `Nothing said: undone at once${to ? ` (back to ${to})` : ''}`, {
        detail: to,
      })
    case 'flagged': {
      const step = `${from ?? '?'} to ${to ?? '?'}`
      return say(
        'nothing',
        'step_not_allowed',
        `Nothing said: the step from ${step} is not allowed; staff were told`,
        { detail: `${from ?? '?'} → ${to ?? '?'}` },
      )
    }
    default: {
      const { reason, words, rules } = rulesSaid(story)
      return say('nothing', reason, `Nothing said: ${words}`, { detail: rules })
    }
  }
}

function rulesSaid(story: TraceStory): { reason: AnswerReason; words: string; rules: string | null } {
  const results = story.decisions.flatMap((d) => d.results)
  const with_ = (outcome: string) =>
    results
      .filter((r) => r.outcome === outcome)
      .map((r) => r.rule)
      .join(', ')
  const failed = results.find((r) => r.outcome === 'error')?.rule
  if (failed !== undefined)
    return {
      reason: 'rule_failed',
      words: `rule ${failed} could not be decided; staff were told`,
      rules: failed,
    }
  const [tasks, before] = [with_('task'), with_('already_decided')]
  if (tasks !== '')
    return {
      reason: 'task_instead',
      words: `a task for staff was made instead (${tasks})`,
      rules: tasks,
    }
  if (before !== '')
    return { reason: 'decided_before', words: `it had been decided before (${before})`, rules: before }
  const all = results.map((r) => r.rule).join(', ')
  return all === ''
    ? { reason: 'no_rule_asked', words: 'no rule was asked', rules: null }
    : { reason: 'no_rule_applied', words: `no rule applied (${all})`, rules: all }
}

const quarantineWords: Readonly<Record<string, { reason: AnswerReason; words: string }>> = {
  unknown_status: { reason: 'status_not_mapped', words: 'the CMS\'s status "…" is not mapped to a state' },
  no_matter: { reason: 'matter_not_known', words: 'the matter is not known' },
  unreadable: { reason: 'unreadable', words: 'the webhook could not be read' },
  unmapped: { reason: 'no_mapping', words: 'no mapping is meant for the webhook' },
  mapping_error: { reason: 'mapping_failed', words: 'the mapping failed' },
}

/** What has not become an event yet. */
export function answerQuarantine(q: TraceQuarantine, matter: string | null): TraceAnswer {
  const { reason, words } = quarantineWords[q.kind] ?? { reason: 'in_quarantine' as const, words: q.kind }
  const why = q.kind === 'unknown_status' ? words.replace('…', () => q.rawStatus ?? '') : words
  return {
    ...notAnEvent(q.at, matter, q.deliveryId),
    ...say('not_yet', reason, `Not yet: ${why}; it waits in quarantine`, { detail: q.rawStatus ?? q.kind }),
    about: q.kind === 'unknown_status' ? 'matter.status_changed' : 'a webhook',
  }
}

export function answerWaiting(w: TraceWaiting, matter: string | null): TraceAnswer {
  const error = w.lastError ? `: ${w.lastError}` : ''
  const tried = w.tries > 0 ? ` (tried ${w.tries} time${w.tries === 1 ? '' : 's'}${error})` : ''
  return {
    ...notAnEvent(w.receivedAt, matter, w.deliveryId),
    ...say('not_yet', 'cms_not_read', `Not yet: waits until the CMS can be read${tried}`, {
      detail: w.lastError,
      attempts: w.tries,
    }),
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
