/**
 * After a restored backup: what happened in the lost time was probably told, by a process whose messages this database
 * does not know. What may be such old news goes to a person instead of to the client. Pure.
 */
import type { ClientId, MatterId } from '../../kernel/index.ts'
import type { CmsFact } from '../connections/index.ts'
import type { FactKind, KnownFact } from '../facts/index.ts'
import type { NewTask } from '../tasks/index.ts'

/** Between the newest thing that the copy knew and the moment when it was found to be one. */
export interface LostTime {
  from: Temporal.Instant
  until: Temporal.Instant
}

/**
 * How long after a restore old news may still come up, where nothing proves it old or new. Providers of webhooks
 * repeat for some days at most; an edit that says an old status again may come at any time, most often soon.
 */
const doubtFor = { hours: 24 * 14 }

/** @returns null where nothing was lost, or so long ago that nothing is in doubt any more */
export function lostTime(
  deployment: { copied_at: Temporal.Instant | null; knew_until: Temporal.Instant | null },
  now: Temporal.Instant,
): LostTime | null {
  const { copied_at: until, knew_until: from } = deployment
  if (!until || !from || !isBefore(from, until) || isBefore(until.add(doubtFor), now)) return null
  return { from, until }
}

/**
 * Whether a change of status may have been told in the lost time.
 *
 * @param since when the CMS says that the status began; null: it does not tell
 * @param matter as it was before this status
 */
export function statusInDoubt(
  since: Temporal.Instant | null,
  matter: {
    state: string | null
    caughtUpAt: Temporal.Instant | null
    statusReceivedAt: Temporal.Instant | null
  },
  lost: LostTime | null,
): boolean {
  if (!lost) return false
  if (since && isBefore(lost.until, since)) return false
  const caughtUp =
    // Catching up gives no matter its first state.
    matter.state !== null && matter.caughtUpAt !== null && !isBefore(matter.caughtUpAt, lost.until)
  const heardSince = matter.statusReceivedAt !== null && isBefore(lost.until, matter.statusReceivedAt)
  return !caughtUp && !heardSince
}

/** Whether the status began in the lost time, so that a person should know that it is not told. */
export const beganInLostTime = (since: Temporal.Instant, lost: LostTime | null): boolean =>
  lost !== null && isBefore(lost.from, since) && !isBefore(lost.until, since)

/**
 * Whether an event that came after the copy was found may be one that was told before: its own time says so, or it
 * has none and its system can't be read, so that nobody knows.
 */
export function eventInDoubt(
  event: { occurredAt: Temporal.Instant | null; receivedAt: Temporal.Instant; readable: boolean },
  lost: LostTime | null,
): boolean {
  if (!lost || !isBefore(lost.until, event.receivedAt)) return false
  return event.occurredAt ? !isBefore(lost.until, event.occurredAt) : !event.readable
}

/**
 * What a read of the CMS says of a fact that was there before the copy was found: no webhook may make news of it.
 *
 * @returns `quiet`: it counts as told · `lost`: and it came about in the lost time, which a person should know
 */
export function readInLostTime(
  fact: CmsFact,
  known: KnownFact | undefined,
  lost: LostTime | null,
): { quiet: boolean; lost: boolean } {
  if (!lost || (fact.updatedAt && isBefore(lost.until, fact.updatedAt))) return { quiet: false, lost: false }
  const same = known !== undefined && known.removedAt === null && known.version === fact.version
  const inIt = !fact.updatedAt || isBefore(lost.from, fact.updatedAt)
  return { quiet: true, lost: !same && inIt }
}

/** One for each matter and restore, however much of it is in doubt. */
export const lostTimeTask = (
  matter: { id: MatterId; number: string | null; externalId: string; clientId: ClientId | null },
  what: string,
  lost: LostTime,
): NewTask => ({
  kind: 'restored_backup',
  title: `Matter ${matter.number ?? matter.externalId}: ${what} at a time that was lost, or may have: was the client told?`,
  detail:
    'A backup was restored that did not know of it. The client was probably told when it happened, so nothing is said now. Look into the provider’s log or ask, and tell them by hand if not.',
  matterId: matter.id,
  clientId: matter.clientId,
  assignee: 'staff',
  dueAt: null,
  cause: `lost time ${matter.id} ${lost.until} ${what}`,
})

const plural: Readonly<Record<FactKind, string>> = {
  appointment: 'appointments',
  bill: 'bills',
  document: 'documents',
}

/** @returns `appointments and bills changed` */
export const whatChanged = (kinds: Iterable<FactKind>): string =>
  `${[...new Set(kinds)]
    .sort()
    .map((kind) => plural[kind])
    .join(' and ')} changed`

const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0
