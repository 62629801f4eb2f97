/** What all pieces of a firm's configuration share that staff edit: editions, drafts, and what is wrong with one. */
import { z } from 'zod'
import { instant } from './common.ts'

/** A rule is a hundred times shorter. */
const longestDraft = 60_000
const longestReason = 500

/** Keys of items, as `apply` takes them. */
export const itemKey = z.string().min(1).max(100)

export const draftText = z.string().max(longestDraft).meta({ description: 'The item by itself, as YAML' })

export const reason = z
  .string()
  .trim()
  .min(1)
  .max(longestReason)
  .meta({ description: 'Why: colleagues read it in the history, and it is in the record' })

export const edition = z.number().int().min(0)

/** Lines and columns count from 1. */
export const draftProblem = z
  .strictObject({
    line: z.number().int(),
    column: z.number().int(),
    /** `then[0].template`; empty: the whole. */
    path: z.string(),
    message: z.string(),
  })
  .meta({ id: 'DraftProblem' })
export type DraftProblem = z.infer<typeof draftProblem>

const changed = {
  edition,
  changedAt: instant,
  /** A name: somebody of the staff, a key, or who applied it. */
  changedBy: z.string(),
  origin: z.enum(['git', 'console']),
  /** Null: applied from Git, where the commit says why. */
  reason: z.string().nullable(),
}
/** Who made the edition that holds. */
export const lastChange = changed

export const history = z
  .strictObject({
    items: z.array(
      z.strictObject({
        ...changed,
        /** Null: with this edition it was removed. */
        yaml: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ItemHistory' })
export type ItemHistory = z.infer<typeof history>

export const publishRequest = z
  .strictObject({
    yaml: draftText,
    reason,
    basedOn: edition.meta({
      description:
        'The edition that the draft was made from; 0: it is new. Another since then is not overwritten',
    }),
  })
  .meta({ id: 'PublishRequest' })

export const removalRequest = z
  .strictObject({
    reason,
    basedOn: edition.meta({ description: 'The edition that was read. Another since then is not removed' }),
  })
  .meta({ id: 'RemovalRequest' })

export const removed = z
  .strictObject({
    key: itemKey,
    /** The edition by which it is gone; the ones before stay in its history. */
    edition,
    /** Of the whole configuration. */
    revision: z.number().int(),
  })
  .meta({ id: 'Removed' })

export const published = z
  .strictObject({
    key: itemKey,
    edition,
    /** Of the whole configuration. */
    revision: z.number().int(),
    /** False: it said the same already. */
    changed: z.boolean(),
    warnings: z.array(draftProblem),
  })
  .meta({ id: 'Published' })
