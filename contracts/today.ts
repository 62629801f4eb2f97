/** What a person looks at first: what needs them, and what goes out. */
import { z } from 'zod'
import { channel, id, instant, pageOf } from './common.ts'
import { deadLetters, held, quarantined, tasks, unhandledEvents } from './operations.ts'
import { qualityItems } from './quality.ts'
import { became } from './timeline.ts'

const text = z.string().nullable()

/** The beginning of each list; with its `next` the list itself goes on. */
export const today = z
  .strictObject({
    deadLetters,
    tasks,
    quarantine: quarantined,
    held,
    quality: qualityItems,
    events: unhandledEvents,
  })
  .meta({ id: 'Today' })
export type Today = z.infer<typeof today>

export const listedMessage = z
  .strictObject({
    id,
    /** When it was written. */
    at: instant,
    channel,
    address: z.string(),
    template: z.string(),
    ...became,
    clientId: id,
    client: text,
    timeZone: text,
    matterId: id.nullable(),
    matter: text,
  })
  .meta({ id: 'ListedMessage' })
export type ListedMessage = z.infer<typeof listedMessage>
export const messages = pageOf(listedMessage, 'Messages')
