/** What staff and scripts do with what waits: dead letters, pauses, held notices, quarantine, tasks, the queue. */
import { z } from 'zod'
import { channel, id, instant, pageOf } from './common.ts'
import {
  plainTask,
  traceAnswer,
  traceDeadLetter,
  traceMessage,
  tracePause,
  traceQuarantine,
} from './trace.ts'

const text = z.string().nullable()
/** Whom it is for, as one addresses and calls them. */
const person = {
  clientId: id.nullable(),
  client: text,
  /** What they are called by; null: their system says only the whole name. */
  firstName: text,
  /** Null: none is known, and the firm's counts. */
  timeZone: text,
}
const count = z.number().int()

export const messageStory = z
  .strictObject({ answer: traceAnswer, message: traceMessage })
  .meta({ id: 'MessageStory' })
export type MessageStory = z.infer<typeof messageStory>

export const deadLetter = z
  .strictObject({
    ...traceDeadLetter.shape,
    messageId: id,
    channel,
    address: z.string(),
    template: z.string(),
    ...person,
    clientId: id,
    matterId: id.nullable(),
    matter: text,
  })
  .meta({ id: 'DeadLetter' })
export type DeadLetter = z.infer<typeof deadLetter>
export const deadLetters = pageOf(deadLetter, 'DeadLetters')

const ids = z.array(id).min(1).max(1000)
const all = z.literal(true)

export const replayRequest = z
  .union([z.strictObject({ ids }), z.strictObject({ all })], {
    error: 'is either {"ids": […]} or {"all": true}',
  })
  .meta({ id: 'ReplayRequest' })
export type ReplayRequest = z.infer<typeof replayRequest>

export const replayResult = z
  .strictObject({
    /** Ids that this call replayed. */
    replayed: z.array(id),
    /** Ids that were replayed or closed before; they are left alone. */
    notOpen: z.array(id),
  })
  .meta({ id: 'ReplayResult' })
export type ReplayResult = z.infer<typeof replayResult>

export const closeRequest = z
  .strictObject({
    /** How the client was told, e.g. "called her, spoke in person". */
    how: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'CloseRequest' })

export const withdrawRequest = z
  .strictObject({
    /** Why the client is not to have it; kept in the record. */
    reason: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'WithdrawRequest' })

export const correctRequest = z
  .strictObject({
    /** The right phone number or mail address: used at once, until the CMS has it too. */
    address: z.string().trim().min(1).max(300),
  })
  .meta({ id: 'CorrectRequest' })

export const correctResult = z
  .strictObject({
    /** As it is used from now on. */
    address: z.string(),
    /** Letters that are answered by it: this one, and others of the same client to the same wrong address. */
    replayed: z.array(id),
  })
  .meta({ id: 'CorrectResult' })

export const pauseTarget = z.enum(['firm', 'matter', 'client'])
export type PauseTarget = z.infer<typeof pauseTarget>
const target = z.string().trim().min(1).max(300).optional()

export const pauseRequest = z
  .strictObject({
    scope: pauseTarget,
    /** Client: id, id in the CMS, phone number, mail address or name. Matter: id, number or id in the CMS. Firm: none. */
    target,
    reason: z.string().trim().min(1).max(500),
    /** Absent: until someone resumes. */
    endsAt: z.iso.datetime({ offset: true }).optional(),
  })
  .meta({ id: 'PauseRequest' })
export type PauseRequest = z.infer<typeof pauseRequest>

export const pauseResult = z
  .strictObject({
    pause: tracePause,
    name: z.string(),
    /** Messages that were ready to leave and now do not. */
    stopped: count,
    /** Messages whose call to the provider had begun before; nobody can take them back. */
    underWay: count,
  })
  .meta({ id: 'PauseResult' })
export type PauseResult = z.infer<typeof pauseResult>

export const namedPause = z.strictObject({ ...tracePause.shape, name: z.string() }).meta({ id: 'NamedPause' })
export type NamedPause = z.infer<typeof namedPause>
export const pauses = z.strictObject({ items: z.array(namedPause) }).meta({ id: 'Pauses' })

export const heldItem = z
  .strictObject({
    kind: z.enum(['notice', 'message']),
    id,
    since: instant,
    reason: text,
    /** When it is looked at again by itself; null: when something changes or a pause is lifted. */
    until: instant.nullable(),
    rule: z.string(),
    template: z.string(),
    channel: channel.nullable(),
    address: text,
    ...person,
    matterId: id.nullable(),
    matter: text,
  })
  .meta({ id: 'HeldItem' })
export type HeldItem = z.infer<typeof heldItem>
export const held = pageOf(heldItem, 'Held')

export const resumeRequest = z.strictObject({ scope: pauseTarget, target }).meta({ id: 'ResumeRequest' })
export type ResumeRequest = z.infer<typeof resumeRequest>

export const resumeResult = z
  .strictObject({
    name: z.string(),
    /** How many pauses on this target were lifted. */
    lifted: count,
    /** What was held and is looked at again now; what is still true and allowed then goes. */
    held: z.strictObject({ notices: count, messages: count, items: z.array(heldItem) }),
    /** Messages that were queued, not held, and may leave again. */
    queued: count,
    /** Pauses on something else that still hold some of it, e.g. the firm's. */
    stillPaused: z.array(tracePause),
    /** The CMS itself says that nothing is to be sent to this client. */
    pausedInCms: z.boolean(),
  })
  .meta({ id: 'ResumeResult' })
export type ResumeResult = z.infer<typeof resumeResult>

/** A state by its key, as staff know it, and in the words that clients read, by language. */
export const namedState = z
  .strictObject({ key: z.string(), label: z.string(), words: z.record(z.string(), z.string()) })
  .meta({ id: 'NamedState' })
export type NamedState = z.infer<typeof namedState>

export const quarantineItem = z
  .strictObject({
    ...traceQuarantine.shape,
    /** Null: it names no matter of ours. */
    matterId: id.nullable(),
    matter: text,
    clientId: id.nullable(),
    client: text,
    /** States that its status looks like, the likeliest first, by what the firm has configured now; `similarity` from 0 to 1. */
    suggestions: z.array(z.strictObject({ state: namedState, raw: z.string(), similarity: z.number() })),
  })
  .meta({ id: 'QuarantineItem' })
export type QuarantineItem = z.infer<typeof quarantineItem>
export const quarantined = pageOf(quarantineItem, 'Quarantined')

export const quarantineKind = z.enum([
  'unreadable',
  'unmapped',
  'unknown_status',
  'no_matter',
  'mapping_error',
  'drift',
])
export const quarantineReplayRequest = z
  .union(
    [
      z.strictObject({ ids }),
      z.strictObject({ kinds: z.array(quarantineKind).min(1) }),
      z.strictObject({ all }),
    ],
    { error: 'is one of {"ids": […]}, {"kinds": […]}, {"all": true}' },
  )
  .meta({ id: 'QuarantineReplayRequest' })
export type QuarantineReplayRequest = z.infer<typeof quarantineReplayRequest>
export const discardRequest = z
  .strictObject({
    /** Why nothing comes of it, e.g. "a test by the vendor". */
    reason: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'DiscardRequest' })

export const quarantineReplayResult = z
  .strictObject({ replayed: count })
  .meta({ id: 'QuarantineReplayResult' })

export const task = z
  .strictObject({
    ...plainTask.shape,
    client: text,
    matter: text,
    /** Where its matter stands now; null: it has none, or is in no state. */
    matterState: z.union([namedState, z.null()]),
  })
  .meta({ id: 'Task' })
export type Task = z.infer<typeof task>
export const tasks = pageOf(task, 'Tasks')

export const queue = z
  .strictObject({
    /**
     * Messages that are due, by connection; `seconds`: how long that takes at its rate limit, null without one;
     * `throughBy`: when the last one leaves, quiet hours included, null: not within a month.
     */
    estimates: z.array(
      z.strictObject({
        connection: z.string(),
        channel,
        queued: count,
        seconds: z.number().nullable(),
        throughBy: instant.nullable(),
        afterQuietHours: count,
      }),
    ),
    /** What is due in each lane, and for how long the oldest has been. */
    lanes: z.array(z.strictObject({ lane: z.string(), due: count, ageSeconds: z.number() })),
  })
  .meta({ id: 'Queue' })
export type Queue = z.infer<typeof queue>

export const unhandledEvent = z
  .strictObject({
    id,
    type: z.string(),
    connection: z.string(),
    matterId: id.nullable(),
    matter: text,
    occurredAt: instant,
    recordedAt: instant,
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'UnhandledEvent' })
export type UnhandledEvent = z.infer<typeof unhandledEvent>
export const unhandledEvents = pageOf(unhandledEvent, 'UnhandledEvents')
