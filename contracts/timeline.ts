/** Everything that was said and heard about a client or a matter, and what was done, as one line in time. */
import { z } from 'zod'
import { channel, id, instant, pageOf } from './common.ts'
import { deletedUnder } from './retention.ts'
import { steps } from './trace.ts'

const text = z.string().nullable()
const maybe = instant.nullable()

const about = {
  /** Of this kind; with the kind it names the line. */
  id: z.string(),
  at: instant,
  matterId: id.nullable(),
  matter: text,
}

/** What became of a message. */
export const became = {
  state: z.string(),
  reason: text,
  /** When it leaves, where it waits; the year 9999: nobody knows. */
  dueAt: instant,
  ...steps,
}

/** Who wrote it by hand, and which gates they let it pass; null: a rule did. */
export const writtenBy = z
  .strictObject({
    by: z.string(),
    overrides: z.array(z.enum(['quiet_hours', 'cap'])),
    reason: text,
  })
  .meta({ id: 'WrittenBy' })
export type WrittenBy = z.infer<typeof writtenBy>

export const timelineItem = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('message'),
      ...about,
      channel,
      address: z.string(),
      template: z.string(),
      language: z.string(),
      purpose: z.string(),
      subject: text,
      body: text,
      wordsDeleted: deletedUnder.nullable(),
      ...became,
      /** What the provider said when it failed; and who dealt with it by hand, and how. */
      failure: z.strictObject({ code: text, detail: text, resolvedBy: text, resolution: text }).nullable(),
      /** It waits for a digest, or was said by one. */
      digest: text,
      written: z.union([writtenBy, z.null()]),
    }),
    z.strictObject({
      kind: z.literal('text'),
      ...about,
      from: z.string(),
      body: text,
      wordsDeleted: deletedUnder.nullable(),
      meaning: z.string(),
      media: z.number().int(),
    }),
    z.strictObject({
      kind: z.literal('notice'),
      ...about,
      eventId: id,
      rule: z.string(),
      template: z.string(),
      state: z.string(),
      reason: text,
      dueAt: maybe,
      audience: z.enum(['client', 'participants', 'attorney']),
      recipient: text,
    }),
    z.strictObject({
      kind: z.literal('reminder'),
      ...about,
      plan: z.string(),
      step: z.string(),
      what: text,
      startsAt: instant,
      /** `said` is a message or a notice beside it; these did not come to one. */
      state: z.enum(['skipped', 'superseded']),
      reason: text,
      audience: z.enum(['client', 'participants', 'attorney']),
    }),
    z.strictObject({
      kind: z.literal('state'),
      ...about,
      raw: text,
      from: text,
      to: text,
      outcome: z.string(),
    }),
    z.strictObject({
      kind: z.literal('consent'),
      ...about,
      channel,
      address: z.string(),
      purpose: z.string(),
      granted: z.boolean(),
      how: z.string(),
      by: z.string(),
    }),
    z.strictObject({
      kind: z.literal('task'),
      ...about,
      title: z.string(),
      state: z.enum(['open', 'done']),
      doneAt: maybe,
      doneBy: text,
    }),
    z.strictObject({
      kind: z.literal('act'),
      ...about,
      /** As it stands in the record: `pause.begun`. */
      action: z.string(),
      who: z.string(),
      /** Why, where they said so. */
      reason: text,
    }),
  ])
  .meta({ id: 'TimelineItem' })
export type TimelineItem = z.infer<typeof timelineItem>
export type TimelineKind = TimelineItem['kind']

export const timeline = pageOf(timelineItem, 'Timeline')
export type Timeline = z.infer<typeof timeline>
