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

/** How long after a change texts are counted. */
export const questionDays = 7
/** Of fewer changes in a group nothing is concluded. */
export const enoughChanges = 30

const questionGroup = z.strictObject({
  /**
   * `told`: changes of a matter of which the client was told. `not_told`: those of which they were not. `before`: the days
   * before the first.
   */
  group: z.enum(['told', 'not_told', 'before']),
  changes: count,
  /** How long was looked, all together. */
  weeks: z.number(),
  texts: count,
  /** Texts for a hundred weeks of a matter; null: nothing was looked at. */
  perHundredWeeks: z.number().nullable(),
})
export type QuestionGroup = z.infer<typeof questionGroup>

/** What clients text after something has changed in their matter, told or not. A comparison, no proof. */
export const questionReport = z
  .strictObject({
    ...reportFrame,
    /** Changes up to this moment, since for later ones not all days have passed; null: there are none such yet. */
    until: instant.nullable(),
    /** Days that are looked at after a change, or until the matter changes again. */
    days: count,
    groups: z.array(questionGroup),
    /**
     * How many more texts there would have been if clients who were told had texted as those who were not; negative:
     * fewer. Null: too few changes to say.
     */
    fewerTexts: z.number().nullable(),
  })
  .meta({ id: 'QuestionReport' })
export type QuestionReport = z.infer<typeof questionReport>

const seconds = z.number().nullable()
/** Null: that share of them is not done yet, or there are none. */
const spread = { median: seconds, p90: seconds }

export const changeSteps = ['heard', 'said', 'arrived', 'whole'] as const

/** How fast staff answered, and how fast a change became a message. All times are by the clock, nights and weekends too. */
export const responseReport = z
  .strictObject({
    ...reportFrame,
    /** Tasks that were opened in the period, by their kind; incoming texts first. */
    tasks: z.array(z.strictObject({ kind: z.string(), tasks: count, done: count, open: count, ...spread })),
    /** Messages that were written in the period, came of a change elsewhere, and were delivered. */
    changes: z.array(
      z.strictObject({
        channel,
        messages: count,
        /** From the change to when we knew; from there to when a provider had the message; from there to its arrival; all of it. */
        steps: z.array(z.strictObject({ step: z.enum(changeSteps), ...spread })),
      }),
    ),
  })
  .meta({ id: 'ResponseReport' })
export type ResponseReport = z.infer<typeof responseReport>
