import type { FirmSettings } from '../firms/index.ts'

/** Months by what words were for; what is not there is kept. */
export type RetentionSettings = NonNullable<FirmSettings['retention']>

/** A purpose of messages, or `webhooks`: what systems sent us. */
export type RetentionRule = keyof RetentionSettings

export interface Cutoff {
  rule: RetentionRule
  months: number
  /** What ended before this moment goes. */
  before: Temporal.Instant
}

/** What a rule would do, or did. */
export interface RetentionCount {
  rule: RetentionRule
  months: number
  before: string
  messages: number
  texts: number
  webhooks: number
  /** Old enough, and kept: under a legal hold. */
  onHold: number
  /** Old enough, and kept: still to be sent, or to be looked at by a person. */
  stillNeeded: number
}
