/** A message that staff write by a template: what may be chosen, what it would say and what would hold it, and sending it. */
import { z } from 'zod'
import { channel, id, instant } from './common.ts'

const text = z.string().nullable()

/** The gates that a person may let a message of theirs pass. */
export const overridable = z.enum(['quiet_hours', 'cap']).meta({ id: 'Overridable' })

export const writableTemplate = z
  .strictObject({
    key: z.string(),
    describe: text,
    purpose: z.string(),
    /** What a person types into it, by its path, in the firm's words. */
    variables: z.array(z.strictObject({ path: z.string(), words: z.string() })),
    /** Those by which the firm sends it; `lacks`: what the facts of this matter do not have for it. */
    channels: z.array(z.strictObject({ channel, lacks: z.array(z.string()) })),
  })
  .meta({ id: 'WritableTemplate' })

export const writableTemplates = z
  .strictObject({
    items: z.array(writableTemplate),
    /** Who would be told; null: the matter has no client. */
    client: z.union([z.strictObject({ id, name: z.string() }), z.null()]),
    /** The one in which they are written to. */
    language: z.string(),
    /** As the CMS has it. */
    preference: text,
    /** Whether whoever asks may let a message pass a gate. */
    mayOverride: z.boolean(),
  })
  .meta({ id: 'WritableTemplates' })

const typed = z.record(z.string().max(100), z.string().trim().max(500)).default({})

export const writePreviewRequest = z
  .strictObject({
    template: z.string().min(1).max(100),
    channel,
    /** By the paths of the template's variables. */
    typed,
    overrides: z.array(overridable).max(2).default([]),
  })
  .meta({ id: 'WritePreviewRequest' })

export const lookedGate = z
  .strictObject({
    gate: z.string(),
    verdict: z.enum(['pass', 'hold', 'suppress']),
    reason: text,
    until: instant.nullable(),
    /** The name by which an attorney or owner lets it pass; null: nobody may. */
    override: z.union([overridable, z.null()]),
  })
  .meta({ id: 'LookedGate' })

export const writePreview = z
  .strictObject({
    /** `goes`: at once. `waits`: it is written, and held. `refused` and `incomplete`: it would not be written at all. */
    verdict: z.enum(['goes', 'waits', 'refused', 'incomplete']),
    reason: text,
    /** Null where it goes, and where nobody knows. */
    until: instant.nullable(),
    client: z.strictObject({ id, name: z.string() }),
    language: z.string(),
    channel,
    address: text,
    subject: text,
    /** As it would leave: a text, or the text part of a mail. */
    text,
    /** Of a mail: its HTML without the frame that all mails have. */
    content: text,
    segments: z.number().int().nullable(),
    problems: z.array(z.string()),
    gates: z.array(lookedGate),
    /** When they were last told this. */
    saidLast: instant.nullable(),
    /** To be sent along: it goes only to whom, where and as it was looked at. Null: it can't be sent. */
    mark: text,
  })
  .meta({ id: 'WritePreview' })

export const writeRequest = z
  .strictObject({
    /** Made by the page when it opens: the same once more is the same message, however often it is sent. */
    key: z.uuid(),
    template: z.string().min(1).max(100),
    channel,
    typed,
    /** Of the preview. */
    mark: z.string().min(1).max(64),
    overrides: z.array(overridable).max(2).default([]),
    /** Why it is let pass a gate. */
    reason: z.string().trim().min(1).max(500).optional(),
  })
  .refine((request) => request.overrides.length === 0 || request.reason !== undefined, {
    path: ['reason'],
    error: 'says why it may pass a gate that would hold it',
  })
  .meta({ id: 'WriteRequest' })

export const writeResult = z
  .strictObject({
    messageId: id,
    state: z.string(),
    reason: text,
    /** When it leaves, or is looked at again; null: nobody knows. */
    dueAt: instant.nullable(),
    /** The CMS is asked first whether it is still so; that takes seconds. */
    readsFirst: z.boolean(),
    /** This key had sent it before. */
    repeated: z.boolean(),
  })
  .meta({ id: 'WriteResult' })
