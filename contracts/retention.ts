/** How long words are kept, and legal holds that keep them longer. */
import { z } from 'zod'
import { id, instant, pageOf } from './common.ts'

const text = z.string().nullable()
const reason = z.string().trim().min(1).max(500)

/** Words, or a raw webhook, that went under a rule of the firm. */
export const deletedUnder = z
  .strictObject({
    at: instant,
    /** The purpose whose months had passed, or `webhooks`. */
    rule: z.string(),
    /** What is left of it: hex. */
    hash: text,
  })
  .meta({ id: 'DeletedUnderRetention' })
export type DeletedUnder = z.infer<typeof deletedUnder>

export const holdScope = z.enum(['matter', 'client'])

export const legalHold = z
  .strictObject({
    id,
    scope: holdScope,
    targetId: id,
    /** How people call it. */
    target: z.string(),
    reason: z.string(),
    placedBy: z.string(),
    placedAt: instant,
    releasedAt: instant.nullable(),
    releasedBy: text,
    releaseReason: text,
  })
  .meta({ id: 'LegalHold' })
export type LegalHold = z.infer<typeof legalHold>
export const legalHolds = pageOf(legalHold, 'LegalHolds')

export const holdRequest = z
  .strictObject({
    scope: holdScope,
    target: z.string().min(1).max(200).meta({
      description: 'matter: number or id; client, with all their matters: id, name, number or address',
    }),
    reason,
  })
  .meta({ id: 'HoldRequest' })

export const releaseRequest = z.strictObject({ reason }).meta({ id: 'HoldReleaseRequest' })

export const retentionCount = z
  .strictObject({
    rule: z.string(),
    months: z.number().int(),
    /** What ended before this goes. */
    before: instant,
    messages: z.number().int(),
    texts: z.number().int(),
    webhooks: z.number().int(),
    /** Old enough and kept, since it is under a legal hold. */
    onHold: z.number().int(),
    /** Old enough and kept, since it is still to be sent, or a person has not dealt with it. */
    stillNeeded: z.number().int(),
  })
  .meta({ id: 'RetentionCount' })
export const retentionPlan = z.strictObject({ items: z.array(retentionCount) }).meta({ id: 'RetentionPlan' })
