/** When words go: whole months of the firm's calendar, so that "24 months" means what a lawyer means by it. Pure. */
import type { Cutoff, RetentionRule, RetentionSettings } from './types.ts'

/** Purposes first: raw webhooks go with the words that came of them, and their own rule takes what is left. */
export const rules: readonly RetentionRule[] = [
  'status',
  'reminder',
  'conversation',
  'billing',
  'intake',
  'marketing',
  'webhooks',
]

/** @returns one for each rule that the firm has set, at the same wall time so many months ago */
export function cutoffsOf(settings: RetentionSettings, now: Temporal.Instant, zone: string): Cutoff[] {
  const here = now.toZonedDateTimeISO(zone)
  return rules.flatMap((rule) => {
    const months = settings[rule]
    return months === undefined ? [] : [{ rule, months, before: here.subtract({ months }).toInstant() }]
  })
}
