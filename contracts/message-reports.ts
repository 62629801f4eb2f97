/** The report on messages: what was written in a period and what became of it. Every message is in exactly one outcome. */
import { z } from 'zod'
import { channel, instant } from './common.ts'

const count = z.number().int()
const date = z.iso.date()
/** 0 to 1; null: of nothing. */
const share = z.number().nullable()

/** In the order in which they are read: what arrived, what left, what did not, what has not yet, what need not. */
export const messageOutcomes = [
  'delivered',
  'sent',
  'undelivered',
  'dead',
  'unknown',
  'under_way',
  'held',
  'in_digest',
  'cancelled',
] as const
export type MessageOutcome = (typeof messageOutcomes)[number]

export const reportPurposes = [
  'status',
  'reminder',
  'conversation',
  'billing',
  'intake',
  'marketing',
] as const

const figures = {
  messages: count,
  /** Add up to `messages`. */
  outcomes: z.strictObject({
    /** The provider says that it arrived. */
    delivered: count,
    /** A provider took it; whether it arrived nobody has said yet, or ever will. */
    sent: count,
    /** A provider took it, and says that it did not arrive. */
    undelivered: count,
    /** No provider took it, or tries were used up: a person must look, or has. */
    dead: count,
    /** A provider went silent in the middle of a call; it is being found out. */
    unknown: count,
    /** Queued, or being handed over right now. */
    under_way: count,
    /** By a pause, quiet hours, an open digest. */
    held: count,
    /** Ended because a digest says it; the digest is a message of its own. */
    in_digest: count,
    /** No longer true or allowed before it left. */
    cancelled: count,
  }),
  /** delivered of delivered + sent + undelivered + dead. */
  deliveredShare: share,
  /** Mails that are delivered or sent: those that can have been opened. */
  mails: count,
  /** Of `mails`: opened by a person, as far as the provider can tell. */
  opened: count,
  /** Of `mails`: fetched by a machine (a privacy proxy, a scanner), and by nobody else. */
  machineOpened: count,
  clicked: count,
  /** opened of mails. */
  openedShare: share,
  /** Texts that are delivered or sent: those that can have been answered. */
  texts: count,
  /** Of `texts`: a text came from that number afterwards, before another message went there. */
  replied: count,
}

export const messageFigures = z.strictObject(figures).meta({ id: 'MessageFigures' })
export type MessageFigures = z.infer<typeof messageFigures>

export const reportGrouping = z.enum(['day', 'week', 'month'])
export type ReportGrouping = z.infer<typeof reportGrouping>

export const reportFilter = z.strictObject({
  channel: channel.nullable(),
  purpose: z.enum(reportPurposes).nullable(),
  template: z.string().nullable(),
  /** Of the matter as it is now, in the words of the case management system. */
  practiceArea: z.string().nullable(),
})
export type ReportFilter = z.infer<typeof reportFilter>

/** Days of the firm's calendar, both included. */
export const reportFrame = {
  from: date,
  to: date,
  zone: z.string(),
  /** When the rows were read. */
  at: instant,
  filter: reportFilter,
}

export const messageReport = z
  .strictObject({
    ...reportFrame,
    by: reportGrouping,
    total: messageFigures,
    /** By the day on which the message was written; the first and the last may be cut by the period. */
    periods: z.array(z.strictObject({ from: date, to: date, ...figures })),
    templates: z.array(z.strictObject({ template: z.string(), ...figures })),
    channels: z.array(z.strictObject({ channel, ...figures })),
    purposes: z.array(z.strictObject({ purpose: z.string(), ...figures })),
  })
  .meta({ id: 'MessageReport' })
export type MessageReport = z.infer<typeof messageReport>

/** What a report can be narrowed to. */
export const reportChoices = z
  .strictObject({
    templates: z.array(z.string()),
    /** Of the matters there are; empty where no case management system tells any. */
    practiceAreas: z.array(z.string()),
  })
  .meta({ id: 'ReportChoices' })
export type ReportChoices = z.infer<typeof reportChoices>
