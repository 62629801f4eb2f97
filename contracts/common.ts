/** What all answers of the HTTP API share. Instants are ISO 8601 in UTC. */
import { z } from 'zod'

export const instant = z.iso.datetime()
export const id = z.uuid()
export const channel = z.enum(['sms', 'email'])

/** Something that fits what was named. */
export const candidate = z
  .strictObject({ as: z.enum(['client', 'matter']), id, label: z.string() })
  .meta({ id: 'Candidate' })
export type Candidate = z.infer<typeof candidate>

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    /** Each with where it is wrong: `body.reason`, `query.limit`; in a text, with line and column, from 1. */
    errors: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          line: z.number().int().optional(),
          column: z.number().int().optional(),
        }),
      )
      .optional(),
    /** What was named fits several: these. */
    candidates: z.array(candidate).optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457)' })

/** @returns a page of them: hand `next` back as `cursor` for those that follow; null: there are no more */
export const pageOf = <T extends z.ZodType>(item: T, name: string) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() }).meta({ id: name })

export interface Page<T> {
  items: T[]
  next: string | null
}
