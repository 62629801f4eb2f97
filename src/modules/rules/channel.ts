/** One channel of what a rule tells: what the gates say to it, and the message as it will leave. Pure. */
import type { Channel, ClientId, FirmId, MessageId, NewId } from '../../kernel/index.ts'
import type { PreparedValues } from '../../platform/expressions/index.ts'
import type { ConsentRow, Pause } from '../consent/index.ts'
import { type DigestSlot, type NewMessage, untilLifted } from '../delivery/index.ts'
import { windowEnd } from '../moments/index.ts'
import {
  askGates,
  type GatesResult,
  type Known,
  type Notice,
  type Overrides,
  repeatMark,
  saidKey,
} from '../notices/index.ts'
import type { CompiledAction } from './compile.ts'
import { compose } from './compose.ts'
import { invitationFor } from './invitation.ts'
import { type FirmProgram, languageFor, zoneFor } from './program.ts'
import type { Happening, Situation } from './situation.ts'

export interface DecisionContext {
  now: Temporal.Instant
  newId: NewId
  firmId: FirmId
  pauses: readonly Pause[]
  withdrawals: readonly ConsentRow[]
  /** What was decided before. */
  known: Known
  /** What a person lets pass that they write; kept with its notice. */
  overrides?: Overrides
}

/** What expressions read, as it is and as they want it. */
export interface Values {
  raw: Record<string, unknown>
  values: PreparedValues
}

export type ForChannel =
  /** `mayWait`: it is of a digest's class, whatever else holds it now. */
  | { kind: 'message'; message: NewMessage; mayWait: boolean; outcomes: Notice['gates'] }
  | { kind: 'suppressed'; gate: string; outcomes: Notice['gates'] }
  | { kind: 'problem'; problems: string[]; outcomes: Notice['gates'] }

export type Telling = Extract<CompiledAction, { kind: 'tell' }>

/** Looked at once more: it is that message itself, which is then none "about the same already". */
export interface Again {
  anew?: boolean
  /** Its digest has ended: it waits for none. */
  digestEnded?: boolean
}

/** What the gates say to one channel of a notice. */
export function gatesFor(
  program: FirmProgram,
  action: Telling,
  channel: Channel,
  notice: Pick<Notice, 'matterId' | 'purpose' | 'urgency' | 'cause' | 'overrides'>,
  situation: Situation,
  context: DecisionContext,
  again: Again = {},
): { asked: GatesResult; digest: DigestSlot | null; mayWait: boolean } {
  const client = situation.recipient!
  const digest = again.digestEnded ? null : slotFor(program, action, client, context.now)
  const asked = askGates({
    now: context.now,
    firmId: context.firmId,
    matterId: notice.matterId,
    clientId: client.id,
    channel,
    purpose: notice.purpose,
    urgency: notice.urgency,
    client,
    matterClient: situation.client === client ? null : situation.client,
    matterPaused: situation.matter.data.paused === true,
    pauses: context.pauses,
    withdrawals: context.withdrawals,
    alreadySaid: () => again.anew !== true && context.known.messages.has(saidKey(notice.cause, channel)),
    quiet: program.quiet,
    overrides: notice.overrides,
    digest,
  })
  // Whatever else holds it is looked at first; then its window begins.
  const waits = asked.verdict === 'hold' && asked.gate === 'digest'
  return { asked, digest: waits ? digest : null, mayWait: digest !== null }
}

/** In the subject of what is for another than the client: whom it is for. */
export const forMark = ' for '

/** What a message says, whichever event it was that brought it, and to whom: two who share a number hear it once. */
const saidAs = (notice: Notice) => {
  const cause = notice.cause.split(repeatMark)[0]!
  return notice.audience === 'client' ? cause : cause.slice(0, cause.lastIndexOf(forMark))
}

/** The digest of an action, and when one ends that is opened now; null: this is said at once. */
function slotFor(
  program: FirmProgram,
  { tell }: Telling,
  client: NonNullable<Situation['recipient']>,
  now: Temporal.Instant,
): DigestSlot | null {
  const digest = tell.digest === undefined ? undefined : program.digests.get(tell.digest)
  if (digest === undefined || tell.urgency === 'urgent') return null
  const until = windowEnd(digest, client.wishes, now, zoneFor(program, client.timeZone))
  return until === null ? null : { key: digest.key, until }
}

/** Gates, words and message for one channel; also what a release asks for a message that was held. */
export function forChannel(
  program: FirmProgram,
  action: Telling,
  channel: Channel,
  notice: Notice,
  clientId: ClientId,
  happening: Happening,
  situation: Situation,
  given: Values,
  context: DecisionContext,
  again: Again = {},
): ForChannel {
  const client = situation.recipient!
  const connectionId = program.outlets[channel]
  if (connectionId === null) {
    const outcome = {
      channel,
      gate: 'outlet',
      verdict: 'suppress',
      reason: `the firm sends no ${channel}`,
    } as const
    return { kind: 'suppressed', gate: 'outlet', outcomes: [outcome] }
  }
  const { asked, digest, mayWait } = gatesFor(program, action, channel, notice, situation, context, again)
  if (asked.verdict === 'suppress') return { kind: 'suppressed', gate: asked.gate, outcomes: asked.outcomes }
  const point = asked.contactPoint

  const composed = compose(program, action, channel, languageFor(program, client.language), situation, given)
  if (!composed.ok) return { kind: 'problem', problems: composed.problems, outcomes: asked.outcomes }
  const until = asked.verdict === 'hold' ? (asked.until ?? untilLifted) : context.now
  return {
    kind: 'message',
    mayWait,
    outcomes: asked.outcomes,
    message: {
      id: context.newId<MessageId>(),
      noticeId: notice.id,
      matterId: notice.matterId,
      clientId,
      contactPointId: point.id,
      connectionId,
      channel,
      address: point.address,
      purpose: notice.purpose,
      urgent: notice.urgency === 'urgent',
      templateKey: action.tell.template,
      templateVersion: composed.version,
      language: composed.language,
      subject: composed.subject,
      body: composed.text,
      segments: composed.segments,
      calendar:
        action.tell.calendar && channel === 'email'
          ? invitationFor(program, happening, { ...composed, address: point.address }, context.now)
          : null,
      digest,
      carries: null,
      state: asked.verdict === 'hold' ? 'held' : 'queued',
      reason: asked.verdict === 'hold' ? asked.reason : null,
      // Its digest looks at it; what changes meanwhile wakes it.
      dueAt: digest ? untilLifted : until,
      cause: `${saidAs(notice)} ${channel} ${point.address}`,
    },
  }
}
