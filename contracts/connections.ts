/** The systems around a firm: do they let us in, and how much may we ask of them. */
import { z } from 'zod'
import { instant } from './common.ts'

export const connection = z
  .strictObject({
    key: z.string(),
    kind: z.string(),
    /** `needs_person`: somebody must let us in first. `broken`: it let us in and does so no more. */
    state: z.enum(['connected', 'needs_person', 'broken']),
    /** Null where nobody need let us in: its settings hold what opens it. */
    letIn: z
      .strictObject({
        at: instant,
        by: z.string(),
        /** Until when the token is good that we hold now; it is renewed by itself. */
        tokenUntil: instant,
      })
      .nullable(),
    /** Up to when all that changed in it is known; null: it is not followed, or not read through yet. */
    knownUntil: instant.nullable(),
    /** Null: it told of no limit. */
    limit: z
      .strictObject({
        perWindow: z.number().int().nullable(),
        used: z.number().int(),
        windowEndsAt: instant.nullable(),
        /** It wants no calls before this. */
        closedUntil: instant.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Connection' })
export type Connection = z.infer<typeof connection>
export const connections = z.strictObject({ items: z.array(connection) }).meta({ id: 'Connections' })

export const invitation = z
  .strictObject({
    /** An address of ours to hand to whoever may say yes; it leads to the system's own page. */
    address: z.url(),
    addressUntil: instant,
    /** The system's own page; serves once. */
    authorisation: z.url(),
    authorisationUntil: instant,
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof invitation>

export const connectionTest = z
  .strictObject({
    key: z.string(),
    at: instant,
    /** The worst of what was found; `nothing`: there is nothing to ask, it only sends. */
    verdict: z.enum(['works', 'attention', 'fails', 'nothing']),
    findings: z.array(
      z.strictObject({
        /** Does it let us in and answer; do its webhooks prove where they come from; do its receipts; can it be opened at all. */
        what: z.enum(['reach', 'webhooks', 'receipts', 'settings']),
        status: z.enum(['ok', 'warn', 'fail']),
        detail: z.string(),
        /** What to do about it; null: nothing. */
        todo: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ConnectionTest' })
export type ConnectionTest = z.infer<typeof connectionTest>
