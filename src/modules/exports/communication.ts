/** Puts what was read of a matter into the order in which a court reads it. Pure. */
import type { TraceMessage, TraceNotice, TraceStory } from '../../../contracts/trace.ts'
import type { WholeMatter } from '../console/index.ts'
import { type Communication, type ExportMessage, format } from './types.ts'

type Head = Pick<Communication, 'export' | 'firm'>

export function communicationOf(whole: WholeMatter, head: Head): Communication {
  const digests = new Set(whole.digests.map(({ message }) => message.id))
  const messages = [
    ...whole.stories.flatMap((story) =>
      story.notices.flatMap((notice) =>
        notice.messages
          .filter((m) => !digests.has(m.id))
          .map((m) => exported(m, { notice, story }, whole.salts, false)),
      ),
    ),
    ...whole.digests.map(({ message, ofOthers }) => carried(message, whole, ofOthers)),
  ]
  return {
    format,
    ...head,
    matter: whole.matter,
    clients: whole.clients,
    messages: messages.sort((a, b) => compare(spokenAt(a), spokenAt(b)) || compare(a.id, b.id)),
    texts: whole.texts,
    notSaid: whole.stories.flatMap((story) =>
      story.notices
        .filter((notice) => notice.messages.length === 0)
        .map(({ messages: _, ...notice }) => ({ ...notice, event: eventOf(story) })),
    ),
    events: whole.stories.map(({ notices: _, ...event }) => event),
    tasks: whole.tasks,
    consentChanges: whole.consentChanges,
    pauses: whole.pauses,
    holds: whole.holds,
    deeds: whole.entries
      .map((e) => ({
        at: e.happened.toString(),
        who: whole.actorName(e.actor),
        actor: e.actor,
        action: e.action,
        subject: e.subject,
        data: JSON.parse(e.data) as Record<string, unknown>,
      }))
      .reverse(),
  }
}

/** How people call a matter. */
export const nameOf = ({ matter }: Pick<Communication, 'matter'>): string =>
  [matter.number ?? matter.externalId, matter.title].filter(Boolean).join(' ')

/** When it left; or else when it was written. */
export const spokenAt = (m: Pick<TraceMessage, 'sentAt' | 'createdAt'>): string => m.sentAt ?? m.createdAt

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const eventOf = ({ event }: TraceStory) => ({ id: event.id, type: event.type, at: event.occurredAt })

function exported(
  message: TraceMessage,
  why: { notice: Pick<TraceNotice, 'rule' | 'ruleVersion' | 'recipient'>; story: TraceStory } | null,
  salts: ReadonlyMap<string, string>,
  ofOthers: boolean,
): ExportMessage {
  const left = message.body === null ? 'deleted' : ofOthers ? 'speaks_of_other_matters' : null
  return {
    ...message,
    ...(left ? { subject: null, body: null } : {}),
    rule: why?.notice.rule ?? null,
    ruleVersion: why?.notice.ruleVersion ?? null,
    recipient: why?.notice.recipient ?? null,
    event: why && eventOf(why.story),
    wordsLeftOut: left,
    salt: left ? null : (salts.get(message.id) ?? null),
  }
}

/** A digest hangs from the notice of one of the things that it says, which may be of another matter. */
function carried(message: TraceMessage, whole: WholeMatter, ofOthers: boolean): ExportMessage {
  for (const story of whole.stories)
    for (const notice of story.notices)
      if (notice.id === message.noticeId) return exported(message, { notice, story }, whole.salts, ofOthers)
  return exported(message, null, whole.salts, ofOthers)
}
