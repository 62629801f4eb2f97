/** When people may be written to, as firms write it down: `quiet-hours.yaml`, `digests.yaml`, and what a client wishes. */
import { z } from 'zod'
import { channels, purposes } from '../../kernel/index.ts'
import { duration, region, wallTime } from '../firms/index.ts'

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof days)[number]

/** Up to the end of a day, as no wall clock shows it. */
const endOfDay = z.union([wallTime, z.literal('24:00')])

const key = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'is not a key: small letters, digits and dashes')

/** One rule of the table: where and for what it is, when it allows to write, and who says so. */
export const quietRule = z.strictObject({
  key,
  describe: z.string().optional(),
  /** Where the client lives, else where the firm is; a country's rule binds in all its states. */
  where: region,
  /** Absent: whatever for. */
  purposes: z.array(z.enum(purposes)).min(1).optional(),
  /** Absent: texts. */
  channels: z.array(z.enum(channels)).min(1).default(['sms']),
  /** On the client's own clock; a day that is not listed is quiet altogether. */
  allowed: z
    .array(
      z
        .strictObject({ days: z.array(z.enum(days)).min(1).optional(), from: wallTime, until: endOfDay })
        .refine(({ from, until }) => from < until, { path: ['until'], error: 'is not after from' }),
    )
    .min(1),
  /** Whether what is urgent waits as well. */
  urgent: z.enum(['wait', 'send']).default('wait'),
  /** The statute, rule or decision, as a lawyer would cite it. */
  source: z.string().min(1),
  /** When somebody last held this against its source. */
  asOf: z.iso.date('is not a date, such as 2026-07-01'),
})
export type QuietRule = z.infer<typeof quietRule>

/** Hours in which a client does not want to be written to: whole days, or hours of all or some days. */
export const quietWish = z
  .strictObject({
    days: z.array(z.enum(days)).min(1).optional(),
    from: wallTime.optional(),
    until: endOfDay.optional(),
  })
  .refine((wish) => wish.days !== undefined || wish.from !== undefined || wish.until !== undefined, {
    error: 'names neither days nor hours',
  })
export type QuietWish = z.infer<typeof quietWish>

export const paces = ['at_once', 'daily', 'weekly'] as const
export type Pace = (typeof paces)[number]

/** What a client has asked for, or staff for them; none of it comes from the CMS. */
export const clientWishes = z.strictObject({
  quiet: z.array(quietWish).max(20).optional(),
  /** How often they want to hear what need not be said at once. */
  updates: z.enum(paces).optional(),
})
export type ClientWishes = z.infer<typeof clientWishes>

/** A class of what need not be said at once: it waits for its window's end, and then is one message. */
export const digestConfig = z.strictObject({
  key,
  describe: z.string().optional(),
  /** How long the first waits for others; or till the time of day or week below. A client may wish otherwise. */
  window: z.union([duration, z.enum(['daily', 'weekly'])]).default('PT1H'),
  /** On the client's clock. */
  daily: wallTime.default('17:00'),
  weekly: z.strictObject({ day: z.enum(days), at: wallTime }).default({ day: 'fri', at: '17:00' }),
  /** The words of the whole: it is given `groups`, `count` and `link`. */
  template: z.string(),
})
export type DigestConfig = z.infer<typeof digestConfig>
