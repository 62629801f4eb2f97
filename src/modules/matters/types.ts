/** A firm's official matter states and how the CMS's dirty statuses map to them: `statuses.yaml`. */
import { z } from 'zod'
import { duration, language } from '../firms/index.ts'

export const matterState = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]*$/, 'is not a state key: small letters, digits and underscores'),
  /** Plain words for clients, by language; templates, portal and bot share them. */
  words: z.record(language, z.string().min(1)),
  /** States that may follow; a matter that does something else is flagged. */
  next: z.array(z.string()).default([]),
  /** A matter may begin here. */
  initial: z.boolean().default(false),
  /** Say nothing until the matter has stayed this long: a slip of the hand is undone in silence. */
  settle: duration.optional(),
  /** What the CMS calls it; compared after normalising. */
  raw: z.array(z.string()).default([]),
})
export type MatterState = z.infer<typeof matterState>

export const statusesConfig = z.strictObject({ states: z.array(matterState).min(1) })
export type StatusesConfig = z.infer<typeof statusesConfig>
