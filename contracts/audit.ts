/** The record: who did what to what, and up to where it is sealed and verified. */
import { z } from 'zod'
import { id, instant, pageOf } from './common.ts'

const text = z.string().nullable()

export const auditEntry = z
  .strictObject({
    at: instant,
    /** As it stands in the record: `tipstaff`, `staff:<id>`, `apikey:<id>`, `cli:<user>`, a provider. */
    actor: z.string(),
    /** The actor for people. */
    who: z.string(),
    action: z.string(),
    /** What it was done to: `message:<id>`, `matter:<id>` … */
    subject: z.string(),
    /** Whom and what that is about, where it is known. */
    client: text,
    clientId: id.nullable(),
    matter: text,
    matterId: id.nullable(),
    data: z.record(z.string(), z.unknown()),
    /** A batch covers it: from then on an edit is found. */
    sealed: z.boolean(),
    /** It was compared with its seal when the record was last looked over, and all was well. */
    verified: z.boolean(),
    /** What is hashed: every column as PostgreSQL writes it, and SHA-256 over that (RFC 6962, a leaf). */
    raw: z.strictObject({
      epoch: z.number().int(),
      xid: z.string(),
      seq: z.string(),
      at: z.string(),
      data: z.string(),
      leaf: z.string(),
    }),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof auditEntry>

export const recordMark = z
  .strictObject({
    /** The newest batch; null: nothing was sealed yet. */
    sealed: z
      .strictObject({ n: z.number().int(), at: instant, link: z.string(), keyId: z.string() })
      .nullable(),
    /** The last look over the whole record; null: there was none yet. */
    checked: z
      .strictObject({
        at: instant,
        ok: z.boolean(),
        /** The last batch that was compared; 0: there was none. */
        n: z.number().int(),
        /** When that batch was sealed. */
        sealedAt: instant.nullable(),
        entries: z.number().int(),
        problems: z.array(z.strictObject({ kind: z.string(), n: z.number().int(), detail: z.string() })),
      })
      .nullable(),
  })
  .meta({ id: 'RecordMark' })
export type RecordMark = z.infer<typeof recordMark>

export const auditPage = z.strictObject({
  ...pageOf(auditEntry, 'AuditEntries').shape,
  mark: recordMark,
})
export type AuditPage = z.infer<typeof auditPage>

/** What the record can be asked for: whoever and whatever stands in it. */
export const auditChoices = z
  .strictObject({
    actors: z.array(z.strictObject({ actor: z.string(), who: z.string() })),
    actions: z.array(z.string()),
  })
  .meta({ id: 'AuditChoices' })
export type AuditChoices = z.infer<typeof auditChoices>

export const exportRequest = z
  .strictObject({ language: z.enum(['en', 'es']).default('en').meta({ description: 'Of the PDF' }) })
  .meta({ id: 'ExportRequest' })
