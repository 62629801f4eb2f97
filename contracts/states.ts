/** The firm's official states, what its systems call them, and what they said that fits none. */
import { z } from 'zod'
import { id, instant } from './common.ts'

const count = z.number().int()

export const firmState = z
  .strictObject({
    key: z.string(),
    /** By language. */
    words: z.record(z.string(), z.string()),
    /** A matter may begin here. */
    initial: z.boolean(),
    /** Keys of the states that may follow. */
    next: z.array(z.string()),
    /** What the systems call it. */
    raw: z.array(z.string()),
    /** How many matters are in it. */
    matters: count,
  })
  .meta({ id: 'FirmState' })
export type FirmState = z.infer<typeof firmState>

export const unknownStatus = z
  .strictObject({
    raw: z.string(),
    connection: z.string(),
    /** How often it waits in quarantine. */
    count,
    firstAt: instant,
    lastAt: instant,
    /** States that a status looks like which is known, the likeliest first; `similarity` from 0 to 1. */
    suggestions: z.array(z.strictObject({ state: z.string(), raw: z.string(), similarity: z.number() })),
    /** Some of what waits, the newest first. */
    quarantined: z.array(id),
  })
  .meta({ id: 'UnknownStatus' })
export type UnknownStatus = z.infer<typeof unknownStatus>

export const firmStates = z
  .strictObject({
    /** Of the configuration; 0: the firm has configured no states. */
    version: count,
    states: z.array(firmState),
    unknown: z.array(unknownStatus),
    /** Matters in no state, since what their system says fits none. */
    withoutState: count,
  })
  .meta({ id: 'FirmStates' })
export type FirmStates = z.infer<typeof firmStates>

export const mapStatusRequest = z
  .strictObject({
    /** What the system says, e.g. "Disc. done_FINAL". */
    raw: z.string().trim().min(1).max(500),
    /** The key of the state that it means. */
    state: z.string().min(1).max(100),
    reason: z.string().trim().min(1).max(500).optional(),
  })
  .meta({ id: 'MapStatusRequest' })
export type MapStatusRequest = z.infer<typeof mapStatusRequest>

export const mapStatusResult = z
  .strictObject({
    raw: z.string(),
    state: z.string(),
    /** Of the configuration that holds now. */
    version: count,
    /** False: it was mapped so already. */
    changed: z.boolean(),
  })
  .meta({ id: 'MapStatusResult' })
