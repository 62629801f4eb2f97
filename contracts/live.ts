/** What a page that is open is told, as it happens. */
import { z } from 'zod'

export const liveChanges = z
  .strictObject({
    /** How many of each kind have changed: `message`, `event`, `task`. */
    kinds: z.record(z.string(), z.number().int()),
    /** How many entries of each action stand in the record: `receipt.delivered`, `dead_letter.opened`. */
    actions: z.record(z.string(), z.number().int()),
    /** `message:<id>`, each once. */
    subjects: z.array(z.string()),
    /** There were more than are named here. */
    more: z.boolean(),
  })
  .meta({ id: 'LiveChanges' })
export type LiveChanges = z.infer<typeof liveChanges>
