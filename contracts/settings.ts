/** Settings of the firm itself that people edit: quiet hours, zone and cap, days off, and how long words are kept. */
import { z } from 'zod'
import { edition, lastChange, reason } from './config.ts'
import { retentionCount } from './retention.ts'

const text = z.string().nullable()
const count = z.number().int()
/** Whether `apply` would call it a conflict: Git does not have it so. */
const change = { ...lastChange, ahead: z.boolean() }

/** As `firm.yaml` has them; what is wrong with one is said when it is checked. */
export const firmHours = z
  .strictObject({
    /** IANA. */
    timeZone: z.string().max(100),
    /** Null: none but those of the law and of clients' wishes. */
    quietHours: z
      .strictObject({
        from: z.string().max(10),
        until: z.string().max(10),
        /** Mail waits as well. */
        mail: z.boolean(),
        /** What is urgent waits as well, or goes. */
        urgent: z.enum(['wait', 'send']),
        /** Over how long what waited leaves: ISO 8601. */
        spread: z.string().max(20),
      })
      .nullable(),
    /** Null: as many a day as there is to say. */
    cap: z.strictObject({ perDay: count, digest: z.string().max(100) }).nullable(),
  })
  .meta({ id: 'FirmHours' })
export type FirmHours = z.infer<typeof firmHours>

const quietRule = z
  .strictObject({
    key: z.string(),
    where: z.string(),
    describe: text,
    channels: z.array(z.string()),
    /** Null: whatever for. */
    purposes: z.array(z.string()).nullable(),
    /** Null: every day. */
    allowed: z.array(
      z.strictObject({ days: z.array(z.string()).nullable(), from: z.string(), until: z.string() }),
    ),
    urgent: z.enum(['wait', 'send']),
    source: z.string(),
    asOf: z.string(),
  })
  .meta({ id: 'LegalHours' })

const daysOff = z.strictObject({ country: z.string().max(10), state: z.string().max(100).nullable() })

export const hoursSettings = z
  .strictObject({
    ...change,
    hours: firmHours,
    /** What a cap may name. */
    digests: z.array(z.string()),
    /** The table of quiet-hours.yaml, which binds beside the firm's own hours. */
    law: z.array(quietRule),
    /** Reminder plans, and whose weekends and holidays each keeps; null: none. */
    plans: z.array(z.strictObject({ key: z.string(), edition: count, daysOff: daysOff.nullable() })),
    /** Messages that wait for the end of quiet hours now. */
    waiting: count,
  })
  .meta({ id: 'HoursSettings' })

export const hoursDraft = z.strictObject({ hours: firmHours }).meta({ id: 'HoursDraft' })
const problem = z.strictObject({ path: z.string(), message: z.string() })
/** What becomes of the messages that wait for quiet hours now. */
export const hoursPreview = z
  .strictObject({
    /** What apply would say; empty: it may be published. */
    problems: z.array(problem),
    waiting: count,
    /** Leave at once. */
    atOnce: count,
    sooner: count,
    later: count,
    same: count,
  })
  .meta({ id: 'HoursPreview' })
export type HoursPreview = z.infer<typeof hoursPreview>

const basedOn = edition.meta({
  description: 'The edition of what was read. Another since then is not overwritten',
})
export const hoursRequest = z.strictObject({ hours: firmHours, basedOn, reason }).meta({ id: 'HoursRequest' })
export const daysOffRequest = z
  .strictObject({ daysOff: daysOff.nullable(), basedOn, reason })
  .meta({ id: 'DaysOffRequest' })

export const settingsPublished = z
  .strictObject({
    edition: count,
    /** Of the whole configuration. */
    revision: count,
    /** False: it said the same already. */
    changed: z.boolean(),
    /** Messages and notices that wait and are looked at again. */
    touched: count,
  })
  .meta({ id: 'SettingsPublished' })

const months = z.number().int().nullable()
/** Months by what words were for; null: kept. */
export const retentionMonths = z
  .strictObject({
    status: months,
    reminder: months,
    conversation: months,
    billing: months,
    intake: months,
    marketing: months,
    webhooks: months,
  })
  .meta({ id: 'RetentionMonths' })
export type RetentionMonths = z.infer<typeof retentionMonths>

export const retentionSettings = z
  .strictObject({
    ...change,
    months: retentionMonths,
    /** What is old enough now, by rule. */
    now: z.array(retentionCount),
    /** What will be within the next 30 days, that with it. */
    soon: z.array(retentionCount),
  })
  .meta({ id: 'RetentionSettings' })

export const retentionDraft = z.strictObject({ months: retentionMonths }).meta({ id: 'RetentionDraft' })
export const retentionPreview = z
  .strictObject({
    problems: z.array(problem),
    /** Something would go sooner than it does now: this asks for `confirm`, and for the right to administer. */
    shorter: z.boolean(),
    /** By rule, as it would be. */
    items: z.array(retentionCount),
    /** What would go within the hour and does not go by the present rules. */
    gone: z.strictObject({ messages: count, texts: count, webhooks: count }),
  })
  .meta({ id: 'RetentionPreview' })
export const retentionRequest = z
  .strictObject({
    months: retentionMonths,
    basedOn,
    reason,
    confirm: z.string().max(300).optional().meta({
      description:
        'Where something would go sooner: the name of the firm, typed by hand. Deleted words do not come back',
    }),
  })
  .meta({ id: 'RetentionRequest' })

/** How a firm's people are to sign in. */
export const signInRules = z
  .strictObject({
    /** Everybody has a second factor: who comes by a password alone sets one up before anything else. */
    secondFactor: z.boolean(),
    /** Everybody but owners comes by the firm's own sign-in alone. */
    only: z.boolean(),
  })
  .meta({ id: 'SignInRules' })
export type SignInRules = z.infer<typeof signInRules>

export const signInSettings = z
  .strictObject({
    ...change,
    rules: signInRules,
    /** What the firm's own sign-in is called; null: it has none, and `only` can't be asked for. */
    own: text,
  })
  .meta({ id: 'SignInSettings' })
export const signInRequest = z
  .strictObject({ rules: signInRules, basedOn, reason })
  .meta({ id: 'SignInRequest' })

export const settingsHistory = z
  .strictObject({
    items: z.array(
      z.strictObject({ ...lastChange, hours: firmHours, months: retentionMonths, signIn: signInRules }),
    ),
  })
  .meta({ id: 'SettingsHistory' })
