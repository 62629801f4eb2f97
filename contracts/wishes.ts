/** What a client has asked for: hours of quiet, and how often to hear what is not urgent. */
import { z } from 'zod'

const day = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)

export const quietWish = z
  .strictObject({
    /** Absent: every day. */
    days: z.array(day).min(1).optional(),
    /** On the client's own clock; absent: from the day's beginning. */
    from: time.optional(),
    /** Absent: to the day's end. */
    until: time.optional(),
  })
  .meta({ id: 'QuietWish' })

export const wishes = z
  .strictObject({
    quiet: z.array(quietWish).max(20).optional(),
    updates: z.enum(['at_once', 'daily', 'weekly']).optional(),
  })
  .meta({ id: 'Wishes' })
export type Wishes = z.infer<typeof wishes>

export const wishesRequest = z
  .strictObject({
    /** Id, id in the CMS, phone number, mail address or name. */
    client: z.string().trim().min(1).max(300),
    /** Null takes it back; absent leaves it as it is. */
    quiet: z.array(quietWish).max(20).nullish(),
    updates: z.enum(['at_once', 'daily', 'weekly']).nullish(),
  })
  .meta({ id: 'WishesRequest' })

export const wishesResult = z.strictObject({ client: z.string(), wishes }).meta({ id: 'WishesResult' })
export type WishesResult = z.infer<typeof wishesResult>
