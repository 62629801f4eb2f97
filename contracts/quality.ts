/** Data quality: what is wrong with the firm's data, and what staff do about it. */
import { z } from 'zod'
import { channel, id, instant, pageOf } from './common.ts'

const text = z.string().nullable()

export const qualityState = z.enum(['open', 'fixed', 'ignored'])
export const qualitySubject = z.enum(['client', 'matter', 'appointment', 'document', 'bill', 'status'])

export const qualityItem = z
  .strictObject({
    id,
    connection: z.string(),
    /** E.g. `phone_unusable`; `title` and `advice` are the same in words. */
    kind: z.string(),
    title: z.string(),
    advice: z.string(),
    subject: qualitySubject,
    /** In the CMS; of a status, the status itself. */
    externalId: z.string(),
    field: z.string(),
    /** As it stands in the CMS, while the item is open. */
    value: text,
    reason: z.string(),
    /** What it probably should be. */
    suggestion: text,
    /** Where the record is in the CMS. */
    link: text,
    clientId: id.nullable(),
    client: text,
    state: qualityState,
    firstSeenAt: instant,
    lastSeenAt: instant,
    resolvedAt: instant.nullable(),
    resolvedBy: text,
    resolution: text,
  })
  .meta({ id: 'QualityItem' })
export type QualityItem = z.infer<typeof qualityItem>
export const qualityItems = pageOf(qualityItem, 'QualityItems')

export const fixRequest = z
  .strictObject({
    /** The right phone number or mail address: used at once, until the CMS has it too. Absent: mended in the CMS. */
    address: z.strictObject({ channel, value: z.string().trim().min(1).max(300) }).optional(),
    how: z.string().trim().min(1).max(500).optional(),
  })
  .meta({ id: 'QualityFixRequest' })
export type FixRequest = z.infer<typeof fixRequest>

export const fixResult = z
  .strictObject({
    id,
    /** What had been held about its matters and is looked at again now. */
    woken: z.number().int(),
  })
  .meta({ id: 'QualityFixResult' })
export type FixResult = z.infer<typeof fixResult>

export const ignoreRequest = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .meta({ id: 'QualityIgnoreRequest' })
