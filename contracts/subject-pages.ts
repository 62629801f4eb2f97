/** What the page of a client or a matter shows: facts with "as of", what holds messages, what waits, what comes. */
import { z } from 'zod'
import { channel, id, instant } from './common.ts'
import { deadLetter, heldItem, namedPause, task } from './operations.ts'
import { legalHold } from './retention.ts'
import { traceClient, traceMatter, traceQuarantine } from './trace.ts'

const text = z.string().nullable()
const maybe = instant.nullable()

/** Something the CMS says, by its own name there. */
export const cmsFact = z.strictObject({ name: z.string(), value: z.string() }).meta({ id: 'CmsFact' })
export type CmsFact = z.infer<typeof cmsFact>

/** Somebody of the firm who has to do with a matter. */
export const inCharge = z
  .strictObject({
    /** As the CMS calls the part: `attorney`, `paralegal`. */
    role: z.string(),
    name: z.string(),
    mail: text,
  })
  .meta({ id: 'InCharge' })
export type InCharge = z.infer<typeof inCharge>

/** A date in a matter, as the CMS has it. */
export const heldDate = z
  .strictObject({
    id,
    matterId: id,
    matter: z.string(),
    /** What it is, in the words of the CMS. */
    what: text,
    where: text,
    /** Null: it tells no time that can be understood. */
    startsAt: maybe,
    /** Of a whole day: which. */
    allDayOn: z.iso.date().nullable(),
    /** Set when it is off. */
    removedAt: maybe,
    observedAt: instant,
  })
  .meta({ id: 'HeldDate' })
export type HeldDate = z.infer<typeof heldDate>

/** One channel of a reminder to come, by what is known today. */
export const plannedChannel = z.strictObject({
  channel,
  address: text,
  verdict: z.enum(['pass', 'hold', 'suppress']),
  /** Why it would be held, or not be said there. */
  reason: text,
})

export const upcomingReminder = z
  .strictObject({
    id,
    matterId: id,
    matter: z.string(),
    plan: z.string(),
    step: z.string(),
    template: text,
    /** What it reminds of. */
    what: text,
    startsAt: instant,
    /** When it is said; looked at once more then. */
    dueAt: instant,
    /** IANA: the zone in which that moment was found, and whose it is. */
    zone: z.string(),
    zoneOf: z.enum(['client', 'firm']),
    /** `checking`: the CMS is asked whether it is still true. */
    state: z.enum(['planned', 'checking']),
    reason: text,
    audience: z.enum(['client', 'participants', 'attorney']),
    /** By what is known today; empty for others than the client, whose addresses are looked up when it is due. */
    channels: z.array(plannedChannel),
  })
  .meta({ id: 'UpcomingReminder' })
export type UpcomingReminder = z.infer<typeof upcomingReminder>

/** What is open about them, the newest first; lists longer than shown are named in `cut`. */
const openWork = {
  tasks: z.array(task),
  deadLetters: z.array(deadLetter),
  held: z.array(heldItem),
  quarantine: z.array(traceQuarantine),
}

const common = {
  /** Times are shown in this zone, the firm's. */
  zone: z.string(),
  at: instant,
  /** Live pauses that touch them, the firm's included. */
  pauses: z.array(namedPause),
  /** Live legal holds on them. */
  holds: z.array(legalHold),
  ...openWork,
  /** The soonest first. */
  reminders: z.array(upcomingReminder),
  /** Those to come first, then those that were, each the nearest first. */
  dates: z.array(heldDate),
  cut: z.array(z.string()),
}

export const matterOfClient = z
  .strictObject({
    ...traceMatter.shape,
    /** The state in the firm's own words; null where it has none in its first language. */
    stateWords: text,
    /** What kind of matter it is, as the CMS says. */
    type: text,
    paused: z.boolean(),
  })
  .meta({ id: 'MatterOfClient' })
export type MatterOfClient = z.infer<typeof matterOfClient>

export const clientPage = z
  .strictObject({
    client: z.strictObject({
      ...traceClient.shape,
      /** What kind of contact: `Person`, `Company`. */
      type: text,
      facts: z.array(cmsFact),
    }),
    matters: z.array(matterOfClient),
    ...common,
  })
  .meta({ id: 'ClientPage' })
export type ClientPage = z.infer<typeof clientPage>

/** One step of a matter, and who said what its raw status means. */
export const stateStep = z
  .strictObject({
    eventId: id,
    at: instant,
    raw: text,
    from: text,
    to: text,
    /** As the event was judged: `flagged` is a step that is not allowed, `flip_flop` one that was undone at once. */
    outcome: z.string(),
    /** Who had the raw status mean that state, and since when; null: no edition of the states says so any more. */
    mapped: z
      .strictObject({ by: z.string(), at: instant, edition: z.number().int(), reason: text })
      .nullable(),
  })
  .meta({ id: 'StateStep' })
export type StateStep = z.infer<typeof stateStep>

export const matterPage = z
  .strictObject({
    matter: z.strictObject({
      ...traceMatter.shape,
      stateWords: text,
      type: text,
      /** The CMS says that nothing is to be sent about it. */
      pausedInCms: z.boolean(),
      /** Since when the CMS does not know it any more. */
      goneSince: maybe,
      people: z.array(inCharge),
      facts: z.array(cmsFact),
    }),
    client: z.union([traceClient, z.null()]),
    /** How the state came about, the newest first. */
    states: z.array(stateStep),
    ...common,
  })
  .meta({ id: 'MatterPage' })
export type MatterPage = z.infer<typeof matterPage>
