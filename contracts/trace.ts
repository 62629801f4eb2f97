/** The whole story of a client, phone number, mail address, matter or message: "did she get it?" */
import { z } from 'zod'
import { channel, id, instant } from './common.ts'
import { deletedUnder, legalHold } from './retention.ts'

const maybe = instant.nullable()
const text = z.string().nullable()

export const askedFor = z.enum(['client', 'phone', 'mail', 'matter', 'message'])
export type AskedFor = z.infer<typeof askedFor>

/** Why an answer is what it is: with what stands beside it, all that its line says. */
export const answerReason = z
  .enum([
    // It arrived.
    'delivered',
    'told_by_hand',
    'delivered_in_digest',
    // It left.
    'accepted',
    'never_confirmed',
    'sent_in_digest',
    // It waits.
    'sending',
    'queued',
    'retrying',
    'paused_firm',
    'paused_matter',
    'paused_client',
    'paused_in_cms',
    'pause_over',
    'quiet_hours',
    'waits_for_digest',
    'digest_under_way',
    'waits_for_evidence',
    'settling',
    'words_incomplete',
    'held',
    'status_not_mapped',
    'matter_not_known',
    'unreadable',
    'no_mapping',
    'mapping_failed',
    'in_quarantine',
    'cms_not_read',
    // It did not go, or did not arrive.
    'undeliverable',
    'refused',
    'retries_used_up',
    'nobody_knows',
    'no_outlet',
    'ambiguous',
    'opted_out',
    'prefers_other',
    'no_preference',
    'unknown_preference',
    'no_address',
    'no_working_address',
    'already_said',
    'suppressed',
    'appointment_begun',
    'contact_point_lost',
    'not_true_any_more',
    'words_deleted',
    'cancelled',
    'expired',
    'lost_in_digest',
    // Nobody knows yet.
    'provider_silent',
    'unknown_in_digest',
    'unknown',
    // Nothing was to be said.
    'client_confirmed',
    'client_wants_another_date',
    'no_rule_handles',
    'unchanged',
    'older_than_known',
    'undone_at_once',
    'step_not_allowed',
    'rule_failed',
    'task_instead',
    'decided_before',
    'no_rule_applied',
    'no_rule_asked',
  ])
  .meta({ id: 'AnswerReason' })
export type AnswerReason = z.infer<typeof answerReason>

export const traceAnswer = z
  .strictObject({
    /** `sent`: taken by the provider, not confirmed. `nothing`: nothing was to be said. */
    verdict: z.enum(['yes', 'sent', 'not_yet', 'no', 'unknown', 'nothing']),
    /** In words, times in the zone of the trace: the same as what follows, for who reads English. */
    text: z.string(),
    reason: answerReason,
    /** When it happened: arrived, was sent, was told by hand, is to be. */
    when: maybe,
    /** Till when it waits; null: it does not, or nobody knows. */
    until: maybe,
    /** Who did it: paused it, told them. */
    by: text,
    /** The provider's code. */
    code: text,
    /** In others' own words: the provider's, whoever paused it, the names of rules. */
    detail: text,
    /** The kind of connection that carries it. */
    provider: text,
    /** How often it was tried, where that is why. */
    attempts: z.number().int().nullable(),
    /** Where each channel was closed for a reason of its own. */
    closed: z.array(z.strictObject({ channel, reason: answerReason, detail: text })),
    /** When what it speaks of was decided. */
    at: instant,
    client: text,
    matter: text,
    /** What was to be said: the template, or the event when it came to no template. */
    about: z.string(),
    channel: channel.nullable(),
    address: text,
    messageId: id.nullable(),
    noticeId: id.nullable(),
    eventId: id.nullable(),
    deliveryId: id.nullable(),
  })
  .meta({ id: 'TraceAnswer' })
export type TraceAnswer = z.infer<typeof traceAnswer>

export const traceReceipt = z.strictObject({
  id,
  attemptId: id.nullable(),
  kind: z.string(),
  code: text,
  detail: text,
  at: instant,
  receivedAt: instant,
  providerMessageId: text,
})
export type TraceReceipt = z.infer<typeof traceReceipt>

export const traceAttempt = z.strictObject({
  id,
  number: z.number().int(),
  startedAt: instant,
  finishedAt: maybe,
  verdict: text,
  code: text,
  detail: text,
  providerMessageId: text,
  /** The furthest that receipts told of it. */
  reported: text,
  absentSince: maybe,
})
export type TraceAttempt = z.infer<typeof traceAttempt>

export const traceDeadLetter = z.strictObject({
  id,
  attemptNumber: z.number().int(),
  cause: z.string(),
  code: text,
  detail: z.string(),
  state: z.enum(['open', 'replayed', 'closed']),
  openedAt: instant,
  resolvedAt: maybe,
  resolvedBy: text,
  resolution: text,
})
export type TraceDeadLetter = z.infer<typeof traceDeadLetter>

/** Something that was, or is to be, written into a CMS. */
export const traceWriting = z.strictObject({
  id,
  /** Key of the connection. */
  connection: z.string(),
  kind: z.enum(['communication', 'task', 'note']),
  state: z.enum(['queued', 'writing', 'written', 'dead']),
  /** What the CMS calls it. */
  externalId: text,
  writtenAt: maybe,
  dueAt: instant,
  tries: z.number().int(),
  lastError: text,
})
export type TraceWriting = z.infer<typeof traceWriting>

/** The digest that a message waits for, or by which it was said. */
const traceDigest = z.strictObject({
  id,
  key: z.string(),
  state: z.enum(['open', 'closed']),
  /** When its window ends, or ended. */
  dueAt: instant,
  /** The message that it became, the latest of them; null: none, or none yet. */
  message: z.strictObject({ id, state: z.string(), sentAt: maybe, settledAt: maybe }).nullable(),
})

/** What a client answered to a reminder that asked. */
export const traceReminderAnswer = z.strictObject({
  id,
  answer: z.enum(['confirmed', 'another_date']),
  /** False: the appointment has changed since, or the client has answered otherwise. */
  counts: z.boolean(),
  at: instant,
  textId: id,
})
export type TraceReminderAnswer = z.infer<typeof traceReminderAnswer>

/** When a message took each of its steps; null: it did not. */
export const steps = {
  sentAt: maybe,
  settledAt: maybe,
  openedAt: maybe,
  /** Opened by a machine that looks at mail before people do. */
  machineOpenedAt: maybe,
  clickedAt: maybe,
  repliedAt: maybe,
}

export const traceMessage = z
  .strictObject({
    id,
    noticeId: id,
    matterId: id.nullable(),
    clientId: id,
    contactPointId: id,
    /** Key and kind of the connection that carries it. */
    connection: z.string(),
    provider: z.string(),
    channel,
    address: z.string(),
    purpose: z.string(),
    urgent: z.boolean(),
    template: z.string(),
    templateVersion: z.number().int(),
    language: z.string(),
    subject: text,
    /** Null when retention deleted the words. */
    body: text,
    wordsDeleted: deletedUnder.nullable(),
    segments: z.number().int().nullable(),
    state: z.string(),
    reason: text,
    dueAt: instant,
    attemptCount: z.number().int(),
    retryStep: z.number().int(),
    providerMessageId: text,
    createdAt: instant,
    ...steps,
    attempts: z.array(traceAttempt),
    receipts: z.array(traceReceipt),
    deadLetters: z.array(traceDeadLetter),
    /** What was answered to it, the oldest first; of messages that ask. */
    answers: z.array(traceReminderAnswer),
    /** What the firm's CMS was told of it, and of the answers. */
    writings: z.array(traceWriting),
    digest: traceDigest.nullable(),
  })
  .meta({ id: 'TraceMessage' })
export type TraceMessage = z.infer<typeof traceMessage>

export const traceGate = z.strictObject({
  channel,
  gate: z.string(),
  verdict: z.enum(['pass', 'hold', 'suppress']),
  reason: z.string().optional(),
  until: instant.optional(),
})
export type TraceGate = z.infer<typeof traceGate>

export const traceNotice = z
  .strictObject({
    id,
    eventId: id,
    matterId: id.nullable(),
    /** Whom it is for. */
    clientId: id.nullable(),
    /** What they are to the matter. */
    audience: z.enum(['client', 'participants', 'attorney']),
    /** How they are called; null: nobody whom we know. */
    recipient: text,
    rule: z.string(),
    ruleVersion: z.number().int(),
    action: z.number().int(),
    purpose: z.string(),
    urgency: z.string(),
    template: z.string(),
    state: z.string(),
    reason: text,
    gates: z.array(traceGate),
    dueAt: maybe,
    deadlineAt: maybe,
    createdAt: instant,
    updatedAt: instant,
    messages: z.array(traceMessage),
  })
  .meta({ id: 'TraceNotice' })
export type TraceNotice = z.infer<typeof traceNotice>

export const traceDecision = z.strictObject({
  id,
  eventId: id,
  at: instant,
  trigger: z.enum(['event', 'release', 'replay']),
  configRevision: z.number().int(),
  results: z.array(
    z.strictObject({
      rule: z.string(),
      version: z.number().int(),
      outcome: z.string(),
      reason: z.string().optional(),
      /** What decided it. */
      values: z.record(z.string(), z.unknown()),
      evidence: z.record(z.string(), z.boolean()).optional(),
    }),
  ),
})
export type TraceDecision = z.infer<typeof traceDecision>

export const traceDelivery = z.strictObject({
  id,
  connection: z.string(),
  receivedAt: instant,
  model: text,
  repeat: z.boolean(),
  state: z.string(),
  reason: text,
  /** Set when retention deleted what came in, as it came. */
  bodyDeleted: deletedUnder.nullable(),
})
export type TraceDelivery = z.infer<typeof traceDelivery>

/** One event with everything that came of it. */
export const traceStory = z
  .strictObject({
    event: z.strictObject({
      id,
      type: z.string(),
      connection: z.string(),
      matterId: id.nullable(),
      clientId: id.nullable(),
      subject: z.string(),
      occurredAt: instant,
      recordedAt: instant,
      outcome: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
    /** Set for changes of status: what the CMS said, and the states it meant. */
    status: z.strictObject({ raw: text, from: text, to: text }).nullable(),
    delivery: traceDelivery.nullable(),
    decisions: z.array(traceDecision),
    notices: z.array(traceNotice),
  })
  .meta({ id: 'TraceStory' })
export type TraceStory = z.infer<typeof traceStory>

export const traceClient = z
  .strictObject({
    id,
    externalId: z.string(),
    name: z.string(),
    language: text,
    timeZone: text,
    preference: text,
    pausedInCms: z.boolean(),
    observedAt: instant,
    contactPoints: z.array(
      z.strictObject({
        id,
        channel,
        address: z.string(),
        rank: z.number().int(),
        origin: z.string(),
        suppressedAt: maybe,
        suppressedReason: text,
        removedAt: maybe,
        /** What was said last for each purpose; `*` is every purpose. */
        consents: z.array(
          z.strictObject({
            purpose: z.string(),
            granted: z.boolean(),
            how: z.string(),
            by: z.string(),
            at: instant,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'TraceClient' })
export type TraceClient = z.infer<typeof traceClient>

export const traceMatter = z
  .strictObject({
    id,
    externalId: z.string(),
    clientId: id.nullable(),
    number: text,
    title: text,
    rawStatus: text,
    state: text,
    previousState: text,
    stateEnteredAt: maybe,
    settlesAt: maybe,
    observedAt: instant,
  })
  .meta({ id: 'TraceMatter' })
export type TraceMatter = z.infer<typeof traceMatter>

export const tracePause = z
  .strictObject({
    id,
    scope: z.enum(['firm', 'matter', 'client']),
    targetId: id,
    reason: z.string(),
    by: z.string(),
    at: instant,
    endsAt: maybe,
  })
  .meta({ id: 'Pause' })
export type TracePause = z.infer<typeof tracePause>

export const traceText = z.strictObject({
  id,
  from: z.string(),
  to: z.string(),
  body: text,
  wordsDeleted: deletedUnder.nullable(),
  media: z.array(z.unknown()),
  meaning: z.string(),
  receivedAt: instant,
})
export type TraceText = z.infer<typeof traceText>

/** A task as any list shows it. */
export const plainTask = z.strictObject({
  id,
  kind: z.string(),
  title: z.string(),
  detail: z.string(),
  matterId: id.nullable(),
  clientId: id.nullable(),
  assignee: text,
  dueAt: maybe,
  state: z.enum(['open', 'done']),
  createdAt: instant,
  doneAt: maybe,
  doneBy: text,
})
export type PlainTask = z.infer<typeof plainTask>

export const traceTask = z.strictObject({
  ...plainTask.shape,
  /** What the firm's CMS was told of it. */
  writings: z.array(traceWriting),
})
export type TraceTask = z.infer<typeof traceTask>

export const traceConsentChange = z.strictObject({
  id,
  channel: z.string(),
  address: z.string(),
  purpose: z.string(),
  granted: z.boolean(),
  how: z.string(),
  by: z.string(),
  at: instant,
})
export type TraceConsentChange = z.infer<typeof traceConsentChange>

export const traceQuarantine = z.strictObject({
  id,
  deliveryId: id,
  connection: z.string(),
  kind: z.string(),
  rawStatus: text,
  detail: z.record(z.string(), z.unknown()),
  state: z.string(),
  at: instant,
  resolvedAt: maybe,
  resolvedBy: text,
})
export type TraceQuarantine = z.infer<typeof traceQuarantine>

/** A delivery that waits until the CMS was read. */
export const traceWaiting = z.strictObject({
  deliveryId: id,
  connection: z.string(),
  receivedAt: instant,
  reason: text,
  tries: z.number().int(),
  lastError: text,
  nextTryAt: maybe,
})
export type TraceWaiting = z.infer<typeof traceWaiting>

export const traceCmsCall = z.strictObject({
  id,
  connection: z.string(),
  at: instant,
  method: z.string(),
  path: z.string(),
  status: z.number().int().nullable(),
  milliseconds: z.number().int(),
  error: text,
  matterExternalId: text,
})
export type TraceCmsCall = z.infer<typeof traceCmsCall>

export const trace = z
  .strictObject({
    asked: z.strictObject({ as: askedFor, value: z.string() }),
    /** Times in `answers` are in this zone, the firm's. */
    zone: z.string(),
    at: instant,
    /** One line per message, and per notice or event that came to none; the newest first. */
    answers: z.array(traceAnswer),
    clients: z.array(traceClient),
    matters: z.array(traceMatter),
    /** Live pauses that touch them, the firm's included. */
    pauses: z.array(tracePause),
    /** Live legal holds on them. */
    holds: z.array(legalHold),
    stories: z.array(traceStory),
    /** The lists below come with the first page only. */
    texts: z.array(traceText),
    tasks: z.array(traceTask),
    consentChanges: z.array(traceConsentChange),
    quarantine: z.array(traceQuarantine),
    waiting: z.array(traceWaiting),
    cmsCalls: z.array(traceCmsCall),
    /** Names of lists that are longer than shown; a larger `limit` shows more of them. */
    cut: z.array(z.string()),
    /** The cursor for older stories; null: these are all. */
    next: z.string().nullable(),
  })
  .meta({ id: 'Trace' })
export type Trace = z.infer<typeof trace>
