/** One box for people, cases, numbers, addresses and messages. */
import { z } from 'zod'
import { id } from './common.ts'

const text = z.string().nullable()

export const found = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('client'),
      id,
      name: z.string(),
      /** The number or address by which they were found, or the first of each that works. */
      addresses: z.array(z.string()),
      /** Their matters, the newest first; at most three. */
      matters: z.array(z.strictObject({ id, number: text, title: text })),
    }),
    z.strictObject({
      kind: z.literal('matter'),
      id,
      number: text,
      title: text,
      state: text,
      client: text,
    }),
    z.strictObject({ kind: z.literal('message'), id, channel: z.string(), state: z.string(), client: text }),
  ])
  .meta({ id: 'Found' })
export type Found = z.infer<typeof found>

export const searchResult = z
  .strictObject({
    items: z.array(found),
    /** Nothing holds what was typed: these look like it. */
    alike: z.boolean(),
  })
  .meta({ id: 'SearchResult' })
export type SearchResult = z.infer<typeof searchResult>
