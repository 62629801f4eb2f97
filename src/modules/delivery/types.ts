/** Messages and their states (DESIGN, life of a message). docs/state-machines.md draws them; a test compares. */
import type {
  AttemptId,
  Channel,
  ClientId,
  ConnectionId,
  ContactPointId,
  MatterId,
  MessageId,
  NoticeId,
  Purpose,
} from '../../kernel/index.ts'

export const messageStates = [
  'held',
  'queued',
  'sending',
  'unknown',
  'sent',
  'delivered',
  'undelivered',
  'dead',
  'cancelled',
] as const
export type MessageState = (typeof messageStates)[number]

/** What may follow what. Every statement that writes a state is held against this in tests. */
export const messageTransitions: Readonly<Record<MessageState, readonly MessageState[]>> = {
  held: ['queued', 'cancelled', 'sent', 'delivered'],
  queued: ['sending', 'held', 'cancelled', 'sent', 'delivered', 'dead'],
  sending: ['sent', 'queued', 'unknown', 'dead', 'delivered', 'undelivered'],
  unknown: ['sent', 'queued', 'dead', 'delivered', 'undelivered'],
  sent: ['delivered', 'undelivered', 'queued', 'dead'],
  delivered: [],
  undelivered: ['delivered', 'queued'],
  dead: ['queued', 'sent', 'delivered'],
  // A digest that may not leave as it was written is taken apart: what it said waits again.
  cancelled: ['delivered', 'held'],
}

/** Far enough to mean "until someone lifts it"; `infinity` has no Temporal.Instant. */
export const untilLifted = Temporal.Instant.from('9999-01-01T00:00:00Z')

/** A class of digests, and when one ends that is opened now. */
export interface DigestSlot {
  key: string
  until: Temporal.Instant
}

/** A message as the notices above decide it. */
export interface NewMessage {
  id: MessageId
  noticeId: NoticeId
  matterId: MatterId | null
  clientId: ClientId
  contactPointId: ContactPointId
  connectionId: ConnectionId
  channel: Channel
  address: string
  purpose: Purpose
  urgent: boolean
  templateKey: string
  templateVersion: number
  language: string
  subject: string | null
  /** Sms: the text. Mail: Markdown, from which both parts are made when it is sent. */
  body: string
  segments: number | null
  /** Held: the digest that it waits for. */
  digest: DigestSlot | null
  /** The digest that this message is. */
  carries: string | null
  /** Mail only: the invitation that goes with it, as it is sent (.ics). */
  calendar: string | null
  state: 'queued' | 'held'
  reason: string | null
  dueAt: Temporal.Instant
  cause: string
}

/** What a claim hands to the dispatcher: one attempt, already on disk. */
export interface ClaimedAttempt {
  attemptId: AttemptId
  messageId: MessageId
  connectionId: ConnectionId
  channel: Channel
  address: string
  subject: string | null
  body: string
  calendar: string | null
  language: string
  purpose: Purpose
  number: number
  retryStep: number
  /** Since when it could have left. */
  dueAt: Temporal.Instant
}
