/** What a record on a list means beside what we know, and when a stream is looked at again. Pure. */
import type { CmsHolding, CmsTrouble } from '../connections/index.ts'
import type { FactKind, KnownFact } from '../facts/index.ts'
import type { MatterRow } from '../matters/index.ts'
import type { Followed, StreamRow } from './types.ts'

/** `quiet`: kept, nothing is said · `tell`: handed on as its webhook would have been · `known`: nothing new. */
export type Meaning = { what: 'quiet' | 'known' } | { what: 'tell'; event: 'created' | 'updated' }

const quiet: Meaning = { what: 'quiet' }
const known: Meaning = { what: 'known' }
const tell = (event: 'created' | 'updated'): Meaning => ({ what: 'tell', event })

/** When the record was made and last changed, by the source's clock. */
export interface Times {
  createdAt: Temporal.Instant | null
  updatedAt: Temporal.Instant | null
}

export interface Pass {
  phase: StreamRow['phase']
  beganAt: Temporal.Instant
  /** What was asked for; null: all. */
  since: Temporal.Instant | null
}

const after = (a: Temporal.Instant | null, b: Temporal.Instant | null): boolean =>
  a !== null && b !== null && Temporal.Instant.compare(a, b) > 0
const since = (a: Temporal.Instant | null, b: Temporal.Instant | null): boolean =>
  a !== null && b !== null && Temporal.Instant.compare(a, b) >= 0

/** Changed since the pass began. Systems tell whole seconds: what changed within that one may have changed after it began. */
const during = (updatedAt: Temporal.Instant | null, { beganAt }: Pass): boolean =>
  since(updatedAt, beganAt.round({ smallestUnit: 'second', roundingMode: 'floor' }))

/**
 * A matter on the list. In the first pass its status is taken for what always was, unless it changed since the pass
 * began: then its webhook may have come before we knew the matter, or have been dropped.
 *
 * @param row as we have it, locked
 */
export function meaningOfMatter(
  row: Pick<MatterRow, 'raw_status' | 'source_updated_at'> | undefined,
  { rawStatus, updatedAt, createdAt }: Times & { rawStatus: string | null },
  pass: Pass,
): Meaning {
  if (!row) return pass.phase === 'first' && !during(updatedAt, pass) ? quiet : tell(eventOf(createdAt, pass))
  const sameStatus = rawStatus === null || row.raw_status === rawStatus
  if (!sameStatus) return tell('updated')
  if (pass.phase === 'first') return known
  // Told already by its webhook, or nothing but facts changed, which are kept either way.
  return updatedAt === null || since(row.source_updated_at, updatedAt) ? known : tell('updated')
}

/**
 * A document, bill or appointment on the list. A read of its matter may have kept it without saying anything: what
 * changed since the last pass is told all the same.
 *
 * The first pass has kept every document that was listed. One that is not known after that was filed since, whenever
 * its record was made: some systems list it only once it is all there, or are told its matter later. (An appointment
 * also comes into sight as the range of dates moves on.)
 */
export function meaningOfFact(
  fact: Pick<KnownFact, 'version' | 'announced' | 'sourceUpdatedAt' | 'removedAt'> | undefined,
  { holds, version, createdAt, updatedAt }: Times & { holds: FactKind; version: string | null },
  pass: Pass,
): Meaning {
  if (!fact && pass.phase === 'first' && !during(updatedAt, pass)) return quiet
  if (!fact)
    return tell(holds === 'document' && pass.phase === 'following' ? 'created' : eventOf(createdAt, pass))
  if (fact.removedAt !== null) return tell('created')
  if (version !== fact.version) return tell('updated')
  if (!fact.announced && since(updatedAt, pass.since)) return tell(eventOf(createdAt, pass))
  return known
}

/** Whether it came into being within what this pass asked for. */
const eventOf = (createdAt: Temporal.Instant | null, { since: asked, beganAt, phase }: Pass) =>
  since(createdAt, phase === 'first' ? beganAt : asked) ? 'created' : 'updated'

/** A client on the list: kept, and those of whom we know are told of, so that what waits for them goes on. */
export const meaningOfClient = (isKnown: boolean, pass: Pass): Meaning =>
  isKnown && pass.phase === 'following' ? tell('updated') : quiet

/** What is only told of. */
export const meaningOfOther = ({ createdAt }: Times, pass: Pass): Meaning =>
  pass.phase === 'first' ? known : tell(eventOf(createdAt, pass))

/** What the next pass asks for. After the first one there is no overlap: what was there before it is not news. */
export function sinceOf(
  row: Pick<StreamRow, 'done_until'>,
  overlap: Temporal.Duration,
): Temporal.Instant | null {
  return row.done_until === null ? null : row.done_until.subtract(overlap)
}

/** A CMS whose clock is so much behind ours stamps what it changes now with a time that we have asked for already. */
const behind = { minutes: 10 }

/**
 * What a list is asked for: from before what would be news, so that a clock that is behind hides nothing. What that
 * brings again is known by its version. Only what is told of each time it is seen (notes, calls) is not asked for twice.
 */
export const askedSince = (passSince: Temporal.Instant | null, holds: CmsHolding): Temporal.Instant | null =>
  passSince === null || holds === 'other' ? passSince : passSince.subtract(behind)

/**
 * Up to when all is known, once a pass has ended. The first one leaves out the overlap (see sinceOf), and those that
 * follow it too soon do not bring it back.
 *
 * @param before what was known before the pass; never believed to lie further ahead than a first pass puts it
 */
export function doneUntil(
  pass: Pick<Pass, 'phase' | 'beganAt'>,
  before: Temporal.Instant | null,
  overlap: Temporal.Duration,
): Temporal.Instant {
  const furthest = pass.beganAt.add(overlap)
  if (pass.phase === 'first') return furthest
  if (!after(before, pass.beganAt)) return pass.beganAt
  return after(before, furthest) ? furthest : before!
}

/** 15 s, doubling, at most 10 minutes; never sooner than the CMS asked. In seconds. */
export const backoff = (tries: number, trouble: CmsTrouble): number =>
  trouble.kind === 'rate_limited'
    ? Math.max(1, trouble.retryAfter ?? 60)
    : Math.max(trouble.retryAfter ?? 0, Math.min(15 * 2 ** Math.min(tries, 10), 600))

/**
 * Much is gone at once: rather a lost permission, a filter or a fault over there than so many deletions. Nothing is
 * believed then, and a person looks.
 */
export const implausible = (missing: number, known: number): boolean =>
  (missing > 20 && missing > known * 0.05) || (missing > 2 && missing > known * 0.5)

/** Gone only when not found twice, this far apart: lists lag behind, and pages shift while they are read. */
export const missingFor = { seconds: 60 }
/** When to look a second time. */
export const lookAgain = { seconds: 90 }

/** The range of dates that a diary is read in. */
export const windowOf = (followed: Pick<Followed, 'back' | 'ahead'>, now: Temporal.Instant) => ({
  from: now.subtract(hours(followed.back)),
  until: now.add(hours(followed.ahead)),
})

const hours = (d: Temporal.Duration) => ({
  seconds: Math.round(d.total({ unit: 'seconds', relativeTo: '2026-01-01' })),
})
/** Durations of configuration have days; an instant wants seconds. */
export const seconds = hours
