/** How much waits for people, in one call. */
import { z } from 'zod'

/** Beyond this nobody works through a list by counting. */
export const mostCounted = 1_000

const counted = z
  .strictObject({
    count: z.number().int().min(0).max(mostCounted),
    /** There are more than that. */
    more: z.boolean(),
  })
  .meta({ id: 'Counted' })
export type Counted = z.infer<typeof counted>

export const counts = z
  .strictObject({
    deadLetters: counted,
    /** Notices and messages. */
    held: counted,
    tasks: counted,
    quarantine: counted,
    quality: counted,
    /** Events that no rule handles. */
    events: counted,
    /** Live pauses. */
    pauses: counted,
    /** Live legal holds. */
    holds: counted,
  })
  .meta({ id: 'Counts' })
export type Counts = z.infer<typeof counts>
